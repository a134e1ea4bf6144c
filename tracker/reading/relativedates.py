"""Days told by their distance: from publication, from a day named before, or by number alone."""

from __future__ import annotations

import re
from datetime import date

from tracker.reading.dateranges import DateRanges
from tracker.reading.datewords import DAY, When, checked, number_of

_UNIT_DAYS = (1, 7, 30, 365)
_FEW = 100
_NEUTER = ("е", "є")
_HALF_MONTH = 15
REACH_OF_UNIT = 4
_NUMBERED = re.compile(r"\d{1,2}(?:st|nd|rd|th|-[^\W\d_]{1,3})")
# What may follow a day that is only a number: no noun, which the number would belong to.
_FREE = (
    *("prep:in", "prep:near", "prep:from", "prep:toward", "prep:with", "conjunctions", "boundary"),
    *("articles", "third"),
    *("event", "speech", "own", "agent", "passive", "perfect", "sides", "after", "date:of_month"),
)


class RelativeDates(DateRanges):
    """Finds days that lean on another day."""

    def _relative(self, i: int) -> When | None:
        """Yesterday; over the past week: counted from publication."""
        match = self._has("relative", i)
        if match is None:
            return None
        first, last = match.value
        return When(
            i, match.end, self.published - first * DAY, self.published - last * DAY, "relative"
        )

    def _offset(self, i: int) -> When | None:
        """The next day; two days earlier: counted from the day that was named last."""
        match = self._has("offsets", i)
        if match is not None:
            if self.anchor is None:
                return None
            first, last = (self.anchor + days * DAY for days in match.value)
            return When(i, match.end, checked(first), checked(last), "offset")
        through = self._has("through", i)
        start = through.end if through else i
        count, end, length = self._count(start)
        if through is not None and not count:
            unit = self._has("units", start)
            count, end, length = (1, unit.end, _UNIT_DAYS[unit.value]) if unit else (0, 0, 0)
        later = self._has("later", end) or through
        earlier = self._has("earlier", end)
        if not count or not (later or earlier) or self.anchor is None:
            return None
        day = self.anchor + (count if later else -count) * length * DAY
        slack = (length // 4) * DAY
        last_word = earlier or (later if later is not through else None)
        return When(i, last_word.end if last_word else end, day - slack, day + slack, "offset")

    def _count(self, i: int) -> tuple[int, int, int]:
        """A number of units of time at token ``i``: how many, where it ends, days a unit."""
        number = self._has("numbers", i)
        count = number.value + 1 if number else None
        if count is None and i < len(self.tokens):
            count = number_of(self.tokens[i])
        unit = self._has("units", number.end if number else i + 1)
        if unit is None:  # "тижнем раніше": a unit alone is one
            unit, count = self._has("lone_units", i), 1
        if unit is None or count is None or count > _FEW:
            return 0, i, 0
        return count, unit.end, _UNIT_DAYS[unit.value]

    def _ago(self, i: int) -> When | None:
        """Three weeks ago; 3 days earlier."""
        count, end, length = self._count(i)
        ago = self._has("ago", end) or self._has("earlier", end) if count else None
        if ago is None:
            return None
        day = checked(self.published - count * length * DAY)
        slack = (length // 2) * DAY
        return When(i, ago.end, day - slack, day + slack, "ago")

    def _night(self, i: int) -> When | None:
        """In the night to Friday, on the night of 16 February: the two days that it joins."""
        before, of = self._has("night_before", i), self._has("night_of", i)
        match = before or of
        day = self._day_phrase(match.end) if match else None
        if day is None or not day.exact:
            return None
        first = day.date_from - (DAY if before else 0 * DAY)
        return When(i, day.end, first, first + DAY, "night", first)

    def _day_phrase(self, i: int) -> When | None:
        """A single day at token ``i``; the finder that has all phrases says which."""
        raise NotImplementedError

    def _bare_day(self, i: int) -> When | None:
        """On the tenth; 17-го: the latest such day, where no noun follows that it belongs to."""
        word, day = self._has("ordinals", i), self._day_at(i)
        if day is None or not (word or _NUMBERED.fullmatch(self._word(i))):
            return None
        number, end = day
        if self._counts_troops(i, end):
            return None
        numbered = self._has("day_words", end)
        led = i in self._ends("of_bare_day") or self._opens_clause(i)
        if numbered is None and not (led and self._is_free(end)):
            return None
        found = self._nearest_day(number, same_month=numbered is not None)
        return When(i, numbered.end if numbered else end, found, found, "day")

    def _counts_troops(self, i: int, end: int) -> bool:
        """Whether the number is that of a unit: "of the Third Army Corps", "the 1st Brigade"."""
        if i and self._has("ordinals", i) and self.tokens[i].is_name:
            return True
        if end >= len(self.tokens) or not self.tokens[end].is_name:
            return False
        near = range(end, end + REACH_OF_UNIT)
        return any(m.start in near for m in self._matches.get("units", ()))

    def _opens_clause(self, i: int) -> bool:
        """Whether a day may stand here without a preposition: "второго — А, третьего — Б"."""
        first = i == 0 or self.tokens[i - 1].text in ",;(«"
        # "A, first to be freed": as an adjective it is no day.
        adjective = self.tokens[i].norm.endswith(_NEUTER) and self._is_word(i + 1)
        return first and not adjective and bool(self._has("ordinals", i))

    def _is_word(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].is_word

    def _is_free(self, i: int) -> bool:
        if i >= len(self.tokens) or not self.tokens[i].is_word or self.tokens[i].is_name:
            return True
        starts = (m.start for name in _FREE for m in self._matches.get(name, ()))
        return i in starts

    def _nearest_day(self, number: int, *, same_month: bool) -> date:
        """The day of that number nearest to the one named last, else the last before publication.

        ``same_month``: "of that month", which is the month of the day named last.

        Raises :class:`ValueError` where there is none.
        """
        base = checked(min(self.anchor or self.published, self.published))
        if same_month and self.anchor is not None:
            return self.anchor.replace(day=number)
        ahead = _HALF_MONTH if self.anchor else 0
        days = (base + n * DAY for n in range(ahead, ahead - 62, -1))
        for day in days:
            if day.day == number and day <= self.published:
                return day
        raise ValueError(f"no day {number}")
