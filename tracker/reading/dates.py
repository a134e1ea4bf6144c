"""When: phrases of time in a sentence, as ranges of days.

Every phrase is resolved against the report's publication date; a month or day without a year is
the latest one not after it. Ranges include both ends.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.reading.phrases import Match
from tracker.reading.tokens import Token

DAY = timedelta(days=1)
_YEARS = range(1990, 2100)
_UNIT_DAYS = (1, 7, 30, 365)
_FIRST = ("months", "weekdays", "relative", "numbers", "seasons", "last")
_PARTS = ("early", "mid", "late")
_DASHES = frozenset("-–—−/")
_LONGEST_RANGE = 400 * DAY


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
class _End:
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


def _number(token: Token) -> int | None:
    digits = token.norm.split("-")[0]
    for ending in ("st", "nd", "rd", "th"):
        digits = digits.removesuffix(ending)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else None


def _year_at(tokens: Sequence[Token], i: int) -> int | None:
    """The year written at a token: 2022, 2022-го; one comma before it is allowed."""
    if i < len(tokens):
        number = _number(tokens[i])
        if number is not None and number in _YEARS:
            return number
    return None


def _is_day(written: str) -> bool:
    return written.isascii() and written.isdigit() and 1 <= int(written[:3]) <= 31


def _checked(day: date) -> date:
    """The day, if its year can be one of this war. Raises :class:`ValueError`."""
    if day.year not in _YEARS:
        raise ValueError(f"year {day.year}")
    return day


def _clip(days: tuple[date, date], published: date) -> tuple[date, date]:
    first, last = days
    return (first, published) if first <= published < last else days


class DateFinder:
    """Finds the phrases of time in one sentence."""

    def __init__(
        self, tokens: Sequence[Token], matches: dict[str, list[Match]], published: date
    ) -> None:
        self.tokens = tokens
        self.published = published
        self._at: dict[str, dict[int, Match]] = {
            name.removeprefix("date:"): {m.start: m for m in found}
            for name, found in matches.items()
            if name.startswith("date:")
        }
        self._ends: dict[str, set[int]] = {
            name: {m.end for m in found.values()} for name, found in self._at.items()
        }

    def find(self) -> list[When]:
        """All phrases, in order, none inside another."""
        out: list[When] = []
        free = 0
        for i in self._beginnings():
            when = self._phrase(i) if i >= free else None
            if when is None:
                continue
            whole = self._joined(out[-1], when) if out else None
            if whole is not None:
                out.pop()
            out.append(whole or when)
            free = when.end
        return out

    def _beginnings(self) -> list[int]:
        """Where a phrase may begin: at one of the words of time, and at a number."""
        at = {i for name in _FIRST for i in self._at.get(name, ())}
        at.update(i for i, token in enumerate(self.tokens) if token.norm[0].isdigit())
        return sorted(at)

    def _has(self, name: str, i: int) -> Match | None:
        return self._at.get(name, {}).get(i)

    def _phrase(self, i: int) -> When | None:
        for read in (
            self._iso,
            self._range,
            self._day_month,
            self._month,
            self._weekday,
            self._relative,
            self._ago,
            self._season,
            self._last_unit,
            self._year,
        ):
            try:
                when = read(i)
            except (ValueError, OverflowError):
                continue
            if when is not None:
                return when
        return None

    def _iso(self, i: int) -> When | None:
        """2022-09-10, and 10.09.2022 as Ukrainian and Russian write it."""
        parts = self.tokens[i].norm.split("-")
        if (
            len(parts) == 3
            and len(parts[0]) == 4
            and all(p.isascii() and p.isdigit() for p in parts)
        ):
            day = _checked(date(*(int(p) for p in parts)))
            return When(i, i + 1, day, day, "day")
        marks = [t.norm for t in self.tokens[i : i + 5]]
        if len(marks) < 5 or marks[1] != marks[3] or marks[1] not in "./" or len(marks[4]) != 4:
            return None
        if not all(mark.isascii() and mark.isdigit() for mark in marks[::2]):
            return None
        first, second, year = (int(mark) for mark in marks[::2])
        days = {_checked(date(year, second, first))} if second <= 12 else set()
        if marks[1] == "/" and first <= 12:  # 10/09/2022 is a day in September, or in October
            days.add(_checked(date(year, first, second)))
        return When(i, i + 5, min(days), max(days), "day")

    def _range(self, i: int) -> When | None:
        """15–21 November; from 28 November to 1 December 2022; between March and May."""
        short = self._short_range(i)
        first = short[0] if short else self._end(i)
        if first is None:
            return None
        last = short[1] if short else self._end(self._after_joint(first))
        if last is None or (first.month is None and last.day is None):
            return None
        return self._between(first, last)

    def _short_range(self, i: int) -> tuple[_End, _End] | None:
        """15-21 November, November 15-21: one word and a month."""
        before = self._has("months", i)
        at = before.end if before else i
        parts = self._word(at).split("-")
        if len(parts) != 2 or not all(_is_day(part) for part in parts):
            return None
        month = before or self._has("months", at + 1)
        if month is None:
            return None
        year, end = self._with_year(max(month.end, at + 1))
        first, last = (int(part) for part in parts)
        number = month.value + 1
        return _End(i, i, first, number, year), _End(i, end, last, number, year)

    def _end(self, i: int) -> _End | None:
        """A day, a month or both at token ``i``; "11+" is the 11th."""
        if i >= len(self.tokens):
            return None
        number = self._day_at(i)
        if number is not None:
            after = i + 2 if self._word(i + 1) == "+" else i + 1
            month = self._has("months", after)
            if month is None:
                return _End(i, after, number, None, None)
            year, end = self._with_year(month.end)
            return _End(i, end, number, month.value + 1, year)
        month = self._has("months", i)
        if month is None:
            return None
        number = self._day_at(month.end)
        year, end = self._with_year(month.end if number is None else month.end + 1)
        return _End(i, end, number, month.value + 1, year)

    def _day_at(self, i: int) -> int | None:
        number = _number(self.tokens[i]) if i < len(self.tokens) else None
        return number if number is not None and 1 <= number <= 31 else None

    def _word(self, i: int) -> str:
        return self.tokens[i].norm if i < len(self.tokens) else ""

    def _after_joint(self, first: _End) -> int:
        """Where the second end of a range begins, past its dash or "to"; the end of all if none."""
        after = self._joint(first.start, first.end, listed=first.month is None)
        part = next((p for p in map(self._has, _PARTS, (after,) * 3) if p is not None), None)
        return part.end if part else after

    def _joint(self, start: int, end: int, *, listed: bool) -> int:
        before = range(start - 2, start + 1)
        opened = any(i in self._ends.get("range_from", ()) for i in before)
        joint = self._has("range_to", end)
        if joint is None and (opened or listed):
            joint = self._has("range_and", end)
        if joint is not None:
            return joint.end
        return end + 1 if self._word(end) in _DASHES else len(self.tokens)

    def _between(self, first: _End, last: _End) -> When | None:
        """The days from one end to the other; what one end leaves out, the other says."""
        month = last.month or first.month
        opens = first.month or month
        if month is None or opens is None:
            return None
        year = last.year or (first.year + (month < opens) if first.year else 0)
        year = year or self._latest(month, last.day or 1).year
        begin = first.year or year - (opens > month)
        days_from = self._days_of(first, begin, opens)
        days_to = self._days_of(last, year, month)
        date_from, date_to = days_from[0], days_to[1]
        if not date_from <= date_to <= date_from + _LONGEST_RANGE:
            return None
        return When(first.start, last.end, date_from, date_to, "range", days_from[1])

    def _days_of(self, end: _End, year: int, month: int) -> tuple[date, date]:
        if end.day is not None:
            day = _checked(date(year, month, end.day))
            return day, day
        return self._narrow(end.start, month_range(year, month))

    def _joined(self, first: When, last: When) -> When | None:
        """Two phrases as one range: "from Friday to Sunday", "01.09.2022 - 10.09.2022"."""
        if last.start != self._joint(first.start, first.end, listed=False):
            return None
        date_from = first.date_from
        if date_from > last.date_to and first.kind == last.kind == "weekday":
            date_from -= 7 * DAY
        if not date_from <= last.date_to <= date_from + _LONGEST_RANGE:
            return None
        opening = date_from + (first.date_to - first.date_from)
        return When(first.start, last.end, date_from, last.date_to, "range", opening)

    def _with_year(self, end: int) -> tuple[int | None, int]:
        """A year after ``end`` (a comma may stand between), and where it ends."""
        skip = end + 1 if end < len(self.tokens) and self.tokens[end].text == "," else end
        year = _year_at(self.tokens, skip)
        if year is None:
            number = _number(self.tokens[skip]) if skip < len(self.tokens) else None
            if number is not None and number >= 1000:
                raise ValueError("a year outside the range")
            return None, end
        end = skip + 1
        words = self._has("year_words", end)
        return year, words.end if words else end

    def _latest(self, month: int, day: int) -> date:
        """The latest such day not after the day after publication."""
        year = self.published.year
        found = date(year, month, day)
        return found if found <= self.published + DAY else date(year - 1, month, day)

    def _day_month(self, i: int) -> When | None:
        number = _number(self.tokens[i])
        month = self._has("months", i + 1)
        if number is not None and month and 1 <= number <= 31:
            year, end = self._with_year(month.end)
            return self._one_day(i, end, year, month.value + 1, number)
        month = self._has("months", i)
        if month and month.end < len(self.tokens):
            number = _number(self.tokens[month.end])
            if number is not None and 1 <= number <= 31:
                year, end = self._with_year(month.end + 1)
                return self._one_day(i, end, year, month.value + 1, number)
        return None

    def _one_day(self, start: int, end: int, year: int | None, month: int, day: int) -> When:
        found = date(year, month, day) if year else self._latest(month, day)
        return When(start, end, found, found, "day")

    def _month(self, i: int) -> When | None:
        month = self._has("months", i)
        if month is None or (i and _number(self.tokens[i - 1]) is not None):
            return (
                None  # a day before it that was refused ("31 June") makes the month no date either
            )
        year, end = self._with_year(month.end)
        named = i in self._ends.get("of_month", ()) or year is not None or self._part(i)
        if not named:
            return None
        if year is None:
            year = self.published.year
            if date(year, month.value + 1, 1) > self.published:
                year -= 1
        days = self._narrow(i, month_range(year, month.value + 1))
        return When(i, end, *_clip(days, self.published), "month")

    def _part(self, i: int) -> str:
        return next((p for p in _PARTS if i in self._ends.get(p, ())), "")

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

    def _weekday(self, i: int) -> When | None:
        weekday = self._has("weekdays", i)
        if weekday is None:
            return None
        back = (self.published.weekday() - weekday.value) % 7
        day = self.published - back * DAY
        return When(i, weekday.end, day, day, "weekday")

    def _relative(self, i: int) -> When | None:
        match = self._has("relative", i)
        if match is None:
            return None
        first, last = match.value
        return When(
            i, match.end, self.published - first * DAY, self.published - last * DAY, "relative"
        )

    def _ago(self, i: int) -> When | None:
        """Three weeks ago; 3 days earlier."""
        number = self._has("numbers", i)
        count = number.value + 1 if number else _number(self.tokens[i])
        unit = self._has("units", number.end if number else i + 1)
        ago = self._has("ago", unit.end) if unit else None
        if count is None or unit is None or ago is None or count > 100:
            return None
        length = _UNIT_DAYS[unit.value]
        day = _checked(self.published - count * length * DAY)
        slack = (length // 2) * DAY
        return When(i, ago.end, day - slack, day + slack, "ago")

    def _season(self, i: int) -> When | None:
        season = self._has("seasons", i)
        if season is None:
            return None
        year, end = self._with_year(season.end)
        if year is None:
            if not {i} & (
                self._ends.get("last", set())
                | self._ends.get("this", set())
                | self._ends.get("of_month", set())
            ):
                return None
            year = self.published.year
            if season_range(year, season.value)[0] > self.published:
                year -= 1
        days = self._narrow(i, season_range(year, season.value))
        return When(i, end, *_clip(days, self.published), "season")

    def _last_unit(self, i: int) -> When | None:
        """Last month, last year."""
        last = self._has("last", i)
        unit = self._has("units", last.end) if last else None
        if last is None or unit is None or unit.value < 2:
            return None
        if unit.value == 3:
            year = self.published.year - 1
            return When(i, unit.end, date(year, 1, 1), date(year, 12, 31), "year")
        before = self.published.replace(day=1) - DAY
        return When(i, unit.end, *month_range(before.year, before.month), "month")

    def _year(self, i: int) -> When | None:
        year = _year_at(self.tokens, i)
        if year is None or year > self.published.year:
            return None
        words = self._has("year_words", i + 1)
        if not words and i not in self._ends.get("of_month", ()):
            return None
        days = self._narrow(i, (date(year, 1, 1), date(year, 12, 31)))
        return When(i, words.end if words else i + 1, *_clip(days, self.published), "year")
