"""From one report to its claims.

The steps are functions of their own, each in its module: words and sentences (:mod:`tokens`,
:mod:`lines`), the lexicon's matches (:mod:`phrases`, :mod:`language`), places set into the sentence
(:mod:`scene`, :mod:`setting`), event and place (:mod:`choose`), side and claimant (:mod:`agents`,
:mod:`voices`), date (:mod:`dates`, :mod:`timing`), status (:mod:`status`), and the merging of what
is told twice (:mod:`merge`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tracker.model import Claim, Report, War
from tracker.places import Fighting, Gazetteer, Mention
from tracker.reading.agents import acting_side
from tracker.reading.anaphora import add_anaphors
from tracker.reading.carry import State, attribute, date_told, remember, take_back
from tracker.reading.choose import chosen_places
from tracker.reading.counted import bare_list, only_counts
from tracker.reading.course import follow_course, leaves_unnamed, may_follow
from tracker.reading.denials import claims_itself, denying_side
from tracker.reading.echoes import echoes, is_parted, like_it
from tracker.reading.entries import entry_town
from tracker.reading.explain import Reason, silent_reason, told_reason
from tracker.reading.gapping import gapped
from tracker.reading.grammar import is_parenthetical, is_rest
from tracker.reading.headlines import without_regions
from tracker.reading.language import LANGUAGES, Language, detect_language, load_language
from tracker.reading.lines import Line, read_lines
from tracker.reading.merge import merge_claims, without_guesses
from tracker.reading.narrative import NEWS, years_told
from tracker.reading.parts import Copies, parts
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot
from tracker.reading.setting import build_scene
from tracker.reading.sources import REACH_ON, credit, named_next, voice_of, voice_of_source
from tracker.reading.status import status_of
from tracker.reading.timing import (
    begins,
    days_of,
    event_days,
    has_beginning,
    heading_of,
    nearest_when,
)
from tracker.reading.told import Silent, Tale, Told, in_parts, quote, written
from tracker.reading.voices import GENERIC, UNNAMED, Voice, claimant, speaking_voice

_GUESSED = (*UNNAMED, "speaker")
LIST = 60
"""Tokens of a sentence that may hold nothing but the names of places."""
_LOOKING_BACK = frozenset({"denial", "backwards", "happened", "listing"})
"""Words by which a sentence without an event may say something of one before."""


class Reader:
    """Reads claims out of reports, by rules; the same report always gives the same claims."""

    refused: Sequence[str] = ()
    """What could not be made out of a source, as other readers have it: rules refuse nothing."""

    def __init__(self, gazetteer: Gazetteer, war: War) -> None:
        self.gazetteer = gazetteer
        self.war = war
        self._fighting = Fighting(gazetteer)
        self._copies = Copies()

    def language_of(self, report: Report) -> str:
        """The report's language, its own word or detected; '' when none of ours: it is not read."""
        if report.lang:
            return report.lang if report.lang in LANGUAGES else ""
        return detect_language(f"{report.title}\n{report.text}")

    def read(self, report: Report) -> list[Claim]:
        """All claims of a report in the order of its text; [] for a language that is not known."""
        lang = self.language_of(report)
        if not lang:
            return []
        known = self._copies.find(report, lang)
        if known is not None:
            return known
        told = [claim for part in parts(report) for claim in self._told_in(part, lang)]
        claims = merge_claims(told)
        self._copies.keep(report, lang, claims)
        return claims

    def _told_in(self, report: Report, lang: str) -> list[Claim]:
        text, title_end = whole_text(report)
        claims = [
            self._claim(told, spot, text, report, lang)
            for told in self._tale(report, lang, text, title_end).told
            for spot in told.places
        ]
        return without_guesses(claims, text[:title_end])

    def explain(self, report: Report) -> list[Reason]:
        """Every event that the report's words speak of: the claims it gave, or why it gave none.

        In the order of the text. The claims are those before what is told twice is merged.
        """
        lang = self.language_of(report)
        if not lang:
            return []
        return [reason for part in parts(report) for reason in self._reasons(part, lang)]

    def _reasons(self, report: Report, lang: str) -> list[Reason]:
        text, title_end = whole_text(report)
        tale = self._tale(report, lang, text, title_end)
        reasons = [silent_reason(silent, text) for silent in tale.silent]
        for told in tale.told:
            claims = [self._claim(told, spot, text, report, lang) for spot in told.places]
            reasons.append(told_reason(told, claims, text))
        return sorted(reasons, key=lambda reason: reason.start)

    def _tale(self, report: Report, lang: str, text: str, title_end: int) -> Tale:
        """What the sentences tell, one after the other."""
        language = load_language(lang)
        lines = read_lines(text, language, title_end)
        if not any(line.words.eventful for line in lines):
            return Tale()  # most reports: nothing is taken or left, so no place needs to be found
        mentions = self.gazetteer.mentions(text, lang)
        named = without_regions(self.gazetteer, text, mentions, title_end)
        town = entry_town(text[:title_end], named) if title_end else None
        years = years_told(text, title_end, report.published)
        state = State(focus=town, entry=town is not None, years=years)
        source = voice_of_source(report.source, lang)
        tale = Tale(silent=state.silent)
        for scene in _scenes(lines, named, language, report.published, state):
            told = self._read_scene(scene, report, source, state)
            if not told:
                attribute(tale.told, scene)
                date_told(tale.told, scene, report.published)
                take_back(tale.told, scene)
                state.heading = heading_of(scene) or state.heading
            tale.told += told
        self._place(text, mentions, tale, report.published)
        follow_course(tale, self.war)
        credit(tale, state.spoken, self.war, report.published)
        return tale

    def _place(self, text: str, mentions: Sequence[Mention], tale: Tale, day: date) -> None:
        """Decide which places are meant: only now, and only for what was taken or left."""
        spots = [spot for told in tale.told for spot in told.places]
        if not spots:
            return
        numbers = {id(mention): number for number, mention in enumerate(mentions)}
        known = [spot for spot in spots if id(spot.mention) in numbers]
        wanted = [numbers[id(spot.mention)] for spot in known]
        hints = self._fighting.hints(day)
        found = self.gazetteer.resolve(text, mentions, hints, wanted=wanted)
        for spot, location in zip(known, found, strict=True):
            spot.location = location

    def _read_scene(self, scene: Scene, report: Report, source: Voice, state: State) -> list[Told]:
        """What the events of one sentence tell, and what the next sentence should remember."""
        out: list[Told] = []
        unsided: list[Told] = []  # they leave nothing for what follows
        state.memory.here = ""
        named = bare_list(scene) if not scene.matches["event"] else []
        counted = state.last_counted(scene) if named else None
        if counted is not None:
            opening = replace(counted.trigger, start=0, end=named[0].start)
            out.append(replace(counted, scene=scene, trigger=opening, places=named))
        for trigger in scene.matches["event"]:
            told = self._told(scene, trigger, report, source, state)
            if isinstance(told, str):
                state.silent.append(Silent(scene, trigger, told))
                continue
            if not told.by:
                unsided.append(told)
                continue
            state.gained(told)
            state.changed(told)
            state.memory.here = told.by if told.acts else state.memory.here
            if not told.places:  # which villages they are, a list may say
                state.counted = told
                state.silent.append(Silent(scene, trigger, "place"))
                continue
            out += [
                *in_parts(told),
                *self._gapped(told, report.published),
                *self._claimed_too(told),
            ]
        for told in out:  # only now: within one sentence the sides named there decide
            state.memory.actor = self.war.other(told.by) if told.tells_of_loser else told.by
            state.memory.gainer = self._holder(told)
            if told.trigger.value.event.tone == "friendly":
                state.memory.winner = told.by
            state.focus_on(told)
            state.hold(told)
        out += self._denied(scene, out or state.last)
        state.last = out
        remember(scene, state, acted=bool(out))
        return sorted([*out, *unsided], key=lambda told: told.trigger.start) if unsided else out

    def _claimed_too(self, told: Told) -> list[Told]:
        """The claim behind a denial: "Kyiv denied Moscow's claim that it had taken P"."""
        side = told.by if told.change == "capture" else self.war.other(told.by)
        claimed = told.status == "denied" and claims_itself(told.scene, side)
        if not claimed:
            return []
        return [replace(told, status="asserted", claimed_by=side)]

    def _denied(self, scene: Scene, told: Sequence[Told]) -> list[Told]:
        """What the sentence denies of the claims told in it, or right before it."""
        asserted = [t for t in told if t.status == "asserted" and not t.background]
        if not asserted or any(t.status == "denied" for t in told):
            return []
        side = denying_side(scene, self.war, asserted[-1].by)
        return [
            replace(t, status="denied", claimed_by=side, quoted=scene)
            for t in asserted
            if side and side != t.by
        ]

    def _told(
        self, scene: Scene, trigger: Match, report: Report, source: Voice, state: State
    ) -> Told | str:
        """What one event says: places, status, side, claimant, days; or why it claims nothing.

        No places: they are only counted ("five villages"), and a list may name them later.
        """
        if scene.spot_at(trigger.start) is not None or is_rest(scene, trigger):
            return "name"  # the verb is part of a place's name, or of "what is left of P"
        places = chosen_places(scene, trigger)
        if not places and not only_counts(scene, trigger):
            return "place"
        status = _status(scene, trigger, places)
        if not status:
            return "fact"
        if trigger.value.event.continues:
            return self._continued(scene, trigger, places, report, state)
        event = trigger.value.event
        voice = voice_of(scene, trigger, state.memory, source)
        by, how = self._actor(scene, trigger, places, voice, state)
        only = event.only_by in ("", by) or begins(scene, trigger)
        unsided = not by and not scene.title
        if not (unsided or (by and only)) or (event.needs_side and how in UNNAMED):
            return "side"
        theirs = how == "verb" and event.tone == "hostile"  # whoever denies that P is "occupied"
        if status == "denied" and how in _GUESSED and not theirs:
            by = self._denied_gainer(event.change, by, voice)
        days, background = event_days(scene, trigger, report.published, self.war.began)
        whose = claimant(scene, event, voice, by, how, self.war)
        if whose == "other" and not voice.side and how in _GUESSED:
            whose = state.memory.speaker or whose  # it leans on what was said before
        whose = "other" if background else whose
        told = Told(scene, trigger, places, status, by, how, whose, days, background, voice=voice)
        return told if by or may_follow(told) else "side"

    def _actor(
        self, scene: Scene, trigger: Match, places: Sequence[Spot], voice: Voice, state: State
    ) -> tuple[str, str]:
        """The side that acts; who leaves without a name is the one that held or lost the place."""
        by, how = acting_side(scene, trigger, voice, state.memory, self.war)
        if trigger.value.event.change != "withdrawal":
            taker = state.taker_of(places, scene, trigger, by, self.war) if how in _GUESSED else ""
            return (taker, "held") if taker else (by, how)
        if not places:
            return by, how
        if places[0].anaphor and state.leaver_of(places[0]):
            return state.leaver_of(places[0]), "held"
        if places[0] is scene.implied and how in _GUESSED:
            return "", ""
        if not by or how in UNNAMED:
            loser = state.loser_of(places[-1], self.war) or self._garrison_of(scene, state)
            if loser:
                return loser, "held"
        if how in UNNAMED and leaves_unnamed(scene, trigger):
            return "", ""  # the course of the war may tell
        return by, how

    def _garrison_of(self, scene: Scene, state: State) -> str:
        """Whose "the garrison" is: of the side that lost last, else of the one on its own soil."""
        named = scene.matches.get("garrisons", ())
        if named and state.gain is not None:
            return self.war.other(state.gain.by)
        return next((str(m.value) for m in named if self.war.other(str(m.value))), "")

    def _denied_gainer(self, change: str, by: str, voice: Voice) -> str:
        """A side denies what its opponent gained, not what it gained itself."""
        opponent = self.war.other(voice.side) if voice.at >= 0 else ""
        return (opponent if change == "capture" else voice.side) if opponent else by

    def _continued(
        self, scene: Scene, trigger: Match, places: list[Spot], report: Report, state: State
    ) -> Told | str:
        """A claim like the last one, of further places: "the ministry named B too"."""
        event = trigger.value.event
        like = state.last_change(scene) or (None if event.echoes else state.change)
        voice = speaking_voice(scene, trigger)
        named = scene.language.free_order or (places and places[0].start >= trigger.end)
        if like is None or not (named or event.object == "subject"):
            return "fact"
        if is_parenthetical(scene, trigger):
            return "fact"  # "P, he added, is ours"
        if all(place.anaphor and not place.counted for place in places):
            return "fact"  # what is added to the last place is another
        if event.echoes and not echoes(like, scene, trigger, places):
            return "fact"
        if event.object == "subject" and is_parted(like, scene, trigger):
            return "fact"
        if self.war.other(voice.side) and voice.side not in (like.by, like.claimed_by):
            return "side"
        whose = voice.side if voice.side not in ("", GENERIC) else like.claimed_by
        when = nearest_when(scene, trigger)
        days, background = days_of(when, scene, trigger, report.published, self.war.began)
        if when is None:
            days, background = like.days, like.background
        how = "carried" if like.how in UNNAMED else like.how
        told = Told(scene, trigger, places, "asserted", like.by, how, whose, days, background)
        return like_it(told, like)

    def _gapped(self, told: Told, published: date) -> Iterator[Told]:
        """What the sentence says of further places without saying the verb again."""
        if told.status != "asserted":
            return
        for places, when in gapped(told.scene, told.trigger, told.places):
            if when is None:
                yield replace(told, places=places)
                continue
            days, background = days_of(when, told.scene, told.trigger, published, self.war.began)
            yield replace(told, places=places, days=days, background=background)

    def _holder(self, told: Told) -> str:
        return told.by if told.change == "capture" else self.war.other(told.by)

    def _claim(self, told: Told, spot: Spot, text: str, report: Report, lang: str) -> Claim:
        place = spot.location.place
        return Claim(
            report_id=report.id,
            published=report.published,
            url=report.url,
            source=report.source,
            lang=lang,
            place=place.name if place else spot.mention.as_written,
            place_id=place.place_id if place else "",
            as_written=written(text, told.scene, spot),
            admin1=place.admin1 if place else "",
            level="area" if spot.is_area else "settlement",
            change=told.change,
            by=told.by,
            holder=self._holder(told),
            date_from=told.days[0],
            date_to=told.days[1],
            claimed_by=told.claimed_by,
            status=told.status,
            background=told.background,
            quote=quote(text, told),
            location=spot.location.status,
            confidence=told.confidence(spot),
            rule=told.rule(spot),
            lon=place.lon if place else None,
            lat=place.lat if place else None,
        )


def whole_text(report: Report) -> tuple[str, int]:
    """Title and text as one, and where the title ends; a title that is repeated is left out."""
    title = report.title.strip()
    if not title or report.text.lstrip().startswith(title):
        return report.text, 0
    return f"{title}\n\n{report.text}", len(title)


def _scenes(
    lines: Sequence[Line],
    named: Sequence[Mention],
    language: Language,
    published: date,
    state: State,
) -> Iterator[Scene]:
    """The sentences with their places, one after the other: what one says, the next may mean."""
    at = 0
    last = max(number for number, line in enumerate(lines) if line.words.eventful)
    for number, line in enumerate(lines):
        inside, at = _inside(named, at, line)
        after = number > last and not (state.counted and inside and len(line.words.tokens) < LIST)
        if after and not _is_heard(line, near=number <= last + REACH_ON):
            state.last, state.previous = [], None
            continue  # nothing in it and nothing after it tells of an event
        if line.words.eventful:
            state.memory.after = named_next(lines, number)
        scene = build_scene(line, inside, published)
        add_anaphors(scene, state.meant, state.listed)
        scene.entry = state.entry
        told = published if state.years is NEWS else state.years.told_on(scene.start, published)
        scene.told_on = told
        state.correcting |= scene.title and bool(scene.matches.get("corrections"))
        scene.correcting = state.correcting and bool(scene.matches.get("own_report"))
        scene.heading, scene.previous = state.heading, state.previous
        yield scene
        if scene.previous is not None:
            scene.previous.previous = None  # an anchor is no further off than two sentences
        state.previous = scene
        state.listed.note(scene)


def _is_heard(line: Line, *, near: bool) -> bool:
    """Whether a sentence after the last event may say something of it, or who says so."""
    matches = line.words.matches
    return (near and "speech" in matches) or not _LOOKING_BACK.isdisjoint(matches)


def _inside(named: Sequence[Mention], at: int, line: Line) -> tuple[Sequence[Mention], int]:
    if at == len(named):
        return (), at
    if named[at].start >= line.end:
        return (), at
    while at < len(named) and named[at].start < line.start:
        at += 1
    end = at
    while end < len(named) and named[end].end <= line.end:
        end += 1
    return named[at:end], end


def _status(scene: Scene, trigger: Match, places: list[Spot]) -> str:
    """``status_of``, but for states without a beginning and for what the text takes back."""
    if trigger.value.event.since and not has_beginning(scene, trigger):
        return ""
    status = status_of(scene, trigger, places)
    return "denied" if scene.correcting and status == "asserted" else status
