"""Places meant but not named: "the city", "it", "звідти"."""

from __future__ import annotations

from tracker.places import Mention
from tracker.reading.counted import Listed, counted_spots
from tracker.reading.grammar import VERBAL, is_passive
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot
from tracker.reading.setting import govern

REACH_OF_NAME = 3
REACH_OF_NOUN = 3
REACH_OF_VERB = 6
REACH_OF_REST = 4
REACH_OF_CLAUSE = 12
_QUOTES = frozenset("«“\"'‘’")
_APART = frozenset({"near", "toward"})
_TOWARD = frozenset({"toward"})
_ANYWHERE: frozenset[str] = frozenset()
_BESIDE = frozenset({"near"})


def add_anaphors(scene: Scene, focus: Mention | None, listed: Listed) -> None:
    """Set a spot for each place meant but not named: this sentence's last, else ``focus``.

    What is counted ("both villages") means the places that were ``listed``.
    """
    _add_counted(scene, listed)
    scene.topics = [Spot(0, 0, topic, anaphor=True, typed=True) for topic in listed.topics]
    if focus is not None:
        scene.implied = Spot(0, 0, focus, anaphor=True, typed=True)
    found: list[Spot] = []
    for match in scene.matches.get("anaphors", ()):
        if scene.spot_at(match.start) is not None or not _stands_alone(scene, match):
            continue
        heading = listed.topics[0] if len(listed.topics) == 1 else None
        meant = heading or _spoken_of(scene, match) or _before(scene, match)
        meant = meant or _fought_for(scene, match) or focus
        meant = meant or _before(scene, match, _TOWARD) or _only_after(scene, match)
        meant = meant or _before(scene, match, _ANYWHERE)
        if meant is not None:
            spot = Spot(match.start, match.end, meant, head=match.start, anaphor=True, typed=True)
            spot.partial = _is_part(scene, match, meant)
            found.append(spot)
    if found:
        scene.add_spots(found)
        for spot in found:
            _govern_meant(scene, spot)


def _govern_meant(scene: Scene, spot: Spot) -> None:
    """What governs a place not named: "from there" holds its preposition in itself."""
    govern(scene, spot)
    if scene.at("from_there", spot.start):
        spot.governors = frozenset({"from"})
    elif scene.at("there", spot.start):
        spot.governors = frozenset({"in", "over"})


def _is_part(scene: Scene, match: Match, meant: Mention) -> bool:
    """Whether "it" is a part of a place: "the centre of P is destroyed, and they have left it"."""
    if scene.language.free_order or match.end - match.start > 1:
        return False
    return any(spot.mention is meant and spot.partial for spot in scene.spots)


def _add_counted(scene: Scene, listed: Listed) -> None:
    """Set the spots of each "both villages" as one list."""
    phrases: dict[int, list[Spot]] = {}
    for spot in counted_spots(scene, listed):
        phrases.setdefault(spot.start, []).append(spot)
    for spots in phrases.values():
        scene.add_spots(spots)
        for spot in spots:
            spot.group = spots[0].group
            _govern_meant(scene, spot)


def _stands_alone(scene: Scene, match: Match) -> bool:
    """Without the name itself beside it ("the city of Izium"), and no apposition's head."""
    if _is_broken(scene, match) or scene.at("counted_anaphors", match.start):
        return False
    for i in range(match.end, min(match.end + REACH_OF_NAME, len(scene.tokens))):
        beside = scene.spot_at(i)
        named = beside is not None and beside.mention.kind == "settlement"
        named = named and not (beside and beside.governors == _BESIDE and i > match.end)
        if beside is not None and named and not (beside.governors and scene.language.free_order):
            return False
        if not scene.tokens[i].is_word:
            break
    if (
        match.start >= 2
        and scene.tokens[match.start - 1].text == ","
        and scene.spot_at(match.start - 2)
    ):
        return False
    for kind, stands in _PRONOUNS.items():
        if scene.at(kind, match.start):
            return stands(scene, match)
    return not scene.any_at(("not_anaphors", "possessive"), match.end)


def _is_numbered(scene: Scene, match: Match) -> bool:
    """Whether a number makes it other villages: «две деревни», «ещё 3 села»."""
    if not scene.language.free_order or not match.start:
        return False
    if scene.tokens[match.start - 1].text.isdecimal():
        return True
    return any(scene.at("date:numbers", i) for i in range(max(0, match.start - 2), match.start))


def _is_broken(scene: Scene, match: Match) -> bool:
    """Whether a number, a name, "each" or an event stands inside: "the capture of the town"."""
    if _is_numbered(scene, match):
        return True
    if any(scene.at("event", i) for i in range(match.start, match.end - 1)):
        return True
    inside = range(max(0, match.start - 1), match.end)
    return any(scene.spot_at(i) or scene.at("distributives", i) for i in inside)


def _follows_verb(scene: Scene, pronoun: Match) -> bool:
    """Whether "it" is inside or right after the verb that takes or leaves it."""
    event = scene.at("event", pronoun.start)
    if event is None and pronoun.start:
        event = scene.at("event", pronoun.start - 1)
    if pronoun.start and scene.at("prep:near", pronoun.start - 1):
        return False  # "villages around it are won back"
    if pronoun.start and scene.at("prep:from", pronoun.start - 1):
        return _leaves(scene, pronoun)
    if _is_suffering(scene, pronoun) or _is_rest_taken(scene, pronoun):
        return True
    if event is None or event.start >= pronoun.start:
        return False
    shown = event.value.form == "state" and pronoun.end < event.end  # "showed it as occupied"
    return event.value.event.object == "direct" or shown


def _is_rest_taken(scene: Scene, pronoun: Match) -> bool:
    """Whether "it" is what something was left of: "took what was left of it"."""
    i = pronoun.start - 2
    if i < 0 or not scene.at("wholes", i) or not scene.at("prep:of", i + 1):
        return False
    before = (scene.at("event", k) for k in range(max(0, i - REACH_OF_REST), i))
    return any(event is not None and event.value.event.object == "direct" for event in before)


def _is_suffering(scene: Scene, pronoun: Match) -> bool:
    """Whether "it" is what fell or was taken: "It has since been retaken", "it is in our hands"."""
    for i in range(pronoun.end, min(pronoun.end + REACH_OF_VERB, len(scene.tokens))):
        event = scene.at("event", i)
        if event is not None:
            suffers = event.value.event.object == "subject" or is_passive(scene, event)
            return suffers and not event.value.event.continues  # "it was too early"
        adverb = scene.tokens[i].norm.endswith(scene.language.adjective_endings)
        if not (adverb or scene.any_at(VERBAL, i) or scene.tokens[i].text in _QUOTES):
            return False
    return False


def _leaves(scene: Scene, pronoun: Match) -> bool:
    """Whether "it" is what troops leave: "slipped away from it"."""
    before = (scene.at("event", i) for i in range(max(0, pronoun.start - 4), pronoun.start))
    return any(event is not None and event.value.event.object == "from" for event in before)


def _is_object(scene: Scene, pronoun: Match) -> bool:
    """Whether "його" or "её" is what the event right beside it takes or leaves."""
    if _is_possessor(scene, pronoun) or not scene.language.free_order:
        return _is_possessor(scene, pronoun)
    event = scene.at("event", pronoun.end)
    if event is None and pronoun.start:
        also = pronoun.start > 1 and scene.at("conjunctions", pronoun.start - 1) is not None
        event = scene.at("event", pronoun.start - 1 - also)  # «объявили взятой и её»
    if event is None:
        return _is_fronted(scene, pronoun)
    form = event.value
    done = form.form in ("active", "infinitive", "present") or _is_impersonal(scene, event)
    return form.event.object == "direct" and done


def _is_impersonal(scene: Scene, event: Match) -> bool:
    """Whether a passive takes an object: «його звільнено», as Ukrainian has it."""
    ending = scene.tokens[event.start].norm.endswith(scene.language.impersonal_endings or ("-",))
    return event.value.form == "passive" and ending


def _is_fronted(scene: Scene, pronoun: Match) -> bool:
    """Whether it opens the sentence, apart from its verb: «Його, пише штаб, росіяни взяли»."""
    after = scene.tokens[pronoun.end].text if pronoun.end < len(scene.tokens) else ""
    before = scene.tokens[pronoun.start - 1] if pronoun.start else None
    begins = before is None or not before.is_word
    if not begins or not (after == "," or scene.at("sides", pronoun.end)):
        return False  # «его войска взяли»
    for i in range(pronoun.end, min(pronoun.end + REACH_OF_CLAUSE, len(scene.tokens))):
        event = scene.at("event", i)
        if event is not None:
            form = event.value
            taken = form.form == "active" and form.event.object == "direct"
            return taken and not any(s.start >= event.end and s.is_place for s in scene.spots)
        if scene.at("boundary", i) or scene.spot_at(i):
            return False
    return False


def _is_possessor(scene: Scene, pronoun: Match) -> bool:
    """Whether «его» or «її» owns a noun of taking: «о его полном освобождении»."""
    for i in range(pronoun.end, min(pronoun.end + REACH_OF_NOUN, len(scene.tokens))):
        event = scene.at("event", i)
        if event is not None:
            form = event.value  # not "its capture of P"
            own = not scene.at("prep:of", event.end)
            return bool(form.form == "noun" and form.event.object == "direct" and own)
        if not scene.tokens[i].is_word and scene.tokens[i].text not in _QUOTES:
            return False
    return False


def _is_subject(scene: Scene, pronoun: Match) -> bool:
    """Whether «оно» or «вона» is what the state or passive right after it is said of."""
    for i in range(pronoun.end, min(pronoun.end + REACH_OF_NOUN, len(scene.tokens))):
        event = scene.at("event", i)
        if event is not None and event.start <= pronoun.start:
            return False  # «под контроль, добавил он, перешли»
        if event is not None:
            form = event.value
            return form.form in ("state", "passive") and form.event.change == "capture"
        if not scene.tokens[i].is_word or scene.spot_at(i):
            return False
    return False


_PRONOUNS = {
    "object_pronouns": _is_object,
    "subject_pronouns": _is_subject,
    "following_pronouns": _follows_verb,
}


def _spoken_of(scene: Scene, match: Match) -> Mention | None:
    """P in "They control it now," the governor said of P."""
    for spot in scene.spots:
        said = spot.head > 1 and scene.at("speech", spot.head - 2) is not None
        if said and spot.start > match.end and "of" in spot.governors and not spot.is_area:
            return spot.mention
    return None


def _fought_for(scene: Scene, match: Match) -> Mention | None:
    """P in «бои за П идут, хотя оно уже взято»: what is fought for, said right before."""
    for spot in reversed(scene.spots):
        if spot.end <= match.start and spot.mention.kind == "settlement" and spot.head > 1:
            fought = scene.at("fights_for", spot.head - 1)
            return spot.mention if fought is not None else None
    return None


def _only_after(scene: Scene, match: Match) -> Mention | None:
    """The one settlement of the sentence, named later: "the town is taken, the mayor of P said"."""
    named = [spot for spot in scene.spots if spot.mention.kind == "settlement"]
    if len(named) != 1 or named[0].start < match.end:
        return None
    nearby = scene.at("prep:near", named[0].head - 1) if named[0].head else None
    return None if nearby is not None else named[0].mention


def _before(scene: Scene, match: Match, apart: frozenset[str] = _APART) -> Mention | None:
    """The nearest settlement named before in the same sentence, not one that is only nearby.

    One that somebody went into is meant if no other is: "moved into P and hold it".
    """
    entered: Mention | None = None
    for spot in reversed(scene.spots):
        if spot.end > match.start or spot.mention.kind != "settlement":
            continue
        if not spot.typed and scene.at("capitals", spot.start):
            continue
        if not spot.governors & apart:
            return spot.mention
        if entered is None and "toward" in spot.governors:
            entered = spot.mention
    return entered
