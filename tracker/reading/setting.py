"""Setting the places into a sentence: what governs each, which form a list, which are no places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.places import Mention
from tracker.reading.lines import Line
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot
from tracker.reading.unknown import standing, unknown_names

REACH_OF_PREPOSITION = 6
REACH_OF_LIST = 9
LONGEST_ASIDE = 10
LONGEST_LOCATION = 6
_PARTING = ("event", "speech", "boundary", "conjunctions")
_DESCRIBING = frozenset({"in", "over", "from", "of"})
_NONE: frozenset[str] = frozenset()
_OF = frozenset(("of",))
_BESIDE = frozenset(("near",))
_FROM = frozenset(("from",))
_OWNERS = ("possessive", "neighbours")
_HEADS = ("place_types", "partial", "wholes")
"""What a place may follow with "of" and be meant itself: "the town of P", "all of P"."""


def build_scene(line: Line, named: Sequence[Mention], published: date) -> Scene:
    """Set the places into a sentence, and see what governs each and which form a list."""
    tokens = line.tokens()
    known = standing(tokens, named)
    strangers = unknown_names(tokens, line.words, known)
    if strangers:
        both = sorted([*named, *strangers], key=lambda mention: mention.start)
        known = standing(tokens, both)
    scene = Scene(
        words=line.words,
        language=line.words.language,
        tokens=tokens,
        matches=line.words.matches,
        spots=[Spot(start, stop, mention, head=start) for start, stop, mention in known],
        published=published,
        title=line.title,
    )
    if known:
        _set_spots(scene)
    return scene


def _set_spots(scene: Scene) -> None:
    for spot in scene.spots:
        govern(scene, spot)
    scene.drop_spots([spot for spot in scene.spots if _is_no_place(scene, spot)])
    _group(scene)
    scene.drop_spots([spot for spot in scene.spots if _says_whose(scene, spot)])


def _is_no_place(scene: Scene, spot: Spot) -> bool:
    """A name that stands for something else: a government, a person, which villages are meant."""
    if not spot.is_place:
        return False
    if spot.is_area:
        return scene.at("sides", spot.start) is not None and spot.end - spot.start == 1
    return _describes(scene, spot) or _stands_for_other(scene, spot)


def _describes(scene: Scene, spot: Spot) -> bool:
    """ "The Siversk garrison", "five Kharkiv border villages": the name only says which."""
    if scene.at("garrisons", spot.end) is not None:
        spot.governors, spot.garrison = _BESIDE, True  # not taken itself, but left by them
        return False
    if scene.at("civilians", spot.end) and scene.at("prep:in", spot.start - 1):
        return False  # "In Izium residents said"
    of = scene.at("place_types", spot.end) and scene.prepositions_at(spot.end + 1) == {"of"}
    if of and scene.spot_at(spot.end + 2) is not None:
        return True  # "the Kharkiv suburb of P"
    if _is_adjective(scene, spot):
        spot.governors = _BESIDE  # not taken itself, but what "the town" may mean
        return False
    if scene.at("attribute_heads", spot.end) or scene.at("neighbours", spot.end + 1):
        return True
    return _is_of_several(scene, spot)


def _is_of_several(scene: Scene, spot: Spot) -> bool:
    """Whether villages follow: "five Kharkiv border villages"."""
    for i in range(spot.end, min(spot.end + 2, len(scene.tokens))):
        if not scene.tokens[i].is_word or scene.spot_at(i) or scene.at("conjunctions", i):
            return False
        if scene.at("plurals", i) or (scene.at("place_types", i) and i > spot.end):
            return True
    return False


def _is_adjective(scene: Scene, spot: Spot) -> bool:
    """Whether a name stands between an article and a noun: "the Chornobyl workers"."""
    if scene.language.free_order or not scene.at("articles", spot.start - 1) or not spot.start:
        return False
    if spot.end >= len(scene.tokens) or not scene.tokens[spot.end].text.islower():
        return False
    if scene.at("stations", spot.end):
        return False  # "the Chornobyl nuclear plant" is held with its town
    known = ("passive", "perfect", "conjunctions", "boundary", "event", "speech", "possessive")
    governs = scene.prepositions_at(spot.end) or scene.any_at((*known, "hypothetical"), spot.end)
    return not governs and scene.tokens[spot.end].is_word


def _says_whose(scene: Scene, spot: Spot) -> bool:
    """ "Four villages of Sumy": a single name after "villages of" is that of the region."""
    if spot.is_area or not any(scene.at("plurals", i) for i in range(spot.head, spot.start)):
        return False
    return spot.governors != {"of"} and sum(s.group == spot.group for s in scene.spots) == 1


def _stands_for_other(scene: Scene, spot: Spot) -> bool:
    """A government ("Kyiv said"), a given name before a speaker's, a common word that begins."""
    side = scene.at("sides", spot.start)
    if side is not None and side.start == spot.start and side.end > spot.end:
        return True  # "Donetsk PR"
    named = scene.at("claimants", spot.end)
    bare = not (spot.typed or (scene.language.free_order and _is_governed(scene, spot)))
    if bare and named is not None and named.end - named.start == 1:
        return scene.tokens[spot.end].text.istitle()
    if not scene.any_at(("capitals", "claimants"), spot.start):
        begins = spot.start == 0 and spot.end == 1
        return begins and scene.any_at(("prep:near", "boundary"), 0)
    previous = scene.at("event", spot.head - 1) if spot.head else None
    return (
        not spot.governors
        and not spot.typed
        and (previous is None or previous.value.form == "noun")
    )


def _is_governed(scene: Scene, spot: Spot) -> bool:
    """Whether a preposition or a noun of taking governs: «о взятии Авдеевки Шойгу отчитался»."""
    if spot.governors:
        return True
    event = scene.at("event", spot.head - 1) if spot.head else None
    return event is not None and event.value.form == "noun"


def _is_filler(scene: Scene, i: int) -> bool:
    return scene.any_at(("place_types", "determiners"), i) or scene.tokens[i].text in "«»\"“”'"


def is_prenominal(scene: Scene, event: Match) -> bool:
    """Whether a participle stands before its place: "in liberated P", «в освобождённом П»."""
    if scene.language.free_order:
        return bool(event.value.form == "attributive")
    if event.value.form != "past" or event.end - event.start > 1 or not event.start:
        return False
    described = scene.spot_at(event.end) is not None
    return described and bool(scene.prepositions_at(event.start - 1) & _DESCRIBING)


def govern(scene: Scene, spot: Spot) -> None:
    """Look to the left of a place: articles and place types, then a preposition or nothing."""
    i = spot.start - 1
    steps = 0
    while i >= 0 and steps < REACH_OF_PREPOSITION:
        token = scene.tokens[i]
        if scene.any_at(("place_types",), i):
            spot.typed = True
        prepositions = scene.prepositions_at(i)
        if prepositions == {"of"} and i > 0 and scene.any_at(_HEADS, i - 1):
            i -= 1
            continue
        part = scene.at("partial", i) is not None and not (
            spot.typed and (scene.at("determiners", i) or _is_named_part(scene, spot, i))
        )
        spot.partial = spot.partial or part
        if scene.at("near_nouns", i):
            prepositions = _NONE if spot.is_nominative else _BESIDE
        event = scene.at("event", i)
        if prepositions and (event is None or event.end > spot.start):
            spot.governors = _NONE if _is_absolute(scene, i) else prepositions
            break
        if not (part or _leads_to(scene, spot, i)):
            break
        i -= 1
        steps += token.is_word
    spot.head = i + 1
    spot.governors = spot.governors or _counted_with(scene, i)
    if scene.at("possessive", spot.end) is not None and not spot.is_area:
        spot.partial = True  # "Chasiv Yar's Kanal district"


def _counted_with(scene: Scene, comma: int) -> frozenset[str]:
    """What governs "two villages" in "from two villages nearby, P and Q", and so the names too."""
    plural = False
    if comma < 1 or scene.tokens[comma].text != ",":
        return _NONE
    for i in range(comma - 1, max(-1, comma - 1 - REACH_OF_LIST), -1):
        if not scene.tokens[i].is_word or scene.spot_at(i) or scene.at("event", i):
            break
        plural = plural or scene.at("plurals", i) is not None
        if plural and scene.prepositions_at(i) == _FROM:
            return _FROM
    return _NONE


def _is_absolute(scene: Scene, i: int) -> bool:
    """Whether "with" opens a clause of its own: "With P in Russian hands, the road is cut"."""
    return scene.at("absolute", i) is not None and (i == 0 or scene.tokens[i - 1].text in ",—–;")


def _is_named_part(scene: Scene, spot: Spot, i: int) -> bool:
    """Whether the name is that of the part: "its suburb P", "the Kyiv suburb of P"."""
    typed = scene.at("place_types", i) is not None and not scene.language.free_order
    whose = scene.spot_at(i - 1) is not None or scene.at("capitals", i - 1) is not None
    return typed and (i == spot.start - 1 or (i > 0 and whose))


def _leads_to(scene: Scene, spot: Spot, i: int) -> bool:
    """Whether a word left of a place belongs to its phrase, so that a preposition may precede."""
    token, other, event = scene.tokens[i], scene.spot_at(i), scene.at("event", i)
    if other is not None:  # "на Донеччині Селидове" is no phrase, "Ukraine's Kharkiv" is one
        beside = scene.at("possessive", other.end) and scene.at("neighbours", other.end + 1)
        return (other.is_area and not scene.language.free_order) or beside is not None
    if scene.at("boundary", i) and not (spot.typed or scene.language.free_order):
        return False  # "with that P fell"
    if _is_filler(scene, i) or scene.any_at(_OWNERS, i):
        return True
    if event is not None and is_prenominal(scene, event):
        return True
    dated = token.text[0].isdigit() or scene.any_at(("date:months", "date:weekdays"), i)
    if not (spot.typed and token.is_word) or (spot.anaphor and dated):
        return False
    return not scene.any_at(("event", "conjunctions", "boundary", "speech"), i)


def _goes_with(scene: Scene, before: Spot, after: Spot) -> bool:
    """Whether "with" adds a place: «Іванівку з Желанним», where a case tells "with" from "from"."""
    endings = scene.language.instrumental_endings
    with_it = bool(endings) and after.mention.as_written.endswith(endings)
    beside = after.start == before.end + 1 and "from" in scene.prepositions_at(before.end)
    return with_it and beside and not before.governors - _OF


def _joins(scene: Scene, before: Spot, after: Spot) -> bool:
    """Whether ``after`` continues a list in which ``before`` stands."""
    source = _source_between(scene, before, after)
    i = _located_end(scene, before, after)
    if after.start - i - len(source) > REACH_OF_LIST:
        return False
    joined = False
    depth = 0
    while i < after.start:
        token = scene.tokens[i]
        depth += (token.text == "(") - (token.text == ")")
        spot = scene.spot_at(i)
        bullet = token.text in "—–-•*·" and (joined or after.start - before.end == 1)
        if token.text in ",;/" or scene.at("conjunctions", i) or bullet:
            joined = True
        elif not (
            depth
            or token.text == ")"
            or i in source
            or spot is not None
            or _is_filler(scene, i)
            or scene.prepositions_at(i) & (before.governors | _OF)
            or (after.partial and scene.at("partial", i))
            or _modifies_area(scene, i)
        ):
            return False
        i += 1
    return joined and not (after.governors - _OF - before.governors)


def _located_end(scene: Scene, before: Spot, after: Spot) -> int:
    """Where "A near Q", "A on the border with R" ends, which only says where A lies."""
    for i in range(before.end, min(after.end, before.end + LONGEST_LOCATION)):
        spot = scene.spot_at(i)
        if spot is not None:
            lies = not spot.is_place or spot.is_area or spot.governors & _BESIDE
            return spot.end if lies else before.end
        if not scene.tokens[i].is_word or scene.any_at(_PARTING, i):
            return i if _lies_somewhere(scene, before.end, i) else before.end
    return before.end


def _lies_somewhere(scene: Scene, first: int, end: int) -> bool:
    """Whether a preposition and plain words fill a stretch: "A on the border and B", no day."""
    if not scene.language.free_order or end - first < 2 or not scene.prepositions_at(first):
        return False
    if scene.any_at(("event", "speech", "boundary"), end):
        return False
    plain = all(scene.tokens[i].text.islower() for i in range(first, end))
    return plain and not any(first <= when.start < end for when in scene.whens)


def _source_between(scene: Scene, before: Spot, after: Spot) -> range:
    """ ", according to the staff," in a list, without its last comma; empty where none stands."""
    for i in range(before.end, min(after.start, before.end + 3)):
        said = scene.at("speech", i + 1) if scene.tokens[i].text == "," else None
        if said is None or not (scene.prepositions_at(i + 1) or said.end > i + 2):
            continue  # "A, said the staff, and B" is no list
        last = min(after.start, i + LONGEST_ASIDE)
        end = next((k for k in range(i + 1, last) if scene.tokens[k].text == ","), 0)
        if end and not any(scene.any_at(("event", "boundary"), k) for k in range(i + 1, end)):
            return range(i, end)
    return range(0)


def _aside_end(scene: Scene, before: Spot) -> int:
    """Where an aside that begins with a preposition right after a place ends; 0 if none does."""
    start = before.end + 1
    if start >= len(scene.tokens) or scene.tokens[before.end].text != ",":
        return 0
    leads = scene.any_at(("prep:near", "prep:in", "prep:from", "relative"), start)
    if not leads and not scene.at("place_types", start + scene.any_at(("determiners",), start)):
        return 0
    for i in range(start, min(start + LONGEST_ASIDE, len(scene.tokens))):
        if scene.tokens[i].text == ",":
            return i
        if scene.any_at(("event", "speech"), i) or (i > start and scene.at("boundary", i)):
            return 0
    return 0


def _joins_past_aside(scene: Scene, before: Spot, after: Spot) -> bool:
    """Whether a list goes on after an aside: "A, on the border in the north, and B"."""
    end = _aside_end(scene, before)
    if not end or after.head <= end or after.governors - {"of"}:
        return False
    between = range(end + 1, after.start)
    described = scene.at("relative", before.end + 1) is not None
    joint = described or scene.at("conjunctions", end + 1) is not None
    return joint and all(_is_filler(scene, i) or scene.at("conjunctions", i) for i in between)


def _joins_past_inset(scene: Scene, before: Spot, after: Spot) -> bool:
    """Whether something is set in before the last of a list: "A and, further south, B"."""
    opening = next(
        (i for i in range(before.end, after.head) if scene.at("conjunctions", i)), len(scene.tokens)
    )
    closing = after.head - 1
    if scene.language.free_order or not opening + 2 < closing <= opening + REACH_OF_LIST:
        return False
    if scene.tokens[opening + 1].text != "," or scene.tokens[closing].text != ",":
        return False
    inside = [*range(before.end, opening), *range(opening + 2, closing)]
    alone = ("speech", "third", "passive", "perfect")
    if any(scene.any_at(alone, i) or scene.tokens[i].text in ",;:" for i in inside):
        return False
    events = (scene.at("event", i) for i in inside)
    return all(event is None or event.value.form == "noun" for event in events)


def _modifies_area(scene: Scene, i: int) -> bool:
    """Whether token ``i`` belongs to "in the Donetsk region" or "in the Lyman direction"."""
    ahead = range(i, min(i + 4, len(scene.tokens)))
    if scene.tokens[i].is_word and any(scene.at("directions", j) for j in ahead):
        return True
    for j in ahead:
        spot = scene.spot_at(j)
        if spot is not None:
            return spot.is_area or spot.mention.kind == "other"
        if not (scene.prepositions_at(j) or _is_filler(scene, j)):
            return False
    return False


def _locates(scene: Scene, last: Spot, spot: Spot) -> bool:
    """Whether a name in an aside only says where the place before lies: "A, west of B, and C"."""
    if scene.language.free_order and _located_end(scene, last, spot) == spot.end:
        return True
    end = _aside_end(scene, last)
    relative = end >= spot.end and scene.at("relative", last.end + 1) is not None
    return bool(end and (spot.governors & {"near"} or (relative and spot.governors)))


def _group(scene: Scene) -> None:
    """Number the lists; a member without a preposition of its own shares the first one's."""
    last: Spot | None = None
    for number, spot in enumerate(scene.spots):
        spot.group = number
        if not spot.is_place or spot.is_area:
            continue
        if last is not None and _is_other_name(scene, last, spot):
            last.other_name = spot
            continue
        if last is not None and _locates(scene, last, spot):
            continue
        if last is not None and _goes_with(scene, last, spot):
            spot.governors = last.governors
        joined = (_joins, _joins_past_aside, _joins_past_inset, _goes_with)
        if last is not None and any(joins(scene, last, spot) for joins in joined):
            spot.group = last.group
            if not spot.governors - {"of"}:
                spot.governors = last.governors
            spot.partial = spot.partial or (last.partial and not spot.typed)
        last = spot


def _is_other_name(scene: Scene, before: Spot, spot: Spot) -> bool:
    """Whether a name in brackets is another of the place before it: "Rozivka (Prohres)"."""
    opens = spot.start == before.end + 1 and scene.tokens[before.end].text == "("
    return opens and spot.end < len(scene.tokens) and scene.tokens[spot.end].text == ")"
