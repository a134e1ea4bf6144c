"""Which side acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.model import War
from tracker.reading.forces import (
    force_before,
    source_before,
    troops_of_speaker,
    unit_left,
    unit_right,
)
from tracker.reading.grammar import after_colon, is_mocked, is_passive
from tracker.reading.language import Event, EventForm
from tracker.reading.leftward import is_objectless
from tracker.reading.losers import (
    drives_them,
    enemy_after,
    enemy_left,
    loser_of,
    side_meant,
    side_of_them,
)
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene
from tracker.reading.sidewords import REACH_AFTER, side_left, side_right
from tracker.reading.voices import GENERIC, NOBODY, Voice, free_side, meant_itself, source_named

REACH_OF_OWN = 4
_OPENING = frozenset('«“„"')


@dataclass(slots=True)
class Memory:
    """What one sentence leaves for the next: who acted, who gained and who spoke last."""

    actor: str = ""
    gainer: str = ""
    winner: str = ""
    speaker: str = ""
    here: str = ""
    """Who acted in the sentence itself, by its own words."""
    after: str = ""
    """The source that the next sentences name: quoted words may run on before it is named."""


def _by_phrase(scene: Scene, trigger: Match) -> str:
    """The side after "by": "was captured by Russian forces"."""
    words = 0
    for i in range(trigger.end, len(scene.tokens)):
        if scene.at("agent", i):
            return side_right(scene, i + 1, 4, any_case=True)
        if scene.at("boundary", i) or words > REACH_AFTER:
            break
        if trigger.value.form == "noun" and scene.at("speech", i):
            break  # "its capture was announced by Kyiv"
        words += scene.tokens[i].is_word
    return ""


def acting_side(
    scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    """The side that took or left the place, and how that was found ('' when it was not)."""
    event = trigger.value.event
    if is_mocked(scene, trigger):
        return war.other(scene.language.home), "loser"
    how_told = _HOW_TOLD.get(event.by)
    if how_told is not None:
        return how_told(scene, trigger, voice, memory, war)
    if event.loser_named:
        return _driver(scene, trigger, voice, memory, war)
    if event.closed and not is_passive(scene, trigger):
        return _claimer(scene, trigger, voice), "subject"
    seen_by = voice.side or source_named(scene) or memory.speaker or memory.winner
    after = is_passive(scene, trigger) or trigger.value.form == "noun"
    told_of = enemy_after if after else enemy_left
    enemy = told_of(scene, trigger, seen_by, war)
    found, how = (enemy, "subject") if enemy else _named(scene, trigger, voice, memory, war)
    return (found, how) if found else _fallback(scene, trigger.value, voice, memory, war)


def _by_default(
    scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    return _taker_of_loss(trigger.value.event, voice, war)


def _by_speaker(
    scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    claimer = "" if is_passive(scene, trigger) else _claimer(scene, trigger, voice)
    return (claimer, "subject") if claimer else _fallback(scene, trigger.value, voice, memory, war)


def _from_loser(
    scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    """ "A lost P": the opponent of who lost it; of "P, lost in March," whoever gains by default."""
    event = trigger.value.event
    if event.default_by and _is_lost(scene, trigger):
        return _taker_of_loss(event, voice, war)
    loser = side_left(scene, trigger) or _side_after_opening(scene, trigger)
    gainer = war.other(loser or voice.side or _narrator(scene, trigger))
    return (gainer, "loser") if gainer else (event.default_by, "verb")


def _claimer(scene: Scene, trigger: Match, voice: Voice) -> str:
    """Who claims a place: the nearest side or source before, else whoever does so as a rule."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - REACH_AFTER), -1):
        named = scene.at("claimants", i) or scene.at("sides", i) or scene.at("capitals", i)
        if named is not None and named.value not in NOBODY:
            return str(named.value)
        if named is not None and named.start == voice.at and voice.side not in NOBODY:
            return voice.side  # "Russia's army took P, which its ministry announced as freed"
        if named is not None or scene.at("third", i):
            break
        if scene.tokens[i].text == ";" or scene.at("event", i):
            break
    return str(trigger.value.event.default_by)


def _is_lost(scene: Scene, trigger: Match) -> bool:
    """Whether a place is what was lost, and by whom is not said: "P, lost in March,"."""
    if is_passive(scene, trigger):
        return True
    beside = trigger.start - 1
    after_place = beside >= 0 and (
        scene.spot_at(beside) is not None or scene.tokens[beside].text == ","
    )
    return after_place and trigger.value.form == "past" and is_objectless(scene, trigger)


def _narrator(scene: Scene, trigger: Match) -> str:
    """The side of a text that says "we" in a language of one side: «ми втратили P»."""
    before = range(max(0, trigger.start - REACH_OF_OWN), trigger.end)
    return scene.language.home if any(scene.at("own", i) for i in before) else ""


def _taken_from(scene: Scene, trigger: Match) -> str:
    """The side that a place was won back from: «отбили у россиян»."""
    friendly = trigger.value.event.tone == "friendly"
    if not friendly and trigger.value.form != "active":
        return ""
    for i in range(max(0, trigger.start - 3), min(trigger.end + 3, len(scene.tokens) - 1)):
        if scene.at("lost_by", i):
            side = scene.at("sides", i + 1)
            if side is not None and (friendly or scene.at("losers", i + 1)):
                return str(side.value)
    return ""


def _named(scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War) -> tuple[str, str]:
    """The side that the clause itself names, by the grammar of the event's form."""
    form: EventForm = trigger.value
    loser = _taken_from(scene, trigger)
    if loser:
        return war.other(loser), "loser"
    if form.form == "noun":
        return _side_of_noun(scene, trigger), "noun"
    if form.form == "state" or form.event.object in ("subject", "over"):
        inside = _side_inside(scene, trigger, voice)
        if form.event.object != "over":
            inside = inside or side_right(scene, trigger.end, 5, any_case=True)
            inside = inside or meant_itself(scene, trigger.end, trigger.end + 1, voice)
        if inside or form.event.object != "over":
            return inside, "state"
    if is_passive(scene, trigger):
        by = _passive_agent(scene, trigger, voice)
        if by or form.event.change == "capture" or not scene.language.free_order:
            return by, "agent"
    return _subject_side(scene, trigger, voice, memory), "subject"


def _acted_last(scene: Scene, trigger: Match, voice: Voice, memory: Memory) -> str:
    """Whom "we" or "they" means: who speaks, else who acted last; nobody "occupies" his own."""
    near = range(max(0, trigger.start - REACH_OF_OWN), trigger.start)
    home = scene.language.home
    if home and voice.side not in NOBODY and any(scene.at("own", i) for i in near):
        return voice.side
    hostile = home and trigger.value.event.tone == "hostile" and memory.actor == home
    return "" if hostile else memory.actor


def _subject_side(scene: Scene, trigger: Match, voice: Voice, memory: Memory) -> str:
    """The side before an active verb, or what a pronoun stands for; after it in free order."""
    found = force_before(scene, trigger) or troops_of_speaker(scene, trigger, voice, memory.speaker)
    if trigger.value.event.since and scene.language.free_order:
        found = side_right(scene, trigger.end, 2) or found  # «там порядкували окупанти»
    if not found and _pronoun_first(scene, trigger):
        found = _speaker_meant(scene, trigger, voice) or _acted_last(scene, trigger, voice, memory)
    elif not found:
        found = side_left(scene, trigger, voice)
    found = found or unit_left(scene, trigger) or _side_after_opening(scene, trigger)
    if scene.language.free_order and after_colon(scene, trigger):
        found = side_right(scene, trigger.end, 0) or found
    if not scene.language.free_order:
        friendly = trigger.value.event.tone == "friendly" and trigger.value.form != "ing"
        return found or (source_before(scene, trigger) if friendly else "")
    if found:
        return found
    found = side_right(scene, trigger.end, 5) or unit_right(scene, trigger)
    found = found or _speaker_meant(scene, trigger, voice) or side_meant(scene, trigger)
    leaves = trigger.value.event.change == "withdrawal" and voice.side in NOBODY
    return found or (_narrator(scene, trigger) if leaves else "")  # «ми змушені були лишити П»


def _speaker_meant(scene: Scene, trigger: Match, voice: Voice) -> str:
    """Whom "it" or "he" means after a source that speaks: "the brigade said it had taken P"."""
    return meant_itself(scene, max(voice.at, trigger.start - REACH_OF_OWN), trigger.start, voice)


def _side_after_opening(scene: Scene, trigger: Match) -> str:
    """The subject of "Having taken P, Russian troops moved on", which follows the first comma."""
    opens = trigger.start < REACH_OF_OWN and not scene.language.free_order
    if not opens or trigger.value.form not in ("ing", "past", "participle"):
        return ""
    if trigger.value.form != "ing" and not scene.at("having", trigger.start - 1):
        return ""
    for i in range(trigger.end, len(scene.tokens)):
        if scene.tokens[i].text == "," and scene.spot_at(i + 1) is None:
            return side_right(scene, i + 1, 4, any_case=True)
    return ""


def _named_after(
    scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    """ "Fell to A": the side that follows; a weak event without one says nothing."""
    event = trigger.value.event
    found = _receiver(scene, trigger)
    if found:
        return found, "after"
    if event.weak:
        return _told_of_fall(event, voice, war), "speaker"
    if event.loss:
        return _taker_of_loss(event, voice, war)
    return _fallback(scene, trigger.value, voice, memory, war)


def _told_of_fall(event: Event, voice: Voice, war: War) -> str:
    """Who took what a side itself says fell or was lost; '' where no side says so."""
    opponent = war.other(voice.side) if voice.at >= 0 else ""
    if not opponent or event.loss or voice.admits:
        return opponent
    return event.default_by


def _receiver(scene: Scene, trigger: Match) -> str:
    """The side after "to": "fell to A", "the fall of P to A"."""
    for i in range(trigger.start, min(trigger.end + REACH_AFTER, len(scene.tokens))):
        if scene.tokens[i].text in ",;:":
            break
        if scene.at("prep:toward", i):
            return side_right(scene, i + 1, 3, any_case=True)
    return ""


def _taker_of_loss(event: Event, voice: Voice, war: War) -> tuple[str, str]:
    """Who gained what somebody calls lost: the speaker's opponent, else the verb's default."""
    opponent = war.other(voice.side) if event.loss else ""
    return (opponent, "loser") if opponent else (event.default_by, "verb")


def _driver(
    scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    """Who drove the other side out: the subject, or the opponent of the one driven out."""
    teller = memory.here or memory.speaker or memory.winner or memory.gainer
    loser = loser_of(scene, trigger, voice, war, teller)
    if loser:
        return war.other(loser), "loser"
    ours = voice if voice.side not in NOBODY else Voice(memory.speaker)
    left = side_left(scene, trigger, ours)
    if left:
        driven = is_passive(scene, trigger) or drives_them(scene, trigger)
        return (war.other(left), "loser") if driven else (left, "subject")
    right = side_right(scene, trigger.start + 1, 5, of=is_passive(scene, trigger))
    right = right or side_of_them(scene, trigger, memory.actor)
    if right:
        return war.other(right), "loser"
    if is_passive(scene, trigger) and not scene.language.free_order:
        return "", ""  # "residents were driven from P"
    return _fallback(scene, trigger.value, voice, memory, war)


def _passive_agent(scene: Scene, trigger: Match, voice: Voice) -> str:
    """By whom it was done: "by A"; a captor also in the instrumental, where there is no "by"."""
    found = _by_phrase(scene, trigger)
    if found or not scene.language.free_order or trigger.value.event.change != "capture":
        return found
    parted = any(token.text == "," for token in scene.tokens[trigger.end : trigger.end + 4])
    found = "" if parted and scene.language.home else side_right(scene, trigger.end, 4)
    if found and voice.at >= 0 and found == voice.side:
        return found
    return found or _instrument_left(scene, trigger)


def _instrument_left(scene: Scene, trigger: Match) -> str:
    """A side just before a passive verb: "російськими військами окуповано"."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 4), -1):
        match = free_side(scene, i)
        if match is not None and not scene.at("losers", i):
            return str(match.value)
        if scene.tokens[i].text == ",":
            break
    return ""


def _side_inside(scene: Scene, trigger: Match, voice: Voice) -> str:
    """The side named within the phrase: "under Russian control", or "ours" as the speaker says."""
    for i in range(trigger.start, trigger.end):
        if scene.at("own", i):
            owner = _owner(scene, trigger, i, voice)
            if owner:
                return owner
        match = scene.at("sides", i)
        if match is not None:
            return str(match.value)
    return ""


def _owner(scene: Scene, trigger: Match, i: int, voice: Voice) -> str:
    """Whose "our" or "their" is: who speaks, or the side named before; '' when neither is known."""
    speaker = voice.side if voice.side not in ("", "other", GENERIC) else ""
    if scene.language.free_order or scene.at("ours", i):
        return speaker
    return side_left(scene, trigger) or speaker


def _side_of_noun(scene: Scene, trigger: Match) -> str:
    """Russian withdrawal; withdrawal of Russian forces; Ukraine's recapture; capture by A."""
    leaving = trigger.value.event.change == "withdrawal"
    found = _adjective_before(scene, trigger) or _by_phrase(scene, trigger)
    if not found and (leaving or scene.language.free_order):
        found = side_right(scene, trigger.end, 3, of=True, any_case=leaving)
    if found:
        return found
    before = range(max(0, trigger.start - 3), trigger.start)
    after = range(trigger.end, min(trigger.end + 3, len(scene.tokens))) if leaving else range(0)
    own = any(scene.at("own", i) for i in (*before, *after))
    return side_left(scene, trigger) if own else ""


def _adjective_before(scene: Scene, trigger: Match) -> str:
    """The side right before a noun, in the same phrase."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 4), -1):
        match = free_side(scene, i)
        if match is not None:
            return str(match.value)
        if scene.any_at(("boundary", "speech"), i):
            break
        mark = not (scene.tokens[i].is_word or scene.at("possessive", i))
        if mark and scene.tokens[i].text not in _OPENING:
            break
    return ""


def _pronoun_first(scene: Scene, trigger: Match) -> bool:
    """Whether "they" or "it" stands between the trigger and any side, and no side before it."""
    for i in range(trigger.start - 1, -1, -1):
        if free_side(scene, i) is not None:
            return False
        if scene.tokens[i].text == ";":
            break
    return any(
        scene.any_at(("third", "own"), i) for i in range(max(0, trigger.start - 6), trigger.start)
    )


def _fallback(
    scene: Scene, form: EventForm, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    """No side is named: the speaker's, as the verb allows, else the verb's own, else the last.

    Of its own gain a side says "liberated" (a friendly verb) or announces "the capture"; what it
    calls "occupied" or says was captured is the enemy's doing, so there the verb's default counts.
    """
    event = form.event
    named = voice.side in {s.id for s in war.sides} and not voice.civil
    if named and voice.admits and event.change == "capture":
        return war.other(voice.side), "speaker"
    if memory.here and event.tone == "friendly" and form.form in ("passive", "state"):
        return memory.here, "carried"
    own = event.tone == "friendly" or not event.default_by or event.change == "withdrawal"
    if named and voice.at >= 0 and (own or (event.tone != "hostile" and form.form == "noun")):
        return voice.side, "speaker"
    carried = _carried(scene, event, voice, memory, war)
    if carried:
        return carried, "carried"
    if named and own:
        return voice.side, "speaker"
    if event.default_by:
        return event.default_by, "verb"
    return (memory.actor, "carried") if memory.actor else ("", "")


def _carried(scene: Scene, event: Event, voice: Voice, memory: Memory, war: War) -> str:
    """The side that goes on gaining, for a friendly verb without one; '' for any other verb."""
    if event.tone != "friendly":
        return ""
    # Where impersonal forms are the rule, who spoke last tells more than who gained last.
    last = scene.language.free_order and war.other(memory.speaker) and memory.speaker
    gainer = "" if scene.language.home else memory.gainer
    # "Liberated" is what Russia says of its gains ("the ministry said"), not what others say.
    partisan = event.partisan if voice.at >= 0 and not voice.side else memory.speaker
    if not scene.language.free_order and gainer not in (partisan, event.default_by):
        gainer = ""
    return last or memory.winner or gainer


_HOW_TOLD: Mapping[str, Callable[[Scene, Match, Voice, Memory, War], tuple[str, str]]] = {
    "default": _by_default,
    "speaker": _by_speaker,
    "loser": _from_loser,
    "after": _named_after,
}
