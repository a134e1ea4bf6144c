"""Tables of reports or claims: JSON Lines, JSON and CSV as rows that know their line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

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
        return are_claims(self.columns, next(iter(self.rows), None))


def are_claims(columns: Collection[str], first: Row | None) -> bool:
    """Whether rows are claims, by the columns of a CSV, else by the first row."""
    names = set(columns)
    if not names and first is not None:
        names = {name for name in first.fields if name != "text" or first.fields[name]}
    return {"change", "place"} <= names and "text" not in names


def read_json_lines(text: str, name: str) -> Table:
    """One JSON object a line. A broken line costs that line only."""
    return Table(name, items=list(json_line_items(text.split("\n"), name)))


def json_line_items(lines: Iterable[str], name: str) -> Iterator[Row | str]:
    """The rows of JSON Lines, one by one, and for each line that is none what is wrong with it.

    Only LF ends a line: U+2028 and its like may stand inside a string.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = Row(name, number, {})
        try:
            item = json.loads(line.rstrip("\n"))
        except json.JSONDecodeError as error:
            yield row.fault(f"broken JSON: {error.msg} at column {error.colno}", _MEND)
        except (ValueError, RecursionError):
            yield row.fault(_DEEP, _MEND)
        else:
            yield _object(row, item)


def read_json(text: str, name: str) -> Table:
    """One JSON object, an array of them, a GeoJSON FeatureCollection of points, or JSON Lines.

    A Feature becomes its properties with ``lon`` and ``lat``.
    """
    if is_json_lines(text.split("\n")):
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
        table.items += [_object(Row(f"{name} item {i}", None, {}), x) for i, x in _counted(whole)]
    else:
        table.items.append(_object(Row(name, None, {}), whole))
    return table


def is_json_lines(lines: Iterable[str]) -> bool:
    """Whether these are lines of JSON rather than one value: an object in the first, and more."""
    filled = (line.strip() for line in lines if line.strip())
    first = next(filled, "")
    return first.startswith("{") and first.endswith("}") and next(filled, None) is not None


def _counted(items: list[object]) -> Iterator[tuple[int, object]]:
    return iter(enumerate(items, start=1))


def _object(row: Row, item: object) -> Row | str:
    """The row with the fields of a JSON object; of anything else, what is wrong with it."""
    if isinstance(item, dict):
        row.fields.update(item)
        return row
    return row.fault(f"no JSON object: {shown(item)}", 'write {"id": ..., "text": ..., ...}')


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
    columns, items = csv_items(io.StringIO(text, newline=""), name, needed=needed)
    return Table(name, columns, list(items))


def csv_items(
    lines: Iterable[str], name: str, *, needed: Collection[str] = ()
) -> tuple[list[str], Iterator[Row | str]]:
    """The columns of a table and its rows one by one, as of :func:`read_csv`."""
    # The csv module's default of 128 KiB a cell is less than one long article.
    csv.field_size_limit(2**31 - 1)
    rows = _csv_rows(lines, name)
    first = next(rows, None)
    if first is None:
        return [], iter(())
    if isinstance(first, str):
        return [], iter([first])
    columns = _header(first[1], name, needed)
    return columns, (
        row if isinstance(row, str) else _cells(Row(name, row[0], {}), columns, row[1])
        for row in rows
        if isinstance(row, str) or any(row[1])
    )


def _csv_rows(lines: Iterable[str], name: str) -> Iterator[tuple[int, list[str]] | str]:
    """The cells of each row with its line; the fault where the table breaks off."""
    lines = iter(lines)
    header = next(lines, None)
    if header is None:
        return
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(chain([header], lines), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        yield at(name, line, f"broken CSV: {error}", "mend the quotes of this row")


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


def _cells(row: Row, columns: list[str], cells: list[str]) -> Row | str:
    if len(cells) > len(columns):
        problem = f"{len(cells)} cells under {len(columns)} columns"
        return row.fault(problem, "put quotes around text that holds the separator")
    row.fields.update(zip(columns, cells, strict=False))
    return row
