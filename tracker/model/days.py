"""Days as they are written: ISO dates, cut from a time of day where one stands behind them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

# A slipped digit (0202, 2220) must not stretch a time axis over centuries.
FIRST_YEAR, LAST_YEAR = 1900, 2199

_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-6][0-9](?:[.,][0-9]{1,9})?)?"
    r" ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)


@lru_cache(maxsize=4096)
def parse_day(text: str) -> date:
    """The day of ``YYYY-MM-DD``, also with a time of day behind it, which is cut off.

    The day is taken as written, whatever the time zone: nothing is shifted. Raises
    :class:`ValueError` for anything else, for days that no calendar has and for years outside
    1900..2199.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise ValueError("not an ISO date")
    day = date.fromisoformat(match[1])
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"year outside {FIRST_YEAR}..{LAST_YEAR}")
    return day
