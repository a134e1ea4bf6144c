"""The one order of claims, whatever the order of the inputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from tracker.model import CLAIM_FIELDS, Claim

_fields = attrgetter(*CLAIM_FIELDS)


def in_order(*sources: Iterable[Claim]) -> list[Claim]:
    """Claims of several sources by (published, report_id), then as they stand in their report.

    Each source holds the claims of a report in the report's order. Where sources tell of the
    same report, the same claims count once.
    """
    told = {told for source in sources for told in _by_report(source)}
    return [claim for claims in sorted(told, key=_key) for claim in claims]


def _by_report(source: Iterable[Claim]) -> list[tuple[Claim, ...]]:
    claims = sorted(source, key=_report)
    return [tuple(group) for _, group in groupby(claims, key=_report)]


def _report(claim: Claim) -> tuple[date, str]:
    return claim.published, claim.report_id


def _key(claims: Sequence[Claim]) -> tuple[tuple[date, str], list[str]]:
    return _report(claims[0]), [repr(_fields(claim)) for claim in claims]
