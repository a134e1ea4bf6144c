"""Claims about one event become one change, with all who speak of it.

How they are weighed is data: ``rules.toml`` says it in words and numbers. A place cannot be taken
twice without being lost in between, so a later word for the holder it already has joins the change
that gave it that holder.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby, pairwise

from tracker.control.rules import RuleSet, as_rule
from tracker.control.runs import Run
from tracker.model import Change, Claim

DAY = timedelta(days=1)


def moves_map(change: Change, rule: RuleSet | str = "claimed") -> bool:
    """Whether a change alters who holds the place under a rule."""
    return change.status in as_rule(rule).moves


def changes_from_claims(claims: Iterable[Claim], rule: RuleSet | str = "claimed") -> list[Change]:
    """All changes told by located settlement claims, by day and place; the decisive of a day last.

    Denials join the change that they deny. Partial, ongoing, area-level and unlocated claims make
    no change, nor do claims that tell as done what lies ahead of their publication. The order of
    the claims given does not matter; a claim given twice counts once.
    """
    rules = as_rule(rule)
    usable = sorted({c for c in claims if _is_usable(c, rules)}, key=_order)
    out: list[Change] = []
    for _, of_place in groupby(usable, key=_place):
        out += _of_place(list(of_place), rules)
    return sorted(out, key=lambda c: (c.date, c.place_id, c.lon, c.lat))


def _is_usable(claim: Claim, rules: RuleSet) -> bool:
    return (
        claim.level == "settlement"
        and claim.lon is not None
        and claim.lat is not None
        and claim.status in ("asserted", "denied")
        and claim.date_from <= claim.published + rules.early
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
        claim.by,
        claim.lang,
        claim.admin1,
        claim.location,
    )


def _of_place(claims: list[Claim], rules: RuleSet) -> list[Change]:
    asserted = [c for c in claims if c.status == "asserted"]
    denials = [c for c in claims if c.status == "denied"]
    loose = [c.date_to - c.date_from > rules.vague for c in asserted]
    exact = [c for c, is_loose in zip(asserted, loose, strict=True) if not is_loose]
    runs = _runs(exact, denials, rules)
    for claim in (c for c, is_loose in zip(asserted, loose, strict=True) if is_loose):
        _fit_in(runs, claim, rules)
    _sort(runs)
    for denial in denials:
        _deny(runs, denial)
    _contest(runs)
    return _changes(runs)


def _runs(claims: Sequence[Claim], denials: Sequence[Claim], rules: RuleSet) -> list[Run]:
    """Claims by day, divided where the holder changes, after a long gap, and after a denial."""
    out: list[Run] = []
    for claim in claims:
        run = out[-1] if out else None
        if run is None or run.holder != claim.holder or _stands_apart(run, claim, denials):
            out.append(Run(claim.holder, [claim], rules))
        else:
            run.claims.append(claim)
    return out


def _stands_apart(run: Run, claim: Claim, denials: Sequence[Claim]) -> bool:
    if claim.date_from - run.claims[-1].date_to > run.rules.same_event:
        return True
    first = run.claims[0].date_from - run.rules.denial_before
    return any(
        d.holder == claim.holder and first <= d.date_to < claim.date_to - run.rules.claimed_again
        for d in denials
    )


def _fit_in(runs: list[Run], claim: Claim, rules: RuleSet) -> None:
    """What is recalled, or vague, joins the change it means; else it came before its contrary.

    "Captured in 2022" names a year, not its last day: if the place was retaken in September it had
    been captured before that.
    """
    for run in runs:
        recalled = run.claims[0].date_from - run.rules.denial_before <= claim.date_to
        if (
            run.holder == claim.holder
            and recalled
            and claim.date_from <= run.claims[-1].date_to + run.rules.denial_before
        ):
            insort(run.claims, claim, key=_order)
            return
    contrary = [
        run.day
        for run in runs
        if run.holder != claim.holder and claim.date_from < run.day <= claim.date_to
    ]
    until = min(contrary) - DAY if contrary else None
    runs.append(Run(claim.holder, [claim], rules, until=until))
    _sort(runs)


def _sort(runs: list[Run]) -> None:
    if len(runs) > 1:
        runs.sort(key=lambda run: (run.day, _order(run.decisive)))


def _deny(runs: Sequence[Run], denial: Claim) -> None:
    """Add a denial to the nearest run of its holder that it can mean."""
    near = [
        run
        for run in runs
        if run.holder == denial.holder
        and run.claims[0].date_from - run.rules.denial_before <= denial.date_to
        and denial.date_from <= run.claims[-1].date_to + run.rules.denial_after
        and (denial.claimed_by != run.holder or any(run.retracts(denial, c) for c in run.claims))
    ]
    if near:
        day = denial.date_to
        min(near, key=lambda run: abs(run.claims[0].date_to - day)).denials.append(denial)


def _contest(runs: Sequence[Run]) -> None:
    """Two sides that each claim the place for themselves on one day deny each other."""
    for a, b in pairwise(runs):
        own = not a.admissions and not b.admissions
        if a.holder != b.holder and own and abs(b.day - a.day) < DAY:
            a.contested = b.contested = True


def _changes(runs: Sequence[Run]) -> list[Change]:
    """Runs to changes: what only repeats the holder of the day joins the change before it."""
    out: list[Run] = []
    holding: Run | None = None
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


def _change(run: Run, before: str) -> Change:
    first, day = run.decisive, run.day
    return Change(
        place_id=first.place_id,
        place=first.place,
        admin1=first.admin1,
        lon=float(first.lon or 0.0),
        lat=float(first.lat or 0.0),
        holder=run.holder,
        from_holder=before if before != run.holder else "",
        date_from=min(first.date_from, day),
        date=day,
        status=run.status,
        background=all(c.background for c in run.claims),
        claims=(*sorted(run.claims, key=_order), *run.denials),
    )
