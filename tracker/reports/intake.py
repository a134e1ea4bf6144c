"""All inputs to reports: faulty ones are refused by name, the rest is taken."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tracker.errors import ReportError, UsageError, at
from tracker.model import Report
from tracker.reports.documents import (
    CLAIMS_ENDINGS,
    PAGE_ENDINGS,
    STDIN,
    TEXT_ENDINGS,
    Document,
    find_documents,
    first_few,
    printable,
)
from tracker.reports.fields import Defaults, dropped_url, to_report
from tracker.reports.own import REMEDY, own_output
from tracker.reports.page import read_page
from tracker.reports.rows import Table, read_csv, read_json, read_json_lines
from tracker.reports.text import Row, decode, opening, read_text

MOST_FAULTS = 20
"""Faults of one file that are told one by one; the rest of them is told as a number."""

# A text may begin with a bold word as well.
_PAGE = re.compile(
    r"<(?:!|\?xml|(?:html|head|meta|title|body|main|article|div|p)\b)", re.IGNORECASE
)


@dataclass(slots=True)
class Intake:
    """What a run of inputs holds.

    ``reports`` are sorted by (published, id, text); ``claims`` are the inputs that hold claims
    instead; ``problems`` are one-line faults (what they name was not taken); ``notes`` are
    one-line remarks on what was passed over, merged or left empty.
    """

    reports: list[Report] = field(default_factory=list)
    claims: list[Document] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_reports(
    inputs: Iterable[str | Path],
    *,
    published: date | None = None,
    stdin: bytes | None = None,
    exclude: Collection[Path] = (),
) -> Intake:
    """Read files and folders of reports; ``-`` stands for standard input.

    ``published`` is the publication date of reports that nothing else dates; ``stdin`` the bytes
    of standard input where they have been read already; ``exclude`` (resolved paths) is passed
    over in folders. Raises :class:`UsageError` for an input that does not exist or whose ending
    is unknown, before anything is read.
    """
    items = list(inputs)
    files = [item for item in items if str(item) != STDIN]
    found = find_documents(files, exclude)
    if len(files) < len(items):
        found.documents.append(_standard_input(stdin))
    tray = _Tray(Intake(problems=found.problems), published)
    for document in found.documents:
        _take(document, tray)
    intake = tray.intake
    _settle(intake, tray.taken)
    if found.passed_over:
        kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(found.passed_over.items()))
        intake.notes.append(f"passed over in folders: {printable(kinds)}")
    own = first_few(tray.own)
    intake.notes += _remark(
        len(tray.own),
        f"file in folders that tracker wrote itself passed over: {own}",
        f"files in folders that tracker wrote itself passed over: {own}",
    )
    return intake


@dataclass(slots=True)
class _Tray:
    """What has been taken so far: reports, and for each whether its address was dropped.

    ``own`` names files of the program's own that were passed over.
    """

    intake: Intake
    published: date | None
    taken: list[tuple[Report, bool]] = field(default_factory=list)
    own: list[str] = field(default_factory=list)


def _standard_input(content: bytes | None) -> Document:
    if content is None and sys.stdin is None:
        raise UsageError("standard input is closed; give a file, or text to read")
    data = sys.stdin.buffer.read() if content is None else content
    start = opening(data).lstrip()
    if start.startswith(("{", "[")):
        ending = ".json"
    elif _PAGE.match(start):
        ending = ".html"
    elif _is_header(start.split("\n", 1)[0]):
        ending = ".csv"
    else:
        ending = ".txt"
    return Document("standard input", "stdin", ending, content=data)


def _is_header(line: str) -> bool:
    """Whether a first line is the header of a table of reports, or of claims."""
    columns = {cell.strip().strip('"') for cell in line.split(",")}
    return {"published", "text"} <= columns or {"report_id", "change", "place"} <= columns


def _take(document: Document, tray: _Tray) -> None:
    """Add one document to the intake: its reports, or itself when it holds claims."""
    try:
        # Read once, also for those who read it next: it may be a pipe.
        document = replace(document, content=document.read())
    except OSError as error:
        tray.intake.problems.append(at(document.name, None, f"cannot be read: {error.strerror}"))
        return
    own = own_output(document.read(), document.ending)
    if own and document.in_folder:
        tray.own.append(document.name)
    elif own:
        tray.intake.problems.append(at(document.name, None, own, REMEDY))
    elif document.ending in CLAIMS_ENDINGS:
        tray.intake.claims.append(document)
    else:
        _take_table(document, tray)


def _take_table(document: Document, tray: _Tray) -> None:
    """Add a document of text: its reports, or itself when its rows are claims."""
    try:
        table = read_table(document)
    except ReportError as error:
        tray.intake.problems.append(str(error))
        return
    if table.holds_claims():
        tray.intake.claims.append(document)
        return
    own_file = document.ending in TEXT_ENDINGS + PAGE_ENDINGS or _is_single(document, table)
    defaults = Defaults(document.stem, own_file, tray.published)
    faults = _take_rows(table, defaults, tray.taken)
    if not table.items:
        faults.append(at(document.name, None, "nothing in it", "leave it out"))
    tray.intake.problems += _at_most(faults, document.name)


def _is_single(document: Document, table: Table) -> bool:
    return document.ending == ".json" and len(table.rows) == 1 and table.rows[0].line is None


def _take_rows(table: Table, defaults: Defaults, taken: list[tuple[Report, bool]]) -> list[str]:
    """Add the reports of a table; its faults in the order of the lines."""
    faults = []
    for item in table.items:
        if isinstance(item, str):
            faults.append(item)
            continue
        try:
            taken.append((to_report(item, defaults), dropped_url(item)))
        except ReportError as error:
            faults += str(error).split("\n")
    return faults


def read_table(document: Document) -> Table:
    """The rows of a document of text, reports or claims.

    Raises :class:`ReportError` when it is not text or has no usable header, :class:`OSError`.
    """
    data, name = document.read(), document.name
    if document.ending in PAGE_ENDINGS:
        return _of_one(read_page(data, name))
    text = decode(data, name)
    if document.ending in TEXT_ENDINGS:
        return _of_one(read_text(text, name))
    if document.ending == ".csv":
        return read_csv(text, name)
    if document.ending in (".jsonl", ".ndjson"):
        return read_json_lines(text, name)
    return read_json(text, name)


def _of_one(row: Row) -> Table:
    return Table(row.file, items=[row])


def _at_most(faults: list[str], name: str) -> list[str]:
    more = len(faults) - MOST_FAULTS
    if more <= 1:
        return faults
    return [*faults[:MOST_FAULTS], at(name, None, f"{more} more faults")]


def _settle(intake: Intake, taken: list[tuple[Report, bool]]) -> None:
    """Sort the reports, merge identical ones, and say what is odd about them."""
    intake.reports = sorted(dict.fromkeys(report for report, _ in taken), key=_order)
    uses = Counter(report.id for report in intake.reports)
    shared = sorted(name for name, n in uses.items() if n > 1)
    dropped = len({report for report, dropped in taken if dropped})
    intake.notes += _remark(
        len(taken) - len(intake.reports),
        "report came more than once and counts once",
        "reports came more than once and count once",
    )
    names = first_few(shared)
    intake.notes += _remark(
        len(shared),
        f"id is shared by reports that differ: {names}",
        f"ids are shared by reports that differ: {names}",
    )
    intake.notes += dropped_urls(dropped)


def dropped_urls(number: int) -> list[str]:
    """The remark on addresses that were left out, if there are any."""
    return _remark(
        number,
        "address is no http(s) link and was dropped",
        "addresses are no http(s) links and were dropped",
    )


def _remark(number: int, one: str, several: str) -> list[str]:
    return [f"{number} {one if number == 1 else several}"] if number else []


def _order(report: Report) -> tuple[date, str, str, str]:
    rest = "\0".join((report.title, report.url, report.source, report.lang))
    return report.published, report.id, report.text, rest
