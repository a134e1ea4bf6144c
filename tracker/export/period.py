"""The days that an export is of, and the spans in which areas and front lines are drawn."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
STEPS = ("day", "week", "month", "year")

Span = tuple[date, date | None]
"""First day, and the first day after; None: still in force."""

# A picture for each step is looked at one by one: no more than some hundred.
_MOST_DAYS, _MOST_WEEKS = 100, 750


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
    def of_data(cls, first: date, last: date, every: str = "") -> Period:
        """The days of the data, from the beginning of the step before the first change on."""
        every = every or step_for(first, last)
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
        return _months_on(self.first, number * (12 if self.every == "year" else 1))


def step_for(first: date, last: date) -> str:
    """The step that shows these days in a number of pictures that can be looked at."""
    days = (last - first).days
    return "day" if days <= _MOST_DAYS else "week" if days <= _MOST_WEEKS else "month"


def _beginning(day: date, every: str) -> date:
    if every == "week":
        return day - day.weekday() * DAY
    if every == "day":
        return day
    return day.replace(day=1, month=1 if every == "year" else day.month)


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
