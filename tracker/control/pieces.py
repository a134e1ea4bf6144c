"""What the holders of places make of the pieces of their cells, as intervals.

A piece belongs to the side that the baseline gave it until a claim about its place says otherwise;
then the whole cell goes to the holder of the place. A piece that the baseline's border cut off from
its place also goes to that holder when a place beside it does: the front has moved past it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model.holders import NEITHER

if TYPE_CHECKING:
    import geopandas
    import pandas


def timelines(holders: geopandas.GeoDataFrame, cells: geopandas.GeoDataFrame) -> pandas.DataFrame:
    """The intervals of each row of ``cells``, without gaps, sorted by piece and day.

    Columns ``piece`` (row number in ``cells``), ``place_id``, ``valid_from``, ``valid_to``,
    ``holder``, ``status``, and ``sure``: the last holder that was not merely claimed. A piece whose
    place is not in ``holders`` is ``unknown`` throughout.
    """
    import numpy
    import pandas

    table = pandas.DataFrame(holders[["place_id", "valid_from", "valid_to", "holder", "status"]])
    table["sure"] = _sure(table)
    pieces = pandas.DataFrame(cells[["place_id", "baseline"]]).assign(
        piece=numpy.arange(len(cells))
    )
    rows = pieces.merge(table, on="place_id", how="left", sort=False)
    for name, missing in (("holder", NEITHER[1]), ("sure", NEITHER[1]), ("status", "baseline")):
        rows[name] = rows[name].fillna(missing)
    passed = _passed(cells, rows, table)
    untouched = (rows["status"] == "baseline") & (rows["baseline"] != "")
    for name in ("holder", "sure"):
        rows[name] = rows[name].where(~untouched, rows["baseline"])
    if len(passed):
        rows = _cut(rows, untouched, passed)
    return rows.drop(columns="baseline")


def _sure(table: pandas.DataFrame) -> Any:  # noqa: ANN401
    """Who surely held the place in each interval: the last holder that was not merely claimed."""
    settled = table["status"].isin(("baseline", "confirmed"))
    sure = table["holder"].where(settled)
    return sure.groupby(table["place_id"]).ffill().fillna(NEITHER[1]).to_numpy()


def _passed(
    cells: geopandas.GeoDataFrame, rows: pandas.DataFrame, table: pandas.DataFrame
) -> pandas.DataFrame:
    """By piece: the first interval of a place beside it that brings the holder of its own place."""
    cut_off = cells["beside"].to_numpy() != ""
    own = rows[(rows["status"] == "baseline") & cut_off[rows["piece"].to_numpy()]]
    own = own[own["holder"] != own["baseline"]][["piece", "holder"]]
    beside = cells["beside"].iloc[own["piece"]].str.split("\t").to_numpy()
    pairs = own.assign(place_id=beside).explode("place_id")
    changed = table[table["status"].isin(("confirmed", "claimed"))]
    found = pairs.merge(changed, on=["place_id", "holder"], how="inner")
    found = found.sort_values(["piece", "valid_from", "status", "place_id"], kind="stable")
    first: pandas.DataFrame = found.groupby("piece").first()
    return first[["valid_from", "holder", "status", "sure"]]


def _cut(rows: pandas.DataFrame, untouched: Any, passed: pandas.DataFrame) -> pandas.DataFrame:  # noqa: ANN401
    """The rows with the baseline's interval of each passed piece in two."""
    import pandas

    day = rows["piece"].map(passed["valid_from"])
    hit = untouched & day.notna() & (rows["valid_to"].isna() | (day < rows["valid_to"]))
    after = rows[hit].copy()
    rows.loc[hit, "valid_to"] = day[hit]
    after["valid_from"] = day[hit]
    for name in ("holder", "status"):
        after[name] = after["piece"].map(passed[name])
    confirmed = after["status"] == "confirmed"
    after["sure"] = after["sure"].where(~confirmed, after["holder"])
    whole: pandas.DataFrame = pandas.concat([rows, after], ignore_index=True)
    order = ["piece", "valid_from"]
    return whole.sort_values(order, na_position="first", kind="stable", ignore_index=True)
