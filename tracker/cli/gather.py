"""What the commands that take INPUT have in common: inputs to claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.api.world import World as World
from tracker.cli.say import count, progress, say
from tracker.errors import ClaimError, DataError, ReportError
from tracker.model import Claim, Report

if TYPE_CHECKING:
    from tracker.cli.options import Call
    from tracker.reports import Document


@dataclass(frozen=True, slots=True)
class Gathered:
    """Claims in their order, how many reports they come from, and whether all input was taken."""

    claims: list[Claim]
    reports: int
    whole: bool

    def __str__(self) -> str:
        where = Counter(claim.location for claim in self.claims)
        parts = ", ".join(f"{where[kind]:,} {kind}" for kind in ("located", "ambiguous", "unknown"))
        return f"{count(self.reports, 'report')}, {count(len(self.claims), 'claim')} ({parts})"

    @property
    def exit_code(self) -> int:
        """0, or 1 when something was refused."""
        return 0 if self.whole else 1


def gather(call: Call, world: World, exclude: Collection[Path]) -> Gathered:
    """The claims of all inputs, reports and claims files alike.

    What is refused is said at once and does not stop the rest. Raises :class:`DataError` when
    nothing is left, and :class:`UsageError` for inputs that do not exist.
    """
    from tracker.ledger import in_order
    from tracker.reports import read_reports

    intake = read_reports(call.inputs, published=call.published, exclude=exclude)
    problems = list(intake.problems)
    notes = list(intake.notes)
    ready = [_ready(document, world, problems, notes) for document in intake.claims]
    taken = [claims for claims in ready if claims is not None]
    for note in notes:
        say(note)
    if not intake.reports and not taken:
        raise DataError("\n".join(problems) or "no reports and no claims in the input")
    for problem in problems:
        say(problem)
    read, refused = read_all(intake.reports, world, call.reader)
    claims = in_order(read, *taken)
    repeated = len(read) + sum(map(len, taken)) - len(claims)
    if repeated:
        say(f"{count(repeated, 'claim')} repeated elsewhere in the input left out")
    told = {claim.report_id for source in taken for claim in source}
    return Gathered(
        claims, len(told | {report.id for report in intake.reports}), not problems + refused
    )


def read_all(
    reports: Sequence[Report], world: World, kind: str = "rules"
) -> tuple[list[Claim], list[str]]:
    """The claims of all reports, and what a reader could not make out, which is said as well.

    ``kind`` is ``rules`` or ``llm``. Says how many are in a language that nothing here reads.
    """
    if not reports:
        return [], []
    from tracker.reports import first_few

    reader = world.reader(kind)
    claims: list[Claim] = []
    strange, broken = [], []
    for report in progress(reports, "reading"):
        lang = reader.language_of(report)
        if not lang:
            strange.append(report.id)
            continue
        try:
            claims += reader.read(replace(report, lang=lang))
        except ReportError as error:
            broken.append(str(error))
    refused = [*broken, *reader.refused]
    for problem in refused:
        say(problem)
    if strange:
        many = f"{count(len(strange), 'report')} not read, language not known"
        say(f"{many}: {first_few(strange)}; 'lang' may be en, uk or ru")
    return claims, refused


def _ready(
    document: Document, world: World, problems: list[str], notes: list[str]
) -> list[Claim] | None:
    """The claims of a claims file, None when it is refused."""
    from tracker.ledger import read_claims

    try:
        return read_claims(
            document, world.war, gazetteer=world.gazetteer, bounds=world.bounds, notes=notes
        )
    except ClaimError as error:
        problems.append(str(error))
        return None
