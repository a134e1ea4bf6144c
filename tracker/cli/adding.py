"""Reports, claims files and other ledgers into a ledger, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from tracker import __version__
from tracker.cli.gather import Readings, World
from tracker.cli.say import count, progress, say
from tracker.ledger import Added, content_of, open_ledger, told_by, told_elsewhere

if TYPE_CHECKING:
    from tracker.ledger import Ledger, Telling
    from tracker.model import Claim, Report

Item = TypeVar("Item")

BATCH = {"rules": 20, "llm": 1}
"""Reports that are kept in one step, by reader: what a killed run loses at most."""

_BATCH_OF_CLAIMS = 1000
_SAID_EVERY = 1000


class Adding:
    """One run of ``tracker ledger add``: what has come in so far, and what went wrong."""

    def __init__(self, ledger: Ledger, world: World, *, again: bool) -> None:
        self.faulty = False
        self._ledger = ledger
        self._world = world
        self._again = again
        self._added = Added()
        self._known = 0

    def __str__(self) -> str:
        there = f" ({self._known:,} there already)" if self._known else ""
        new = count(self._added.reports, "new report")
        return f"{new}{there}, {count(self._added.claims, 'new claim')}"

    def claims(self, claims: Iterable[Claim]) -> None:
        """Add claims from elsewhere."""
        self._keep(told_elsewhere(claims, reader=__version__))

    def ledger(self, where: str) -> None:
        """Add all that another ledger holds; verdicts that are given here already stay."""
        with open_ledger(where) as other:
            self._keep(other.tellings(self._world.war))
            theirs, faults = other.verdicts()
        ours, _ = self._ledger.verdicts()
        self._ledger.take([theirs[name] for name in theirs if name not in ours])
        for fault in faults:
            say(fault)
        self.faulty |= bool(faults)
        differ = [name for name in theirs if name in ours and theirs[name] != ours[name]]
        if differ:
            many = count(len(differ), "verdict")
            say(f"{many} of {other.name} not taken: there are others on the same claims here")

    def reports(self, reports: Sequence[Report], kind: str) -> None:
        """Read what is new of the reports and add it."""
        named = {content_of(report): report for report in reports}
        known = self._ledger.known(named)
        self._known += len(known)
        new = [r for name, r in named.items() if self._again or name not in known]
        if not new:
            return
        readings = Readings(self._world, kind)
        told = (
            told_by(report, claims, lang=lang, reader=f"{kind} {__version__}")
            for report, lang, claims in readings.each(progress(new, "reading"))
        )
        done = 0
        for batch in _batches(told, BATCH[kind]):
            self._added += self._ledger.add(batch, again=self._again)
            done += len(batch)
            if done % _SAID_EVERY == 0 and done < len(new):
                say(f"{done:,} of {len(new):,} reports read")
        self.faulty |= bool(readings.tell())

    def _keep(self, tellings: Iterable[Telling]) -> None:
        for batch in _batches(tellings, _BATCH_OF_CLAIMS):
            added = self._ledger.add(batch, again=self._again)
            self._known += len(batch) - added.reports
            self._added += added

    def tell(self) -> None:
        """Say what became of verdicts."""
        if self._added.moved:
            many = count(self._added.moved, "verdict")
            say(f"{many} passed to the claim of the same words, which reads otherwise now")
        waiting = len(self._ledger.waiting())
        if waiting:
            many = count(waiting, "verdict")
            say(f"{many} kept, though the claim is not there; 'tracker ledger info' lists them")


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
