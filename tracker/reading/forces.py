"""Troops that act without their side's name: "the 35th brigade raised its flag", "his men"."""

from __future__ import annotations

from tracker.reading.phrases import Match
from tracker.reading.scene import Scene
from tracker.reading.voices import GENERIC, NOBODY, Voice, free_side

REACH_OF_OWN = 4
REACH_OF_SOURCE = 6


def unit_left(scene: Scene, trigger: Match) -> str:
    """A source that is itself a force, as the subject: "the 35th brigade raised its flag"."""
    if scene.at("prep:in", trigger.start - 1):  # who thanks "the brigade on taking P" says whose
        return ""
    for i in range(trigger.start - 1, max(-1, trigger.start - 8), -1):
        source = scene.at("claimants", i)
        if source is not None and is_force(scene, source):
            return str(source.value)
        if scene.at("boundary", i) or scene.at("speech", i) or not scene.tokens[i].is_word:
            break
    return ""


def is_force(scene: Scene, source: Match) -> bool:
    """Whether a source is troops, who can take and leave a place, and not a person."""
    near = range(max(0, source.start - 1), min(source.end + 2, len(scene.tokens)))
    named = source.value not in ("other", GENERIC)
    return named and any(scene.at("units", i) for i in near)


def unit_right(scene: Scene, trigger: Match) -> str:
    """The same after the verb: "звільнила 47-ма бригада"."""
    for i in range(trigger.end, min(trigger.end + 6, len(scene.tokens))):
        source = scene.at("claimants", i)
        if source is not None and is_force(scene, source):
            return str(source.value)
        if scene.any_at(("boundary", "speech"), i) or not scene.tokens[i].is_word:
            break
    return ""


def troops_of_speaker(scene: Scene, trigger: Match, voice: Voice, spoke_last: str) -> str:
    """Whose "his men" are: of the person who speaks, or spoke last."""
    if scene.language.free_order:
        return ""
    for i in range(trigger.start - 1, max(0, trigger.start - 1 - REACH_OF_OWN), -1):
        if scene.at("units", i):
            led = scene.at("persons", i - 1) or scene.at("persons", i - 2)
            speaker = voice.side if voice.side not in NOBODY else spoke_last
            return speaker if led and speaker not in NOBODY else ""
        if not scene.tokens[i].is_word or scene.spot_at(i):
            return ""
    return ""


def force_before(scene: Scene, trigger: Match) -> str:
    """A force without an adjective as the very subject: "a brigade entered P, which it freed"."""
    i = trigger.start - 1
    if scene.language.free_order or i < 0:
        return ""
    if scene.at("third", i):
        while i > 0 and not (free_side(scene, i) or scene.at("claimants", i)):
            i -= 1
    source = scene.at("claimants", i)
    if source is None or not is_force(scene, source):
        return ""
    named = range(max(0, source.start - REACH_OF_OWN), source.end)
    return "" if any(scene.at("sides", k) for k in named) else str(source.value)


def source_before(scene: Scene, trigger: Match) -> str:
    """The side of a source that is the very subject: "the ministry in Moscow has liberated P"."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - REACH_OF_SOURCE), -1):
        source = scene.at("claimants", i)
        if source is not None:
            return str(source.value) if source.value not in NOBODY else ""
        if scene.any_at(("boundary", "speech", "event"), i) or scene.tokens[i].text in ",;:":
            return ""
    return ""
