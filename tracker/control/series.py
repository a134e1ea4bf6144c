"""Square kilometres held day by day, as a band: low is confirmed, high adds what is claimed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.control.pieces import timelines
from tracker.errors import UsageError, shown

if TYPE_CHECKING:
    import geopandas
    import pandas

Array = Any


def km2_series(
    holders: geopandas.GeoDataFrame,
    cells: geopandas.GeoDataFrame,
    *,
    by_unit: bool = False,
    until: date | None = None,
) -> pandas.DataFrame:
    """Square kilometres that each holder held on each day, from the eve of the first change on.

    Columns ``day`` (naive ``datetime64[s]``), ``admin1`` (with ``by_unit`` only), ``holder``,
    ``low`` and ``high``. ``low`` counts cells whose holder is confirmed or given by the baseline,
    ``high`` adds those that it is claimed to have gained, and those that it is only claimed to have
    lost. Ends with the last change, or with ``until``.
    """
    import numpy
    import pandas

    days = _days(holders, until)
    names, low, high = _areas_by_event(holders, cells, days, by_unit)
    units = sorted({unit for unit, _ in names})
    tables = []
    for unit in units:
        for holder in sorted({h for u, h in names if u == unit}):
            k = names.index((unit, holder))
            table = {"day": days, "admin1": unit, "holder": holder}
            tables.append(pandas.DataFrame(table | {"low": low[k], "high": high[k]}))
    whole = pandas.concat(tables, ignore_index=True)
    for name in ("low", "high"):
        # Sums of what comes and goes leave dust of rounding behind.
        whole[name] = numpy.maximum(whole[name].round(6), 0.0) + 0.0
    return whole if by_unit else whole.drop(columns="admin1")


STEPS = {"day": "D", "week": "W-SUN", "month": "M"}
"""Periods of :func:`km2_changed`; weeks begin on Monday."""


def km2_changed(series: pandas.DataFrame, every: str = "month") -> pandas.DataFrame:
    """Square kilometres that each holder won (or lost: negative) in each day, week or month.

    ``series`` is of :func:`km2_series`. Columns ``period`` (its first day, naive
    ``datetime64[s]``), ``admin1`` if the series has it, ``holder``, ``low`` and ``high``: the
    change of what is confirmed and that of what is claimed as well, the smaller first. The first
    period begins on the day after the first of the series, which is the eve of the first change.
    Raises :class:`UsageError` for another ``every``.
    """
    import numpy

    if every not in STEPS:
        raise UsageError(f"unknown period {shown(every)}; choose from {', '.join(STEPS)}")
    keys = [name for name in ("admin1", "holder") if name in series.columns]
    change = series.groupby(keys, sort=False)[["low", "high"]].diff()
    told = series.assign(sure=change["low"], most=change["high"]).dropna(subset=["sure"])
    told["period"] = told["day"].dt.to_period(STEPS[every]).dt.start_time.astype("datetime64[s]")
    out = told.groupby([*keys, "period"], as_index=False)[["sure", "most"]].sum()
    out["low"] = numpy.minimum(out["sure"], out["most"]).round(6) + 0.0
    out["high"] = numpy.maximum(out["sure"], out["most"]).round(6) + 0.0
    columns = ["period", *keys, "low", "high"]
    return out[columns].sort_values(["period", *keys], ignore_index=True)


def _days(holders: geopandas.GeoDataFrame, until: date | None) -> Array:
    import numpy

    known = numpy.r_[holders["valid_from"].to_numpy(), holders["valid_to"].to_numpy()]
    known = known[~numpy.isnat(known)].astype("datetime64[D]")
    last = numpy.datetime64(until, "D") if until else None
    if len(known) == 0:
        return numpy.array([last] if last is not None else [], dtype="datetime64[s]")
    first = known.min() - numpy.timedelta64(1, "D")
    stop = last if last is not None else known.max()
    return numpy.arange(first, max(stop, first) + 1).astype("datetime64[s]")


def _areas_by_event(
    holders: geopandas.GeoDataFrame, cells: geopandas.GeoDataFrame, days: Array, by_unit: bool
) -> tuple[list[tuple[str, str]], Array, Array]:
    """(unit, holder) pairs, and low and high of each by day: sums of what begins and ends."""
    import numpy
    import pandas

    rows = timelines(holders, cells)
    piece = rows["piece"].to_numpy()
    unit = numpy.full(len(rows), "", object)
    if by_unit:
        unit = cells["admin1"].to_numpy(dtype=object)[piece]
    start = _index(rows["valid_from"].to_numpy(), days, 0)
    end = _index(rows["valid_to"].to_numpy(), days, len(days))
    sure, perhaps = rows["sure"].to_numpy(dtype=object), rows["holder"].to_numpy(dtype=object)
    agree = sure == perhaps
    pairs = pandas.MultiIndex.from_arrays([numpy.r_[unit, unit], numpy.r_[perhaps, sure]])
    code, names = pandas.factorize(pairs)
    held, was = code[: len(rows)], code[len(rows) :]
    shape = (len(names), len(days) + 1)
    low, high = numpy.zeros(shape), numpy.zeros(shape)
    km2 = cells["km2"].to_numpy()[piece]
    for table, which, chosen in (
        (low, held, agree),
        (high, held, agree | True),
        (high, was, ~agree),
    ):
        numpy.add.at(table, (which[chosen], start[chosen]), km2[chosen])
        numpy.add.at(table, (which[chosen], end[chosen]), -km2[chosen])
    sums = [numpy.cumsum(table, axis=1)[:, :-1] for table in (low, high)]
    return [tuple(name) for name in names], sums[0], sums[1]


def _index(stamps: Array, days: Array, missing: int) -> Array:
    import numpy

    at = numpy.searchsorted(days, stamps)
    return numpy.where(numpy.isnat(stamps), missing, numpy.clip(at, 0, len(days)))
