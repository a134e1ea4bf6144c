"""The days that an export is of, and the spans in which areas and front lines are drawn."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
STEPS = ("day", "week", "month", "quarter", "year")

Span = tuple[date, date | None]
"""First day, and the first day after; None: still in force."""

# Days that a series of each step spans at most: its drawings are looked at one by one.
_LONGEST = {"day": 100, "week": 750, "month": 3_650, "quarter": 10_950}
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
# Changes times drawings: where everything changes everywhere, each drawing is a large one.
_MOST_WORK = 600_000


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both included, in steps of ``every`` (of :data:`STEPS`).

    ``chosen`` is whether somebody asked for these days: then only what meets them is exported;
    else they are the days of the data, all is, and the last state is still in force.
    """

    first: date
    last: date
    every: str
    chosen: bool = True

    @classmethod
    def of_data(cls, first: date, last: date, every: str) -> Period:
        """The days of the data, from the beginning of the step before the first change on."""
        return cls(_beginning(_beginning(first, every) - DAY, every), last, every, chosen=False)

    @property
    def spans(self) -> list[Span]:
        """The steps one after the other, without a gap."""
        starts = [self.first]
        while (after := self._step(len(starts))) <= self.last:
            starts.append(after)
        ends: list[date | None] = [*starts[1:], self.last + DAY if self.chosen else None]
        return list(zip(starts, ends, strict=True))

    def _step(self, number: int) -> date:
        if self.every in ("day", "week"):
            return self.first + number * (DAY if self.every == "day" else 7 * DAY)
        return _months_on(self.first, number * _MONTHS[self.every])


def step_for(first: date, last: date, changes: int) -> str:
    """The finest step whose drawings of these days can be looked at, and do not take for ever."""
    days = (last - first).days
    for step, most in _LONGEST.items():
        if days <= most and days * changes <= _MOST_WORK * _DAYS[step]:
            return step
    return "year"


def _beginning(day: date, every: str) -> date:
    if every == "week":
        return day - day.weekday() * DAY
    if every == "day":
        return day
    return day.replace(day=1, month=day.month - (day.month - 1) % _MONTHS[every])


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
