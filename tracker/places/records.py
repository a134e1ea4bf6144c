"""What the gazetteer says about a text: mentions of places, and what became of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.model import Place

KINDS = ("settlement", "area", "river", "other")


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name in a text: ``text[start:end] == as_written``.

    ``kind`` is ``settlement``, ``area``, ``river`` or ``other``: what bears a town's name and is no
    place of its own (a front, a unit, a street, a person). The candidates of an ``other`` are the
    towns that it is named after: a hint for its neighbours, never its place. ``oblique`` is True if
    the form can be neither a subject nor a direct object (a genitive, a locative, ...). ``levels``
    says of each candidate how well the form is known, from 5 (its official name) to 1 (a likely
    slip).
    """

    start: int
    end: int
    as_written: str
    kind: str
    candidates: tuple[Place, ...]
    oblique: bool = False
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """What became of a mention: ``located``, ``ambiguous`` or ``unknown``, and why.

    ``place`` is set when located; ``confidence`` is 0..1; ``why`` is one phrase for a person.
    """

    status: str
    place: Place | None
    candidates: tuple[Place, ...]
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What a caller knows besides the text.

    ``near`` are places that lie close, ``admin1`` the first-level units in question (bare English
    names), ``score`` adds to a candidate's score (about 1 for a fair hint, 3 for a strong one).
    """

    near: tuple[Place, ...] = ()
    admin1: frozenset[str] = frozenset()
    score: Callable[[Place], float] | None = None
