"""Holders against what others say: polygons of a day, or a table of place, date and holder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.api.control import cells
from tracker.api.reading import as_day
from tracker.api.world import World, default_world, read_geojson
from tracker.errors import BaselineError, ComparisonError, UnknownFormatError, UsageError, at, shown

if TYPE_CHECKING:
    import geopandas
    import pandas

    from tracker.control import Baseline, Compared
    from tracker.ledger.reference import ReferenceTable

POLYGONS, TABLES = (".geojson", ".json"), (".csv", ".jsonl", ".ndjson")
_NEEDED = "GeoJSON polygons of the area held, or a table of place, date and holder"


def compare(
    holders: geopandas.GeoDataFrame,
    reference: Path | str,
    day: date | str | None = None,
    *,
    world: World | None = None,
) -> dict[str, Any]:
    """How well holders agree with a file of others: single numbers by name.

    ``holders`` is a holders frame over the world's baseline. ``reference`` is GeoJSON (EPSG:4326)
    with polygons of what the second side held on ``day``, or a table (CSV, JSON Lines, GeoJSON
    points) with ``place`` or ``place_id``, ``date`` and ``holder``, of which ``day`` chooses one.
    Polygons give ``places_agree`` (share), ``iou``, ``area_ratio``, ``front_km_median``,
    ``gain_iou`` and ``gain_ratio`` since the baseline's day, and areas in km2
    (:func:`tracker.control.compare_areas`); a table gives ``places_agree`` and days of difference
    (:func:`tracker.control.compare_table`). What cannot be measured is None.
    Raises :class:`tracker.errors.ComparisonError` for a file that cannot be used,
    :class:`tracker.errors.UsageError` for polygons without a day or a day before the baseline.
    """
    from tracker.model.holders import check_holders_frame

    check_holders_frame(holders)
    world = world or default_world()
    file = Path(reference)
    found, _ = against(
        file, holders, lambda: cells(holders, world=world), as_day(day), world.baseline, world
    )
    return found.measures


def against(
    file: Path,
    holders: geopandas.GeoDataFrame,
    ground: Callable[[], geopandas.GeoDataFrame],
    day: date | None,
    before: Baseline,
    world: World,
) -> tuple[Compared, list[str]]:
    """The comparison with the file, and what a person should know about the file.

    ``ground`` makes the cells where they are needed. Errors as of :func:`compare`.
    """
    from tracker.control import compare_areas, compare_table

    if day is not None and day < before.day:
        raise UsageError(
            f"{day} lies before {before.day}, the day of the baseline; it decides there"
        )
    held = _polygons(file, day, world)
    if held is not None and day is not None:
        return compare_areas(holders, ground(), day, held, before), []
    table = read_table(file, holders, world)
    rows = _frame(table)
    found = compare_table(holders, rows, first=before.day, on=day)
    if day is not None and not found.measures["rows"]:
        days = rows["date"].dt.strftime("%Y-%m-%d")
        span = f"it has {days.min()} to {days.max()}" if len(days) else "no place in it is located"
        raise ComparisonError(at(_name(file), None, f"no row for {day}", span))
    found.measures["not_located"] = table.not_located
    return found, table.notes


def check_reference(file: Path, day: date | None) -> None:
    """Raise :class:`UsageError` and its kinds for what can be known before any work."""
    if not file.is_file():
        raise UsageError(at(_name(file), None, "no such file", f"the last argument is {_NEEDED}"))
    if file.suffix.lower() not in (*POLYGONS, *TABLES):
        known = "known are " + " ".join((*POLYGONS, *TABLES))
        problem = f"unknown ending {shown(file.suffix)} for a reference"
        raise UnknownFormatError(at(_name(file), None, problem, known))
    if day is None and _has_polygons(file):
        raise UsageError(at(_name(file), None, "polygons without a day", "give it with --on"))


def read_table(file: Path, holders: geopandas.GeoDataFrame, world: World) -> ReferenceTable:
    """The rows of a table of place, date and holder."""
    from tracker.ledger.reference import read_reference

    known = set(holders["place_id"])
    return read_reference(file, world.war, world.gazetteer, known=known, bounds=world.bounds)


def _frame(table: ReferenceTable) -> pandas.DataFrame:
    import pandas

    columns = {
        "place_id": pandas.Series([row.place_id for row in table.rows], dtype="str"),
        "date": pandas.Series([row.date for row in table.rows], dtype="datetime64[s]"),
        "holder": pandas.Series([row.holder for row in table.rows], dtype="str"),
    }
    return pandas.DataFrame(columns)


def _polygons(file: Path, day: date | None, world: World) -> Baseline | None:
    """What the polygons of a file say was held; None for a file without any."""
    from tracker.control import baseline_from_geojson

    check_reference(file, day)
    if day is None or not _has_polygons(file):
        return None
    own = _of_side(_geojson(file), world.war.sides[1].id)
    try:
        return baseline_from_geojson(own, day, world.war, world.outline, source=_name(file))
    except BaselineError as error:
        raise ComparisonError(str(error)) from error


def _geojson(file: Path) -> dict[str, Any]:
    try:
        return read_geojson(file, f"a reference is {_NEEDED}")
    except BaselineError as error:
        raise ComparisonError(str(error)) from error


def _has_polygons(file: Path) -> bool:
    """Whether it is GeoJSON of areas. Raises :class:`ComparisonError` for GeoJSON of neither."""
    if file.suffix.lower() in TABLES or _is_list(file):
        return False
    whole = _geojson(file)
    kinds = set(_kinds(whole))
    if kinds & {"Polygon", "MultiPolygon"}:
        return True
    if "type" in whole and not _has_rows(whole):
        raise ComparisonError(at(_name(file), None, "no polygon in it", f"needed are {_NEEDED}"))
    return False


def _is_list(file: Path) -> bool:
    """Whether a file of JSON is an array or JSON Lines, which only a table can be."""
    with file.open("rb") as stream:
        start = stream.read(1 << 16).lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:1] == b"["


def _kinds(part: Any) -> list[str]:  # noqa: ANN401
    """The kinds of all geometries of a GeoJSON object."""
    if not isinstance(part, Mapping):
        return []
    kind = part.get("type")
    if kind == "FeatureCollection" and isinstance(part.get("features"), list):
        return [one for item in part["features"] for one in _kinds(item)]
    if kind == "GeometryCollection" and isinstance(part.get("geometries"), list):
        return [one for item in part["geometries"] for one in _kinds(item)]
    return _kinds(part.get("geometry")) if kind == "Feature" else [str(kind)]


def _has_rows(whole: Mapping[str, Any]) -> bool:
    features = whole.get("features")
    first = features[0] if isinstance(features, list) and features else None
    properties = first.get("properties") if isinstance(first, Mapping) else None
    return isinstance(properties, Mapping) and "holder" in properties


def _of_side(geojson: dict[str, Any], side: str) -> dict[str, Any]:
    """Without the features that name another holder: an export of areas has those of all."""
    features = geojson.get("features")
    if not isinstance(features, list):
        return geojson
    own = [one for one in features if _holder(one) in ("", side)]
    return geojson | {"features": own}


def _holder(feature: Any) -> str:  # noqa: ANN401
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    return str(properties.get("holder") or "") if isinstance(properties, Mapping) else ""


def _name(file: Path) -> str:
    from tracker.reports import printable

    return printable(file)
