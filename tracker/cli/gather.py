"""What the commands that take INPUT have in common: inputs to claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.api.world import World as World
from tracker.cli.say import count, progress, say
from tracker.errors import ClaimError, DataError, LedgerError, ReportError
from tracker.model import Claim, Report

if TYPE_CHECKING:
    from tracker.cli.options import Call
    from tracker.ledger import Verdict
    from tracker.reports import Document, Intake


@dataclass(frozen=True, slots=True)
class Gathered:
    """Claims in their order, how many reports they come from, and whether all input was taken.

    ``verdicts`` are those of the ledgers among the input, by the id of the claim judged;
    ``rejected`` are the claims that they left out.
    """

    claims: list[Claim]
    reports: int
    whole: bool
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    rejected: Sequence[Claim] = ()

    def __str__(self) -> str:
        where = Counter(claim.location for claim in self.claims)
        parts = ", ".join(f"{where[kind]:,} {kind}" for kind in ("located", "ambiguous", "unknown"))
        return f"{count(self.reports, 'report')}, {count(len(self.claims), 'claim')} ({parts})"

    @property
    def exit_code(self) -> int:
        """0, or 1 when something was refused."""
        return 0 if self.whole else 1


def gather(
    call: Call, world: World, exclude: Collection[Path], as_known_on: date | None = None
) -> Gathered:
    """The claims of all inputs: reports, claims files and ledgers alike.

    Verdicts of a ledger hold for the same claims from elsewhere too. With ``as_known_on`` what was
    published later is left out, and said. Names that the texts leave open are decided by the front
    of the day. What is refused is said at once and does not stop the rest. Raises
    :class:`DataError` when nothing is left, and :class:`UsageError` for inputs that do not exist.
    """
    from tracker.control import clear_up
    from tracker.ledger import in_order

    intake, ledgers = take_in(call.inputs, call.published, exclude)
    problems = list(intake.problems)
    notes = list(intake.notes)
    taken = ready_claims(intake.claims, world, problems, notes)
    kept = _Kept()
    for where in ledgers:
        kept.open(where, world, problems, notes)
    for note in notes:
        say(note)
    if not intake.reports and not taken and not kept.whole:
        raise DataError("\n".join(problems) or "no reports and no claims in the input")
    read, refused = read_all(intake.reports, world, call.reader)
    sources = [kept.judged(source, world) for source in (read, *taken, *kept.claims)]
    problems += kept.faults
    for problem in problems:
        say(problem)
    claims = in_order(*sources)
    repeated = sum(map(len, sources)) - len(claims)
    if repeated:
        say(f"{count(repeated, 'claim')} repeated elsewhere in the input left out")
    known = [claim for claim in claims if as_known_on is None or claim.published <= as_known_on]
    if len(known) < len(claims):
        say(f"{count(len(claims) - len(known), 'claim')} published after {as_known_on} left out")
    claims = clear_up(known, world.gazetteer)
    if kept.rejected:
        say(f"{count(len(kept.rejected), 'claim')} left out by verdict")
    told = {claim.report_id for source in taken for claim in source} | kept.reports
    reports = len(told | {report.id for report in intake.reports})
    whole = not (problems or refused)
    return Gathered(claims, reports, whole, kept.verdicts, list(kept.rejected))


def take_in(
    inputs: Iterable[str], published: date | None, exclude: Collection[Path]
) -> tuple[Intake, list[str]]:
    """What the inputs hold, and which of them, or of the files in their folders, are ledgers."""
    from tracker.ledger import is_ledger
    from tracker.reports import Intake, read_reports

    ledgers = [item for item in dict.fromkeys(inputs) if is_ledger(item)]
    others = [item for item in inputs if item not in ledgers]
    intake = read_reports(others, published=published, exclude=exclude) if others else Intake()
    found = [d for d in intake.claims if d.path is not None and is_ledger(d.path)]
    intake.claims = [document for document in intake.claims if document not in found]
    return intake, ledgers + [str(document.path) for document in found]


@dataclass(slots=True)
class _Kept:
    """What the ledgers of the input hold; ``whole`` when at least one could be read."""

    claims: list[list[Claim]] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    rejected: dict[Claim, None] = field(default_factory=dict)
    whole: bool = False

    def open(self, where: str, world: World, problems: list[str], notes: list[str]) -> None:
        """Read one ledger."""
        from tracker.ledger import open_ledger

        try:
            with open_ledger(where) as ledger:
                kept = ledger.claims(world.war)
                given, faults = ledger.verdicts()
                self.reports |= ledger.report_ids()
        except LedgerError as error:
            problems.append(str(error))
            return
        self.whole = True
        self.claims.append(list(kept.claims.values()))
        self.verdicts |= given
        problems += kept.problems + faults
        notes += kept.notes

    def judged(self, claims: list[Claim], world: World) -> list[Claim]:
        """The claims as the verdicts have them."""
        from tracker.ledger import judge

        if not self.verdicts:
            return claims
        out = judge(claims, self.verdicts, world.find)
        self.rejected |= dict.fromkeys(out.rejected)
        self.faults += [fault for fault in out.faults if fault not in self.faults]
        return out.claims


class Readings:
    """Reports read one after the other, and what could not be read.

    ``kind`` is ``rules`` or ``llm``.
    """

    def __init__(self, world: World, kind: str = "rules") -> None:
        self._reader = world.reader(kind)
        self._strange: list[str] = []
        self._broken: list[str] = []

    def each(self, reports: Iterable[Report]) -> Iterator[tuple[Report, str, list[Claim]]]:
        """Each report with its language and its claims; in a language not known it has none.

        A report that the reader could not make anything of is left out.
        """
        for report in reports:
            lang = self._reader.language_of(report)
            if not lang:
                self._strange.append(report.id)
                yield report, "", []
                continue
            try:
                claims = self._reader.read(replace(report, lang=lang))
            except ReportError as error:
                self._broken.append(str(error))
                continue
            yield report, lang, claims

    def tell(self) -> list[str]:
        """Say what could not be read; gives what the reader refused."""
        from tracker.reports import first_few

        refused = [*self._broken, *self._reader.refused]
        for problem in refused:
            say(problem)
        if self._strange:
            many = f"{count(len(self._strange), 'report')} not read, language not known"
            say(f"{many}: {first_few(self._strange)}; 'lang' may be en, uk or ru")
        return refused


def read_all(
    reports: Sequence[Report], world: World, kind: str = "rules"
) -> tuple[list[Claim], list[str]]:
    """The claims of all reports, and what a reader could not make out, which is said as well."""
    if not reports:
        return [], []
    readings = Readings(world, kind)
    told = readings.each(progress(reports, "reading"))
    return [claim for _, _, claims in told for claim in claims], readings.tell()


def ready_claims(
    documents: Iterable[Document], world: World, problems: list[str], notes: list[str]
) -> list[list[Claim]]:
    """The claims of each claims file that is taken; what is wrong with the others."""
    ready = [_ready(document, world, problems, notes) for document in documents]
    return [claims for claims in ready if claims is not None]


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
