"""The folium layer: who held what on which day, with a slider over real days.

    TimeSliderLayer(holders).add_to(folium.Map())

It works on any folium map, in a page and in Jupyter. Points are shipped, not cells: the browser
builds the Thiessen cells, and a step of the slider is one pass over the pixels of a canvas.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, MacroElement
from folium.map import Layer
from jinja2 import Template

from tracker.mapping.changed import changes_of_holders
from tracker.mapping.columns import pack
from tracker.mapping.groups import Group, group_changes
from tracker.mapping.payload import River, Told, payload, script_json
from tracker.model import Claim, Place, War
from tracker.model.holders import check_holders_frame
from tracker.resources import load_rivers, load_war, read_text
from tracker.resources.assets import Assets, load_assets

if TYPE_CHECKING:
    import geopandas

# In this order: each file uses only what stands above it.
SCRIPTS = (
    "days",
    "element",
    "words",
    "inflate",
    "projection",
    "tessellation",
    "raster",
    "lines",
    "stamps",
    "palette",
    "timeline",
    "model",
    "areas",
    "state",
    "theme",
    "canvas",
    "drawing",
    "basemap",
    "labels",
    "layers",
    "history",
    "control",
    "popup",
    "pointer",
    "legend",
    "panel",
    "chart",
    "density",
    "search",
    "picture",
    "download",
    "timebar",
    "player",
    "timekeys",
    "timeoptions",
    "address",
    "print",
    "start",
)
# In this order too: of two rules of equal weight the later one counts.
STYLES = ("colors", "bar", "history", "labels")
PARTS = {
    "cells": "Control",
    "baseline": "Before the first change",
    "front": "Front line",
    "changes": "Recent changes",
    "towns": "Towns",
    "names": "Names of towns",
    "oblasts": "Oblast borders",
    "rivers": "Rivers",
}
"""What the layer draws, by the names that stand in folium's layer control."""


_COMMENT = re.compile(r"//.*|/\*.*\*/")

GROUND = ("names", "oblasts", "rivers")
"""Those that a map with tiles has already: there they wait to be ticked."""


def template(name: str) -> Template:
    """A file of ``templates/``."""
    text = read_text("mapping", "templates", name)
    made: Template = Template(text, trim_blocks=True, lstrip_blocks=True)
    return made


def static(name: str) -> str:
    """The text of a file of ``static/``, without indentation and lines of comments.

    No text in these files goes over a line (``tests/test_mapping_page.py`` holds them to it), so
    nothing that is shown can change.
    """
    lines = (line.strip() for line in read_text("mapping", "static", name).splitlines())
    return "\n".join(line for line in lines if line and not _COMMENT.fullmatch(line))


class _Part(Layer):
    """A name in the layer control; ``static/drawing.js`` draws what belongs to it."""

    _template = template("part.html")

    def __init__(self, name: str, show: bool) -> None:
        super().__init__(name=name, overlay=True, show=show)
        self._name = "TimeSliderPart"


class TimeSliderLayer(MacroElement):
    """Cells, towns, front line and changes on a canvas, and one slider for all of them.

    ``holders`` is a holders frame (:mod:`tracker.model.holders`; EPSG:4326, days as naive
    ``datetime64[s]``); everything else is optional. ``known`` is a second one: who held what as it
    was known on each day. ``groups`` are the changes with their claims
    (:func:`tracker.mapping.group_changes`), each drawn while its layer in ``layers`` is ticked, or
    those of ``holders``, without claims; ``other_claims`` are those that made no change. ``places``
    add units, people and Ukrainian names, ``forms`` other written forms by id, which the search
    knows.
    ``outline`` and ``held`` are GeoJSON polygons (WGS 84, lon lat): cells are cut by the one, and
    those that no claim has touched are coloured by the other. ``rivers`` are names (ours,
    theirs) with positions, those of ``gazetteer/rivers.csv`` unless given.
    ``basemap`` draws land, borders and names where there are no tiles. Without ``bar`` the page
    has a time bar of its own.

    Raises :class:`tracker.errors.HoldersError` for a frame of another shape.
    """

    _template = template("timeslider.html")

    def __init__(
        self,
        holders: geopandas.GeoDataFrame,
        *,
        known: geopandas.GeoDataFrame | None = None,
        groups: Sequence[Group] = (),
        layers: Sequence[folium.FeatureGroup] = (),
        places: Sequence[Place] = (),
        forms: Mapping[str, Sequence[str]] | None = None,
        other_claims: Sequence[Claim] = (),
        outline: Mapping[str, Any] | None = None,
        held: Mapping[str, Any] | None = None,
        rivers: Sequence[River] | None = None,
        war: War | None = None,
        title: str = "",
        rule: str = "claimed",
        basemap: bool = False,
        bar: bool = True,
        assets: Assets | None = None,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TimeSlider"
        for frame in (holders, known):
            if frame is not None:
                check_holders_frame(frame)
        if not groups:
            groups = group_changes(changes_of_holders(holders), "month")
        data = payload(
            Told(
                holders,
                war or load_war(),
                known=known,
                groups=groups,
                places=places,
                forms=forms or {},
                other_claims=other_claims,
                outline=outline,
                held=held,
                rivers=load_rivers() if rivers is None else rivers,
                title=title,
                rule=rule,
                options={"basemap": basemap},
            )
        )
        self.head = script_json(data.head)
        self.core, self.archive = pack(data.core), pack(data.archive)
        self.layers = layers
        self.basemap = basemap
        self.parts: dict[str, _Part] = {}
        self.assets = assets if assets is not None else load_assets()
        self.bar = static_bar() if bar else ""
        self.styles = [static(f"{name}.css") for name in STYLES]
        self.scripts = [static(f"{name}.js") for name in SCRIPTS]

    def add_to(
        self, parent: Element, name: str | None = None, index: int | None = None
    ) -> TimeSliderLayer:
        """Add the layer, and a name in the layer control for each part of it, to a map."""
        self.parts = {
            key: _Part(label, self.basemap or key not in GROUND) for key, label in PARTS.items()
        }
        for part in self.parts.values():
            part.add_to(parent)
        super().add_to(parent, name=name, index=index)
        return self


def static_bar() -> str:
    """The HTML of the time bar."""
    return str(template("timebar.html").module.bar())  # type: ignore[attr-defined]
