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
MOST_KEPT = 200_000
"""How many words and pairs of words are remembered with what they may begin, whatever is read."""


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

    ``before`` remembers, for a word that follows, which of all phrases that leaves.
    """

    phrases: tuple[Phrase, ...]
    alone: tuple[Phrase, ...]
    before: dict[str, tuple[Phrase, ...]]

    def left(self, following: str) -> tuple[Phrase, ...]:
        """The phrases that may hold where ``following`` is the next word, '' at the end."""
        left = tuple(p for p in self.phrases if _may_go_on(p.rest, following))
        return left if any(phrase.rest for phrase in left) else self.alone


def _may_go_on(rest: Sequence[_Element], word: str) -> bool:
    for element in rest:
        if element.gap or word == "'s" or element.takes(word):
            return True
        if not element.optional:
            return False
    return True


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
        self._room = MOST_KEPT

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
        alone = {p.category: p for p in reversed(phrases) if not p.rest}
        begun = _Begun(phrases, tuple(reversed(alone.values())), {}) if phrases else None
        self._make_room()
        self._known[word] = begun
        return begun

    def _left(self, begun: _Begun, following: str) -> tuple[Phrase, ...]:
        self._make_room()
        left = begun.before[following] = begun.left(following)
        return left

    def _make_room(self) -> None:
        self._room -= 1
        if self._room <= 0:
            self._known.clear()
            self._room = MOST_KEPT

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
        words = [token.norm for token in tokens]
        words.append("")
        for i, word in enumerate(words):
            begun = known[word] if word in known else self._begun(word)
            if begun is None:
                continue
            following = words[i + 1]
            left = begun.before.get(following)
            if left is None:
                left = self._left(begun, following)
            if left is begun.alone:
                for phrase in left:
                    out.append(Match(i, i + 1, phrase.category, phrase.value, phrase.written))
            else:
                out += _longest(left, tokens, i)
        return out


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


def _match(elements: Sequence[_Element], tokens: Sequence[Token], at: int) -> int | None:
    """Where a match of all elements from ``at`` on ends, or None."""
    for number, element in enumerate(elements, start=1):
        if element.gap:
            return _match_after_gap(elements[number:], tokens, at)
        # "Russia's ministry" is found as "russia ministry".
        genitive = at < len(tokens) and tokens[at].norm == "'s" and not element.optional
        here = at + 1 if genitive else at
        taken = here < len(tokens) and element.takes(tokens[here].norm)
        if element.optional:
            end = _match(elements[number:], tokens, here + 1) if taken else None
            return _match(elements[number:], tokens, at) if end is None else end
        if not taken:
            return None
        at = here + 1
    return at


def _match_after_gap(rest: Sequence[_Element], tokens: Sequence[Token], at: int) -> int | None:
    """The rest after as few words as possible, at most GAP."""
    for skipped in range(GAP + 1):
        end = _match(rest, tokens, at + skipped)
        if end is not None:
            return end
        if at + skipped >= len(tokens) or not tokens[at + skipped].is_word:
            return None
    return None
