"""Who says so: the source that speaks in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.model import War
from tracker.reading.language import Event
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene

REACH_OF_SPEECH = 14
REACH_OF_COLON = 5
GENERIC = "generic"
NOBODY = ("", GENERIC, "other")
"""Voices whose "our troops" name no side."""
UNNAMED = ("verb", "carried", "course")
"""Ways of finding the acting side without a word for it in the sentence."""
_QUOTES = frozenset('«“„"')
_ENDS_QUOTE = frozenset(',!?»”"')
_GUESSED = (*UNNAMED, "speaker")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it: a side, ``other`` or '' (nobody named), and where in the sentence.

    ``civil``: an official, whose side the words are, but who takes and leaves nothing.
    """

    side: str
    at: int = -1
    admits: bool = False
    civil: bool = False


NO_VOICE = Voice("")


def free_side(scene: Scene, i: int) -> Match | None:
    """A side's name at token ``i`` that can act: not "in Ukraine", not part of a place."""
    match = scene.at("sides", i)
    if match is None or match.start != i or _is_of_another_side(scene, match):
        return None
    source = scene.at("claimants", i)
    if source is not None and source.start < i and source.value not in (match.value, GENERIC):
        return None  # «ОК „Юг“»
    spot = scene.spot_at(i)
    if spot is not None and spot.is_place:
        return None
    if i and any(
        m is not None and m.end == i
        for m in (scene.at("prep:in", i - 1), scene.at("prep:from", i - 1))
    ):
        return None
    if i and scene.at("determiners", i - 1) and i > 1 and scene.at("prep:in", i - 2):
        return None
    return match


def _is_of_another_side(scene: Scene, match: Match) -> bool:
    """Whether an adjective right before says whose they are: "украинские десантники"."""
    before = scene.at("sides", match.start - 1) if match.start else None
    if before is not None and scene.at("peoples", before.start):
        return False  # «через тиск противника наші бійці ...»: a noun of its own
    return before is not None and before.end >= match.start and before.value != match.value


def claimant(scene: Scene, event: Event, voice: Voice, by: str, how: str, war: War) -> str:
    """Whose word a claim is: ``UA``, ``RU``, ``other`` or ``both``.

    An official without a side, and a text that speaks of "the enemy" or says "liberated" without
    saying by whom, is taken for the side from whose view the event is told.
    """
    if (event.closed and event.by != "loser") or event.own_word:
        return by  # "Moscow claims P", "called P its own"
    if voice.side not in ("", GENERIC):
        return voice.side
    for i in range(len(scene.tokens) if "enemies" in scene.matches else 0):
        enemy = scene.at("enemies", i)
        if enemy is not None:  # who drove "the enemy" out calls it so
            driven = how == "loser" and event.loser_named
            return by if driven else war.other(str(enemy.value))
    if by and by == scene.language.home and voice.side == "":
        return by  # what is written in a side's language of its own deeds is its own word
    if voice.side == GENERIC or (event.tone and how in _GUESSED and scene.language.free_order):
        admitted = voice.admits and event.change == "capture" and event.tone != "friendly"
        hostile = event.tone == "hostile" or event.loss or admitted
        return war.other(by) if hostile else by
    return by if by == event.partisan and how != "carried" else "other"


def meant_itself(scene: Scene, first: int, last: int, voice: Voice) -> str:
    """Whom "it" or "its troops" means where a side speaks: the speaker; '' for officials."""
    if voice.civil or voice.at < 0 or voice.side in ("other", GENERIC):
        return ""
    near = range(max(0, first), min(last, len(scene.tokens)))
    return voice.side if any(scene.at("self_pronouns", i) for i in near) else ""


def speaking_voice(scene: Scene, trigger: Match | None) -> Voice:
    """Who says what the sentence says: a named source, or a side as the subject of speech.

    Of several sources the one nearest before the trigger speaks, else the nearest after it.
    """
    where = trigger.start if trigger is not None else 0
    speaking = speakers(scene)
    if not speaking:
        return NO_VOICE
    found = [Voice(_side_of(scene, m), m.start) for m in speaking if not _acts(scene, m, trigger)]
    if not found:
        return Voice("")
    best = min(found, key=lambda v: _rank(scene, v, where)) if len(found) > 1 else found[0]
    admits, civil = _admits(scene, best, found), bool(scene.at("officials", best.at))
    return Voice(best.side, best.at, admits, civil)


def _admits(scene: Scene, voice: Voice, voices: Sequence[Voice]) -> bool:
    """Whether it is this voice, of all in the sentence, that stands nearest to an admission."""
    for admission in scene.matches.get("admission", ()):
        if admission.start and scene.at("negation", admission.start - 1):
            continue  # "which it does not admit"
        nearest = min(voices, key=lambda v: (abs(v.at - admission.start), v.at))
        if nearest.side == voice.side:
            return True
    return False


def _side_of(scene: Scene, source: Match) -> str:
    """Whose a source is; of "the Russian ministry" the adjective says it."""
    if source.value != GENERIC or not source.start or scene.language.free_order:
        return str(source.value)
    i = source.start - 1
    i -= scene.at("possessive", i) is not None
    owner = scene.at("sides", i) or scene.at("capitals", i)
    return str(owner.value) if owner is not None else GENERIC


def _rank(scene: Scene, voice: Voice, where: int) -> tuple[bool, bool, bool, int, str]:
    """How likely a source speaks of what stands at ``where``, the smallest first.

    What is said after a semicolon is said of other things, if anybody else is named.
    """
    parted = any(scene.tokens[k].text == ";" for k in range(where, voice.at))
    return (voice.side == GENERIC, parted, voice.at > where, abs(voice.at - where), voice.side)


def speakers(scene: Scene) -> list[Match]:
    """All who speak in a sentence, whatever it tells; found once."""
    if scene.speakers is None:
        if not (scene.matches["claimants"] or "sides" in scene.matches):
            scene.speakers = []
            return scene.speakers
        speeches = [*scene.matches.get("speech", ()), *scene.matches.get("denial", ())]
        speeches += _colons(scene)
        scene.speakers = [
            *(m for m in scene.matches.get("claimants", ()) if _speaks(scene, m, speeches)),
            *(m for m in scene.matches.get("sides", ()) if _side_speaks(scene, m, speeches)),
        ]
    return scene.speakers


def last_speaker(scene: Scene) -> str:
    """The side that speaks last in an English sentence, and of whom the next one goes on."""
    if scene.language.free_order:
        return ""
    sided = [match for match in speakers(scene) if match.value not in NOBODY]
    return str(max(sided, key=lambda match: match.start).value) if sided else ""


def _colons(scene: Scene) -> Iterator[Match]:
    """Colons after a source: "Maliar pleased her readers: P is free"."""
    sources = scene.matches.get("claimants", ())
    for i, token in enumerate(scene.tokens if sources else ()):
        if token.text == ":" and any(0 <= i - m.end <= REACH_OF_COLON for m in sources):
            yield Match(i, i + 1, "speech", "speech", ":")


def source_named(scene: Scene) -> str:
    """The side of the first source that a sentence names, speaking or not; '' where none."""
    named = (str(match.value) for match in scene.matches.get("claimants", ()))
    return next((side for side in named if side not in NOBODY), "")


def _speaks(scene: Scene, source: Match, speeches: Sequence[Match]) -> bool:
    """A source speaks when a verb of speech is near and no event stands between the two.

    One that opens the sentence speaks also without: "Prigozhin: Bakhmut is taken".
    """
    if _hears(scene, source) or (source.start and scene.at("prep:from", source.start - 1)):
        return False
    for speech in speeches:
        first, last = (source, speech) if source.start <= speech.start else (speech, source)
        around = scene.at("event", speech.start)  # "was reported lost by DeepState"
        between = range(max(first.end, around.end if around else 0), last.start)
        if len(between) <= REACH_OF_SPEECH and not any(_is_verb(scene, i) for i in between):
            return True
    opens = not speeches and source.start <= 1
    return opens or _colon_follows(scene, source) or _closes_quote(scene, source)


def _closes_quote(scene: Scene, source: Match) -> bool:
    """Whether a source follows quoted words and a dash: «Село наше», — загибает пальцы комбат."""
    if not scene.language.free_order:
        return False
    for i in range(source.start - 1, max(0, source.start - REACH_OF_SPEECH // 2), -1):
        if scene.tokens[i].text in "—–":
            last = scene.tokens[i - 1].text
            quoted = any(scene.tokens[k].text in _QUOTES for k in range(i))
            return quoted and last in _ENDS_QUOTE
        if not scene.tokens[i].is_word or _is_verb(scene, i):
            return False
    return False


def _colon_follows(scene: Scene, source: Match) -> bool:
    """Whether a colon gives the words of a source: "Maliar cheered her readers: P is free"."""
    for i in range(source.end, min(source.end + REACH_OF_COLON, len(scene.tokens))):
        if scene.tokens[i].text == ":":
            return True
        if _is_verb(scene, i) or scene.at("boundary", i):
            return False
    return False


def _hears(scene: Scene, source: Match) -> bool:
    """Whether a medium is only who was told: "told Reuters"."""
    if source.value != "other" or not source.start:
        return False
    article = scene.any_at(("articles",), source.start - 1)
    return scene.at("telling", source.start - 1 - article) is not None


def _is_verb(scene: Scene, i: int) -> bool:
    event = scene.at("event", i)
    return event is not None and event.value.form != "noun"


def _acts(scene: Scene, source: Match, trigger: Match | None) -> bool:
    """Whether a source is the subject of the event itself: "said Russian forces had captured P"."""
    if trigger is None or scene.at("speech", trigger.start):
        return False
    if source.end > trigger.start:
        return _is_agent(scene, source, trigger)
    if trigger.value.form == "noun":
        return False
    between = range(source.end, trigger.start)
    return not any(
        scene.tokens[i].text in ",;:—–" or scene.any_at(("boundary", "speech", "denial"), i)
        for i in between
    )


def _is_agent(scene: Scene, source: Match, trigger: Match) -> bool:
    """Whether a source is by whom it was done: "was occupied by the Russian army"."""
    said = any(scene.at("speech", i) for i in range(trigger.start, source.start))
    near = range(max(trigger.end, source.start - 2), source.start)
    return not said and any(scene.at("agent", i) for i in near)


def _side_speaks(scene: Scene, side: Match, speeches: Sequence[Match]) -> bool:
    """A side's name right before or after a verb of speech: "Ukraine announced", "said Moscow"."""
    if not speeches:
        return False
    if free_side(scene, side.start) is None and not scene.at("capitals", side.start):
        return False
    start = _past_relative(scene, side.end)
    for speech in speeches:
        if 0 <= speech.start - start <= 4 and not _break_between(scene, start, speech.start):
            return True
        if scene.at("adjectives", side.start):
            continue  # "coloured Russian on the map"
        also = scene.at("conjunctions", speech.end) is not None  # «отчитались и в Москве»
        if 0 <= side.start - speech.end <= 1 + also:
            return True
    return False


def _past_relative(scene: Scene, i: int) -> int:
    """Past ", which": "Moscow, which announced the capture of P"."""
    comma = i + 1 < len(scene.tokens) and scene.tokens[i].text == ","
    return i + 2 if comma and scene.at("relative", i + 1) else i


def _break_between(scene: Scene, i: int, j: int) -> bool:
    return any(
        scene.tokens[k].text in ",;:()" or scene.any_at(("boundary", "event"), k)
        for k in range(i, j)
    )
