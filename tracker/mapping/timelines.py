"""Holders as the page reads them: a list of spans for each place.

The page's code of a span is ``4 * status + holder`` with the places of both in these lists.
"""

from __future__ import annotations

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


def span_columns(holders: geopandas.GeoDataFrame, war: War, epoch: int) -> dict[str, Any]:
    """Columns of the spans of a checked holders frame, in its order.

    ``spans`` is how many each place has, places in the order of their ids; ``day`` the first day of
    each span but a place's first, as difference to the span before (the first to ``epoch``);
    ``code`` as above; ``sure`` the confidence in hundredths. Holders that the war does not know are
    ``unknown``.
    """
    import numpy

    ids = holders["place_id"].to_numpy(dtype=object)
    first = numpy.ones(len(ids), dtype=bool)
    first[1:] = ids[1:] != ids[:-1]
    start = _days(holders["valid_from"])
    start[first] = epoch
    codes = holder_codes(war)
    holder = holders["holder"].map(codes).fillna(UNKNOWN).to_numpy(dtype=int)
    status = holders["status"].map(STATUSES.index).to_numpy(dtype=int)
    return {
        "spans": numpy.diff(numpy.flatnonzero(numpy.r_[first, True])),
        "day": numpy.diff(start, prepend=epoch)[~first],
        "code": 4 * status + holder,
        "sure": (holders["confidence"].to_numpy() * 100).round().astype(int),
    }


def _days(column: Any) -> numpy.ndarray[Any, Any]:  # noqa: ANN401
    import numpy

    days = column.to_numpy().astype("datetime64[D]")
    return numpy.where(numpy.isnat(days), _SINCE_EVER, days.astype("int64"))


def first_and_last(holders: geopandas.GeoDataFrame) -> tuple[int, int] | None:
    """The first and the last day on which a place changes its holder, None when none does."""
    days = holders["valid_from"].dropna()
    if days.empty:
        return None
    return day_number(days.min().date()), day_number(days.max().date())
