"""What ``tracker claims --explain`` prints: each report's events, and what came of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.say import plain
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.cli.gather import World
    from tracker.cli.options import Call
    from tracker.model import Report
    from tracker.reading import Reader


def explained(call: Call, world: World, exclude: Collection[Path]) -> Iterator[str]:
    """Lines of text for all reports of the input, in its order.

    Raises :class:`UsageError` for another reader than the rules, which alone can say why.
    """
    from tracker.cli.gather import take_in
    from tracker.reading import Reader
    from tracker.reports import take_all

    if call.reader != "rules":
        raise UsageError("--explain shows the rules at work; leave --reader out")
    stream, _ = take_in(call.inputs, call.published, exclude)
    reader = Reader(world.gazetteer, world.war)
    for report in take_all(stream).reports:
        yield from _report(report, reader)


def _report(report: Report, reader: Reader) -> Iterator[str]:
    lang = reader.language_of(report)
    yield f"{plain(report.id)} · {report.published} · {lang or 'language not known, not read'}\n"
    reasons = reader.explain(report)
    if lang and not reasons:
        yield "no words of taking or leaving in it\n"
    sentence = ""
    for reason in reasons:
        lines = list(reason.lines())
        for line in lines[1:] if lines[0] == sentence else lines:
            indent = line[: len(line) - len(line.lstrip())]
            yield f"{indent}{plain(line)}\n"
        sentence = lines[0]
    yield "\n"
