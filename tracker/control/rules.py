"""The rules by which claims become changes and changes move the map: data, and replaceable."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from tracker.errors import UsageError, shown
from tracker.model.holders import HOLDER_STATUSES
from tracker.resources import read_text

CHANGE_STATUSES = ("confirmed", "claimed", "disputed")
_DAYS = ("same_event", "denial_before", "denial_after", "claimed_again", "vague", "early")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One rule: its name, what it says in a sentence, and its numbers (see ``rules.toml``).

    ``moves`` are the statuses of changes that move the map; ``confidence`` says for each status of
    an interval how far it is trusted.
    """

    name: str
    says: str
    moves: tuple[str, ...]
    same_event: timedelta
    denial_before: timedelta
    denial_after: timedelta
    claimed_again: timedelta
    vague: timedelta
    early: timedelta
    confidence: tuple[tuple[str, float], ...]

    def trust(self, status: str) -> float:
        """The confidence of an interval of that status."""
        return dict(self.confidence)[status]

    @classmethod
    def from_mapping(cls, table: Mapping[str, Any], name: str) -> RuleSet:
        """One rule of a parsed TOML file of the form of ``rules.toml``.

        Raises :class:`UsageError` that names what is missing or wrong, or the rules that are there.
        """
        rules = table.get("rules")
        if not isinstance(rules, Mapping) or name not in rules:
            known = ", ".join(rules) if isinstance(rules, Mapping) else "none"
            raise UsageError(f"unknown rule {shown(name)}; choose from {known}")
        try:
            days = {key: timedelta(days=_number(table["days"], key)) for key in _DAYS}
            trust = tuple((s, _number(table["confidence"], s, 1.0)) for s in HOLDER_STATUSES)
            moves = tuple(rules[name]["moves"])
            says = str(rules[name]["says"])
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(
                f"rule {shown(name)}: {error}; see tracker/control/rules.toml"
            ) from error
        if not moves or not set(moves) <= set(CHANGE_STATUSES):
            remedy = f"some of {', '.join(CHANGE_STATUSES)}"
            raise UsageError(f"rule {shown(name)}: 'moves' is {shown(list(moves))}; {remedy}")
        return cls(name, says, moves, **days, confidence=trust)


def _number(table: Mapping[str, Any], key: str, most: float = 3650.0) -> float:
    value = table[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError(f"{key!r} is {shown(value)}, not a number within 0..{most:g}")
    return float(value)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(read_text("control", "rules.toml"))


def rule_names() -> tuple[str, ...]:
    """Names of the rules that come with the program, the default first."""
    return tuple(_table()["rules"])


@cache
def load_rule(name: str = "claimed") -> RuleSet:
    """A rule that comes with the program. Raises :class:`UsageError` for an unknown name."""
    return RuleSet.from_mapping(_table(), name)


def as_rule(rule: RuleSet | str) -> RuleSet:
    """A rule, or the one of that name."""
    return load_rule(rule) if isinstance(rule, str) else rule
