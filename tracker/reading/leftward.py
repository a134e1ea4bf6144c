"""Places that stand before an event: what was taken, and whence somebody left."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot

REACH_LEFT = 24
REACH_OF_SHARED_SUBJECT = 3
REACH_OF_BUILDING = 6
LONGEST_DASHED = 14
STOPS = frozenset(";!?")
LONGEST_DATE = 6
_ASIDES = frozenset(",(—–")
_ENDS = frozenset('.,;!»”"')
_OPENS = {"—": "—–", "–": "—–", ")": "("}
_FINITE = ("past", "participle", "active", "state")


def left_place(scene: Scene, trigger: Match) -> Spot | None:
    """The nearest place before the trigger that no preposition governs."""
    area: Spot | None = None
    for spot in spots_left(scene, trigger):
        if _fits_left(spot):
            if not spot.is_area:
                return spot
            area = area or spot
    return area


def spots_left(scene: Scene, trigger: Match) -> Iterator[Spot]:
    """Places before the trigger, nearest first, back to the beginning of its clause."""
    words, seen = 0, False
    i = trigger.start - 1
    while i >= 0 and words <= REACH_LEFT and scene.tokens[i].text not in STOPS:
        opening = _opening_of(scene, i)
        if opening is not None:
            i = opening - 1
            continue
        spot = scene.spot_at(i)
        if (spot is None and _parts(scene, i)) or _ends_clause(scene, trigger, i):
            return
        if not seen and _are_subject(scene, trigger, i):
            return
        if spot is not None and spot.is_place:
            yield spot
            seen = True
            i = spot.start
        words += scene.tokens[i].is_word
        i -= 1


def _are_subject(scene: Scene, trigger: Match, i: int) -> bool:
    """Whether places without names are the subject: "P rejoices as villages are won back"."""
    if scene.language.free_order or scene.at("plurals", i) is None or scene.spot_at(i - 1):
        return False
    return any(scene.any_at(("passive", "perfect"), k) for k in range(i + 1, trigger.start))


def _parts(scene: Scene, i: int) -> bool:
    """Whether a clause begins at token ``i``: not with the adverb of "has since been taken"."""
    if scene.at("boundary", i) is None:
        return False
    if i and scene.at("after", i) and scene.spot_at(i - 1) is not None:
        return False  # «П після року окупації знову українське»
    return not (scene.at("links", i) and scene.any_at(("perfect", "passive"), i - 1))


def _opens_apposition(scene: Scene, comma: int) -> bool:
    """Whether a comma right after a place begins what is said of it, not the next of a list."""
    listed = scene.spot_at(comma + 1) is not None or scene.at("conjunctions", comma + 1) is not None
    return scene.spot_at(comma - 1) is not None and not listed


def _ends_clause(scene: Scene, trigger: Match, i: int) -> bool:
    """Whether another event's verb ends at token ``i``; "was cut off and taken" is one."""
    event = scene.at("event", i)
    if event is None or event.end != i + 1 or event.value.form == "noun":
        return False
    if scene.at("conjunctions", trigger.start - 1) and _is_suffered(scene, event):
        return False  # "P changed hands last week and is now Russian"
    return trigger.start - event.end > REACH_OF_SHARED_SUBJECT


def _is_suffered(scene: Scene, event: Match) -> bool:
    """Whether the place is the subject of an event: "P fell", "P was taken"."""
    passive = event.start > 0 and scene.at("passive", event.start - 1) is not None
    return passive or event.value.event.object == "subject"


def _opening_of(scene: Scene, closing: int) -> int | None:
    """The mark that opens the aside which the one at ``closing`` ends, None where none does."""
    mark = scene.tokens[closing].text
    if mark == ",":
        return aside_before(scene, closing)
    if mark not in _OPENS or not scene.language.free_order:
        return None
    for i in range(closing - 1, max(0, closing - LONGEST_DASHED), -1):
        text = scene.tokens[i].text
        if text in STOPS or text == ":":
            return None
        if text in _OPENS[mark]:
            return i if _holds_aside(scene, i, closing) else None
    return None


def _holds_aside(scene: Scene, opening: int, closing: int) -> bool:
    """Whether two dashes hold what is said of a place: not "A — in May, B — in June"."""
    listed = (
        scene.tokens[i].text == "," and scene.spot_at(i + 1) for i in range(opening + 1, closing)
    )
    named = (scene.spot_at(i) for i in range(max(0, opening - REACH_OF_BUILDING), opening))
    return any(spot is not None and spot.is_place for spot in named) and not any(listed)


def aside_before(scene: Scene, closing: int) -> int | None:
    """The comma that opens the aside which the comma at ``closing`` ends: ", seized in March,"."""
    for i in range(closing - 1, max(-1, closing - 20), -1):
        if scene.tokens[i].text == "," and not scene.tokens[i + 1].text.isdigit():
            opens = scene.any_at(("relative", "event"), i + 1) or scene.any_at(("relative",), i + 2)
            opens = opens or _owned_relative(scene, i)
            if opens or _opens_apposition(scene, i):
                return i
            return _opens_clauses(scene, i)
        if scene.tokens[i].text in STOPS:
            return None
    return None


def _owned_relative(scene: Scene, comma: int) -> bool:
    """Whether a preposition and a noun come before the relative: «П, від визволення якого»."""
    led = scene.language.free_order and bool(scene.prepositions_at(comma + 1))
    return led and scene.at("relative", comma + 3) is not None


def _opens_clauses(scene: Scene, inner: int) -> int | None:
    """The comma after a place from which on clauses speak of it: "P, where A, but B,"."""
    if not scene.language.free_order or scene.at("boundary", inner + 1) is None:
        return None
    for i in range(inner - 1, max(0, inner - 20), -1):
        if scene.tokens[i].text in STOPS or scene.at("event", i):
            return None
        if scene.tokens[i].text == "," and scene.spot_at(i - 1) is not None:
            return i if scene.at("boundary", i + 1) is not None else None
    return None


def clause_before(scene: Scene, closing: int) -> int | None:
    """The comma that opens the clause about a place which the comma at ``closing`` ends."""
    opening = aside_before(scene, closing)
    if opening is None or scene.spot_at(opening - 1) is None:
        return None
    return opening if scene.any_at(("relative", "event"), opening + 1) else None


def _fits_left(spot: Spot) -> bool:
    if spot.is_area and spot.mention.oblique and not (spot.governors or spot.partial):
        return False  # "five villages of the raion"
    return not spot.governors or (spot.governors == {"of"} and (spot.typed or spot.partial))


def governed_left(scene: Scene, trigger: Match, allowed: frozenset[str]) -> Spot | None:
    """A place before the trigger with a wanted preposition: "from P the troops withdrew"."""
    for spot in spots_left(scene, trigger):
        if is_governed(scene, spot, allowed):
            return spot
    return None


def is_governed(scene: Scene, spot: Spot, allowed: frozenset[str]) -> bool:
    """Whether a place stands with one of the prepositions, or what stands with it is in P."""
    return bool(spot.governors & allowed) or ("over" in allowed and _is_building(scene, spot))


def _is_building(scene: Scene, spot: Spot) -> bool:
    """Whether a flag flies over a building of the place: "over the city hall of P"."""
    if scene.language.free_order:
        hangs = spot.mention.oblique and not spot.governors
    else:
        hangs = spot.governors == {"of"}
    if not hangs:
        return False
    for i in range(spot.head - 1, max(-1, spot.head - 1 - REACH_OF_BUILDING), -1):
        if scene.at("prep:over", i):
            return True
        if scene.spot_at(i) or scene.any_at(("speech", "date:weekdays"), i):
            return False
    return False


def stood_left(scene: Scene, trigger: Match) -> Spot | None:
    """Where those who leave stood: "the garrison of P withdrew", "at P the defenders withdrew"."""
    if trigger.value.form not in _FINITE:
        return None
    sheltered = scene.at("prep:toward", trigger.end) and scene.at("shelters", trigger.end + 1)
    if sheltered or says_whence(scene, trigger):
        return None
    if scene.language.free_order:
        return _garrisoned(scene, trigger)
    spot = next((s for s in spots_left(scene, trigger) if not s.is_area), None)
    if spot is None:
        return _where_people_say_so(scene, trigger)
    if any(scene.at("speech", i) for i in range(spot.end, trigger.start)):
        return None
    of_troops = spot.governors == {"of"} and scene.at("units", spot.head - 2) is not None
    if _owns_troops(scene, spot):
        spot.partial, of_troops = False, True
    if not (of_troops or "in" in spot.governors or spot.garrison):
        return None
    within = (s.governors & {"toward"} and (s.anaphor or s.partial) for s in scene.spots)
    return None if any(within) else spot


def _owns_troops(scene: Scene, spot: Spot) -> bool:
    """P in "P's last defenders were pulled out"."""
    if not scene.at("possessive", spot.end):
        return False
    near = range(spot.end + 1, min(spot.end + 4, len(scene.tokens)))
    return any(scene.any_at(("units", "garrisons"), i) for i in near)


def _garrisoned(scene: Scene, trigger: Match) -> Spot | None:
    """P in «захисники П відійшли», where a case does what "of" does in English."""
    for spot in spots_left(scene, trigger):
        troops = spot.head > 0 and scene.at("garrisons", spot.head - 1) is not None
        if troops and spot.mention.oblique and not (spot.is_area or spot.governors):
            return spot
    for spot in scene.spots:  # «підрозділи, що боронили П, відійшли»
        defended = spot.head > 0 and scene.at("defending", spot.head - 1) is not None
        relative = any(scene.at("relative", i) for i in range(max(0, spot.head - 3), spot.head))
        if defended and relative and spot.end < trigger.start and not spot.governors:
            return spot
    return None


def _where_people_say_so(scene: Scene, trigger: Match) -> Spot | None:
    """P in "In P people told us that the Russians had gone"."""
    first = next((s for s in scene.spots if s.is_place and not s.is_area), None)
    if first is None or first.head > 1 or "in" not in first.governors:
        return None
    between = range(first.end, trigger.start)
    said = any(scene.at("speech", i) for i in between)
    return first if said and any(scene.at("civilians", i) for i in between) else None


def acts_unnamed(scene: Scene, trigger: Match) -> bool:
    """Whether somebody leaves or raises a flag and no place is named: "They withdrew on Friday".

    Then the place of the sentence right before is meant.
    """
    event = trigger.value.event
    had_to = scene.at("completed", trigger.start - 1) if event.change == "withdrawal" else None
    finite = trigger.value.form in _FINITE or had_to is not None
    if not event.alone or not finite or not _named_just_before(scene):
        return False
    if any(
        s.is_place and not s.is_area and not s.governors & {"near", "toward"} for s in scene.spots
    ):
        return False
    if event.object == "over":
        return True
    if event.object == "direct" and not is_objectless(scene, trigger):
        return False
    return not (scene.any_at(("prep:toward", "after"), trigger.end) or says_whence(scene, trigger))


def is_objectless(scene: Scene, trigger: Match) -> bool:
    """Whether nothing that could be an object follows: a headline such as "Bakhmut captured"."""
    i = trigger.end
    if i >= len(scene.tokens) or not scene.tokens[i].is_word or scene.at("there", i):
        return True
    return scene.any_at(
        ("agent", "prep:in", "prep:near", "boundary", "conjunctions", "date:relative"), i
    )


def opens_aside(scene: Scene, trigger: Match) -> bool:
    """Whether a participle opens what is said of a place: ", taken on Friday", ", с мая взятое"."""
    first = trigger.start - 1
    while scene.language.free_order and first > trigger.start - LONGEST_DATE and first > 0:
        dated = any(when.start <= first < when.end for when in scene.whens)
        if not (dated or scene.any_at(("date:of_month", "determiners"), first)):
            break
        first -= 1
    return first >= 0 and scene.tokens[first].text in _ASIDES


def is_bare(scene: Scene, trigger: Match) -> bool:
    """Whether an event fills its clause all by itself: "In Moscow they report: taken."."""
    first, last = trigger.start - 1, trigger.end
    while first >= 0 and scene.any_at(("now", "links", "additive"), first):
        first -= 1
    opens = first < 0 or not scene.tokens[first].is_word
    return opens and (last >= len(scene.tokens) or scene.tokens[last].text in _ENDS)


def _named_just_before(scene: Scene) -> bool:
    """Whether the sentence before names the place that is implied here."""
    if scene.implied is None or scene.previous is None:
        return False
    meant = scene.implied.mention
    same = (spot.mention for spot in scene.previous.spots)
    return any(m is meant or m.as_written == meant.as_written for m in same)


def says_whence(scene: Scene, trigger: Match) -> bool:
    """Whether "from" follows in the clause: "withdrew from the treaty"."""
    for i in range(trigger.end, len(scene.tokens)):
        if scene.tokens[i].text in STOPS or scene.at("boundary", i):
            return False
        if scene.at("prep:from", i):
            return True
    return False
