"""Texts read piece by piece because they are long, or not again because they came before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.model import Claim, Report

PART = 100_000
"""Characters that are read at once: no article is longer, and memory is bounded by it."""
_ENDS = ("\n\n", "\n", ". ", " ")
MOST_KEPT = 4_000_000
"""Characters of texts that are remembered with what they claim."""

Copy = tuple[str, ...]


def parts(report: Report) -> Iterator[Report]:
    """The report; of one with a very long text its parts, the title with the first.

    A part ends with a paragraph, else with a line, a sentence or a word, where there is one.
    """
    text, begin = report.text, 0
    while len(text) - begin > PART:
        cuts = (text.rfind(end, begin + PART // 2, begin + PART) + len(end) for end in _ENDS)
        cut = next((cut for cut in cuts if cut > begin + PART // 2), begin + PART)
        yield replace(report, title="" if begin else report.title, text=text[begin:cut])
        begin = cut
    yield replace(report, title="", text=text[begin:]) if begin else report


class Copies:
    """What texts claim that came before: many reports are one agency's text word for word."""

    def __init__(self) -> None:
        self._claims: dict[Copy, Sequence[Claim]] = {}
        self._room = MOST_KEPT

    def find(self, report: Report, lang: str) -> list[Claim] | None:
        """The claims of a report by those of the same text, None where it is new."""
        known = self._claims.get(_copy(report, lang))
        if known is None:
            return None
        return [replace(claim, report_id=report.id, url=report.url) for claim in known]

    def keep(self, report: Report, lang: str, claims: Sequence[Claim]) -> None:
        """Remember what a text claims."""
        size = len(report.title) + len(report.text)
        if size > PART:
            return
        self._room -= size
        if self._room < 0:
            self._claims.clear()
            self._room = MOST_KEPT - size
        self._claims[_copy(report, lang)] = tuple(claims)


def _copy(report: Report, lang: str) -> Copy:
    """All that the reading of a report goes by."""
    return lang, report.published.isoformat(), report.source, report.title, report.text
