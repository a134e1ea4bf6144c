"""What form and clause say of an event: passive or not, in a relative clause or not."""

from __future__ import annotations

from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot

REACH_OF_AUXILIARY = 4
REACH_OF_HEAD = 3
REACH_OF_PERFECT = 7
"""Within how many words "have" makes a participle active: "have for the first time taken P"."""
REACH_OF_SHARED = 9
VERBAL = ("passive", "perfect", "links", "completed", "partially", "still", "verbal")
"""What may stand between a subject and its verb."""
_CLOSING = frozenset("\"”»'’“")
_NO_APPOSITION = ("event", "speech", "sides", "boundary", "conjunctions", "negation")
_DASHES = frozenset("—–")
_DATED = ("date:relative", "date:months", "date:weekdays", "date:of_bare_day", "date:ago")
_OPENING = frozenset('«“„"')
_QUOTES = frozenset("\"«»“”„'‘’")


def is_attribute(scene: Scene, trigger: Match) -> bool:
    """Whether a participle only describes: "in occupied Kherson", "the liberated city"."""
    i = trigger.start - 1
    if trigger.value.form not in ("past", "participle", "passive") or i < 0:
        return False
    governed = any(scene.at(f"prep:{name}", i) for name in ("in", "of", "from"))
    article = scene.at("articles", i) is not None
    following = scene.spot_at(trigger.end)
    return (governed or article) and (article or following is not None)


def is_passive(scene: Scene, trigger: Match) -> bool:
    """Whether the place is what the verb happens to, not what follows it."""
    form = trigger.value.form
    if not trigger.value.event.passive:
        return False
    if form in ("passive", "state", "attributive"):
        return True
    if form not in ("past", "participle"):
        return False
    if follows_as(scene, trigger) or _shares_passive(scene, trigger):
        return True
    return _has_passive(scene, trigger)


def _has_passive(scene: Scene, trigger: Match) -> bool:
    """Whether "was" or "by" makes a participle passive, and no "have" does not."""
    form = trigger.value.form
    reach = REACH_OF_PERFECT if form == "participle" else REACH_OF_AUXILIARY
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - reach), -1):
        if scene.at("passive", i):
            return True
        if scene.at("perfect", i):
            return False
        if scene.spot_at(i) or not (scene.tokens[i].is_word or scene.tokens[i].text in _QUOTES):
            break
    return form == "participle" or scene.at("agent", _after_quote(scene, trigger.end)) is not None


def _shares_passive(scene: Scene, trigger: Match) -> bool:
    """Whether "and" joins a participle to a passive: "was freed a year ago and lost again"."""
    before = trigger.start - 1
    if scene.language.free_order or not scene.at("conjunctions", before):
        return False
    if trigger.end < len(scene.tokens) and scene.spot_at(trigger.end):
        return False
    for i in range(before - 1, max(0, before - REACH_OF_SHARED), -1):
        if scene.spot_at(i) or not scene.tokens[i].is_word:
            return False
        event = scene.at("event", i)
        if event is not None:
            return event.value.form in ("past", "participle") and is_passive(scene, event)
    return False


def follows_as(scene: Scene, trigger: Match) -> bool:
    """Whether a participle says as what a place is shown: "the map marks P as captured"."""
    before = trigger.start - 1
    before -= before > 0 and scene.tokens[before].text in _QUOTES
    return scene.at("as", before - (scene.at("verbal", before) is not None)) is not None


def is_rest(scene: Scene, trigger: Match) -> bool:
    """Whether "left" is that of "what is left of P"."""
    return bool(scene.at("wholes", trigger.start)) and scene.prepositions_at(trigger.end) == {"of"}


def _after_quote(scene: Scene, i: int) -> int:
    while i < len(scene.tokens) and scene.tokens[i].text in _CLOSING:
        i += 1
    return i


def in_relative_clause(scene: Scene, trigger: Match) -> bool:
    """Whether the event stands in "which A took", "the city it had captured"."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 8), -1):
        if scene.at("relative", i):
            return True
        if scene.any_at(("sides", "third"), i) and i and scene.at("place_types", i - 1):
            return True
        if scene.tokens[i].text == ",":
            return _before_aside(scene, i)
        if not scene.tokens[i].is_word and scene.tokens[i].text not in _QUOTES:
            return False
    return False


def _before_aside(scene: Scene, closing: int) -> bool:
    """Whether "which" stands before the short aside that a comma ends: "which, he says, fell"."""
    for i in range(closing - 1, max(0, closing - REACH_OF_PERFECT), -1):
        if scene.tokens[i].text == ",":
            return any(scene.at("relative", k) for k in range(max(0, i - REACH_OF_HEAD), i))
    return False


def is_parenthetical(scene: Scene, trigger: Match) -> bool:
    """Whether a verb of speech stands between two commas with no more than who speaks."""
    if not scene.language.free_order or trigger.start == 0:
        return False
    if scene.tokens[trigger.start - 1].text != ",":
        return False
    for i in range(trigger.end, min(trigger.end + REACH_OF_HEAD + 1, len(scene.tokens))):
        if scene.tokens[i].text == ",":
            return True
        if scene.spot_at(i) is not None or not scene.tokens[i].is_word:
            return False
    return False


def after_relative(scene: Scene, trigger: Match) -> bool:
    """Whether "which" or "that" is the subject: "the city that fell"."""
    for i in range(trigger.start - 1, max(0, trigger.start - REACH_OF_PERFECT), -1):
        if scene.at("relative", i):
            near = i >= trigger.start - 3 or scene.at("speech", i + 2) is not None
            near = near or _is_plain(scene, i + 1, trigger.start)
            return near and _follows_place(scene, i - 1)  # "which it says was liberated"
    return False


def _is_plain(scene: Scene, first: int, last: int) -> bool:
    """Whether no subject stands in between: «яке з 17 серпня перебувало під контролем»."""
    if not scene.language.free_order:
        return False
    named = ("sides", "claimants", "speech", "event", "third", "place_types")
    return all(
        scene.tokens[i].is_word and not scene.spot_at(i) and not scene.any_at(named, i)
        for i in range(first, last)
    )


def _follows_place(scene: Scene, i: int) -> bool:
    """Whether a place or a word for one stands at ``i`` or before a comma there."""
    j = i - 1 if i and scene.tokens[i].text == "," else i
    if scene.spot_at(j) is not None or scene.at("place_types", j) is not None:
        return True
    return j < i and scene.language.free_order and _describes_place(scene, j)


def _describes_place(scene: Scene, last: int) -> bool:
    """Whether an apposition ends at a word: «Херсон, єдиний обласний центр, що потрапив»."""
    for i in range(last, max(0, last - REACH_OF_PERFECT), -1):
        if scene.tokens[i].text == ",":
            return scene.spot_at(i - 1) is not None
        if not scene.tokens[i].is_word or scene.any_at(_NO_APPOSITION, i):
            return False
    return False


def is_mocked(scene: Scene, trigger: Match) -> bool:
    """A friendly word quoted alone in a side's language: «звільнення» is what the other says."""
    if not scene.language.home or trigger.value.event.tone != "friendly":
        return False
    last = trigger.end < len(scene.tokens) and scene.tokens[trigger.end].text in _CLOSING
    for i in range(trigger.start - 1, max(-1, trigger.start - 3), -1):
        if scene.tokens[i].text in _OPENING:
            return last
        if scene.spot_at(i) is not None:
            return False  # a whole sentence is quoted: «Селище звільнено»
    return False


def is_undenied(scene: Scene, denial: Match) -> bool:
    """Whether a denial is itself negated: "does not deny", but not "nor confirm nor deny"."""
    before = range(max(0, denial.start - 2), denial.start)
    if denial.end - denial.start > 1 or not any(scene.at("negation", i) for i in before):
        return False
    return not any(scene.at("confirming", i) for i in range(max(0, denial.start - 4), denial.start))


def after_colon(scene: Scene, trigger: Match) -> bool:
    """Whether a colon parts an event from what is before it: «...: село, сказал он, взяли ВСУ»."""
    near = range(max(0, trigger.start - REACH_OF_PERFECT), trigger.start)
    return any(scene.tokens[i].text == ":" for i in near)


def stands_apart(scene: Scene, spot: Spot, trigger: Match) -> bool:
    """Whether words part a place from the state said of it; an aside may stand between."""
    last, first = min(spot.end, len(scene.tokens) - 1), trigger.start - 1
    aside = scene.tokens[last].text == scene.tokens[first].text == "," and last < first
    if scene.tokens[last].text in _DASHES and scene.tokens[first].text in _DASHES and last < first:
        return False  # «П — місто, яке боронили, — тепер під росіянами»
    friendly = trigger.value.event.tone == "friendly" and scene.language.free_order
    friendly |= scene.at("now", trigger.start) is not None
    described = scene.at("relative", last + 1) or scene.at("relative", last + 2)
    if aside and (friendly or described or any(scene.at("speech", i) for i in range(last, first))):
        return False
    if scene.language.free_order and any(
        scene.at("event", i) for i in range(spot.end, trigger.start)
    ):
        return True  # «П отбито у россиян»: the state is no statement of its own
    located = [s.end for s in scene.spots if s.is_area and spot.end < s.end <= trigger.start]
    apart = range(max(spot.end, *located), trigger.start) if located else range(last, trigger.start)
    words = (i for i in apart if scene.tokens[i].is_word)
    told = ("passive", "perfect", "links", *_DATED)
    between = sum(not scene.any_at(told, i) for i in words)
    return between > (0 if trigger.value.event.continues else 1)  # "P was shelled as well"
