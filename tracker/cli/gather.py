"""What the commands that take INPUT have in common: inputs to claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
    from tracker.reading import Reader
    from tracker.reading.modelreader import ModelReader
    from tracker.reports import Census, Document, Inputs


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
        return tally(self.reports, Counter(claim.location for claim in self.claims))

    @property
    def exit_code(self) -> int:
        """0, or 1 when something was refused."""
        return 0 if self.whole else 1


def tally(reports: int, where: Counter[str]) -> str:
    """How many reports and claims there are, and how many are located, by ``location``."""
    parts = ", ".join(f"{where[kind]:,} {kind}" for kind in ("located", "ambiguous", "unknown"))
    return f"{count(reports, 'report')}, {count(where.total(), 'claim')} ({parts})"


def gather(
    call: Call, world: World, exclude: Collection[Path], as_known_on: date | None = None
) -> Gathered:
    """The claims of all inputs, held in memory; see :class:`Harvest`."""
    found = Harvest(call, world, exclude, as_known_on)
    return Gathered(
        list(found.claims()), found.reports, found.whole, found.verdicts, found.rejected
    )


class Harvest:
    """The claims of all inputs: reports, claims files and ledgers alike, however many they are.

    Verdicts of a ledger hold for the same claims from elsewhere too. With ``as_known_on`` what was
    published later is left out, and said. Names that the texts leave open are decided by the front
    of the day. What is refused is said at once and does not stop the rest.
    """

    def __init__(
        self, call: Call, world: World, exclude: Collection[Path], as_known_on: date | None = None
    ) -> None:
        """Take everything in. Raises :class:`DataError` when nothing is left, and
        :class:`UsageError` for inputs that do not exist."""
        from tracker.ledger import Pile
        from tracker.reports import Census

        self._world, self._as_known_on = world, as_known_on
        self._where: Counter[str] = Counter()
        self._pile, census = Pile(), Census()
        inputs, ledgers = take_in(call.inputs, call.published, exclude)
        problems: list[str] = []
        notes: list[str] = []
        taken = ready_claims(inputs.claims, world, problems, notes)
        kept = _Kept()
        for where in ledgers:
            kept.open(where, world, problems, notes)
        readings = Readings(world, call.reader)
        self._read(inputs, census, readings, kept)
        for note in census.notes + inputs.notes + notes:
            say(note)
        problems = inputs.problems + problems
        if not (len(census) or taken or kept.whole):
            raise DataError("\n".join(problems) or "no reports and no claims in the input")
        for number, source in enumerate((*taken, *kept.claims), start=1):
            self._pile.add(kept.judged(source, world), number)
        refused = readings.tell()
        problems += kept.faults
        for problem in problems:
            say(problem)
        told = {claim.report_id for source in taken for claim in source} | kept.reports
        self.reports = census.ids(told)
        self.whole = not (problems or refused)
        self.verdicts, self.rejected = kept.verdicts, list(kept.rejected)
        self._clear = self._looked_through()

    def _read(self, inputs: Inputs, census: Census, readings: Readings, kept: _Kept) -> None:
        from tracker.reports import hash_of

        reports = (report for report, gone in inputs if census.take(report, dropped=gone))
        for report, _, claims in readings.each(progress(reports, "reading")):
            if claims:
                self._pile.add(kept.judged(claims, self._world), 0, hash_of(report))

    def _looked_through(self) -> Callable[[Claim], Claim]:
        """What clears the claims up, learnt from all of them; says how many will not come out."""
        from tracker.control import clearing

        seen: Counter[bool] = Counter()
        clear = clearing(self._known(seen), self._world.gazetteer)
        repeated = len(self._pile) - seen.total()
        if repeated:
            say(f"{count(repeated, 'claim')} repeated elsewhere in the input left out")
        if seen[False]:
            say(f"{count(seen[False], 'claim')} published after {self._as_known_on} left out")
        if self.rejected:
            say(f"{count(len(self.rejected), 'claim')} left out by verdict")
        return clear

    def _known(self, seen: Counter[bool]) -> Iterator[Claim]:
        for claim in self._pile:
            known = self._as_known_on is None or claim.published <= self._as_known_on
            seen[known] += 1
            if known:
                yield claim

    def claims(self) -> Iterator[Claim]:
        """The claims in their order, one by one; they are counted as they pass."""
        self._where.clear()
        for claim in map(self._clear, self._known(Counter())):
            self._where[claim.location] += 1
            yield claim

    def __str__(self) -> str:
        return tally(self.reports, self._where)

    @property
    def exit_code(self) -> int:
        """0, or 1 when something was refused."""
        return 0 if self.whole else 1


def take_in(
    inputs: Iterable[str], published: date | None, exclude: Collection[Path]
) -> tuple[Inputs, list[str]]:
    """What the inputs hold, and which of them, or of the files in their folders, are ledgers."""
    from tracker.ledger import is_ledger
    from tracker.reports import Inputs

    ledgers = [item for item in dict.fromkeys(inputs) if is_ledger(item)]
    others = [item for item in inputs if item not in ledgers]
    stream = Inputs(others, published=published, exclude=exclude)
    found = [d for d in stream.claims if d.path is not None and is_ledger(d.path)]
    stream.claims = [document for document in stream.claims if document not in found]
    return stream, ledgers + [str(document.path) for document in found]


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
        from tracker.reports import Few

        self._world, self._kind = world, kind
        self._reader: Reader | ModelReader | None = None
        self._strange = Few()
        self._broken: list[str] = []

    def each(self, reports: Iterable[Report]) -> Iterator[tuple[Report, str, list[Claim]]]:
        """Each report with its language and its claims; in a language not known it has none.

        A report that the reader could not make anything of is left out.
        """
        for report in reports:
            reader = self._reader = self._reader or self._world.reader(self._kind)
            lang = reader.language_of(report)
            if not lang:
                self._strange.add(report.id)
                yield report, "", []
                continue
            try:
                claims = reader.read(replace(report, lang=lang))
            except ReportError as error:
                self._broken.append(str(error))
                continue
            yield report, lang, claims

    def tell(self) -> list[str]:
        """Say what could not be read; gives what the reader refused."""
        refused = [*self._broken, *(self._reader.refused if self._reader else ())]
        for problem in refused:
            say(problem)
        if self._strange.number:
            many = f"{count(self._strange.number, 'report')} not read, language not known"
            say(f"{many}: {self._strange}; 'lang' may be en, uk or ru")
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
