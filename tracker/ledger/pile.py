"""Claims put in their one order however many they are: what does not fit waits in a file.

What comes in is kept by report. Full stacks are sorted and written to files without a name, and
merged when they are read (an external merge sort).
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, BinaryIO

from tracker.model import CLAIM_FIELDS, Claim

STACK = 20_000
"""Claims that are held in memory."""

_fields = attrgetter(*CLAIM_FIELDS)
_report_of = attrgetter("published", "report_id")

Row = tuple[date, str, int, int, tuple[Any, ...]]
"""Publication day and id of a report, number of the source, a mark that tells reports of the same
id and day apart, and the fields of each claim."""

_place = itemgetter(0, 1, 2, 3)
_report = itemgetter(0, 1)


class Pile:
    """Takes claims in from several sources and gives them out in order, again and again.

    That is by (published, report_id), then as they stand in their report. Where sources tell of the
    same report, the same claims count once.
    """

    def __init__(self) -> None:
        self._stack: list[Row] = []
        self._high = 0
        self._runs: list[BinaryIO] = []
        self._number = 0

    def __len__(self) -> int:
        """How many claims were put in, repeated ones as well."""
        return self._number

    def add(self, claims: Iterable[Claim], source: int, mark: int = 0) -> None:
        """Put in claims of one source; those of a report are in its order.

        ``mark`` tells reports apart that share id and day; it must depend on nothing else.
        """
        for (day, report), told in groupby(sorted(claims, key=_report_of), key=_report_of):
            fields = tuple(map(_fields, told))
            self._stack.append((day, report, source, mark, fields))
            self._high += len(fields)
            self._number += len(fields)
        if self._high >= STACK:
            self._put_away()

    def __iter__(self) -> Iterator[Claim]:
        """The claims in order, each once."""
        self._stack.sort(key=_place)
        rows = merge(*map(_read, self._runs), self._stack, key=_place)
        for _, same in groupby(rows, key=_report):
            by_source = groupby(same, key=itemgetter(2))
            told = {tuple(f for row in rows for f in row[4]) for _, rows in by_source}
            for claims in sorted(told, key=_written) if len(told) > 1 else told:
                for fields in claims:
                    yield Claim(*fields)

    def _put_away(self) -> None:
        self._stack.sort(key=_place)
        run = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the pile)
        for row in self._stack:
            pickle.dump(row, run, pickle.HIGHEST_PROTOCOL)
        self._runs.append(run)
        self._stack, self._high = [], 0


def _written(claims: tuple[tuple[Any, ...], ...]) -> list[str]:
    return [repr(fields) for fields in claims]


def _read(run: BinaryIO) -> Iterator[Row]:
    run.seek(0)
    while True:
        try:
            yield pickle.load(run)
        except EOFError:
            return
