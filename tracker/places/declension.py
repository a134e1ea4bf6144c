"""Case endings of Ukrainian and Russian toponyms, from a table of classes of our own.

``data/declension.csv`` says for the end of a nominative what stands there in the other cases; the
class with the longest matching end is taken, all of them if several share that end (``-на`` may be
a noun, Десна, or an adjective, Попасна). Nothing is generated word by word: a :class:`Stems` holds
the unchanging part of each name, and a word of the text is cut at each possible place.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from tracker import resources

NOMINATIVE, GENITIVE, DATIVE, ACCUSATIVE, INSTRUMENTAL, LOCATIVE = (1 << n for n in range(6))
ALL_CASES = (1 << 6) - 1
DIRECT = NOMINATIVE | ACCUSATIVE
"""Cases that may be a subject or a direct object; any form without them is oblique."""

LONGEST_END = 6
LONG_STEM = 7
_CONSONANTS = frozenset("бвгджзйклмнпрстфхцчшщь")
_COLUMNS = ("nom", "gen", "dat", "acc", "ins", "loc")

Endings = dict[str, int]
"""An ending after the stem, and the cases that it may stand for (bits)."""


def _endings(cells: Iterable[str]) -> Endings:
    found: Endings = {}
    for bit, cell in enumerate(cells):
        for ending in cell.split("|"):
            text = "" if ending == "0" else ending
            found[text] = found.get(text, 0) | 1 << bit
    return found


@dataclass(frozen=True, slots=True)
class Declension:
    """One class: the end of its nominatives, how much of it changes, and what to."""

    number: int
    drop: int
    endings: Endings


@cache
def _table() -> tuple[dict[tuple[str, str], list[Declension]], list[Declension]]:
    """Classes by (language, end of the nominative), and all of them by number."""
    by_end: dict[tuple[str, str], list[Declension]] = {}
    every: list[Declension] = []
    for row in csv.DictReader(io.StringIO(resources.read_text("places", "data", "declension.csv"))):
        suffix = "" if row["suffix"] == "0" else row["suffix"]
        drop = 0 if row["nom"] == "0" else len(row["nom"])
        endings = _endings(row[c] for c in _COLUMNS)
        every.append(Declension(len(every), drop, endings))
        by_end.setdefault((row["lang"], suffix), []).append(every[-1])
    return by_end, every


def classes(word: str, lang: str) -> list[Declension]:
    """The classes that a nominative (a key) may belong to, by its longest known end."""
    by_end, _ = _table()
    for size in range(min(4, len(word)), 0, -1):
        found = by_end.get((lang, word[-size:]))
        if found:
            return found
    return by_end[lang, ""] if word[-1:] in _CONSONANTS else []


class Stems:
    """Finds the nominatives that a written word may be a form of."""

    def __init__(self) -> None:
        self._stems: dict[str, list[tuple[str, int]]] = {}  # stem -> (nominative, class)
        self._known: set[tuple[str, str]] = set()
        self._by_outline: dict[str, list[tuple[str, int]]] | None = None
        self._endings = [c.endings for c in _table()[1]]
        self._unchanging = len(self._endings)
        self._endings.append({"": ALL_CASES})

    def to_plain(self) -> dict[str, list[tuple[str, int]]]:
        """The stems as plain data; the classes stay in their table."""
        return self._stems

    @classmethod
    def from_plain(cls, plain: dict[str, list[tuple[str, int]]]) -> Stems:
        """The stems that :meth:`to_plain` gave, complete: nothing can be added."""
        stems = cls()
        stems._stems = plain
        return stems

    def add(self, word: str, lang: str) -> None:
        """Take in one nominative (a key) of a language, ``uk`` or ``ru``."""
        if (word, lang) in self._known:
            return
        self._known.add((word, lang))
        found = classes(word, lang)
        for declension in found:
            stem = word[: len(word) - declension.drop]
            self._stems.setdefault(stem, []).append((word, declension.number))
        if not found:
            self._stems.setdefault(word, []).append((word, self._unchanging))

    def analyse(self, word: str, outline: Callable[[str], str] | None = None) -> dict[str, int]:
        """Nominatives that the word (a key) may be a form of, each with its possible cases.

        With ``outline`` stems are compared by what that makes of them, long ones only.
        """
        found: dict[str, int] = {}
        size = len(word)
        known = self._stems if outline is None else self._outlined(outline)
        for cut in range(size, max(size - LONGEST_END, 0) - 1, -1):
            stems = known.get(word[:cut] if outline is None else outline(word[:cut]))
            if stems is None:
                continue
            ending = word[cut:]
            for lemma, number in stems:
                cases = self._endings[number].get(ending)
                if cases:
                    found[lemma] = found.get(lemma, 0) | cases
        return found

    def _outlined(self, outline: Callable[[str], str]) -> dict[str, list[tuple[str, int]]]:
        if self._by_outline is None:
            self._by_outline = {}
            for stem, lemmas in self._stems.items():
                if len(stem) >= LONG_STEM:
                    self._by_outline.setdefault(outline(stem), []).extend(lemmas)
        return self._by_outline
