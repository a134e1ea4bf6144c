"""Files that this program wrote and does not read: map pages, changes, mentions, exports.

They lie in the folders that people read from again and again, and are no reports.
"""

from __future__ import annotations

import re

from tracker.reports.documents import PAGE_ENDINGS

# A mark stands near the beginning, in GeoParquet at the end: a large file is not searched through.
SEARCHED = 1 << 20
"""Bytes at the beginning and at the end of a file that tell whose it is."""

REMEDY = "give the reports or claims that it was made from"


def _keys(*names: str) -> tuple[re.Pattern[bytes], ...]:
    """Matches of the keys of JSON objects: inside a string their quotes would be escaped."""
    return tuple(re.compile(rb'(?<!\\)"%s"\s*:' % name.encode()) for name in names)


_PAGE = "a map page that tracker wrote, no report"
_CHANGES = "changes that tracker wrote beside a map, no claims"
_MENTIONS = "mentions that tracker wrote, no reports and no claims"
_REVIEW = "a table for review that tracker wrote; 'tracker ledger review --take' reads it"
_EXPORT = "an export of tracker, no reports and no claims"
_JSON = (".geojson", ".json")
_LINES = (".jsonl", ".ndjson")
_MARKS: tuple[tuple[str, tuple[str, ...], tuple[re.Pattern[bytes], ...]], ...] = (
    # The slider of tracker/mapping/templates: what drives the page from outside looks for it too.
    (_PAGE, PAGE_ENDINGS, (re.compile(rb'\sdata-tracker="slider"'),)),
    (_CHANGES, _JSON, _keys("holder", "from_holder", "claims")),
    (_MENTIONS, _JSON + _LINES, _keys("as_written", "start", "end", "candidates")),
    (_MENTIONS, (".csv",), (re.compile(rb"\Areport_id,[^\n]*,as_written,start,end,"),)),
    (_REVIEW, (".csv",), (re.compile(rb"\A(?:\xef\xbb\xbf)?claim_id[,;\t]verdict[,;\t]"),)),
    (_MENTIONS, (".gpkg",), (re.compile(rb'CREATE TABLE "mentions"'),)),
    (_MENTIONS, (".parquet",), (re.compile(rb'"name": ?"candidates"'),)),
    (_EXPORT, _JSON, _keys("holder", "valid_from", "valid_to")),
    (_EXPORT, _JSON, _keys("between", "valid_from", "valid_to")),
    (_EXPORT, (".csv",), (re.compile(rb"\A(?:[^\n]*,)?valid_from,valid_to,(?:holder|between),"),)),
    (_EXPORT, (".csv",), (re.compile(rb"\Aplace_id,[^\n]*,holder,from_holder,date_from,date,"),)),
    (_EXPORT, (".md",), (re.compile(rb"\A# Fields\n\nWritten by `tracker export`"),)),
    # Of claims alone an export is claims, and is read as such.
    (_EXPORT, (".gpkg",), (re.compile(rb"Written by `tracker export`"),)),
    (_EXPORT, (".parquet",), (re.compile(rb'"tracker export": "(?!claims")'),)),
)
_TAKEN = re.compile(rb'(?<!\\)"(?:text|change)"\s*:')


def own_output(data: bytes, ending: str) -> str:
    """What this is, if the program wrote it and does not read it, else ''.

    Rows that have a ``text`` are reports, and those that have a ``change`` are claims, whatever
    else they carry.
    """
    part = data if len(data) <= 2 * SEARCHED else data[:SEARCHED] + data[-SEARCHED:]
    for kind, endings, marks in _MARKS:
        if ending in endings and all(mark.search(part) for mark in marks):
            taken = ending in _JSON + _LINES and _TAKEN.search(part)
            return "" if taken else kind
    return ""
