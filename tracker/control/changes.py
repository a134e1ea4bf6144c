"""Claims about one event become one change, with all who speak of it.

The rule: a change is ``confirmed`` when the losing side says so, or both sides, or a third party;
``claimed`` when only the side that gains says so; ``disputed`` when it is claimed by one side and
denied by the other. A place cannot be taken twice by the same side without being lost in between,
so claims that follow each other and give a place to the same holder are one change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from tracker.model import Change, Claim, War

RULES = {
    "claimed": ("confirmed", "claimed"),
    "confirmed": ("confirmed",),
}
"""Which statuses move the map under each rule."""


def moves_map(change: Change, rule: str = "claimed") -> bool:
    """Whether a change alters who holds the place under a rule of :data:`RULES`."""
    return change.status in RULES[rule]


def changes_from_claims(claims: Iterable[Claim], war: War) -> list[Change]:
    """All changes told by located settlement claims, sorted by (date, place id, holder).

    Denials join the change that they deny. Partial, ongoing, area-level and unlocated claims make
    no change. The order of the claims given does not matter; a claim given twice counts once.
    """
    usable = sorted({c for c in claims if _is_usable(c)}, key=_order)
    out: list[Change] = []
    for _, of_place in groupby(usable, key=lambda c: c.place_id):
        out += _of_place(list(of_place), war)
    return sorted(out, key=lambda c: (c.date, c.place_id, c.holder))


def _is_usable(claim: Claim) -> bool:
    return (
        claim.level == "settlement"
        and claim.lon is not None
        and claim.lat is not None
        and claim.status in ("asserted", "denied")
    )


def _order(claim: Claim) -> tuple[object, ...]:
    """By place and day; of one day the later and the stronger word comes last, and so decides."""
    return (
        claim.place_id,
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
    )


def _of_place(claims: list[Claim], war: War) -> list[Change]:
    asserted = [c for c in claims if c.status == "asserted"]
    denials = [c for c in claims if c.status == "denied"]
    runs = [list(run) for _, run in groupby(asserted, key=lambda c: c.holder)]
    out: list[Change] = []
    before = ""
    for i, run in enumerate(runs):
        following = runs[i + 1][0].date_to if i + 1 < len(runs) else None
        against = [
            d
            for d in denials
            if d.holder == run[0].holder
            and d.date_to >= run[0].date_from
            and (following is None or d.date_from < following)
        ]
        change = _change(run, against, before, war)
        out.append(change)
        if change.status != "disputed":
            before = change.holder
    return out


def _change(run: Sequence[Claim], denials: Sequence[Claim], before: str, war: War) -> Change:
    holder = run[0].holder
    admissions = [c for c in run if c.claimed_by != holder]
    denied = any(d.claimed_by != holder for d in denials)
    doubtful = "disputed" if denied else "claimed"
    status = "confirmed" if admissions else doubtful
    # What the other side denied counts from the day on which somebody else confirms it.
    decisive = min(
        admissions if admissions and denied else run, key=lambda c: (c.date_to, c.date_from)
    )
    first = decisive
    return Change(
        place_id=first.place_id,
        place=first.place,
        admin1=first.admin1,
        lon=float(first.lon or 0.0),
        lat=float(first.lat or 0.0),
        holder=holder,
        from_holder=before if before != holder else "",
        date_from=decisive.date_from,
        date=decisive.date_to,
        status=status,
        background=all(c.background for c in run),
        claims=(*run, *denials),
    )
