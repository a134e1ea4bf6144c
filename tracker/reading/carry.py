"""What one sentence leaves for the next: who acted and spoke, which place is meant, which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.model import War
from tracker.places import Mention
from tracker.reading.agents import Memory
from tracker.reading.counted import Listed
from tracker.reading.datewords import When
from tracker.reading.narrative import NEWS, Years
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot
from tracker.reading.sources import Spoken
from tracker.reading.timing import dated_later
from tracker.reading.told import Silent, Told
from tracker.reading.voices import (
    GENERIC,
    UNNAMED,
    last_speaker,
    source_named,
    speakers,
    speaking_voice,
)

SHORT = 7
"""Words of a sentence that only takes back what the one before said."""


@dataclass(slots=True)
class State:
    """What is carried from sentence to sentence within a report."""

    memory: Memory = field(default_factory=Memory)
    focus: Mention | None = None
    claimed: bool = False
    entry: bool = False
    topic: bool = False
    passing: Mention | None = None
    correcting: bool = False
    holders: dict[tuple[str, ...], tuple[str, bool]] = field(default_factory=dict)
    leavers: dict[tuple[str, ...], str] = field(default_factory=dict)
    years: Years = NEWS
    heading: When | None = None
    previous: Scene | None = None
    gain: Told | None = None
    counted: Told | None = None
    change: Told | None = None
    listed: Listed = field(default_factory=Listed)
    last: list[Told] = field(default_factory=list)
    silent: list[Silent] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)

    def focus_on(self, told: Told) -> None:
        """What is claimed stays what "the town" means, whatever is named in passing."""
        spots = [s for s in told.places if not (s.is_area or s.anaphor)]
        last = spots[-1].end if spots else 0
        recalled = told.scene.within("relative", last, told.trigger.start)
        if spots and not told.background and not recalled:
            self.focus = spots[-1].mention
            self.claimed = True

    def hold(self, told: Told) -> None:
        """Remember who took a place, and whether that was long ago."""
        if not self.gained(told) and told.status == "asserted":
            for spot in told.places:
                self.leavers[_key(spot)] = told.by

    def leaver_of(self, spot: Spot) -> str:
        """Who has left a place by what was told of it before, '' if nobody."""
        return self.leavers.get(_key(spot), "")

    def gained(self, told: Told) -> bool:
        """Remember a capture for what goes on from it, in the same sentence too."""
        if told.status == "asserted" and told.change == "capture":
            self.gain = told
            last = told.places[-1].end if told.places else 0
            recalled = told.scene.within("relative", last, told.trigger.start)
            for spot in told.places:
                self.holders[_key(spot)] = (told.by, told.background or recalled)
            return True
        return False

    def last_gain(self, scene: Scene) -> Told | None:
        """The capture told last, in this sentence or one of the two before."""
        return self.gain if self.gain and _is_recent(self.gain, scene) else None

    def last_counted(self, scene: Scene) -> Told | None:
        """What was told of places only counted, "five villages", and nothing taken since."""
        counted = self.counted if self.counted and _is_recent(self.counted, scene) else None
        return None if self.gain is not None and self.gain.places else counted

    def changed(self, told: Told) -> None:
        """Remember what is asserted for what only says "so did P"."""
        if told.status == "asserted":
            self.change = told

    def last_change(self, scene: Scene) -> Told | None:
        """What was told last, of a capture or a withdrawal, as near as :meth:`last_gain`."""
        return self.change if self.change and _is_recent(self.change, scene) else None

    def loser_of(self, spot: Spot, war: War) -> str:
        """Who can leave a place by what was told of it: its holder of old, or who has lost it."""
        taker, long_ago = self.holders.get(_key(spot), ("", False))
        return taker if long_ago or not taker else war.other(taker)

    def taker_of(
        self, places: Sequence[Spot], scene: Scene, trigger: Match, by: str, war: War
    ) -> str:
        """Who took a place by what was told of it, where that is confirmed or taken back.

        ``by`` is the side that would be guessed: whoever took a place long ago does not free it.
        """
        taker, long_ago = self.holders.get(_key(places[-1]), ("", False)) if places else ("", False)
        if not taker:
            return ""
        if not by and trigger.value.event.loser_named:
            return war.other(taker)  # whoever prised it loose is not who held it
        freed = trigger.value.event.tone == "friendly" and taker == by and long_ago
        if freed:
            return war.other(by)
        end = trigger.end + SHORT if scene.language.free_order else trigger.start
        confirmed = any(m.start < end for m in scene.matches.get("confirming", ()))
        return taker if confirmed and trigger.value.form == "noun" else ""

    @property
    def meant(self) -> Mention | None:
        """The place that "the town" means: the one named just before, else the one in focus."""
        return self.passing or self.focus


def _is_recent(told: Told, scene: Scene) -> bool:
    """Whether it was told in this sentence or one of the two before."""
    before = (scene, scene.previous, scene.previous and scene.previous.previous)
    return any(told.scene is s for s in before)


def _key(spot: Spot) -> tuple[str, ...]:
    ids = tuple(place.place_id for place in spot.mention.candidates)
    return ids or (spot.mention.as_written.casefold(),)


def attribute(tale: list[Told], scene: Scene) -> None:
    """A sentence that only says who says so speaks for the one before: "Про це повідомив ..."."""
    if not tale or not scene.within("backwards", 0, 3):
        return
    voice = speaking_voice(scene, None)
    before = tale[-1].scene
    for i, told in enumerate(tale):
        nobody = told.claimed_by in ("", "other") and not told.background
        if told.scene is before and nobody and voice.side not in ("", GENERIC):
            tale[i] = replace(told, claimed_by=voice.side)


def date_told(tale: list[Told], scene: Scene, published: date) -> None:
    """A sentence that only says when dates what the one before told."""
    when = dated_later(scene) if tale and tale[-1].scene is scene.previous else None
    if when is None or when.date_from > published:
        return
    for i, told in enumerate(tale):
        if told.scene is scene.previous and not told.scene.whens:
            tale[i] = replace(told, days=(when.date_from, min(when.date_to, published)))


def remember(scene: Scene, state: State, *, acted: bool) -> None:
    """Keep for the next sentence who spoke, who acted, and which place was the subject."""
    voice = speaking_voice(scene, None)
    if voice.side not in ("", GENERIC):
        state.memory.speaker = last_speaker(scene) or voice.side
    elif not (voice.side or state.memory.speaker or scene.language.free_order):
        state.memory.speaker = source_named(scene)  # "the Russian bulletin contradicts itself"
    state.spoken.append(Spoken(scene, voice.side))
    if not scene.title and not acted:
        sides = (m for m in scene.matches.get("sides", ()) if scene.spot_at(m.start) is None)
        side = next((m for m in sides if not _speaks(scene, m)), None)
        if side is not None:
            state.memory.actor = state.memory.gainer = str(side.value)
    _remember_places(scene, state, acted=acted)


def _remember_places(scene: Scene, state: State, *, acted: bool) -> None:
    if not scene.spots:
        state.passing = None
        return
    spots = [s for s in scene.spots if s.mention.kind == "settlement" and not s.anaphor]
    spots = [s for s in spots if s.typed or not _stands_for_side(scene, s)]
    named = [
        spot.mention
        for spot in spots
        if not spot.governors & {"near", "toward"} or scene.at("entering", spot.head - 1)
    ]
    if len(named) > 1 and not scene.language.free_order:
        named = [s.mention for s in spots if not s.partial and s.mention in named] or named
    if not named and state.meant is None and spots and not scene.title:
        state.focus = spots[-1].mention  # "the battle for P lasted two weeks"
    state.passing = named[0] if state.claimed and not acted and len(named) == 1 else None
    if named and not (state.claimed or state.topic or (scene.title and state.entry)):
        state.focus = named[-1]
        state.topic = scene.title and len(named) == 1


def _stands_for_side(scene: Scene, spot: Spot) -> bool:
    """Whether a capital's name may be that of a government: "a sentence from Kyiv"."""
    free = scene.language.free_order
    return not free and scene.at("capitals", spot.start) is not None


def _speaks(scene: Scene, side: Match) -> bool:
    """Whether a side's name belongs to a source: not "Ukrainian soldiers" who only act."""
    source = scene.at("claimants", side.start)
    if source is None or scene.language.free_order:
        return source is not None
    troops = any(scene.at("units", i) for i in range(source.start, source.end))
    if troops and not scene.matches.get("speech"):
        return False
    return any(source.start <= speaker.start < source.end for speaker in speakers(scene))


def take_back(tale: list[Told], scene: Scene) -> None:
    """A short sentence that takes back what the one before told: "They have not."

    What a side claims stays its claim; what the text itself told is denied.
    """
    if not (tale and tale[-1].scene is scene.previous and scene.matches.get("retraction")):
        return
    if scene.gap(0, len(scene.tokens)) > SHORT:
        return
    for i, told in enumerate(list(tale)):
        if told.scene is scene.previous and told.status == "asserted":
            tale[i] = replace(told, status="denied", claimed_by="other", quoted=scene)
            if told.claimed_by != "other" and told.how not in UNNAMED:
                tale.append(told)
