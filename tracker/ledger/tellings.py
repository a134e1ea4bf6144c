"""Reports as a ledger takes them: what they are known by, and what they claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby

from tracker.model import Claim, Report
from tracker.model.jsontext import dumps


@dataclass(frozen=True, slots=True)
class Telling:
    """A report without its text, and its claims in their order.

    ``content`` is the hash by which a report is known again; ``kind`` is ``text`` for a report that
    was read, ``claims`` for one of which only the claims are known; ``reader`` is the version of
    the program that read it.
    """

    content: str
    report_id: str
    published: date
    title: str
    url: str
    source: str
    lang: str
    kind: str
    reader: str
    claims: tuple[Claim, ...] = ()


def content_of(report: Report) -> str:
    """The hash of everything that a report says of itself: 64 hex digits of SHA-256."""
    fields = (
        report.id,
        report.published.isoformat(),
        report.title,
        report.text,
        report.url,
        report.source,
        report.lang,
    )
    return _hash(fields)


def told_by(report: Report, claims: Iterable[Claim], *, lang: str, reader: str) -> Telling:
    """A report that was read; ``lang`` is the language it was read in, '' if in none."""
    return Telling(
        content=content_of(report),
        report_id=report.id,
        published=report.published,
        title=report.title,
        url=report.url,
        source=report.source,
        lang=lang,
        kind="text",
        reader=reader,
        claims=tuple(claims),
    )


def told_elsewhere(claims: Iterable[Claim], *, reader: str) -> list[Telling]:
    """Claims from a file, by the reports that they name.

    Nothing is known of the report but its id and day, which its hash is made of: what another file
    claims of the same report comes to the same.
    """
    in_order = sorted(claims, key=_report)
    groups = (list(group) for _, group in groupby(in_order, key=_report))
    return [_elsewhere(group, reader) for group in groups]


def _report(claim: Claim) -> tuple[date, str]:
    return claim.published, claim.report_id


def _elsewhere(claims: Sequence[Claim], reader: str) -> Telling:
    first = claims[0]
    return Telling(
        content=_hash(("claims", first.report_id, first.published.isoformat())),
        report_id=first.report_id,
        published=first.published,
        title="",
        url=first.url,
        source=first.source,
        lang=first.lang,
        kind="claims",
        reader=reader,
        claims=tuple(claims),
    )


def _hash(parts: Sequence[str]) -> str:
    return sha256(dumps(parts).encode()).hexdigest()
