"""Changes grouped by day, week or month, a group for each side that gains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.errors import UsageError, shown
from tracker.model import Change

MAX_AUTO_GROUPS = 40

_STRENGTH = {"disputed": 0, "claimed": 1, "confirmed": 2}


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one period in which one side gains, in the order in which they happened.

    ``key`` is the ISO day on which the period begins; ``label`` names the period: ``2022-09-10``,
    ``2022-W36 (from 2022-09-05)`` or ``2022-09``; ``side`` is a side's id.
    """

    key: str
    label: str
    side: str
    changes: tuple[Change, ...]


def count_changes(changes: Sequence[Change]) -> int:
    """How many changes a reader counts: an area that is told of as a whole is one."""
    areas = {(c.area, c.date, c.holder, c.status) for c in changes if c.area}
    return len(areas) + sum(not c.area for c in changes)


def change_order(change: Change) -> tuple[Any, ...]:
    """Sort key: by day, of one day the weaker first, so that the last one of a place holds."""
    return (
        change.date,
        change.date_from,
        _STRENGTH.get(change.status, -1),
        change.place_id,
        change.place,
        change.holder,
        change.from_holder,
        change.lon,
        change.lat,
        tuple((c.report_id, c.quote, c.claimed_by, c.status) for c in change.claims),
    )


def group_changes(changes: Sequence[Change], by: str = "day") -> list[Group]:
    """Groups in order of time, then of side; each change is in exactly one.

    ``by`` is ``day``, ``week`` (ISO weeks, from Monday), ``month``, or ``auto``: the finest of them
    that gives no more than 40 groups, else months. The order of ``changes`` does not matter.
    Raises :class:`UsageError` for any other ``by``.
    """
    if by == "auto":
        return _auto(changes)
    if by not in _PERIODS:
        choices = ", ".join((*_PERIODS, "auto"))
        raise UsageError(f"cannot group changes by {shown(by)}; choose from {choices}")
    begin, label = _PERIODS[by]
    members: dict[tuple[date, str], list[Change]] = {}
    for change in changes:
        members.setdefault((begin(change.date), change.holder), []).append(change)
    return [
        Group(first.isoformat(), label(first), side, tuple(sorted(group, key=change_order)))
        for (first, side), group in sorted(members.items())
    ]


def _auto(changes: Sequence[Change]) -> list[Group]:
    for by in _PERIODS:
        groups = group_changes(changes, by)
        if len(groups) <= MAX_AUTO_GROUPS:
            break
    return groups


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week_label(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d} (from {monday.isoformat()})"


_PERIODS: dict[str, tuple[Callable[[date], date], Callable[[date], str]]] = {
    "day": (lambda day: day, date.isoformat),
    "week": (_monday, _week_label),
    "month": (lambda day: day.replace(day=1), lambda first: first.isoformat()[:7]),
}
