"""Labels: the claims of a report as a person read them, taken from the row of a labelled set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.errors import shown
from tracker.model.days import parse_day


@dataclass(frozen=True, slots=True)
class Label:
    """One claim as a person read it; ``decided`` is False where the text leaves it open."""

    place: str
    as_written: str
    level: str
    change: str
    by: str
    holder: str
    date_from: date | None
    date_to: date | None
    claimed_by: str
    status: str
    quote: str
    decided: bool
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels of one report; ``undecided`` are names that count neither way."""

    report_id: str
    lang: str
    labels: tuple[Label, ...]
    undecided: frozenset[str]


def labelled(row: Mapping[str, object], report_id: str, lang: str) -> tuple[Labelled, list[str]]:
    """The labels of a row (keys ``claims`` and ``ambiguous``), and what is wrong with them."""
    given = row.get("claims")
    if not isinstance(given, list):
        return Labelled(report_id, lang, (), frozenset()), ["no list 'claims': no labelled report"]
    names = row.get("ambiguous") or []
    faults = [] if isinstance(names, list) else [f"'ambiguous' is no list: {shown(names)}"]
    undecided = {str(name) for name in names} if isinstance(names, list) else set()
    labels = []
    for number, item in enumerate(given, start=1):
        try:
            label = _label(item)
        except ValueError as error:
            faults.append(f"claim {number}: {error}")
            continue
        labels.append(label)
        unplaced = label.level == "settlement" and label.lon is None
        if unplaced or not label.decided:
            undecided |= {label.place, label.as_written}
    return Labelled(report_id, lang, tuple(labels), frozenset(undecided - {""})), faults


def _label(given: object) -> Label:
    """A label of its fields. Raises :class:`ValueError` in the words of a fault."""
    if not isinstance(given, dict):
        raise ValueError(f"no JSON object: {shown(given)}")
    lon, lat = _degrees(given, "lon"), _degrees(given, "lat")
    placed = lon is not None and lat is not None
    return Label(
        place=_needed(given, "place"),
        as_written=_text(given, "as_written"),
        level=_text(given, "level") or "settlement",
        change=_needed(given, "change"),
        by=_needed(given, "by"),
        holder=_text(given, "holder_after") or _needed(given, "holder"),
        date_from=_day(given, "date_from"),
        date_to=_day(given, "date_to"),
        claimed_by=_text(given, "claimed_by"),
        status=_text(given, "status") or "asserted",
        quote=_text(given, "quote"),
        decided=not given.get("ambiguous"),
        lon=lon if placed else None,
        lat=lat if placed else None,
    )


def _text(given: Mapping[str, object], key: str) -> str:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key!r} is no text: {shown(value)}")
    return value or ""


def _needed(given: Mapping[str, object], key: str) -> str:
    value = _text(given, key)
    if not value:
        raise ValueError(f"{key!r} is missing")
    return value


def _degrees(given: Mapping[str, object], key: str) -> float | None:
    value = given.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 180:
        raise ValueError(f"{key!r} is no number of degrees: {shown(value)}")
    return float(value)


def _day(given: Mapping[str, object], key: str) -> date | None:
    text = _text(given, key)
    try:
        return parse_day(text) if text else None
    except ValueError as error:
        raise ValueError(f"impossible {key!r} {shown(text)} ({error})") from error
