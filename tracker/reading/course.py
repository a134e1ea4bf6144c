"""Sides that no word of a report gives: who was taking ground there at the time.

"Four villages were liberated, A and B among them" says nothing of who did it; whoever knows the
course of the war knows: :class:`tracker.model.War` has it in outline. What the report itself says
of a side always comes first, and a claim that rests on this says so and counts for little.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.model import War
from tracker.reading.grammar import is_passive
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene
from tracker.reading.told import Silent, Tale, Told
from tracker.reading.voices import claimant

REACH_OF_AFTER = 4
MOST_DAYS = 62
"""A time told more vaguely than this is no time of which one knows who advanced."""


def may_follow(told: Told) -> bool:
    """Whether the course of the war may say who acted: of a plain event, and no denial."""
    event = told.trigger.value.event
    weak = event.weak and not (event.loss or _is_past(told))
    plain = not (weak or event.closed or event.loser_named)
    given_up = told.change == "withdrawal" and is_passive(told.scene, told.trigger)
    plain &= not event.needs_side or given_up or leaves_unnamed(told.scene, told.trigger)
    return plain and told.status != "denied" and bool(told.places)


def leaves_unnamed(scene: Scene, trigger: Match) -> bool:
    """Whether a place is given up and no side named, in a language of one side: «П здали»."""
    event, form = trigger.value.event, trigger.value.form
    left = event.change == "withdrawal" and event.object == "direct" and event.needs_side
    told = form in ("active", "passive") and not scene.title
    return bool(scene.language.home and left and told and not scene.matches.get("sides"))


def _is_past(told: Told) -> bool:
    """Whether "the fall of P" is what something comes after: "since P's fall in February"."""
    near = range(max(0, told.trigger.start - REACH_OF_AFTER), told.trigger.start)
    return any(told.scene.at("after", i) for i in near)


def follow_course(tale: Tale, war: War) -> None:
    """Give each event without a side the one of its place and time, or tell that none is known.

    A side that was only carried over from another sentence is a guess: in an offensive's time and
    place it gives way to the attacker.
    """
    out: list[Told] = []
    for told in tale.told:
        side = _by_course(told, war) if _is_guess(told) and may_follow(told) else ""
        if side and side != told.by:
            event = told.trigger.value.event
            whose = claimant(told.scene, event, told.voice, side, "course", war)
            if not told.by and war.other(told.claimed_by):
                whose = told.claimed_by  # a sentence after it says who says so
            out.append(replace(told, by=side, how="course", claimed_by=whose))
        elif told.by:
            out.append(told)
        else:
            tale.silent.append(Silent(told.scene, told.trigger, "side"))
    tale.told = out


def _is_guess(told: Told) -> bool:
    """Whether the side of an event is none of its own words: nobody's, or of another sentence.

    So it is where Russian says «отбит» or «освобождён», which both sides do, and where a side only
    confirms what it does not call its own: "Kyiv confirmed the capture".
    """
    event, form = told.trigger.value.event, told.trigger.value.form
    if told.how in ("", "carried"):
        return True
    if told.how == "verb":
        return bool(event.tone == "friendly" and event.partisan == event.default_by)
    plain = told.how == "speaker" and form == "noun" and not event.tone
    plain &= told.change == "capture" and not event.loss
    return plain and bool(told.scene.matches.get("confirming"))


def _by_course(told: Told, war: War) -> str:
    """The side that the course of the war gives for all places of an event alike."""
    day = _day(told)
    units = {spot.location.place.admin1 for spot in told.places if spot.location.place}
    advances = {war.advancing(unit, day) for unit in units} if day else set()
    known = [one for one in advances if one is not None]
    if len({one.side for one in known}) != 1 or len(known) < len(advances):
        return ""
    plain = told.scene.language.home and told.trigger.value.form in ("passive", "attributive")
    guessed = told.how == "carried" or (told.how == "verb" and not plain)  # «взято» says nothing
    if guessed and not all(one.is_offensive for one in known):
        return ""
    side = known[0].side if told.change == "capture" else war.other(known[0].side)
    return side if told.trigger.value.event.only_by in ("", side) else ""


def _day(told: Told) -> date | None:
    first, last = told.days
    return first + (last - first) / 2 if (last - first).days <= MOST_DAYS else None
