"""A language is a data file: ``languages/*.toml`` read into matchers and tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from tracker.errors import UsageError
from tracker.model import CHANGES
from tracker.reading.phrases import PhraseMatcher
from tracker.reading.tokens import tokenize
from tracker.resources import read_text

LANGUAGES = ("en", "uk", "ru")
_DATE_WORDS = (
    *("last", "before_year", "this", "early", "mid", "late", "ago", "of_month", "year_words"),
    *(
        "range_from",
        "range_between",
        "range_to",
        "range_and",
        "of_day",
        "of_bare_day",
        "day_words",
        "night_before",
        "night_of",
    ),
    *("through", "earlier", "later", "same_year"),
)
_OF_SIDES = ("sides", "claimants", "losers", "enemies", "capitals", "garrisons", "ministries")
"""Sections whose phrases are told apart by side."""
_FORMS = ("base", "past", "participle", "ing", "present")


@dataclass(frozen=True, slots=True)
class Event:
    """A way of saying that a place was taken or left; its fields are those of the data file.

    ``object`` says where the place stands: ``direct`` (captured P), ``from`` (withdrew from P),
    ``over`` (a flag over P), ``subject`` (P fell); ``direct``: "from" may be missing ("fled P").
    ``by`` says where the side stands: ``subject``, ``after`` (fell to A), ``loser`` (A lost P),
    ``speaker`` (A calls P freed) or ``default``. ``tone`` is ``friendly`` for what a side says
    of its own gains ("liberated"), ``hostile`` for what it says of the other's ("occupied");
    ``partisan`` is the side of which only its own speakers use the verb. ``only_by`` keeps the
    event to one side, ``needs_side`` to sentences or speakers that name one. ``loss`` is what
    the loser says ("P was lost"). ``weak`` events ("the fall of P") count only where nothing
    else tells of the change. ``continues`` takes side and change from the claim before it ("the
    ministry named B too"), what it ``echoes`` must stand right before ("and so is B"). A
    ``closed`` one needs its place to end the clause ("Moscow claims P", not "claims P has
    fallen"); one that is told ``alone`` may be of the place named before ("They withdrew on
    Friday"). A state with ``since`` counts only with its beginning ("held P since May"). What
    ``lasts`` ("occupied from May to October") began with the first day of its range. What is
    said in its ``own_word`` is claimed by the side that acts ("called P its own").
    """

    id: str
    change: str
    object: str
    by: str = "subject"
    default_by: str = ""
    adjacent: bool = False
    needs_side: bool = False
    weak: bool = False
    loser_named: bool = False
    tone: str = ""
    partisan: str = ""
    only_by: str = ""
    loss: bool = False
    direct: bool = False
    passive: bool = True
    continues: bool = False
    echoes: bool = False
    closed: bool = False
    alone: bool = False
    since: bool = False
    lasts: bool = False
    own_word: bool = False
    status: str = ""


@dataclass(frozen=True, slots=True)
class EventForm:
    """One grammatical form of an event.

    ``active`` the agent does it; ``past`` active or passive by what stands before it (English);
    ``participle`` passive, or active after "have"; ``passive`` passive for certain; ``attributive``
    the same in an aside after its place ("A, taken by B,"); ``present``;
    ``base`` and ``infinitive`` not a fact by themselves; ``ing``; ``noun``; ``state``. ``bare``:
    the word looks like the base form ("quit").
    """

    event: Event
    form: str
    bare: bool = False


@dataclass(frozen=True)
class Language:
    """A language's lexicon.

    ``free_order``: the object may stand before the verb. ``of_nouns``: the preposition between a
    noun of taking and its place, none where a case does it. ``adjective_endings`` tell words that
    may stand between a verb and its very next place, ``plural_endings`` those between "these" and
    "villages" (any, where none are given), ``impersonal_endings`` passives that take an object,
    ``instrumental_endings`` names that are added with "with".
    ``prefixes`` are words of their own before a
    hyphen. ``home`` is the side from whose view nearly all that is written in it is told.
    """

    id: str
    name: str
    matcher: PhraseMatcher
    abbreviations: frozenset[str]
    function_words: frozenset[str]
    free_order: bool
    of_nouns: frozenset[str]
    adjective_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    impersonal_endings: tuple[str, ...]
    instrumental_endings: tuple[str, ...]
    prefixes: frozenset[str]
    home: str


def _forms(entry: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """(phrase, form) of one event entry."""
    tails = entry.get("tail", [""])
    for line in entry.get("verbs", ()):
        for (word, form), tail in product(_english_forms(line).items(), tails):
            yield f"{word} {tail}".strip(), form
    for form in ("active", "passive", "attributive", "infinitive", "present", "noun", "state"):
        phrases = entry.get("nouns" if form == "noun" else form, ())
        if not isinstance(phrases, bool):
            yield from ((phrase, form) for phrase in phrases)


def _english_forms(line: str) -> dict[str, str]:
    """Word -> form of one line of five; a past that is also the participle is ``past``."""
    words = line.split()
    if len(words) != len(_FORMS):
        raise UsageError(f"lexicon verb needs {len(_FORMS)} forms: {line!r}")
    forms: dict[str, str] = {}
    for word, form in zip(words, _FORMS, strict=True):
        if form == "participle" and forms.get(word) == "past":
            continue
        forms[word] = "active" if form == "past" and word != words[2] else form
    return forms


def _event(entry: Mapping[str, Any], file: str) -> Event:
    known = {
        k: entry[k]
        for k in Event.__dataclass_fields__
        if k in entry and not isinstance(entry[k], list)
    }
    event = Event(**known)
    if event.change not in CHANGES:
        raise UsageError(f"{file}: event {event.id}: change {event.change!r} is none of {CHANGES}")
    return event


def _matcher(table: Mapping[str, Any], file: str) -> PhraseMatcher:
    matcher = PhraseMatcher("event", "event:noun")
    _add_sides(matcher, table)
    matcher.add_all(table["speech"]["verbs"], "speech")
    for section in ("status", "words"):
        for category, phrases in table[section].items():
            matcher.add_all(phrases, category, category)
    for category, phrases in table["prepositions"].items():
        matcher.add_all(phrases, f"prep:{category}", category)
    for entry in table["events"]:
        event = _event(entry, file)
        bases = {line.split()[0] for line in entry.get("verbs", ())}
        for phrase, form in _forms(entry):
            category = "event:noun" if form == "noun" else "event"
            matcher.add(phrase, category, EventForm(event, form, phrase.split()[0] in bases))
    _add_dates(matcher, table["dates"])
    return matcher


def _add_sides(matcher: PhraseMatcher, table: Mapping[str, Any]) -> None:
    for section in (
        "sides",
        "claimants",
        "losers",
        "enemies",
        "capitals",
        "garrisons",
        "ministries",
    ):
        for side, phrases in table.get(section, {}).items():
            words = phrases["words"] if isinstance(phrases, dict) else phrases
            matcher.add_all(words, section, side)
    for side, phrases in table["officials"].items():
        matcher.add_all(phrases, "claimants", side)
        matcher.add_all(phrases, "officials", side)


def _add_dates(matcher: PhraseMatcher, dates: Mapping[str, Any]) -> None:
    for name in ("months", "weekdays", "seasons", "units", "lone_units", "numbers", "ordinals"):
        for index, phrase in enumerate(dates[name]):
            matcher.add(phrase, f"date:{name}", index)
    for phrase, years in dates["years_back"].items():
        matcher.add(phrase, "date:years_back", years)
    for phrase, (first, last) in dates["eras"].items():
        span = (date.fromisoformat(first), date.fromisoformat(last))
        matcher.add(phrase, "date:eras", span)
    for name in ("relative", "offsets"):
        for phrase, days in dates[name].items():
            matcher.add(phrase, f"date:{name}", tuple(days))
    for name in _DATE_WORDS:
        matcher.add_all(dates[name], f"date:{name}")


@cache
def load_language(language: str) -> Language:
    """Read ``languages/LANGUAGE.toml``. Raises :class:`UsageError` for a file that cannot serve."""
    file = f"{language}.toml"
    table = tomllib.loads(read_text("reading", "languages", file))
    try:
        return Language(
            id=table["id"],
            name=table["name"],
            matcher=_matcher(table, file),
            abbreviations=frozenset(table["abbreviations"]),
            function_words=frozenset(table["detect"]),
            free_order=bool(table.get("free_order", False)),
            of_nouns=frozenset({"of"} if table["prepositions"]["of"] else ()),
            adjective_endings=tuple(table.get("adjective_endings", ())),
            plural_endings=tuple(table.get("plural_endings", ())),
            impersonal_endings=tuple(table.get("impersonal_endings", ())),
            instrumental_endings=tuple(table.get("instrumental_endings", ())),
            home=str(table.get("home", "")),
            prefixes=frozenset(table.get("prefixes", ())),
        )
    except KeyError as error:
        raise UsageError(f"languages/{file}: section or key {error} is missing") from error


SAMPLE = 6000
FEW_WORDS = 8
KNOWN_SHARE = 0.4
_CYRILLIC = re.compile("[а-ѹґ]+")
_MARKUP = re.compile(r"<[^<>]*>")
_UKRAINIAN, _RUSSIAN, _NEITHER = "іїєґ", "ыэъё", "јљњћђџўѓќ"


def detect_language(text: str) -> str:
    """The language of a text by its letters and its commonest words; '' when none fits.

    Ukrainian and Russian differ in letters (іїєґ against ыэъё). A Latin text must hold enough
    English function words: a text of another language is not guessed at.
    """
    sample = _MARKUP.sub(" ", text[:SAMPLE]).casefold()
    letters = sum(map(str.isalpha, sample))
    cyrillic = sum(map(len, _CYRILLIC.findall(sample)))
    if letters and cyrillic * 2 > letters:
        return _cyrillic_language(sample)
    words = [t.norm for t in tokenize(sample) if t.is_word and t.norm.isalpha()]
    known = [word for word in words if word in load_language("en").function_words]
    enough = len(known) >= 0.1 * len(words) and (len(set(known)) >= 2 or len(words) <= FEW_WORDS)
    if known and enough:
        return "en"
    return "en" if _speaks_of_the_war(sample, "en", len(words)) else ""


def _speaks_of_the_war(sample: str, language: str, words: int) -> bool:
    """Whether a text without function words names a side and an event, in mostly known words."""
    found = load_language(language).matcher.find(tokenize(sample))
    categories = {match.category for match in found}
    known = {i for match in found for i in range(match.start, match.end)}
    told = "sides" in categories and bool(categories & {"event", "event:noun"})
    return told and (words <= FEW_WORDS or len(known) >= KNOWN_SHARE * words)


def _cyrillic_language(sample: str) -> str:
    ukrainian = sum(sample.count(c) for c in _UKRAINIAN)
    russian = sum(sample.count(c) for c in _RUSSIAN)
    if any(c in sample for c in _NEITHER):
        return ""
    if ukrainian == russian:  # a short text without the letters that tell: its words decide
        ukrainian, russian = _words_known(sample, "uk"), _words_known(sample, "ru")
    return "uk" if ukrainian > russian else "ru"


def _words_known(sample: str, language: str) -> int:
    """How many function words, sides and verbs of a language stand in a text."""
    known, tokens = load_language(language), tokenize(sample)
    told = {m.start for m in known.matcher.find(tokens) if m.category in ("sides", "event")}
    return len(told | {i for i, t in enumerate(tokens) if t.norm in known.function_words})
