"""What a human reviewer decides about a claim, and what becomes of the claim then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.errors import shown
from tracker.ledger.placing import at_place
from tracker.model import Claim, Place, claim_id
from tracker.model.days import parse_day

VERDICTS = {
    "accept": "the claim is read right",
    "reject": "the claim is left out",
    "place": "the claim is about the place of place_id",
    "date": "the change happened in date_from .. date_to",
    "note": "a remark, and no decision yet",
}
"""The verdicts, and what each says."""

Find = Callable[[str], Place | None]
"""The place of an id, if there is one."""


@dataclass(frozen=True, slots=True)
class About:
    """What of its claim a verdict remembers, to find the claim again when its id has changed."""

    report_id: str = ""
    published: date | None = None
    as_written: str = ""
    quote: str = ""
    change: str = ""
    by: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision: a word of :data:`VERDICTS` and what it gives.

    ``place_id`` is '' and ``date_from``, ``date_to`` are None where they are left as they are; a
    ``place`` may give days as well, and a ``date`` a place.
    """

    claim_id: str
    verdict: str
    place_id: str = ""
    date_from: date | None = None
    date_to: date | None = None
    note: str = ""
    about: About = About()

    @property
    def decides(self) -> bool:
        """Whether this settles the claim."""
        return self.verdict != "note"


def about(claim: Claim) -> About:
    """What a verdict on the claim has to remember of it."""
    return About(
        claim.report_id,
        claim.published,
        claim.as_written,
        claim.quote,
        claim.change,
        claim.by,
        claim.status,
    )


def parse_verdict(cells: Mapping[str, object], remembered: About) -> tuple[Verdict, list[str]]:
    """A row of a table of verdicts, and what is wrong with it.

    A row with a place or days and without a word means ``place`` or ``date``; one day stands for
    itself. Faults are phrases; none: the verdict holds.
    """
    faults: list[str] = []
    text = {key: str(value).strip() for key, value in cells.items() if value is not None}
    first, last = (_day(text, key, faults) for key in ("date_from", "date_to"))
    verdict = Verdict(
        claim_id=text.get("claim_id", ""),
        verdict=text.get("verdict", "").lower() or _implied(text),
        place_id=text.get("place_id", ""),
        date_from=first,
        date_to=last if last is not None else first,
        note=text.get("note", ""),
        about=remembered,
    )
    return verdict, faults + _faults(verdict)


def _implied(text: Mapping[str, str]) -> str:
    return "place" if text.get("place_id") else "date" if text.get("date_from") else "note"


def _day(text: Mapping[str, str], key: str, faults: list[str]) -> date | None:
    try:
        return parse_day(text[key]) if text.get(key) else None
    except ValueError as error:
        faults.append(f"impossible {key!r} {shown(text[key])} ({error}; YYYY-MM-DD)")
        return None


def _faults(verdict: Verdict) -> list[str]:
    faults = []
    if not verdict.claim_id:
        faults.append("'claim_id' is missing")
    if verdict.verdict not in VERDICTS:
        known = ", ".join(VERDICTS)
        faults.append(f"unknown 'verdict' {shown(verdict.verdict)} (one of {known})")
    if verdict.verdict == "place" and not verdict.place_id:
        faults.append("'place' without a 'place_id'")
    if verdict.date_to is not None and verdict.date_from is None:
        faults.append("'date_to' without a 'date_from'")
    elif verdict.verdict == "date" and verdict.date_from is None:
        faults.append("'date' without a 'date_from'")
    if verdict.date_from and verdict.date_to and verdict.date_to < verdict.date_from:
        faults.append(f"date_from {verdict.date_from} is after date_to {verdict.date_to}")
    if verdict.date_from and verdict.about.published and _late(verdict):
        faults.append(f"date_from {verdict.date_from} is after the report was published")
    return faults


def _late(verdict: Verdict) -> bool:
    first, published = verdict.date_from, verdict.about.published
    return first is not None and published is not None and first > published


def judged(claim: Claim, verdict: Verdict, find: Find) -> Claim | None:
    """The claim as the verdict has it, None if it is rejected.

    What a human has looked at is sure (confidence 1) if it is located; ``rule`` says so. Raises
    :class:`LookupError` for a place that there is not: the claim then stays as it was.
    """
    if verdict.verdict == "reject":
        return None
    if not verdict.decides:
        return claim
    if verdict.place_id:
        place = find(verdict.place_id)
        if place is None:
            raise LookupError(f"no 'place_id' {shown(verdict.place_id)} known")
        claim = at_place(claim, place)
    if verdict.date_from is not None and verdict.date_to is not None:
        claim = replace(claim, date_from=verdict.date_from, date_to=verdict.date_to)
    sure = 1.0 if claim.location == "located" else claim.confidence
    return replace(claim, confidence=sure, rule=f"{claim.rule}/verdict-{verdict.verdict}")


@dataclass(slots=True)
class Judged:
    """Claims after the verdicts on them.

    ``rejected`` are the claims that were left out; ``faults`` say what could not be followed.
    """

    claims: list[Claim] = field(default_factory=list)
    rejected: list[Claim] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def judge(claims: Iterable[Claim], verdicts: Mapping[str, Verdict], find: Find) -> Judged:
    """The claims as the verdicts have them; these are by the ids of the claims as they were read.

    A claim whose verdict names no known place counts as if there were none.
    """
    out = Judged()
    for claim in claims:
        verdict = verdicts.get(claim_id(claim))
        if verdict is None:
            out.claims.append(claim)
            continue
        try:
            settled = judged(claim, verdict, find)
        except LookupError as error:
            problem = f"verdict on claim {shown(verdict.claim_id)}: {error}"
            out.faults.append(f"{problem}; the claim counts as if there were none")
            out.claims.append(claim)
            continue
        if settled is None:
            out.rejected.append(claim)
        else:
            out.claims.append(settled)
    return out
