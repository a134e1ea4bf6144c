"""Wikipedia's list of military control, by its history: who the list says holds which town.

Two shapes are known: one row a change of the list (``wiki_update_utc``, ``held_by_before``), and
one row a town and day (``date``). The list's own words ("Recaptured by Ukraine 8 September 2022")
give the day where they fit the change; else it is the day of the edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tracker.errors import shown
from tracker.ledger.published.source import DAY, Help, holder_of, number
from tracker.model import Report
from tracker.model.days import parse_day
from tracker.reading import Reader
from tracker.reports import Row

BEFORE, AFTER = timedelta(days=60), timedelta(days=3)
"""How long before an edit, and after it, the day that its words name may lie."""


def claims(rows: Iterable[tuple[int, dict[str, str]]], help_: Help) -> Iterator[Row]:
    """A claim for each change of the side that the list says holds a town."""
    reader = Reader(help_.gazetteer, help_.war)
    table = list(rows)
    twice = _namesakes(row for _, row in table)
    last: dict[tuple[str, ...], str] = {}
    for line, row in table:
        key, before = _key(row), row.get("held_by_before")
        was = last.get(key, "") if before is None else holder_of("wikipedia", before)
        seen = key in last or bool(before)
        holder = holder_of("wikipedia", row["held_by"])
        last[key] = holder or last.get(key, "")
        if key in twice:
            help_.passed["several towns of one name and point"] += 1
        elif not holder:
            help_.passed["contested or not known"] += 1
        elif not seen or holder == was or row.get("event") in ("listed", "text_changed"):
            help_.passed["no change"] += 1
        else:
            yield from _claim(line, row, holder, help_, reader)


def _key(row: dict[str, str]) -> tuple[str, ...]:
    return row["name"], row["lat"][:5], row["lon"][:5]


def _namesakes(rows: Iterable[dict[str, str]]) -> set[tuple[str, ...]]:
    """Towns that a list by day has twice on one day: their rows cannot be told apart."""
    seen: set[tuple[str, ...]] = set()
    twice: set[tuple[str, ...]] = set()
    for row in rows:
        if "date" in row:
            at = (row["date"], *_key(row))
            (twice if at in seen else seen).add(at)
    return {key[1:] for key in twice}


def _claim(
    line: int, row: dict[str, str], holder: str, help_: Help, reader: Reader
) -> Iterator[Row]:
    written = row.get("date") or row.get("wiki_update_utc") or ""
    try:
        edited = parse_day(written[:10])
        lon, lat = number(row, "lon"), number(row, "lat")
    except ValueError as error:
        help_.fault(line, f"{error}: {shown(written)}")
        return
    first, last = _told(row, holder, edited, reader) or (edited - DAY, edited)
    yield Row(
        help_.name,
        line,
        {
            "report_id": f"wikipedia-{edited.isoformat()}",
            "published": max(edited, last).isoformat(),
            "source": "English Wikipedia",
            "place": row["name"],
            "lon": lon if lat is not None else None,
            "lat": lat if lon is not None else None,
            "change": "capture",
            "by": holder,
            "date_from": first.isoformat(),
            "date_to": last.isoformat(),
            "quote": row["more_information"],
            "rule": "wikipedia:held_by",
        },
    )


def _told(
    row: dict[str, str], holder: str, edited: date, reader: Reader
) -> tuple[date, date] | None:
    """The days that the list's words give for this change, None when they give none."""
    text = row["more_information"].strip()
    if not text:
        return None
    report = Report("", edited + AFTER, text, title=row["name"], lang="en")
    days = [
        (claim.date_from, claim.date_to)
        for claim in reader.read(report)
        if claim.holder == holder
        and claim.status == "asserted"
        and edited - BEFORE <= claim.date_to <= edited + AFTER
        and claim.date_to < report.published  # a day of its own, not that of publication
    ]
    return max(days, key=lambda pair: pair[1], default=None)
