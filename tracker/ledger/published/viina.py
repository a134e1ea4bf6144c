"""VIINA: the status of each populated place on each day; a claim is a change of status.

The columns ``status_wiki``, ``status_boost``, ``status_dsm`` and ``status_isw`` are the sources of
``status``: those that agree with it are named in the claim's source, since two of them rest on
Wikipedia.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from tracker.errors import shown
from tracker.ledger.published.source import DAY, Help, holder_of
from tracker.reports import Row

_SOURCES = ("status_wiki", "status_boost", "status_dsm", "status_isw")


def claims(rows: Iterable[tuple[int, dict[str, str]]], help_: Help) -> Iterator[Row]:
    """A claim for each day on which a place's status becomes another side's.

    Rows may come in any order of places; those of one place are in order of days.
    """
    last: dict[str, tuple[int, str]] = {}
    for line, row in rows:
        place, written = row["geonameid"].strip(), row["date"].strip()
        holder = holder_of("viina", row["status"])
        if not _is_day(written):
            help_.fault(line, f"'date' {shown(written)} is no day", "YYYYMMDD is meant")
            continue
        before = last.get(place)
        if before is not None and int(written) <= before[0]:
            help_.fault(line, f"'date' {shown(written)} is not after the row before of this place")
            continue
        if not holder:
            help_.passed["contested or not known"] += 1
            last[place] = (int(written), before[1] if before else "")
            continue
        last[place] = (int(written), holder)
        if before is None or before[1] in ("", holder):
            help_.passed["no change"] += 1
            continue
        yield from _claim(line, row, holder, written, help_)


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return len(written) == 8


def _claim(line: int, row: dict[str, str], holder: str, written: str, help_: Help) -> Iterator[Row]:
    place = help_.gazetteer.place(row["geonameid"].strip())
    day = date.fromisoformat(written)
    agree = [name.removeprefix("status_") for name in _SOURCES if row.get(name) == row["status"]]
    yield Row(
        help_.name,
        line,
        {
            "report_id": f"viina-{written}",
            "published": help_.known_on(day),
            "source": f"VIINA: {', '.join(agree)}" if agree else "VIINA",
            "place": place.name if place else f"GeoNames {row['geonameid'].strip()}",
            "place_id": place.place_id if place else "",
            "change": "capture",
            "by": holder,
            "date_from": (day - DAY).isoformat(),
            "date_to": day.isoformat(),
            "rule": "viina:status",
        },
    )
