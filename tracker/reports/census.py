"""How many reports there are and which are the same, counted while they pass.

Texts and ids are remembered as 64 bits of a hash each, about 20 bytes a report: of a million
reports two that differ are taken for the same once in some thirty million runs.
"""

from __future__ import annotations

from array import array
from bisect import insort
from hashlib import blake2b

from tracker.model import Report
from tracker.reports.documents import FEW, printable


class Hashes:
    """A set of 64-bit numbers that takes as little room as a list of them."""

    def __init__(self) -> None:
        self._number = 0
        self._slots = array("Q", bytes(8 * 1024))

    def __len__(self) -> int:
        return self._number

    def __contains__(self, number: int) -> bool:
        return self._slots[self._slot(number or 1)] != 0

    def add(self, number: int) -> bool:
        """Take a number in; False if it was there."""
        number = number or 1  # 0 marks a free slot
        slot = self._slot(number)
        if self._slots[slot]:
            return False
        self._slots[slot] = number
        self._number += 1
        if 2 * self._number > len(self._slots):
            self._grow()
        return True

    def _slot(self, number: int) -> int:
        slots = self._slots
        last = len(slots) - 1
        slot = number & last
        while slots[slot] and slots[slot] != number:
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        old, self._slots = self._slots, array("Q", bytes(16 * len(self._slots)))
        for number in old:
            if number:
                self._slots[self._slot(number)] = number


class Few:
    """How many names there are, and the first few of them in the order of the alphabet."""

    def __init__(self) -> None:
        self.number = 0
        self._first: list[str] = []

    def add(self, name: str) -> None:
        """Count a name."""
        self.number += 1
        if len(self._first) < FEW or name < self._first[-1]:
            insort(self._first, name)
            del self._first[FEW:]

    def __str__(self) -> str:
        few = ", ".join(map(printable, self._first))
        return f"{few}, …" if self.number > FEW else few


class Census:
    """Counts reports, those that come again, and ids that several reports share."""

    def __init__(self) -> None:
        self._texts, self._ids, self._shared_ids, self._dropped = (Hashes() for _ in range(4))
        self._again = 0
        self._shared = Few()

    def take(self, report: Report, *, dropped: bool = False) -> bool:
        """Count a report; False if the same has been there. ``dropped``: its address was."""
        same = hash_of(report)
        if dropped:
            self._dropped.add(same)
        if not self._texts.add(same):
            self._again += 1
            return False
        name = _hash(report.id)
        if not self._ids.add(name) and self._shared_ids.add(name):
            self._shared.add(report.id)
        return True

    def __len__(self) -> int:
        """How many reports that differ there were."""
        return len(self._texts)

    def ids(self, others: set[str]) -> int:
        """How many ids there were, together with those of others."""
        return len(self._ids) + sum(_hash(other) not in self._ids for other in others)

    @property
    def notes(self) -> list[str]:
        """Remarks on what came more than once and on what was left empty."""
        return [
            *remark(
                self._again,
                "report came more than once and counts once",
                "reports came more than once and count once",
            ),
            *remark(
                self._shared.number,
                f"id is shared by reports that differ: {self._shared}",
                f"ids are shared by reports that differ: {self._shared}",
            ),
            *dropped_urls(len(self._dropped)),
        ]


def hash_of(report: Report) -> int:
    """64 bits of all that makes a report the same as another."""
    day = report.published.isoformat()
    words = (day, report.id, report.title, report.text, report.url, report.source, report.lang)
    return _hash("\0".join(words))


def _hash(text: str) -> int:
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")


def dropped_urls(number: int) -> list[str]:
    """The remark on addresses that were left out, if there are any."""
    return remark(
        number,
        "address is no http(s) link and was dropped",
        "addresses are no http(s) links and were dropped",
    )


def remark(number: int, one: str, several: str) -> list[str]:
    """The remark for one or for several, none where there is nothing to say."""
    return [f"{number} {one if number == 1 else several}"] if number else []
