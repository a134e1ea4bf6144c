"""From one report to its claims.

The steps are functions of their own, each in its module: sentences (:mod:`tokens`), the lexicon's
matches (:mod:`phrases`, :mod:`language`), places set into the sentence (:mod:`scene`), event and
place (:mod:`choose`), side and claimant (:mod:`agents`), date (:mod:`dates`), status
(:mod:`status`), and the merging of what is told twice (:mod:`merge`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.model import Claim, Report, War
from tracker.places import Gazetteer, Location, Mention
from tracker.reading.agents import Memory, acting_side
from tracker.reading.anaphora import add_anaphors
from tracker.reading.choose import chosen_places
from tracker.reading.dates import When
from tracker.reading.language import Language, detect_language, load_language
from tracker.reading.merge import merge_claims
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot, build_scene
from tracker.reading.status import status_of
from tracker.reading.tokens import Sentence, sentences, tokenize
from tracker.reading.voices import Voice, speaking_voice

DAY = timedelta(days=1)
BACKGROUND_DAYS = 30
QUOTE_LENGTH = 400
_CONFIDENCE = {
    "subject": 0.9,
    "agent": 0.95,
    "noun": 0.9,
    "state": 0.85,
    "after": 0.9,
    "loser": 0.85,
    "speaker": 0.75,
    "verb": 0.7,
    "carried": 0.55,
}
_STATUS_CONFIDENCE = {"asserted": 1.0, "denied": 0.8, "partial": 0.8, "ongoing": 0.8}


@dataclass(slots=True)
class _State:
    """What is carried from sentence to sentence within a report."""

    memory: Memory = field(default_factory=Memory)
    focus: tuple[Mention, Location] | None = None


class Reader:
    """Reads claims out of reports, by rules; the same report always gives the same claims."""

    def __init__(self, gazetteer: Gazetteer, war: War) -> None:
        self.gazetteer = gazetteer
        self.war = war

    def language_of(self, report: Report) -> str:
        """The report's language, its own word or detected; '' when none of ours: it is not read."""
        if report.lang:
            return report.lang if report.lang in ("en", "uk", "ru") else ""
        return detect_language(f"{report.title}\n{report.text}")

    def read(self, report: Report) -> list[Claim]:
        """All claims of a report in the order of its text; [] for a language that is not known."""
        lang = self.language_of(report)
        if not lang:
            return []
        language = load_language(lang)
        text, title_end = _whole_text(report)
        mentions = self.gazetteer.mentions(text, lang)
        placed = list(zip(mentions, self.gazetteer.resolve(text, mentions), strict=True))
        state = _State()
        source = self._side_of_source(report, language)
        claims: list[Claim] = []
        for scene in _scenes(text, title_end, placed, language, report.published, state):
            claims += self._read_scene(scene, text, report, lang, state, source)
        return merge_claims(claims)

    def _side_of_source(self, report: Report, language: Language) -> str:
        """Whose voice the report itself is, when its source is a party ("General Staff of ...")."""
        for name in (report.source,):
            for match in language.matcher.find(tokenize(name)):
                if match.category == "claimants":
                    return str(match.value)
        return ""

    def _read_scene(
        self, scene: Scene, text: str, report: Report, lang: str, state: _State, source: str
    ) -> list[Claim]:
        out: list[Claim] = []
        for trigger in _triggers(scene):
            voice = _voice(scene, trigger, state.memory, source)
            places = chosen_places(scene, trigger)
            status = status_of(scene, trigger, places) if places else ""
            if not status:
                continue
            by, how = acting_side(scene, trigger, voice, state.memory, self.war)
            event = trigger.value.event
            if (
                not by
                or (event.needs_side and how in ("verb", "carried"))
                or event.only_by not in ("", by)
            ):
                continue
            when, background = _when(scene, trigger, report.published, self.war.began)
            for spot in places:
                out.append(
                    self._claim(
                        scene,
                        text,
                        report,
                        lang,
                        trigger,
                        spot,
                        (by, how),
                        voice,
                        status,
                        when,
                        background,
                    )
                )
            state.memory.actor = by
            state.memory.gainer = by if event.change == "capture" else self.war.other(by)
        _remember(scene, state, acted=bool(out))
        return out

    def _claim(
        self,
        scene: Scene,
        text: str,
        report: Report,
        lang: str,
        trigger: Match,
        spot: Spot,
        side: tuple[str, str],
        voice: Voice,
        status: str,
        when: tuple[date, date],
        background: bool,
    ) -> Claim:
        event = trigger.value.event
        by, how = side
        place = spot.location.place
        confidence = (
            _CONFIDENCE[how] * _STATUS_CONFIDENCE[status] * (spot.location.confidence or 0.5)
        )
        return Claim(
            report_id=report.id,
            published=report.published,
            url=report.url,
            source=report.source,
            lang=lang,
            place=place.name if place else spot.mention.as_written,
            place_id=place.place_id if place else "",
            as_written=text[scene.tokens[spot.start].start : scene.tokens[spot.end - 1].end],
            admin1=place.admin1 if place else "",
            level="area" if spot.is_area else "settlement",
            change=event.change,
            by=by,
            holder=by if event.change == "capture" else self.war.other(by),
            date_from=when[0],
            date_to=when[1],
            claimed_by="other" if background else voice.side or "other",
            status=status,
            background=background,
            quote=_quote(text, scene, trigger),
            location=spot.location.status,
            confidence=round(confidence * (0.8 if spot.anaphor else 1.0), 2),
            rule=f"{event.id}.{trigger.value.form}/{how}"
            + ("/anaphor" if spot.anaphor else "")
            + ("/weak" if event.weak else ""),
            lon=place.lon if place else None,
            lat=place.lat if place else None,
        )


def _whole_text(report: Report) -> tuple[str, int]:
    """Title and text as one, and where the title ends; a title that is repeated is left out."""
    title = report.title.strip()
    if not title or report.text.lstrip().startswith(title):
        return report.text, 0
    return f"{title}\n\n{report.text}", len(title)


def _scenes(
    text: str,
    title_end: int,
    placed: Sequence[tuple[Mention, Location]],
    language: Language,
    published: date,
    state: _State,
) -> Iterator[Scene]:
    """Sentences that could say something, prepared one after the other."""
    at = 0
    for sentence in sentences(text, language.abbreviations):
        tokens = tokenize(text, sentence.start, sentence.end)
        inside, at = _inside(placed, at, sentence)
        if not tokens:
            continue
        scene = build_scene(language, tokens, inside, published, title=sentence.start < title_end)
        add_anaphors(scene, state.focus)
        yield scene


def _inside(
    placed: Sequence[tuple[Mention, Location]], at: int, sentence: Sentence
) -> tuple[list[tuple[Mention, Location]], int]:
    while at < len(placed) and placed[at][0].start < sentence.start:
        at += 1
    end = at
    while end < len(placed) and placed[end][0].end <= sentence.end:
        end += 1
    return list(placed[at:end]), end


def _triggers(scene: Scene) -> list[Match]:
    """Event phrases that are not themselves part of a place's name."""
    return [m for m in scene.matches["event"] if scene.spot_at(m.start) is None]


def _voice(scene: Scene, trigger: Match, memory: Memory, source: str) -> Voice:
    voice = speaking_voice(scene, trigger)
    if voice.side:
        return voice
    if scene.matches.get("third") and scene.matches.get("speech") and memory.speaker:
        return Voice(memory.speaker)
    return Voice(source)


def _remember(scene: Scene, state: _State, *, acted: bool) -> None:
    """Keep for the next sentence who spoke, who acted, and which place was the subject."""
    voice = speaking_voice(scene, None)
    if voice.side:
        state.memory.speaker = voice.side
    sides = [
        m
        for m in scene.matches.get("sides", ())
        if scene.spot_at(m.start) is None and scene.at("claimants", m.start) is None
    ]
    if sides and not scene.title and not acted:
        state.memory.actor = state.memory.gainer = str(sides[0].value)
    for spot in scene.spots:
        if (
            spot.mention.kind == "settlement"
            and not spot.anaphor
            and not spot.governors & {"near", "toward"}
        ):
            state.focus = (spot.mention, spot.location)


def _when(
    scene: Scene, trigger: Match, published: date, began: date
) -> tuple[tuple[date, date], bool]:
    """The days of the event, and whether it is background rather than the news."""
    when = _nearest(scene, trigger)
    if when is None:
        return (published - DAY, published), False
    first, last = when.date_from, min(when.date_to, published)
    if last < first:
        return (published - DAY, published), False
    background = last < published - BACKGROUND_DAYS * DAY
    if when.exact and not background and _said_then(scene, when, trigger):
        first -= DAY
    if first < began <= last:
        first = began
    return (first, last), background


def _nearest(scene: Scene, trigger: Match) -> When | None:
    """The phrase of time that belongs to the event: the nearest; clause ends count as distance."""

    def distance(when: When) -> tuple[int, int]:
        i, j = (when.end, trigger.start) if when.end <= trigger.start else (trigger.end, when.start)
        far = j - i
        far += 8 * sum(
            1
            for k in range(i, j)
            if scene.at("boundary", k) or scene.tokens[k].text in ";:" or scene.at("event", k)
        )
        return far, when.start

    near = [when for when in scene.whens if distance(when)[0] <= 30]
    return min(near, key=distance, default=None)


def _said_then(scene: Scene, when: When, trigger: Match) -> bool:
    """Whether the day is that of the statement: "said on Friday that ..."."""
    return (
        any(
            abs(speech.end - when.start) <= 2 or abs(when.end - speech.start) <= 1
            for speech in scene.matches.get("speech", ())
        )
        and abs(when.start - trigger.start) > 2
    )


def _quote(text: str, scene: Scene, trigger: Match) -> str:
    """The sentence, or the part around the trigger when it is very long."""
    if scene.end - scene.start <= QUOTE_LENGTH:
        return text[scene.start : scene.end]
    middle = scene.tokens[trigger.start].start
    first = max(scene.start, middle - QUOTE_LENGTH // 2)
    last = min(scene.end, first + QUOTE_LENGTH)
    starts = [t.start for t in scene.tokens if t.start >= first]
    ends = [t.end for t in scene.tokens if t.end <= last]
    return text[starts[0] : ends[-1]]
