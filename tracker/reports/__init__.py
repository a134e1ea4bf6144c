"""Reports from files, folders and standard input; an edge.

Plain text, Markdown with front matter, web pages, JSON Lines, JSON and CSV become
:class:`tracker.model.Report`. Inputs that hold claims instead are told apart and handed back.
"""

from tracker.reports.documents import (
    ENDINGS,
    Document,
    document,
    find_documents,
    first_few,
    printable,
)
from tracker.reports.intake import Intake, dropped_urls, read_reports, read_table
from tracker.reports.rows import Table
from tracker.reports.text import Row, clean, decode

__all__ = [
    "ENDINGS",
    "Document",
    "Intake",
    "Row",
    "Table",
    "clean",
    "decode",
    "document",
    "dropped_urls",
    "find_documents",
    "first_few",
    "printable",
    "read_reports",
    "read_table",
]
