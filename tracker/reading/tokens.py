"""Words and sentences with their place in the text.

Both functions are linear in the length of the text and never raise, whatever they are given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

_TOKEN = re.compile(r"[^\W_]++(?:[-'’ʼ`‑][^\W_]++)*+|[^\w\s]")
_POSSESSIVE = re.compile(r"['’ʼ`]s$")
_APOSTROPHES = "'’"
"""Right after a plural, one of these is an 's: "under the occupiers' control"."""
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‑": "-", "ё": "е"})
_BREAK = re.compile(
    # One character that may end a sentence, and then the rest of its run. A run of marks is looked
    # at once, from its beginning, and each is taken whole: linear even in runs of dots or breaks.
    r"[.!?…\n](?:(?<=\n)(?P<line>\s*+)|(?<!\n)(?<![.!?…][.!?…])[.!?…]*+[\"”’»')\]]*+"
    r"(?=(?P<space>\s++)|[A-ZА-ЯІЇЄҐ«“]|$))"
)
_OPENING = "\"“«‘'(["
_BULLETS = tuple("—–-•*·")
_PARAGRAPH = 2000
_LONGEST_ABBREVIATION = 12
MAX_SENTENCE = 4_000
MOST_KEPT, LONGEST_KEPT = 50_000, 40
"""Bounds on what is remembered of words, whatever is read."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word or one punctuation mark; ``norm`` is what lexicons are compared with.

    ``is_word`` tells a word or a number from a mark, ``is_name`` what begins with a capital letter.
    One object stands for the word wherever it is written; where that is, :class:`Tokens` knows.
    """

    norm: str
    text: str
    is_word: bool
    is_name: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch ``text[start:end]`` of a report."""

    start: int
    end: int


def fold(word: str) -> str:
    """Lower case with one kind of apostrophe and hyphen, and е for ё."""
    return word.casefold().translate(_FOLD)


Span = tuple[int, int]
Words = tuple[Token, ...]

_kept: dict[frozenset[str], tuple[dict[str, Words], dict[str, Sequence[Span]]]] = {}
"""What is remembered of the words of a language: their tokens, and where those stand in each."""
_NO_PREFIX: frozenset[str] = frozenset()


@dataclass(slots=True)
class Piece:
    """A stretch of text cut at its blanks, and where its tokens stand in it."""

    text: str
    prefixes: frozenset[str]
    chunks: list[str]
    _spans: list[Span] | None = None
    _ends: Span | None = None

    @property
    def spans(self) -> list[Span]:
        """Beginning and end of each token; looked up when somebody asks."""
        if self._spans is None:
            self._spans = found = []
            at, find, prefixes = 0, self.text.find, self.prefixes
            known = _known(prefixes)[1]
            for chunk in self.chunks:
                at = find(chunk, at)
                for first, last in known.get(chunk) or _cut(chunk, prefixes)[1]:
                    found.append((at + first, at + last))
                at += len(chunk)
        return self._spans

    @property
    def ends(self) -> Span:
        """Where the first token begins and the last one ends."""
        if self._ends is None:
            first = _cut(self.chunks[0], self.prefixes)[1]
            last = _cut(self.chunks[-1], self.prefixes)[1]
            if first and last:
                start = self.text.find(self.chunks[0]) + first[0][0]
                end = self.text.rfind(self.chunks[-1]) + last[-1][1]
            else:  # it begins or ends with what is neither word nor mark
                start, end = self.spans[0][0], self.spans[-1][1]
            self._ends = start, end
        return self._ends


class Tokens(list[Token]):
    """The tokens of a stretch of text that begins at ``at``."""

    __slots__ = ("at", "piece")

    def __init__(self, tokens: Iterable[Token], piece: Piece, at: int) -> None:
        super().__init__(tokens)
        self.piece, self.at = piece, at

    @property
    def spans(self) -> list[Span]:
        """Beginning and end of each token, as offsets into the text."""
        at = self.at
        return [(first + at, last + at) for first, last in self.piece.spans]

    @property
    def start(self) -> int:
        """Where the first token begins."""
        return self.piece.ends[0] + self.at

    @property
    def end(self) -> int:
        """Where the last token ends."""
        return self.piece.ends[1] + self.at


def tokenize(
    text: str, start: int = 0, end: int | None = None, prefixes: frozenset[str] = _NO_PREFIX
) -> Tokens:
    """Tokens of ``text[start:end]`` with offsets into ``text``; English 's stands apart.

    So does what stands before the first hyphen if it is one of ``prefixes`` ("mid-March").
    """
    piece = text[start:end]
    chunks = piece.split()
    known = _known(prefixes)[0]
    try:
        words = [known[chunk] for chunk in chunks]
    except KeyError:
        words = [_cut(chunk, prefixes)[0] for chunk in chunks]
    return Tokens(chain.from_iterable(words), Piece(piece, prefixes, chunks), start)


def _known(prefixes: frozenset[str]) -> tuple[dict[str, Words], dict[str, Sequence[Span]]]:
    return _kept.get(prefixes) or _kept.setdefault(prefixes, ({}, {}))


def _cut(chunk: str, prefixes: frozenset[str]) -> tuple[Words, Sequence[Span]]:
    """The tokens between two blanks, and where each stands in that stretch.

    Remembered, as most such words come again and again.
    """
    words, spans = _known(prefixes)
    if chunk not in words:
        pieces = list(_pieces(chunk, prefixes))
        cut = tuple(token for token, _ in pieces), tuple(span for _, span in pieces)
        if len(chunk) > LONGEST_KEPT:
            return cut
        if len(words) >= MOST_KEPT:
            words.clear()
            spans.clear()
        words[chunk], spans[chunk] = cut
    return words[chunk], spans[chunk]


def _pieces(chunk: str, prefixes: frozenset[str]) -> Iterator[tuple[Token, Span]]:
    for match in _TOKEN.finditer(chunk):
        word, at = match.group(), match.start()
        cut = word.find("-") if prefixes else 0
        tail = _POSSESSIVE.search(word) if len(word) > 2 else None
        if cut > 0 and fold(word[:cut]) in prefixes:
            yield _piece(at, word[:cut])
            yield _piece(at + cut + 1, word[cut + 1 :])
        elif tail:
            cut = tail.start()
            yield _piece(at, word[:cut])
            yield Token("'s", word[cut:], is_word=True, is_name=False), (at + cut, match.end())
        elif word in _APOSTROPHES and at > 1 and chunk[at - 1] == "s" and at + 1 == len(chunk):
            yield Token("'s", word, is_word=True, is_name=False), (at, match.end())
        else:
            yield _piece(at, word)


def _piece(at: int, word: str) -> tuple[Token, Span]:
    token = Token(fold(word), word, is_word=word[0].isalnum(), is_name=word[0].isupper())
    return token, (at, at + len(word))


def _is_abbreviation(text: str, begin: int, dot: int, abbreviations: Collection[str]) -> bool:
    """Whether the full stop at ``dot`` belongs to an abbreviation or an initial."""
    word = text[max(begin, dot - _LONGEST_ABBREVIATION) : dot]
    word = word[word.rfind(" ") + 1 :]
    if not word.isalnum():
        at = len(word)
        while at and (word[at - 1].isalnum() or word[at - 1] == "."):
            at -= 1
        word = word[at:]
    if len(word) == 1 and word.isupper():
        return True
    word = fold(word)
    return word in abbreviations or ("." in word and word.rsplit(".", 1)[-1] in abbreviations)


def _line_goes_on(text: str, begin: int, cut: int, after: int) -> bool:
    """Whether a single line break stands inside a sentence: wrapped by hand, or in a list.

    A line was wrapped if the first word of the next would not have fitted into its paragraph.
    """
    if cut == begin or text[cut - 1] in ".!?…;":
        return False
    following = text[after : after + 1]
    if following in _BULLETS:
        return _opens_list(text, cut)
    if text[cut - 1] == ":" or following in _OPENING:
        return False
    return following.islower() or _was_wrapped(text, cut, after)


def _opens_list(text: str, cut: int) -> bool:
    """Whether the line that ends at ``cut`` announces bullets ("taken:") or is one itself."""
    line = text[text.rfind("\n", 0, cut) + 1 : cut].strip()
    return line.endswith(":") or line[:1] in _BULLETS


def _was_wrapped(text: str, cut: int, after: int) -> bool:
    window = text[max(0, cut - _PARAGRAPH) : cut + _PARAGRAPH]
    at = cut - max(0, cut - _PARAGRAPH)
    before = window[:at].rsplit("\n\n", 1)[-1].split("\n")
    behind = window[at + 1 :].split("\n\n", 1)[0].split("\n")
    width = max(map(len, map(str.rstrip, before + behind)))
    word = text[after : after + _PARAGRAPH].split(maxsplit=1)
    return bool(word) and len(before[-1]) + 1 + len(word[0]) > width


def _cuts(text: str, abbreviations: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where sentences end, and where the next may begin."""
    begin = 0
    for match in _BREAK.finditer(text):
        line, space = match.span("line"), match.span("space")
        if line[0] >= 0:
            cut, after = _before_blanks(text, match.start()), match.end()
            one = text.find("\n", *line) < 0
            if one and _line_goes_on(text, begin, cut, after):
                continue
        else:
            cut = match.end()
            after = max(cut, space[1])
            if _goes_on(text, begin, match.start(), after, abbreviations, spaced=space[0] >= 0):
                continue
        yield cut, after
        begin = after


def _before_blanks(text: str, at: int) -> int:
    while at and text[at - 1].isspace() and text[at - 1] != "\n":
        at -= 1
    return at


def _goes_on(
    text: str, begin: int, stop: int, after: int, abbreviations: Collection[str], *, spaced: bool
) -> bool:
    """Whether the marks at ``stop`` stand inside a sentence: "St. John", "12.5", "No! he said"."""
    if text[after : after + 1].islower() or (not spaced and text[stop - 1 : stop].isdigit()):
        return True
    return text[stop] == "." and _is_abbreviation(text, begin, stop, abbreviations)


def sentences(text: str, abbreviations: Collection[str] = ()) -> list[Sentence]:
    """Split a text; what has no end of sentence is cut every ``MAX_SENTENCE`` characters."""
    out: list[Sentence] = []
    begin = 0
    for cut, after in [*_cuts(text, abbreviations), (len(text), len(text))]:
        while cut - begin > MAX_SENTENCE:
            space = text.rfind(" ", begin, begin + MAX_SENTENCE)
            middle = space if space > begin else begin + MAX_SENTENCE
            out.append(Sentence(begin, middle))
            begin = middle
        if text[begin:cut].strip():
            out.append(Sentence(begin, cut))
        begin = after
    return out
