"""Claims as they come out of a ledger: put in order, and checked where a hand has been at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from tracker.errors import shown
from tracker.ledger.claimrow import Terms, to_claim
from tracker.model import Claim, War, claim_id
from tracker.model.days import parse_day
from tracker.model.frames import COLUMNS, DAYS
from tracker.reports import Row, first_few

_FIRST = 3
"""Columns of a row before those of the claim: hash of the report, place in it, id of the claim."""

_DAY_COLUMNS = tuple(COLUMNS.index(name) for name in DAYS)
_FLAG_COLUMN = COLUMNS.index("background")


@dataclass(slots=True)
class KeptClaims:
    """Claims by their ids, in order; ``told`` has those of each report by its hash.

    ``problems`` are lines on rows that are no claims (any more) and are left out, ``notes`` are
    remarks.
    """

    claims: dict[str, Claim] = field(default_factory=dict)
    told: dict[str, list[Claim]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_kept(name: str, rows: Iterable[Sequence[Any]], war: War) -> KeptClaims:
    """The claims of the rows of a ledger, in an order that does not depend on theirs.

    A row is the hash of a report, the place in it, the id of the claim, the columns of a claims
    frame, longitude and latitude. The id tells whether the row is as it was written: one that was
    changed in QGIS is checked as a row of a claims file is.
    """
    kept = KeptClaims()
    sound: dict[str, Claim | None] = {}
    changed: list[str] = []
    found = []
    for row in rows:
        ident = row[2]
        if ident not in sound:
            sound[ident] = _read(name, row, Terms(war), kept.problems, changed)
        claim = sound[ident]
        if claim is not None:
            found.append((claim.published, claim.report_id, row[0], row[1], ident))
    for _, _, content, _, ident in sorted(found):
        claim = sound[ident]
        assert claim is not None
        kept.claims.setdefault(ident, claim)
        kept.told.setdefault(content, []).append(claim)
    if changed:
        few = first_few(sorted(changed))
        one = "claim was changed by hand and is taken as it stands"
        several = "claims were changed by hand and are taken as they stand"
        kept.notes.append(f"{name}: {len(changed)} {one if len(changed) == 1 else several}: {few}")
    kept.problems.sort()
    return kept


def _read(
    name: str, row: Sequence[Any], terms: Terms, problems: list[str], changed: list[str]
) -> Claim | None:
    ident = row[2]
    try:
        claim = _claim(row)
        if claim_id(claim) == ident:
            return claim
    except (TypeError, ValueError):
        pass
    fields = dict(zip((*COLUMNS, "lon", "lat"), row[_FIRST:], strict=True))
    cells = Row(name, None, {key: _plain(value) for key, value in fields.items()})
    claim, faults, _ = to_claim(cells, terms)
    if faults:
        what = f"claim {shown(ident)} was changed by hand: {'; '.join(faults)}"
        problems.append(cells.fault(what, "left out; mend it there, or give it a verdict"))
        return None
    changed.append(ident)
    return claim


def _claim(row: Sequence[Any]) -> Claim:
    values = list(row[_FIRST:])
    for index in _DAY_COLUMNS:
        values[index] = _day(values[index])
    values[_FLAG_COLUMN] = bool(values[_FLAG_COLUMN])
    return Claim(*values)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@cache
def _parsed(text: str) -> date:
    return parse_day(text)


def _day(value: object) -> date:
    return value if isinstance(value, date) else _parsed(str(value))
