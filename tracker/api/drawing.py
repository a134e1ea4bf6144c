"""Maps and plots of frames."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.api.control import areas, front, km2
from tracker.api.reading import as_day
from tracker.api.world import World, default_world

if TYPE_CHECKING:
    import folium
    import geopandas
    from matplotlib.axes import Axes

_GREY = "#6b7280"


def slider_map(
    claims: geopandas.GeoDataFrame,
    *,
    rule: str = "claimed",
    as_known_on: date | str | None = None,
    by: str = "auto",
    title: str = "",
    world: World | None = None,
) -> folium.Map:
    """The claims on a map with a time slider: it shows itself in a notebook.

    ``claims`` is a claims frame; ``rule`` and ``as_known_on`` as for :func:`tracker.holders`;
    ``by`` groups changes into layers by ``day``, ``week``, ``month`` or ``auto``. The map's
    ``save("war.html")`` writes the page that ``tracker map`` writes.
    Raises :class:`tracker.errors.UsageError` for an unknown rule or grouping.
    """
    from shapely.geometry import mapping

    from tracker.control import counting, decide, holders_as_known, moves_map
    from tracker.mapping import build_map
    from tracker.model.frames import claims_from_frame

    world, known = world or default_world(), as_day(as_known_on)
    told = [c for c in claims_from_frame(claims) if known is None or c.published <= known]
    counted = counting(told, world.baseline)
    changes, held = decide(counted, world.gazetteer.places, world.baseline, rule=rule)
    shown = [c for c in changes if c.status == "disputed" or moves_map(c, rule)]
    used = {claim for change in shown for claim in change.claims}
    return build_map(
        shown,
        war=world.war,
        holders=held,
        known=holders_as_known(
            counted, world.gazetteer.places, world.baseline, rule=rule, changes=changes
        ),
        other_claims=[claim for claim in told if claim not in used],
        outline=world.outline,
        held=mapping(world.baseline.held),
        places=world.gazetteer.places,
        forms=world.gazetteer.written_forms,
        by=by,
        title=title,
        rule=rule,
    )


def plot_area(
    holders: geopandas.GeoDataFrame,
    side: str | None = None,
    *,
    ax: Axes | None = None,
    world: World | None = None,
) -> Axes:
    """Square kilometres that a side held, day by day, with the band between confirmed and claimed.

    ``holders`` is a holders frame; ``side`` a side's id, by default the second one of the war.
    Needs matplotlib; draws on ``ax``, or on new axes, and returns them.
    """
    world = world or default_world()
    side = side or world.war.sides[1].id
    series = km2(holders, world=world)
    series = series[series["holder"] == side]
    axes = _axes(ax)
    color = _colors(world).get(side, _GREY)
    axes.fill_between(series["day"], series["low"], series["high"], color=color, alpha=0.35, lw=0)
    axes.plot(series["day"], series["low"], color=color, label=f"{side}, confirmed")
    axes.plot(series["day"], series["high"], color=color, ls=":", label=f"{side}, with claimed")
    axes.set_ylabel("km²")
    axes.legend(frameon=False)
    return axes


def plot_front(
    holders: geopandas.GeoDataFrame,
    day: date | str,
    *,
    ax: Axes | None = None,
    world: World | None = None,
) -> Axes:
    """The areas of a day in the colours of their holders, and the front line between them.

    ``holders`` is a holders frame; what is only claimed or disputed is hatched. Axes are longitude
    and latitude (EPSG:4326). Needs matplotlib; draws on ``ax``, or on new axes, and returns them.
    """
    world = world or default_world()
    axes = _axes(ax)
    colors = _colors(world)
    for row in areas(holders, day, world=world).itertuples():
        hatch = "///" if row.status in ("claimed", "disputed") else None
        shape = _frame(row.geometry)
        color = colors.get(row.holder, _GREY)
        shape.plot(ax=axes, facecolor=color, alpha=0.35, edgecolor=color, lw=0, hatch=hatch)
    front(holders, day, world=world).plot(ax=axes, color="black", lw=1.2)
    axes.set_title(str(day))
    axes.set_aspect(1 / 0.66)  # a degree of latitude beside one of longitude at 48.5 degrees north
    return axes


def _axes(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    import matplotlib.pyplot

    return matplotlib.pyplot.subplots()[1]


def _colors(world: World) -> dict[str, str]:
    return {side.id: side.color for side in world.war.sides}


def _frame(*shapes: Any) -> geopandas.GeoSeries:  # noqa: ANN401
    import geopandas

    return geopandas.GeoSeries(list(shapes), crs="EPSG:4326")
