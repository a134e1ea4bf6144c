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
class War:
    """What differs between wars: here, the two sides and the first day."""

    id: str
    name: str
    began: date
    sides: tuple[Side, Side]

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

    def other(self, side_id: str) -> str:
        """The id of the opposing side, '' for an id that is neither."""
        first, second = self.sides
        return {first.id: second.id, second.id: first.id}.get(side_id, "")
