"""What one event in one sentence tells, before it becomes a claim for each of its places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot
from tracker.reading.voices import NO_VOICE, UNNAMED, Voice

QUOTE_LENGTH = 400
CONFIDENCE = {
    "subject": 0.9,
    "agent": 0.95,
    "noun": 0.9,
    "state": 0.85,
    "after": 0.9,
    "loser": 0.85,
    "speaker": 0.75,
    "verb": 0.7,
    "carried": 0.55,
    "held": 0.6,
    "course": 0.45,
}
STATUS_CONFIDENCE = {"asserted": 1.0, "denied": 0.8, "partial": 0.8, "ongoing": 0.8}


@dataclass(frozen=True, slots=True)
class Told:
    """What one event in one sentence says, before it becomes a claim for each of its places."""

    scene: Scene
    trigger: Match
    places: list[Spot]
    status: str
    by: str
    how: str
    claimed_by: str
    days: tuple[date, date]
    background: bool
    quoted: Scene | None = None
    voice: Voice = NO_VOICE

    @property
    def change(self) -> str:
        """``capture`` or ``withdrawal``."""
        return str(self.trigger.value.event.change)

    @property
    def acts(self) -> bool:
        """Whether the clause names the side that takes a place, so that it takes the next too."""
        form = self.trigger.value
        gains = self.change == "capture" and not self.background and form.event.tone != "hostile"
        if form.event.object == "over" and not form.event.loser_named:
            return gains and self.how not in UNNAMED  # whose flag flies over a place
        return gains and self.how == "subject" and form.form in ("active", "present")

    @property
    def tells_of_loser(self) -> bool:
        """Whether it is about those who are gone: "no Russian troops are left in P"."""
        event = self.trigger.value.event
        return bool(event.loser_named and event.object == "over")

    def confidence(self, spot: Spot) -> float:
        """How sure the reading is: the side's evidence, the status, the place, a name or "it"."""
        sure = CONFIDENCE[self.how] * STATUS_CONFIDENCE[self.status]
        sure *= spot.location.confidence or 0.5
        return round(sure * (0.8 if spot.anaphor else 1.0), 2)

    def rule(self, spot: Spot) -> str:
        """The event of the language file, its form, how the side was found, and what is special."""
        form = self.trigger.value
        special = ("/anaphor" if spot.anaphor else "") + ("/weak" if form.event.weak else "")
        return f"{form.event.id}.{form.form}/{self.how}{special}"


@dataclass(frozen=True, slots=True)
class Silent:
    """An event that claims nothing, and why: a key of :data:`tracker.reading.explain.WHY`."""

    scene: Scene
    trigger: Match
    why: str


@dataclass(slots=True)
class Tale:
    """All that a report's sentences tell, and the events in them that tell nothing."""

    told: list[Told] = field(default_factory=list)
    silent: list[Silent] = field(default_factory=list)


def in_parts(told: Told) -> list[Told]:
    """What is told of whole places, and apart from it what is told of a part of some."""
    part = [spot for spot in told.places if spot.partial]
    if told.status != "asserted" or not part or len(part) == len(told.places):
        return [told]
    whole = [spot for spot in told.places if not spot.partial]
    return [replace(told, places=whole), replace(told, places=part, status="partial")]


def written(text: str, scene: Scene, spot: Spot) -> str:
    """The words that name the place; of one only implied or counted, those that named it before."""
    if spot.counted or spot.start == spot.end:
        return spot.mention.as_written
    spans = scene.tokens.spans
    return text[spans[spot.start][0] : spans[spot.end - 1][1]]


def quote(text: str, told: Told) -> str:
    """The sentence, or the part around the event when it is very long."""
    scene = told.quoted or told.scene
    if scene.end - scene.start <= QUOTE_LENGTH:
        return text[scene.start : scene.end]
    spans = scene.tokens.spans
    middle = scene.start if told.quoted else spans[told.trigger.start][0]
    first = max(scene.start, middle - QUOTE_LENGTH // 2)
    last = min(scene.end, first + QUOTE_LENGTH)
    starts = [start for start, _ in spans if start >= first]
    ends = [end for _, end in spans if end <= last]
    return text[starts[0] : ends[-1]]
