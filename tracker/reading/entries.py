"""Entries: texts whose title is the name of a town, and whose sentences need not repeat it.

"Captured by Russia 28 February 2022. Recaptured by Ukraine 8 September 2022.", under "Izium".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.places import Mention
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene

_NAME = re.compile(r"[^\W\d_]+(?:[-'’ʼ ][^\W\d_]+){0,3}")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
# What may stand before an event that has no subject: who says so, how surely, how far.
_LEADING = ("speech", "sides", "claimants", "purpose", "passive", "completed", "prep:of")


def entry_town(title: str, named: Sequence[Mention]) -> Mention | None:
    """The town whose name is the whole title; one that no table knows too, but then unlocated."""
    name = _ASIDE.sub("", title)
    for mention in named:
        inside = mention.end <= len(title)
        if inside and mention.kind == "settlement" and _covers(title, name, mention):
            return mention
    if any(m.kind != "settlement" for m in named if m.start < len(title)):
        return None
    capitals = _NAME.fullmatch(name) and all(w[0].isupper() for w in re.split(r"[- ]", name))
    if not capitals or name.isupper():
        return None
    return Mention(0, len(name), name, "settlement", (), False)


def _covers(title: str, name: str, mention: Mention) -> bool:
    """Whether nothing but an aside stands beside the name: "Bile (Snake Island)"."""
    whole = mention.end - mention.start >= len(name)
    return whole or title[: mention.start].endswith("(")


def lacks_subject(scene: Scene, trigger: Match) -> bool:
    """Whether an event names no place, so that in an entry it is about the entry's town."""
    event, form = trigger.value.event, trigger.value.form
    if any(spot.is_place and not spot.governors for spot in scene.spots):
        return False
    if event.object == "from":
        troops = any(scene.at("sides", i) for i in range(trigger.start))
        after = range(trigger.end, len(scene.tokens))
        return form != "noun" and troops and not any(scene.at("prep:from", i) for i in after)
    if form == "noun":  # "Capture by Russia claimed on 6 October"
        return event.change == "capture" and scene.at("agent", trigger.end) is not None
    passive = event.passive and form in ("past", "participle", "passive", "state")
    return passive and all(_leads(scene, i) for i in range(trigger.start))


def _leads(scene: Scene, i: int) -> bool:
    token = scene.tokens[i]
    adverb = token.norm.endswith(scene.language.adjective_endings)
    return not token.is_word or adverb or scene.any_at(_LEADING, i)
