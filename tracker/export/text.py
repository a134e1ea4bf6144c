"""Records as text: GeoJSON (RFC 7946), JSON Lines and CSV, one line a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from tracker.model import Place
from tracker.model.jsontext import dumps

DECIMALS = 6
"""Digits of a coordinate: a decimetre, and no binary noise."""

_SPECIAL = re.compile(r'[",\r\n]')
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


class Located(Protocol):
    """A record with a point in WGS 84 degrees, or None where there is none."""

    @property
    def lon(self) -> float | None:
        """Degrees east."""

    @property
    def lat(self) -> float | None:
        """Degrees north."""


def geojson(records: Iterable[Located], names: Sequence[str]) -> Iterator[str]:
    """A FeatureCollection, one line a record with the properties ``names``.

    The geometry is null where the record has no point.
    """
    return collection(feature(properties(r, names), r.lon, r.lat) for r in records)


def json_lines(records: Iterable[Located], names: Sequence[str]) -> Iterator[str]:
    """One JSON object a line: ``names``, then ``lon`` and ``lat`` (null where there is none)."""
    for record in records:
        point = {"lon": rounded(record.lon), "lat": rounded(record.lat)}
        yield dumps(properties(record, names) | point) + "\n"


def table(records: Iterable[Located], names: Sequence[str]) -> Iterator[str]:
    """CSV with a header line, LF line ends; ``names``, then ``lon`` and ``lat``.

    Text that a spreadsheet would run as a formula has an apostrophe before it; reading the file
    back takes it away again. What is no single value is JSON text.
    """
    columns = [*names, "lon", "lat"]
    yield ",".join(columns) + "\n"
    for record in records:
        yield ",".join(cell(getattr(record, name)) for name in columns) + "\n"


def collection(features: Iterable[str], name: str = "") -> Iterator[str]:
    """The features as one FeatureCollection, a line each; GDAL calls the layer by the name."""
    named = f'"name":{dumps(name)},' if name else ""
    yield f'{{"type":"FeatureCollection",{named}"features":['
    between = "\n"
    for item in features:
        yield between + item
        between = ",\n"
    yield "\n]}\n"


def feature(fields: Mapping[str, object], lon: float | None, lat: float | None) -> str:
    """A Feature with a point, or with null where a coordinate is missing."""
    point = [rounded(lon), rounded(lat)]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    return dumps({"type": "Feature", "properties": fields, "geometry": geometry})


def multipoint(fields: Mapping[str, object], points: Iterable[tuple[float, float]]) -> str:
    """A Feature with several points (lon, lat)."""
    ends = [[rounded(lon), rounded(lat)] for lon, lat in points]
    geometry = {"type": "MultiPoint", "coordinates": ends}
    return dumps({"type": "Feature", "properties": fields, "geometry": geometry})


def properties(record: object, names: Iterable[str]) -> dict[str, object]:
    """The named fields of a record as JSON knows them: days in ISO, places as small objects."""
    return {name: plain(getattr(record, name)) for name in names}


def plain(value: object) -> object:
    """A field's value as JSON knows it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Place):
        point = {"lon": rounded(value.lon), "lat": rounded(value.lat)}
        return {"place_id": value.place_id, "place": value.name, "admin1": value.admin1} | point
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def rounded(degrees: float | None) -> float | None:
    """Degrees to :data:`DECIMALS`."""
    # Adding 0.0 turns -0.0 into 0.0.
    return None if degrees is None else round(degrees, DECIMALS) + 0.0


def cell(value: object) -> str:
    """A value as a cell of a CSV; see :func:`table`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(rounded(value))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        value = dumps(plain(value))
    text = "" if value is None else str(plain(value))
    if _FORMULA.match(text):
        text = f"'{text}"
    # Not the csv module: it leaves a lone CR without quotes, which ends the row for readers.
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text
