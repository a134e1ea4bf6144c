"""Why a report gives the claims that it gives, and why other events in it give none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.model import Claim
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot
from tracker.reading.timing import nearest_when
from tracker.reading.told import Silent, Told
from tracker.reading.voices import speaking_voice

WHY = {
    "name": "the words are part of a place's name",
    "place": "no place that was taken or left stands with it",
    "fact": "it is not told as something done",
    "side": "nothing says which side acts",
}
HOW = {
    "subject": "the subject of the verb",
    "agent": 'named with "by"',
    "noun": "named with the noun",
    "state": "named with the state",
    "after": "named after the verb",
    "loser": "the other side is named as the one that lost it",
    "speaker": "the one who says so",
    "verb": "follows from the verb",
    "carried": "carried over from the sentence before",
    "course": "not said; the one that was taking ground there at the time",
    "held": "the one that held or lost it, as told before",
}
# Kinds of words that keep an event from being something done, in the order in which they are shown.
_DOUBTS = (
    "negation", "denial", "unconfirmed", "hypothetical", "irrealis", "demands", "questions",
    "still", "ongoing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One event in the text: its sentence, its words at ``start``, and what came of it.

    ``claims`` are what it gave, each with the gazetteer's reason for its place; empty when it gave
    none, and then ``evidence`` says why. ``evidence`` is a list of (what, words or reason).
    """

    start: int
    sentence: str
    words: str
    claims: tuple[tuple[Claim, str], ...]
    evidence: tuple[tuple[str, str], ...]

    def lines(self) -> Iterator[str]:
        """The reason as text for a person, a sentence and what follows from it."""
        yield f"“{' '.join(self.sentence.split())}”"
        for claim, why in self.claims:
            yield f"  {_told(claim)}"
            yield f"    place: “{claim.as_written}” {claim.location}: {why}"
            yield from (f"    {what}: {words}" for what, words in self.evidence)
            yield f"    confidence {claim.confidence:g}, rule {claim.rule}"
        if not self.claims:
            yield f"  no claim from “{self.words}”"
            yield from (f"    {what}: {words}" for what, words in self.evidence)


def told_reason(told: Told, claims: Sequence[Claim], text: str) -> Reason:
    """Why an event gave its claims, one for each of its places."""
    scene, trigger = told.scene, told.trigger
    words = _words(scene, range(trigger.start, trigger.end), text)
    evidence = [("event", f"“{words}”"), ("side", f"{told.by}, {HOW[told.how]}")]
    voice = speaking_voice(scene, trigger)
    said = f" (“{_words(scene, [voice.at], text)}”)" if voice.at >= 0 and voice.side else ""
    evidence.append(("on the word of", f"{told.claimed_by}{said}"))
    when = nearest_when(scene, trigger)
    if when is None:
        evidence.append(("days", "none named: from the day before publication on"))
    else:
        evidence.append(("days", f"“{_words(scene, range(when.start, when.end), text)}”"))
    if told.quoted is not None:
        evidence.append(("denied by", f"“{text[told.quoted.start : told.quoted.end]}”"))
    return Reason(
        scene.tokens.spans[trigger.start][0],
        text[scene.start : scene.end],
        words,
        tuple((c, s.location.why) for c, s in zip(claims, told.places, strict=True)),
        tuple(evidence),
    )


def silent_reason(silent: Silent, text: str) -> Reason:
    """Why an event gave no claim."""
    scene, trigger = silent.scene, silent.trigger
    evidence = [("because", WHY[silent.why])]
    if silent.why == "fact":
        evidence += [(kind, f"“{words}”") for kind, words in _doubts(scene, text)]
    if silent.why == "place":
        evidence += [("seen", f"“{_spot(scene, spot, text)}”") for spot in scene.spots]
    return Reason(
        scene.tokens.spans[trigger.start][0],
        text[scene.start : scene.end],
        _words(scene, range(trigger.start, trigger.end), text),
        (),
        tuple(evidence),
    )


def _told(claim: Claim) -> str:
    days = claim.date_from.isoformat()
    if claim.date_to != claim.date_from:
        days += f" .. {claim.date_to.isoformat()}"
    background = ", background" if claim.background else ""
    where = f" ({claim.admin1})" if claim.admin1 else ""
    return (
        f"{claim.status}: {claim.change} of {claim.place}{where} by {claim.by}, "
        f"held by {claim.holder} after it, {days}{background}"
    )


def _doubts(scene: Scene, text: str) -> Iterator[tuple[str, str]]:
    for kind in _DOUBTS:
        found: list[Match] = scene.matches.get(kind, [])
        yield from ((kind, _words(scene, range(m.start, m.end), text)) for m in found)


def _spot(scene: Scene, spot: Spot, text: str) -> str:
    return _words(scene, range(spot.start, spot.end), text) or spot.mention.as_written


def _words(scene: Scene, tokens: Iterable[int], text: str) -> str:
    """The text from the first to the last of the tokens."""
    at = sorted(tokens)
    spans = scene.tokens.spans
    return text[spans[at[0]][0] : spans[at[-1]][1]] if at else ""
