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
from itertools import pairwise
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
    """One phrase of a lexicon: its notation, the category it belongs to, and what it stands for.

    ``needs`` are the bits of the words that must follow its gaps, see :class:`_Begun`.
    """

    written: str
    category: str
    value: Any
    rest: tuple[_Element, ...]
    needs: int = 0


@dataclass(frozen=True, slots=True)
class _Left:
    """The phrases that a word may begin before a certain other word.

    ``fixed`` are those found by these two words alone, each with its length; ``open`` those for
    which further words count; ``phrases`` are all. ``vital`` are those open ones that are of a
    vital category; ``vital_fixed``: one of those found is.
    """

    fixed: tuple[tuple[int, Phrase], ...]
    phrases: tuple[Phrase, ...]
    open: tuple[Phrase, ...]
    vital: tuple[Phrase, ...]
    vital_fixed: bool


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a word may begin, with what that leaves before a word that follows.

    ``serves`` has a bit for each set of words of which it is one and that may follow a gap: a
    phrase with a gap is looked for only in sentences that hold such a word, which few do.
    ``vital``: one of the phrases is of the matcher's vital categories.
    """

    phrases: tuple[Phrase, ...]
    serves: int
    vital: bool
    before: dict[str, _Left]


@dataclass(slots=True)
class Search:
    """A sequence of words with what each may begin, ready to be searched."""

    tokens: Sequence[Token]
    words: list[str]
    begun: list[_Begun]
    served: int


_NOTHING = _Begun((), 0, False, {})


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
    """Matches every phrase that was added, at every word.

    ``vital`` are the categories that :meth:`has_vital` asks for.
    """

    def __init__(self, *vital: str) -> None:
        self._vital = frozenset(vital)
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._prefix: dict[int, dict[str, list[Phrase]]] = {}
        self._gapped: dict[_Element, int] = {}
        self._known: dict[str, _Begun] = {}
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
        phrase = Phrase(written, category, value, tuple(rest), self._needs(rest))
        for word in first.words:
            self._exact[word].append(phrase)
        for prefix in first.prefixes:
            self._prefix.setdefault(len(prefix), {}).setdefault(prefix, []).append(phrase)

    def add_all(self, phrases: Iterable[str], category: str, value: object = None) -> None:
        """Add several phrases of one category and value."""
        for written in phrases:
            self.add(written, category, value)

    def _needs(self, rest: Sequence[_Element]) -> int:
        """A bit for each element that follows a gap and must be there."""
        bits = 0
        for before, element in pairwise(rest):
            if before.gap and not (element.gap or element.optional):
                bits |= 1 << self._gapped.setdefault(element, len(self._gapped))
        return bits

    def _begun(self, word: str) -> _Begun:
        """What a word may begin, and which gaps it may close; remembered."""
        phrases = tuple(self._candidates(word))
        serves = sum(1 << bit for element, bit in self._gapped.items() if element.takes(word))
        vital = any(phrase.category in self._vital for phrase in phrases)
        begun = _Begun(phrases, serves, vital, {}) if phrases or serves else _NOTHING
        self._make_room()
        self._known[word] = begun
        return begun

    def _left(self, begun: _Begun, search: Search, i: int) -> _Left:
        """What the word ``tokens[i]`` may begin before the one that follows it; remembered."""
        following = search.words[i + 1]
        left = tuple(p for p in begun.phrases if _may_go_on(p.rest, following))
        settled = [p for p in left if _is_settled(p.rest, following)]
        still_open = tuple(p for p in left if not _is_settled(p.rest, following))
        self._make_room()
        found = begun.before[following] = _Left(
            fixed=tuple(_longest(settled, search.tokens, i)),
            phrases=left,
            open=still_open,
            vital=tuple(p for p in still_open if p.category in self._vital),
            vital_fixed=any(p.category in self._vital for p in settled),
        )
        return found

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

    def search(self, tokens: Sequence[Token]) -> Search:
        """Look the words up; what is found there is told by the two methods below."""
        known = self._known
        words = [token.norm for token in tokens]
        begun = [known.get(word) or self._begun(word) for word in words]
        words.append("")
        served = 0
        for here in begun:
            if here.serves:
                served |= here.serves
        return Search(tokens, words, begun, served)

    def has_vital(self, search: Search) -> bool:
        """Whether a phrase of a vital category stands in the words."""
        served = search.served
        for i, here in enumerate(search.begun):
            if not here.vital:
                continue
            left = here.before.get(search.words[i + 1]) or self._left(here, search, i)
            if left.vital_fixed:
                return True
            for phrase in left.vital:
                needed = phrase.needs & served == phrase.needs
                if needed and _match(phrase.rest, search.tokens, i + 1) is not None:
                    return True
        return False

    def find(self, tokens: Sequence[Token] | Search) -> list[Match]:
        """All matches in order; of a category only the longest at each word (first added) stays."""
        search = tokens if isinstance(tokens, Search) else self.search(tokens)
        words, served = search.words, search.served
        out: list[Match] = []
        for i, here in enumerate(search.begun):
            if not here.phrases:
                continue
            left = here.before.get(words[i + 1]) or self._left(here, search, i)
            found: Iterable[tuple[int, Phrase]] = left.fixed
            for phrase in left.open:
                if phrase.needs & served == phrase.needs:
                    found = _longest(left.phrases, search.tokens, i, served)
                    break
            for size, p in found:
                out.append(Match(i, i + size, p.category, p.value, p.written))
        return out


def _is_settled(rest: Sequence[_Element], following: str) -> bool:
    """Whether the word that follows is all that such a phrase can depend on."""
    if not rest:
        return True
    return len(rest) == 1 and not rest[0].gap and following != "'s"


def _longest(
    phrases: Sequence[Phrase], tokens: Sequence[Token], i: int, served: int = -1
) -> Iterable[tuple[int, Phrase]]:
    """Of each category the longest phrase that begins at token ``i``, with how many it takes."""
    best: dict[str, tuple[int, Phrase]] = {}
    for phrase in phrases:
        if phrase.needs & served != phrase.needs:
            continue
        end = _match(phrase.rest, tokens, i + 1)
        if end is None:
            continue
        held = best.get(phrase.category)
        if held is None or end - i > held[0]:
            best[phrase.category] = end - i, phrase
    return best.values()


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
