"""What a ledger asks of the database that it is kept in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

LOCK_SECONDS = 5.0
"""How long a writer waits for another one."""


class Base(ABC):
    """An open database, and the few things that differ from one to the other.

    Statements are SQL as SQLite and PostgreSQL have it in common, with ``?`` for values and the
    functions of PostGIS for points. Everything raises :class:`LedgerError`, one line that names
    the database.
    """

    name: str
    """What messages call it; it holds no password."""

    remedy: str
    """What to do where something else is in the place of the ledger."""

    @abstractmethod
    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and give its rows."""

    @abstractmethod
    def each(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row of values."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """A transaction that keeps other writers out: all of it is kept, or none.

        It waits :data:`LOCK_SECONDS` for its turn.
        """

    @abstractmethod
    def tables(self) -> Collection[str]:
        """Names of the tables that are there."""

    @abstractmethod
    def in_the_way(self, wanted: Collection[str]) -> list[str]:
        """Tables that keep a ledger, which has the tables ``wanted``, from being made here."""

    @abstractmethod
    def make(self) -> None:
        """Make the tables of a ledger; inside :meth:`writing`."""

    @abstractmethod
    def note(self, newest: date | None, points: Collection[tuple[float, float]]) -> None:
        """Take note of claims at points (lon, lat) and of the day of the newest report of theirs.

        Inside :meth:`writing`.
        """

    @abstractmethod
    def moment(self, day: date) -> object:
        """A day as a column of the type ``moment`` takes it."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""

    def __enter__(self) -> Base:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
