"""What follows a name, or stands before it, and makes a place of an ordinary word or a surname.

``Урожайне ми залишили``, ``Шевченко, велике село``, "the Luhansk village", ``на покровському
напрямку``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.places.context import (
    LIST_GAP,
    OPENING,
    PASSIVE,
    lexicon,
    next_word,
    roles_of,
    word_before,
)
from tracker.places.words import CAPITAL_WORD, GAP, key

_CLAUSE = re.compile(
    r",\s+(?:(?:за|на|в|у|над|под|під|из|з)\s+)?(?:котор|як(?:а|е|ий|і|у|ої|им|ою|их)\b|де\b|где\b)"
    # "Урожайне, від визволення якого": what happened to it stands between
    r"|,\s+(?:\w+\s+)?\w{4,}\s+(?:котор(?:ого|ой|ых)|як(?:ого|ої|их))\b"
)
_APPOSED = re.compile(
    r"(?:\s*[,:(]|\s+[—–-])\s+(?:[\w'’ʼ-]+\s+){0,3}?"
    r"(?:сел[оа]|селищ[еа]|пос[её]л(?:ок|ка)|хут[оі]р|дерев(?:ня|ни))\b"
)
_FATE = re.compile(
    r"(?:\s+(?:ми|мы|вони|они|наші|наши|таки|все|всё|ж|же|вже|уже|теж|тоже|також|также|тепер|теперь"
    r"|знову|снова|вновь|вчора|вчера|сьогодні|сегодня|нарешті|наконец|цілком|повністю|полностью"
    r"|росіяни|россияне|окупанти|оккупанты|українці|украинцы|ворог|враг|противник))*"
    r"\s+(?:(?:в|у)?зя(?:ли|в|то)|заня(?:ли|в|л)|зайняли|(?:с|з|від|от)?дали|(?:з|за|по)?лишили|оставили|покинули"
    r"|захопили|захватили|окупували|оккупировали|звільнили|визволили|освободили|відбили|отбили|втратили"
    r"|утратили|потеряли|(?:в|у)?пал[аио]|повернули|вернули|зачистили)\b"
)
_FOUGHT = re.compile(r",\s+за\s+(?:котор|як)")
_UNCAPPED = re.compile(
    r"(?:ь|с|ц)к[аоуиіїыеяюйхм]{1,2}(?:го|му|ми)?\s"
    r"(?=(?:напрям|направлен|ділянк|ділянц|участ[ко]|фронт|плацдарм|област|район|прикордон|пригранич"
    r"|земл|регіон|регион"
    r"|(?:сел|пос[её]л)[^\W\d_]*+\s[«„]?[Ѐ-ЯҐ]))"
)
_OF_TYPE = re.compile(
    r"\s(?:(?:border|frontline|front-line)\s)?(?:villages?|towns?|hamlets?|settlements?|city\sof)\b"
)


def is_towns_head(text: str, start: int, end: int) -> bool:
    """True for ``мер Сєвєродонецька Олександр``: a name, or nothing more, follows the town's."""
    if word_before(text, start)[0] not in lexicon().before["head"]:
        return False
    gap = GAP.match(text, end)
    return gap is not None and CAPITAL_WORD.match(text, gap.end()) is not None


def names_type(text: str, end: int) -> bool:
    """True if a name says where a village lies: "the Luhansk village", "the Kharkiv town of"."""
    return _OF_TYPE.match(text, end) is not None


def as_feminine(word: str) -> str:
    """An adjective in any form (a key) as "oblast" has it: ``луганському`` -> ``луганська``."""
    stem = word[: word.rfind("к") + 1]
    return stem + ("а" if stem.endswith("ьк") else "ая")


def uncapped(text: str) -> Iterator[tuple[int, str]]:
    """Adjectives in small letters that may stand for an area, and where they begin.

    ``на покровському напрямку``, ``в луганском селе``.
    """
    for found in _UNCAPPED.finditer(text):
        end = found.end() - 1
        begin = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
        word = text[begin:end].lstrip(OPENING)
        if word[:1].islower():
            yield end - len(word), word


def is_acted_upon(text: str, end: int) -> bool:
    """True if a passive follows, or "passed to": ``Мирне звільнено``, ``Пески взяты``."""
    following = next_word(text, end)
    if following is not None and "place" in roles_of(key(following.group())):
        beside = next_word(text, following.end())  # "Мирне поблизу Миролюбівки втрачено"
        following = next_word(text, beside.end()) if beside else None
    return following is not None and PASSIVE.search(key(following.group())) is not None


def is_placed(text: str, end: int) -> bool:
    """True if "near" and a name follow: ``Мирне біля Токмака``."""
    following = next_word(text, end)
    if following is None or key(following.group()) not in lexicon().before["place"]:
        return False
    gap = GAP.match(text, following.end())
    return gap is not None and CAPITAL_WORD.match(text, gap.end()) is not None


def lies_beside(text: str, end: int) -> bool:
    """True if "near" follows, as it does after a village: ``Шевченко під Покровськом``."""
    following = next_word(text, end)
    beside = following is not None and key(following.group()) in lexicon().before["beside"]
    return beside and is_placed(text, end)


def meets_fate(text: str, end: int) -> bool:
    """True if it follows who took or left it: ``Урожайне ми таки залишили``, ``Піски впали``."""
    return _FATE.match(text, end) is not None


def is_explained(text: str, end: int) -> bool:
    """True if an apposition calls it a village: ``Шевченко, велике село``, ``Дачне: одне село``."""
    return _APPOSED.match(text, end) is not None


def is_described(text: str, start: int) -> bool:
    """True if a neuter adjective stands before, as before a village: ``сусіднє Шевченко``."""
    word, position = word_before(text, start)
    if len(word) < 5 or text[start - 1] != " " or not text[position].islower():
        return False
    return word.endswith(
        ("нє", "нее", "ное", "вое", "кое", "дне", "тне", "ене", "ьне", "ове", "ське")
    )


def has_clause(text: str, end: int) -> bool:
    """True if a relative clause follows: ``Красное, которое лежит ...``."""
    return _CLAUSE.match(text, end) is not None


def is_fought_for(text: str, end: int, *, neuter: bool) -> bool:
    """True if the troops who take it follow (``Веселе росіяни взяли``), or "fought for"."""
    if _FOUGHT.match(text, end):
        return True
    following = next_word(text, end)
    word = key(following.group()) if following else ""
    roles = lexicon().before
    return bool(word) and (word in roles["troops"] or (neuter and word in roles["forces"]))


def next_listed(text: str, end: int) -> re.Match[str] | None:
    """The capital word that follows a name in a list: ``Надіївка`` of "Шевченко та Надіївка"."""
    gap = LIST_GAP.match(text, end, end + 12)
    return CAPITAL_WORD.match(text, gap.end()) if gap else None
