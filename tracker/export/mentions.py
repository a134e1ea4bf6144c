"""Mentions of places in reports, written to files: what a geoparser gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.export.layer import WRITTEN, Layer
from tracker.export.target import Writer
from tracker.export.text import plain
from tracker.model import Place, Report
from tracker.model.frames import CRS
from tracker.model.jsontext import dumps
from tracker.reading import detect_language

if TYPE_CHECKING:
    import geopandas

    from tracker.places import Gazetteer

MENTIONS_WRITTEN = WRITTEN
"""Endings that mentions are written to; the ending decides the format."""

# Names do not reach over it, so that each belongs to the title or to the text.
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A known name in a report, and what became of it.

    ``field`` is ``title`` or ``text``, and ``getattr(report, field)[start:end] == as_written``:
    offsets are characters (code points). ``place``, ``place_id`` and ``admin1`` are '' unless
    ``location`` is ``located``; ``level`` is ``settlement``, ``area``, ``river`` or ``other`` (a
    front, a unit, a person that bears a town's name). An area is located without a point.
    """

    report_id: str
    published: date
    url: str
    source: str
    lang: str
    field: str
    as_written: str
    start: int
    end: int
    place: str
    place_id: str
    admin1: str
    level: str
    location: str
    candidates: tuple[Place, ...]
    confidence: float
    why: str
    lon: float | None = None
    lat: float | None = None


MENTION_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(PlaceMention))
"""Column order of mentions in every format; lon and lat last (GeoJSON has them as geometry)."""


def find_mentions(report: Report, gazetteer: Gazetteer) -> list[PlaceMention]:
    """Every mention of a place in a report, title first, then text, in order.

    Title and text are resolved together: a region that the title names holds for the text. Reports
    in any language are taken; ``lang`` is the report's own word or detected ('': none of ours).
    """
    before = f"{report.title}{_BETWEEN}" if report.title else ""
    whole = before + report.text
    lang = report.lang or detect_language(f"{report.title}\n{report.text}")
    found = gazetteer.mentions(whole, lang)
    rows = []
    for mention, location in zip(found, gazetteer.resolve(whole, found), strict=True):
        field, offset = ("text", len(before)) if mention.start >= len(before) else ("title", 0)
        place = location.place
        rows.append(
            PlaceMention(
                report_id=report.id,
                published=report.published,
                url=report.url,
                source=report.source,
                lang=lang,
                field=field,
                as_written=mention.as_written,
                start=mention.start - offset,
                end=mention.end - offset,
                place=place.name if place else "",
                place_id=place.place_id if place else "",
                admin1=place.admin1 if place else "",
                level=mention.kind,
                location=location.status,
                candidates=location.candidates,
                confidence=location.confidence,
                why=location.why,
                lon=place.lon if place else None,
                lat=place.lat if place else None,
            )
        )
    return rows


def mentions_frame(mentions: Iterable[PlaceMention]) -> geopandas.GeoDataFrame:
    """One row a mention, in the order given, index 0..n-1.

    Columns are :data:`MENTION_FIELDS` without lon and lat, then ``geometry``: ``published`` naive
    ``datetime64[s]`` at midnight, ``start`` and ``end`` int64, ``confidence`` float, the others
    text (``candidates`` JSON text); the geometry is a point in WGS 84 (EPSG:4326, x = longitude,
    y = latitude) or None.
    """
    import geopandas
    import pandas
    from shapely import Point

    rows = list(mentions)
    table = {}
    for name in _LAYER.fields:
        values = [getattr(row, name) for row in rows]
        if name == "candidates":
            values = [dumps(plain(places)) for places in values]
        table[name] = pandas.Series(values, dtype=_DTYPES.get(name, "str"))
    points = [
        None if row.lon is None or row.lat is None else Point(row.lon, row.lat) for row in rows
    ]
    return geopandas.GeoDataFrame(table, geometry=geopandas.GeoSeries(points, crs=CRS))


def write_mentions(
    mentions: Iterable[PlaceMention], target: Path, *, overwrite: bool = False
) -> None:
    """Write mentions in the format of the target's ending (:data:`MENTIONS_WRITTEN`), in order.

    The same mentions give the same bytes. Raises :class:`UsageError` and its kinds for a target
    that cannot be, :class:`OSError` when writing fails; the target is then as before.
    """
    _LAYER.write(mentions, target, overwrite=overwrite)


def mentions_writer(mentions: Iterable[PlaceMention], path: Path) -> Writer:
    """What writes the mentions, once, in the format that the ending of ``path`` stands for.

    The text formats are written while the mentions pass: an iterator need not fit in memory.
    """
    return _LAYER.writer(mentions, path)


def mentions_geojson(mentions: Iterable[PlaceMention]) -> Iterator[str]:
    """A FeatureCollection, one line a mention; the geometry is null where there is no point."""
    return _LAYER.pieces(mentions, ".geojson")


_DTYPES = {
    "published": "datetime64[s]",
    "start": "int64",
    "end": "int64",
    "confidence": "float64",
}
_LAYER = Layer("mentions", MENTION_FIELDS[:-2], mentions_frame)
