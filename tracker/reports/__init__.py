"""Reports from files, folders and standard input; an edge.

Plain text, Markdown with front matter, web pages, JSON Lines, JSON and CSV become
:class:`tracker.model.Report`. Inputs that hold claims instead are told apart and handed back.
"""

from tracker.reports.census import Census, Few, dropped_urls, hash_of
from tracker.reports.documents import (
    ENDINGS,
    Document,
    argument_text,
    document,
    find_documents,
    first_few,
    printable,
    real_path,
)
from tracker.reports.intake import Intake, read_reports, take_all
from tracker.reports.rows import Table, read_csv
from tracker.reports.stream import Inputs, read_table
from tracker.reports.text import Row, clean, composed, decode

__all__ = [
    "ENDINGS",
    "Census",
    "Document",
    "Few",
    "Inputs",
    "Intake",
    "Row",
    "Table",
    "argument_text",
    "clean",
    "composed",
    "decode",
    "document",
    "dropped_urls",
    "find_documents",
    "first_few",
    "hash_of",
    "printable",
    "read_csv",
    "read_reports",
    "read_table",
    "real_path",
    "take_all",
]
