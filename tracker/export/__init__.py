"""Claims and changes as files that other programs open; an edge."""

from tracker.export.claims import (
    CLAIMS_WRITTEN,
    changes_writer,
    claims_writer,
    text_writer,
    write_changes,
    write_claims,
)
from tracker.export.geojson import changes_geojson, claims_csv, claims_geojson, claims_jsonl
from tracker.export.target import Writer, check_target, write_files

__all__ = [
    "CLAIMS_WRITTEN",
    "Writer",
    "changes_geojson",
    "changes_writer",
    "check_target",
    "claims_csv",
    "claims_geojson",
    "claims_jsonl",
    "claims_writer",
    "text_writer",
    "write_changes",
    "write_claims",
    "write_files",
]
