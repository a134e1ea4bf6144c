"""Who holds each place from when to when, as a GeoDataFrame, and the check at its door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from tracker.errors import HoldersError, shown

if TYPE_CHECKING:
    import geopandas
    import pandas

CRS = "EPSG:4326"
HOLDER_COLUMNS = (
    "place_id", "place", "lon", "lat", "valid_from", "valid_to", "holder", "status", "confidence",
    "claims",
)  # fmt: skip
"""Columns of a holders frame before ``geometry``, in order."""

HOLDER_STATUSES = ("baseline", "confirmed", "claimed", "disputed")
NEITHER = ("contested", "unknown")
"""Holders besides the sides: fought over, and not known."""

_TEXT = ("place_id", "place", "holder", "status", "claims")
_FLOAT = ("lon", "lat", "confidence")
_DAYS = ("valid_from", "valid_to")
Frame = TypeVar("Frame", bound="pandas.DataFrame")

MOST_FAULTS = 10


def holders_frame(columns: Mapping[str, Sequence[Any]]) -> geopandas.GeoDataFrame:
    """A holders frame of columns named as in :data:`HOLDER_COLUMNS`, sorted, index 0..n-1.

    One row is one interval in which one place has one holder, half open: ``valid_from`` is the
    first day, ``valid_to`` the first day that no longer belongs to it (naive ``datetime64[s]`` at
    midnight, NaT for "since before the first day" and "still in force"). ``holder`` is a side's
    id, ``contested`` or ``unknown``; ``status`` one of :data:`HOLDER_STATUSES`; ``confidence``
    0..1; ``claims`` ids of claims joined by one space. The geometry is a point in WGS 84
    (EPSG:4326, x = longitude, y = latitude).
    """
    import geopandas
    import pandas
    import shapely

    table = {name: pandas.Series(_array(columns[name], name)) for name in HOLDER_COLUMNS}
    frame = pandas.DataFrame(table)
    order = ["place_id", "valid_from"]
    frame = frame.sort_values(order, na_position="first", kind="stable", ignore_index=True)
    points = shapely.points(frame["lon"], frame["lat"])
    return geopandas.GeoDataFrame(frame, geometry=points, crs=CRS)


def _array(values: Sequence[Any], name: str) -> Any:  # noqa: ANN401
    import numpy
    import pandas

    if name in _TEXT:
        return pandas.array(list(values), dtype="str")
    if name in _FLOAT:
        return numpy.asarray(values, dtype="float64")
    return numpy.asarray(values, dtype="datetime64[s]")


def check_holders_frame(frame: geopandas.GeoDataFrame, sides: Sequence[str] = ()) -> None:
    """Raise :class:`HoldersError` with all that keeps a frame from being a holders frame.

    Besides columns, kinds and CRS: the intervals of a place must neither overlap nor leave a gap
    nor end before they begin, the first begins before the first day and the last is still in
    force. ``sides`` are the holders allowed besides :data:`NEITHER`; any when empty.
    """
    import geopandas

    if not isinstance(frame, geopandas.GeoDataFrame):
        raise HoldersError(f"holders frame: a GeoDataFrame is needed, not {type(frame).__name__}")
    faults = [f"column {name!r} is missing" for name in HOLDER_COLUMNS if name not in frame]
    faults += [
        f"column {name!r} is {frame[name].dtype}, not {_kind(name)}"
        for name in HOLDER_COLUMNS
        if name in frame and not _fits(frame[name], name)
    ]
    faults += _place_faults(frame)
    if not faults:
        faults = _value_faults(frame, sides) + interval_faults(frame)
    if faults:
        more = f"; and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        listed = "; ".join(faults[:MOST_FAULTS])
        raise HoldersError(f"holders frame: {listed}{more}; see tracker.model.holders")


def _kind(name: str) -> str:
    return "text" if name in _TEXT else "a number" if name in _FLOAT else "naive datetime64"


def _fits(column: pandas.Series[Any], name: str) -> bool:
    from pandas.api import types

    if name in _FLOAT:
        return bool(types.is_float_dtype(column) and not column.isna().any())
    if name in _DAYS:
        return bool(types.is_datetime64_dtype(column))
    return bool(types.is_string_dtype(column) and not column.isna().any())


def _place_faults(frame: geopandas.GeoDataFrame) -> list[str]:
    if frame.active_geometry_name is None:
        return ["it has no geometry"]
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        return [f"CRS is {frame.crs and frame.crs.to_string()}, not {CRS}"]
    return []


def _value_faults(frame: geopandas.GeoDataFrame, sides: Sequence[str]) -> list[str]:
    faults = []
    known = (*sides, *NEITHER)
    allowed = {"status": HOLDER_STATUSES, **({"holder": known} if sides else {})}
    for name, values in allowed.items():
        for value in sorted(set(frame[name]) - set(values)):
            faults.append(f"unknown {name} {shown(value)} (one of {', '.join(values)})")
    return faults


def interval_faults(frame: pandas.DataFrame) -> list[str]:
    """What is wrong with the intervals of each place, a line each, in the order of the rows."""
    ordered = frame.sort_values(["place_id", "valid_from"], na_position="first", kind="stable")
    place = ordered["place_id"].to_numpy()
    start, end = ordered["valid_from"].to_numpy(), ordered["valid_to"].to_numpy()
    same = place[1:] == place[:-1]
    faults = [
        f"{shown(place[i])} ends on {_day(end[i])}, not after it begins on {_day(start[i])}"
        for i in (end <= start).nonzero()[0]
    ]
    for i in (same & (end[:-1] != start[1:])).nonzero()[0]:
        overlaps = str(end[i]) == "NaT" or str(start[i + 1]) == "NaT" or end[i] > start[i + 1]
        what = "overlap" if overlaps else "leave a gap"
        faults.append(
            f"intervals of {shown(place[i])} {what}: one ends {_day(end[i])}, "
            f"the next begins {_day(start[i + 1])}"
        )
    return faults


def _day(stamp: Any) -> str:  # noqa: ANN401
    text = str(stamp)
    return "open" if text == "NaT" else text[:10]


def in_force(frame: Frame, day: date) -> Frame:
    """The rows with ``valid_from`` and ``valid_to`` that hold on a day: one for each place."""
    import numpy

    at = numpy.datetime64(day, "s")
    begun = frame["valid_from"].isna() | (frame["valid_from"] <= at)
    return frame[begun & (frame["valid_to"].isna() | (frame["valid_to"] > at))]
