"""Claims as a GeoDataFrame, and the check at the door where such a frame comes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tracker.errors import ClaimError
from tracker.model.records import CLAIM_FIELDS, Claim

if TYPE_CHECKING:
    import geopandas

CRS = "EPSG:4326"
COLUMNS = tuple(name for name in CLAIM_FIELDS if name not in ("lon", "lat"))
"""Columns of a claims frame before ``geometry``, in order."""

DAYS = ("published", "date_from", "date_to")
"""Columns that hold days."""
_DTYPES = {"confidence": "float64", "background": "bool"} | dict.fromkeys(DAYS, "datetime64[s]")


def claims_frame(claims: Iterable[Claim]) -> geopandas.GeoDataFrame:
    """One row a claim, in the order given, index 0..n-1.

    Columns are :data:`COLUMNS` and ``geometry``: ``published``, ``date_from`` and ``date_to``
    naive ``datetime64[s]`` at midnight, ``confidence`` float, ``background`` bool, the others
    text; the geometry is a point in WGS 84 (EPSG:4326, x = longitude, y = latitude) or None when
    the place is not located.
    """
    import geopandas
    import numpy
    import pandas
    import shapely

    claims = list(claims)
    table = {}
    for name in COLUMNS:
        values = [getattr(claim, name) for claim in claims]
        table[name] = pandas.Series(values, dtype=_DTYPES.get(name, "str"))
    xy = numpy.array([(claim.lon, claim.lat) for claim in claims], dtype=float).reshape(-1, 2)
    points = shapely.points(xy)
    points[numpy.isnan(xy).any(axis=1)] = None
    return geopandas.GeoDataFrame(table, geometry=geopandas.GeoSeries(points, crs=CRS))


def claims_from_frame(frame: geopandas.GeoDataFrame) -> list[Claim]:
    """The claims of a frame as :func:`claims_frame` makes them, in its order.

    Raises :class:`ClaimError` for a frame of another shape (see :func:`check_claims_frame`).
    """
    check_claims_frame(frame)
    points = [None if p is None or p.is_empty else (float(p.x), float(p.y)) for p in frame.geometry]
    columns = [_values(frame, name) for name in COLUMNS]
    return [
        Claim(*row, *(point or (None, None)))
        for row, point in zip(zip(*columns, strict=True), points, strict=True)
    ]


def _values(frame: geopandas.GeoDataFrame, name: str) -> list[object]:
    if name in DAYS:
        return [date(stamp.year, stamp.month, stamp.day) for stamp in frame[name]]
    return list(frame[name].tolist())


def check_claims_frame(frame: geopandas.GeoDataFrame) -> None:
    """Raise :class:`ClaimError` with all that keeps a frame from being a claims frame."""
    import geopandas

    if not isinstance(frame, geopandas.GeoDataFrame):
        raise ClaimError(f"claims frame: a GeoDataFrame is needed, not {type(frame).__name__}")
    faults = [f"column {name!r} is missing" for name in COLUMNS if name not in frame.columns]
    faults += [
        f"column {name!r} is {frame[name].dtype}, not {_kind(name)}"
        for name in COLUMNS
        if name in frame.columns and not _fits(frame, name)
    ]
    faults += _index_faults(frame) + _geometry_faults(frame)
    if faults:
        raise ClaimError(f"claims frame: {'; '.join(faults)}; see tracker.model.frames")


def _kind(name: str) -> str:
    return (
        "naive datetime64 without gaps" if name in DAYS else _DTYPES.get(name, "text without gaps")
    )


def _fits(frame: geopandas.GeoDataFrame, name: str) -> bool:
    from pandas.api import types

    column = frame[name]
    if name in DAYS:
        dated = types.is_datetime64_any_dtype(column) and getattr(column.dtype, "tz", None) is None
        return bool(dated and not column.isna().any())
    if name == "background":
        return bool(types.is_bool_dtype(column))
    if name == "confidence":
        return bool(types.is_float_dtype(column))
    return all(isinstance(value, str) for value in column)


def _index_faults(frame: geopandas.GeoDataFrame) -> list[str]:
    return [] if frame.index.is_unique else ["the index repeats itself"]


def _geometry_faults(frame: geopandas.GeoDataFrame) -> list[str]:
    if frame.active_geometry_name is None:
        return ["it has no geometry"]
    faults = []
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        faults.append(f"CRS is {frame.crs and frame.crs.to_string()}, not {CRS}")
    kinds = sorted(set(frame.geom_type.dropna()) - {"Point"})
    if kinds:
        faults.append(f"geometry holds {', '.join(kinds)}, not only points")
    return faults
