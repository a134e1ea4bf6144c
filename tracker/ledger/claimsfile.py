"""Claims files read back: GeoJSON, JSON Lines, CSV, GeoPackage, GeoParquet."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tracker.errors import ClaimError, ReportError, UnknownFormatError, UsageError, at, shown
from tracker.ledger.claimrow import Box, Terms, to_claim
from tracker.ledger.placing import Placer
from tracker.model import Claim, War
from tracker.reports import Document, Row, Table, document, dropped_urls, printable, read_table

if TYPE_CHECKING:
    import geopandas

    from tracker.places import Gazetteer

T = TypeVar("T")

MOST_FAULTS = 20
CLAIMS_READ = (".geojson", ".json", ".jsonl", ".ndjson", ".csv", ".gpkg", ".parquet")

_SQLITE, _PARQUET = b"SQLite format 3\x00", b"PAR1"
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def read_claims(
    file: Path | str | Document,
    war: War,
    *,
    gazetteer: Gazetteer | None = None,
    bounds: Box | None = None,
    notes: list[str] | None = None,
) -> list[Claim]:
    """The claims of a file, in its order, with what the format leaves out filled in.

    ``holder`` follows from ``change`` and ``by``; ``status`` is ``asserted``, ``claimed_by``
    ``other``, ``background`` false. ``gazetteer`` gives each claim its place (see
    :mod:`tracker.ledger.placing`); without it, claims keep the place and point of their row.
    ``bounds`` (west, south, east, north) tells swapped coordinates; remarks go to ``notes``.
    Raises :class:`ClaimError`, one line for each faulty row, :class:`UnknownFormatError` and
    :class:`UsageError` for a file that does not exist.
    """
    source = file if isinstance(file, Document) else _named(Path(file))
    try:
        table = _READERS.get(source.ending, _read_text)(source)
    except OSError as error:
        raise ClaimError(at(source.name, None, f"cannot be read: {error.strerror}")) from error
    placer = Placer(gazetteer) if gazetteer is not None else None
    claims, faults, doubts = _claims(table, Terms(war, placer, bounds))
    if faults:
        raise ClaimError("\n".join(first_of(faults, "faulty rows", source.name)))
    if notes is not None:
        notes += first_of(doubts, "rows to look at", source.name) + _remarks(table, claims)
    return claims


def _claims(table: Table, terms: Terms) -> tuple[list[Claim], list[str], list[str]]:
    """The claims of a table, its faults and the remarks on it, each in the order of its rows."""
    claims: list[Claim] = []
    faults: list[str] = []
    doubts: list[str] = []
    for item in table.items:
        if isinstance(item, str):
            faults.append(item)
            continue
        claim, wrong, notes = to_claim(item, terms)
        claims.append(claim)
        faults += [item.fault("; ".join(wrong))] if wrong else []
        doubts += [item.fault("; ".join(notes))] if notes else []
    return claims, faults, doubts


def first_of(lines: list[str], what: str, name: str) -> list[str]:
    """As many lines as a person reads, and the number of the others."""
    more = len(lines) - MOST_FAULTS
    return lines[:MOST_FAULTS] + ([at(name, None, f"{more} more {what}")] if more > 0 else [])


def _named(path: Path) -> Document:
    if not path.is_file():
        raise UsageError(at(printable(path), None, "no such file"))
    if path.suffix.lower() not in CLAIMS_READ:
        problem = f"unknown ending {shown(path.suffix)} for claims"
        known = "known are " + " ".join(CLAIMS_READ)
        raise UnknownFormatError(at(printable(path), None, problem, known))
    return document(path)


def _remarks(table: Table, claims: list[Claim]) -> list[str]:
    """What is odd about a table of sound claims."""
    dropped = sum(
        bool(row.fields.get("url")) and not claim.url
        for row, claim in zip(table.rows, claims, strict=True)
    )
    remarks = dropped_urls(dropped) if claims else ["a claims file that holds no rows"]
    return [at(table.name, None, remark) for remark in remarks]


def _read_text(source: Document) -> Table:
    try:
        table = read_table(source)
    except ReportError as error:
        raise ClaimError(str(error)) from error
    if (table.rows or source.ending == ".csv") and not table.holds_claims():
        remedy = "claims have 'change' and 'place' and no 'text'"
        raise ClaimError(at(source.name, None, "these are no claims", remedy))
    return table


def _read_csv(source: Document) -> Table:
    table = _read_text(source)
    for row in table.rows:
        row.fields.update(unguarded(row.fields))
    return table


def unguarded(fields: dict[str, object]) -> dict[str, object]:
    """Without the apostrophe that keeps spreadsheets from taking a cell for a formula."""
    if not any(isinstance(value, str) and value.startswith("'") for value in fields.values()):
        return fields
    return {
        key: value[1:] if isinstance(value, str) and _GUARDED.match(value) else value
        for key, value in fields.items()
    }


def _read_geopackage(source: Document) -> Table:
    import geopandas
    import pyogrio

    data = _checked(source, _SQLITE, "GeoPackage")
    layers = _guarded(source, lambda: pyogrio.list_layers(data)[:, 0].tolist())
    layer = "claims" if "claims" in layers else (layers or [None])[0]
    frame = _guarded(source, lambda: geopandas.read_file(io.BytesIO(data), layer=layer))
    return _guarded(source, lambda: _frame_table(frame, source.name))


def _read_parquet(source: Document) -> Table:
    import geopandas

    data = _checked(source, _PARQUET, "Parquet")
    frame = _guarded(source, lambda: geopandas.read_parquet(io.BytesIO(data)))
    return _guarded(source, lambda: _frame_table(frame, source.name))


def _checked(source: Document, magic: bytes, kind: str) -> bytes:
    """The bytes, which must begin as the ending says.

    GDAL would open whatever a renamed file holds, also formats that refer to other files and
    addresses.
    """
    data = source.read()
    if not data.startswith(magic):
        raise ClaimError(at(source.name, None, f"no {kind} file", "its ending says so"))
    return data


def _guarded(source: Document, read: Callable[[], T]) -> T:
    """What the libraries make of the bytes; their own many errors as one line of ours."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return read()
    except ClaimError:
        raise
    except Exception as error:
        reason = shown(str(error).partition("\n")[0])
        raise ClaimError(at(source.name, None, f"cannot be read: {reason}")) from error


def _frame_table(frame: geopandas.GeoDataFrame, name: str) -> Table:
    """Rows of a frame; days cut from time stamps, missing values None, points as lon and lat."""
    if not {"change", "place"} <= set(frame.columns):
        remedy = "claims have the columns 'change' and 'place'"
        raise ClaimError(at(name, None, "these are no claims", remedy))
    if getattr(frame, "crs", None) is None or not hasattr(frame, "geom_type"):
        raise ClaimError(at(name, None, "no geometry with a CRS", "write it with EPSG:4326"))
    if frame.crs.to_epsg() != 4326:
        frame = frame.to_crs(4326)
    for column in frame.select_dtypes(["datetime", "datetimetz"]).columns:
        frame[column] = frame[column].dt.strftime("%Y-%m-%d")
    table = Table(name)
    geometry_name = frame.active_geometry_name
    for number, record in enumerate(frame.to_dict("records"), start=1):
        point = record.pop(geometry_name)
        row = Row(f"{name} row {number}", None, {k: _plain(v) for k, v in record.items()})
        if point is not None and not point.is_empty:
            if point.geom_type != "Point":
                table.items.append(row.fault(f"the geometry is a {point.geom_type}, no point"))
                continue
            row.fields["lon"], row.fields["lat"] = float(point.x), float(point.y)
        table.items.append(row)
    return table


def _plain(value: Any) -> object:  # noqa: ANN401
    if isinstance(value, date):
        return value.isoformat()
    return None if value != value else value


_READERS: dict[str, Callable[[Document], Table]] = {
    ".csv": _read_csv,
    ".gpkg": _read_geopackage,
    ".parquet": _read_parquet,
}
