"""Sides by where they stand in a clause: the nearest before an event, the nearest after it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reading.leftward import clause_before
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene
from tracker.reading.voices import NOBODY, Voice, free_side

REACH_AFTER = 8
REACH_OF_OBJECT = 4


def side_left(scene: Scene, trigger: Match, voice: Voice | None = None) -> str:
    """The nearest side before the trigger, but not before what somebody says: "they explain:".

    "Ours" is the side of the ``voice`` that speaks, where one is given and named. A side in the
    case of a loser acts only where no other does.
    """
    speaks = voice is not None and voice.side not in NOBODY
    loser, told = "", False
    for i in _clauses_left(scene, trigger):
        if voice is not None and scene.at("ours", i):
            own = voice.side if speaks else scene.language.home
            if own:
                return own
        told = told or (scene.language.free_order and scene.tokens[i].text == ":")
        match = free_side(scene, i)
        if match is None or (i and scene.at("prep:toward", i - 1)) or _is_driven(scene, trigger, i):
            continue
        if told and speaks:
            break  # «Он уверяет, что кольцо вокруг украинцев сомкнулось: П взяли»
        if not (scene.language.free_order and scene.at("losers", i)):
            return str(match.value)
        loser = loser or str(match.value)
    return loser


def _is_driven(scene: Scene, trigger: Match, i: int) -> bool:
    """Whether a side is whom others drove out: "flushed out the Russians and retook the hamlet"."""
    if scene.language.free_order or trigger.value.event.change != "capture":
        return False
    for k in range(i - 1, max(-1, i - 1 - REACH_OF_OBJECT), -1):
        event = scene.at("event", k)
        if event is not None:
            return event is not trigger and event.value.event.loser_named and event.end <= i
        if not scene.tokens[k].is_word or scene.spot_at(k):
            return False
    return False


def _clauses_left(scene: Scene, trigger: Match) -> Iterator[int]:
    """Tokens before a trigger as far as who acts in it may stand, nearest first.

    What a clause in commas tells of a place ("P, which the Russians took in March,") is of another
    event.
    """
    i = trigger.start
    while i > 0:
        i -= 1
        if scene.tokens[i].text == ";" or _opens_speech(scene, i) or _turns(scene, i, trigger):
            return
        opening = clause_before(scene, i) if scene.tokens[i].text == "," else None
        if opening is None:
            yield i
        else:
            i = opening


def _turns(scene: Scene, i: int, trigger: Match) -> bool:
    """Whether a clause of other troops begins at ``i``: "A took P, but from Q a column left"."""
    if not scene.language.free_order or scene.at("boundary", i) is None:
        return False
    if i and scene.at("relative", i) and scene.at("conjunctions", i - 1):
        return True  # «село, яке росіяни взяли і яке повернула піхота»
    parted = i > 0 and scene.tokens[i - 1].text == "," and not scene.at("relative", i)
    return parted and any(scene.at("units", k) for k in range(i, trigger.start))


def _opens_speech(scene: Scene, i: int) -> bool:
    """Whether a colon right after a verb of speech stands at token ``i``."""
    return scene.tokens[i].text == ":" and i > 0 and scene.at("speech", i - 1) is not None


def side_right(
    scene: Scene, start: int, reach: int = REACH_AFTER, *, of: bool = False, any_case: bool = False
) -> str:
    """The nearest side after a position, within the clause; after "of" only if ``of`` says so.

    With ``of`` it is looked for in the noun phrase, which a comma ends.
    A side in the case of a loser does not act, except where ``any_case`` allows it ("under the
    control of the Russians").
    """
    words = 0
    for i in range(start, len(scene.tokens)):
        token = scene.tokens[i]
        if token.text in (";:()," if of else ";:()") or scene.at("boundary", i) or words > reach:
            break
        match = free_side(scene, i)
        governed = not (of or any_case) and scene.at("prep:of", i - 1) is not None
        if match is not None and not governed and (any_case or not scene.at("losers", i)):
            return str(match.value)
        words += token.is_word
    return ""
