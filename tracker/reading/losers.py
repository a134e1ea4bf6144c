"""The side that was driven out, and whose enemy "the enemy" is."""

from __future__ import annotations

from tracker.model import War
from tracker.reading.grammar import is_passive
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene
from tracker.reading.voices import NOBODY, Voice, free_side

REACH = 8
_UNSAID = ("participle", "passive", "noun")


def loser_of(scene: Scene, trigger: Match, voice: Voice, war: War, teller: str = "") -> str:
    """The side in the case or place of the one driven out, '' where none stands so.

    ``teller`` is whose enemy "the enemy" is where the sentence does not say.
    """
    if trigger.value.form == "state":
        inside = [m for m in scene.matches.get("sides", ()) if _within(m, trigger)]
        if inside:
            return str(inside[0].value)
    # English tells the loser by its place, after an active verb; the others by its case.
    passive = is_passive(scene, trigger)
    either = scene.language.free_order or passive
    first = max(0, trigger.start - 8) if either else trigger.start
    for i in range(first, min(trigger.end + 6, len(scene.tokens))):
        loser = scene.at("losers", i)
        if loser is None:
            continue
        # Whose enemy "the enemy" is, the subject says, or who speaks.
        own = ""
        if any(scene.at("enemies", k) for k in range(loser.start, loser.end)):
            own = ("" if passive else _subject_before(scene, trigger)) or voice.side
            own = own if own not in NOBODY else _force_named(scene)
        return war.other(own) if own else str(loser.value)
    before = range(max(0, trigger.start - 4), trigger.start) if passive else ()
    enemies = (scene.at("enemies", i) for i in before)
    enemy = next((enemy for enemy in enemies if enemy is not None), None)
    if enemy is None:
        return ""
    # "The occupiers" are one side whoever speaks, "the foe" is the other one's.
    own = voice.side if voice.side not in NOBODY else _force_named(scene) or teller
    either = scene.at("mutual", enemy.start) is not None
    return (war.other(own) if either else "") or str(enemy.value)


def _force_named(scene: Scene) -> str:
    """The side of the first force that a sentence names, as whose enemy "the enemy" is."""
    for match in scene.matches.get("sides", ()):
        if not scene.at("enemies", match.start) and free_side(scene, match.start):
            return str(match.value)
    return ""


def _subject_before(scene: Scene, trigger: Match) -> str:
    """The nearest side before a verb that is not itself in the case of a loser."""
    for i in range(trigger.start - 1, -1, -1):
        match = None if scene.at("losers", i) else free_side(scene, i)
        if match is not None or scene.tokens[i].text == ";":
            return str(match.value) if match is not None else ""
    return ""


def drives_them(scene: Scene, trigger: Match) -> bool:
    """Whether the side named before is the one driven out: «П росіяни взяли, а з Р їх вибили»."""
    beside = (*range(max(0, trigger.start - 2), trigger.start), trigger.end)
    return any(scene.at("them", i) for i in beside)


def side_of_them(scene: Scene, trigger: Match, remembered: str) -> str:
    """Who «їх» is where no side is named in the sentence: those who acted last."""
    near = range(max(0, trigger.start - 2), trigger.end)
    return remembered if any(scene.at("them", i) for i in near) else ""


def side_meant(scene: Scene, trigger: Match) -> str:
    """The side that "they" right before a verb stands for, named earlier in the sentence."""
    near = range(max(0, trigger.start - 3), trigger.start)
    meant = any(scene.at("they", i) for i in near)
    return _subject_before(scene, trigger) if meant else ""


def _within(match: Match, trigger: Match) -> bool:
    return trigger.start <= match.start and match.end <= trigger.end


def enemy_left(scene: Scene, trigger: Match, seen_by: str, war: War) -> str:
    """A subject that is only called an enemy: the opponent of who speaks, «противник занял P»."""
    if trigger.value.form not in ("active", "present"):
        return ""
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - REACH), -1):
        if scene.any_at(("boundary", "sides", "losers"), i) or scene.tokens[i].text in ",;:":
            break
        enemy = scene.at("enemies", i)
        if enemy is not None:
            return war.other(seen_by) or str(enemy.value)
    return ""


def enemy_after(scene: Scene, trigger: Match, seen_by: str, war: War) -> str:
    """The same of those by whom a place was taken: «P заняты противником, признал губернатор»."""
    if not scene.language.free_order or trigger.value.form not in _UNSAID:
        return ""
    enemy = scene.at("enemies", trigger.end)
    return (war.other(seen_by) or str(enemy.value)) if enemy is not None else ""
