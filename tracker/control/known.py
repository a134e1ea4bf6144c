"""Holders as they were known: on each day only what had been published by then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.control.baseline import Baseline
from tracker.control.changes import changes_from_claims
from tracker.control.holders import (
    Span,
    changes_by_place,
    check_sides,
    frame_of,
    settlements,
    spans,
)
from tracker.control.rules import RuleSet, as_rule
from tracker.model import Change, Claim, Place

if TYPE_CHECKING:
    import geopandas

_Key = tuple[object, ...]
_Version = tuple[date, list[Change]]


def holders_as_known(
    claims: Sequence[Claim],
    places: Iterable[Place],
    baseline: Baseline,
    *,
    rule: RuleSet | str = "claimed",
    changes: Sequence[Change] | None = None,
) -> geopandas.GeoDataFrame:
    """Who held each place by the word of that day: a holders frame.

    Its row for a place and a day is that of :func:`tracker.control.control` with ``as_known_on``
    that day: a change shows from the day on which the first report of it was published. The claims
    are those that count (:func:`tracker.control.counting`), ``changes`` what they tell under that
    rule (:func:`tracker.control.decide`) where it is at hand; all else is as of ``control``.
    Raises :class:`UsageError` for an unknown rule, :class:`ClaimError` for a holder that is none of
    the sides.
    """
    rules = as_rule(rule)
    check_sides(claims, baseline)
    told_now = changes_from_claims(claims, rules) if changes is None else changes
    by_place = changes_by_place(told_now)
    versions = _versions(claims, told_now, rules)

    def spans_of(place_id: str, holder: str) -> list[Span]:
        told = by_place.get(place_id)
        known = versions[_key(told[0].claims[0])] if told else []
        return _as_known(known, holder, rules)

    return frame_of(settlements(places, by_place), baseline, rules, spans_of)


def _key(claim: Claim) -> _Key:
    """What tells places apart: the id, else name and point."""
    return (claim.place_id,) if claim.place_id else ("", claim.place, claim.lon, claim.lat)


def _versions(
    claims: Iterable[Claim], changes: Iterable[Change], rules: RuleSet
) -> dict[_Key, list[_Version]]:
    """For each place the days on which something was published of it, and its changes by then.

    All places go through a round together, each with its next day: far fewer calls than one for
    each place and day. What is known on the last of its days are the ``changes``.
    """
    told: dict[_Key, list[Claim]] = {}
    for claim in claims:
        told.setdefault(_key(claim), []).append(claim)
    days = {key: sorted({c.published for c in of_place}) for key, of_place in told.items()}
    out: dict[_Key, list[_Version]] = {key: [] for key in told}
    for number in range(max(map(len, days.values()), default=0) - 1):
        now = {key: found[number] for key, found in days.items() if number < len(found) - 1}
        for key, day in now.items():
            out[key].append((day, []))
        known = [c for key, day in now.items() for c in told[key] if c.published <= day]
        for change in changes_from_claims(known, rules):
            out[_key(change.claims[0])][-1][1].append(change)
    for key, found in days.items():
        out[key].append((found[-1], []))
    for change in changes:
        out[_key(change.claims[0])][-1][1].append(change)
    return out


def _as_known(versions: Sequence[_Version], holder: str, rules: RuleSet) -> list[Span]:
    """Each version of a place's intervals, cut to the days until the next one."""
    out = [Span(None, holder, "baseline", [])]
    for (day, changes), (until, _) in pairwise((*versions, (date.max, []))):
        version = spans(changes, holder, rules)
        for span, later in pairwise((*version, Span(date.max, "", "", []))):
            start = max(span.start or day, day)
            if later.start is not None and start < min(later.start, until):
                _append(out, Span(start, span.holder, span.status, span.claims))
    return out


def _append(out: list[Span], new: Span) -> None:
    """The next interval, unless it says what the last one says."""
    last = out[-1]
    if (last.holder, last.status, last.claims) != (new.holder, new.status, new.claims):
        out.append(new)
