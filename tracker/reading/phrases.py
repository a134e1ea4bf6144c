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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from tracker.errors import UsageError
from tracker.reading.tokens import Token, fold, tokenize

GAP = 3
MOST_KEPT = 200_000
"""How many words and rows of words are remembered with what they may begin, whatever is read."""
MOST_PLACES = 100
"""At how many places in a sentence its matches are remembered."""
_OPEN = -1
_NO_WORD = "\0"
"""Stands for any word that no phrase goes on with."""


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

    ``needs`` are the bits of the words that must follow its gaps, see :class:`_Begun`; it is
    ``gapped`` if it has any.
    """

    written: str
    category: str
    value: Any
    rest: tuple[_Element, ...]
    needs: int
    gapped: bool


@dataclass(slots=True)
class _Begun:
    """What some words that follow each other may begin: a state that the next word leads on from.

    ``phrases`` are those still possible, in the order in which they were added; ``words`` those
    after the first. ``found`` are the longest of each category that these words alone decide, each
    with its length; it ``goes_on`` where a further word counts, and ``before`` keeps what that led
    to. ``gapped`` are the phrases with a gap, which are tried apart. ``vital``: a phrase is of the
    matcher's vital categories; ``vital_found``: one in ``found`` is.

    ``serves``, of a word alone, has a bit for each set of words of which it is one and that may
    follow a gap: a phrase with a gap is looked for only in sentences that hold such a word, which
    few do. ``made`` keeps the matches by where they stand, as they come there again and again.
    ``counting`` takes the words that a phrase goes on with; ``other`` is what is left before a word
    that it does not take.
    """

    phrases: tuple[Phrase, ...]
    words: tuple[str, ...]
    found: tuple[tuple[int, Phrase], ...]
    goes_on: bool
    gapped: tuple[Phrase, ...]
    vital: bool
    vital_found: bool
    serves: int
    before: dict[str, _Begun]
    made: dict[int, tuple[Match, ...]]
    counting: _Element | None = None
    other: _Begun | None = None


_NOTHING = _Begun((), (), (), False, (), False, False, 0, {}, {})


@dataclass(slots=True)
class Search:
    """A sequence of words, ready to be searched.

    ``begun``: where a phrase may begin, and what the word there begins; ``serving``: where a word
    stands that may follow a gap, and its bits.
    """

    tokens: Sequence[Token]
    words: list[str]
    begun: list[tuple[int, _Begun]]
    serving: list[tuple[int, int]]

    def served_after(self, i: int) -> int:
        """The bits of all words after token ``i``."""
        served = 0
        for at, bits in self.serving:
            if at > i:
                served |= bits
        return served


def _any_of(phrases: Iterable[Phrase]) -> _Element:
    """What takes all words that a phrase's later elements take."""
    elements = [element for phrase in phrases for element in phrase.rest]
    return _Element(
        frozenset(word for element in elements for word in element.words),
        tuple(sorted({prefix for element in elements for prefix in element.prefixes})),
    )


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


@cache
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
    letters = word.removesuffix("*")
    if part != "'s" and not letters.isalpha() and len(tokenize(letters)) != 1:
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
        self._closing: dict[str, int] = {}
        self._closing_prefix: dict[int, dict[str, int]] = {}
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
        gapped = any(element.gap for element in rest)
        phrase = Phrase(written, category, value, tuple(rest), self._needs(rest), gapped)
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
                bits |= self._bit(element)
        return bits

    def _bit(self, element: _Element) -> int:
        """The bit of an element that follows a gap, kept by the words that it takes."""
        if element not in self._gapped:
            bit = self._gapped[element] = 1 << len(self._gapped)
            for word in element.words:
                self._closing[word] = self._closing.get(word, 0) | bit
            for prefix in element.prefixes:
                known = self._closing_prefix.setdefault(len(prefix), {})
                known[prefix] = known.get(prefix, 0) | bit
        return self._gapped[element]

    def _begun(self, word: str) -> _Begun:
        """What a word may begin, and which gaps it may close; remembered."""
        phrases, serves = self._candidates(word), self._serves(word)
        begun = self._state(phrases, (), serves) if phrases or serves else _NOTHING
        self._make_room()
        self._known[word] = begun
        return begun

    def _serves(self, word: str) -> int:
        """The bits of the elements after a gap that take a word."""
        bits = self._closing.get(word, 0)
        for length, prefixes in self._closing_prefix.items():
            bits |= prefixes.get(word[:length], 0)
        return bits

    def _make_room(self) -> None:
        self._room -= 1
        if self._room <= 0:
            self._known.clear()
            self._room = MOST_KEPT

    def _led(self, begun: _Begun, word: str) -> _Begun:
        """What is left of it before the word that follows; remembered."""
        if begun.counting is None:
            begun.counting = _any_of(begun.phrases)
        if word == "'s" or begun.counting.takes(word):
            led = self._left(begun, word)
        else:  # as nearly every word does, it leaves what any other would
            led = begun.other = begun.other or self._left(begun, _NO_WORD)
        self._make_room()
        begun.before[word] = led
        return led

    def _left(self, begun: _Begun, word: str) -> _Begun:
        first = not begun.words
        left = [p for p in begun.phrases if not first or _may_go_on(p.rest, word)]
        return self._state(left, (*begun.words, word), 0)

    def _state(self, phrases: Sequence[Phrase], words: tuple[str, ...], serves: int) -> _Begun:
        ends = [None if p.gapped else _end(p.rest, words, 0) for p in phrases]
        left = [
            (p, end) for p, end in zip(phrases, ends, strict=True) if p.gapped or end is not None
        ]
        found = _longest_of((1 + end, p) for p, end in left if end is not None and end >= 0)
        return _Begun(
            phrases=tuple(p for p, _ in left),
            words=words,
            found=tuple(found),
            goes_on=any(end == _OPEN for _, end in left),
            gapped=tuple(p for p, _ in left if p.gapped),
            vital=any(p.category in self._vital for p, _ in left),
            vital_found=any(p.category in self._vital for _, p in found),
            serves=serves,
            before={},
            made={},
        )

    def _candidates(self, word: str) -> list[Phrase]:
        out = list(self._exact.get(word, ()))
        for length in sorted(self._prefix, reverse=True):
            if length <= len(word):
                out += self._prefix[length].get(word[:length], ())
        return out

    def search(self, tokens: Sequence[Token]) -> Search:
        """Look the words up; what is found there is told by the two methods below."""
        words = [token.norm for token in tokens]
        begun: list[tuple[int, _Begun]] = []
        serving: list[tuple[int, int]] = []
        for i, here in enumerate(map(self._known.get, words)):
            if here is _NOTHING:
                continue
            if here is None:
                here = self._begun(words[i])
            if here.phrases:
                begun.append((i, here))
            if here.serves:
                serving.append((i, here.serves))
        words.append("")
        return Search(tokens, words, begun, serving)

    def _decided(self, begun: _Begun, words: Sequence[str], i: int) -> _Begun:
        """What the word ``words[i]`` begins, by as many words after it as count."""
        while begun.goes_on:
            i += 1
            begun = begun.before.get(words[i]) or self._led(begun, words[i])
        return begun

    def has_vital(self, search: Search) -> bool:
        """Whether a phrase of a vital category stands in the words."""
        for i, here in search.begun:
            if not here.vital:
                continue
            left = self._decided(here, search.words, i) if here.goes_on else here
            if left.vital_found:
                return True
            served = search.served_after(i) if left.gapped else 0
            for phrase in left.gapped:
                wanted = phrase.category in self._vital and phrase.needs & served == phrase.needs
                if wanted and _match(phrase.rest, search.tokens, i + 1) is not None:
                    return True
        return False

    def find(self, tokens: Sequence[Token] | Search) -> list[Match]:
        """All matches in order; of a category only the longest at each word (first added) stays."""
        search = tokens if isinstance(tokens, Search) else self.search(tokens)
        words = search.words
        out: list[Match] = []
        for i, here in search.begun:
            left = self._decided(here, words, i) if here.goes_on else here
            if left.gapped and _has_gapped(left, search, i):
                out += _matches(_longest(left.phrases, search, i), i)
            elif left.found:
                out += left.made.get(i) or self._make(left, i)
        return out

    def _make(self, begun: _Begun, i: int) -> Sequence[Match]:
        """The matches of what was found at token ``i``, remembered unless it is far out."""
        matches = tuple(_matches(begun.found, i))
        if i < MOST_PLACES:
            begun.made[i] = matches
        return matches


def _matches(found: Iterable[tuple[int, Phrase]], i: int) -> Iterator[Match]:
    return (Match(i, i + size, p.category, p.value, p.written) for size, p in found)


def _has_gapped(begun: _Begun, search: Search, i: int) -> bool:
    """Whether a phrase with a gap begins at token ``i``; where none does, the rest is known."""
    served = search.served_after(i)
    for phrase in begun.gapped:
        needs = phrase.needs
        if needs & served == needs and _match(phrase.rest, search.tokens, i + 1) is not None:
            return True
    return False


def _longest(phrases: Iterable[Phrase], search: Search, i: int) -> Iterable[tuple[int, Phrase]]:
    """Of each category the longest phrase that begins at token ``i``, with how many it takes."""
    ends = ((phrase, _match(phrase.rest, search.tokens, i + 1)) for phrase in phrases)
    return _longest_of((end - i, phrase) for phrase, end in ends if end is not None)


def _longest_of(found: Iterable[tuple[int, Phrase]]) -> Sequence[tuple[int, Phrase]]:
    """Of each category the longest, the first of those that are equally long."""
    best: dict[str, tuple[int, Phrase]] = {}
    for size, phrase in found:
        held = best.get(phrase.category)
        if held is None or size > held[0]:
            best[phrase.category] = size, phrase
    return tuple(best.values())


def _end(elements: Sequence[_Element], words: Sequence[str], at: int) -> int | None:
    """Where a match of elements without a gap ends, by the words known so far.

    ``_OPEN`` where a word that is not known yet counts; None where it is no match.
    """
    for number, element in enumerate(elements, start=1):
        genitive = at < len(words) and words[at] == "'s" and not element.optional
        here = at + 1 if genitive else at
        if here >= len(words):
            return _OPEN
        taken = element.takes(words[here])
        if element.optional:
            end = _end(elements[number:], words, here + 1) if taken else None
            return _end(elements[number:], words, at) if end is None else end
        if not taken:
            return None
        at = here + 1
    return at


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
