"""The sentences of a text with their words and what the lexicon finds in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.reading.language import Language
from tracker.reading.phrases import Match, Search
from tracker.reading.tokens import Token, Tokens, sentences, tokenize

_BEFORE_VERB = ("forces", "purpose", "hypothetical", "third", "completed")


@dataclass(slots=True)
class Line:
    """A sentence: its tokens, whether it is a headline, whether it tells of taking or leaving."""

    tokens: Tokens
    language: Language
    title: bool = False
    _found: Search | None = None
    _eventful: bool | None = None
    _matches: dict[str, list[Match]] | None = None

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
        return self._matches


def read_lines(text: str, language: Language, title_end: int = 0) -> list[Line]:
    """All sentences of a text that hold a word; what begins before ``title_end`` is a title."""
    out: list[Line] = []
    for sentence in sentences(text, language.abbreviations):
        tokens = tokenize(text, sentence.start, sentence.end, language.prefixes)
        if tokens:
            out.append(Line(tokens, language, sentence.start < title_end))
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
