"""Sides of a war: configuration, not code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.errors import UsageError


@dataclass(frozen=True, slots=True)
class Side:
    """A party to the war: ``id`` as written in claims, a name and map colours ('#rrggbb').

    ``units`` are the first-level units (English, bare) that are its own by recognised borders.
    """

    id: str
    name: str
    color: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advance:
    """A time in which one side was taking ground in some first-level units, first and last day."""

    side: str
    first: date
    last: date
    units: tuple[str, ...]

    @property
    def is_offensive(self) -> bool:
        """Whether it had an end, and so is more than the side that attacks in the long run."""
        return self.last < date.max


@dataclass(frozen=True, slots=True)
class War:
    """What differs between wars: the two sides, the first day, and who advanced where and when.

    Of ``advances`` that cover the same unit and day the later one counts.
    """

    id: str
    name: str
    began: date
    sides: tuple[Side, Side]
    advances: tuple[Advance, ...] = ()

    @classmethod
    def from_mapping(cls, table: Mapping[str, Any]) -> War:
        """Build from a parsed ``wars/*.toml``. Raises :class:`UsageError` on missing keys."""
        try:
            first, second = (
                Side(s["id"], s["name"], s["color"], tuple(s.get("units", ())))
                for s in table["sides"]
            )
            return cls(
                id=table["id"],
                name=table["name"],
                began=table["began"],
                sides=(first, second),
                advances=tuple(
                    Advance(a["side"], a["from"], a.get("to", date.max), tuple(a["units"]))
                    for a in table.get("advances", ())
                ),
            )
        except (KeyError, ValueError, TypeError) as error:
            raise UsageError(
                f"war configuration: {error}; see tracker/wars/ukraine.toml"
            ) from error

    def side(self, side_id: str) -> Side:
        """The side of that id. Raises :class:`KeyError`."""
        return next(s for s in self.sides if s.id == side_id)

    @property
    def owners(self) -> dict[str, str]:
        """The id of the side whose own each first-level unit is by recognised borders."""
        return {unit: side.id for side in self.sides for unit in side.units}

    def advancing(self, unit: str, day: date) -> Advance | None:
        """The advance in a unit on a day, None where none is known."""
        for advance in reversed(self.advances):
            if unit in advance.units and advance.first <= day <= advance.last:
                return advance
        return None

    def other(self, side_id: str) -> str:
        """The id of the opposing side, '' for an id that is neither."""
        first, second = self.sides
        return {first.id: second.id, second.id: first.id}.get(side_id, "")
