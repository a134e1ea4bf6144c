"""Who said so: the claims behind changes, and those without one, column by column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from tracker.mapping.columns import Texts, steps
from tracker.mapping.timelines import day_number
from tracker.model import Change, Claim, safe_url

REASONS = ("ambiguous", "unknown", "area", "partial", "ongoing", "denied", "unused")
"""Why a claim has no change, in the order in which the page lists them (words.toml: "off ...")."""


def archive(changes: Sequence[Change], others: Iterable[Claim]) -> dict[str, Any]:
    """The claims of changes, in their order, and those without a change, column by column.

    ``texts`` are the different texts of each field and ``claims`` which of them each claim has, as
    steps. ``to`` is the last day on which a change can have happened, less the day of the first
    change that the claim tells of (of claims without a change: less 1970-01-01); ``from`` is how
    many days before that it can have happened, ``published`` how many days after it the report
    came. ``spans`` is how many claims each change has, ``of`` their numbers as steps; ``others``
    are the claims without a change, a list for each of :data:`REASONS`.
    """
    table = _Claims()
    of_changes = [[table.add(claim, change) for claim in change.claims] for change in changes]
    lists: dict[str, list[int]] = {reason: [] for reason in REASONS}
    for claim in sorted(others, key=_claim_order):
        lists[_off_map_reason(claim)].append(table.add(claim))
    return {
        "claims": {name: steps(column) for name, column in table.columns.items()},
        "texts": {name: texts.all for name, texts in table.texts.items()},
        "days": table.days,
        "spans": [len(claims) for claims in of_changes],
        "of": steps(number for claims in of_changes for number in claims),
        "others": list(lists.values()),
    }


class _Claims:
    """Claims, each once, as columns; every field is a text that is kept once."""

    def __init__(self) -> None:
        self.columns: dict[str, list[int]] = {}
        self.texts: dict[str, Texts] = {}
        self.days: dict[str, list[int]] = {"to": [], "from": [], "published": []}
        self._numbers: dict[Claim, int] = {}

    def add(self, claim: Claim, change: Change | None = None) -> int:
        """The number of a claim."""
        number = self._numbers.get(claim)
        if number is not None:
            return number
        number = self._numbers[claim] = len(self._numbers)
        for name, value in _fields(claim, change).items():
            texts = self.texts.setdefault(name, Texts())
            self.columns.setdefault(name, []).append(texts.add(value))
        to = day_number(claim.date_to)
        self.days["to"].append(to - (day_number(change.date) if change else 0))
        self.days["from"].append(to - day_number(claim.date_from))
        self.days["published"].append(day_number(claim.published) - to)
        return number


def _fields(claim: Claim, change: Change | None) -> dict[str, str]:
    """Texts of a claim; '' for the name and unit of its change, = for a name written as ours."""
    url = safe_url(claim.url)
    host = urlsplit(url).hostname if url else ""
    name = claim.place or claim.as_written
    return {
        "name": "" if change and name == change.place else name,
        "admin1": "" if change and claim.admin1 == change.admin1 else claim.admin1,
        "quote": claim.quote,
        "lang": claim.lang,
        "claimedBy": claim.claimed_by,
        "status": claim.status,
        "change": claim.change,
        "by": claim.by,
        "holder": claim.holder,
        "source": claim.source or host or f"report {claim.report_id}",
        "url": url,
        "written": "=" if claim.as_written == name else claim.as_written,
        "background": "yes" if claim.background else "",
        "rule": claim.rule,
    }


def _off_map_reason(claim: Claim) -> str:
    area = "area" if claim.level == "area" else ""
    reasons = (claim.location, area, claim.status, "unused")
    return next(reason for reason in reasons if reason in REASONS)


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
