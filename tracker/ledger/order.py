"""The one order of claims, whatever the order of the inputs."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.ledger.pile import Pile
from tracker.model import Claim


def in_order(*sources: Iterable[Claim]) -> list[Claim]:
    """Claims of several sources by (published, report_id), then as they stand in their report.

    Each source holds the claims of a report in the report's order. Where sources tell of the
    same report, the same claims count once.
    """
    pile = Pile()
    for number, source in enumerate(sources):
        pile.add(source, number)
    return list(pile)
