"""Areas and front line of a day: the cells of one holder dissolved, and the edges between two."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.control.pieces import timelines
from tracker.control.tessellation import neighbours, to_metres
from tracker.model.holders import in_force

if TYPE_CHECKING:
    import geopandas
    import numpy
    import pandas

Array = Any


def areas(
    holders: geopandas.GeoDataFrame, cells: geopandas.GeoDataFrame, day: date
) -> geopandas.GeoDataFrame:
    """The area of each holder and status on a day.

    Columns ``holder``, ``status``, ``km2`` and ``geometry`` (dissolved, EPSG:4326), sorted by
    holder and status. ``cells`` come from :func:`tracker.control.cells`.
    """
    import geopandas
    import shapely

    now = _pieces(holders, cells, day)
    groups = now.groupby(["holder", "status"], sort=True)
    rows = [(*key, float(cells["km2"][part.index].sum())) for key, part in groups]
    shapes = [
        shapely.coverage_union_all(cells.geometry.array[part.index.to_numpy()])
        for _, part in groups
    ]
    table = {name: [row[i] for row in rows] for i, name in enumerate(("holder", "status", "km2"))}
    return geopandas.GeoDataFrame(table, geometry=shapes, crs=cells.crs)


def _pieces(
    holders: geopandas.GeoDataFrame, cells: geopandas.GeoDataFrame, day: date
) -> pandas.DataFrame:
    """``holder`` and ``status`` of each row of ``cells`` on a day."""
    now = in_force(timelines(holders, cells), day)
    return now.set_index("piece")[["holder", "status"]].reindex(range(len(cells)))


def borders(cells: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The lines between neighbouring rows of ``cells``, each once.

    Columns ``left`` and ``right`` (row numbers in ``cells``, left < right), ``km`` and ``geometry``
    (two-point lines, EPSG:4326). Lines along the outline, which have one neighbour, are left out.
    """
    import geopandas
    import shapely

    left, right, ends = neighbours(cells.geometry.array)
    lines = shapely.linestrings(ends)
    table = {"left": left, "right": right, "km": length_km(lines)}
    return geopandas.GeoDataFrame(table, geometry=lines, crs=cells.crs)


def length_km(lines: Array) -> numpy.ndarray[Any, Any]:
    """Lengths of lines in WGS 84, in kilometres of the equal-area projection."""
    import shapely

    out: numpy.ndarray[Any, Any] = shapely.length(to_metres(lines)) / 1000
    return out


def front_line(
    holders: geopandas.GeoDataFrame,
    cells: geopandas.GeoDataFrame,
    day: date,
    *,
    between: geopandas.GeoDataFrame | None = None,
) -> geopandas.GeoDataFrame:
    """The lines between cells of different holders on a day.

    Columns ``left`` and ``right`` (holders, in alphabetical order), ``km`` and ``geometry``
    (multilines, EPSG:4326): one row for each pair of holders. ``between`` is ``borders(cells)``
    where it is at hand.
    """
    import geopandas
    import numpy
    import shapely

    lines = borders(cells) if between is None else between
    holder = _pieces(holders, cells, day)["holder"].to_numpy(dtype=object)
    pair = numpy.c_[holder[lines["left"]], holder[lines["right"]]].astype(str)
    pair.sort(axis=1)
    differ = pair[:, 0] != pair[:, 1]
    rows = []
    for left, right in numpy.unique(pair[differ], axis=0):
        part = differ & (pair[:, 0] == left) & (pair[:, 1] == right)
        shape = shapely.line_merge(shapely.multilinestrings(lines.geometry.array[part]))
        rows.append((str(left), str(right), float(lines["km"][part].sum()), shape))
    table = {name: [r[i] for r in rows] for i, name in enumerate(("left", "right", "km"))}
    return geopandas.GeoDataFrame(table, geometry=[r[3] for r in rows], crs=cells.crs)


def front_lines(
    holders: geopandas.GeoDataFrame,
    cells: geopandas.GeoDataFrame,
    *,
    between: geopandas.GeoDataFrame | None = None,
) -> geopandas.GeoDataFrame:
    """The front line of every day: each edge between cells, and when it was front.

    Columns ``left`` and ``right`` (holders, in alphabetical order), ``valid_from`` and ``valid_to``
    (half open, NaT for open ends), ``km`` and ``geometry`` (two-point lines, EPSG:4326). The rows
    in force on a day are the front of that day (:func:`front_line` joins them). ``between`` is
    ``borders(cells)`` where it is at hand.
    """
    import geopandas
    import numpy
    import pandas

    lines = borders(cells) if between is None else between
    times = timelines(holders, cells)[["piece", "holder", "valid_from", "valid_to"]]
    edges = pandas.DataFrame({name: lines[name] for name in ("left", "right", "km")})
    edges["edge"] = numpy.arange(len(edges))
    for side in ("left", "right"):
        own = times.add_prefix(f"{side}_")
        edges = edges.merge(own, left_on=side, right_on=f"{side}_piece", how="inner")
    edges = edges[edges["left_holder"] != edges["right_holder"]]
    start = edges[["left_valid_from", "right_valid_from"]].max(axis=1)
    end = edges[["left_valid_to", "right_valid_to"]].min(axis=1)
    at_once = start.isna() | end.isna() | (start < end)
    found = edges[at_once]
    pair = numpy.sort(found[["left_holder", "right_holder"]].to_numpy(dtype=str), axis=1)
    table = {
        "left": pair[:, 0],
        "right": pair[:, 1],
        "valid_from": start[at_once].to_numpy(dtype="datetime64[s]"),
        "valid_to": end[at_once].to_numpy(dtype="datetime64[s]"),
        "km": found["km"].to_numpy(),
    }
    shapes = lines.geometry.array[found["edge"].to_numpy()]
    return geopandas.GeoDataFrame(table, geometry=shapes, crs=cells.crs)
