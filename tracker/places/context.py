"""What the words beside a name say about it: "Kharkiv region", "village of X", "General X"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from tracker import resources
from tracker.places.words import (
    APOSTROPHES,
    CAPITAL_WORD,
    GAP,
    WORD,
    is_cyrillic,
    key,
    name_keys,
    without_possessive,
)

_ENDINGS = "(ий|ого|ому|им|ім|а|ої|ій|у|ою|е|і|их|ими|ая|ой|ую|ое|ом|ие|им)$"
_ADJECTIVE = re.compile("(?:[цсз]ьк|[сц]к)" + _ENDINGS)
_ENDING = re.compile("[^аеєиіїоуюяьыэ]" + _ENDINGS)
_AGREEING: dict[str, tuple[str, ...]] = {
    "ого": ("а", "у", "я", "ю"),
    "ому": ("у", "ю", "і", "ові", "еві"),
    "им": ("ом", "ем", "єм", "ам", "ям"),
    "ім": ("у", "ю", "і"),
    "ом": ("е", "и", "у"),
    "а": ("а", "я", "ь"),
    "ая": ("а", "я", "ь"),
    "у": ("у", "ю", "ь"),
    "ую": ("у", "ю", "ь"),
    "ої": ("и", "і", "ї"),
    "ій": ("і", "ї"),
    "ою": ("ою", "ею", "єю", "ю"),
    "ой": ("ы", "и", "е", "ой", "ей", "ью"),
    "е": ("о", "е", "я", "є"),
    "ое": ("о", "е", "ие", "ье"),
    "і": ("и", "і", "ї"),
    "ие": ("ы", "и", "а", "я"),
    "их": ("ів", "їв", "ов", "ев", "ей", "ах", "ях", "ь"),
    "ими": ("ами", "ями"),
}
"""Ends of the nouns that an adjective's ending may go with, Ukrainian and Russian together."""
_VERB = re.compile("(?:[иаяіо]л[аои]|шл[аои]|но|то|ся|ться|ть)$")
_ABBREVIATED = re.compile(r"[^\W\d_aeiouyаеиоуыэюяіїєё]{1,3}|ген|обл|пос|дер|хут|вул|ул|st|gen")
PASSIVE = re.compile(
    r"^(?:\w{3,}(?:[еаоиуя]но|[яиуа]то|ен[аоыеі]?|ан[аоыеі]?|[яи]т[аоыеі])|взят[оыаеі]?|пере(?:йш|ш)\w+)$"
)
_BORDER = re.compile(
    r"\b(?:границ\w{1,3} с|(?:кордон|меж)\w{0,3} (?:з|із)|border(?:s|ing)?(?: with)?) (?:the )?$"
)
LIST_GAP = re.compile(
    r"\s*,\s*(?:(?:and|or|та|і|й|и|або|или)\s+)?|\s+(?:and|or|та|і|й|и|або|или|&)\s+|\s*/\s*"
)
_NEXT_WORD = re.compile(f"(?>{GAP.pattern})({WORD.pattern})")
_INNER = "-" + APOSTROPHES
_NO_ROLES: frozenset[str] = frozenset()
OPENING = " \t\u00a0\u202f\n\"'«„“”‘([*_"
JOINTS = "/_=&%@-.?#+"
_QUOTES = {"«": "»", "„": "“”", "“": "”", '"': '"'}
_SENTENCE_END = re.compile(rf"(?:^|[.!?…:;•\n])[\s\"«„“”([*_\-–—{APOSTROPHES}]*$")
_TYPE_AFTER = re.compile(rf"(?:[{APOSTROPHES}]s?)? ([a-z]{{4,8}})\b")
_PLURALS = re.compile("(?:s|ей|ях|ям|ями|і|и|ів|ов|ах|ам|ами)$")


class Vocabulary:
    """A set of words: Latin and short words whole, Cyrillic words by their beginning."""

    def __init__(self, words: list[str]) -> None:
        keys = [key(w) for w in words]
        self._whole = frozenset(k for k in keys if not is_cyrillic(k) or len(k) < 3)
        starts = sorted({k for k in keys if is_cyrillic(k) and len(k) >= 3})
        self._starts = re.compile("|".join(map(re.escape, starts)) or "(?!)")

    def __contains__(self, word: str) -> bool:
        return word in self._whole or self._starts.match(word) is not None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``data/context.toml`` as sets of words."""

    heads: dict[str, Vocabulary]
    before: dict[str, Vocabulary]
    common: frozenset[str]
    things: frozenset[str]
    discourse: frozenset[str]
    compound: frozenset[str]
    compound_stems: frozenset[str]
    foreign: Vocabulary
    types: dict[str, Vocabulary]
    regional: frozenset[str]
    holds: Vocabulary
    toward: Vocabulary
    persons: tuple[tuple[str, str, str], ...]


@cache
def lexicon() -> Lexicon:
    """The words of ``data/context.toml``."""
    table: dict[str, Any] = tomllib.loads(resources.read_text("places", "data", "context.toml"))
    persons = []
    for group, names in table["names"].items():
        role, _, lang = group.partition("_")
        persons += [(name, lang, role.removesuffix("s")) for name in names]
    return Lexicon(
        heads={role: Vocabulary(words) for role, words in table["heads"].items()},
        before={role: Vocabulary(words) for role, words in table["before"].items()},
        common=frozenset(map(key, table["common"]["words"])),
        things=frozenset(map(key, table["common"]["things"])),
        discourse=frozenset(map(key, table["common"]["discourse"])),
        compound=frozenset(map(key, table["common"]["compound"])),
        compound_stems=frozenset(map(key, table["common"]["compound_stems"])),
        foreign=Vocabulary(table["common"]["foreign"]),
        types={role: Vocabulary(words) for role, words in table["types"].items()},
        regional=frozenset(map(key, table["regional"]["forms"])),
        holds=Vocabulary(table["regional"]["holds"]),
        toward=Vocabulary(table["regional"]["toward"]),
        persons=tuple(persons),
    )


def is_adjective(word: str) -> bool:
    """True if a Cyrillic word (a key) is shaped like an adjective made from a town's name."""
    return _ADJECTIVE.search(word) is not None


def is_neuter(word: str) -> bool:
    """True if a Cyrillic word (a key) is shaped like a neuter adjective, as villages are named."""
    if word in lexicon().discourse:
        return False
    return word.endswith(("ое", "ее", "не", "ве", "ле", "ке", "те", "нє"))


def is_thing(word: str) -> bool:
    """True for an ordinary word (a key) for what takes nothing itself: ``піски``, ``балка``."""
    return word in lexicon().things


def is_attribute(text: str, word: str, end: int, common: bool = False) -> bool:
    """True if an adjective (a key, which ends at ``end``) describes the small word after it.

    ``Українські війська``: the adjective is no village of that name. Told by the endings, which
    agree. Of other adjectives only ``common`` words count.
    """
    ending = (_ENDING if common else _ADJECTIVE).search(word)
    following = _NEXT_WORD.match(text, end) if ending else None
    if ending is None or following is None or not following[1][0].islower():
        return False
    noun = key(following[1])
    if noun in lexicon().before["taken"]:
        return False  # "Урожайне звільнене": what happened to it
    if noun in lexicon().before["place"]:
        return False  # "Урожайне біля Берислава": no noun, though it ends like one
    if common and PASSIVE.search(noun):
        return False  # «Урожайне звільнене»
    return len(noun) > 3 and noun.endswith(_AGREEING.get(ending[1], ())) and not _VERB.search(noun)


def head_after(text: str, end: int) -> tuple[str, int]:
    """The role of the head noun after a name, and where that noun ends ('' and ``end``: none).

    ``Kharkiv region`` gives ``oblast``; so does the first name of ``Kharkiv and Donetsk regions``.
    """
    position = end
    for step in range(6):
        word = _NEXT_WORD.match(text, position)
        if word is not None and _stands_between(word[1]):
            word = _NEXT_WORD.match(text, word.end())
        if word is not None:
            hyphen = text[word.end() : word.end() + 1] == "-"  # a "front-line town" is no front
            role = "" if hyphen else _head_role(word[1])
            if role and (step == 0 or _PLURALS.search(key(word[1]))):
                return role, word.end()
            if step == 0 or not word[1][0].isupper():
                word = None
        listed = LIST_GAP.match(text, position)
        following = word or (CAPITAL_WORD.match(text, listed.end()) if listed else None)
        if following is None:
            break
        position = following.end()
    return "", end


def role_beside(text: str, end: int) -> str:
    """The role of the head noun right after a name, or after a word that may stand between."""
    word = _NEXT_WORD.match(text, end)
    if word is not None and _stands_between(word[1]):
        word = _NEXT_WORD.match(text, word.end())
    if word is None or text[word.end() : word.end() + 1] == "-":
        return ""
    return _head_role(word[1])


def is_bordered(text: str, start: int) -> bool:
    """True if the area at ``start`` is only the one across the border of what is spoken of."""
    return _BORDER.search(text, max(0, start - 24), start) is not None


def is_next_word(text: str, position: int, end: int) -> bool:
    """True if the word that ends at ``end`` is the first after ``position``, or the second after
    a word that may stand between ("border")."""
    words = list(islice(WORD.finditer(text, position, end), 3))
    if len(words) == 2 and _stands_between(words[0].group()):
        return True
    return len(words) == 1


@lru_cache(maxsize=65536)
def _stands_between(word: str) -> bool:
    return key(word) in lexicon().heads["between"]


@lru_cache(maxsize=65536)
def _head_role(word: str) -> str:
    """The role of a word as it is written, '' if it is the head of no name."""
    bare = key(without_possessive(word))
    for role, vocabulary in lexicon().heads.items():
        if role != "between" and bare in vocabulary:
            return role
    return ""


def roles_before(text: str, start: int) -> frozenset[str]:
    """Roles of the word before a name: the keys of ``[before]``, and ``the``."""
    word, position = word_before(text, start)
    if not word:
        return _NO_ROLES
    roles, compound, link = _standing(word)
    if compound and text[position].isupper() and text[start - 1] in " -":
        roles |= {"compound"}
    if link:
        further, _ = word_before(text, position)
        roles |= roles_of(further) & {"settlement", "river"}
    return roles


def type_beside(text: str, start: int, end: int) -> str:
    """``town`` or ``village`` if the word before a name says so, or that after it in English."""
    word, position = word_before(text, start)
    if word and "link" in roles_of(word):
        word, _ = word_before(text, position)
    found = _type(word) if word else ""
    following = None if found else _TYPE_AFTER.match(text, end)
    return _type(following[1]) if following else found


@lru_cache(maxsize=65536)
def _type(word: str) -> str:
    types = lexicon().types
    found = (role for role in ("neither", "village", "town") if word in types[role])
    role = next(found, "")
    return "" if role == "neither" else role


def holds_towns(text: str, start: int) -> bool:
    """True if a name stands after "a town in", as a region does."""
    word, position = word_before(text, start)
    return word == "in" and word_before(text, position)[0] in lexicon().holds


def may_be_region(word: str) -> bool:
    """True if "на" before a city's name (a key) makes the region of it."""
    return word in lexicon().regional


def is_region(text: str, start: int, end: int) -> bool:
    """True if "на" before a city's name makes the region of it: ``на Запоріжжі``.

    Not after an attack or a march: that is one on the city.
    """
    if key(text[start:end]) not in lexicon().regional:
        return False
    word, position = word_before(text, start)
    return word == "на" and word_before(text, position)[0] not in lexicon().toward


@lru_cache(maxsize=65536)
def _standing(word: str) -> tuple[frozenset[str], bool, bool]:
    """The roles of a word before a name; whether it may be part of that name, or links another."""
    roles = roles_of(word)
    return roles, _is_compound(word), "link" in roles


@lru_cache(maxsize=65536)
def _is_compound(word: str) -> bool:
    """True for "Velyka", ``Большой`` and the like in any case of a Cyrillic adjective."""
    known = lexicon()
    if word in known.compound:
        return True
    ending = _ENDING.search(word) if is_cyrillic(word) else None
    return ending is not None and word[: ending.start(1)] in known.compound_stems


@lru_cache(maxsize=65536)
def roles_of(word: str) -> frozenset[str]:
    """The lists of ``[before]`` that a word (a key) stands in; "the" is a role of its own."""
    roles = {role for role, words in lexicon().before.items() if word in words}
    return frozenset(roles | {"the"} if word == "the" else roles)


def word_before(text: str, start: int) -> tuple[str, int]:
    """The key of the word before a position and its start; ('', start) if something parts them.

    A letter that stands for a word keeps its full stop: ``с.`` is a village, ``с`` is "with".
    """
    floor = start - 40 if start > 40 else 0
    if text[start - 1 : start] == " ":  # mostly a plain word and a space
        begin = text.rfind(" ", floor, start - 1) + 1 or floor
        word = text[begin : start - 1]
        if word.isalpha():
            return key(word), begin
    before = text[floor:start].rstrip(OPENING)
    bare = before.removesuffix(".")
    tail = bare.rpartition(" ")[2]
    size = len(bare) - len(tail) if tail.isalpha() else len(bare)
    while size and (bare[size - 1].isalpha() or bare[size - 1] in _INNER):
        size -= 1
    word = bare[size:]
    if not word or (bare != before and not _ABBREVIATED.fullmatch(key(word))):
        return "", start  # "смт." is a word, "city." and "мер." are the last ones
    letter = len(word) == 1 and bare != before
    return key(word) + "." if letter else key(word), floor + size


def next_word(text: str, end: int) -> re.Match[str] | None:
    """The word after a position, None if more than a space parts them."""
    gap = GAP.match(text, end)
    return WORD.match(text, gap.end()) if gap else None


def lists(between: str) -> bool:
    """True if what stands between two names makes a list of them."""
    return len(between) < 12 and LIST_GAP.fullmatch(between) is not None


@lru_cache(maxsize=65536)
def is_foreign(written: str) -> bool:
    """True for a name that a well-known city elsewhere bears too: ``New York``, ``Воронеж``."""
    return " ".join(name_keys(written)) in lexicon().foreign


def in_address(text: str, start: int) -> bool:
    """True inside a web address or a file name, whose words are no part of the prose.

    Asked of words behind one of the :data:`JOINTS`.
    """
    if text[start - 1] in "_@":
        return True
    chunk = text[max(0, start - 300) : start].split()[-1]
    return "://" in chunk or chunk.startswith("www.")


def in_quotes(text: str, start: int, end: int) -> bool:
    """True if a name stands in quotation marks of its own: a unit or a ship, «Айдар».

    Not what is written on a sign.
    """
    closing = _QUOTES.get(text[max(0, start - 1) : start], "")
    if not closing or text[end : end + 1] not in tuple(closing):
        return False
    return word_before(text, start)[0] not in lexicon().before["sign"]


def starts_sentence(text: str, start: int) -> bool:
    """True if a capital at this position may be owed to the beginning of a sentence."""
    return _SENTENCE_END.search(text, max(0, start - 12), start) is not None
