"""Places that a list adds to those beside the verb: "three villages: A, B", "as well as C"."""

from __future__ import annotations

from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot, members


def spelled_out(scene: Scene, trigger: Match) -> Spot | None:
    """The first of the places that spell out "three villages": after a colon, or "including"."""
    if not any(spot.start >= trigger.end for spot in scene.spots):
        return None
    for i in range(trigger.end, len(scene.tokens)):
        including = scene.at("including", i)
        if including is not None or scene.tokens[i].text in ":—–":
            if not any(scene.any_at(("place_types", "plurals"), k) for k in range(i)):
                return None
            return _first_after(scene, trigger, including.end if including else i + 1)
        if scene.tokens[i].text == "," and _counted_before(scene, i):
            spot = _first_after(scene, trigger, i + 1)
            if spot is not None and len(members(scene, spot)) > 1:
                return spot
        if scene.at("event", i):
            return None
    return None


def _counted_before(scene: Scene, comma: int) -> bool:
    """Whether "three smaller places nearby" ends at a comma."""
    return scene.within("plurals", comma - 3, comma)


def _first_after(scene: Scene, trigger: Match, i: int) -> Spot | None:
    """The place that begins a list right after token ``i``: "five: A", "five, namely from A"."""
    following = [s for s in scene.spots if s.start >= i and s.is_place and not s.is_area]
    if not following or following[0].anaphor:
        return None
    if following[0].governors - {"with", trigger.value.event.object}:
        return None
    return following[0] if scene.gap(i, following[0].start) <= 3 else None


def added(scene: Scene, trigger: Match, places: list[Spot]) -> list[Spot]:
    """What "as well as" adds to a list, or "and other villages, among them"."""
    if not places:
        return []
    last = places[-1]
    first = _opening(scene, trigger, places)
    if first:
        return first
    for spot in scene.spots:
        if spot.start <= last.end or spot.group == last.group or not spot.is_place or spot.is_area:
            continue
        own = range(trigger.start, trigger.end)
        between = [i for i in range(last.end, spot.start) if i not in own]
        parted = any(_is_apart(scene, i) for i in between)
        more = _is_added(scene, spot) or _is_repeated(scene, last, spot)
        if not parted and (more or _is_among(scene, last, spot)):
            return [s for s in members(scene, spot) if s.is_place]
    return []


def ends_subordinate(scene: Scene, group: list[Spot]) -> bool:
    """Whether the comma between two places ends a clause: "Since they took P, Q is under fire"."""
    if len(group) != 2 or not scene.language.free_order or not scene.at("boundary", 0):
        return False
    between = range(group[0].end, group[1].head)
    return not any(scene.at("conjunctions", i) for i in between) and len(between) == 1


def _is_apart(scene: Scene, i: int) -> bool:
    """Whether another statement is made at a token: not with "so is" or "likewise"."""
    event = scene.at("event", i)
    other = event is not None and not event.value.event.continues
    return other or scene.tokens[i].text in ";:"


def _opening(scene: Scene, trigger: Match, places: list[Spot]) -> list[Spot]:
    """A in "Besides A, the Russians took B", "Like A before it, B has fallen"."""
    opener = scene.at("openers", 0)
    spot = next((s for s in scene.spots if s.is_place and not s.is_area), None)
    if opener is None or spot is None or spot in places or spot.head > opener.end:
        return []
    listed = [s for s in members(scene, spot) if s.is_place]
    end = listed[-1].end
    passed = next((i for i in range(end, trigger.start) if scene.tokens[i].text == ","), end)
    parted = any(scene.at("event", i) for i in range(end, passed))
    return [] if parted or (passed == end and scene.tokens[end].text != ",") else listed


def _is_added(scene: Scene, spot: Spot) -> bool:
    before = spot.head - 1 - bool(spot.governors)  # "as well as from C"
    return before >= 0 and scene.at("additions", before) is not None


def _is_repeated(scene: Scene, last: Spot, spot: Spot) -> bool:
    """Whether the preposition is said again: "from A, near Q, and from B"."""
    same = last.governors & spot.governors & {"from", "over"}
    return bool(same) and spot.head > 1 and scene.at("conjunctions", spot.head - 2) is not None


def _is_among(scene: Scene, last: Spot, spot: Spot) -> bool:
    """Whether "and several villages, including" leads from one list to the next."""
    includes = [m for m in scene.matches.get("including", ()) if last.end <= m.start < spot.start]
    if not includes or scene.gap(includes[-1].end, spot.start) > 1:
        return False
    between = range(last.end, includes[-1].start)
    return any(scene.any_at(("place_types", "plurals"), i) for i in between)
