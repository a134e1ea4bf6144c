"""ACLED: events whose sub-event type says that territory changed hands.

"Government regains territory" is the side whose own the place is by recognised borders,
"Non-state actor overtakes territory" (used for foreign states too) the other side, "Non-violent
transfer of territory" the side of ``actor1``. Source: ACLED Codebook, event and sub-event types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from tracker.errors import shown
from tracker.ledger.published.source import DAY, Help, number, tables
from tracker.model.days import parse_day
from tracker.reports import Row

_OWN, _FOREIGN = "government regains territory", "non-state actor overtakes territory"
_TRANSFER = "non-violent transfer of territory"
_DAYS = {"": 1, "1": 1, "2": 7, "3": 31}
"""Days in which the event happened, by ``time_precision``."""
_REGION = "3"
"""``geo_precision`` of an event that is put at a region's capital."""


def claims(rows: Iterable[tuple[int, dict[str, str]]], help_: Help) -> Iterator[Row]:
    """A claim for each event of territory, in the claims format."""
    for line, row in rows:
        kind = row["sub_event_type"].strip().lower()
        if kind not in (_OWN, _FOREIGN, _TRANSFER):
            help_.passed["event of another kind"] += 1
        elif row.get("geo_precision") == _REGION:
            help_.passed["place known by its region only"] += 1
        else:
            yield from _claim(line, row, kind, help_)


def _claim(line: int, row: dict[str, str], kind: str, help_: Help) -> Iterator[Row]:
    try:
        day = _day(row["event_date"])
        lon, lat = number(row, "longitude"), number(row, "latitude")
    except ValueError as error:
        help_.fault(line, str(error))
        return
    by = _side(row, kind, help_)
    if not by:
        help_.passed["no side of this war named"] += 1
        return
    last = day + (_DAYS.get(row.get("time_precision", ""), 1) - 1) * DAY
    yield Row(
        help_.name,
        line,
        {
            "report_id": row.get("event_id_cnty") or f"acled-{line}",
            "published": _published(row, last, help_),
            "source": f"ACLED: {row['source']}" if row.get("source") else "ACLED",
            "place": row["location"],
            "lon": lon,
            "lat": lat,
            "change": "capture",
            "by": by,
            "date_from": day.isoformat(),
            "date_to": last.isoformat(),
            "quote": row.get("notes", ""),
            "rule": f"acled:{kind}",
        },
    )


def _side(row: Mapping[str, str], kind: str, help_: Help) -> str:
    owners = help_.war.owners
    own = owners.get(row.get("admin1", "").strip(), help_.war.sides[0].id)
    if kind == _OWN:
        return own
    if kind == _FOREIGN:
        return help_.war.other(own)
    actor = row["actor1"].lower()
    found = {
        side: min((actor.find(word) for word in words if word in actor), default=-1)
        for side, words in tables()["acled"]["sides"].items()
    }
    named = {side: at for side, at in found.items() if at >= 0}
    return min(named, key=named.__getitem__, default="")


def _day(text: str) -> date:
    """``2022-09-10`` or ``10 September 2022``."""
    try:
        return parse_day(text)
    except ValueError:
        pass
    try:
        return datetime.strptime(text.strip(), "%d %B %Y").date()
    except ValueError as error:
        raise ValueError(f"'event_date' {shown(text)} is no day") from error


def _published(row: Mapping[str, str], day: date, help_: Help) -> str:
    """When ACLED put the event into its table, as far as the row says; not before the event."""
    stamp = row.get("timestamp", "").strip()
    if help_.published is None and stamp.isdigit() and len(stamp) <= 10:
        added = datetime.fromtimestamp(int(stamp), UTC).date()
        return max(added, day).isoformat()
    return help_.known_on(day)
