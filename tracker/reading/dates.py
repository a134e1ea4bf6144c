"""When: phrases of time in a sentence, as ranges of days.

Every phrase is resolved against the report's publication date; a month or day without a year is
the latest one not after it. Ranges include both ends. The grammar is our own rather than a library
for dates: such a library answers with one moment, where a claim needs the range that the words
leave open ("in March", "from 15 to 21 November", "in the night to Friday"), and it takes
milliseconds a phrase where a whole report has one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.reading.datewords import (
    DAY,
    PARTS,
    When,
    checked,
    clip,
    month_range,
    number_of,
    season_range,
    year_at,
)
from tracker.reading.phrases import Match
from tracker.reading.relativedates import RelativeDates
from tracker.reading.tokens import Token

_FIRST = frozenset(
    (
        *("months", "weekdays", "relative", "numbers", "seasons", "last", "ordinals", "offsets"),
        *("eras", *PARTS),
        *("through", "lone_units", "night_before", "night_of"),
    )
)
_FIRST_DATES = frozenset(f"date:{name}" for name in _FIRST)
_NUMBER = "a number"
_PHRASES = (
    ("_iso", (_NUMBER,)),
    ("_era", ("eras",)),
    ("_range", (_NUMBER, "months", "ordinals")),
    ("_night", ("night_before", "night_of")),
    ("_day_month", (_NUMBER, "months", "ordinals")),
    ("_month", ("months",)),
    ("_weekday", ("weekdays",)),
    ("_offset", (_NUMBER, "offsets", "through", "numbers", "lone_units")),
    ("_relative", ("relative",)),
    ("_ago", (_NUMBER, "numbers", "lone_units")),
    ("_bare_day", (_NUMBER, "ordinals")),
    ("_season", ("seasons",)),
    ("_last_unit", ("last",)),
    ("_this_month", PARTS),
    ("_year", (_NUMBER,)),
)
"""What reads each kind of phrase, in the order of trying, and the words that one begins with."""


def may_tell_days(tokens: Sequence[Token], matches: Mapping[str, Sequence[Match]]) -> bool:
    """Whether a sentence has a word of time or a number at all; many have none."""
    if not _FIRST_DATES.isdisjoint(matches):
        return True
    return any(token.norm[0].isdigit() for token in tokens)


class DateFinder(RelativeDates):
    """Finds the phrases of time in one sentence."""

    def find(self) -> list[When]:
        """All phrases, in order, none inside another."""
        out: list[When] = []
        free = 0
        self._kinds = self._kinds_at()
        for i in self._beginnings():
            when = self._phrase(i) if i >= free else None
            if when is None:
                continue
            whole = self._joined(out[-1], when) if out else None
            if whole is not None:
                out.pop()
            out.append(whole or when)
            free = when.end
            if out[-1].exact:
                self.anchor = out[-1].date_from
        return out

    def _beginnings(self) -> list[int]:
        """Where a phrase may begin: at one of the words of time, and at a number."""
        return sorted(self._kinds)

    def _kinds_at(self) -> dict[int, set[str]]:
        """The kinds of words of time that begin at each token where a phrase may begin."""
        kinds: dict[int, set[str]] = {}
        for name, found in self._at.items():
            if name in _FIRST:
                for i in found:
                    kinds.setdefault(i, set()).add(name)
        for i, token in enumerate(self.tokens):
            if token.norm[0].isdigit():
                kinds.setdefault(i, set()).add(_NUMBER)
        return kinds

    def _phrase(self, i: int) -> When | None:
        kinds = self._kinds.get(i)
        if kinds is None:
            return None
        for read, begins in _PHRASES:
            if kinds.isdisjoint(begins):
                continue
            try:
                when: When | None = getattr(self, read)(i)
            except (ValueError, OverflowError):
                continue
            if when is not None:
                return when
        return None

    def _day_phrase(self, i: int) -> When | None:
        found = self._phrase(i) if i < len(self.tokens) else None
        return found if found and found.kind in ("day", "weekday") else None

    def _iso(self, i: int) -> When | None:
        """2022-09-10, and 10.09.2022 as Ukrainian and Russian write it."""
        parts = self.tokens[i].norm.split("-")
        if (
            len(parts) == 3
            and len(parts[0]) == 4
            and all(p.isascii() and p.isdigit() for p in parts)
        ):
            day = checked(date(*(int(p) for p in parts)))
            return When(i, i + 1, day, day, "day")
        marks = [t.norm for t in self.tokens[i : i + 5]]
        if len(marks) < 5 or marks[1] != marks[3] or marks[1] not in "./" or len(marks[4]) != 4:
            return None
        if not all(mark.isascii() and mark.isdigit() for mark in marks[::2]):
            return None
        first, second, year = (int(mark) for mark in marks[::2])
        days = {checked(date(year, second, first))} if second <= 12 else set()
        if marks[1] == "/" and first <= 12:  # 10/09/2022 is a day in September, or in October
            days.add(checked(date(year, first, second)))
        return When(i, i + 5, min(days), max(days), "day")

    def _era(self, i: int) -> When | None:
        """Early in the war; in the first days of the invasion."""
        era = self._has("eras", i)
        if era is None or era.value[0] > self.published:
            return None
        return When(i, era.end, *clip(era.value, self.published), "era")

    def _day_month(self, i: int) -> When | None:
        day = self._day_at(i)
        month = self._month_after(day[1]) if day else None
        if day and month:
            year, end = self._with_year(month.end)
            return self._one_day(i, end, year, month.value + 1, day[0])
        month = self._has("months", i)
        day = self._day_at(month.end) if month else None
        if day and month:
            year, end = self._with_year(day[1])
            return self._one_day(i, end, year, month.value + 1, day[0])
        return None

    def _one_day(self, start: int, end: int, year: int | None, month: int, day: int) -> When:
        if year and day > month_range(year, month)[1].day:  # "30 February 2022": some day of it
            return When(start, end, *clip(month_range(year, month), self.published), "month")
        found = date(year, month, day) if year else self._latest(month, day)
        return When(start, end, found, found, "day")

    def _month(self, i: int) -> When | None:
        month = self._has("months", i)
        if month is None or (i and number_of(self.tokens[i - 1]) is not None):
            return (
                None  # a day before it that was refused ("31 June") makes the month no date either
            )
        year, end = self._with_year(month.end)
        named = i in self._ends("of_month") or year is not None or self._part(i)
        if not named:
            return None
        if year is None:
            year = self._latest(month.value + 1, 1).year
        days = self._narrow(i, month_range(year, month.value + 1))
        return When(i, end, *clip(days, self.published), "month")

    def _weekday(self, i: int) -> When | None:
        weekday = self._has("weekdays", i)
        if weekday is None:
            return None
        back = (self.published.weekday() - weekday.value) % 7
        day = self.published - back * DAY
        return When(i, weekday.end, day, day, "weekday")

    def _season(self, i: int) -> When | None:
        season = self._has("seasons", i)
        if season is None:
            return None
        year, end = self._with_year(season.end)
        if year is None:
            led = any(i in self._ends(name) for name in ("last", "this", "of_month"))
            if not led and season.end not in self._ends("this"):  # «весной» by itself
                return None
            year = self.told_on.year
            if season_range(year, season.value)[0] > self.told_on:
                year -= 1
        days = self._narrow(i, season_range(year, season.value))
        return When(i, end, *clip(days, self.published), "season")

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

    def _this_month(self, i: int) -> When | None:
        """Early this month, «на початку місяця»."""
        part = next((found for p in PARTS if (found := self._has(p, i))), None)
        this = self._has("this", part.end) if part else None
        unit = self._has("units", (this or part).end) if part else None
        if part is None or unit is None or unit.value != 2:
            return None
        days = month_range(self.published.year, self.published.month)
        days = clip(self._narrow(part.end, days), self.published)
        return When(i, unit.end, *days, "month") if days[0] <= days[1] else None

    def _year(self, i: int) -> When | None:
        year = year_at(self.tokens, i)
        if year is None or year > self.published.year:
            return None
        words = self._has("year_words", i + 1)
        if i in self._ends("before_year"):
            return When(i, i + 1, date(year - 1, 1, 1), date(year - 1, 12, 31), "year")
        if not words and i not in self._ends("of_month") and not self._closes(i):
            return None
        days = self._narrow(i, (date(year, 1, 1), date(year, 12, 31)))
        return When(i, words.end if words else i + 1, *clip(days, self.published), "year")

    def _closes(self, i: int) -> bool:
        """Whether a bare year ends its sentence: "Captured by Russia 2022."."""
        bare = i > 0 and self.tokens[i - 1].is_word and self.tokens[i].norm.isdigit()
        return bare and all(not token.is_word for token in self.tokens[i + 1 :])
