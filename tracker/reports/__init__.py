"""Reports from files, folders and standard input; an edge.

Plain text, Markdown with front matter, web pages, JSON Lines, JSON and CSV become
:class:`tracker.model.Report`. Inputs that hold claims instead are told apart and handed back.
"""

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
from tracker.reports.intake import Intake, dropped_urls, read_reports, read_table
from tracker.reports.rows import Table, read_csv
from tracker.reports.text import Row, clean, composed, decode

__all__ = [
    "ENDINGS",
    "Document",
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
    "printable",
    "read_csv",
    "read_reports",
    "read_table",
    "real_path",
]
