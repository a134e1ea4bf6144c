"""Ranges of days: "from 15 to 21 November", "28 November – 1 December 2022", "Friday to Sunday"."""

from __future__ import annotations

from datetime import date

from tracker.reading.datewords import DAY, PARTS, DateWords, End, When, checked, is_day, month_range

_DASHES = frozenset("-–—−/")
_LONGEST = 400 * DAY


class DateRanges(DateWords):
    """Finds ranges, whose ends fill in what the other leaves out."""

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

    def _short_range(self, i: int) -> tuple[End, End] | None:
        """15-21 November, November 15-21: one word and a month."""
        before = self._has("months", i)
        at = before.end if before else i
        parts = self._word(at).split("-")
        if len(parts) != 2 or not all(is_day(part) for part in parts):
            return None
        month = before or self._has("months", at + 1)
        if month is None:
            return None
        year, end = self._with_year(max(month.end, at + 1))
        first, last = (int(part) for part in parts)
        number = month.value + 1
        return End(i, i, first, number, year), End(i, end, last, number, year)

    def _end(self, i: int) -> End | None:
        """A day, a month or both at token ``i``; "11+" is the 11th."""
        if i >= len(self.tokens):
            return None
        day = self._day_at(i)
        if day is not None:
            number, after = day
            after += self._word(after) == "+"
            month = self._month_after(after)
            if month is None:
                return End(i, after, number, None, None)
            year, end = self._with_year(month.end)
            return End(i, end, number, month.value + 1, year)
        month = self._has("months", i)
        if month is None:
            return None
        day = self._day_at(month.end)
        year, end = self._with_year(day[1] if day else month.end)
        return End(i, end, day[0] if day else None, month.value + 1, year)

    def _after_joint(self, first: End) -> int:
        """Where the second end of a range begins, past its dash or "to"; the end of all if none."""
        after = self._joint(first.start, first.end, listed=first.month is None)
        part = next((p for p in map(self._has, PARTS, (after,) * 3) if p is not None), None)
        return part.end if part else after

    def _joint(self, start: int, end: int, *, listed: bool) -> int:
        before = range(start - 2, start + 1)
        opening = self._ends("range_from") | self._ends("range_between")
        opened = any(i in opening for i in before)
        joint = self._has("range_to", end)
        if joint is None and (opened or listed):
            joint = self._has("range_and", end)
        if joint is not None:
            return joint.end
        return end + 1 if self._word(end) in _DASHES else len(self.tokens)

    def _between(self, first: End, last: End) -> When | None:
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
        if not date_from <= date_to <= date_from + _LONGEST:
            return None
        return When(first.start, last.end, date_from, date_to, "range", days_from[1])

    def _days_of(self, end: End, year: int, month: int) -> tuple[date, date]:
        if end.day is not None:
            day = checked(date(year, month, end.day))
            return day, day
        return self._narrow(end.start, month_range(year, month))

    def _joined(self, first: When, last: When) -> When | None:
        """Two phrases as one range: "from Friday to Sunday", "01.09.2022 - 10.09.2022"."""
        if last.start != self._joint(first.start, first.end, listed=False):
            return None
        date_from = first.date_from
        if date_from > last.date_to and first.kind == last.kind == "weekday":
            date_from -= 7 * DAY
        if not date_from <= last.date_to <= date_from + _LONGEST:
            return None
        opening = date_from + (first.date_to - first.date_from)
        return When(first.start, last.end, date_from, last.date_to, "range", opening)
