"""Whose voice an event is told in: that of the sentence, of what went before, or of the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from tracker.model import War
from tracker.reading.agents import Memory
from tracker.reading.forces import is_force
from tracker.reading.language import LANGUAGES, load_language
from tracker.reading.lines import Line
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene
from tracker.reading.tokens import tokenize
from tracker.reading.told import Tale, Told
from tracker.reading.voices import GENERIC, NOBODY, UNNAMED, Voice, speaking_voice

OLD = timedelta(days=3)
OLD_AT_HOME = timedelta(days=8)
"""What is told with a day so long past is told to remind, in the text's own voice."""
_QUOTES = frozenset('«“„"')
_NAMED = ("subject", "agent", "loser")
REACH_BACK, REACH_ON = 3, 2
"""How many sentences away the one may stand who says so: before, and after."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks in a sentence: a side, ``generic``, ``other`` or '' where nobody does."""

    scene: Scene
    side: str


@lru_cache(maxsize=1024)
def voice_of_source(source: str, lang: str) -> Voice:
    """Whose voice a report itself is, when its source is a party ("General Staff of ...")."""
    tokens = tokenize(source)
    for name in dict.fromkeys((lang, *LANGUAGES)):  # a source may be named in another
        found = load_language(name).matcher.find(tokens)
        civil = any(match.category == "officials" for match in found)
        for match in found:
            if match.category == "claimants" and match.value != GENERIC:
                return Voice(str(match.value), civil=civil)
    return Voice("")


def _named_before(scene: Scene) -> str:
    """Who "It reported" is: the source that the sentence before names last, speaking or not."""
    opens = scene.any_at(("third",), 0) and scene.at("speech", 1) is not None
    if not opens or scene.previous is None or scene.language.free_order:
        return ""
    named = [str(m.value) for m in scene.previous.matches.get("claimants", ())]
    return next((side for side in reversed(named) if side not in NOBODY), "")


def voice_of(scene: Scene, trigger: Match, memory: Memory, source: Voice) -> Voice:
    """Who says it: somebody in the sentence, who spoke before it, or the source itself."""
    voice = speaking_voice(scene, trigger)
    if voice.side == GENERIC:
        ministry = scene.at("ministries", voice.at) or scene.at("ministries", voice.at + 1)
        if ministry is not None:  # "according to the ministry"
            return Voice(str(ministry.value), voice.at, voice.admits)
    if voice.side and not (voice.side == GENERIC and memory.speaker):
        return voice
    if voice.side == GENERIC:
        return Voice(memory.speaker, voice.at, voice.admits)
    if memory.speaker and (same := scene.matches.get("same_speaker")):
        return Voice(memory.speaker, same[0].start)
    if scene.matches.get("third") and scene.matches.get("speech"):
        speaker = _named_before(scene) or memory.speaker
        if speaker:
            return Voice(speaker)
    return source if source.side else _of_insider(scene, trigger, memory)


def _of_insider(scene: Scene, trigger: Match, memory: Memory) -> Voice:
    """Who says "we" or "it had to be given up" where the sentence names nobody: who speaks near."""
    if scene.language.home or not scene.language.free_order or scene.matches.get("sides"):
        return Voice("")
    event = trigger.value.event
    given_up = event.needs_side and event.change == "withdrawal"
    if not given_up and not any(scene.at("own", i) for i in range(len(scene.tokens))):
        return Voice("")
    near = memory.speaker or memory.after
    return Voice("" if near in NOBODY else near)


def named_next(lines: Sequence[Line], number: int) -> str:
    """The side of the first source that one of the next sentences names; '' where none does."""
    for line in lines[number + 1 : number + 1 + REACH_ON]:
        if "speech" in line.words.matches:
            named = (str(match.value) for match in line.words.matches.get("claimants", ()))
            side = next((side for side in named if side not in NOBODY), "")
            if side:
                return side
    return ""


def credit(tale: Tale, spoken: Sequence[Spoken], war: War, published: date) -> None:
    """Say whose word is what no source in its own sentence says.

    What happened days ago is told by the text itself. News is the word of the side that gains by it
    where that side speaks in a sentence nearby: before it, or after it where nobody has spoken yet.
    """
    at = {id(one.scene): number for number, one in enumerate(spoken)}
    for i, told in enumerate(tale.told):
        if told.voice.side or told.background or told.status != "asserted":
            continue
        if _is_reminder(told, published):
            tale.told[i] = replace(told, claimed_by="other")
        elif told.claimed_by == "other" and id(told.scene) in at:
            side = _teller(told, at[id(told.scene)], spoken, war) or _doer(told)
            tale.told[i] = replace(told, claimed_by=side or "other")


def _doer(told: Told) -> str:
    """The side of a brigade that has taken a place by the text's own words: it tells of it."""
    if told.change != "capture" or told.how not in ("subject", "loser", "state"):
        return ""
    if told.how == "subject" and _acts_by_words(told):
        return told.by
    for source in told.scene.matches.get("claimants", ()):
        if source.value == told.by and is_force(told.scene, source) and _is_one(told.scene, source):
            return told.by
    return ""


def _acts_by_words(told: Told) -> bool:
    """Whether a ministry or a person is who takes a place: "Konashenkov pronounced P free"."""
    before = [
        source
        for source in told.scene.matches.get("claimants", ())
        if source.value == told.by and source.end <= told.trigger.start
    ]
    return bool(before) and not is_force(told.scene, before[-1])


def _is_one(scene: Scene, source: Match) -> bool:
    """Whether a force is one unit by its number or name: not "Russian forces"."""
    near = range(max(0, source.start - 2), min(source.end + 1, len(scene.tokens)))
    texts = [scene.tokens[i].text for i in near]
    return any(text[0].isdigit() or text in _QUOTES for text in texts)


def _is_reminder(told: Told, published: date) -> bool:
    """Whether the text itself recalls what happened on a day that it names.

    A text in the language of one side tells of the last week's gains in that side's voice.
    """
    event, home = told.trigger.value.event, told.scene.language.home
    plain = not home or told.how in _NAMED
    if event.loss or event.own_word or not (plain and told.scene.whens):
        return False
    return published - told.days[1] >= (OLD_AT_HOME if home else OLD)


def _teller(told: Told, number: int, spoken: Sequence[Spoken], war: War) -> str:
    """The side that speaks nearby of what it has gained, '' where none does."""
    gainer = told.by if told.change == "capture" else war.other(told.by)
    before = [one.side for one in reversed(spoken[max(0, number - REACH_BACK) : number])]
    after = [one.side for one in spoken[number + 1 : number + 1 + REACH_ON]]
    speaker = next((side for side in (*before, *after) if side not in ("", GENERIC)), "")
    if speaker and speaker == war.other(gainer) and _may_own_up(told):
        return speaker
    return gainer if speaker == gainer else ""


def _may_own_up(told: Told) -> bool:
    """Whether the loser may tell it too: that it left, that a place was lost to nobody named."""
    if told.change == "withdrawal":
        return True
    event = told.trigger.value.event
    return told.how in UNNAMED and (event.loss or event.tone == "hostile")
