"""A denial that does not repeat what it denies: "Russia claims P; Ukraine denied this"."""

from __future__ import annotations

from tracker.model import War
from tracker.reading.grammar import is_undenied
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene
from tracker.reading.voices import GENERIC, free_side

REACH = 8
REACH_OF_OBJECT = 5
REACH_OF_CLAIMANT = 3


def denying_side(scene: Scene, war: War, told_by: str) -> str:
    """The side that denies, in this sentence, what was said before it; '' when none does.

    The denial must mean the statement and not an event of its own: its object is "this", "the
    claim" and the like, or it ends the clause ("which Kyiv denied"). ``told_by`` is the side whose
    gain was claimed: an official without a side speaks for its opponent.
    """
    for denial in scene.matches.get("denial", ()):
        if _means_statement(scene, denial) and not is_undenied(scene, denial):
            side = _subject(scene, denial)
            if side == GENERIC:
                return war.other(told_by)
            if side:
                return side
    return ""


def claims_itself(scene: Scene, side: str) -> bool:
    """Whether a sentence speaks of a side's own claim: "Russian claims", "as Moscow said"."""
    for claim in scene.matches.get("claims", ()):
        for i in range(max(0, claim.start - REACH_OF_CLAIMANT), claim.end + REACH_OF_CLAIMANT):
            named = scene.at("claimants", i) or scene.at("sides", i) or scene.at("capitals", i)
            if named is not None and named.value == side:
                return True
    return False


def _means_statement(scene: Scene, denial: Match) -> bool:
    if denial.end >= len(scene.tokens) or not scene.tokens[denial.end].is_word:
        return True
    opening = range(max(1, denial.start - REACH_OF_CLAIMANT), denial.start)
    if any(scene.at("relative", i) and scene.tokens[i - 1].text == "," for i in opening):
        return True  # "which Kyiv denied at once"
    near = range(max(0, denial.start - 2), min(denial.end + REACH_OF_OBJECT, len(scene.tokens)))
    if any(scene.at("event", i) for i in range(denial.end, near.stop)):
        return False
    return any(scene.at("deictics", i) for i in near)


def _subject(scene: Scene, denial: Match) -> str:
    """Who denies: the nearest side or source before, in the same clause, else right after."""
    before = range(denial.start - 1, max(-1, denial.start - 1 - REACH), -1)
    after = range(denial.end, min(denial.end + REACH, len(scene.tokens)))
    for tokens in (before, after):
        for i in tokens:
            source = scene.at("claimants", i)
            if source is not None and source.value != "other":
                return str(source.value)
            # Officials "in Kyiv" are Ukraine's, though Kyiv is a place there.
            side = free_side(scene, i) or scene.at("capitals", i)
            if side is not None:
                return str(side.value)
            if scene.tokens[i].text in ";:":
                break
    return ""
