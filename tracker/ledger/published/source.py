"""A published table as it lies there, row by row, and what the importers need beside it."""

from __future__ import annotations

import csv
import gzip
import io
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tracker.errors import ClaimError, at, shown
from tracker.model import War
from tracker.reports import printable
from tracker.resources import read_text

if TYPE_CHECKING:
    from tracker.places import Gazetteer

DAY = timedelta(days=1)


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The tables that are known, by their short name: ``tables.toml``."""
    return tomllib.loads(read_text("ledger", "published", "tables.toml"))


@dataclass(slots=True)
class Help:
    """What an importer may ask: the war, the places, the day on which the table came out.

    ``passed`` counts the rows that make no claim, by reason; ``faults`` are the rows that should
    and cannot, a line each.
    """

    name: str
    war: War
    gazetteer: Gazetteer
    published: date | None = None
    passed: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, line: int, problem: str, remedy: str = "") -> None:
        """Note a row that cannot be taken."""
        self.faults.append(at(self.name, line, problem, remedy))

    def known_on(self, day: date) -> str:
        """When a claim about ``day`` was published: with the table, else on the day itself."""
        return max(self.published or day, day).isoformat()


def holder_of(kind: str, word: str) -> str:
    """The side that a table's word for a holder means, '' for none of them."""
    sides = tables()[kind]["holders"]
    return next((side for side, words in sides.items() if word.strip() in words), "")


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """The table as text, unpacked when it is a ``.gz``, or a ``.zip`` that holds one table."""
    with path.open("rb") as file:
        sign = file.read(2)
        file.seek(0)
        if sign == b"\x1f\x8b":
            with gzip.open(file) as packed:
                yield _text(packed)  # type: ignore[arg-type]
        elif sign == b"PK":
            with zipfile.ZipFile(file) as archive, archive.open(_only_csv(archive)) as packed:
                yield _text(packed)
        else:
            yield _text(file)


def _text(file: IO[bytes]) -> IO[str]:
    return io.TextIOWrapper(file, encoding="utf-8-sig", newline="")


def _only_csv(archive: zipfile.ZipFile) -> str:
    names = [n for n in archive.namelist() if n.lower().endswith(".csv")]
    if len(names) != 1:
        raise zipfile.BadZipFile(f"{len(names)} CSV tables in the archive, one is needed")
    return names[0]


def rows(path: Path, help_: Help) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells of each row, column names in small letters; faulty rows are noted.

    Raises :class:`ClaimError` for a file that is no table.
    """
    csv.field_size_limit(2**31 - 1)
    try:
        with opened(path) as file:
            reader = csv.reader(file, delimiter=_delimiter(file))
            header = [cell.strip().lower() for cell in next(reader, [])]
            for cells in reader:
                if len(cells) == len(header):
                    yield reader.line_num, dict(zip(header, cells, strict=True))
                elif any(cells):
                    problem = f"{len(cells)} cells under {len(header)} columns"
                    help_.fault(reader.line_num, problem, "mend or remove this row")
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as error:
        reason = " ".join(str(error).split())
        raise ClaimError(at(printable(path), None, f"cannot be read: {reason}")) from error


def columns(path: Path) -> set[str]:
    """The names of the table's columns, in small letters. Raises :class:`ClaimError`."""
    try:
        with opened(path) as file:
            reader = csv.reader(file, delimiter=_delimiter(file))
            return {cell.strip().lower() for cell in next(reader, [])}
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as error:
        reason = " ".join(str(error).split())
        raise ClaimError(at(printable(path), None, f"cannot be read: {reason}")) from error


def _delimiter(file: IO[str]) -> str:
    """Comma, semicolon or tab, as the header has it."""
    header = file.readline(1 << 16)
    file.seek(0)
    return max(",;\t", key=header.count)


def number(row: Mapping[str, str], key: str) -> float | None:
    """A number, None for an empty cell. Raises :class:`ValueError` that names the column."""
    text = (row.get(key) or "").strip()
    try:
        return float(text) if text else None
    except ValueError as error:
        raise ValueError(f"{key!r} {shown(text)} is no number") from error
