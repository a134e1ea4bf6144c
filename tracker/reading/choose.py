"""Which places an event is about."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reading.entries import lacks_subject
from tracker.reading.far import before_aside, far_place, held_before, listed_after, shown_as
from tracker.reading.grammar import (
    after_relative,
    in_relative_clause,
    is_attribute,
    is_passive,
    stands_apart,
)
from tracker.reading.language import EventForm
from tracker.reading.leftward import (
    STOPS,
    acts_unnamed,
    governed_left,
    is_bare,
    is_governed,
    is_objectless,
    left_place,
    opens_aside,
    spots_left,
    stood_left,
)
from tracker.reading.lists import added, ends_subordinate, spelled_out
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot, members
from tracker.reading.setting import is_prenominal

REACH = 16
REACH_ADJACENT = 7
_BEFORE_PLACE = (
    "wholes",
    "place_types",
    "determiners",
    "possessive",
    "prep:of",
    "completed",
    "partial",
)


def chosen_places(scene: Scene, trigger: Match) -> list[Spot]:
    """The places that the event at ``trigger`` takes or leaves, [] when none fits."""
    form: EventForm = trigger.value
    if is_attribute(scene, trigger):
        return []
    spot = _first_choice(scene, trigger, form)
    if spot is None or spot.is_area:
        spot = spelled_out(scene, trigger) or listed_after(scene, trigger) or spot
    spot = spot or far_place(scene, trigger)
    if spot is None:
        unnamed = _has_no_subject(scene, trigger) or acts_unnamed(scene, trigger)
        unnamed = unnamed and not form.event.closed  # "Claimed contested by Russian sources"
        if unnamed and scene.implied:
            return [scene.implied]
        return list(scene.topics) if _is_of_topics(scene, trigger) else []
    if spot is scene.implied:
        return [spot]
    group = [s for s in members(scene, spot) if s.is_place]
    closes = form.event.closed and group[-1].start >= trigger.end
    if closes and not _ends_clause(scene, group[-1]):
        return []
    if spot.start >= trigger.end and len(group) > 1 and _has_own_verb(scene, group):
        group.pop()
    settlements = [s for s in group if not s.is_area]
    return [*settlements, *added(scene, trigger, settlements)] or group


def _has_no_subject(scene: Scene, trigger: Match) -> bool:
    """Whether a passive opens the sentence, so that the place is the one spoken of before."""
    if scene.entry:
        return lacks_subject(scene, trigger)
    if not trigger.value.event.passive or any(spot.is_place for spot in scene.spots):
        return False
    form = trigger.value.form
    if scene.language.free_order:
        if form == "passive" and is_bare(scene, trigger):
            return True
        told = scene.at("sides", trigger.end) or is_objectless(scene, trigger)
        return trigger.start == 0 and (form == "attributive" or (form == "passive" and bool(told)))
    return trigger.start == 0 and form in ("past", "participle")


def _is_of_topics(scene: Scene, trigger: Match) -> bool:
    """Whether a sentence that names no place tells of what the one before only named."""
    form: EventForm = trigger.value
    counted = scene.matches.get("counted_anaphors")
    if not scene.topics or counted or form.event.closed or form.event.continues:
        return False
    return not any(spot.is_place and not spot.is_area for spot in scene.spots)


def _has_own_verb(scene: Scene, group: list[Spot]) -> bool:
    """Whether a new clause begins with the last of a list: "took A, and B was shelled"."""
    last = group[-1]
    return ends_subordinate(scene, group) or scene.any_at(
        ("passive", "perfect", "hypothetical"), last.end
    )


def _first_choice(scene: Scene, trigger: Match, form: EventForm) -> Spot | None:
    wanted = form.event.object
    if form.event.closed and not is_passive(scene, trigger):
        return _right(scene, trigger, frozenset())
    if form.form == "attributive":  # "A, taken by the 3rd brigade, looks like a field"
        return _described(scene, trigger)
    if form.form in ("past", "participle") and _is_reduced(scene, trigger):
        return scene.spot_at(trigger.start - 2)
    if wanted in ("from", "over"):
        found = _whence(scene, trigger, wanted)
        if found is not None or not form.event.direct:
            return found
    if form.form == "noun":
        return _of_noun(scene, trigger)
    if wanted == "subject" or is_passive(scene, trigger):
        found = shown_as(scene, trigger) or _subject(scene, trigger)
        held = form.form == "state" and wanted == "direct"  # "the Russians have both P and Q"
        return _right(scene, trigger, frozenset()) if found is None and held else found
    return _object(scene, trigger)


def _of_noun(scene: Scene, trigger: Match) -> Spot | None:
    """P in "the capture of P", "P's capture", «П, о взятии которого объявили»."""
    if scene.language.free_order and scene.at("relative", trigger.end):
        return _antecedent(scene, trigger)
    return _right(scene, trigger, scene.language.of_nouns) or _possessor(scene, trigger)


def _described(scene: Scene, trigger: Match) -> Spot | None:
    """What a participle in an aside is said of, or in "A, B, C. These are freed villages"."""
    if not trigger.start:
        return None
    beside = scene.spot_at(trigger.start - 1)
    if beside is not None and beside.counted:
        return beside
    return _antecedent(scene, trigger) if opens_aside(scene, trigger) else None


def _whence(scene: Scene, trigger: Match, wanted: str) -> Spot | None:
    """From where troops leave or are driven, or over what a flag is raised."""
    event, governed = trigger.value.event, frozenset({wanted})
    found = _right(scene, trigger, governed) or governed_left(scene, trigger, governed)
    found = found or _where(scene, trigger, wanted) or held_before(scene, trigger, wanted)
    driven = event.alone and event.loser_named
    if found is None and wanted == "from" and (driven or not event.loser_named):
        found = stood_left(scene, trigger)
    if found is None and event.change == "withdrawal" and wanted == "from":
        found = _beyond(scene, trigger)
    if found is None and (wanted == "over" or driven):
        found = _entered(scene, trigger) or _there(scene, trigger)
    return found


def _beyond(scene: Scene, trigger: Match) -> Spot | None:
    """P in "fell back to new lines west of P": what lies before the new line is given up."""
    for spot in scene.spots:
        if spot.start < trigger.end or not spot.is_place or spot.is_area:
            continue
        lined = any(scene.at("lines", i) for i in range(trigger.end, spot.head))
        side = any(scene.at("sides_of", i) for i in range(max(0, spot.head - 2), spot.start))
        return spot if lined and side else None
    return None


def _is_reduced(scene: Scene, trigger: Match) -> bool:
    """Whether a participle after a comma only says what happened to P: "in P, freed on Monday"."""
    comma = trigger.start - 1
    if comma < 1 or scene.tokens[comma].text != "," or not trigger.value.event.passive:
        return False
    spot = scene.spot_at(comma - 1)
    if spot is None or not spot.is_place or spot.is_area or not spot.governors - {"of"}:
        return False
    dated = ("date:offsets", "date:last", "date:months", "date:weekdays", "date:relative")
    return scene.any_at(("agent", "prep:in", *dated), trigger.end)


def _possessor(scene: Scene, trigger: Match) -> Spot | None:
    """P in "P's capture", or what the pronoun means in «о его полном освобождении»."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 4), -1):
        spot = scene.spot_at(i)
        if spot is not None and spot.anaphor and scene.at("object_pronouns", i):
            return spot
    if trigger.start and scene.at("whose", trigger.start - 1):
        return _antecedent(scene, trigger)
    for i in range(trigger.start - 1, max(-1, trigger.start - 3), -1):
        spot = scene.spot_at(i - 1) if i and scene.at("possessive", i) else None
        if spot is not None:
            spot.partial = False  # "P's" is no part of it here
            return spot
    return None


def _ends_clause(scene: Scene, last: Spot) -> bool:
    """Whether nothing that could be a verb follows a place."""
    i = last.end
    if i >= len(scene.tokens) or not scene.tokens[i].is_word:
        return True
    return bool(scene.prepositions_at(i)) or scene.any_at(
        (
            *("conjunctions", "boundary", "agent", "additive"),
            *("date:weekdays", "date:relative", "date:last", "date:offsets"),
        ),
        i,
    )


def _where(scene: Scene, trigger: Match, wanted: str) -> Spot | None:
    """The place before "from which" they left, or "where" they raised their flag."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - REACH_ADJACENT), -1):
        if scene.at(f"relative:{wanted}", i):
            return _antecedent(scene, trigger)
        if not scene.tokens[i].is_word or scene.at("event", i):
            return None
    return None


def _entered(scene: Scene, trigger: Match) -> Spot | None:
    """Where those went who raise their flag "there": "they entered P and raised their flag"."""
    for spot in spots_left(scene, trigger):
        event = scene.at("event", spot.head - 1) if spot.head else None
        if not spot.is_area and (event is not None or spot.governors & {"toward", "in"}):
            return spot
    return None


def _there(scene: Scene, trigger: Match) -> Spot | None:
    """What "there" means: "P he named, too: no Ukrainian soldiers are left there"."""
    near = range(max(0, trigger.start - 2), trigger.end + 1)
    if not any(scene.at("there", i) for i in near):
        return None
    recalled = (scene.at("relative", i) for i in range(max(0, trigger.start - 3), trigger.start))
    if not scene.language.free_order and any(recalled):
        return None  # "the soldiers who showed a flag there are dead"
    for spot in reversed(scene.spots):
        if spot.end <= trigger.start and spot.is_place and not spot.is_area:
            return None if spot.governors & {"near"} else spot
    return scene.implied


def _object(scene: Scene, trigger: Match) -> Spot | None:
    """What an active verb takes or leaves: after it, else before it where the grammar allows."""
    right = _right(scene, trigger, frozenset())
    beyond = right is not None and _beyond_comma(scene, trigger, right)
    if beyond and scene.language.free_order and in_relative_clause(scene, trigger):
        return _antecedent(scene, trigger) or right  # "A, which the brigade took, and B"
    if right is not None and scene.language.free_order and beyond:
        left = left_place(scene, trigger)
        return left if left is not None and not left.is_area else right
    if right is not None:
        return right
    if in_relative_clause(scene, trigger):
        return _antecedent(scene, trigger)
    objectless = is_objectless(scene, trigger)
    if not scene.language.free_order and not (trigger.value.form == "past" and objectless):
        return None
    left = left_place(scene, trigger)
    entered = left is not None and left.head > 0 and scene.at("event", left.head - 1) is not None
    return None if entered and not objectless else left  # "entered P and took the market"


def _beyond_comma(scene: Scene, trigger: Match, spot: Spot) -> bool:
    """Whether a comma parts the verb from a place after it, so that one before may be nearer."""
    between = range(trigger.end, spot.start)
    return not spot.anaphor and any(scene.tokens[i].text == "," for i in between)


def _subject(scene: Scene, trigger: Match) -> Spot | None:
    """The place that was taken or fell; for an adjacent event none that stands apart."""
    if after_relative(scene, trigger):
        return _antecedent(scene, trigger)
    spot = _inside(scene, trigger) or _either_side(scene, trigger)
    adjacent = trigger.value.event.adjacent and trigger.value.form == "state"
    if spot is None or not adjacent or not stands_apart(scene, spot, trigger):
        return spot
    right = _right(scene, trigger, frozenset()) if scene.language.free_order else None
    beside = right is not None and scene.gap(trigger.end, right.head) <= 1
    return right if beside else None


def _inside(scene: Scene, trigger: Match) -> Spot | None:
    """A place within the phrase: "control of P has passed to ..."."""
    inside = (scene.spot_at(i) for i in range(trigger.start + 1, trigger.end))
    found = next((spot for spot in inside if spot is not None and spot.is_place), None)
    if found is None or not found.is_area or not scene.language.free_order:
        return found
    right = _right(scene, trigger, frozenset())  # "the list of freed villages of the region: A"
    return found if right is None or right.is_area else right


def _either_side(scene: Scene, trigger: Match) -> Spot | None:
    """Before the verb; after it too where word order is free: a town rather than a region."""
    left = left_place(scene, trigger)
    if left is not None and any(scene.at("relative", i) for i in range(left.end, trigger.start)):
        left = before_aside(scene, left) or left
    if not scene.language.free_order or (left is not None and not left.is_area):
        return left
    right = _right(scene, trigger, frozenset())
    return right if right is not None and (left is None or not right.is_area) else left


def _antecedent(scene: Scene, trigger: Match) -> Spot | None:
    """The place that a relative clause speaks of, whatever preposition it stands with outside."""
    nearby: Spot | None = None
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - REACH), -1):
        if scene.tokens[i].text in STOPS:
            return nearby
        spot = scene.spot_at(i)
        if spot is not None and spot.is_place and not spot.is_area:
            if not spot.governors & {"near"}:
                return before_aside(scene, spot) or spot
            if scene.at("relative", spot.end) or scene.at("relative", spot.end + 1):
                return _described_by(scene, spot) or spot
            nearby = nearby or spot
    return nearby


def _described_by(scene: Scene, near: Spot) -> Spot | None:
    """P in "P, a village 15 km from Q, which ...": the clause goes on about P."""
    before = [s for s in scene.spots if s.end < near.start and s.is_place and not s.is_area]
    if before and before[-1].end >= near.head - 1 and scene.language.free_order:
        return before[-1]  # «П під Р, яке взяли»
    if not before or scene.tokens[before[-1].end].text != ",":
        return None
    between = range(before[-1].end + 1, near.start)
    return before[-1] if any(scene.at("place_types", i) for i in between) else None


def _steps_right(scene: Scene, trigger: Match, reach: int) -> Iterator[int]:
    """Tokens after the trigger until the clause ends."""
    words = 0
    for i in range(trigger.start + 1, len(scene.tokens)):
        token = scene.tokens[i]
        if token.text in STOPS or words > reach:
            return
        if i >= trigger.end and scene.at("boundary", i) and scene.spot_at(i) is None:
            return
        event = scene.at("event", i)
        if (
            event is not None
            and event.start == i
            and i >= trigger.end
            and event.value.form not in ("noun", "participle", "attributive")
            and not is_prenominal(scene, event)
        ):
            return
        words += token.is_word
        yield i


def _right(scene: Scene, trigger: Match, allowed: frozenset[str]) -> Spot | None:
    """The first place after the trigger with a wanted preposition (none, when none is wanted)."""
    area: Spot | None = None
    for spot in _spots_right(scene, trigger, adjacent=trigger.value.event.adjacent and not allowed):
        fits = _fits(scene, spot, allowed, trigger)
        if not spot.is_area and (fits or area is not None):
            return spot if fits else area
        if fits:
            area = area or spot
    return area


def _spots_right(scene: Scene, trigger: Match, *, adjacent: bool) -> Iterator[Spot]:
    """Places after the trigger, to the end of its clause or of its noun phrase."""
    for i in _steps_right(scene, trigger, REACH_ADJACENT if adjacent else REACH):
        spot = scene.spot_at(i)
        if spot is None:
            if i >= trigger.end and scene.tokens[i].text == "," and not _aside(scene, i):
                return
            if adjacent and i >= trigger.end and not _lean(scene, i):
                return
        elif spot.start == i and spot.is_place:
            yield spot


def _aside(scene: Scene, comma: int) -> bool:
    """Whether a comma after the trigger opens a short aside or a list rather than a new clause."""
    for i in range(comma + 1, min(comma + 9, len(scene.tokens))):
        if scene.tokens[i].text == "," or scene.spot_at(i):
            return True
        if scene.any_at(("event", "speech", "boundary"), i):
            return False
    return False


def _lean(scene: Scene, i: int) -> bool:
    """Words that may stand between a verb and its very next place."""
    return (
        scene.any_at(_BEFORE_PLACE, i)
        or (not scene.tokens[i].is_word and scene.tokens[i].text in "«\"“'")
        or (
            scene.tokens[i].norm.endswith(scene.language.adjective_endings)
            and not scene.at("event", i)
        )
    )


def _fits(scene: Scene, spot: Spot, allowed: frozenset[str], trigger: Match) -> bool:
    if spot.garrison:
        return False
    if allowed:
        return is_governed(scene, spot, allowed)
    if trigger.value.form == "noun" and scene.language.free_order and spot.is_nominative:
        return False  # "Після року окупації Ізюм повернули": the noun is not of this place
    if trigger.value.event.continues and spot.is_area:
        return False  # "He named villages of the Kherson region too": the list is of villages
    if trigger.start < spot.head <= trigger.end:
        return True
    if not spot.governors:
        # A region in the genitive says where a village lies: "Коровин Яр Донецької області".
        region_of = spot.is_area and spot.mention.oblique
        return not region_of and not _belongs_to_noun(scene, spot, trigger)
    if spot.governors == {"of"}:
        return (
            spot.partial
            or spot.head - 1 <= trigger.end
            or scene.at("place_types", spot.head - 2) is not None
        )
    return False


def _belongs_to_noun(scene: Scene, spot: Spot, trigger: Match) -> bool:
    """Whether an oblique form hangs on an unknown noun ("жителів Херсона"), not on the event."""
    i = spot.head - 1
    if not spot.mention.oblique or spot.partial or i < trigger.end:
        return False
    token = scene.tokens[i]
    known = scene.any_at(
        ("place_types", "determiners", "sides", "enemies", "conjunctions", "event", "speech"), i
    )
    return token.is_word and not known and token.text.islower()
