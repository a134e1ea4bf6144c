"""From changes to one HTML file with a map and a slider over real days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import folium

from tracker.errors import UsageError, shown
from tracker.mapping.changed import holders_of_changes
from tracker.mapping.elements import Page, Panel, TimeBar, TrackerMap
from tracker.mapping.groups import Group, count_changes, group_changes
from tracker.mapping.layer import TimeSliderLayer
from tracker.mapping.payload import RULES
from tracker.mapping.tiles import Tiles
from tracker.model import Change, Claim, Place, War
from tracker.resources.assets import Assets, load_assets

if TYPE_CHECKING:
    import geopandas


def build_map(
    changes: Sequence[Change],
    *,
    war: War,
    holders: geopandas.GeoDataFrame | None = None,
    known: geopandas.GeoDataFrame | None = None,
    other_claims: Sequence[Claim] = (),
    outline: Mapping[str, Any] | None = None,
    held: Mapping[str, Any] | None = None,
    places: Sequence[Place] = (),
    forms: Mapping[str, Sequence[str]] | None = None,
    by: str = "auto",
    title: str = "",
    rule: str = "claimed",
    tiles: Tiles | None = None,
    assets: Assets | None = None,
) -> folium.Map:
    """A folium map of ``changes`` that shows itself in a notebook and through :func:`render`.

    ``holders`` is the frame of :func:`tracker.control.control`; without it only the places that
    changed hands are known, and only from their first change on. ``other_claims`` are those without
    a change (not located, a region, a part of a place, under way, or only denied): the page lists
    them. ``known``, ``outline``, ``held``, ``places`` and ``forms`` are as in
    :class:`TimeSliderLayer`; the names of the larger places are written on the map. ``by`` is as in
    :func:`group_changes`: one layer for each group. ``rule`` (``claimed`` or ``confirmed``) is the
    one by which ``changes`` were chosen: the page names it. ``tiles`` are offered as a layer that
    is off until somebody ticks it: only then does the page ask their host. ``assets`` are loaded,
    and fetched at first use, unless given.

    The order of ``changes`` and ``other_claims`` does not matter. Layers added to the map that
    need scripts of their own hosts, jQuery or other tiles are held back by the page's policy.
    Raises :class:`tracker.errors.UsageError` for an unknown ``by`` or ``rule``.
    """
    if rule not in RULES:
        raise UsageError(f"unknown rule {shown(rule)}; choose from {', '.join(RULES)}")
    groups = group_changes(changes, by)
    assets = assets if assets is not None else load_assets()
    page = Page(assets, tiles)
    view = {"zoomSnap": 0.25, "minZoom": 4, "maxZoom": 14, "attributionControl": tiles is not None}
    map_ = TrackerMap(view)
    page.add_child(TimeBar())
    page.add_child(map_)
    page.add_child(Panel())
    layers = [folium.FeatureGroup(name=_layer_name(group, war)) for group in groups]
    slider = TimeSliderLayer(
        holders if holders is not None else holders_of_changes(changes, rule),
        known=known,
        groups=groups,
        layers=layers,
        places=places,
        forms=forms,
        other_claims=other_claims,
        outline=outline,
        held=held,
        war=war,
        title=title,
        rule=rule,
        basemap=True,
        bar=False,
        assets=assets,
    )
    for layer in layers:
        layer.add_to(map_)
    slider.add_to(map_)
    if tiles is not None:
        _online(tiles).add_to(map_)
    folium.LayerControl().add_to(map_)
    _number(map_)
    return map_


def render(map_: folium.Map) -> str:
    """The map's page as one self-contained HTML text: the same map, the same text."""
    return str(map_.get_root().render())


def _online(tiles: Tiles) -> folium.TileLayer:
    """The layer; folium's TileLayer reads no template in these texts, Leaflet writes the credit."""
    return folium.TileLayer(
        tiles.url, attr=escape(tiles.credit), name="Online map", overlay=True, show=False
    )


def _layer_name(group: Group, war: War) -> str:
    names = {side.id: side.name for side in war.sides}
    # Leaflet writes layer names as HTML, and folium reads them as a template.
    label = f"{group.label} · {names.get(group.side, group.side)} ({count_changes(group.changes)})"
    return escape(label).replace("{", "&#123;")


def _number(map_: folium.Map) -> None:
    """Number the elements: folium draws their names by lot, and they stand in the page."""
    children = list(map_._children.values())
    map_._id = "0"
    map_._children.clear()
    for index, child in enumerate(children, start=1):
        child._id = str(index)
        map_.add_child(child)
