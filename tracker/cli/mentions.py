"""``tracker mentions``: reports to the places they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from tracker.cli import options
from tracker.cli.say import count, progress, put, say

if TYPE_CHECKING:
    from tracker.export import PlaceMention
    from tracker.reports import Intake


@click.command("mentions")
@options.output
@options.reads_input
def command(call: options.Call, output: str) -> int:
    """Find every place that reports name, located or not, one mention a row.

    INPUT is reports as for 'tracker claims'. What is ambiguous comes with its candidates.

    \b
    Examples:
      tracker mentions reports/ -o mentions.csv
      tracker mentions - --published 2022-09-12 < article.txt
    """
    from tracker.cli.gather import World
    from tracker.export import (
        MENTIONS_WRITTEN,
        find_mentions,
        mentions_geojson,
        mentions_writer,
        write_files,
    )
    from tracker.reports import printable, read_reports

    target = call.target(output, MENTIONS_WRITTEN) if output != "-" else None
    exclude = {target} if target else set()
    intake = read_reports(call.inputs, published=call.published, exclude=exclude)
    _remark(intake)
    places = World(call.gazetteer).gazetteer
    tally: Counter[str] = Counter()
    # A bar would be drawn into what a person reads on standard output.
    reports = progress(intake.reports, "finding places") if target else intake.reports
    found = _counted((m for report in reports for m in find_mentions(report, places)), tally)
    if target:
        write_files({target: mentions_writer(found, target)})
    else:
        put(mentions_geojson(found))
    say(_summary(len(intake.reports), tally) + (f" -> {printable(output)}" if target else ""))
    return 1 if intake.problems else 0


def _remark(intake: Intake) -> None:
    """Say what was not taken. Raises :class:`DataError` when nothing is left."""
    from tracker.errors import DataError, at

    for note in intake.notes:
        say(note)
    for document in intake.claims:
        say(at(document.name, None, "claims, not reports: passed over"))
    if not intake.reports:
        raise DataError("\n".join(intake.problems) or "no reports in the input")
    for problem in intake.problems:
        say(problem)


def _counted(mentions: Iterable[PlaceMention], tally: Counter[str]) -> Iterator[PlaceMention]:
    for mention in mentions:
        tally[mention.location] += 1
        yield mention


def _summary(reports: int, tally: Counter[str]) -> str:
    parts = ", ".join(f"{tally[kind]:,} {kind}" for kind in ("located", "ambiguous", "unknown"))
    return f"{count(reports, 'report')}, {count(tally.total(), 'mention')} ({parts})"
