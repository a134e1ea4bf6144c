"""Places that are counted and named elsewhere: "both villages", "five villages. They are A, B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.places import Mention
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot, members

LASTS = 3
"""For how many sentences "both villages" may look back to a list."""
REACH = 8
LONGEST_OPENING = 3


@dataclass(slots=True)
class Listed:
    """The sentences just read, for what they named together."""

    scenes: tuple[Scene, ...] = ()

    def note(self, scene: Scene) -> None:
        """Remember a sentence once it has been read."""
        self.scenes = (scene, *self.scenes[: LASTS - 1])

    def meant(self, scene: Scene, match: Match) -> Sequence[Mention]:
        """Which places "both villages" at ``match`` stands for, () where the count fits none."""
        count = _count(scene, match)
        before = _named(scene, match.start)
        earlier = [_named(last, len(last.tokens)) for last in self.scenes]
        kept = next((lists[-1] for lists in map(_lists, earlier) if lists), [])
        for mentions in (*reversed(_lists(before)), kept):
            if mentions and count in (0, len(mentions)):
                return mentions
        for mentions in (_apart(before), _apart(earlier[0]) if earlier else []):
            if count > 1 and count == len(mentions):
                return mentions
        return ()


def _named(scene: Scene, end: int) -> list[Spot]:
    """Settlements named before a position."""
    return [
        spot
        for spot in scene.spots
        if spot.mention.kind == "settlement" and not spot.anaphor and spot.end <= end
    ]


def _apart(named: Sequence[Spot]) -> list[Mention]:
    """Those that are not only said to be near something, though they stand in no list."""
    return [spot.mention for spot in named if not spot.governors & {"near"}]


def _lists(named: Sequence[Spot]) -> list[list[Mention]]:
    groups: dict[int, list[Mention]] = {}
    for spot in named:
        groups.setdefault(spot.group, []).append(spot.mention)
    return [group for group in groups.values() if len(group) > 1]


def _count(scene: Scene, match: Match) -> int:
    """How many places the words speak of, 0 where they do not say."""
    for i in range(max(0, match.start - 1), match.end):
        number = scene.at("date:numbers", i)
        if number is not None and number.start == i:
            return int(number.value) + 1
        if scene.at("pairs", i):
            return 2
        if scene.tokens[i].text.isdecimal():
            return int(scene.tokens[i].text[:4])
    return 0


def counted_spots(scene: Scene, listed: Listed) -> Iterator[Spot]:
    """A spot for each place that "both villages" and the like mean, all at the same words."""
    alone = (m for m in scene.matches.get("counted_alone", ()) if _suffers(scene, m))
    for match in (*scene.matches.get("counted_anaphors", ()), *alone):
        if scene.spot_at(match.end) is not None or scene.at("place_types", match.end):
            continue
        for mention in listed.meant(scene, match):
            yield Spot(
                match.start,
                match.end,
                mention,
                head=match.start,
                anaphor=True,
                typed=True,
                counted=True,
            )


def _suffers(scene: Scene, match: Match) -> bool:
    """Whether "all" or "both" is what was taken: "All have been retaken", "took both"."""
    if scene.any_at(("perfect", "passive"), match.end):
        return True
    taken = scene.at("event", match.start - 1) if match.start else None
    if taken is None:
        return False
    within = taken.end > match.end  # «взяли села під контроль»
    return within or match.end >= len(scene.tokens) or not scene.tokens[match.end].is_word


def only_counts(scene: Scene, trigger: Match) -> bool:
    """Whether the event takes places that are only counted: "liberated five villages"."""
    event = trigger.value.event
    if event.change != "capture" or event.object == "over":
        return False  # a flag or nobody left: they are of a place that is named
    near = range(max(0, trigger.start - REACH), min(trigger.end + REACH, len(scene.tokens)))
    return any(scene.at("counted", i) for i in near)


def bare_list(scene: Scene) -> list[Spot]:
    """The places of a sentence that only lists: "They are A, B and C.", "Це A, B та C"."""
    opening = scene.matches.get("listing", ())
    if not opening or opening[0].start > 0:
        return []
    first = next((spot for spot in scene.spots if spot.is_place and not spot.anaphor), None)
    if first is None or first.is_area or first.governors:
        return []
    if scene.gap(opening[0].end, first.head) > LONGEST_OPENING:
        return []
    return [spot for spot in members(scene, first) if not spot.is_area]
