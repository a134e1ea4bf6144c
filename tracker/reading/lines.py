"""The sentences of a text with their words and what the lexicon finds in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.reading.language import Language
from tracker.reading.phrases import Match, Search
from tracker.reading.tokens import Token, Tokens, sentences, tokenize

_BEFORE_VERB = ("forces", "purpose", "hypothetical", "third", "completed")


_CLASSES = ("near", "toward", "from", "over", "in", "of", "with")
# A preposition of several classes (Ukrainian "в" is both "in" and "over") keeps them all.
_PREPOSITIONS = {f"prep:{name}": frozenset((name,)) for name in _CLASSES}
MOST_KEPT, LONGEST_KEPT = 4_000, 300
"""How many sentences are remembered, whatever is read, and how many characters of one at most."""


@dataclass(slots=True)
class Words:
    """A sentence's words and all that follows from them alone, wherever the sentence stands."""

    tokens: Tokens
    language: Language
    covering: dict[str, dict[int, Match]] = field(default_factory=dict)
    """What :meth:`cover` has worked out."""
    _found: Search | None = None
    _eventful: bool | None = None
    _matches: dict[str, list[Match]] | None = None
    _prepositions: dict[int, frozenset[str]] | None = None
    _dated: frozenset[int] | None = None
    _names: Sequence[int] | None = None

    @property
    def eventful(self) -> bool:
        """Whether a verb or noun of taking or leaving stands in it: most sentences have none, and
        are not searched for anything else unless one beside them has."""
        if self._eventful is None:
            self._eventful = self.language.matcher.has_vital(self._search)
        return self._eventful

    @property
    def _search(self) -> Search:
        if self._found is None:
            self._found = self.language.matcher.search(self.tokens)
        return self._found

    @property
    def matches(self) -> dict[str, list[Match]]:
        """The lexicon's matches by category; ``event`` is always there."""
        if self._matches is None:
            self._matches = match_line(self.tokens, self.language.matcher.find(self._search))
            self._found = None
        return self._matches

    def cover(self, category: str) -> dict[int, Match]:
        """The match of a category at each token, of overlapping ones the later."""
        covering: dict[int, Match] = {}
        for match in self.matches.get(category, ()):
            covering[match.start] = match
            for i in range(match.start + 1, match.end):
                covering[i] = match
        self.covering[category] = covering
        return covering

    @property
    def dated(self) -> frozenset[int]:
        """Which tokens are words of time."""
        if self._dated is None:
            names = [name for name in self.matches if name.startswith("date:")]
            found = [match for name in names for match in self.matches[name]]
            self._dated = frozenset(i for m in found for i in range(m.start, m.end))
        return self._dated

    @property
    def names(self) -> Sequence[int]:
        """Which tokens begin with a capital letter."""
        if self._names is None:
            self._names = [i for i, token in enumerate(self.tokens) if token.is_name]
        return self._names

    @property
    def prepositions(self) -> dict[int, frozenset[str]]:
        """Classes of the preposition by its last token, of the longest where there are several."""
        if self._prepositions is None:
            self._prepositions = self._find_prepositions()
        return self._prepositions

    def _find_prepositions(self) -> dict[int, frozenset[str]]:
        found: dict[int, frozenset[str]] = {}
        sizes: dict[int, int] = {}
        for category, name in _PREPOSITIONS.items():
            covering = self.cover(category) if category in self.matches else {}
            for i, match in covering.items():
                size = match.end - match.start
                if match.end == i + 1 and size >= sizes.get(i, 0):
                    found[i] = found[i] | name if size == sizes.get(i) else name
                    sizes[i] = size
        return found


@dataclass(slots=True)
class Line:
    """A sentence, where it begins and ends in the text, and whether it is a headline."""

    words: Words
    start: int
    end: int
    title: bool = False

    def tokens(self) -> Tokens:
        """Its tokens, with offsets into the text."""
        return Tokens(self.words.tokens, self.words.tokens.piece, self.start)


class _Memory:
    """Sentences of a language that came before, as agency copy does: nothing in them is new.

    Only what comes a second time is kept.
    """

    def __init__(self) -> None:
        self._once: set[int] = set()
        self._kept: dict[str, Words] = {}

    def words(self, text: str, language: Language) -> Words:
        """The words of a sentence."""
        known = self._kept.get(text)
        if known is None:
            known = Words(tokenize(text, prefixes=language.prefixes), language)
            self._note(text, known)
        return known

    def _note(self, text: str, words: Words) -> None:
        key = hash(text)
        if key not in self._once:
            if len(self._once) >= 10 * MOST_KEPT:
                self._once.clear()
            self._once.add(key)
        elif len(text) <= LONGEST_KEPT:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[text] = words


_memory: dict[str, _Memory] = {}


def read_lines(text: str, language: Language, title_end: int = 0) -> list[Line]:
    """All sentences of a text that hold a word; what begins before ``title_end`` is a title."""
    out: list[Line] = []
    memory = _memory.setdefault(language.id, _Memory())
    for sentence in sentences(text, language.abbreviations):
        words = memory.words(text[sentence.start : sentence.end], language)
        if words.tokens:
            title = sentence.start < title_end
            out.append(Line(words, sentence.start, sentence.end, title))
    return out


def match_line(tokens: Sequence[Token], found: Iterable[Match]) -> dict[str, list[Match]]:
    """What the lexicon finds in a sentence, by category."""
    matches: dict[str, list[Match]] = {}
    for match in found:
        matches.setdefault(match.category, []).append(match)
    _keep_months(tokens, matches)
    matches["claimants"] = _outermost(matches.get("claimants", ()))
    matches["event"] = events(tokens, matches)
    return matches


def _keep_months(tokens: Sequence[Token], matches: dict[str, list[Match]]) -> None:
    """ "In May" and "6 may" hold no modal verb."""
    if "date:months" not in matches:
        return
    months = {m.start for m in matches["date:months"] if _is_month(tokens, m.start)}
    if months:
        for name in ("hypothetical", "irrealis"):
            matches[name] = [m for m in matches.get(name, ()) if m.start not in months]


def _is_month(tokens: Sequence[Token], i: int) -> bool:
    beside = (*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2])
    return (i > 0 and tokens[i].is_name) or any(token.text[0].isdigit() for token in beside)


def _outermost(matches: Sequence[Match]) -> list[Match]:
    """Without what lies inside a longer one: "Russian General Staff" is no "General Staff"."""
    if len(matches) < 2:
        return list(matches)
    return [
        m
        for m in matches
        if not any(
            o is not m
            and o.start <= m.start
            and m.end <= o.end
            and o.end - o.start > m.end - m.start
            for o in matches
        )
    ]


def events(tokens: Sequence[Token], matches: dict[str, list[Match]]) -> list[Match]:
    """Verbs and nouns of taking and leaving, in order; a word that can be both is judged here."""
    verbs = {m.start: m for m in matches.get("event", ())}
    nouns = {m.start: m for m in matches.pop("event:noun", ())}
    if not (verbs or nouns):
        return []
    for start, noun in nouns.items():
        verb = verbs.get(start)
        if verb is None or (
            verb.value.form in ("base", "present")
            and verb.end <= noun.end
            and not any(m.end == start for name in _BEFORE_VERB for m in matches.get(name, ()))
        ):
            verbs[start] = noun
    out: list[Match] = []
    for _, match in sorted(verbs.items()):
        if out and match.start < out[-1].end:
            if match.end - match.start > out[-1].end - out[-1].start:
                out[-1] = match
            continue
        out.append(match)
    return out
