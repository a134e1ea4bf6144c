"""Layers as KML 2.2: a folder each, every row with its span of time and its fields.

Written here and not by a library: the one at hand keeps neither the symbols nor the meaning of the
fields, and its text depends on its version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from tracker.export.dictionary import MARK, LayerKind, fields_text, layer_kinds
from tracker.export.plain import rounded_shapes, values
from tracker.model import War

if TYPE_CHECKING:
    import geopandas

_TYPES = {"text": "string", "day": "string", "number": "double", "integer": "int", "yes/no": "bool"}
_HIDDEN = ("claims", "cells")
_DAY = timedelta(days=1)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile(f"[&<>]|{_NO_XML.pattern}")
_MOST_CORNERS = 100_000
"""Corners that are turned into text at a time: the text of a whole war need not fit in memory."""

Array = Any


def layers_kml(frames: Mapping[str, geopandas.GeoDataFrame], war: War, name: str) -> Iterator[str]:
    """One KML document, a line a row. Days are instants at midnight UTC: an end is not included."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{text(name)}</name>\n'
    yield f"<description>{text(MARK)}</description>\n"
    for side in war.sides:
        yield from _styles(side.id, side.color)
    yield from _styles("other", "#8a8a8a")
    for layer in frames:
        yield _schema(layer_kinds()[layer])
    known = [side.id for side in war.sides]
    for layer, frame in frames.items():
        yield from _folder(frame, layer_kinds()[layer], known)
    yield "</Document></kml>\n"


def text(value: object) -> str:
    """A value as text in XML: markup escaped, what XML cannot hold as U+FFFD."""
    whole = str(value)
    return escape(_NO_XML.sub("\ufffd", whole)) if _SPECIAL.search(whole) else whole


def _styles(name: str, color: str) -> Iterator[str]:
    """Symbols of one holder; KML writes colours as opacity, blue, green, red."""
    bgr = color[5:7] + color[3:5] + color[1:3]
    yield (
        f"<Style id={quoteattr(name)}>"
        f"<IconStyle><color>ff{bgr}</color><scale>0.6</scale></IconStyle>"
        f"<LabelStyle><scale>0.7</scale></LabelStyle>"
        f"<LineStyle><color>ff2b2b2b</color><width>2</width></LineStyle>"
        f"<PolyStyle><color>66{bgr}</color><outline>0</outline></PolyStyle></Style>\n"
    )


def _schema(kind: LayerKind) -> str:
    fields = "".join(
        f"<SimpleField type={quoteattr(_TYPES[f.kind])} name={quoteattr(f.name)}>"
        f"<displayName>{text(f.name)}</displayName></SimpleField>"
        for f in kind.fields
    )
    return f"<Schema name={quoteattr(kind.name)} id={quoteattr(kind.name)}>{fields}</Schema>\n"


def _folder(frame: geopandas.GeoDataFrame, kind: LayerKind, known: list[str]) -> Iterator[str]:
    visible = int(kind.name not in _HIDDEN)
    yield (
        f"<Folder id={quoteattr('layer-' + kind.name)}><name>{text(kind.name)}</name>"
        f"<visibility>{visible}</visibility>"
        f"<description>{text(fields_text(kind))}</description>\n"
    )
    columns = {name: values(frame, name) for name in kind.names}
    data = [_data(name, column) for name, column in columns.items()]
    shapes = _geometries(rounded_shapes(frame))
    rows = zip(*columns.values(), strict=True)
    for row, fields, shape in zip(rows, zip(*data, strict=True), shapes, strict=True):
        named = dict(zip(columns, row, strict=True))
        yield _placemark(named, kind, known, "".join(fields), shape, visible)
    yield "</Folder>\n"


def _data(name: str, column: Sequence[Any]) -> Iterator[str]:
    """A field of each row; nothing where it has no value."""
    begin = f"<SimpleData name={quoteattr(name)}>"
    return ("" if v is None else f"{begin}{_plain(v)}</SimpleData>" for v in column)


def _placemark(
    row: Mapping[str, Any],
    kind: LayerKind,
    known: Sequence[str],
    data: str,
    shape: str,
    visible: int,
) -> str:
    holder = row.get("holder", "")
    return (
        f"<Placemark><name>{text(row.get('place') or holder or row.get('between', ''))}</name>"
        f"<visibility>{visible}</visibility>{_span(row, kind)}"
        f"<styleUrl>#{text(holder if holder in known else 'other')}</styleUrl>"
        f"<ExtendedData><SchemaData schemaUrl={quoteattr('#' + kind.name)}>{data}</SchemaData>"
        f"</ExtendedData>{shape}</Placemark>\n"
    )


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return text(value)


def _span(row: Mapping[str, Any], kind: LayerKind) -> str:
    """When the row holds; an open end is left out, and a row that always holds has no span."""
    start, end = row[kind.start], row[kind.end]
    if end is not None and kind.end_included:
        end = (date.fromisoformat(end) + _DAY).isoformat()
    begin = f"<begin>{start}T00:00:00Z</begin>" if start is not None else ""
    until = f"<end>{end}T00:00:00Z</end>" if end is not None else ""
    return f"<TimeSpan>{begin}{until}</TimeSpan>" if begin or until else ""


def _geometries(shapes: Array) -> Iterator[str]:
    """The text of each geometry, '' where there is none."""
    import numpy
    import shapely

    part = numpy.cumsum(shapely.get_num_coordinates(shapes)) // _MOST_CORNERS
    for chunk in numpy.split(shapes, numpy.flatnonzero(numpy.diff(part)) + 1):
        singles, shape = shapely.get_parts(chunk, return_index=True)
        singles, shape = singles[~shapely.is_empty(singles)], shape[~shapely.is_empty(singles)]
        for single in _grouped(_singles(singles), shape, len(chunk)):
            gathered = len(single) > 1
            yield (
                f"<MultiGeometry>{''.join(single)}</MultiGeometry>" if gathered else "".join(single)
            )


def _singles(shapes: Array) -> list[str]:
    """Points, lines and polygons as text."""
    import shapely

    kinds = shapely.get_type_id(shapes)
    texts: list[str] = [""] * len(shapes)
    for number, write in ((0, _points), (1, _lines), (3, _polygons)):
        chosen = (kinds == number).nonzero()[0]
        for place, one in zip(chosen.tolist(), write(shapes[chosen]), strict=True):
            texts[place] = one
    return texts


def _points(shapes: Array) -> list[str]:
    return [f"<Point><coordinates>{c}</coordinates></Point>" for c in _coordinates(shapes)]


def _lines(shapes: Array) -> list[str]:
    return [
        f"<LineString><tessellate>1</tessellate><coordinates>{c}</coordinates></LineString>"
        for c in _coordinates(shapes)
    ]


def _polygons(shapes: Array) -> list[str]:
    import shapely

    rings, polygon = shapely.get_rings(shapes, return_index=True)
    texts = [
        f"<LinearRing><coordinates>{c}</coordinates></LinearRing>" for c in _coordinates(rings)
    ]
    out = []
    for shell, *holes in _grouped(texts, polygon, len(shapes)):
        inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
        outer = f"<outerBoundaryIs>{shell}</outerBoundaryIs>"
        out.append(f"<Polygon><tessellate>1</tessellate>{outer}{inner}</Polygon>")
    return out


def _coordinates(shapes: Array) -> list[str]:
    """The corners of points, lines or rings."""
    import shapely

    corners, shape = shapely.get_coordinates(shapes, return_index=True)
    texts = [f"{x!r},{y!r}" for x, y in corners.tolist()]
    return [" ".join(one) for one in _grouped(texts, shape, len(shapes))]


def _grouped(texts: Sequence[str], group: Array, number: int) -> Iterator[Sequence[str]]:
    """The texts of each of ``number`` groups; the numbers of the groups are sorted."""
    import numpy

    ends = numpy.searchsorted(group, numpy.arange(1, number + 1)).tolist()
    start = 0
    for end in ends:
        yield texts[start:end]
        start = end
