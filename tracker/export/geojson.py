"""GeoJSON (RFC 7946), JSON Lines and CSV of claims, and the GeoJSON of changes, as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tracker.model import CLAIM_FIELDS, Change, Claim
from tracker.model.jsontext import dumps

DECIMALS = 6
"""Digits of a coordinate: a decimetre, and no binary noise."""

_CHANGE_FIELDS = (
    "place_id",
    "place",
    "admin1",
    "holder",
    "from_holder",
    "date_from",
    "date",
    "status",
    "background",
)
_VOICE_FIELDS = (
    "report_id",
    "published",
    "claimed_by",
    "status",
    "quote",
    "source",
    "url",
    "rule",
)
_SPECIAL = re.compile(r'[",\r\n]')
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def claims_geojson(claims: Iterable[Claim]) -> Iterator[str]:
    """A FeatureCollection, one line a claim; the geometry is null where no place was located."""
    return _collection(
        _feature(_properties(claim, CLAIM_FIELDS[:-2]), claim.lon, claim.lat) for claim in claims
    )


def changes_geojson(changes: Iterable[Change]) -> Iterator[str]:
    """A FeatureCollection, one line a change, its voices in ``claims``."""
    return _collection(
        _feature(
            _properties(change, _CHANGE_FIELDS)
            | {"claims": [_properties(claim, _VOICE_FIELDS) for claim in change.claims]},
            change.lon,
            change.lat,
        )
        for change in changes
    )


def claims_jsonl(claims: Iterable[Claim]) -> Iterator[str]:
    """One JSON object a line, with ``lon`` and ``lat`` (null where no place was located)."""
    for claim in claims:
        row = _properties(claim, CLAIM_FIELDS)
        yield dumps(row | {"lon": _rounded(claim.lon), "lat": _rounded(claim.lat)}) + "\n"


def claims_csv(claims: Iterable[Claim]) -> Iterator[str]:
    """A table with a header line, LF line ends.

    Text that a spreadsheet would run as a formula has an apostrophe before it; reading the file
    back takes it away again.
    """
    yield ",".join(CLAIM_FIELDS) + "\n"
    for claim in claims:
        yield ",".join(_cell(getattr(claim, name)) for name in CLAIM_FIELDS) + "\n"


def _collection(features: Iterator[str]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    between = "\n"
    for feature in features:
        yield between + feature
        between = ",\n"
    yield "\n]}\n"


def _feature(properties: Mapping[str, object], lon: float | None, lat: float | None) -> str:
    point = [_rounded(lon), _rounded(lat)]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    return dumps({"type": "Feature", "properties": properties, "geometry": geometry})


def _properties(record: Claim | Change, names: Iterable[str]) -> dict[str, object]:
    return {name: _plain(getattr(record, name)) for name in names}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _rounded(degrees: float | None) -> float | None:
    # Adding 0.0 turns -0.0 into 0.0.
    return None if degrees is None else round(degrees, DECIMALS) + 0.0


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(round(value, DECIMALS) + 0.0)
    text = "" if value is None else str(_plain(value))
    if _FORMULA.match(text):
        text = f"'{text}"
    # Not the csv module: it leaves a lone CR without quotes, which ends the row for readers.
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text
