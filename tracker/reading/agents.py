"""Which side acts, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.model import War
from tracker.reading.choose import is_passive
from tracker.reading.language import Event, EventForm
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene

REACH_AFTER = 8


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it: a side, ``other`` or '' (nobody named), and where in the sentence."""

    side: str
    at: int = -1
    admits: bool = False


@dataclass(slots=True)
class Memory:
    """What one sentence leaves for the next: who acted, who gained and who spoke last."""

    actor: str = ""
    gainer: str = ""
    speaker: str = ""


def _free_side(scene: Scene, i: int) -> Match | None:
    """A side's name at token ``i`` that can act: not "in Ukraine", not part of a place."""
    match = scene.at("sides", i)
    if match is None or match.start != i:
        return None
    spot = scene.spot_at(i)
    if spot is not None and spot.is_place:
        return None
    if i and any(m is not None and m.end == i for m in (scene.at("prep:in", i - 1), scene.at("prep:from", i - 1))):
        return None
    if i and scene.at("determiners", i - 1) and i > 1 and scene.at("prep:in", i - 2):
        return None
    return match


def _side_left(scene: Scene, trigger: Match) -> str:
    """The nearest side before the trigger; past a boundary only a pronoun's owner is looked for."""
    for i in range(trigger.start - 1, -1, -1):
        if scene.tokens[i].text == ";":
            break
        match = _free_side(scene, i)
        if match is not None:
            return str(match.value)
    return ""


def _unit_left(scene: Scene, trigger: Match) -> str:
    """A source that is itself a force, as the subject: "the 35th brigade raised its flag"."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 8), -1):
        source = scene.at("claimants", i)
        if source is not None and source.value != "other":
            return str(source.value)
        if scene.at("boundary", i) or scene.at("speech", i) or not scene.tokens[i].is_word:
            break
    return ""


def _side_right(scene: Scene, start: int, reach: int = REACH_AFTER) -> str:
    """The nearest side after a position, within the clause."""
    words = 0
    for i in range(start, len(scene.tokens)):
        token = scene.tokens[i]
        if token.text in ";:()" or scene.at("boundary", i) or words > reach:
            break
        match = _free_side(scene, i)
        if match is not None and not scene.any_at(("prep:of",), i - 1) and not scene.at("losers", i):
            return str(match.value)
        words += token.is_word
    return ""


def _by_phrase(scene: Scene, trigger: Match) -> str:
    """The side after "by": "was captured by Russian forces"."""
    words = 0
    for i in range(trigger.end, len(scene.tokens)):
        if scene.at("agent", i):
            return _side_right(scene, i + 1, 4)
        if scene.at("boundary", i) or words > REACH_AFTER:
            break
        words += scene.tokens[i].is_word
    return ""


def acting_side(scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War) -> tuple[str, str]:
    """The side that took or left the place, and how that was found ('' when it was not)."""
    form: EventForm = trigger.value
    event = form.event
    if event.by == "default":
        return _taker_of_loss(event, voice, war)
    if event.by == "after":
        found = _side_right(scene, trigger.start + 1, 5)
        if not found and event.loss:
            return _taker_of_loss(event, voice, war)
        if not found and not event.weak:
            return _fallback(event, form.form, voice, memory, war)
        return (found, "after")
    if event.loser_named:
        return _driver(scene, trigger, voice, memory, war)
    if form.form == "noun":
        found = _side_of_noun(scene, trigger)
        return (found, "noun") if found else _fallback(event, form.form, voice, memory, war)
    if form.form == "state" or event.object == "subject":
        found = _side_inside(scene, trigger, voice) or _side_right(scene, trigger.end, 5)
        return (found, "state") if found else _fallback(event, form.form, voice, memory, war)
    if is_passive(scene, trigger) and event.change == "capture":
        return _passive_captor(scene, trigger, voice, memory, war)
    found = _side_left(scene, trigger) if not _pronoun_first(scene, trigger) else memory.actor
    found = found or _unit_left(scene, trigger)
    if not found and scene.language.free_order:
        found = _side_right(scene, trigger.end, 5)
    return (found, "subject") if found else _fallback(event, form.form, voice, memory, war)


def _taker_of_loss(event: Event, voice: Voice, war: War) -> tuple[str, str]:
    """Who gained what somebody calls lost: the speaker's opponent, else the verb's default."""
    opponent = war.other(voice.side) if event.loss else ""
    return (opponent, "loser") if opponent else (event.default_by, "verb")


def _driver(scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War) -> tuple[str, str]:
    """Who drove the other side out: the subject, or the opponent of the one driven out."""
    near = range(max(0, trigger.start - 8), min(trigger.end + 6, len(scene.tokens)))
    for i in near:
        loser = scene.at("losers", i)
        if loser is not None:
            return war.other(str(loser.value)), "loser"
    left = _side_left(scene, trigger)
    if left:
        return (war.other(left), "loser") if is_passive(scene, trigger) else (left, "subject")
    right = _side_right(scene, trigger.start + 1, 5)
    if right:
        return war.other(right), "loser"
    return _fallback(trigger.value.event, trigger.value.form, voice, memory, war)


def _passive_captor(
    scene: Scene, trigger: Match, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    event, form = trigger.value.event, trigger.value
    found = _by_phrase(scene, trigger)
    if not found and scene.language.free_order:
        found = _side_right(scene, trigger.end, 4)
        if found and voice.at >= 0 and found == voice.side:
            return found, "agent"
        found = found or _instrument_left(scene, trigger)
    return (found, "agent") if found else _fallback(event, form.form, voice, memory, war)


def _instrument_left(scene: Scene, trigger: Match) -> str:
    """A side just before a passive verb: "російськими військами окуповано"."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 4), -1):
        match = _free_side(scene, i)
        if match is not None and not scene.at("losers", i):
            return str(match.value)
    return ""


def _side_inside(scene: Scene, trigger: Match, voice: Voice) -> str:
    """The side named within the phrase: "under Russian control", or "ours" as the speaker says."""
    for i in range(trigger.start, trigger.end):
        if scene.at("own", i) and voice.side not in ("", "other"):
            return voice.side
        match = scene.at("sides", i)
        if match is not None:
            return str(match.value)
    return ""


def _side_of_noun(scene: Scene, trigger: Match) -> str:
    """Russian withdrawal; the withdrawal of Russian forces; Ukraine's recapture; capture of P by A."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 4), -1):
        match = _free_side(scene, i)
        if match is not None:
            return str(match.value)
        if scene.any_at(("boundary", "speech"), i) or not scene.tokens[i].is_word:
            break
    found = _by_phrase(scene, trigger)
    if found:
        return found
    if trigger.value.event.change == "withdrawal" or scene.language.free_order:
        found = _side_right(scene, trigger.end, 3)
        if found:
            return found
    if scene.at("own", trigger.start - 1) or any(scene.at("own", i) for i in range(max(0, trigger.start - 3), trigger.start)):
        return _side_left(scene, trigger)
    if trigger.value.event.change == "withdrawal" and any(
        scene.at("own", i) for i in range(trigger.end, min(trigger.end + 3, len(scene.tokens)))
    ):
        return _side_left(scene, trigger)
    return ""


def _pronoun_first(scene: Scene, trigger: Match) -> bool:
    """Whether "they" or "it" stands between the trigger and any side, and no side before it."""
    for i in range(trigger.start - 1, -1, -1):
        if _free_side(scene, i) is not None:
            return False
        if scene.tokens[i].text == ";":
            break
    return any(scene.any_at(("third", "own"), i) for i in range(max(0, trigger.start - 6), trigger.start))


def _fallback(
    event: Event, form: str, voice: Voice, memory: Memory, war: War
) -> tuple[str, str]:
    """No side is named: the speaker's, as far as the verb allows, else the verb's own, else the last.

    Of its own gain a side says "liberated" (a friendly verb) or announces "the capture"; what it
    calls "occupied" or says was captured is the enemy's doing, so there the verb's default counts.
    """
    named = voice.side in {s.id for s in war.sides}
    if named and voice.admits and event.change == "capture" and event.tone != "friendly":
        return war.other(voice.side), "speaker"
    own = event.tone == "friendly" or not event.default_by or event.change == "withdrawal"
    if named and voice.at >= 0 and (own or (event.tone != "hostile" and form == "noun")):
        return voice.side, "speaker"
    if event.tone == "friendly" and memory.gainer:
        return memory.gainer, "carried"
    if named and own:
        return voice.side, "speaker"
    if event.default_by:
        return event.default_by, "verb"
    return (memory.actor, "carried") if memory.actor else ("", "")


def speaking_voice(scene: Scene, trigger: Match | None) -> Voice:
    """Who says what the sentence says: a named source, or a side as the subject of speech.

    Of several sources the one nearest before the trigger speaks, else the nearest after it.
    """
    where = trigger.start if trigger is not None else 0
    found = [Voice(str(m.value), m.start) for m in scene.matches.get("claimants", ()) if _speaks(scene, m)]
    found += [Voice(str(m.value), m.start) for m in scene.matches.get("sides", ()) if _side_speaks(scene, m)]
    if not found:
        return Voice("")
    best = min(found, key=lambda v: (v.at > where, abs(v.at - where), v.side))
    return Voice(best.side, best.at, bool(scene.matches.get("admission")))


def _speaks(scene: Scene, source: Match) -> bool:
    """A source speaks when a verb of speech stands in the same sentence, not far away."""
    return any(
        abs(speech.start - source.start) <= 14 for speech in scene.matches.get("speech", ())
    ) or source.start <= 1


def _side_speaks(scene: Scene, side: Match) -> bool:
    """A side's name right before or after a verb of speech: "Ukraine announced", "said Moscow"."""
    if _free_side(scene, side.start) is None:
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
