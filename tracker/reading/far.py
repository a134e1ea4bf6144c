"""Places that stand far from their event: past an aside, before a relative clause, in a list.

What :mod:`tracker.reading.choose` looks for beside the verb is looked for here once that has found
nothing: English says "P, once home to 70,000, was taken", "P, which the ministry had claimed", "of
the villages recovered she named P and Q".
"""

from __future__ import annotations

from tracker.reading.grammar import VERBAL, follows_as, is_passive
from tracker.reading.leftward import STOPS
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot

REACH = 40
REACH_OF_GROUP = 8
REACH_OF_SUBJECT = 7
REACH_OF_LIST = 16
REACH_OF_OPENING = 14
REACH_OF_NOUN = 9
REACH_OF_INVERSION = 5
OPENING = 2
REACH_OF_PLURAL = 6
LONGEST_LINK = 6
_SUBJECT = ("sides", "third", "claimants", "units", "own", "forces", "articles", "possessive")
_FAMILY = {",": ",", ")": "(", "—": "—–-", "–": "—–-", "-": "—–-"}
_QUOTES = frozenset("\"”»'’“«„")
_OF = frozenset({"of"})
_NEAR = frozenset({"near"})
_COLONS = frozenset(":—–")
_LISTING = ("conjunctions", "links", "determiners", "place_types", "date:offsets")
_OPENING_MARKS = frozenset(",(—–-")


def far_place(scene: Scene, trigger: Match) -> Spot | None:
    """The place of an event beside which none stands, None where none is meant for certain."""
    if scene.language.free_order or trigger.value.form in ("noun", "ing", "base", "infinitive"):
        return None
    event = trigger.value.event
    if event.closed and (event.by == "loser" or scene.at("boundary", trigger.end)):
        return None  # "a councillor claims that they are packing"
    found = _opening(scene, trigger) or _appositive(scene, trigger)
    found = found or _predicate(scene, trigger) or _headline(scene, trigger)
    if found is not None:
        return found
    first = _group_start(scene, trigger)
    suffered = is_passive(scene, trigger) or trigger.value.event.object == "subject"
    if suffered:
        return _before_mark(scene, first - 1) or _in_clause(scene, first - 1)
    if trigger.value.event.object != "direct" or not _lacks_object(scene, trigger):
        return None
    return _fronted(scene, first - 1)


def _opening(scene: Scene, trigger: Match) -> Spot | None:
    """P in "Captured by the Russians last week, P has no water"."""
    verb = trigger.value
    if trigger.start > 1 or verb.form not in ("past", "participle") or not verb.event.passive:
        return None
    for i in range(trigger.end, min(trigger.end + REACH_OF_OPENING, len(scene.tokens))):
        spot = scene.spot_at(i)
        if spot is not None and i > trigger.end and scene.tokens[spot.head - 1].text == ",":
            return spot if _is_head(spot) else None
        if scene.tokens[i].text in STOPS or scene.any_at(("event", "perfect"), i):
            return None
    return None


def _appositive(scene: Scene, trigger: Match) -> Spot | None:
    """P in "P, the town lost in February,", "P – taken a month ago –", "P, claimed on Friday,"."""
    verb, last = trigger.value, trigger.start - 1
    if verb.form == "state" and (last < 1 or scene.tokens[last].text not in _OPENING_MARKS):
        return None
    if verb.form not in ("past", "participle", "state") or not verb.event.passive:
        return None
    bare = verb.form == "state" or _lacks_object(scene, trigger)
    if not (bare or scene.at("agent", trigger.end)):
        return None
    for i in range(trigger.start - 1, max(0, trigger.start - 1 - REACH_OF_SUBJECT), -1):
        if scene.tokens[i].text in _OPENING_MARKS:
            spot = scene.spot_at(i - 1)
            typed = any(scene.at("place_types", k) for k in range(i, trigger.start))
            named = spot is not None and spot.is_place and not spot.is_area
            return spot if named and spot and (typed or not spot.governors & _NEAR) else None
        noun = scene.any_at(("place_types", "determiners", "articles", "links", "verbal"), i)
        if not noun and not scene.tokens[i].norm.endswith(("ed", "ly", "al", "th", "st")):
            return None
    return None


def _predicate(scene: Scene, trigger: Match) -> Spot | None:
    """P in "P is the second hamlet that the army lost", "the first city to fall is P"."""
    if trigger.start <= OPENING:
        return _inverted(scene, trigger.end, trigger.end + REACH_OF_INVERSION)
    before = range(trigger.start - 1, max(-1, trigger.start - 1 - REACH_OF_NOUN), -1)
    noun = next((i for i in before if scene.at("place_types", i)), -1)
    if noun < 0 or any(scene.tokens[i].text in ",;:" for i in range(noun, trigger.start)):
        return None
    for i in range(noun - 1, max(0, noun - REACH_OF_SUBJECT), -1):
        if scene.at("becomes", i):
            spot = scene.spot_at(i - 1) or _opened(scene, i - 1)
            return spot if spot is not None and _is_head(spot) else None
        if not scene.tokens[i].is_word or scene.spot_at(i):
            break
    return _inverted(scene, trigger.end, trigger.end + REACH_OF_NOUN)


def _inverted(scene: Scene, first: int, last: int) -> Spot | None:
    """P in "Gone, too, is P", "the first city to fall is P"."""
    for i in range(first, min(last, len(scene.tokens) - 1)):
        if scene.at("becomes", i):
            return scene.spot_at(i + 1)
        if scene.tokens[i].text in STOPS or scene.any_at(("event", "conjunctions"), i):
            return None
    return None


def _group_start(scene: Scene, trigger: Match) -> int:
    """Where the verb's own words begin: "was after ten months of fighting taken"."""
    first = trigger.start
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - REACH_OF_GROUP), -1):
        if not scene.tokens[i].is_word and scene.tokens[i].text not in _QUOTES:
            break
        if scene.any_at(("sides", "third"), i) or scene.spot_at(i):
            break
        if scene.any_at(("passive", "perfect"), i):
            first = i
    while first and _is_verbal(scene, first - 1):
        first -= 1
    return first


def _is_verbal(scene: Scene, i: int) -> bool:
    adverb = scene.tokens[i].norm.endswith("ly")
    return adverb or scene.any_at(VERBAL, i) or scene.tokens[i].text in _QUOTES


def _before_mark(scene: Scene, i: int) -> Spot | None:
    """P in "P, an aside, was taken", "P (an aside) fell", "P, an aside, which was taken"."""
    if i < 1:
        return None
    if scene.at("relative", i):
        return _headed(scene, i)
    return _opened(scene, i)


def _in_clause(scene: Scene, i: int) -> Spot | None:
    """P in "P, which woke on Friday to find the enemy gone": the relative stands further off."""
    for j in range(i, max(0, i - REACH_OF_GROUP), -1):
        if scene.at("relative", j):
            acts = scene.any_at(("sides", "third", "claimants", "units"), j + 1)
            return None if acts else _headed(scene, j)
        if not scene.tokens[j].is_word or scene.spot_at(j) or scene.at("event", j):
            return None
    return None


def _opened(scene: Scene, closing: int) -> Spot | None:
    """The place right before the mark that opens the aside which another at ``closing`` ends."""
    marks = _FAMILY.get(scene.tokens[closing].text)
    if not marks:
        return None
    for i in range(closing - 1, max(0, closing - REACH), -1):
        if scene.tokens[i].text in STOPS:
            return None
        if scene.tokens[i].text in marks:
            spot = scene.spot_at(i - 1)
            if spot is not None and _is_head(spot):
                return spot
    return None


def _headed(scene: Scene, relative: int) -> Spot | None:
    """What a relative clause is about: the place before it, past what is said of that."""
    comma = relative - 1
    while comma > 0 and scene.tokens[comma].text not in _FAMILY:
        comma -= 1
        if relative - comma > 2:
            return None
    return _opened(scene, comma) or _followed(scene, comma)


def _followed(scene: Scene, comma: int) -> Spot | None:
    spot = scene.spot_at(comma - 1)
    if spot is None or not spot.is_place or spot.is_area:
        return None
    return before_aside(scene, spot) or spot


def _is_head(spot: Spot) -> bool:
    settled = spot.is_place and not spot.is_area
    return settled and not (spot.governors - _OF and not spot.typed) and not spot.garrison


def _fronted(scene: Scene, i: int) -> Spot | None:
    """P in "P, right at the border, the ministry had claimed", "P, which the army took"."""
    subject = False
    for j in range(i, max(-1, i - REACH_OF_SUBJECT), -1):
        token = scene.tokens[j]
        spot = scene.spot_at(j)
        if spot is not None and spot.is_place and not scene.at("sides", j):
            return spot if subject and _is_head(spot) else None
        if subject and scene.at("relative", j):
            return _headed(scene, j)
        if scene.at("as", j):
            return None  # "the ministry did not take P, as Moscow had claimed"
        if token.text in _FAMILY:
            return _headed_or_opened(scene, j) if subject else None
        if not token.is_word and token.text not in _QUOTES:
            return None
        subject = subject or scene.any_at(_SUBJECT, j)
    return None


def _headed_or_opened(scene: Scene, mark: int) -> Spot | None:
    """The place right before a mark, or before the aside that the mark ends."""
    spot = scene.spot_at(mark - 1) if mark else None
    if spot is not None and _is_head(spot):
        return spot
    return _opened(scene, mark)


def _headline(scene: Scene, trigger: Match) -> Spot | None:
    """P in "P, Q, R: the Russians have taken a village a day": names, a colon, what happened."""
    colon = next((i for i, t in enumerate(scene.tokens) if t.text in _COLONS), 0)
    if not 0 < colon < trigger.start or not scene.spots or scene.spots[0].start > 2:
        return None
    for i in range(colon):
        listed = scene.spot_at(i) is not None or scene.tokens[i].text == ","
        if not (listed or scene.any_at(_LISTING, i)):
            return None
    first = scene.spots[0]
    after = range(trigger.end, min(trigger.end + 4, len(scene.tokens)))
    counted = any(scene.any_at(("place_types", "plurals", "counted"), i) for i in after)
    fits = first.is_place and not first.is_area and not first.governors
    return first if fits and (counted or _lacks_object(scene, trigger)) else None


def _lacks_object(scene: Scene, trigger: Match) -> bool:
    """Whether nothing after the verb can be what was taken."""
    i = trigger.end
    if trigger.value.form not in ("active", "past", "participle", "present"):
        return False
    if i >= len(scene.tokens) or not scene.tokens[i].is_word:
        return True
    words = ("prep:in", "prep:near", "boundary", "conjunctions", "additive", "purpose", "links")
    dates = ("date:relative", "date:offsets", "date:last", "date:early", "date:night_before")
    begun = any(when.start in (i, i + 1) for when in scene.whens)
    begun |= any(scene.at("times", k) for k in range(i, i + 3))
    return begun or scene.any_at((*words, *dates), i) or scene.tokens[i].norm.endswith("ly")


def _counts(scene: Scene, trigger: Match) -> bool:
    """Whether an event is told of places in the plural: "the places recovered"."""
    near = range(max(0, trigger.start - REACH_OF_PLURAL), min(trigger.end + 4, len(scene.tokens)))
    return any(scene.any_at(("plurals", "counted"), i) for i in near)


def listed_after(scene: Scene, trigger: Match) -> Spot | None:
    """P in "of the villages recovered she named P and Q", "those captured since include P"."""
    if trigger.value.event.change != "capture" or not _counts(scene, trigger):
        return None
    last = -1
    for i in range(trigger.end, min(trigger.end + REACH_OF_LIST, len(scene.tokens))):
        spot = scene.spot_at(i)
        if spot is not None and spot.is_place and not spot.is_area and last >= 0:
            near = scene.gap(last, spot.head) <= LONGEST_LINK
            return spot if near and not spot.governors - {"with"} and not spot.anaphor else None
        link = scene.at("enumerating", i)
        if link is not None:
            last = link.end
        elif scene.tokens[i].text in "!?" or (scene.at("event", i) and last < 0):
            return None
    return None


def held_before(scene: Scene, trigger: Match, wanted: str) -> Spot | None:
    """P in "the company that had held P withdrew to Q"."""
    if wanted != "from" or trigger.value.event.change != "withdrawal":
        return None
    for spot in scene.spots:
        held = spot.head > 0 and scene.at("holding", spot.head - 1) is not None
        relative = held and any(
            scene.at("relative", i) for i in range(max(0, spot.head - 4), spot.head)
        )
        if relative and spot.end <= trigger.start and spot.is_place and not spot.is_area:
            return spot
    return None


def shown_as(scene: Scene, trigger: Match) -> Spot | None:
    """P in "named as captured P and Q", "they speak of P and Q as freed"."""
    if not follows_as(scene, trigger):
        return None
    before = (s for s in reversed(scene.spots) if s.end <= trigger.start and s.is_place)
    shown = next((s for s in before if not (s.governors - _OF or s.is_area)), None)
    near = shown is not None and scene.gap(shown.end, trigger.start) <= LONGEST_LINK
    return scene.spot_at(trigger.end) or (shown if near else None)


def before_aside(scene: Scene, inner: Spot) -> Spot | None:
    """P in "P, on the lower Q, which ...": a preposition right after the comma opens an aside."""
    after = scene.tokens[inner.end].text if inner.end < len(scene.tokens) else ""
    if scene.language.free_order or after != ",":
        return None
    for comma in range(inner.start - 1, max(0, inner.start - REACH_OF_SUBJECT), -1):
        if scene.tokens[comma].text == ",":
            spot = scene.spot_at(comma - 1)
            governed = scene.prepositions_at(comma + 1)
            named = spot is not None and spot.is_place and not spot.is_area
            return spot if named and governed else None
    return None
