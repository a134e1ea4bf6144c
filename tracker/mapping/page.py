"""From changes to one HTML file with a map and a slider over real days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import folium

from tracker.errors import UsageError, shown
from tracker.mapping.elements import Page, TimeBar, TimeSlider, TrackerMap
from tracker.mapping.groups import Group, group_changes
from tracker.mapping.payload import RULES, page_data
from tracker.model import Change, Claim, Place, War
from tracker.resources.assets import Assets, load_assets


def build_map(
    changes: Sequence[Change],
    *,
    war: War,
    other_claims: Sequence[Claim] = (),
    outline: Mapping[str, Any] | None = None,
    labels: Sequence[Place] = (),
    by: str = "auto",
    title: str = "",
    rule: str = "claimed",
    assets: Assets | None = None,
) -> folium.Map:
    """A folium map of ``changes`` that shows itself in a notebook and through :func:`render`.

    ``other_claims`` are those without a marker (not located, a region, a part of a place, under
    way, or only denied): the page lists them. ``outline`` is a GeoJSON object of polygons or lines
    in WGS 84; ``labels`` are the towns whose names are written on the map where there is room, the
    larger first. ``by`` is as in :func:`group_changes`: one layer for each group. ``rule``
    (``claimed`` or ``confirmed``) is the one by which ``changes`` were chosen: the page names it.
    ``assets`` are loaded, and fetched at first use, unless given.

    The order of ``changes`` and ``other_claims`` does not matter. Layers added to the map that
    need scripts of their own hosts, jQuery or tiles are held back by the page's policy.
    Raises :class:`tracker.errors.UsageError` for an unknown ``by`` or ``rule``.
    """
    if rule not in RULES:
        raise UsageError(f"unknown rule {shown(rule)}; choose from {', '.join(RULES)}")
    groups = group_changes(changes, by)
    data = page_data(
        groups,
        war=war,
        other_claims=other_claims,
        outline=outline,
        labels=labels,
        title=title,
        rule=rule,
    )
    page = Page(assets if assets is not None else load_assets())
    map_ = TrackerMap({"zoomSnap": 0.5, "minZoom": 4, "maxZoom": 14, "attributionControl": False})
    page.add_child(TimeBar())
    page.add_child(map_)
    names = {side["id"]: side["name"] for side in data["sides"]}
    layers = [folium.FeatureGroup(name=_layer_name(g, names[g.side])) for g in groups]
    for layer in layers:
        layer.add_to(map_)
    if layers:
        folium.LayerControl().add_to(map_)
    TimeSlider(data, layers).add_to(map_)
    _number(map_)
    return map_


def render(map_: folium.Map) -> str:
    """The map's page as one self-contained HTML text: the same map, the same text."""
    return str(map_.get_root().render())


def _layer_name(group: Group, side: str) -> str:
    # Leaflet writes layer names as HTML, and folium reads them as a template.
    return escape(f"{group.label} · {side} ({len(group.changes)})").replace("{", "&#123;")


def _number(map_: folium.Map) -> None:
    """Number the elements: folium draws their names by lot, and they stand in the page."""
    children = list(map_._children.values())
    map_._id = "0"
    map_._children.clear()
    for index, child in enumerate(children, start=1):
        child._id = str(index)
        map_.add_child(child)
