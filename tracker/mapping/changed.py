"""Holders where only changes are given, and changes where only holders are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from tracker.mapping.groups import change_order
from tracker.mapping.payload import place_key, whole
from tracker.model import Change
from tracker.model.holders import HOLDER_COLUMNS, holders_frame

if TYPE_CHECKING:
    import geopandas

_CONFIDENCE = {"confirmed": 0.95, "claimed": 0.7}


def holders_of_changes(changes: Iterable[Change], rule: str = "claimed") -> geopandas.GeoDataFrame:
    """A holders frame of the places that changed hands: ``unknown`` until their first change.

    Under ``rule`` "claimed" confirmed and claimed changes count, under "confirmed" only confirmed
    ones; of one day the last counts. The order of ``changes`` does not matter.
    """
    moving = ("confirmed", "claimed") if rule == "claimed" else ("confirmed",)
    columns: dict[str, list[Any]] = {name: [] for name in HOLDER_COLUMNS}
    ordered = sorted(changes, key=lambda c: (place_key(c), change_order(c)))
    for key, of_place in groupby(ordered, key=place_key):
        told = list(of_place)
        spans = {None: ("unknown", "baseline", 0.0)} | {
            c.date: (c.holder, c.status, _CONFIDENCE[c.status]) for c in told if c.status in moving
        }
        starts = list(spans)
        for start, end in zip(starts, [*starts[1:], None], strict=True):
            holder, status, confidence = spans[start]
            row = {
                "place_id": key,
                "place": whole(told[0].place),
                "lon": told[0].lon,
                "lat": told[0].lat,
                "valid_from": start,
                "valid_to": end,
                "holder": whole(holder),
                "status": status,
                "confidence": confidence,
                "claims": "",
            }
            for name, value in row.items():
                columns[name].append(value)
    return holders_frame(columns)


def changes_of_holders(holders: geopandas.GeoDataFrame) -> list[Change]:
    """The days on which places of a checked holders frame change their holder, without claims.

    ``admin1`` is '' and ``from_holder`` the holder before, '' when that is unknown.
    """
    names = ["place_id", "place", "lon", "lat", "valid_from", "holder", "status"]
    rows = list(holders[names].itertuples(index=False, name=None))
    return [
        _change(before, row)
        for before, row in pairwise(rows)
        if before[0] == row[0] and before[5] != row[5]
    ]


def _change(before: tuple[Any, ...], row: tuple[Any, ...]) -> Change:
    place_id, place, lon, lat, start, holder, status = row
    day = date(start.year, start.month, start.day)
    return Change(
        place_id=place_id,
        place=place,
        admin1="",
        lon=float(lon),
        lat=float(lat),
        holder=holder,
        from_holder="" if before[5] == "unknown" else before[5],
        date_from=day,
        date=day,
        status=status,
        background=False,
        claims=(),
    )
