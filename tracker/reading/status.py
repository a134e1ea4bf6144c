"""Whether it happened: asserted, denied, partial, ongoing, or no claim at all."""

from __future__ import annotations

from tracker.reading.language import EventForm
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot

REACH = 7
REACH_NEGATION = 3


def status_of(scene: Scene, trigger: Match, places: list[Spot]) -> str:
    """``asserted``, ``denied``, ``partial``, ``ongoing``, or '' when nothing is claimed."""
    form: EventForm = trigger.value
    if scene.tokens[-1].text == "?" or scene.tokens[min(trigger.end, len(scene.tokens) - 1)].norm == "ли":
        return ""
    if form.form == "state" and any(scene.at("still", i) for i in range(max(0, trigger.start - 4), trigger.start)):
        return ""
    before = _cues_before(scene, trigger)
    completed = "completed" in before
    if "negation" in before:
        return "denied" if _is_denial(scene, trigger) or form.form not in ("base", "infinitive") else ""
    if _denied(scene, trigger):
        return "denied"
    if not completed and not _is_fact(scene, trigger, before):
        return "ongoing" if form.event.change == "withdrawal" and "ongoing" in before else ""
    if form.event.change == "withdrawal" and not completed and "ongoing" in before:
        return "ongoing"
    if form.event.status:
        return form.event.status
    if any(place.partial for place in places) or _partial_verb(scene, trigger):
        return "partial"
    return "asserted"


def _cues_before(scene: Scene, trigger: Match) -> set[str]:
    """Which cues stand before the trigger in its clause, near enough to govern it."""
    out: set[str] = set()
    words = 0
    for i in range(trigger.start - 1, -1, -1):
        token = scene.tokens[i]
        if token.text in ",;:—–()" or words >= REACH:
            break
        if scene.at("boundary", i) and not scene.any_at(("hypothetical", "negation"), i):
            break
        event = scene.at("event", i)
        if event is not None and event.value.form not in ("base", "infinitive", "ing") and i < trigger.start - 1:
            break
        for cue in ("completed", "hypothetical", "ongoing"):
            if scene.at(cue, i):
                out.add(cue)
        if words < REACH_NEGATION and scene.at("negation", i):
            out.add("negation")
        words += token.is_word
    return out


def _is_fact(scene: Scene, trigger: Match, before: set[str]) -> bool:
    """Whether the verb form and what governs it speak of something done."""
    form = trigger.value.form
    previous = trigger.start - 1
    if form in ("infinitive",):
        return False
    if form == "base" and scene.language.id == "en":
        return previous >= 0 and not scene.at("purpose", previous) and "hypothetical" not in before
    if form == "ing":
        return scene.at("after", previous) is not None
    if form == "noun" and _may_follow(scene, trigger):
        return False
    return "hypothetical" not in before


def _may_follow(scene: Scene, trigger: Match) -> bool:
    """Whether what follows a noun makes it a mere thought: "the fall of P could ..."."""
    for i in range(trigger.end, min(trigger.end + 6, len(scene.tokens))):
        if scene.tokens[i].text in ",;:":
            break
        if scene.at("hypothetical", i) and not scene.spot_at(i):
            return True
    return False


def _denied(scene: Scene, trigger: Match) -> bool:
    """Whether a verb of denial governs the trigger."""
    if any(_refutes(scene, trigger, denial) for denial in scene.matches.get("denial", ())):
        return True
    return any(
        denial.end <= trigger.start and trigger.start - denial.end <= REACH + 5
        and not any(scene.tokens[i].text == ";" for i in range(denial.end, trigger.start))
        for denial in scene.matches.get("denial", ())
    )


def _refutes(scene: Scene, trigger: Match, denial: Match) -> bool:
    """A denial after the event, as its predicate: "reports that P had fallen were wrong"."""
    if not 0 <= denial.start - trigger.end <= REACH + 5:
        return False
    between = range(trigger.end, denial.start)
    return not any(scene.tokens[i].text in ",;:" for i in between)


def _is_denial(scene: Scene, trigger: Match) -> bool:
    return bool(scene.matches.get("speech"))


def _partial_verb(scene: Scene, trigger: Match) -> bool:
    """"Partially captured", "entered": the cue stands right before or inside the trigger."""
    return any(
        scene.at("partial", i) and scene.at("partial", i).written.startswith(("partial", "partly", "частков", "частичн"))  # type: ignore[union-attr]
        for i in range(max(0, trigger.start - 2), min(trigger.end + 2, len(scene.tokens)))
    )
