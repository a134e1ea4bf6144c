"""The same event told twice in one report is one claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from tracker.model import Claim

SAME_EVENT = timedelta(days=60)
SAME_DAY = timedelta(days=3)
"""How far apart two days that a text names may lie and still be those of one event."""
_VAGUE = timedelta(days=1)


def merge_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Merge repetitions, in the order of first mention.

    Two claims are one when place, change, side and status agree and the days are near. The more
    exact days stay, and of two different ones both; both speakers stay (``both`` when the sides
    agree), the surer wording stays.
    """
    out: list[Claim] = []
    places: dict[tuple[object, ...], list[int]] = {}
    for claim in claims:
        alike = places.setdefault(_key(claim), [])
        same = next((i for i in alike if _near(out[i], claim)), None)
        if same is None:
            alike.append(len(out))
            out.append(claim)
        else:
            out[same] = _one(out[same], claim)
    return _without_weak(out)


def without_guesses(claims: list[Claim], title: str) -> list[Claim]:
    """Leave out what a headline without a side ("P taken") seems to say, where the text says who.

    A guess is a side that only the verb stands for; a claim of the text for the other side of the
    same place, with a side of its own, is better.
    """
    told = {
        (c.place_id or c.place, c.holder)
        for c in claims
        if c.status == "asserted" and not c.background and not _is_guess(c)
    }
    return [
        c for c in claims if not (title and c.quote in title and _is_guess(c) and _against(c, told))
    ]


def _is_guess(claim: Claim) -> bool:
    return claim.rule.endswith("/verb")


def _against(claim: Claim, told: set[tuple[str, str]]) -> bool:
    place = claim.place_id or claim.place
    return (place, claim.holder) not in told and any(p == place for p, _ in told)


def _key(claim: Claim) -> tuple[object, ...]:
    place = claim.place_id or claim.place.casefold()
    return place, claim.level, claim.change, claim.by, claim.status, claim.background


def _near(a: Claim, b: Claim) -> bool:
    if _names_day(a) and _names_day(b):
        return abs(a.date_to - b.date_to) <= SAME_DAY
    return a.date_from - SAME_EVENT <= b.date_to and b.date_from - SAME_EVENT <= a.date_to


def _one(a: Claim, b: Claim) -> Claim:
    best, rest = (b, a) if _strength(b) > _strength(a) else (a, b)
    first, last = best.date_from, best.date_to
    if _names_day(a) and _names_day(b) and (first > rest.date_to or rest.date_from > last):
        first, last = min(first, rest.date_from), max(last, rest.date_to)
    elif rest.date_to - rest.date_from < last - first and not _default(rest):
        first, last = rest.date_from, rest.date_to
    return replace(
        best, date_from=first, date_to=last, claimed_by=_voices(a.claimed_by, b.claimed_by)
    )


def _strength(claim: Claim) -> tuple[bool, float]:
    """Which wording stays: one that tells of the change, not only of "the loss of P"."""
    return not claim.rule.endswith("/weak"), claim.confidence


def _names_day(claim: Claim) -> bool:
    return claim.date_to - claim.date_from <= _VAGUE and not _default(claim)


def _default(claim: Claim) -> bool:
    """Whether the days are only those of publication."""
    return claim.date_to == claim.published and claim.date_to - claim.date_from == _VAGUE


def _voices(a: str, b: str) -> str:
    if a == b or b == "other":
        return a
    if a == "other":
        return b
    return "both"


def _without_weak(claims: list[Claim]) -> list[Claim]:
    """ "The fall of P" adds nothing where the report tells how P changed hands."""
    told = {c.place_id or c.place for c in claims if not c.rule.endswith("/weak")}
    return [
        c for c in claims if not c.rule.endswith("/weak") or (c.place_id or c.place) not in told
    ]
