"""Tables of reports or claims: JSON Lines, JSON and CSV as rows that know their line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from tracker.errors import ReportError, at, shown
from tracker.reports.text import Row

_DELIMITERS = (",", ";", "\t")
_MEND = "mend or remove this line"
_DEEP = "broken JSON: nested too deep, or a number too long"


@dataclass(slots=True)
class Table:
    """What one file holds, in its order: rows, and for each that is none what is wrong with it.

    ``columns`` are those of a CSV.
    """

    name: str
    columns: list[str] = field(default_factory=list)
    items: list[Row | str] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """The rows without the faults between them."""
        return [item for item in self.items if isinstance(item, Row)]

    def holds_claims(self) -> bool:
        """Whether this is a table of claims: ``change`` and ``place`` and no ``text``.

        The header decides for a CSV, and the first row for JSON.
        """
        names = set(self.columns) if self.columns else _filled(self.rows)
        return {"change", "place"} <= names and "text" not in names


def _filled(rows: list[Row]) -> set[str]:
    fields = rows[0].fields if rows else {}
    return set(fields) if fields.get("text") else set(fields) - {"text"}


def read_json_lines(text: str, name: str) -> Table:
    """One JSON object a line. A broken line costs that line only."""
    table = Table(name)
    _take_objects(table, _lines(table, text))
    return table


def read_json(text: str, name: str) -> Table:
    """One JSON object, an array of them, a GeoJSON FeatureCollection of points, or JSON Lines.

    A Feature becomes its properties with ``lon`` and ``lat``.
    """
    first, _, rest = text.strip().partition("\n")
    if rest and first.startswith("{") and first.rstrip().endswith("}"):
        return read_json_lines(text, name)
    table = Table(name)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"broken JSON: {error.msg} at column {error.colno}"
        table.items.append(at(name, error.lineno, problem, "mend the file"))
        return table
    except (ValueError, RecursionError):
        table.items.append(at(name, None, _DEEP, "mend the file"))
        return table
    if isinstance(whole, dict) and whole.get("type") == "FeatureCollection":
        _take_features(table, whole.get("features"))
    elif isinstance(whole, list):
        _take_objects(table, ((Row(f"{name} item {i}", None, {}), x) for i, x in _counted(whole)))
    else:
        _take_objects(table, [(Row(name, None, {}), whole)])
    return table


def _counted(items: list[object]) -> Iterator[tuple[int, object]]:
    return iter(enumerate(items, start=1))


def _lines(table: Table, text: str) -> Iterator[tuple[Row, object]]:
    # Only LF ends a line of JSON Lines: U+2028 and its like may stand inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        row = Row(table.name, number, {})
        try:
            yield row, json.loads(line)
        except json.JSONDecodeError as error:
            problem = f"broken JSON: {error.msg} at column {error.colno}"
            table.items.append(row.fault(problem, _MEND))
        except (ValueError, RecursionError):
            table.items.append(row.fault(_DEEP, _MEND))


def _take_objects(table: Table, items: Iterable[tuple[Row, object]]) -> None:
    for row, item in items:
        if isinstance(item, dict):
            row.fields.update(item)
            table.items.append(row)
        else:
            problem = f"no JSON object: {shown(item)}"
            table.items.append(row.fault(problem, 'write {"id": ..., "text": ..., ...}'))


def _take_features(table: Table, features: object) -> None:
    if not isinstance(features, list):
        table.items.append(at(table.name, None, "a FeatureCollection without features"))
        return
    for number, feature in _counted(features):
        row = Row(f"{table.name} feature {number}", None, {})
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(feature, dict) or not isinstance(properties, dict):
            table.items.append(row.fault("no Feature with properties"))
            continue
        row.fields.update(properties)
        _take_point(table, row, feature.get("geometry"))


def _take_point(table: Table, row: Row, geometry: object) -> None:
    if geometry is None:
        table.items.append(row)
        return
    point = isinstance(geometry, dict) and geometry.get("type") == "Point"
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not point or not isinstance(coordinates, list) or len(coordinates) < 2:
        table.items.append(row.fault("the geometry is no point", "give a Point, or null"))
        return
    row.fields["lon"], row.fields["lat"] = coordinates[:2]
    table.items.append(row)


def read_csv(text: str, name: str, *, needed: Collection[str] = ()) -> Table:
    """A table with a header line; comma, semicolon or tab between cells, as the header has it.

    Column names are lower-cased. ``needed`` are columns that must be there, by default those of
    reports or of claims. Raises :class:`ReportError` for a header that cannot be used.
    """
    # The csv module's default of 128 KiB a cell is less than one long article.
    csv.field_size_limit(2**31 - 1)
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    table = Table(name)
    line = 1
    try:
        for cells in reader:
            if not table.columns:
                table.columns = _header(cells, name, needed)
            elif any(cells):
                _take_cells(table, Row(name, line, {}), cells)
            line = reader.line_num + 1
    except csv.Error as error:
        table.items.append(at(name, line, f"broken CSV: {error}", "mend the quotes of this row"))
    return table


def _header(cells: list[str], name: str, needed: Collection[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise ReportError(at(name, 1, f"column {shown(twice[0])} twice", "give each its own name"))
    missing = sorted(set(needed) - set(columns))
    if missing:
        what = ", ".join(map(repr, missing))
        raise ReportError(at(name, 1, f"no column {what} in the header {shown(','.join(cells))}"))
    if not needed and "text" not in columns and not {"change", "place"} <= set(columns):
        problem = f"no column 'text' in the header {shown(','.join(cells))}"
        raise ReportError(at(name, 1, problem, "name the columns: id,published,text"))
    return columns


def _take_cells(table: Table, row: Row, cells: list[str]) -> None:
    if len(cells) > len(table.columns):
        problem = f"{len(cells)} cells under {len(table.columns)} columns"
        remedy = "put quotes around text that holds the separator"
        table.items.append(row.fault(problem, remedy))
        return
    row.fields.update(zip(table.columns, cells, strict=False))
    table.items.append(row)
