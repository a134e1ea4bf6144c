"""Layers as KML 2.2: a folder each, every row with its span of time and its fields.

Written here and not by a library: the one at hand keeps neither the symbols nor the meaning of the
fields, and its text depends on its version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    return escape("".join(c if _allowed(c) else "\ufffd" for c in str(value)))


def _allowed(char: str) -> bool:
    code = ord(char)
    return char in "\t\n\r" or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


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
    for number, shape in enumerate(rounded_shapes(frame)):
        row = {name: column[number] for name, column in columns.items()}
        yield _placemark(row, kind, known, shape, visible)
    yield "</Folder>\n"


def _placemark(
    row: Mapping[str, Any],
    kind: LayerKind,
    known: list[str],
    shape: Any,  # noqa: ANN401
    visible: int,
) -> str:
    holder = row.get("holder", "")
    data = "".join(
        f"<SimpleData name={quoteattr(name)}>{_plain(value)}</SimpleData>"
        for name, value in row.items()
        if value is not None
    )
    return (
        f"<Placemark><name>{text(row.get('place') or holder or row.get('between', ''))}</name>"
        f"<visibility>{visible}</visibility>{_span(row, kind)}"
        f"<styleUrl>#{text(holder if holder in known else 'other')}</styleUrl>"
        f"<ExtendedData><SchemaData schemaUrl={quoteattr('#' + kind.name)}>{data}</SchemaData>"
        f"</ExtendedData>{_geometry(shape)}</Placemark>\n"
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


def _geometry(shape: Any) -> str:  # noqa: ANN401
    if shape is None or shape.is_empty:
        return ""
    parts = getattr(shape, "geoms", None)
    if parts is None:
        return _single(shape)
    single = [_single(part) for part in parts]
    return single[0] if len(single) == 1 else f"<MultiGeometry>{''.join(single)}</MultiGeometry>"


def _single(shape: Any) -> str:  # noqa: ANN401
    if shape.geom_type == "Polygon":
        rings = f"<outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>"
        for hole in shape.interiors:
            rings += f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>"
        return f"<Polygon><tessellate>1</tessellate>{rings}</Polygon>"
    tag = "Point" if shape.geom_type == "Point" else "LineString"
    draped = "" if tag == "Point" else "<tessellate>1</tessellate>"
    return f"<{tag}>{draped}<coordinates>{_coordinates(shape)}</coordinates></{tag}>"


def _ring(ring: Any) -> str:  # noqa: ANN401
    return f"<LinearRing><coordinates>{_coordinates(ring)}</coordinates></LinearRing>"


def _coordinates(shape: Any) -> str:  # noqa: ANN401
    return " ".join(f"{x!r},{y!r}" for x, y in zip(*map(list, shape.coords.xy), strict=True))
