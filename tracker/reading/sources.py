"""Whose voice an event is told in: that of the sentence, of what went before, or of the source."""

from __future__ import annotations

from functools import lru_cache

from tracker.reading.agents import Memory
from tracker.reading.language import LANGUAGES, load_language
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene
from tracker.reading.tokens import tokenize
from tracker.reading.voices import GENERIC, NOBODY, Voice, speaking_voice


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
    return source
