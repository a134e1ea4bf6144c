"""The table that goes out to a human reviewer, and comes back with verdicts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from tracker.errors import ClaimError, ReportError, at, shown
from tracker.ledger.claimsfile import unguarded
from tracker.ledger.verdicts import About, Find, Verdict, about, parse_verdict
from tracker.model import Claim, Place
from tracker.model.days import parse_day
from tracker.reports import Document, Row, decode, read_csv

NO_VERDICT = "none"
"""The word that takes a verdict back."""

_NEEDED = frozenset({"claim_id", "verdict"})
_BETWEEN_WORDS = re.compile(r"[\s,;+]+")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One claim as the reviewer sees it.

    ``verdict``, ``place_id``, ``date_from``, ``date_to`` and ``note`` are for the reviewer to fill
    or change; ``why`` says what is doubtful, ``candidates`` are places of the name.
    """

    claim_id: str
    verdict: str
    place_id: str
    date_from: date
    date_to: date
    note: str
    why: str
    place: str
    admin1: str
    as_written: str
    candidates: str
    level: str
    change: str
    by: str
    holder: str
    claimed_by: str
    status: str
    background: bool
    confidence: float
    published: date
    source: str
    report_id: str
    url: str
    quote: str
    lon: float | None
    lat: float | None


REVIEW_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(ReviewRow))
"""Columns of the table; lon and lat last."""

_SAME = tuple(set(REVIEW_FIELDS) & {f.name for f in fields(Claim)})


@dataclass(frozen=True, slots=True)
class Doubts:
    """What makes a claim doubtful: ids of disputed ones, and a confidence below ``low``."""

    disputed: Collection[str] = ()
    low: float = 0.5

    def about(self, name: str, claim: Claim) -> list[str]:
        """The reasons, as phrases; none: the claim needs no human."""
        reasons = []
        if claim.location != "located":
            reasons.append(f"{claim.location} place")
        if name in self.disputed:
            reasons.append("disputed")
        if claim.confidence < self.low:
            reasons.append(f"confidence {claim.confidence:g}")
        return reasons


def review_row(
    name: str,
    claim: Claim,
    verdict: Verdict | None,
    why: Collection[str],
    candidates: Collection[Place],
) -> ReviewRow:
    """The row of a claim as it stands."""
    places = "; ".join(f"{p.place_id} {p.name} ({p.admin1})" for p in candidates)
    return ReviewRow(
        claim_id=name,
        verdict=_words(verdict) if verdict else "",
        note=verdict.note if verdict else "",
        why="; ".join(why),
        candidates=places,
        **{key: getattr(claim, key) for key in _SAME},
    )


def _words(verdict: Verdict) -> str:
    """The verdict as it is written in the table: which cells it changes is said by its words."""
    words = [verdict.verdict if verdict.decides else ""]
    words += ["place"] if verdict.place_id and verdict.verdict != "place" else []
    words += ["date"] if verdict.date_from and verdict.verdict != "date" else []
    return " ".join(filter(None, words))


@dataclass(slots=True)
class Taken:
    """What a table gives: verdicts, ids of claims whose verdict is taken back, rows left empty."""

    verdicts: list[Verdict] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    empty: int = 0


def read_review(
    source: Document, claims: Mapping[str, Claim], standing: Mapping[str, Claim], find: Find
) -> Taken:
    """The verdicts of a table: CSV with at least the columns ``claim_id`` and ``verdict``.

    ``claims`` are those of the ledger by id, ``standing`` the same as the table shows them, and
    ``find`` gives places. Raises :class:`ClaimError`, one line for each faulty row; nothing of such
    a table is to be taken.
    """
    try:
        table = read_csv(decode(source.read(), source.name), source.name, needed=_NEEDED)
    except OSError as error:
        raise ClaimError(at(source.name, None, f"cannot be read: {error.strerror}")) from error
    except ReportError as error:
        raise ClaimError(str(error)) from error
    desk = _Desk(claims, standing, find)
    faults = []
    for item in table.items:
        if isinstance(item, str):
            faults.append(item)
            continue
        wrong = desk.take(item)
        faults += [item.fault("; ".join(wrong))] if wrong else []
    if faults:
        raise ClaimError("\n".join(faults))
    return desk.taken


@dataclass(slots=True)
class _Desk:
    """Where rows are looked at, one by one, beside what the ledger holds."""

    claims: Mapping[str, Claim]
    standing: Mapping[str, Claim]
    find: Find
    taken: Taken = field(default_factory=Taken)
    seen: set[str] = field(default_factory=set)

    def take(self, row: Row) -> list[str]:
        """Take the verdict of a row; what is wrong with it instead."""
        cells = {
            key: str(value or "").strip() for key, value in unguarded(row.fields).items() if key
        }
        name = cells["claim_id"]
        words = [w for w in _BETWEEN_WORDS.split(cells.get("verdict", "").lower()) if w]
        wrong = self._unsaid(cells, words)
        if wrong:
            return wrong
        if not words and not cells.get("note"):
            self.taken.empty += 1
            return []
        if name in self.seen:
            return [f"a second verdict on claim {shown(name)}"]
        self.seen.add(name)
        if words == [NO_VERDICT]:
            self.taken.drop.append(name)
            return []
        if words[:1] == ["accept"] and self._was_open(name):
            words.append("place")  # what is accepted is the place that the table shows
        verdict, wrong = parse_verdict(_filled(cells, words), self._about(cells))
        if verdict.place_id and self.find(verdict.place_id) is None:
            wrong.append(f"no 'place_id' {shown(verdict.place_id)} known")
        self.taken.verdicts.append(verdict)
        return wrong

    def _was_open(self, name: str) -> bool:
        claim = self.claims.get(name)
        return claim is not None and claim.location != "located"

    def _unsaid(self, cells: Mapping[str, str], words: list[str]) -> list[str]:
        """Cells that were changed, and the verdict does not say so: they would be lost."""
        name = cells["claim_id"]
        if name not in self.claims or {"reject", NO_VERDICT} & set(words):
            return []
        ours = (self.claims[name], self.standing.get(name, self.claims[name]))
        wrong = []
        given = cells.get("place_id", "")
        if given and "place" not in words and given not in {claim.place_id for claim in ours}:
            wrong.append(f"'place_id' is changed to {shown(given)}; write 'place' as the verdict")
        for key in ("date_from", "date_to"):
            # What a spreadsheet made of the days is no change.
            day = _day(cells.get(key, ""))
            if day and "date" not in words and day not in {getattr(claim, key) for claim in ours}:
                wrong.append(f"{key!r} is changed to {day}; write 'date' as the verdict")
        return wrong

    def _about(self, cells: Mapping[str, str]) -> About:
        claim = self.claims.get(cells["claim_id"])
        if claim is not None:
            return about(claim)
        return About(
            published=_day(cells.get("published", "")),
            **{
                key: cells.get(key, "")
                for key in ("report_id", "as_written", "quote", "change", "by", "status")
            },
        )


def _filled(cells: Mapping[str, str], words: list[str]) -> dict[str, object]:
    """The cells that count: a place or days only where the verdict says so."""
    first = words[0] if words else "note"
    others = [word for word in words[1:] if word not in ("place", "date")]
    out: dict[str, object] = {
        "claim_id": cells["claim_id"],
        "verdict": " ".join([first, *others]),
        "note": cells.get("note", ""),
    }
    if "place" in words:
        out["place_id"] = cells.get("place_id", "")
    if "date" in words:
        out |= {key: cells.get(key, "") for key in ("date_from", "date_to")}
    return out


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None


Candidates = Callable[[Claim], Collection[Place]]
"""The places that the name in a claim can mean."""


def review_rows(
    standing: Mapping[str, Claim],
    verdicts: Mapping[str, Verdict],
    doubts: Doubts,
    candidates: Candidates,
    *,
    everything: bool = False,
) -> list[ReviewRow]:
    """The claims that need a human and have no decision yet, in order; or all claims.

    ``standing`` are the claims of a ledger by id, as verdicts and the front of the day have them.
    """
    rows = []
    for name, claim in standing.items():
        verdict = verdicts.get(name)
        why = doubts.about(name, claim)
        if everything or (why and not (verdict and verdict.decides)):
            places = candidates(claim) if claim.location != "located" else ()
            rows.append(review_row(name, claim, verdict, why, places))
    return rows
