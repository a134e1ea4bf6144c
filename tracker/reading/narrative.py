"""Texts that tell of years gone by: a day without a year is one of the year that is told of.

In the news "on 17 March" is the last 17 March. In an article on a battle it is that of the year
named before: such a text names one in its title, or gives many full dates, all of them long past.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_YEAR = re.compile(r"20(?<![\d.,]20)(?:1[4-9]|[2-4]\d)(?![\d,]\d|\d)")
_FULL = re.compile(r"(?:\d{1,2}|[^\W\d]{3,})[ ,]{1,2}(20[0-4]\d)\b")
LONG = 2500
MANY = 4
"""A text of so many letters with so many full dates, none of them recent, is no news."""


@dataclass(frozen=True, slots=True)
class Years:
    """The years that a text names, with where it names them."""

    at: Sequence[int] = ()
    years: Sequence[int] = ()

    def told_on(self, position: int, published: date) -> date:
        """The day from which a date without a year at ``position`` looks back."""
        before = bisect_right(self.at, position)
        if not before or self.years[before - 1] >= published.year:
            return published
        return date(self.years[before - 1], 12, 31)


NEWS = Years()


def years_told(text: str, title_end: int, published: date) -> Years:
    """The years that dates in the text belong to; :data:`NEWS` where they are those of the day."""
    named = [m for m in _YEAR.finditer(text) if int(m.group()) <= published.year]
    if not named:
        return NEWS
    in_title = named[0].start() < title_end and int(named[0].group()) < published.year
    if not in_title and not _is_history(text, published):
        return NEWS
    return Years([m.start() for m in named], [int(m.group()) for m in named])


def _is_history(text: str, published: date) -> bool:
    if len(text) < LONG:
        return False
    full = [int(m.group(1)) for m in _FULL.finditer(text)]
    old = sum(year < published.year for year in full)
    return old >= MANY and old > 2 * (len(full) - old)
