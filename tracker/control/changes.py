"""Claims about one event become one change, with all who speak of it.

The rule: a change is ``confirmed`` when the losing side says so, or both sides, or a third party;
``claimed`` when only the side that gains says so; ``disputed`` when the other side denies it, or
claims the place for itself on the same day, and nobody else confirms. A place cannot be taken twice
without being lost in between, so a later word for the holder it already has joins the change that
gave it that holder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise

from tracker.model import Change, Claim

RULES = {
    "claimed": ("confirmed", "claimed"),
    "confirmed": ("confirmed",),
}
"""Which statuses move the map under each rule."""

DAY = timedelta(days=1)
SAME_EVENT = timedelta(days=60)
"""Claims further apart than this speak of different events."""
DENIAL_BEFORE, DENIAL_AFTER = timedelta(days=3), timedelta(days=30)
"""A denial reaches the claims that come this soon after it, or that it follows this closely."""
CLAIMED_AGAIN = timedelta(days=7)
"""A claim made this long after a denial stands by itself."""


def moves_map(change: Change, rule: str = "claimed") -> bool:
    """Whether a change alters who holds the place under a rule of :data:`RULES`."""
    return change.status in RULES[rule]


def changes_from_claims(claims: Iterable[Claim]) -> list[Change]:
    """All changes told by located settlement claims, by day and place; the decisive of a day last.

    Denials join the change that they deny. Partial, ongoing, area-level and unlocated claims make
    no change. The order of the claims given does not matter; a claim given twice counts once.
    """
    usable = sorted({c for c in claims if _is_usable(c)}, key=_order)
    out: list[Change] = []
    for _, of_place in groupby(usable, key=_place):
        out += _of_place(list(of_place))
    return sorted(out, key=lambda c: (c.date, c.place_id, c.lon, c.lat))


@dataclass(slots=True)
class _Run:
    """Claims of one holder that follow each other, and the denials that reach them."""

    holder: str
    claims: list[Claim]
    denials: list[Claim] = field(default_factory=list)
    contested: bool = False
    until: date | None = None

    @property
    def admissions(self) -> list[Claim]:
        """What somebody else than the side that gains says."""
        return [c for c in self.claims if c.claimed_by != self.holder]

    @property
    def status(self) -> str:
        if self.admissions:
            return "confirmed"
        return "disputed" if self.denials or self.contested else "claimed"

    @property
    def decisive(self) -> Claim:
        """The first claim that counts: what was denied counts from its first confirmation."""
        counted = self.claims
        if self.admissions and self.denials:
            # An admission "in May" allows the day in May that was claimed and denied.
            first = min(self.admissions, key=lambda c: (c.date_to, c.date_from))
            counted = [c for c in self.claims if first.date_from <= c.date_to <= first.date_to]
        return min(counted, key=lambda c: (c.date_to, c.date_from))

    @property
    def day(self) -> date:
        """The day on which the change takes effect."""
        day = self.decisive.date_to
        return day if self.until is None else min(day, max(self.until, self.decisive.date_from))


def _is_usable(claim: Claim) -> bool:
    return (
        claim.level == "settlement"
        and claim.lon is not None
        and claim.lat is not None
        and claim.status in ("asserted", "denied")
    )


def _place(claim: Claim) -> tuple[object, ...]:
    """What tells places apart: the id, else name and point."""
    return (claim.place_id,) if claim.place_id else ("", claim.place, claim.lon, claim.lat)


def _order(claim: Claim) -> tuple[object, ...]:
    """By place and day; of one day the later and the stronger word comes last, and so decides."""
    return (
        claim.place_id,
        *(() if claim.place_id else (claim.place, claim.lon, claim.lat)),
        claim.date_to,
        claim.date_from,
        claim.claimed_by != claim.holder,
        claim.published,
        claim.report_id,
        claim.holder,
        claim.change,
        claim.claimed_by,
        claim.status,
        claim.quote,
        claim.url,
        claim.source,
        claim.as_written,
        claim.rule,
        claim.confidence,
        claim.background,
        claim.place,
        claim.lon,
        claim.lat,
    )


def _of_place(claims: list[Claim]) -> list[Change]:
    asserted = [c for c in claims if c.status == "asserted"]
    denials = [c for c in claims if c.status == "denied"]
    runs = _runs([c for c in asserted if not c.background], denials)
    for claim in asserted:
        if claim.background:
            _add_background(runs, claim)
    runs.sort(key=lambda run: (run.day, _order(run.decisive)))
    for denial in denials:
        _deny(runs, denial)
    _contest(runs)
    return _changes(runs)


def _runs(claims: Sequence[Claim], denials: Sequence[Claim]) -> list[_Run]:
    """Claims by day, divided where the holder changes, after a long gap, and after a denial."""
    out: list[_Run] = []
    for claim in claims:
        run = out[-1] if out else None
        if run is None or run.holder != claim.holder or _stands_apart(run, claim, denials):
            out.append(_Run(claim.holder, [claim]))
        else:
            run.claims.append(claim)
    return out


def _stands_apart(run: _Run, claim: Claim, denials: Sequence[Claim]) -> bool:
    if claim.date_from - run.claims[-1].date_to > SAME_EVENT:
        return True
    first = run.claims[0].date_from - DENIAL_BEFORE
    return any(
        d.holder == claim.holder and first <= d.date_to < claim.date_to - CLAIMED_AGAIN
        for d in denials
    )


def _add_background(runs: list[_Run], claim: Claim) -> None:
    """Background joins the change it recalls; else it is a change from before its contrary.

    "Captured in 2022" names a year, not its last day: if the place was retaken in September it had
    been captured before that.
    """
    for run in runs:
        recalled = run.claims[0].date_from - DENIAL_BEFORE <= claim.date_to
        if (
            run.holder == claim.holder
            and recalled
            and claim.date_from <= run.claims[-1].date_to + DENIAL_BEFORE
        ):
            run.claims.append(claim)
            run.claims.sort(key=_order)
            return
    contrary = [
        run.day
        for run in runs
        if run.holder != claim.holder and claim.date_from < run.day <= claim.date_to
    ]
    until = min(contrary) - DAY if contrary else None
    runs.append(_Run(claim.holder, [claim], until=until))
    runs.sort(key=lambda run: (run.day, _order(run.decisive)))


def _deny(runs: Sequence[_Run], denial: Claim) -> None:
    """Add a denial to the nearest run of its holder that it can mean."""
    near = [
        run
        for run in runs
        if run.holder == denial.holder
        and run.claims[0].date_from - DENIAL_BEFORE <= denial.date_to
        and denial.date_from <= run.claims[-1].date_to + DENIAL_AFTER
        and denial.claimed_by != run.holder
    ]
    if near:
        day = denial.date_to
        min(near, key=lambda run: abs(run.claims[0].date_to - day)).denials.append(denial)


def _contest(runs: Sequence[_Run]) -> None:
    """Two sides that each claim the place for themselves on one day deny each other."""
    for a, b in pairwise(runs):
        own = not a.admissions and not b.admissions
        if a.holder != b.holder and own and abs(b.day - a.day) < DAY:
            a.contested = b.contested = True


def _changes(runs: Sequence[_Run]) -> list[Change]:
    """Runs to changes: what only repeats the holder of the day joins the change before it."""
    out: list[_Run] = []
    holding: _Run | None = None
    before: dict[int, str] = {}
    for run in runs:
        settled = run.status != "disputed"
        if settled and holding is not None and holding.holder == run.holder:
            holding.claims += run.claims
            holding.denials += run.denials
            continue
        before[id(run)] = holding.holder if holding is not None else ""
        out.append(run)
        if settled:
            holding = run
    return [_change(run, before[id(run)]) for run in out]


def _change(run: _Run, before: str) -> Change:
    first = run.decisive
    return Change(
        place_id=first.place_id,
        place=first.place,
        admin1=first.admin1,
        lon=float(first.lon or 0.0),
        lat=float(first.lat or 0.0),
        holder=run.holder,
        from_holder=before if before != run.holder else "",
        date_from=min(first.date_from, run.day),
        date=run.day,
        status=run.status,
        background=all(c.background for c in run.claims),
        claims=(*sorted(run.claims, key=_order), *run.denials),
    )
