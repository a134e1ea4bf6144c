"""Ukraine's official list: settlements, communities and raions with days of occupation.

Only the section of occupied territories tells who holds what. The first day of an entry is a
capture by the side that occupies, told by the side that lost; the last day a recapture. An entry
for a community or a raion counts for its settlements, less those that it excepts by name. The list
is administrative and often late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from tracker.errors import shown
from tracker.ledger.published.source import DAY, Help
from tracker.model import Place
from tracker.reports import Row

_OCCUPIED = "occupied"
_CODE = re.compile(r"UA\d{17}")
# A code is oblast, raion, community, settlement, in digits; zeros stand for "all of them".
_LEVELS = (4, 6, 9, 12)
_EXCEPT = re.compile(r"за винятком(.*)", re.DOTALL)
_TYPE = re.compile(r"^(?:с-ща|с-ще|смт|селища|селище|села|село|міста|місто|с\.|м\.|с|м)\s*")
_DATE = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4})")


def claims(rows: Iterable[tuple[int, dict[str, str]]], help_: Help) -> Iterator[Row]:
    """Claims for each settlement and day of occupation or its end."""
    by_code = {e.katottg: e.place for e in help_.gazetteer.entries if e.katottg}
    for line, row in rows:
        if row["section"].strip() != _OCCUPIED:
            help_.passed["hostilities, not occupation"] += 1
            continue
        code = "".join(row["katottg"].split())
        if not _CODE.fullmatch(code):
            help_.fault(line, f"'katottg' {shown(code)} is no code of the register")
            continue
        places = _places(code, row["name_uk"], by_code)
        if not places:
            help_.passed["not in the gazetteer"] += 1
        for place in places:
            yield from _claims(line, row, place, help_)


def _places(code: str, name: str, by_code: dict[str, Place]) -> list[Place]:
    """The settlement of a code, or those of its community, raion or oblast."""
    if code in by_code:
        return [by_code[code]]
    # A digit beyond the levels tells codes apart and means nothing.
    level = next((n for n in _LEVELS if not code[n:12].strip("0")), 12)
    excepted = _excepted(name)
    return [
        place
        for other, place in sorted(by_code.items())
        if other[:level] == code[:level] and place.name_uk not in excepted and level < 12
    ]


def _excepted(name: str) -> set[str]:
    """The names behind "за винятком": "с. Плавні, м. Українськ"."""
    found = _EXCEPT.search(name)
    if found is None:
        return set()
    parts = [part.strip() for part in re.sub(r"\([^)]*\)", "", found[1]).split(",")]
    return {_TYPE.sub("", part).replace("’", "'") for part in parts if part}


def _claims(line: int, row: dict[str, str], place: Place, help_: Help) -> Iterator[Row]:
    own, other = (side.id for side in help_.war.sides)
    for column, by in (("start_dates", other), ("end_dates", own)):
        for written in filter(None, (row[column] or "").split("|")):
            day = _day(written)
            if day is None:
                help_.fault(line, f"{column!r} {shown(written)} is no day", "DD.MM.YYYY is meant")
                continue
            yield Row(
                help_.name,
                line,
                {
                    "report_id": f"order-376-{''.join(row['katottg'].split())}",
                    "published": help_.known_on(day),
                    "source": "Official list of occupied territories (order 376)",
                    "lang": "uk",
                    "place": place.name,
                    "place_id": place.place_id,
                    "change": "capture",
                    "by": by,
                    "claimed_by": own,
                    "date_from": (day - DAY if column == "end_dates" else day).isoformat(),
                    "date_to": day.isoformat(),
                    "quote": row["name_uk"].strip(),
                    "rule": f"official:{column}",
                },
            )


def _day(written: str) -> date | None:
    match = _DATE.fullmatch(written.strip())
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None
