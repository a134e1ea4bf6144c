"""What is exported, as one frame a layer: claims, changes, holders, areas, front line, cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.control.pieces import timelines
from tracker.control.steps import areas_by_span, front_by_span
from tracker.export.dictionary import LayerKind, layer_kinds
from tracker.export.period import Period
from tracker.model import Change, Claim, Place, claim_id
from tracker.model.frames import CRS, claims_frame

if TYPE_CHECKING:
    import geopandas
    import pandas

GROUND = ("areas", "front", "cells")
"""Layers that are made of cells."""
OF_HOLDERS = ("holders", *GROUND)
"""Layers that say who holds what."""

_DTYPES = {
    "text": "str",
    "day": "datetime64[s]",
    "number": "float64",
    "integer": "int64",
    "yes/no": "bool",
}


@dataclass(frozen=True)
class Material:
    """What layers are made of; holders and cells only for the layers that need them.

    ``holders`` and ``cells`` come from :mod:`tracker.control`, ``places`` from the gazetteer.
    """

    claims: Sequence[Claim]
    changes: Sequence[Change]
    places: Sequence[Place] = ()
    holders: geopandas.GeoDataFrame | None = None
    cells: geopandas.GeoDataFrame | None = None


def build_layers(
    names: Collection[str], material: Material, period: Period
) -> dict[str, geopandas.GeoDataFrame]:
    """The layers of these names, in the order of :func:`layer_kinds`.

    Each frame has the columns of its kind and ``geometry`` (EPSG:4326, of the kind's shape, None
    where there is no position). Of a chosen period it has the rows that hold on any of its days.
    """
    made = {name: _MAKERS[name](material, period) for name in layer_kinds() if name in names}
    return {
        name: shaped(_within(frame, layer_kinds()[name], period), layer_kinds()[name])
        for name, frame in made.items()
    }


def shaped(frame: geopandas.GeoDataFrame, kind: LayerKind) -> geopandas.GeoDataFrame:
    """The frame with the columns of its kind, in their order and types, and one kind of shape."""
    import geopandas
    import numpy
    import shapely

    table = {f.name: frame[f.name].astype(_DTYPES[f.kind]).array for f in kind.fields}
    shapes = frame.geometry.to_numpy()
    gather = {"MultiPolygon": shapely.multipolygons, "MultiLineString": shapely.multilinestrings}
    if kind.shape in gather:
        shapes = shapes.copy()
        single = numpy.isin(shapely.get_type_id(shapes), (1, 3))
        numbers = numpy.arange(single.sum())
        if len(numbers):
            shapes[single] = gather[kind.shape](shapes[single], indices=numbers)
    return geopandas.GeoDataFrame(table, geometry=geopandas.GeoSeries(shapes, crs=CRS))


def data_days(material: Material) -> tuple[date, date] | None:
    """The first and the last day on which something changes, None when nothing does."""
    days = [change.date for change in material.changes]
    days = days or [claim.date_to for claim in material.claims]
    return (min(days), max(days)) if days else None


def _claims(material: Material, period: Period) -> geopandas.GeoDataFrame:
    frame = claims_frame(material.claims)
    return frame.assign(claim_id=[claim_id(claim) for claim in material.claims])


def _changes(material: Material, period: Period) -> geopandas.GeoDataFrame:
    import geopandas
    import numpy
    import pandas
    import shapely

    rows = material.changes
    table: dict[str, Any] = {}
    for column in layer_kinds()["changes"].fields:
        if column.name == "claims":
            table[column.name] = [_ids(change.claims) for change in rows]
        else:
            values = [getattr(change, column.name) for change in rows]
            day = column.kind == "day"
            table[column.name] = numpy.array(values, dtype="datetime64[s]") if day else values
    points = shapely.points([change.lon for change in rows], [change.lat for change in rows])
    return geopandas.GeoDataFrame(pandas.DataFrame(table), geometry=points, crs=CRS)


def _ids(claims: Iterable[Claim]) -> str:
    return " ".join(dict.fromkeys(claim_id(claim) for claim in claims))


def _holders(material: Material, period: Period) -> geopandas.GeoDataFrame:
    assert material.holders is not None
    frame = material.holders
    known = _known(material)
    admin1 = [known[i].admin1 if i in known else "" for i in frame["place_id"]]
    population = [known[i].population if i in known else 0 for i in frame["place_id"]]
    return frame.assign(admin1=admin1, population=population)


def _known(material: Material) -> Mapping[str, Place]:
    return {place.place_id: place for place in material.places}


def _ground(material: Material) -> tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    assert material.holders is not None
    assert material.cells is not None
    return material.holders, material.cells


def _areas(material: Material, period: Period) -> geopandas.GeoDataFrame:
    return areas_by_span(*_ground(material), period.spans)


def _front(material: Material, period: Period) -> geopandas.GeoDataFrame:
    return front_by_span(*_ground(material), period.spans)


def _cells(material: Material, period: Period) -> geopandas.GeoDataFrame:
    """The pieces of cells by interval; what the place's own interval does not tell stays empty."""
    import geopandas

    holders, cells = _ground(material)
    rows = timelines(holders, cells)
    told = holders[["place_id", "valid_from", "confidence", "claims"]]
    rows = rows.merge(told, on=["place_id", "valid_from"], how="left", sort=False)
    rows["claims"] = rows["claims"].fillna("")
    names = holders.drop_duplicates("place_id").set_index("place_id")["place"]
    rows["place"] = rows["place_id"].map(names).fillna("")
    rows["admin1"] = cells["admin1"].to_numpy()[rows["piece"]]
    shapes = cells.geometry.array[rows["piece"].to_numpy()]
    return geopandas.GeoDataFrame(rows, geometry=shapes, crs=CRS)


def _within(
    frame: geopandas.GeoDataFrame, kind: LayerKind, period: Period
) -> geopandas.GeoDataFrame:
    """The rows that hold on a day of the period, if it was chosen."""
    if not period.chosen:
        return frame
    first, last = (_stamp(day) for day in (period.first, period.last))
    start, end = frame[kind.start], frame[kind.end]
    begun = start.isna() | (start <= last)
    lasts = end.isna() | ((end >= first) if kind.end_included else (end > first))
    return frame[begun & lasts]


def _stamp(day: date) -> pandas.Timestamp:
    import pandas

    return pandas.Timestamp(day)


_MAKERS = {
    "claims": _claims,
    "changes": _changes,
    "holders": _holders,
    "areas": _areas,
    "front": _front,
    "cells": _cells,
}
