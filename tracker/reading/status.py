"""Whether it happened: asserted, denied, partial, ongoing, or no claim at all."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.reading.grammar import is_passive, is_undenied
from tracker.reading.language import EventForm
from tracker.reading.leftward import aside_before
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot

REACH = 7
REACH_NEGATION = 3
_REDUCED = ("past", "participle")
REACH_OF_STILL = 12
REACH_OF_AUXILIARY = 2


def status_of(scene: Scene, trigger: Match, places: list[Spot]) -> str:
    """``asserted``, ``denied``, ``partial``, ``ongoing``, or '' when nothing is claimed."""
    form: EventForm = trigger.value
    if _says_nothing(scene, trigger):
        return ""
    before = _cues_that_count(scene, trigger)
    around = _is_negated_inside(scene, trigger) or _is_negated_after(scene, trigger)
    neither = _is_neither(scene, places) and not _is_aside(scene, trigger, places)
    if "negation" in before or around or neither:
        return _negated(scene, form, before)
    if _governed(scene, trigger, "denial"):
        return "denied"
    if "completed" not in before:
        if form.event.change == "withdrawal" and ("ongoing" in before or _goes_on(scene, trigger)):
            return "ongoing"
        if not _is_fact(scene, trigger, before):
            return ""
    return _full_or_part(scene, trigger, places)


def _full_or_part(scene: Scene, trigger: Match, places: list[Spot]) -> str:
    event = trigger.value.event
    if event.change == "withdrawal" and _is_result(scene, trigger, places):
        return ""
    whole = not places or any(not place.partial for place in places)
    part = not whole or _partial_verb(scene, trigger)
    return event.status or ("partial" if part else "asserted")


def _is_result(scene: Scene, trigger: Match, places: list[Spot]) -> bool:
    """Whether something leaves a place in some state: "strikes left P in the dark"."""
    event = trigger.value.event
    if event.object != "direct" or (event.passive and not scene.language.free_order):
        return False
    if _strikes_act(scene, trigger):
        return True
    end = places[-1].end
    if scene.at("results", end) is None:
        return False
    area = any(s.is_area and end < s.start <= end + REACH_NEGATION for s in scene.spots)
    day = any(end < when.start <= end + REACH_NEGATION for when in scene.whens)
    return not (area or day)


def _strikes_act(scene: Scene, trigger: Match) -> bool:
    """Whether strikes are the subject, not the troops who leave under them or after them."""
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - REACH), -1):
        if scene.tokens[i].text in ",;:" or scene.any_at(("units", "boundary"), i):
            return False
        if scene.at("strikes", i):
            governed = (f"prep:{name}" for name in ("in", "of", "from", "near", "with"))
            return not scene.any_at((*governed, "results", "after"), i - 1)
    return False


def _negated(scene: Scene, form: EventForm, before: set[str]) -> str:
    """ "Did not take" is denied; "do not take" and "if they do not leave" say nothing."""
    if form.form not in ("base", "infinitive"):
        return "denied"
    return "denied" if "hypothetical" not in before and scene.matches.get("speech") else ""


def _is_neither(scene: Scene, places: list[Spot]) -> bool:
    """Whether the places themselves are negated: "neither A nor B has been taken"."""
    return any(spot.head and scene.at("nor", spot.head - 1) for spot in places)


def _is_aside(scene: Scene, trigger: Match, places: list[Spot]) -> bool:
    """Whether the event is told in passing: "neither P, whose seizure was reported, nor ..."."""
    near = range(max(0, trigger.start - 2), trigger.start)
    relative = any(scene.at("relative", i) for i in near)
    reduced = scene.tokens[trigger.start - 1].text == "," and trigger.value.form in _REDUCED
    return bool(places) and places[-1].end <= trigger.start and (relative or reduced)


def _is_negated_inside(scene: Scene, trigger: Match) -> bool:
    """Whether a "not" stands in a gap of the event's words: «росіянам так і не дісталося»."""
    own = trigger.written.replace("|", " ").replace("?", "").split()
    span = range(trigger.start, trigger.end)
    said = [scene.tokens[i].norm in own for i in span if scene.at("negation", i)]
    return scene.language.free_order and bool(said) and not any(said)


def _is_negated_after(scene: Scene, trigger: Match) -> bool:
    """A verb negated by what follows it: "взят не был", "взято так і не було"."""
    if trigger.value.form not in ("passive", "attributive"):
        return False
    after = range(trigger.end, min(trigger.end + 3, len(scene.tokens)))
    return any(
        scene.at("negation", i) is not None and scene.at("copulas", i + 1) is not None
        for i in after
    )


def _says_nothing(scene: Scene, trigger: Match) -> bool:
    """A question, "had they captured P", what goes on, is imagined, or confirmed by nobody."""
    return (
        _is_question(scene, trigger)
        or _still_so(scene, trigger)
        or scene.at("past_perfect", 0) is not None
        or scene.at("would", trigger.end) is not None
        or _governed(scene, trigger, "unconfirmed")
        or _is_demanded(scene, trigger)
        or _is_civil(scene, trigger)
        or any(m.end <= trigger.start for m in scene.matches.get("imagined", ()))
    )


def _is_civil(scene: Scene, trigger: Match) -> bool:
    """Whether it is people without arms who leave: "residents moved out of P"."""
    if trigger.value.event.change != "withdrawal":
        return False
    if any(scene.at("sides", i) for i in range(trigger.start, trigger.end)):
        return False
    for i in range(trigger.start - 1, max(-1, trigger.start - 1 - REACH), -1):
        parted = scene.at("boundary", i) and not scene.at("relative", i)
        if parted or scene.any_at(("sides", "units"), i) or scene.tokens[i].text in ",;:":
            return False
        if scene.at("civilians", i):
            return True
    return False


def _is_demanded(scene: Scene, trigger: Match) -> bool:
    """Whether the event is what somebody asks for: "demands that Ukraine leave P"."""
    form: EventForm = trigger.value
    if form.form == "noun":
        near = range(max(0, trigger.start - REACH), trigger.start)
        return any(scene.at("awaited", i) for i in near)
    # A finite past and a noun tell what was done, whoever demands something beside it.
    if form.form not in ("base", "present", "infinitive") and not form.bare:
        return False
    return any(
        demand.end <= trigger.start
        and not any(scene.tokens[i].text == ";" for i in range(demand.end, trigger.start))
        for demand in scene.matches.get("demands", ())
    )


def _is_irreal(scene: Scene, trigger: Match) -> bool:
    """Whether "would", "if", "якби" and the like stand near: then nothing has happened."""
    return scene.within("irrealis", trigger.start - 8, trigger.end + 2)


def _is_planned_passive(scene: Scene, trigger: Match) -> bool:
    """An English passive is governed by a plan before it as an infinitive is."""
    planned = trigger.value.form == "past" and is_passive(scene, trigger)
    return planned and not _is_finite(scene, trigger)


def _is_finite(scene: Scene, trigger: Match) -> bool:
    """Whether "was" or "has been" stands right before: no plan told before that governs it."""
    near = range(max(0, trigger.start - REACH_OF_AUXILIARY), trigger.start)
    return any(scene.at("finite", i) for i in near)


def _is_question(scene: Scene, trigger: Match) -> bool:
    return scene.tokens[-1].text == "?" or scene.at("questions", trigger.end) is not None


def _still_so(scene: Scene, trigger: Match) -> bool:
    """A state that goes on is no change: "is still under Russian control"."""
    before = range(max(0, trigger.start - 4), trigger.start)
    event = trigger.value.event
    held = event.change == "capture" and (event.only_by or event.adjacent)
    if held and any(
        scene.at("still_holding", i) and not scene.any_at(("date:of_month", "date:weekdays"), i + 1)
        for i in before
    ):
        return True  # but «ще в неділю» says when
    flown = event.object == "over" and not event.loser_named and event.change == "capture"
    dated = ("date:of_month", "date:weekdays", "date:relative")
    inside = range(trigger.start, trigger.end)
    if flown and any(
        scene.at("still_holding", i) and not scene.any_at(dated, i + 1) for i in inside
    ):
        return True  # «прапор там ще висить»
    if event.tone == "hostile" and scene.at("still", trigger.start - 1):
        return True  # "the towns around are still occupied"
    if scene.at("as", trigger.start - 1) or scene.at("as", trigger.start):
        before = range(max(0, trigger.start - REACH_OF_STILL), trigger.start)
        return any(scene.at("still", i) for i in before)  # "still shows A and B as occupied"
    return trigger.value.form == "state" and any(scene.at("still", i) for i in before)


def _cues_that_count(scene: Scene, trigger: Match) -> set[str]:
    """The cues before the trigger, less those that its form or an "if" deprives of their force."""
    before = _cues_before(scene, trigger)
    if _is_irreal(scene, trigger):
        return before - {"completed"}  # "could be forced to withdraw" completes nothing
    finite = trigger.value.form in ("active", "passive", "attributive", "past")
    finite = (finite or _is_perfect(scene, trigger)) and not _is_under_way(scene, trigger)
    if finite and not _is_planned_passive(scene, trigger):
        return before - {"hypothetical", "ongoing"}
    return before


def _is_under_way(scene: Scene, trigger: Match) -> bool:
    """Whether it is being done, and not done: "are being thrown out of P"."""
    near = range(max(0, trigger.start - 1), trigger.end)
    return any(scene.at("being", i) for i in near)


def _is_perfect(scene: Scene, trigger: Match) -> bool:
    """Whether "have" makes a participle tell of something done: "has fallen back"."""
    if trigger.value.form != "participle" or scene.language.free_order:
        return False
    near = range(max(0, trigger.start - REACH_NEGATION), trigger.start)
    done = _is_finite(scene, trigger) or any(scene.at("perfect", i) for i in near)
    return done and not any(scene.any_at(("hypothetical", "ongoing"), i) for i in near)


def _before_it(scene: Scene, trigger: Match) -> bool:
    """Whether a noun is only what something else comes before or serves: "до взятия P"."""
    return scene.within("eve", trigger.start - 2, trigger.start)


def _cues_before(scene: Scene, trigger: Match) -> set[str]:
    """Which cues stand before the trigger in its clause, near enough to govern it."""
    out: set[str] = set()
    cues = [c for c in ("completed", "hypothetical", "ongoing") if c in scene.matches]
    words = 0
    for i in range(trigger.start - 1, -1, -1):
        token = scene.tokens[i]
        if token.text in ",;:—–()" or words >= REACH:
            break
        if scene.at("boundary", i) and not scene.any_at(("hypothetical", "negation"), i):
            break
        event = scene.at("event", i)
        if (
            event is not None
            and event.value.form not in ("base", "infinitive", "ing")
            and i < trigger.start - 1
        ):
            break
        for cue in cues:
            if scene.at(cue, i):
                out.add(cue)
        if words < REACH_NEGATION and _negates(scene, trigger, i):
            out.add("negation")
        words += token.is_word
    return out


def _negates(scene: Scene, trigger: Match, i: int) -> bool:
    """Whether token ``i`` negates the event; "without" does so only to its noun."""
    without = trigger.value.form == "noun" and scene.at("without", i) is not None
    return without or (scene.at("negation", i) is not None and not _only(scene, i))


def _only(scene: Scene, i: int) -> bool:
    """Whether "not" belongs to "not only A but also B"."""
    phrase = scene.at("determiners", i)
    return phrase is not None and phrase.end - phrase.start > 1


def _is_fact(scene: Scene, trigger: Match, before: set[str]) -> bool:
    """Whether the verb form and what governs it speak of something done."""
    form = trigger.value.form
    previous = trigger.start - 1
    if form == "infinitive":
        return False
    if form == "base":
        free = previous >= 0 and not scene.at("purpose", previous)
        return free and "hypothetical" not in before and not _shares_purpose(scene, previous)
    if form == "ing":
        return _is_done(scene, trigger)
    if form == "noun" and any(
        unsure(scene, trigger) for unsure in (_may_follow, _goes_unreported, _before_it)
    ):
        return False
    return "hypothetical" not in before


def _shares_purpose(scene: Scene, conjunction: int) -> bool:
    """Whether "and" joins the verb to one that is only planned: "allowed to lay down and leave"."""
    if not scene.at("conjunctions", conjunction):
        return False
    before = range(max(0, conjunction - 10), conjunction)
    return any(scene.any_at(("purpose", "hypothetical", "ongoing"), i) for i in before)


def _is_done(scene: Scene, trigger: Match) -> bool:
    """Whether an -ing form tells a fact: "after taking P", "reported taking P", ", taking P"."""
    previous = trigger.start - 1
    if scene.any_at(("after", "reporters"), previous):
        return True
    if scene.any_at(("prep:in", "prep:near"), previous) and _is_praised(scene, previous):
        return True
    if scene.at("agent", previous):
        return not scene.matches.get("hypothetical")
    comma = previous >= 0 and scene.tokens[previous].text == ","
    return comma and trigger.value.event.change == "capture"


def _is_praised(scene: Scene, i: int) -> bool:
    """Whether somebody is thanked or praised for it: "congratulated the army on taking P"."""
    return any(scene.at("praises", k) for k in range(max(0, i - REACH), i))


def _goes_unreported(scene: Scene, trigger: Match) -> bool:
    """Whether the predicate after a noun is "did not report": "о сдаче P не сообщали"."""
    if any(scene.at("speech", i) for i in range(max(0, trigger.start - REACH), trigger.start)):
        return False  # "Moscow reported the capture of P and takes nothing back"
    for i in range(trigger.end, min(trigger.end + REACH, len(scene.tokens) - 1)):
        if scene.tokens[i].text in ",;:":
            break
        if scene.at("negation", i) and scene.at("speech", i + 1):
            return True
    return False


def _goes_on(scene: Scene, trigger: Match) -> bool:
    """Whether the predicate of a noun is that it has begun: "their withdrawal is under way"."""
    if trigger.value.form != "noun":
        return False
    for i in range(trigger.end, len(scene.tokens)):
        if scene.tokens[i].text in ";:" or scene.any_at(("boundary", "completed"), i):
            return False
        if scene.at("begun", i):
            return True
    return False


def _may_follow(scene: Scene, trigger: Match) -> bool:
    """Whether what follows a noun makes it a mere thought: "the fall of P could ..."."""
    for i in _main_clause(scene, trigger.end, 6):
        if scene.at("hypothetical", i) and not scene.spot_at(i):
            return True
    return False


def _main_clause(scene: Scene, start: int, reach: int) -> Iterator[int]:
    """Tokens after a noun to its predicate, past an aside that says who says so."""
    i, end = start, min(start + reach, len(scene.tokens))
    while i < end and scene.tokens[i].text not in ";:":
        if scene.tokens[i].text == ",":
            past = _past_speech(scene, i)
            if not past:
                return
            i, end = past, min(past + reach, len(scene.tokens))
            continue
        yield i
        i += 1


def _past_speech(scene: Scene, comma: int) -> int:
    """Where the clause goes on after ", analysts say,", 0 where no such aside opens here."""
    for i in range(comma + 1, min(comma + REACH, len(scene.tokens))):
        if scene.tokens[i].text == ",":
            said = any(scene.at("speech", k) for k in range(comma + 1, i))
            return i + 1 if said else 0
        if scene.any_at(("boundary", "event"), i):
            return 0
    return 0


def _governed(scene: Scene, trigger: Match, category: str) -> bool:
    """Whether words of denial or doubt govern the event: before it, around it, as predicate."""
    for match in scene.matches.get(category, ()):
        shown = scene.at("as", match.start - 1) is not None  # "gives A as lost, B as contested"
        if category == "denial" and (shown or is_undenied(scene, match)):
            continue
        if match.start <= trigger.start < match.end or _refutes(scene, trigger, match):
            return True
        before = match.end <= trigger.start and trigger.start - match.end <= REACH + 5
        between = range(match.end, trigger.start)
        if before and not any(_parts(scene, match, i) for i in between):
            return True
    return False


def _parts(scene: Scene, match: Match, i: int) -> bool:
    """Whether token ``i`` ends what a denial speaks of: its statement, or the aside it is in."""
    if scene.tokens[i].text != ",":
        return scene.tokens[i].text == ";"
    opening = aside_before(scene, i)
    return opening is not None and opening < match.start


def _refutes(scene: Scene, trigger: Match, denial: Match) -> bool:
    """A denial after the event, as its predicate: "reports that P had fallen were wrong"."""
    if not 0 <= denial.start - trigger.end <= REACH + 5:
        return False
    last = denial.start - 1  # "that P was given up, he denied"
    return not any(scene.tokens[i].text in ",;:" for i in range(trigger.end, last))


def _partial_verb(scene: Scene, trigger: Match) -> bool:
    """ "Partially captured": the cue stands right before or inside the trigger."""
    if "partially" not in scene.matches:
        return False
    last = min(trigger.end + 2, len(scene.tokens))
    near = [*range(max(0, trigger.start - 2), last)]
    for i in range(trigger.end, last):  # "in its hands after nearly a year"
        if scene.any_at(("boundary", "after", "without"), i):
            near = [k for k in near if k < trigger.end]
    return any(scene.at("partially", i) for i in near)
