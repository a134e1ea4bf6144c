"""A table of place, date and holder that others hold to be right, read for comparison."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import ComparisonError, ReportError, at, shown
from tracker.ledger.claimrow import Box, Cells, point_of
from tracker.ledger.claimsfile import first_of, unguarded
from tracker.ledger.placing import Placer
from tracker.model import Claim, War
from tracker.model.holders import NEITHER
from tracker.reports import Document, Row, Table, decode, document, first_few, read_csv, read_table

if TYPE_CHECKING:
    from tracker.places import Gazetteer

COLUMNS = "place (or place_id), date and holder; lon and lat tell places of one name apart"
"""What a table of this kind has, for people."""

Where = tuple[str, str, float | None, float | None, str]


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """Who holds a place at the end of a day, as the table has it; ``holder`` as in holders."""

    place_id: str
    date: date
    holder: str


@dataclass(slots=True)
class ReferenceTable:
    """The rows whose place is known, in their order; ``notes`` say what became of the others."""

    rows: list[ReferenceRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    not_located: int = 0


def read_reference(
    file: Path,
    war: War,
    gazetteer: Gazetteer,
    *,
    known: Collection[str] = (),
    bounds: Box | None = None,
) -> ReferenceTable:
    """The rows of a CSV, JSON Lines or GeoJSON points with place, date and holder.

    ``place`` may be called ``name``; a ``place_id`` that is of the gazetteer or among ``known``
    decides, else ``lon`` and ``lat`` do, else the name, as for claims made elsewhere
    (:mod:`tracker.ledger.placing`). ``holder`` is a side's id or name, ``contested`` or
    ``unknown``. Raises :class:`ComparisonError` with all faulty rows, or for a file that is no
    such table.
    """
    source = document(file)
    try:
        table = _table(source)
    except ReportError as error:
        raise ComparisonError(str(error)) from error
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise ComparisonError(at(source.name, None, problem)) from error
    _check_columns(table)
    return _Reading(war, gazetteer, known, bounds).all_of(table)


def _table(source: Document) -> Table:
    if source.ending != ".csv":
        return read_table(source)
    return read_csv(decode(source.read(), source.name), source.name, needed=("date", "holder"))


def _check_columns(table: Table) -> None:
    fields = set(table.columns) or {key for row in table.rows for key in row.fields}
    wanted = ({"place", "name", "place_id"}, {"date"}, {"holder"})
    missing = ["place" if len(names) > 1 else min(names) for names in wanted if not names & fields]
    if missing and not any(isinstance(item, str) for item in table.items):
        what = ", ".join(map(repr, missing))
        line = 1 if table.columns else None
        raise ComparisonError(
            at(table.name, line, f"no column {what}", f"such a table has {COLUMNS}")
        )


class _Reading:
    """Rows one after the other; what a place is called twice is looked up once."""

    def __init__(
        self, war: War, gazetteer: Gazetteer, known: Collection[str], bounds: Box | None
    ) -> None:
        self._words = {word.lower(): word for word in NEITHER}
        for side in war.sides:
            self._words |= {side.id.lower(): side.id, side.name.lower(): side.id}
        self._allowed = ", ".join([*(side.id for side in war.sides), *NEITHER])
        self._gazetteer, self._known, self._bounds = gazetteer, known, bounds
        self._placer = Placer(gazetteer)
        self._found: dict[Where, str] = {}
        self._notes: list[str] = []

    def all_of(self, table: Table) -> ReferenceTable:
        """All rows. Raises :class:`ComparisonError` that lists the faulty ones."""
        out = ReferenceTable()
        faults: list[str] = []
        nowhere: dict[str, None] = {}
        for item in table.items:
            if isinstance(item, str):
                faults.append(item)
                continue
            cells = Cells(Row(item.file, item.line, unguarded(item.fields)))
            row, name = self._row(cells)
            faults += [item.fault("; ".join(cells.faults))] if cells.faults else []
            if row.place_id:
                out.rows.append(row)
            elif not cells.faults:
                out.not_located += 1
                nowhere[name] = None
        if faults:
            raise ComparisonError("\n".join(first_of(faults, "faulty rows", table.name)))
        if not out.rows and not nowhere:
            raise ComparisonError(at(table.name, None, "no rows", f"such a table has {COLUMNS}"))
        out.notes = first_of(self._notes, "rows to look at", table.name)
        if nowhere:
            problem = f"{out.not_located:,} rows left out, places not located"
            out.notes.append(at(table.name, None, f"{problem}: {first_few(list(nowhere))}"))
        return out

    def _row(self, cells: Cells) -> tuple[ReferenceRow, str]:
        """The row, its place '' where it is not known, and what the row calls the place."""
        place_id, name = cells.text("place_id"), cells.text("place") or cells.text("name")
        lon, lat = point_of(cells, self._bounds)
        if not place_id and not name:
            cells.faults.append("'place' is missing")
        day, word = cells.day("date"), cells.needed("holder")
        holder = self._words.get(word.lower(), "")
        if word and not holder:
            cells.faults.append(f"unknown 'holder' {shown(word)} (one of {self._allowed})")
        if cells.faults:
            return ReferenceRow("", day, holder), name
        where = self._place(cells.row, (place_id, name, lon, lat, cells.text("admin1")))
        return ReferenceRow(where, day, holder), name or place_id

    def _place(self, row: Row, where: Where) -> str:
        """The id of the place, '' for none."""
        place_id, name, lon, lat, admin1 = where
        if place_id and (place_id in self._known or self._gazetteer.place(place_id)):
            return place_id
        if not name:
            return ""
        if where not in self._found:
            told, notes = self._placer.place(_as_claim(name, lon, lat, admin1), {"level"})
            self._notes += [row.fault("; ".join(notes))] if notes else []
            self._found[where] = told.place_id if told.location == "located" else ""
        return self._found[where]


def _as_claim(name: str, lon: float | None, lat: float | None, admin1: str) -> Claim:
    """A row in the shape in which places are looked up."""
    return Claim(
        report_id="", published=date.max, url="", source="", lang="", place=name, place_id="",
        as_written=name, admin1=admin1, level="settlement", change="capture", by="", holder="",
        date_from=date.max, date_to=date.max, claimed_by="other", status="asserted",
        background=False, quote="", location="unknown" if lon is None else "located",
        confidence=0.0, rule="", lon=lon, lat=lat,
    )  # fmt: skip
