"""Who said so: the claims behind changes, and those without one, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from tracker.mapping.columns import Texts
from tracker.model import Change, Claim, safe_url

_OFF_MAP = {
    "ambiguous": "The name fits several places",
    "unknown": "The place is not in the gazetteer",
    "area": "A region, not a settlement",
    "partial": "Only a part of the place",
    "ongoing": "Announced or under way, not done",
    "denied": "Denied, and asserted by no one",
    "unused": "Not used under the rule of this map",
}
REASONS = tuple(_OFF_MAP.values())
"""Why a claim has no change, in the order in which the page lists them."""


def archive(changes: Sequence[Change], others: Iterable[Claim]) -> dict[str, Any]:
    """``claims`` as columns of indices into ``texts``; ``changes[i]`` are the claims of change i.

    ``others`` are the claims without a change, a list for each of :data:`REASONS`.
    """
    table = _Claims()
    of_changes = [[table.add(claim) for claim in change.claims] for change in changes]
    lists: dict[str, list[int]] = {reason: [] for reason in _OFF_MAP}
    for claim in sorted(others, key=_claim_order):
        lists[_off_map_reason(claim)].append(table.add(claim))
    return {
        "claims": table.columns,
        "texts": {name: texts.all for name, texts in table.texts.items()},
        "changes": of_changes,
        "others": list(lists.values()),
    }


class _Claims:
    """Claims, each once, as columns; every field is a text that is kept once."""

    def __init__(self) -> None:
        self.columns: dict[str, list[int]] = {}
        self.texts: dict[str, Texts] = {}
        self._numbers: dict[Claim, int] = {}

    def add(self, claim: Claim) -> int:
        """The number of a claim."""
        number = self._numbers.get(claim)
        if number is None:
            number = self._numbers[claim] = len(self._numbers)
            for name, value in _fields(claim).items():
                texts = self.texts.setdefault(name, Texts())
                self.columns.setdefault(name, []).append(texts.add(value))
        return number


def _fields(claim: Claim) -> dict[str, str]:
    url = safe_url(claim.url)
    host = urlsplit(url).hostname if url else ""
    return {
        "name": claim.place or claim.as_written,
        "admin1": claim.admin1,
        "quote": claim.quote,
        "lang": claim.lang,
        "claimedBy": claim.claimed_by,
        "status": claim.status,
        "change": claim.change,
        "by": claim.by,
        "holder": claim.holder,
        "from": claim.date_from.isoformat(),
        "to": claim.date_to.isoformat(),
        "published": claim.published.isoformat(),
        "source": claim.source or host or f"report {claim.report_id}",
        "url": url,
        "written": claim.as_written,
        "background": "yes" if claim.background else "",
        "rule": claim.rule,
    }


def _off_map_reason(claim: Claim) -> str:
    area = "area" if claim.level == "area" else ""
    reasons = (claim.location, area, claim.status, "unused")
    return next(reason for reason in reasons if reason in _OFF_MAP)


def _claim_order(claim: Claim) -> tuple[Any, ...]:
    return (
        claim.date_to,
        claim.date_from,
        claim.place or claim.as_written,
        claim.report_id,
        claim.quote,
        claim.change,
        claim.by,
        claim.claimed_by,
        claim.status,
        claim.rule,
        claim.as_written,
    )
