"""Holders as the page reads them: a list of spans for each place.

The page's code of a span is ``4 * status + holder`` with the places of both in these lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.model import War
from tracker.model.holders import HOLDER_STATUSES

if TYPE_CHECKING:
    import geopandas
    import numpy

EPOCH = date(1970, 1, 1).toordinal()
UNKNOWN, CONTESTED = 0, 3
STATUSES = HOLDER_STATUSES
# A day before every other; naive datetime64 in days has room for it.
_SINCE_EVER = -(2**31)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


def holder_codes(war: War) -> dict[str, int]:
    """``unknown`` 0, the two sides 1 and 2, ``contested`` 3."""
    first, second = war.sides
    return {"unknown": UNKNOWN, first.id: 1, second.id: 2, "contested": CONTESTED}


def span_columns(
    holders: geopandas.GeoDataFrame, war: War, days: Mapping[str, Sequence[int]]
) -> dict[str, list[int]]:
    """Columns of the spans of a checked holders frame, in its order.

    ``spans`` is how many each place has; ``code`` as above;
    ``sure`` the confidence in hundredths. ``day`` is the first day of each span but a place's
    first: span k less the day of the place's change k in ``days``, which is nearly always 0; of
    spans beyond the last change, less the last of them (or 1970-01-01). Holders that the war does
    not know are ``unknown``.
    """
    ids = holders["place_id"].tolist()
    starts = _days(holders["valid_from"]).tolist()
    spans: list[int] = []
    offsets: list[int] = []
    for i, (place_id, start) in enumerate(zip(ids, starts, strict=True)):
        if i == 0 or place_id != ids[i - 1]:
            spans.append(1)
            continue
        told = days.get(place_id, (0,))
        offsets.append(start - told[min(spans[-1], len(told)) - 1])
        spans[-1] += 1
    codes = holder_codes(war)
    status = holders["status"].map(STATUSES.index).to_numpy(dtype=int)
    holder = holders["holder"].map(codes).fillna(UNKNOWN).to_numpy(dtype=int)
    return {
        "spans": spans,
        "day": offsets,
        "code": (4 * status + holder).tolist(),
        "sure": (holders["confidence"].to_numpy() * 100).round().astype(int).tolist(),
    }


def _days(column: Any) -> numpy.ndarray[Any, Any]:  # noqa: ANN401
    import numpy

    days = column.to_numpy().astype("datetime64[D]")
    return numpy.where(numpy.isnat(days), _SINCE_EVER, days.astype("int64"))
