"""Holders held against a reference: polygons of one day, or a table of place, date and holder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.control.agreement import agreement, only_one
from tracker.control.areas import areas
from tracker.model.holders import NEITHER, in_force

if TYPE_CHECKING:
    import geopandas
    import pandas

    from tracker.control.baseline import Baseline

OURS, THEIRS = "ours", "reference"
BEFORE = "0001-01-01"
"""Stands for "since before the first day" where days are put in order."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How well holders agree with a reference.

    ``measures`` are single numbers by name, None where there is nothing to measure. ``places``
    has a row for each place that differs, ``changes`` a row for each change of a table (empty for
    polygons); ``shapes`` is both as geometries in EPSG:4326 (lon, lat), with ``what`` in front.
    """

    measures: dict[str, Any]
    places: pandas.DataFrame
    changes: pandas.DataFrame
    shapes: geopandas.GeoDataFrame


def compare_areas(
    holders: geopandas.GeoDataFrame,
    cells: geopandas.GeoDataFrame,
    day: date,
    reference: Baseline,
    before: Baseline,
) -> Compared:
    """The area held on a day against that of a reference, and the places in both.

    ``reference`` and ``before`` are what the same side held on that day and on the day from which
    gains count. The measures are those of :class:`Agreement`, and ``places`` (inside the outline),
    ``places_agree`` (a share) and ``places_differ`` (a number).
    """
    import pandas
    import shapely

    held = areas(holders, cells, day)
    ours = shapely.union_all(held.geometry.array[(held["holder"] == reference.by).to_numpy()])
    ours = shapely.MultiPolygon() if shapely.is_empty(ours) else ours
    found = agreement(ours, reference.held, reference.home, before.held)
    places = _places_inside(holders, day, reference)
    differ = places[places["holder"] != places["reference_holder"]].reset_index(drop=True)
    share = 1 - len(differ) / len(places) if len(places) else None
    numbers = {"places": len(places), "places_agree": share, "places_differ": len(differ)}
    only = only_one(ours, reference.held, reference.home)
    return Compared(
        numbers | asdict(found), differ, pandas.DataFrame(), _area_shapes(only, differ, day)
    )


def _places_inside(
    holders: geopandas.GeoDataFrame, day: date, reference: Baseline
) -> pandas.DataFrame:
    """The places inside the outline with ``holder`` and ``reference_holder``."""
    import shapely

    now = in_force(holders, day)[["place_id", "place", "lon", "lat", "holder"]]
    lon, lat = now["lon"].to_numpy(), now["lat"].to_numpy()
    shapely.prepare(reference.home)
    inside = now[shapely.intersects_xy(reference.home, lon, lat)].copy()
    theirs = reference.holder_of(inside["lon"].to_numpy(), inside["lat"].to_numpy())
    # What lies on the outline itself is in neither polygon.
    theirs[theirs == NEITHER[1]] = reference.owner
    inside["reference_holder"] = theirs
    out: pandas.DataFrame = inside.reset_index(drop=True)
    return out


def _area_shapes(only: list[Any], differ: pandas.DataFrame, day: date) -> geopandas.GeoDataFrame:
    """Areas, the largest first, then places."""
    import geopandas
    import numpy
    import pandas
    import shapely

    from tracker.control.tessellation import to_metres

    tables = []
    for who, parts in zip((OURS, THEIRS), only, strict=True):
        km2 = shapely.area(to_metres(parts)) / 1e6 if len(parts) else numpy.array([])
        table = pandas.DataFrame({"what": "area", "only": who, "km2": km2.round(6)})
        table["geometry"] = list(parts)
        tables.append(table.sort_values("km2", ascending=False, kind="stable"))
    points = differ.drop(columns=["lon", "lat"]).assign(what="place")
    points["geometry"] = list(shapely.points(differ["lon"], differ["lat"]))
    whole = pandas.concat([part for part in (*tables, points) if len(part)] or tables)
    whole["date"] = day.isoformat()
    names = ["what", "only", "km2", "place_id", "place", "date", "holder", "reference_holder"]
    whole = whole.reindex(columns=[*names, "geometry"])
    return geopandas.GeoDataFrame(whole, crs="EPSG:4326").reset_index(drop=True)


def compare_table(
    holders: geopandas.GeoDataFrame, table: pandas.DataFrame, *, first: date, on: date | None = None
) -> Compared:
    """Holders against a table: a row says who holds a place at the end of a day.

    ``table`` has ``place_id``, ``date`` (naive ``datetime64[s]``) and ``holder``. A table in which
    no place keeps its holder from one row to the next lists changes; any other gives place-days.
    Rows before ``first``, the day of the baseline, rows that contradict each other and rows without
    a side are counted and left out. With ``on`` only that day is compared: of changes, the last up
    to it.

    Measures: ``rows`` compared, ``places`` in them, ``places_agree`` (share of the rows in which
    both agree), ``undecided``, ``contradicting``, ``early``; ``changes``, ``changes_found`` in our
    holders, ``days_median`` (of the days between, without sign) and ``days_later_median`` (ours
    minus the reference's; positive where ours are later). A change of ours answers one of the
    table's that lies between the place's changes before and after it, and to the same holder.
    """
    rows, left_out = _usable(holders, table, first)
    listed = lists_changes(rows)
    if on is not None:
        rows = _on(rows, on, listed)
    told = _with_ours(holders, rows)
    differ = _places_that_differ(told)
    changes = _changes(holders, rows, listed) if on is None else _changes(holders, rows[:0], True)
    agree = told["holder"] == told["reference_holder"]
    days = changes["days"].dropna()
    measures = {
        "rows": len(told),
        "places": int(told["place_id"].nunique()),
        "places_agree": float(agree.mean()) if len(told) else None,
        **left_out,
        "changes": len(changes),
        "changes_found": len(days),
        "days_median": float(days.abs().median()) if len(days) else None,
        "days_later_median": float(days.median()) if len(days) else None,
    }
    return Compared(measures, differ, changes, _table_shapes(holders, differ, changes))


def lists_changes(rows: pandas.DataFrame) -> bool:
    """Whether each row tells of a change: no place keeps its holder from one row to the next."""
    before = rows.groupby("place_id")["holder"].shift()
    snapshot = len(rows) > 1 and rows["date"].nunique() == 1
    return not snapshot and not bool((rows["holder"] == before).any())


def _usable(
    holders: geopandas.GeoDataFrame, table: pandas.DataFrame, first: date
) -> tuple[pandas.DataFrame, dict[str, int]]:
    """The rows that can be compared, by place and day, and how many cannot."""
    import numpy

    rows = table[["place_id", "date", "holder"]].drop_duplicates()
    twice = rows.duplicated(["place_id", "date"], keep=False)
    early = ~twice & (rows["date"] < numpy.datetime64(first, "s"))
    neither = ~twice & ~early & rows["holder"].isin(NEITHER)
    kept = rows[~(twice | early | neither)].sort_values(["place_id", "date"], ignore_index=True)
    counted = {"undecided": neither, "contradicting": twice, "early": early}
    return kept, {name: int(which.sum()) for name, which in counted.items()}


def _on(rows: pandas.DataFrame, on: date, listed: bool) -> pandas.DataFrame:
    import numpy

    at = numpy.datetime64(on, "s")
    if not listed:
        return rows[rows["date"] == at]
    last = rows[rows["date"] <= at].groupby("place_id", as_index=False).tail(1)
    return last.assign(date=at.astype("datetime64[s]"))


def _with_ours(holders: geopandas.GeoDataFrame, rows: pandas.DataFrame) -> pandas.DataFrame:
    """The rows with our ``holder`` on their day beside the ``reference_holder``."""
    import numpy
    import pandas

    spans = pandas.DataFrame(holders[["place_id", "place", "valid_from", "holder"]])
    spans["valid_from"] = spans["valid_from"].fillna(pandas.Timestamp(BEFORE).as_unit("s"))
    told = rows.rename(columns={"holder": "reference_holder"})
    told["date"] = told["date"].to_numpy().astype("datetime64[s]")
    spans["valid_from"] = spans["valid_from"].to_numpy().astype("datetime64[s]")
    joined = pandas.merge_asof(
        told.sort_values("date", kind="stable"),
        spans.sort_values("valid_from", kind="stable"),
        left_on="date",
        right_on="valid_from",
        by="place_id",
    )
    order = numpy.lexsort((joined["date"].to_numpy(), joined["place_id"].to_numpy(dtype=str)))
    return joined.iloc[order].drop(columns="valid_from").reset_index(drop=True)


def _places_that_differ(told: pandas.DataFrame) -> pandas.DataFrame:
    """A row a place: days compared, days that differ, the first and last of these and who said."""
    wrong = told[told["holder"] != told["reference_holder"]]
    groups = wrong.groupby("place_id", sort=True)
    out = groups.agg(
        place=("place", "first"),
        days_differ=("date", "size"),
        first_differs=("date", "min"),
        last_differs=("date", "max"),
        holder=("holder", "first"),
        reference_holder=("reference_holder", "first"),
    ).reset_index()
    out.insert(2, "days_compared", out["place_id"].map(told.groupby("place_id").size()))
    order = ["days_differ", "place_id"]
    return out.sort_values(order, ascending=[False, True], kind="stable", ignore_index=True)


def _changes(
    holders: geopandas.GeoDataFrame, rows: pandas.DataFrame, listed: bool
) -> pandas.DataFrame:
    """The table's changes: ``place_id``, ``place``, ``date``, ``holder``, ``ours`` and ``days``.

    Those that are not ours at all come first, then those that are the most days apart.
    """
    import pandas

    before = rows.groupby("place_id")["holder"].shift()
    told = rows[(before.notna() & (rows["holder"] != before)) | (listed & before.isna())].copy()
    dates = told.groupby("place_id")["date"]
    windows = zip(
        told["place_id"], told["holder"], told["date"], dates.shift(), dates.shift(-1), strict=True
    )
    starts = _starts(holders)
    ours = [_nearest(starts.get((place, to), ()), *when) for place, to, *when in windows]
    names = holders.drop_duplicates("place_id").set_index("place_id")["place"]
    told.insert(1, "place", told["place_id"].map(names))
    told["ours"] = pandas.Series(ours, index=told.index, dtype="datetime64[s]")
    told["days"] = (told["ours"] - told["date"]).dt.days
    told["apart"] = -told["days"].abs()
    told = told.sort_values(["apart", "date", "place_id"], na_position="first", kind="stable")
    return told.drop(columns="apart").reset_index(drop=True)


def _starts(holders: geopandas.GeoDataFrame) -> dict[tuple[str, str], list[Any]]:
    """The days on which each place went to each holder; a new status is no new holder."""
    before = holders.groupby("place_id")["holder"].shift()
    moved = holders[before.notna() & (holders["holder"] != before)]
    out: dict[tuple[str, str], list[Any]] = {}
    for row in moved[["place_id", "holder", "valid_from"]].itertuples(index=False):
        out.setdefault((row[0], row[1]), []).append(row[2])
    return out


def _nearest(days: Any, day: Any, after: Any, until: Any) -> Any:  # noqa: ANN401
    """Of ``days`` the one next to ``day`` between the place's other changes; None for none."""
    # A day that is missing compares as false, so an open end lets all pass.
    fitting = [one for one in days if not one <= after and not one >= until]
    return min(fitting, key=lambda one: (abs(one - day), one), default=None)


def _table_shapes(
    holders: geopandas.GeoDataFrame, differ: pandas.DataFrame, changes: pandas.DataFrame
) -> geopandas.GeoDataFrame:
    """Places that differ, and changes that are not of the same day, at their points."""
    import geopandas
    import pandas

    moved = changes[changes["days"] != 0].assign(what="change")
    whole = pandas.concat(
        [part for part in (differ.assign(what="place"), moved) if len(part)]
        or [differ.assign(what="place")]
    )
    names = ["what", "place_id", "place", "days_compared", "days_differ", "first_differs",
             "last_differs", "reference_holder", "date", "holder", "ours", "days"]  # fmt: skip
    whole = whole.reindex(columns=names).reset_index(drop=True)
    for name in ("first_differs", "last_differs", "date", "ours"):
        whole[name] = whole[name].astype("datetime64[s]")
    points = holders.drop_duplicates("place_id").set_index("place_id").geometry
    shapes = points.reindex(whole["place_id"]).to_numpy()
    return geopandas.GeoDataFrame(whole, geometry=shapes, crs="EPSG:4326")
