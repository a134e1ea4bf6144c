"""Claims to changes, holders, areas, the front line and km2, as frames."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.api.reading import as_day
from tracker.api.world import World, default_world
from tracker.errors import UsageError
from tracker.model import Place

if TYPE_CHECKING:
    import geopandas
    import pandas

RULES = ("claimed", "confirmed")


def changes(claims: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Claims about one event joined into one change with all its voices: a row a change.

    ``claims`` is a claims frame. Columns ``place_id``, ``place``, ``admin1``, ``holder``,
    ``from_holder`` ('' where the claims do not tell), ``date_from`` and ``date`` (the day on which
    it takes effect, naive ``datetime64[s]``), ``status`` (``confirmed``, ``claimed``,
    ``disputed``), ``background`` and ``claims`` (ids joined by spaces); points in EPSG:4326
    (lon, lat). Claims without a position make no change.
    Raises :class:`tracker.errors.ClaimError` for a frame of another shape.
    """
    import geopandas
    import pandas

    from tracker.control import changes_from_claims
    from tracker.model import claim_id
    from tracker.model.frames import claims_from_frame

    found = changes_from_claims(claims_from_frame(claims))
    text = ("place_id", "place", "admin1", "holder", "from_holder", "status")
    table: dict[str, Any] = {
        n: pandas.Series([getattr(c, n) for c in found], dtype="str") for n in text
    }
    for name in ("date_from", "date"):
        days = [getattr(c, name) for c in found]
        table[name] = pandas.Series(days, dtype="datetime64[s]")
    table["background"] = pandas.Series([c.background for c in found], dtype="bool")
    ids = [" ".join(dict.fromkeys(claim_id(one) for one in c.claims)) for c in found]
    table["claims"] = pandas.Series(ids, dtype="str")
    points = geopandas.points_from_xy([c.lon for c in found], [c.lat for c in found])
    order = ["place_id", "place", "admin1", "holder", "from_holder", "date_from", "date", "status"]
    frame = geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")
    return frame[[*order, "background", "claims", "geometry"]]


def holders(
    claims: geopandas.GeoDataFrame,
    *,
    rule: str = "claimed",
    as_known_on: date | str | None = None,
    world: World | None = None,
) -> geopandas.GeoDataFrame:
    """Who holds each place of the gazetteer from when to when: a row an interval.

    A holders frame (:mod:`tracker.model.holders`): ``valid_from`` and ``valid_to`` are half open,
    naive ``datetime64[s]``, NaT for "since before the first day" and "still in force". ``rule``
    ``claimed`` lets confirmed and claimed changes move the map, ``confirmed`` only confirmed ones;
    with ``as_known_on`` only what was published by that day counts. The baseline is the world's.
    Raises :class:`tracker.errors.UsageError` for an unknown rule or an impossible day.
    """
    from tracker.control import control
    from tracker.model.frames import claims_from_frame

    if rule not in RULES:
        raise UsageError(f"unknown rule {rule!r}; choose from {', '.join(RULES)}")
    world = world or default_world()
    told = claims_from_frame(claims)
    known = as_day(as_known_on)
    return control(told, world.gazetteer.places, world.baseline, rule=rule, as_known_on=known)


def areas(
    holders: geopandas.GeoDataFrame, day: date | str, *, world: World | None = None
) -> geopandas.GeoDataFrame:
    """The area of each holder and status on a day: Thiessen cells of the places, dissolved.

    Columns ``holder``, ``status``, ``km2`` (equal-area) and ``geometry`` (EPSG:4326, lon lat).
    """
    from tracker.control import areas as dissolved

    return dissolved(holders, cells(holders, world=world), _needed(day))


def front(
    holders: geopandas.GeoDataFrame, day: date | str, *, world: World | None = None
) -> geopandas.GeoDataFrame:
    """The lines between cells of different holders on a day.

    Columns ``left``, ``right`` (holders), ``km`` and ``geometry`` (EPSG:4326, lon lat).
    """
    from tracker.control import front_line

    return front_line(holders, cells(holders, world=world), _needed(day))


def km2(
    holders: geopandas.GeoDataFrame, *, by_unit: bool = False, world: World | None = None
) -> pandas.DataFrame:
    """Square kilometres that each holder held on each day, as a band.

    Columns ``day`` (naive ``datetime64[s]``), ``admin1`` (with ``by_unit`` only), ``holder``,
    ``low`` (confirmed) and ``high`` (with what is only claimed).
    """
    from tracker.control import km2_series

    return km2_series(holders, cells(holders, world=world), by_unit=by_unit)


def cells(holders: geopandas.GeoDataFrame, *, world: World | None = None) -> geopandas.GeoDataFrame:
    """The Thiessen cells of the places of a holders frame, cut by the outline and the baseline.

    As of :func:`tracker.control.cells`. What was worked out before comes from the user's cache.
    """
    from tracker.control import cells as tessellation
    from tracker.model.holders import check_holders_frame

    check_holders_frame(holders)
    world = world or default_world()
    first = holders.drop_duplicates("place_id")
    rows = zip(*(first[name] for name in ("place_id", "place", "lon", "lat")), strict=True)
    places = [world.gazetteer.place(row[0]) or Place(*row) for row in rows]
    named = set(holders.loc[holders["claims"] != "", "place_id"])
    return tessellation(places, world.outline, world.baseline, named=named)


def _needed(day: date | str) -> date:
    found = as_day(day)
    if found is None:
        raise UsageError("no day given; write YYYY-MM-DD")
    return found
