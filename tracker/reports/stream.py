"""Reports of all inputs, one after the other: none is kept that has been handed on.

Inputs are sorted out first, since what holds claims or is of the program's own making is told by
little of a file. A file of reports is then read while its reports are taken.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path

from tracker.errors import ReportError, UsageError, at
from tracker.model import Report
from tracker.reports.census import remark
from tracker.reports.documents import (
    CLAIMS_ENDINGS,
    PAGE_ENDINGS,
    STDIN,
    TEXT_ENDINGS,
    Document,
    find_documents,
    first_few,
    keep,
    printable,
)
from tracker.reports.fields import Defaults, dropped_url, to_report
from tracker.reports.own import REMEDY, SEARCHED, own_output
from tracker.reports.page import read_page
from tracker.reports.rows import (
    Table,
    are_claims,
    csv_items,
    is_json_lines,
    json_line_items,
    read_csv,
    read_json,
    read_json_lines,
)
from tracker.reports.text import Row, check_utf8, decode, opening, read_text

MOST_FAULTS = 20
"""Faults of one file that are told one by one; the rest of them is told as a number."""

# A text may begin with a bold word as well.
_PAGE = re.compile(
    r"<(?:!|\?xml|(?:html|head|meta|title|body|main|article|div|p)\b)", re.IGNORECASE
)
_LINE_ENDINGS = (".jsonl", ".ndjson")
_START = 512
_WHOLE = TEXT_ENDINGS + PAGE_ENDINGS


@dataclass(slots=True)
class _Faults:
    """What is wrong with one document: the first faults, and how many there are."""

    first: list[str] = field(default_factory=list)
    number: int = 0

    def add(self, fault: str) -> None:
        self.number += 1
        if len(self.first) <= MOST_FAULTS:
            self.first.append(fault)

    def told(self, name: str) -> list[str]:
        """As many as a person reads, and the number of the others."""
        more = self.number - MOST_FAULTS
        if more <= 1:
            return self.first
        return [*self.first[:MOST_FAULTS], at(name, None, f"{more} more faults")]


class Inputs:
    """The reports of files and folders, in the order of the inputs, to be gone through once.

    ``claims`` are the inputs that hold claims instead. ``problems`` are one-line faults (what they
    name was not taken) and ``notes`` one-line remarks; both are complete once all reports have
    been taken.
    """

    def __init__(
        self,
        inputs: Iterable[str | Path],
        *,
        published: date | None = None,
        stdin: bytes | None = None,
        exclude: Collection[Path] = (),
    ) -> None:
        """Sort the inputs out; the arguments are those of :func:`tracker.reports.read_reports`.

        Raises :class:`UsageError` for an input that does not exist or whose ending is unknown.
        """
        items = list(inputs)
        files = [item for item in items if str(item) != STDIN]
        found = find_documents(files, exclude)
        if len(files) < len(items):
            found.documents.append(_standard_input(stdin))
        self.claims: list[Document] = []
        self._published = published
        self._passed_over: Counter[str] = found.passed_over
        self._own: list[str] = []
        self._found = found.problems
        self._faults: list[tuple[str, _Faults]] = []
        self._waiting: list[tuple[Document, _Rows, _Faults]] = []
        for document in found.documents:
            faults = _Faults()
            self._faults.append((document.name, faults))
            self._sort_out(document, faults)

    @property
    def problems(self) -> list[str]:
        """What was not taken, by input."""
        told = (faults.told(name) for name, faults in self._faults)
        return [*self._found, *chain.from_iterable(told)]

    @property
    def notes(self) -> list[str]:
        """What was passed over."""
        notes = []
        if self._passed_over:
            kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(self._passed_over.items()))
            notes.append(f"passed over in folders: {printable(kinds)}")
        own = first_few(self._own)
        return notes + remark(
            len(self._own),
            f"file in folders that tracker wrote itself passed over: {own}",
            f"files in folders that tracker wrote itself passed over: {own}",
        )

    def __iter__(self) -> Iterator[tuple[Report, bool]]:
        """Each report, and whether its address was dropped."""
        waiting, self._waiting = self._waiting, []
        for document, rows, faults in waiting:
            with _telling(document, faults):
                yield from self._reports(document, rows, faults)

    def _sort_out(self, document: Document, faults: _Faults) -> None:
        with _telling(document, faults):
            document = document.kept()
            if self._is_own(document, faults):
                return
            if document.ending in CLAIMS_ENDINGS:
                self.claims.append(document)
                return
            rows = _rows(document)
            if document.ending not in _WHOLE and rows.are_claims():
                self.claims.append(document)
            else:
                self._waiting.append((document, rows, faults))

    def _is_own(self, document: Document, faults: _Faults) -> bool:
        own = own_output(document.ends(SEARCHED), document.ending)
        if own and document.in_folder:
            self._own.append(document.name)
        elif own:
            faults.add(at(document.name, None, own, REMEDY))
        return bool(own)

    def _reports(
        self, document: Document, rows: _Rows, faults: _Faults
    ) -> Iterator[tuple[Report, bool]]:
        own_file = rows.single or document.ending in _WHOLE
        defaults = Defaults(document.stem, own_file, self._published)
        empty = True
        for item in rows.items():
            empty = False
            if isinstance(item, str):
                faults.add(item)
                continue
            try:
                report = to_report(item, defaults)
            except ReportError as error:
                for fault in str(error).split("\n"):
                    faults.add(fault)
            else:
                yield report, dropped_url(item)
        if empty:
            faults.add(at(document.name, None, "nothing in it", "leave it out"))


@contextmanager
def _telling(document: Document, faults: _Faults) -> Iterator[None]:
    """What goes wrong with one document is told and does not stop the others."""
    try:
        yield
    except ReportError as error:
        for fault in str(error).split("\n"):
            faults.add(fault)
    except OSError as error:
        faults.add(at(document.name, None, f"cannot be read: {error.strerror}"))
    except UnicodeDecodeError:
        faults.add(at(document.name, None, "changed while it was read", "read it again"))


def _standard_input(content: bytes | None) -> Document:
    if content is None and sys.stdin is None:
        raise UsageError("standard input is closed; give a file, or text to read")
    stream = sys.stdin.buffer if content is None else io.BytesIO(content)
    document = keep(Document("standard input", "stdin", ".txt"), stream)
    start = opening(document.ends(_START)).lstrip()
    if start.startswith(("{", "[")):
        ending = ".json"
    elif _PAGE.match(start):
        ending = ".html"
    elif _is_header(start.split("\n", 1)[0]):
        ending = ".csv"
    else:
        ending = ".txt"
    return replace(document, ending=ending)


def _is_header(line: str) -> bool:
    """Whether a first line is the header of a table of reports, or of claims."""
    columns = {cell.strip().strip('"') for cell in line.split(",")}
    return {"published", "text"} <= columns or {"report_id", "change", "place"} <= columns


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one document, and for each that is none what is wrong with it.

    ``items`` begins with the first at each call; ``columns`` are those of a CSV; ``single``: the
    whole document is one JSON object.
    """

    items: Callable[[], Iterator[Row | str]]
    columns: list[str] = field(default_factory=list)
    single: bool = False

    def are_claims(self) -> bool:
        """Whether these are claims: the header says so, or the first row."""
        items = self.items()
        return are_claims(self.columns, next((i for i in items if isinstance(i, Row)), None))


def _rows(document: Document) -> _Rows:
    """The rows of a document. Raises :class:`ReportError` when it is not text, or has no usable
    header, and :class:`OSError`."""
    if document.ending in _WHOLE:
        return _Rows(lambda: iter(read_table(document).items))
    with document.open() as stream:
        in_utf8 = check_utf8(stream, document.name)
    if not in_utf8:
        return _table_rows(read_table(document))
    if document.ending == ".csv":
        columns, _ = csv_items(_lines(document, ""), document.name)
        return _Rows(lambda: csv_items(_lines(document, ""), document.name)[1], columns)
    if document.ending in _LINE_ENDINGS or is_json_lines(_lines(document, "\n")):
        return _Rows(lambda: json_line_items(_lines(document, "\n"), document.name))
    return _table_rows(read_table(document))


def _table_rows(table: Table) -> _Rows:
    single = len(table.rows) == 1 and table.rows[0].line is None
    return _Rows(lambda: iter(table.items), table.columns, single)


def _lines(document: Document, newline: str) -> Iterator[str]:
    """The lines of a document in UTF-8, ended as :class:`io.TextIOWrapper` ends them."""
    with io.TextIOWrapper(document.open(), "utf-8-sig", newline=newline) as lines:
        yield from lines


def read_table(document: Document) -> Table:
    """The rows of a document of text, reports or claims.

    Raises :class:`ReportError` when it is not text or has no usable header, :class:`OSError`.
    """
    data, name = document.read(), document.name
    if document.ending in PAGE_ENDINGS:
        return Table(name, items=[read_page(data, name)])
    text = decode(data, name)
    if document.ending in TEXT_ENDINGS:
        return Table(name, items=[read_text(text, name)])
    if document.ending == ".csv":
        return read_csv(text, name)
    if document.ending in _LINE_ENDINGS:
        return read_json_lines(text, name)
    return read_json(text, name)
