"""A verb told once that is only pointed at: "A is free, and so is B", "the same goes for C"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot
from tracker.reading.told import Told

OPENING = 2


def echoes(like: Told, scene: Scene, trigger: Match, places: Sequence[Spot]) -> bool:
    """Whether "so is" points at what was told last, and not at something that took no place.

    "A is free. B is under fire, and so is C" says nothing of C but that it is under fire.
    """
    if any(spot.partial or _may_govern(scene, spot) for spot in places):
        return False
    if like.scene is scene:
        return not is_parted(like, scene, trigger)
    return trigger.start <= OPENING or any(spot.end <= trigger.start for spot in places)


def is_parted(like: Told, scene: Scene, trigger: Match) -> bool:
    """Whether a semicolon stands between what was told and "Q too", where that parts them."""
    if scene.language.free_order:
        return False  # «взяли П; до переліку додалося Р»
    between = range(like.trigger.end, trigger.start - 1) if like.scene is scene else range(0)
    return any(scene.tokens[i].text == ";" for i in between)


def _may_govern(scene: Scene, spot: Spot) -> bool:
    """Whether a name is that of a government as well: "so did Kyiv"."""
    return scene.at("capitals", spot.start) is not None and not spot.typed


def like_it(told: Told, like: Told) -> Told:
    """What is told again with the change that it repeats: a withdrawal goes on as one."""
    if told.change == like.change:
        return told
    form = told.trigger.value
    again = replace(form, event=replace(form.event, change=like.change))
    return replace(told, trigger=replace(told.trigger, value=again))
