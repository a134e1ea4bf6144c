"""Changes written to files: GeoJSON, each change with the voices behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tracker.export.layer import text_writer
from tracker.export.target import Writer, check_target, write_files
from tracker.export.text import collection, feature, properties
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
    """A FeatureCollection, one line a change, its voices in ``claims``."""
    return collection(_feature(change) for change in changes)


def _feature(change: Change) -> str:
    voices = [properties(claim, _VOICE_FIELDS) for claim in change.claims]
    fields = properties(change, _CHANGE_FIELDS) | {"claims": voices}
    return feature(fields, change.lon, change.lat)
