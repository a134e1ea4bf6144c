"""Places that share a verb told once: "left A on Monday and B on Tuesday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.reading.datewords import When
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot, members

_SEPARATORS = frozenset(",;")
_DASHES = frozenset("—–-")
_COUNTING = (
    "counted",
    "plurals",
    "place_types",
    "date:numbers",
    "determiners",
    "listing",
    "date:offsets",
)
"""Words of "and three more villages: they are", before the names."""
_LATER = ("date:units", "date:numbers", "date:through", "date:later", "not_only")
"""Words of "and two days later B"."""
_CLOSING = frozenset('.,;:!)»”"')
REACH = 8


def gapped(
    scene: Scene, trigger: Match, places: Sequence[Spot]
) -> Iterator[tuple[list[Spot], When | None]]:
    """Further places of an event whose verb is not said again, each list with its own day."""
    taken = {spot.group for spot in places}
    end = _past_clause(scene, max(trigger.end, places[-1].end))
    for spot in scene.spots:
        if spot.start < end or spot.group in taken or spot.anaphor:
            continue
        if (
            not spot.is_place
            or spot.is_area
            or not _governed_alike(scene, trigger, spot, places[0])
        ):
            continue
        taken.add(spot.group)
        group = [s for s in members(scene, spot) if s.is_place and not s.is_area]
        when = _day_beside(scene, spot, group[-1])
        if _continues(scene, end, spot, dated=when is not None) and _ends(scene, group[-1], when):
            yield group, when
            end = max(group[-1].end, when.end if when else 0)


def _past_clause(scene: Scene, end: int) -> int:
    """Past what a clause says of the place: «повернули А, де стояв штаб, а позавчора — Б»."""
    comma = end < len(scene.tokens) and scene.tokens[end].text == ","
    if not (comma and scene.language.free_order and scene.at("boundary", end + 1)):
        return end
    if scene.at("conjunctions", end + 1) or scene.any_at(("date:relative", "links"), end + 2):
        return end
    for i in range(end + 1, min(end + 2 * REACH, len(scene.tokens))):
        if scene.tokens[i].text == "," and scene.at("boundary", i + 1):
            return i
        if scene.spot_at(i) is not None:
            return end
    return end


def _governed_alike(scene: Scene, trigger: Match, spot: Spot, first: Spot) -> bool:
    """Whether both stand with the same preposition, or the further one with none.

    The first may have left it to the event: "laid claim to A and on Monday to B".
    """
    own = scene.prepositions_at(trigger.end - 1)
    return not spot.governors or bool(spot.governors & (first.governors | own))


def _day_beside(scene: Scene, spot: Spot, last: Spot) -> When | None:
    """The day told right before or after a further place, within its part of the sentence."""
    after = (when for when in scene.whens if 0 <= when.start - last.end <= 1)
    before = (when for when in scene.whens if 0 <= spot.head - when.end <= 3)
    return next(after, None) or next(before, None)


def _continues(scene: Scene, end: int, spot: Spot, *, dated: bool) -> bool:
    """Whether nothing but a comma or "and", a day and a dash lead from the event to the place."""
    separated = dashed = counted = spelled = linked = False
    if spot.head - end > 2 * REACH:
        return False
    days = {k for when in scene.whens for k in range(when.start, when.end)}
    for i in range(end, spot.head):
        text = scene.tokens[i].text
        separated = separated or text in _SEPARATORS or scene.at("conjunctions", i) is not None
        dashed = dashed or text in _DASHES
        spelled = spelled or (text == ":" and counted)
        counted = counted or scene.any_at(("counted", "plurals", "place_types"), i)
        linked = linked or scene.at("links", i) is not None
        dated = dated or scene.at("date:units", i) is not None
        known = i in days or text in _SEPARATORS | _DASHES or (text == ":" and spelled)
        known = known or scene.any_at(_LATER, i)
        alike = scene.prepositions_at(i) & spot.governors
        if not (known or alike or _is_link(scene, i) or scene.any_at(_COUNTING, i)):
            return False
    return separated and (dated or dashed or spelled or linked)


def _is_link(scene: Scene, i: int) -> bool:
    """Words that may stand between the days and places of such a list."""
    return scene.any_at(("conjunctions", "prep:in", "prep:from", "articles", "links"), i)


def _ends(scene: Scene, last: Spot, when: When | None) -> bool:
    """Whether the part ends after its place or day, and no verb of its own follows."""
    end = max(last.end, when.end if when else 0)
    area = scene.spot_at(end + 1) if end < len(scene.tokens) else None
    if area is not None and area.is_area and "in" in area.governors:
        end = area.end
    if end >= len(scene.tokens):
        return True
    return scene.tokens[end].text in _CLOSING or scene.at("conjunctions", end) is not None
