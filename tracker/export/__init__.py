"""Claims, mentions and changes as files that other programs open; an edge."""

from tracker.export.changes import changes_geojson, changes_writer, write_changes
from tracker.export.claims import (
    CLAIMS_WRITTEN,
    claims_csv,
    claims_geojson,
    claims_jsonl,
    claims_writer,
    write_claims,
)
from tracker.export.holders import (
    HOLDERS_WRITTEN,
    holders_csv,
    holders_writer,
    write_holders,
)
from tracker.export.layer import text_writer
from tracker.export.mentions import (
    MENTION_FIELDS,
    MENTIONS_WRITTEN,
    PlaceMention,
    find_mentions,
    mentions_frame,
    mentions_geojson,
    mentions_writer,
    write_mentions,
)
from tracker.export.target import Writer, check_target, write_files

__all__ = [
    "CLAIMS_WRITTEN",
    "HOLDERS_WRITTEN",
    "MENTIONS_WRITTEN",
    "MENTION_FIELDS",
    "PlaceMention",
    "Writer",
    "changes_geojson",
    "changes_writer",
    "check_target",
    "claims_csv",
    "claims_geojson",
    "claims_jsonl",
    "claims_writer",
    "find_mentions",
    "holders_csv",
    "holders_writer",
    "mentions_frame",
    "mentions_geojson",
    "mentions_writer",
    "text_writer",
    "write_changes",
    "write_claims",
    "write_files",
    "write_holders",
    "write_mentions",
]
