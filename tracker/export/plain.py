"""Layers as text that stands by itself: GeoJSON (RFC 7946) and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tracker.export.dictionary import LayerKind
from tracker.export.text import DECIMALS, cell, collection
from tracker.model.jsontext import dumps

if TYPE_CHECKING:
    import geopandas

CHUNK = 5_000
"""Rows that are turned into text at a time: the text of a whole war need not fit in memory."""

WKT = "WKT"
"""The column of a CSV that holds lines and areas, under the name that GDAL looks for."""


def layer_geojson(frame: geopandas.GeoDataFrame, kind: LayerKind) -> Iterator[str]:
    """A FeatureCollection, one line a row; rings run by the right hand, days in ISO.

    The geometry of a row without a position is null.
    """
    return frame_geojson(frame, kind.names, kind.name)


def frame_geojson(
    frame: geopandas.GeoDataFrame, names: Sequence[str], name: str = ""
) -> Iterator[str]:
    """As :func:`layer_geojson`, of the columns ``names`` and whatever shapes the frame holds."""
    return collection(_features(frame, names), name)


def layer_csv(frame: geopandas.GeoDataFrame, kind: LayerKind) -> Iterator[str]:
    """A table with a header line; ``lon`` and ``lat`` of points, the :data:`WKT` of the rest.

    Cells are written as :func:`tracker.export.text.table` does. A missing day or position is empty.
    """
    last = ("lon", "lat") if kind.shape == "Point" else (WKT,)
    yield ",".join((*kind.names, *last)) + "\n"
    for part in _chunks(frame):
        columns: list[Iterator[str]] = [map(cell, values(part, name)) for name in kind.names]
        columns += _points(part) if kind.shape == "Point" else [_wkt(part)]
        for row in zip(*columns, strict=True):
            yield ",".join(row) + "\n"


def values(frame: geopandas.GeoDataFrame, name: str) -> list[Any]:
    """A column as plain values: days as ISO text, what is missing None."""
    column = frame[name]
    if column.dtype.kind == "M":
        days = column.dt.strftime("%Y-%m-%d")
        return [day if isinstance(day, str) else None for day in days]
    listed = list(column.tolist())
    # What is missing is NaN, in columns of text as well, which JSON does not know.
    return [None if isinstance(v, float) and v != v else v for v in listed]


def rounded_shapes(frame: geopandas.GeoDataFrame) -> Any:  # noqa: ANN401
    """The geometries to :data:`DECIMALS`, outer rings counter-clockwise: an array of the length.

    Shared corners stay shared: all are rounded alike.
    """
    import shapely

    shapes = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy.round(DECIMALS) + 0.0)
    return shapely.orient_polygons(shapes)


def _chunks(frame: geopandas.GeoDataFrame) -> Iterator[geopandas.GeoDataFrame]:
    for start in range(0, len(frame), CHUNK):
        yield frame.iloc[start : start + CHUNK]


def _features(frame: geopandas.GeoDataFrame, names: Sequence[str]) -> Iterator[str]:
    import shapely

    for part in _chunks(frame):
        shapes = shapely.to_geojson(rounded_shapes(part))
        rows = zip(*[values(part, name) for name in names], strict=True)
        for row, shape in zip(rows, shapes, strict=True):
            fields = dumps(dict(zip(names, row, strict=True)))
            yield f'{{"type":"Feature","properties":{fields},"geometry":{shape or "null"}}}'


def _points(frame: geopandas.GeoDataFrame) -> list[Iterator[str]]:
    import shapely

    shapes = rounded_shapes(frame)
    return [map(_number, get(shapes).tolist()) for get in (shapely.get_x, shapely.get_y)]


def _number(degrees: float) -> str:
    return "" if degrees != degrees else repr(degrees)


def _wkt(frame: geopandas.GeoDataFrame) -> Iterator[str]:
    import shapely

    shapes = shapely.to_wkt(rounded_shapes(frame), rounding_precision=DECIMALS)
    return (cell(shape or "") for shape in shapes)
