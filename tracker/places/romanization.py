"""Latin spellings of Ukrainian and Russian names: the systems in use, and a skeleton for slips."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker import resources

_VOWELS = "aeiou"
_GLIDES = re.compile(rf"i+(?=[{_VOWELS.replace('i', '')}])")
_DOUBLES = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class System:
    """One romanization: letters, letters at the start of a word, ends of the Latin word."""

    id: str
    lang: str
    letters: dict[int, str]
    initial: dict[str, str]
    ends: tuple[tuple[str, str], ...]
    pairs: tuple[tuple[str, str], ...]
    rare: bool = False

    def latin(self, word: str) -> str:
        """The Latin key of a Cyrillic word (a key)."""
        head = self.initial.get(word[:1])
        if head is not None:
            return self._ended(head + self._letters(word[1:]))
        return self._ended(self._letters(word))

    def _letters(self, word: str) -> str:
        for pair, latin in self.pairs:
            if pair in word:
                word = word.replace(pair, latin)
        return word.translate(self.letters)

    def _ended(self, latin: str) -> str:
        for old, new in self.ends:
            if latin.endswith(old):
                return latin[: -len(old)] + new
        return latin


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.read_text("places", "data", "romanization.toml"))


@cache
def systems(lang: str) -> tuple[System, ...]:
    """The romanization systems of a language, in the table's order."""
    return tuple(_system(row) for row in _table()["system"] if row["lang"] == lang)


def _system(row: dict[str, Any]) -> System:
    letters: dict[str, str] = row["letters"]
    return System(
        id=row["id"],
        lang=row["lang"],
        letters=str.maketrans({k: v for k, v in letters.items() if len(k) == 1}),
        initial=row.get("initial", {}),
        ends=tuple(row.get("ends", {}).items()),
        pairs=tuple((k, v) for k, v in letters.items() if len(k) > 1),
        rare=row.get("rare", False),
    )


def spellings(words: tuple[str, ...], lang: str) -> dict[tuple[str, ...], bool]:
    """Every Latin spelling of a Cyrillic name (keys of its words); True if only a rare one."""
    found: dict[tuple[str, ...], bool] = {}
    for system in systems(lang):
        latin = tuple([system.latin(word) for word in words])
        found[latin] = found.get(latin, True) and system.rare
    return found


@cache
def _skeleton_steps() -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, new in _table()["skeleton"]["steps"])


@cache
def skeleton_length() -> int:
    """The least number of letters of a name that may be known by its skeleton."""
    return int(_table()["skeleton"]["min_letters"])


@cache
def skeleton(latin: str) -> str:
    """What all spellings of one name have in common (``Balakliia``, ``Balaklyia``: ``balakla``)."""
    for old, new in _skeleton_steps():
        if old in latin:
            latin = latin.replace(old, new)
    return _DOUBLES.sub(r"\1", _GLIDES.sub("", latin))


_WAVERING = str.maketrans("iyeoіиїыйеєэо", "." * 13, "ьъ")
_DOTS = re.compile(r"\.+")


def outline(word: str) -> str:
    """A word with the vowels that waver between languages made alike.

    ``Ogertsovo`` and ``Ohirtseve`` have the same outline.
    """
    if word.isascii():
        word = skeleton(word)
    return _DOUBLES.sub(r"\1", _DOTS.sub(".", word.translate(_WAVERING)))
