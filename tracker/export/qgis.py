"""A QGIS project over exported layers: every layer with its symbols and on the time axis.

A style alone does not put a layer on the time axis when it is opened; a project does, so there is
one. The elements are those that QGIS 3.22 and later read.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from tracker.export.dictionary import CREDIT, LayerKind, layer_kinds
from tracker.export.qgis_symbols import LARGE, NEAR, labels, node, renderer, xml_text
from tracker.model import War

VERSION = "3.22.0-Bialowieza"

ON_TOP = ("changes", "holders", "claims", "front", "cells", "areas")
"""Layers of a project from the top to the bottom."""

HIDDEN = ("claims", "cells")
"""Layers that a project opens switched off: one click shows them."""

_DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
# QGIS counts the time axis in these; the second is what a program calls the step.
_UNITS = {
    "day": (1, "d"),
    "week": (1, "wk"),
    "month": (1, "mon"),
    "quarter": (3, "mon"),
    "year": (1, "y"),
}
_ANIMATED = 1
_FROM_EXPRESSIONS = 4
_ZIP_BEGAN = (1980, 1, 1, 0, 0, 0)
# Numbers of rows in QGIS's own table of reference systems.
_SRSIDS = {"EPSG:4326": "3452", "EPSG:3857": "3857"}
_SHAPES = {"Point": "Point", "MultiLineString": "Line", "MultiPolygon": "Polygon"}


@dataclass(frozen=True, slots=True)
class Project:
    """What a project is of: its layers, whose data lie in the file ``source`` beside it.

    ``bounds`` is west, south, east, north in degrees; ``first`` and ``last`` are the days the time
    axis runs over, both included, in steps of ``step`` (as of :data:`tracker.export.period.STEPS`).
    """

    name: str
    war: War
    layers: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    first: date
    last: date
    step: str = "week"

    def style(self, layer: str) -> str:
        """The style of one layer as a QML document."""
        root = node("qgis", version=VERSION, styleCategories="AllStyleCategories")
        root.extend(_looks(layer_kinds()[layer], self.war))
        return _DOCTYPE + xml_text(root)

    def text(self, source: str) -> str:
        """The project as a ``.qgs`` document over the GeoPackage ``source`` in the same folder."""
        ordered = [layer_kinds()[name] for name in ON_TOP if name in self.layers]
        root = node(
            "qgis",
            node("title", text=self.name),
            node("projectCrs", _crs("EPSG:3857")),
            _tree(ordered, source),
            _canvas(self.bounds),
            _view(self.bounds),
            node("projectlayers", *[_maplayer(kind, self.war, source) for kind in ordered]),
            node("layerorder", *[node("layer", id=_id(kind)) for kind in ordered]),
            _properties(self.first, self.last),
            _metadata(self.name),
            self._time_settings(),
            projectname=self.name,
            version=VERSION,
        )
        return _DOCTYPE + xml_text(root)

    def metadata(self) -> str:
        """What QGIS keeps beside a project inside a GeoPackage, as JSON text."""
        return '{"last_modified_time": "1970-01-01T00:00:00", "last_modified_user": ""}'

    def packed(self, source: str) -> str:
        """The project as QGIS keeps it inside a GeoPackage: zipped, in hexadecimal digits."""
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(f"{self.name}.qgs", _ZIP_BEGAN), self.text(source))
        return whole.getvalue().hex()

    def _time_settings(self) -> Element:
        span = node(
            "TemporalRange",
            node("start", text=f"{self.first}T00:00:00Z"),
            node("end", text=f"{self.last}T00:00:00Z"),
        )
        step, unit = _UNITS[self.step]
        return node(
            "ProjectTimeSettings",
            span,
            timeStep=step,
            timeStepUnit=unit,
            frameRate=2,
            cumulativeTemporalRange=0,
        )


def _looks(kind: LayerKind, war: War) -> list[Element]:
    """What a style and a project have in common for a layer."""
    looks = [_temporal(kind), renderer(kind.name, war)]
    if kind.name == "holders":
        looks.append(labels([(f'"population" >= {LARGE}', 0, 9), ("ELSE", NEAR // 2, 8)], "place"))
    elif kind.name == "changes":
        looks.append(labels([("", 4 * NEAR, 8)], "place"))
    return looks


def _temporal(kind: LayerKind) -> Element:
    """The time axis: from the first day on, up to the first day that no longer counts.

    The days stand as expressions beside the fields, since QGIS 3.22 compares the field of a
    GeoPackage with a time as text: what ends on a day would still be shown on it. An expression is
    worked out as a time, and ``to_date`` keeps the day from moving with the reader's time zone.
    """
    after = " + to_interval('1 day')" if kind.end_included else ""
    return node(
        "temporal",
        enabled=1,
        mode=_FROM_EXPRESSIONS,
        startField=kind.start,
        endField=kind.end,
        startExpression=_midnight(kind.start, 1000),
        endExpression=_midnight(kind.end, 9999) + after,
        limitMode=0,
        fixedDuration=0,
        durationField="",
        durationUnit="d",
        accumulate=0,
    )


def _midnight(field: str, missing: int) -> str:
    """The day as a time; that of no day is far off, in the year ``missing``."""
    return f'coalesce(to_datetime(to_date("{field}")), make_datetime({missing},1,1,0,0,0))'


def _id(kind: LayerKind) -> str:
    return f"tracker_{kind.name}"


def _source(kind: LayerKind, source: str) -> str:
    return f"./{source}|layername={kind.name}"


def _tree(kinds: Sequence[LayerKind], source: str) -> Element:
    shown = {True: "Qt::Unchecked", False: "Qt::Checked"}
    return node(
        "layer-tree-group",
        *[
            node(
                "layer-tree-layer",
                id=_id(kind),
                name=kind.title,
                source=_source(kind, source),
                providerKey="ogr",
                checked=shown[kind.name in HIDDEN],
                expanded=int(kind.name in ("areas", "changes")),
            )
            for kind in kinds
        ],
    )


def _maplayer(kind: LayerKind, war: War, source: str) -> Element:
    return node(
        "maplayer",
        node("id", text=_id(kind)),
        node("datasource", text=_source(kind, source)),
        node("layername", text=kind.title),
        node("srs", _crs("EPSG:4326")),
        node("provider", text="ogr", encoding="UTF-8"),
        node(
            "resourceMetadata",
            node("title", text=kind.title),
            node("abstract", text=f"{kind.about} {CREDIT}"),
        ),
        *_looks(kind, war),
        type="vector",
        geometry=_SHAPES[kind.shape],
        autoRefreshEnabled=0,
        labelsEnabled=int(kind.name in ("holders", "changes")),
    )


def _crs(authority: str) -> Element:
    """A reference system by its id; the numbers are what QGIS 3.22 looks it up by."""
    parts = {
        "srsid": _SRSIDS[authority],
        "srid": authority.removeprefix("EPSG:"),
        "authid": authority,
    }
    return node("spatialrefsys", *[node(key, text=value) for key, value in parts.items()])


def _canvas(bounds: tuple[float, float, float, float]) -> Element:
    extent = node("extent", *[node(k, text=str(v)) for k, v in _extent(bounds).items()])
    return node(
        "mapcanvas",
        node("units", text="meters"),
        extent,
        node("destinationsrs", _crs("EPSG:3857")),
        name="theMapCanvas",
        annotationsVisible=1,
    )


def _view(bounds: tuple[float, float, float, float]) -> Element:
    """Where "zoom to all" leads."""
    whole = node("DefaultViewExtent", _crs("EPSG:3857"))
    whole.attrib.update({key: str(value) for key, value in _extent(bounds).items()})
    return node("ProjectViewSettings", whole, UseProjectScales=0)


def _extent(bounds: tuple[float, float, float, float]) -> dict[str, int]:
    west, south, east, north = bounds
    (xmin, ymin), (xmax, ymax) = _mercator(west, south), _mercator(east, north)
    return {"xmin": round(xmin), "ymin": round(ymin), "xmax": round(xmax), "ymax": round(ymax)}


def _mercator(lon: float, lat: float) -> tuple[float, float]:
    """Web Mercator metres (EPSG:3857) of WGS 84 degrees."""
    radius = 6_378_137.0
    return radius * math.radians(lon), radius * math.asinh(math.tan(math.radians(lat)))


def _properties(first: date, last: date) -> Element:
    """The time controller opens animated, over the days of the data."""
    text = {"type": "QString"}
    return node(
        "properties",
        node(
            "Gui",
            *[
                node(f"CanvasColor{part}Part", text=str(value), type="int")
                for part, value in (("Red", 246), ("Green", 245), ("Blue", 241))
            ],
        ),
        node(
            "SpatialRefSys",
            node("ProjectionsEnabled", text="1", type="int"),
            node("ProjectCrs", text="EPSG:3857", **text),
        ),
        node("Paths", node("Absolute", text="false", type="bool")),
        node(
            "TemporalControllerWidget",
            node("NavigationMode", text=str(_ANIMATED), type="int"),
            node("StartDateTime", text=f"{first}T00:00:00Z", **text),
            node("EndDateTime", text=f"{last}T00:00:00Z", **text),
        ),
    )


def _metadata(name: str) -> Element:
    return node("projectMetadata", node("title", text=name), node("abstract", text=CREDIT))
