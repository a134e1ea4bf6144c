"""Finding the phrases of a lexicon in a sequence of words, in one pass.

A phrase is written as words in a small notation:

``word``    that word, case and apostrophes folded
``word*``   any word that begins so
``a|b*``    either
``?word``   may be there or not
``...``     up to three words of any kind (not as the first word), but no punctuation

An English 's after a word is passed over.

Words are tried exact first, then by prefix, so the longest and most specific phrase wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.errors import UsageError
from tracker.reading.tokens import Token, fold, tokenize

GAP = 3
MOST_KEPT = 100_000
"""How many words are remembered with what they may begin, whatever is read."""


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str]
    prefixes: tuple[str, ...]
    optional: bool = False
    gap: bool = False

    def takes(self, word: str) -> bool:
        return word in self.words or bool(self.prefixes and word.startswith(self.prefixes))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a lexicon: its notation, the category it belongs to, and what it stands for."""

    written: str
    category: str
    value: Any
    rest: tuple[_Element, ...]


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a word may begin: all its phrases, and those of one word, the first of each category.

    ``words`` and ``prefixes`` tell the words with which one of the longer phrases may go on, and
    ``any`` whether there is one that may go on with any word or with none.
    """

    phrases: tuple[Phrase, ...]
    alone: tuple[Phrase, ...]
    words: frozenset[str]
    prefixes: tuple[str, ...]
    any: bool

    def goes_on(self, word: str) -> bool:
        """Whether a longer phrase that is particular may go on with ``word``."""
        return word in self.words or word == "'s" or word.startswith(self.prefixes)


# Made by the hundred in each report, and so not frozen: that costs four times as much.
@dataclass(slots=True)
class Match:
    """A phrase found at ``tokens[start:end]``."""

    start: int
    end: int
    category: str
    value: Any
    written: str


def _element(written: str) -> _Element:
    if written == "...":
        return _Element(frozenset(), (), gap=True)
    optional = written.startswith("?")
    parts = [_word(part, written) for part in written.lstrip("?").split("|")]
    prefixes = tuple(part[:-1] for part in parts if part.endswith("*"))
    return _Element(frozenset(p for p in parts if not p.endswith("*")), prefixes, optional)


def _word(part: str, written: str) -> str:
    """One alternative, folded; it must be one token of a text, or it could never be found."""
    word = part if part == "'s" else fold(part).removesuffix("'s")
    if part != "'s" and len(tokenize(word.removesuffix("*"))) != 1:
        raise UsageError(f"lexicon phrase with a word that no text can hold: {written!r}")
    return word


class PhraseMatcher:
    """Matches every phrase that was added, at every word."""

    def __init__(self) -> None:
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._prefix: dict[int, dict[str, list[Phrase]]] = {}
        self._known: dict[str, _Begun | None] = {}

    def add(self, written: str, category: str, value: object = None) -> None:
        """Add a phrase. Raises :class:`UsageError` for a notation that cannot be read."""
        words = written.split()
        if not words or words[0] == "...":
            raise UsageError(f"lexicon phrase must begin with a word: {written!r}")
        if words[0].startswith("?"):
            self.add(" ".join(words[1:]), category, value)
            words[0] = words[0][1:]
        self._known.clear()
        first, *rest = [_element(word) for word in words]
        phrase = Phrase(written, category, value, tuple(rest))
        for word in first.words:
            self._exact[word].append(phrase)
        for prefix in first.prefixes:
            self._prefix.setdefault(len(prefix), {}).setdefault(prefix, []).append(phrase)

    def add_all(self, phrases: Iterable[str], category: str, value: object = None) -> None:
        """Add several phrases of one category and value."""
        for written in phrases:
            self.add(written, category, value)

    def _begun(self, word: str) -> _Begun | None:
        """What a word may begin, None where that is nothing; remembered."""
        phrases = tuple(self._candidates(word))
        begun = None
        if phrases:
            alone = {p.category: p for p in reversed(phrases) if not p.rest}
            following = [p.rest[0] for p in phrases if p.rest]
            begun = _Begun(
                phrases,
                tuple(reversed(alone.values())),
                frozenset(word for element in following for word in element.words),
                tuple(prefix for element in following for prefix in element.prefixes),
                any(element.gap or element.optional for element in following),
            )
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        self._known[word] = begun
        return begun

    def _candidates(self, word: str) -> list[Phrase]:
        out = list(self._exact.get(word, ()))
        for length in sorted(self._prefix, reverse=True):
            if length <= len(word):
                out += self._prefix[length].get(word[:length], ())
        return out

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """All matches in order; of a category only the longest at each word (first added) stays."""
        out: list[Match] = []
        known = self._known
        last = len(tokens) - 1
        for i, token in enumerate(tokens):
            word = token.norm
            begun = known[word] if word in known else self._begun(word)
            if begun is None:
                continue
            if begun.any or (i < last and begun.goes_on(tokens[i + 1].norm)):
                out += self._longest(begun.phrases, tokens, i)
            else:
                for phrase in begun.alone:
                    out.append(Match(i, i + 1, phrase.category, phrase.value, phrase.written))
        return out

    @staticmethod
    def _longest(phrases: Sequence[Phrase], tokens: Sequence[Token], i: int) -> list[Match]:
        best: dict[str, Match] = {}
        for phrase in phrases:
            end = _match(phrase.rest, tokens, i + 1)
            if end is None:
                continue
            held = best.get(phrase.category)
            if held is None or end > held.end:
                best[phrase.category] = Match(i, end, phrase.category, phrase.value, phrase.written)
        return list(best.values())


def _match(elements: tuple[_Element, ...], tokens: Sequence[Token], at: int) -> int | None:
    """Where a match of all elements from ``at`` on ends, or None."""
    if not elements:
        return at
    element, rest = elements[0], elements[1:]
    if element.gap:
        return _match_after_gap(rest, tokens, at)
    # "Russia's ministry" is found as "russia ministry".
    here = at + 1 if at < len(tokens) and tokens[at].norm == "'s" and not element.optional else at
    if here < len(tokens) and element.takes(tokens[here].norm):
        end = _match(rest, tokens, here + 1)
        if end is not None:
            return end
    return _match(rest, tokens, at) if element.optional else None


def _match_after_gap(rest: tuple[_Element, ...], tokens: Sequence[Token], at: int) -> int | None:
    """The rest after as few words as possible, at most GAP."""
    for skipped in range(GAP + 1):
        end = _match(rest, tokens, at + skipped)
        if end is not None:
            return end
        if at + skipped >= len(tokens) or not tokens[at + skipped].is_word:
            return None
    return None
