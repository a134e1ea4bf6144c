"""The words that dates are made of: days, months and years as a text writes them."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.reading.phrases import Match
from tracker.reading.tokens import Token

DAY = timedelta(days=1)
HALF_YEAR = timedelta(days=183)
PARTS = ("early", "mid", "late")
_YEARS = range(1990, 2100)
_NUMBER_ENDINGS = ("st", "nd", "rd", "th")


@dataclass(frozen=True, slots=True)
class When:
    """A phrase of time at ``tokens[start:end]`` and the days it covers.

    Of a range ("from 15 to 21 November") ``opening`` is the last day on which it may begin.
    """

    start: int
    end: int
    date_from: date
    date_to: date
    kind: str
    opening: date | None = None

    @property
    def exact(self) -> bool:
        """Whether it names one day."""
        return self.date_from == self.date_to


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range as far as it is written, at ``tokens[start:end]``."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def season_range(year: int, season: int) -> tuple[date, date]:
    """First and last day of a season: 0 winter (December of the year before), 1 spring, ..."""
    if season == 0:
        return date(year - 1, 12, 1), date(year, 3, 1) - DAY
    return date(year, season * 3, 1), month_range(year, season * 3 + 2)[1]


def number_of(token: Token) -> int | None:
    """The number of a token of up to four digits: 5, 5th, 5-го."""
    digits = token.norm.split("-")[0]
    for ending in _NUMBER_ENDINGS:
        digits = digits.removesuffix(ending)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else None


def year_at(tokens: Sequence[Token], i: int) -> int | None:
    """The year written at a token: 2022, 2022-го; one comma before it is allowed."""
    if i < len(tokens):
        number = number_of(tokens[i])
        if number is not None and number in _YEARS:
            return number
    return None


def is_day(written: str) -> bool:
    """Whether digits can be a day of a month."""
    return written.isascii() and written.isdigit() and 1 <= int(written[:3]) <= 31


def checked(day: date) -> date:
    """The day, if its year can be one of this war. Raises :class:`ValueError`."""
    if day.year not in _YEARS:
        raise ValueError(f"year {day.year}")
    return day


def clip(days: tuple[date, date], published: date) -> tuple[date, date]:
    """A range that was still running on the day of publication ends with it."""
    first, last = days
    return (first, published) if first <= published < last else days


def _no_anchor() -> date | None:
    return None


class DateWords:
    """The words of one sentence that days can be made of.

    ``anchor`` gives the day that "a day earlier" counts from, where the text has named one;
    ``told_on`` the day from which dates without a year look back, publication if not given.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        matches: dict[str, list[Match]],
        published: date,
        anchor: Callable[[], date | None] = _no_anchor,
        told_on: date | None = None,
    ) -> None:
        self.tokens = tokens
        self.published = published
        self.told_on = told_on or published
        self._anchor: date | None = None
        self._ask: Callable[[], date | None] | None = anchor
        self._matches = matches
        self._kinds: dict[int, set[str]] = {}
        self._at: dict[str, dict[int, Match]] = {
            name.removeprefix("date:"): {m.start: m for m in found}
            for name, found in matches.items()
            if name.startswith("date:")
        }
        self._ended: dict[str, set[int]] = {}

    @property
    def anchor(self) -> date | None:
        """The day named last, looked for once a phrase counts from it."""
        if self._ask is not None:
            self._anchor, self._ask = self._ask(), None
        return self._anchor

    @anchor.setter
    def anchor(self, day: date) -> None:
        self._anchor, self._ask = day, None

    def _ends(self, name: str) -> set[int]:
        """Where words of a kind end."""
        ends = self._ended.get(name)
        if ends is None:
            ends = self._ended[name] = {m.end for m in self._at.get(name, {}).values()}
        return ends

    def _has(self, name: str, i: int) -> Match | None:
        found = self._at.get(name)
        return found.get(i) if found is not None else None

    def _day_at(self, i: int) -> tuple[int, int] | None:
        """A day of the month at token ``i``, as a number or a word, and where it ends."""
        word = self._has("ordinals", i)
        if word is not None:
            return word.value + 1, word.end
        number = number_of(self.tokens[i]) if i < len(self.tokens) else None
        return (number, i + 1) if number is not None and 1 <= number <= 31 else None

    def _month_after(self, i: int) -> Match | None:
        """The month after a day: "1 October", "the first of October"."""
        between = self._has("of_day", i)
        return self._has("months", between.end if between else i)

    def _with_year(self, end: int) -> tuple[int | None, int]:
        """A year after ``end`` (a comma may stand between), and where it ends."""
        skip = end + 1 if end < len(self.tokens) and self.tokens[end].text == "," else end
        year = year_at(self.tokens, skip)
        same = self._has("same_year", end)
        if same is not None and self.anchor is not None:
            return self.anchor.year, same.end
        before = self._has("years_back", end)
        if before is not None:
            return self.published.year - int(before.value), before.end
        if year is None:
            number = number_of(self.tokens[skip]) if skip < len(self.tokens) else None
            if number is not None and number >= 1000:
                raise ValueError("a year outside the range")
            return None, end
        end = skip + 1
        words = self._has("year_words", end)
        return year, words.end if words else end

    def _latest(self, month: int, day: int) -> date:
        """The latest such day not after the day after publication, or after what is told of."""
        year = self.told_on.year
        found = date(year, month, day)
        if found > self.told_on + DAY:
            return date(year - 1, month, day)
        told_of_past = self.told_on != self.published and self.anchor is not None
        if told_of_past and self.anchor and found < self.anchor - HALF_YEAR:
            return date(year + 1, month, day)  # "in December 2022; on 5 January"
        return found

    def _narrow(self, i: int, days: tuple[date, date]) -> tuple[date, date]:
        """Early, mid or late in a month or season."""
        first, last = days
        third = (last - first) / 3
        part = self._part(i)
        if part == "early":
            return first, first + third
        if part == "mid":
            return first + third, last - third
        if part == "late":
            return last - third, last
        return days

    def _part(self, i: int) -> str:
        return next((p for p in PARTS if i in self._ends(p)), "")

    def _word(self, i: int) -> str:
        return self.tokens[i].norm if i < len(self.tokens) else ""
