"""A reader that asks a language model, behind the same interface as the reader by rules.

The model says what is claimed; where a place lies is decided by the gazetteer, as for every reader.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tracker.errors import ReportError, shown
from tracker.model import Claim, Report, War
from tracker.places import Gazetteer, Location, Mention
from tracker.reading.answers import Answer, answer_schema, checked, is_answer, question
from tracker.reading.language import LANGUAGES, detect_language
from tracker.reading.reader import whole_text

CONFIDENCE = 0.7
"""How far a checked answer is believed, before the confidence in its place."""

Ask = Callable[[list[dict[str, str]], dict[str, Any], Callable[[str], bool]], str]
"""Messages, the JSON Schema of the answer, and what is worth keeping, to the answer."""


class ModelReader:
    """Reads claims by asking a model; the check of its answers is :mod:`tracker.reading.answers`.

    ``ask`` carries messages to the model and ``name`` is what the claims' ``rule`` calls it.
    ``refused`` collects what was wrong with answers, a line each; the rest of them is kept.
    """

    def __init__(self, gazetteer: Gazetteer, war: War, ask: Ask, name: str) -> None:
        self.gazetteer = gazetteer
        self.war = war
        self.refused: list[str] = []
        self._ask = ask
        self._name = name

    def language_of(self, report: Report) -> str:
        """The report's language, its own word or detected; '' when none of ours: it is not read."""
        if report.lang:
            return report.lang if report.lang in LANGUAGES else ""
        return detect_language(f"{report.title}\n{report.text}")

    def read(self, report: Report) -> list[Claim]:
        """All claims of a report in the order of the answer; [] for a language not known.

        Raises :class:`ReportError` when the answer is not of the asked shape.
        """
        lang = self.language_of(report)
        text, _ = whole_text(report)
        if not lang or not text.strip():
            return []
        answer = self._ask(question(report, text, self.war), answer_schema(self.war), is_answer)
        try:
            answers, faults = checked(answer, report, text, self.war)
        except ValueError as error:
            raise ReportError(f"report {shown(report.id)}: the model's answer: {error}") from error
        self.refused += [f"report {shown(report.id)}: the model's {fault}" for fault in faults]
        mentions = self.gazetteer.mentions(text, lang)
        placed = list(zip(mentions, self.gazetteer.resolve(text, mentions), strict=True))
        claims = [self._claim(one, self._place(one, text, placed), report, lang) for one in answers]
        return list(dict.fromkeys(claims))

    def _place(self, answer: Answer, text: str, placed: list[tuple[Mention, Location]]) -> Location:
        """Where the gazetteer sees the name: in the quote, else in the text, else by itself."""
        spots = _spots(answer, text)
        for start in spots:
            end = start + len(answer.as_written)
            for mention, location in placed:
                if mention.start < end and start < mention.end and _level(mention) == answer.level:
                    return location
        return self.gazetteer.locate(answer.as_written)

    def _claim(self, answer: Answer, location: Location, report: Report, lang: str) -> Claim:
        place = location.place
        if place is not None and place.level != answer.level:
            place = None
        captured = answer.change == "capture"
        return Claim(
            report_id=report.id,
            published=report.published,
            url=report.url,
            source=report.source,
            lang=lang,
            place=place.name if place else answer.as_written,
            place_id=place.place_id if place else "",
            as_written=answer.as_written,
            admin1=place.admin1 if place else "",
            level=answer.level,
            change=answer.change,
            by=answer.by,
            holder=answer.by if captured else self.war.other(answer.by),
            date_from=answer.date_from,
            date_to=answer.date_to,
            claimed_by=answer.claimed_by,
            status=answer.status,
            background=answer.background,
            quote=answer.quote,
            location=location.status if place or location.place is None else "unknown",
            confidence=round(CONFIDENCE * (location.confidence or 0.5), 2),
            rule=f"llm:{self._name}",
            lon=place.lon if place else None,
            lat=place.lat if place else None,
        )


def _spots(answer: Answer, text: str) -> list[int]:
    """Where the name stands, those in the quote first."""
    found, at = [], text.find(answer.as_written)
    while at >= 0:
        found.append(at)
        at = text.find(answer.as_written, at + 1)
    end = answer.start + len(answer.quote)
    return sorted(found, key=lambda i: (not answer.start <= i < end, i))


def _level(mention: Mention) -> str:
    return {"settlement": "settlement", "area": "area", "river": "area"}.get(mention.kind, "")
