"""A run: claims about one place that follow each other and speak of one event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.control.rules import RuleSet
from tracker.control.voices import voices
from tracker.model import Claim

INDEPENDENT = "other"


@dataclass(slots=True)
class Run:
    """Claims that one side got the place, and the denials that reach them.

    ``contested`` is set when the other side claims the place for itself on the same day; ``until``
    is the last day on which the event can have happened, as far as other claims tell.
    """

    holder: str
    claims: list[Claim]
    rules: RuleSet
    denials: list[Claim] = field(default_factory=list)
    contested: bool = False
    until: date | None = None

    @property
    def standing(self) -> list[Claim]:
        """The claims that their own side has not taken back."""
        own = [d for d in self.denials if d.claimed_by == self.holder]
        if not own:
            return self.claims
        return [c for c in self.claims if not any(self.retracts(d, c) for d in own)]

    def retracts(self, denial: Claim, claim: Claim) -> bool:
        """A side's word against its own interest outweighs its earlier word for it."""
        own = denial.claimed_by == claim.claimed_by == self.holder
        earlier = claim.published <= denial.published and claim.report_id != denial.report_id
        about = denial.date_from - self.rules.denial_before <= claim.date_to <= denial.date_to
        return own and earlier and about

    @property
    def admissions(self) -> list[Claim]:
        """What somebody else than the side that gains says, as far as it confirms the change."""
        told = [c for c in self.claims if c.claimed_by == INDEPENDENT]
        against = [c for c in self.denials if c.claimed_by == INDEPENDENT]
        believed = bool(told) and (not against or len(voices(told)) > len(voices(against)))
        idle = {self.holder} if believed else {self.holder, INDEPENDENT}
        return [c for c in self.claims if c.claimed_by not in idle]

    @property
    def status(self) -> str:
        """``confirmed``, ``claimed`` or ``disputed``: see ``rules.toml``."""
        if self.admissions:
            return "confirmed"
        denied = any(d.claimed_by != self.holder for d in self.denials)
        return "disputed" if denied or self.contested or not self.standing else "claimed"

    @property
    def decisive(self) -> Claim:
        """The first claim that counts: what was denied counts from its first confirmation."""
        counted = self.standing or self.claims
        if self.denials and (admissions := self.admissions):
            # An admission "in May" allows the day in May that was claimed and denied.
            first = min(admissions, key=lambda c: (c.date_to, c.date_from))
            counted = [c for c in self.claims if first.date_from <= c.date_to <= first.date_to]
        return min(counted, key=lambda c: (effect(c), c.date_from))

    @property
    def day(self) -> date:
        """The day on which the change takes effect."""
        first = self.decisive
        day = effect(first)
        return day if self.until is None else min(day, max(self.until, first.date_from))


def effect(claim: Claim) -> date:
    """The first day by which it has surely happened: the last of its range, or its publication."""
    return max(claim.date_from, min(claim.date_to, claim.published))
