"""Tables that others publish, as claims: ACLED, VIINA, Wikipedia's list, the official list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import ClaimError, UsageError, at, shown
from tracker.ledger.claimrow import Box, Terms, to_claim
from tracker.ledger.claimsfile import first_of
from tracker.ledger.placing import Placer
from tracker.ledger.published import acled, official, viina, wikipedia
from tracker.ledger.published.source import Help, columns, rows, tables
from tracker.model import Claim, War
from tracker.reports import Row, printable

if TYPE_CHECKING:
    from tracker.places import Gazetteer

Importer = Callable[[Iterable[tuple[int, dict[str, str]]], Help], Iterator[Row]]

_IMPORTERS: dict[str, Importer] = {
    "acled": acled.claims,
    "official": official.claims,
    "viina": viina.claims,
    "wikipedia": wikipedia.claims,
}
KINDS = tuple(sorted(_IMPORTERS))


@dataclass(frozen=True, slots=True)
class Imported:
    """Claims in the order of the table, and what a person should know about them."""

    kind: str
    credit: str
    claims: list[Claim]
    notes: list[str]


def import_table(
    path: Path,
    war: War,
    gazetteer: Gazetteer,
    *,
    kind: str = "",
    published: date | None = None,
    bounds: Box | None = None,
) -> Imported:
    """The claims of a published table: CSV, also as ``.gz`` or as the only one in a ``.zip``.

    ``kind`` is one of :data:`KINDS`; without it the columns decide. ``published`` is the day on
    which the table came out: without it each claim counts as known on its own day. Places are
    found by their id, their code, or as those of any claims file. Raises :class:`ClaimError` with
    every faulty row, or for a table of no known kind, and :class:`UsageError` for an unknown kind.
    """
    name = printable(path)
    kind = _kind(path, kind, name)
    help_ = Help(name, war, gazetteer, published)
    terms = Terms(war, Placer(gazetteer), bounds)
    claims: dict[Claim, None] = {}
    doubts: list[str] = []
    for row in _IMPORTERS[kind](rows(path, help_), help_):
        claim, wrong, notes = to_claim(row, terms)
        claims[claim] = None
        help_.faults += [row.fault("; ".join(wrong))] if wrong else []
        doubts += [row.fault("; ".join(notes))] if notes else []
    if help_.faults:
        raise ClaimError("\n".join(first_of(help_.faults, "faulty rows", name)))
    passed = [f"{number:,} rows passed over: {why}" for why, number in sorted(help_.passed.items())]
    notes = [*first_of(doubts, "rows to look at", name), *(at(name, None, one) for one in passed)]
    return Imported(kind, tables()[kind]["credit"], list(claims), notes)


def _kind(path: Path, kind: str, name: str) -> str:
    if kind and kind not in _IMPORTERS:
        raise UsageError(f"unknown kind of table {shown(kind)}; choose from {', '.join(KINDS)}")
    found = columns(path)
    fitting = [k for k in KINDS if set(tables()[k]["columns"]) <= found]
    if kind:
        missing = sorted(set(tables()[kind]["columns"]) - found)
        if missing:
            raise ClaimError(
                at(name, 1, f"no column {', '.join(missing)}", f"{kind} tables have it")
            )
        return kind
    if len(fitting) != 1:
        known = "; ".join(f"{k}: {', '.join(tables()[k]['columns'])}" for k in KINDS)
        raise ClaimError(
            at(name, 1, "a table of no known kind", f"known by their columns: {known}")
        )
    return fitting[0]
