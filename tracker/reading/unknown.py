"""Names of places that the gazetteer does not know: kept and said, never guessed at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from tracker.places import Mention
from tracker.reading.lines import Words
from tracker.reading.tokens import Token, Tokens

LONGEST = 3
_SPEAKING = ("sides", "claimants", "speech", "date:months", "date:weekdays", "event", "boundary")


Standing = tuple[int, int, Mention]
"""A mention with the numbers of its first token and of the one after its last."""


def standing(tokens: Tokens, mentions: Sequence[Mention]) -> list[Standing]:
    """Where the mentions in a sentence stand; one that shares a word with another is left out."""
    out: list[Standing] = []
    if not mentions:
        return out
    spans, i = tokens.piece.spans, 0
    for mention in mentions:
        start, end = mention.start - tokens.at, mention.end - tokens.at
        j = bisect_left(spans, (start, 0), i)
        first = j - 1 if j > i and spans[j - 1][1] > start else j
        while j < len(spans) and spans[j][0] < end:
            j += 1
        if j > first:
            out.append((first, j, mention))
            i = j
    return out


def unknown_names(tokens: Tokens, words: Words, known: Sequence[Standing]) -> list[Mention]:
    """Names that stand where only a place can stand, and that no mention covers.

    That is right after a word such as "village (of)", and in a list with a known place
    ("Lobkove and Levadne"). ``known`` are those that a gazetteer knows.
    """
    matches = words.matches
    types = matches.get("place_types", ())
    if not (types or known):
        return []
    taken = {i for start, stop, _ in known for i in range(start, stop)}
    free = [i for i in words.names if i not in taken]
    if not (types or any(i - 2 in taken or i + 2 in taken for i in free)):
        return []  # most sentences: no name without an explanation stands where a place could
    lexical = {
        i for name in _SPEAKING for m in matches.get(name, ()) for i in range(m.start, m.end)
    }
    runs = _runs(tokens, (i for i in free if i not in lexical))
    of = {m.start: m.end for m in matches.get("prep:of", ())}
    starts = {of.get(m.end, m.end) for m in types}
    joints = {m.start for m in matches.get("conjunctions", ()) if m.end == m.start + 1}
    found = {start for start in runs if start in starts}
    places = taken | {i for start in found for i in range(start, runs[start])}
    for start in sorted(runs, reverse=True):
        if start not in found and _in_list(tokens, start, runs[start], places, joints):
            found.add(start)
            places |= set(range(start, runs[start]))
    return [_mention(tokens, start, runs[start]) for start in sorted(found)]


def _runs(tokens: Sequence[Token], names: Iterable[int]) -> dict[int, int]:
    """Stretches of one to three capitalised words that nothing else explains: first -> end."""
    runs: dict[int, int] = {}
    start = -1
    for i in names:
        if not _may_be_name(tokens[i]):
            continue
        if runs and runs[start] == i and i - start < LONGEST:
            runs[start] = i + 1
        else:
            start, runs[i] = i, i + 1
    return runs


def _in_list(
    tokens: Sequence[Token], start: int, stop: int, places: set[int], joints: set[int]
) -> bool:
    """Whether a place follows after a comma or "and", or stands before an "and"."""
    if stop + 1 < len(tokens) and stop + 1 in places:
        return stop in joints or (tokens[stop].text == "," and start > 0)
    return start >= 2 and start - 1 in joints and start - 2 in places and stop - start <= 2


def _mention(tokens: Tokens, start: int, stop: int) -> Mention:
    words = " ".join(token.text for token in tokens[start:stop])
    begin, end = tokens.spans[start][0], tokens.spans[stop - 1][1]
    return Mention(begin, end, words, "settlement", (), False)


def _may_be_name(token: Token) -> bool:
    return token.text[0].isalpha() and not token.text.isupper() and len(token.text) > 2
