"""Changes written to files: GeoJSON, each change with the voices behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tracker.export.layer import text_writer
from tracker.export.target import Writer, check_target, write_files
from tracker.export.text import collection, feature, multipoint, properties
from tracker.model import Change

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


def write_changes(changes: Sequence[Change], target: Path, *, overwrite: bool = False) -> None:
    """Write changes as GeoJSON, each with its voices; errors as for claims."""
    path = check_target(target, (".geojson", ".json"), overwrite=overwrite)
    write_files({path: changes_writer(changes)})


def changes_writer(changes: Sequence[Change]) -> Writer:
    """What writes the changes as GeoJSON."""
    return text_writer(changes_geojson(changes))


def changes_geojson(changes: Iterable[Change]) -> Iterator[str]:
    """A FeatureCollection, one line a change, its voices in ``claims``.

    The places of an area that was told of as a whole are one feature: a MultiPoint with the name of
    the area as ``place``, ``level`` "area" and the ids of the places, in the order of the points.
    """
    return collection(
        _area(same) if same[0].area else _feature(same[0]) for same in _events(changes)
    )


def _events(changes: Iterable[Change]) -> Iterable[list[Change]]:
    """Changes by what is one event; of the places of an area everything but the place is alike."""
    out: dict[tuple[object, ...], list[Change]] = {}
    for number, change in enumerate(changes):
        told = (change.claims, change.holder, change.from_holder, change.date_from, change.date)
        key = (*told, change.status, change.admin1) if change.area else (number,)
        out.setdefault(key, []).append(change)
    return out.values()


def _feature(change: Change) -> str:
    return feature(_properties(change, "settlement"), change.lon, change.lat)


def _area(changes: Sequence[Change]) -> str:
    first = changes[0]
    told = {"place_id": first.claims[0].place_id, "place": first.area}
    fields = _properties(first, "area") | told | {"place_ids": [c.place_id for c in changes]}
    return multipoint(fields, [(change.lon, change.lat) for change in changes])


def _properties(change: Change, level: str) -> dict[str, object]:
    voices = [properties(claim, _VOICE_FIELDS) for claim in change.claims]
    return properties(change, _CHANGE_FIELDS) | {"level": level, "claims": voices}
