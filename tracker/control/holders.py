"""Changes over a baseline: who holds each place from when to when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.control.baseline import UNKNOWN, Baseline
from tracker.control.changes import changes_from_claims, moves_map
from tracker.control.rules import RuleSet, as_rule
from tracker.control.runs import effect
from tracker.errors import ClaimError, shown
from tracker.model import Change, Claim, Place, claim_id
from tracker.model.holders import holders_frame

if TYPE_CHECKING:
    import geopandas


@dataclass(slots=True)
class Span:
    """An interval of one place from its first day on; None is before the first day."""

    start: date | None
    holder: str
    status: str
    claims: list[Claim]

    @property
    def told(self) -> float:
        """The confidence of the surest claim; 1 without any."""
        return max((c.confidence for c in self.claims), default=1.0)


def control(
    told: Iterable[Change] | Iterable[Claim],
    places: Iterable[Place],
    baseline: Baseline,
    *,
    rule: RuleSet | str = "claimed",
    as_known_on: date | None = None,
) -> geopandas.GeoDataFrame:
    """Who holds each place from when to when: a holders frame (:mod:`tracker.model.holders`).

    ``told`` are claims, or changes, whose claims are then weighed anew. ``places`` are settlements;
    located places that only claims know are added. What was so by ``baseline.day`` the baseline
    says: claims of changes up to that day move nothing. Under ``rule`` "claimed" confirmed and
    claimed changes move the map, under "confirmed" only confirmed ones. With ``as_known_on`` only
    claims published by that day count. The order of ``told`` and ``places`` does not matter.
    Raises :class:`UsageError` for an unknown rule, :class:`ClaimError` for a holder that is none of
    the sides.
    """
    return decide(counting(told, baseline, as_known_on), places, baseline, rule=rule)[1]


def decide(
    claims: Sequence[Claim],
    places: Iterable[Place],
    baseline: Baseline,
    *,
    rule: RuleSet | str = "claimed",
) -> tuple[list[Change], geopandas.GeoDataFrame]:
    """The changes that claims tell (:func:`changes_from_claims`), and who holds what by them.

    The claims are those that count (:func:`counting`); all else is as of :func:`control`.
    """
    rules = as_rule(rule)
    check_sides(claims, baseline)
    changes = changes_from_claims(claims, rules)
    by_place = changes_by_place(changes)

    def spans_of(place_id: str, holder: str) -> list[Span]:
        return spans(by_place.get(place_id, ()), holder, rules)

    return changes, frame_of(settlements(places, by_place), baseline, rules, spans_of)


def frame_of(
    rows: Sequence[Place],
    baseline: Baseline,
    rules: RuleSet,
    spans_of: Callable[[str, str], Sequence[Span]],
) -> geopandas.GeoDataFrame:
    """The holders frame of the places, given what makes spans of a place id and a first holder."""
    held = baseline.holder_of(
        [p.lon for p in rows], [p.lat for p in rows], [p.admin1 for p in rows]
    )
    columns: dict[str, list[object]] = {}
    for place, holder in zip(rows, held, strict=True):
        _add(columns, place, spans_of(place.place_id, str(holder)), rules)
    return holders_frame(columns)


def check_sides(claims: Sequence[Claim], baseline: Baseline) -> None:
    """Raise :class:`ClaimError` for holders that are no side of this war."""
    sides = (baseline.owner, baseline.by)
    strange = sorted({one.holder for one in claims} - set(sides))
    if strange:
        first = next(one for one in claims if one.holder == strange[0])
        who = f"claims of {shown(first.place)} name the holder {shown(first.holder)}"
        raise ClaimError(f"report {shown(first.report_id)}: {who}; sides are {', '.join(sides)}")


def counting(
    told: Iterable[Change] | Iterable[Claim], baseline: Baseline, as_known_on: date | None = None
) -> list[Claim]:
    """The claims that count: of changes after the baseline's day, published in time; each once."""
    claims: dict[Claim, None] = {}
    for item in told:
        claims.update(dict.fromkeys(item.claims if isinstance(item, Change) else (item,)))
    return [
        c
        for c in claims
        if c.date_to > baseline.day and (as_known_on is None or c.published <= as_known_on)
    ]


def changes_by_place(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """The changes of each place id; a place that came without is known by its name and point."""
    out: dict[str, list[Change]] = {}
    for c in changes:
        out.setdefault(c.place_id or f"{c.place}@{c.lat:.4f},{c.lon:.4f}", []).append(c)
    return out


def settlements(places: Iterable[Place], by_place: dict[str, list[Change]]) -> list[Place]:
    """All located settlements by id: those given, and those that only changes know."""
    found = {
        p.place_id: p
        for p in places
        if p.level == "settlement" and p.lon is not None and p.lat is not None
    }
    for place_id, (first, *_) in by_place.items():
        if place_id not in found:
            own = Place(place_id, first.place, first.lon, first.lat, first.admin1)
            found[place_id] = own
    return [found[place_id] for place_id in sorted(found)]


def spans(changes: Sequence[Change], holder: str, rule: RuleSet) -> list[Span]:
    """The intervals of one place in order of time; changes of one day become one interval."""
    out = [Span(None, holder, "baseline", [])]
    for change in changes:
        _settle(out, change.date)
        now = out[-1]
        if moves_map(change, rule):
            _follow(out, Span(change.date, change.holder, change.status, list(change.claims)))
        elif change.status == "disputed" and change.holder != now.holder:
            _follow(out, Span(change.date, now.holder, "disputed", list(change.claims)))
        elif change.status == "disputed" and now.status != "baseline":
            now.claims += change.claims
    _settle(out, date.max)
    return out


def _settle(spans: list[Span], before: date) -> None:
    """End a dispute where the holder is said anew to hold the place, as far as before a day."""
    if len(spans) < 2 or spans[-1].status != "disputed":
        return
    now, held = spans[-1], next(s for s in reversed(spans) if s.status != "disputed")
    again = [
        effect(c)
        for c in held.claims
        if c.status == "asserted" and c.holder == held.holder and not c.background
    ]
    later = min((day for day in again if now.start is None or now.start < day), default=before)
    if later < before:
        spans.append(Span(later, held.holder, held.status, list(held.claims)))


def _follow(spans: list[Span], new: Span) -> None:
    """The next interval; one of the same day takes the place of the last, and keeps its claims."""
    last = spans[-1]
    if last.start is not None and last.start == new.start:
        new.claims = [*last.claims, *new.claims]
        spans.pop()
    spans.append(new)


def _add(
    columns: dict[str, list[object]], place: Place, spans: Sequence[Span], rules: RuleSet
) -> None:
    for span, later in pairwise((*spans, None)):
        assert span is not None
        row = {
            "place_id": place.place_id,
            "place": place.name,
            "lon": place.lon,
            "lat": place.lat,
            "valid_from": span.start,
            "valid_to": later.start if later else None,
            "holder": span.holder or UNKNOWN,
            "status": span.status,
            "confidence": round(rules.trust(span.status) * span.told, 2),
            "claims": " ".join(dict.fromkeys(claim_id(c) for c in span.claims)),
        }
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
