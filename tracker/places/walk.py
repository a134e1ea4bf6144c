"""Following the words of a text along the names of the index: the longest name wins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tracker.places.declension import ALL_CASES
from tracker.places.index import SLIP, NameIndex
from tracker.places.words import GAP, WORD, key, without_possessive

_JOINING = " \t\r\n\u00a0\u2009\u202f-‐‑‒−"
_NEXT = re.compile(f"({GAP.pattern})({WORD.pattern})")

State = tuple[str, int, bool]
"""Words of a name so far, the grammatical cases they may stand in, all with a capital or not."""


@dataclass(slots=True)
class Meaning:
    """All that a chain of words may name.

    ``places`` maps the number of a place to how well the form is known, ``areas`` are numbers of
    areas, ``person`` is ``given``, ``surname`` or ''; ``cases`` are bits.
    """

    cases: int
    places: dict[int, int]
    areas: list[int]
    person: str = ""
    known: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """What has been worked out of it once, kept by those who did."""

    @property
    def nobodys(self) -> bool:
        """True if it names no place: it is a surname alone."""
        return self.person == "surname" and not self.places and not self.areas


@dataclass(slots=True)
class Start:
    """What one word may begin or be, remembered: most words come again and again."""

    lemmas: tuple[str, ...]
    cases: int
    states: list[State]
    meaning: Meaning | None
    goes_on: bool
    size: int = 0
    """Characters of the word without its possessive ending."""
    unit: bool = False
    """It begins the name of an oblast or raion."""
    plain: tuple[Any, ...] | None = None
    """What a mention of it holds where only the word before and the one after can make more of it
    than a settlement; empty if there is more to it, None if that has not been asked yet."""
    following: dict[tuple[str, bool], list[State]] = field(default_factory=dict)
    """How a name goes on with a word (and whether a hyphen joins it), remembered."""


@dataclass(slots=True)
class Hit:
    """A name in a text: where it stands and what it may mean."""

    start: int
    end: int
    words: int
    meaning: Meaning
    listed: bool = field(default=False)
    """One of a list of settlements."""
    in_area: bool = field(default=False)
    """An oblast or raion is named shortly before."""


class Walker:
    """Finds the longest name at a place of a text."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._starts: dict[str, Start | None] = {}
        self._meanings: dict[tuple[State, ...], Meaning | None] = {}
        self._unit_names = frozenset(name for unit in index.units.values() for name in unit)

    def start(self, word: str) -> Start | None:
        """What a word (its possessive ending left out) may begin or be; None for no name."""
        try:
            return self._starts[word]
        except KeyError:
            pass
        if len(self._starts) > 100_000:  # a bound on memory, whatever is read
            self._starts.clear()
        bare = without_possessive(word)
        start = self._starts[word] = self._start(bare)
        if start is not None:
            start.size = len(bare)
        return start

    def _start(self, word: str) -> Start | None:
        lemmas = self._index.analyse(word)
        if not lemmas:
            return self._slip(word)
        cases = 0
        for _, more in lemmas:
            cases |= more
        states = [(name, c, True) for name, c in lemmas if self._index.known(name)]
        goes_on = any(self._index.goes_on(name) for name, _, _ in states)
        names = tuple(name for name, _ in lemmas)
        unit = not self._unit_names.isdisjoint(names)
        return Start(names, cases, states, self._meaning(states), goes_on, unit=unit)

    def _slip(self, word: str) -> Start | None:
        """The names that a long unknown word may be a misspelling of."""
        slips = self._index.slips(word)
        if not slips:
            return None
        found = Meaning(0, {}, [])
        for name, cases in slips:
            found.cases |= cases
            found.places.update(dict.fromkeys(self._index.places(name), SLIP))
        return Start((), found.cases, [], found, goes_on=False)

    def near_miss(self, word: str) -> Meaning | None:
        """The places whose name a word may be, with one typing slip."""
        found = Meaning(ALL_CASES, {}, [])
        for name in self._index.near_misses(word):
            found.places.update(dict.fromkeys(self._index.places(name), SLIP))
        return found if found.places else None

    def walk(self, text: str, begin: int, word: str) -> Hit | None:
        """The longest name that begins with ``word`` at ``begin``."""
        start = self.start(word)
        return self.from_start(text, begin, word, start) if start is not None else None

    def from_start(self, text: str, begin: int, word: str, start: Start) -> Hit | None:
        """The same where it is known what the word may begin."""
        end = begin + len(word)
        bare = begin + start.size
        if start.goes_on and bare == end and text[end : end + 1] in _JOINING:
            longer = self._longer(text, begin, end, start)
            if longer is not None:
                return longer
        return Hit(begin, bare, 1, start.meaning) if start.meaning is not None else None

    def _longer(self, text: str, begin: int, end: int, start: Start) -> Hit | None:
        """The longest name of two words or more."""
        best = None
        words, states = 1, start.states
        while words == 1 or any(self._index.goes_on(name) for name, _, _ in states):
            match = _NEXT.match(text, end)
            if match is None:
                break
            word = bare = match[2]
            hyphen = not match[1].isspace()
            # "People's" of a name is no possessive
            following = self._second(start, word, hyphen, states if words > 1 else None)
            if not following:
                bare = without_possessive(word)
                following = self._step(states, bare, hyphen) if bare != word else []
            if not following:
                break
            states = following
            end, words = match.start(2) + len(bare), words + 1
            meaning = self._meaning(states)
            if meaning is not None:
                best = Hit(begin, end, words, meaning)
            if bare != word:
                break
        return best

    def _second(
        self, start: Start, word: str, hyphen: bool, states: list[State] | None
    ) -> list[State]:
        """How a name goes on; behind its first word that is remembered."""
        if states is not None:
            return self._step(states, word, hyphen)
        known = start.following.get((word, hyphen))
        if known is None:
            if len(start.following) > 500:  # a bound on memory, whatever is read
                start.following.clear()
            known = start.following[word, hyphen] = self._step(start.states, word, hyphen)
        return known

    def _step(self, states: list[State], word: str, hyphen: bool) -> list[State]:
        capital = word[0].isupper() or len(word) <= 3
        following = []
        same = key(word)
        for lemma, cases in self._index.analyse(word):
            for name, before, capitals in states:
                longer = f"{name} {lemma}"
                if not self._index.known(longer):
                    continue
                # In hyphenated names only the last word changes; a genitive inside a name
                # ("Парк Перемоги") never does.
                agreed = cases if hyphen else before & cases
                if not agreed and lemma == same:
                    agreed = before
                if agreed:
                    following.append((longer, agreed, capitals and capital))
        return following

    def _meaning(self, states: list[State]) -> Meaning | None:
        """What the words so far name, None if nothing; the same words give the same object."""
        words = tuple(states)
        if words not in self._meanings:
            if len(self._meanings) > 100_000:  # a bound on memory, whatever is read
                self._meanings.clear()
            self._meanings[words] = self._named(states)
        return self._meanings[words]

    def _named(self, states: list[State]) -> Meaning | None:
        found = Meaning(0, {}, [])
        for name, cases, capitals in states:
            places = self._index.places(name) if capitals else {}
            if not places and not self._index.named(name):
                continue
            found.cases |= cases
            found.areas += [n for n in self._index.areas(name) if n not in found.areas]
            found.person = found.person or self._index.person(name)
            for number, level in places.items():
                found.places[number] = max(level, found.places.get(number, 0))
        return found if found.cases else None
