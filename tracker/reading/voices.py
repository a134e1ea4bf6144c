"""Who says so: the source that speaks in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.reading.phrases import Match
from tracker.reading.scene import Scene

REACH_OF_SPEECH = 14


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it: a side, ``other`` or '' (nobody named), and where in the sentence."""

    side: str
    at: int = -1
    admits: bool = False


def free_side(scene: Scene, i: int) -> Match | None:
    """A side's name at token ``i`` that can act: not "in Ukraine", not part of a place."""
    match = scene.at("sides", i)
    if match is None or match.start != i:
        return None
    spot = scene.spot_at(i)
    if spot is not None and spot.is_place:
        return None
    if i and any(
        m is not None and m.end == i
        for m in (scene.at("prep:in", i - 1), scene.at("prep:from", i - 1))
    ):
        return None
    if i and scene.at("determiners", i - 1) and i > 1 and scene.at("prep:in", i - 2):
        return None
    return match


def speaking_voice(scene: Scene, trigger: Match | None) -> Voice:
    """Who says what the sentence says: a named source, or a side as the subject of speech.

    Of several sources the one nearest before the trigger speaks, else the nearest after it.
    """
    where = trigger.start if trigger is not None else 0
    found = [
        Voice(str(m.value), m.start)
        for m in scene.matches.get("claimants", ())
        if _speaks(scene, m)
    ]
    found += [
        Voice(str(m.value), m.start)
        for m in scene.matches.get("sides", ())
        if _side_speaks(scene, m)
    ]
    if not found:
        return Voice("")
    best = min(found, key=lambda v: (v.at > where, abs(v.at - where), v.side))
    return Voice(best.side, best.at, bool(scene.matches.get("admission")))


def _speaks(scene: Scene, source: Match) -> bool:
    """A source speaks when a verb of speech stands in the same sentence, not far away."""
    return (
        any(
            abs(speech.start - source.start) <= REACH_OF_SPEECH
            for speech in scene.matches.get("speech", ())
        )
        or source.start <= 1
    )


def _side_speaks(scene: Scene, side: Match) -> bool:
    """A side's name right before or after a verb of speech: "Ukraine announced", "said Moscow"."""
    if free_side(scene, side.start) is None:
        return False
    for speech in scene.matches.get("speech", ()):
        if 0 <= speech.start - side.end <= 4 and not _break_between(scene, side.end, speech.start):
            return True
        if 0 <= side.start - speech.end <= 1:
            return True
    return False


def _break_between(scene: Scene, i: int, j: int) -> bool:
    return any(
        scene.tokens[k].text in ",;:" or scene.any_at(("boundary", "event"), k) for k in range(i, j)
    )
