"""All inputs to reports at once: faulty ones are refused by name, the rest is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tracker.model import Report
from tracker.reports.census import Census
from tracker.reports.documents import Document
from tracker.reports.stream import Inputs


@dataclass(slots=True)
class Intake:
    """What a run of inputs holds.

    ``reports`` are sorted by (published, id, text); ``claims`` are the inputs that hold claims
    instead; ``problems`` are one-line faults (what they name was not taken); ``notes`` are
    one-line remarks on what was passed over, merged or left empty.
    """

    reports: list[Report] = field(default_factory=list)
    claims: list[Document] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_reports(
    inputs: Iterable[str | Path],
    *,
    published: date | None = None,
    stdin: bytes | None = None,
    exclude: Collection[Path] = (),
) -> Intake:
    """Read files and folders of reports; ``-`` stands for standard input.

    ``published`` is the publication date of reports that nothing else dates; ``stdin`` the bytes
    of standard input where they have been read already; ``exclude`` (resolved paths) is passed
    over in folders. Raises :class:`UsageError` for an input that does not exist or whose ending
    is unknown, before anything is read.
    """
    return take_all(Inputs(inputs, published=published, stdin=stdin, exclude=exclude))


def take_all(stream: Inputs) -> Intake:
    """All reports of a stream, each once and in order."""
    census = Census()
    taken = [report for report, dropped in stream if census.take(report, dropped=dropped)]
    notes = census.notes + stream.notes
    return Intake(sorted(taken, key=_order), stream.claims, stream.problems, notes)


def _order(report: Report) -> tuple[date, str, str, str]:
    rest = "\0".join((report.title, report.url, report.source, report.lang))
    return report.published, report.id, report.text, rest
