"""Distances and directions said beside a name: "15 km west of Donetsk", «севернее Угледара»."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from math import atan2, cos, degrees, exp, radians
from typing import Any

from tracker import resources
from tracker.model import Place
from tracker.places.words import APOSTROPHES

REACH = 60
"""How many characters before a name are looked at."""
_FIRST = re.compile(rf"[ \u00a0,–—-]+([^\W\d_](?:[^\W\d_]|[{APOSTROPHES}])*|\d)")
_BESIDE = re.compile(
    r",?\s(?:just\s)?(?:near|outside|beside|by|close\sto|next\sto|under|біля|поблизу|неподалік(?:\sвід)?|поруч\s(?:з|із)"
    r"|під|обіч|возле|около|близ|вблизи|неподал[её]ку\sот|недалеко\sот|рядом\sс|под)\s"
    r"(?:the\s)?(?:(?:town|city|village|міста|города|містом|городом|села|селом|селища|пос[её]лка)\s)?(?:of\s)?"
)
"""Between a name and that of the place near it."""
_NO_APOSTROPHES = {ord(mark): None for mark in APOSTROPHES}
_KM_GAIN, _BEARING_GAIN = 2.5, 0.8


@dataclass(frozen=True, slots=True)
class Relation:
    """What is said of a place relative to a named one: its distance in km, its bearing from it."""

    km: float | None
    bearing: float | None

    def fit(self, place: Place, other: Place, km: float) -> float:
        """A score: above 0 if a place that lies ``km`` from the named one agrees, else below."""
        score = 0.0
        if self.km is not None:
            # People round, and measure from the edge of a town or its middle.
            off = abs(km - self.km) / (3 + 0.3 * self.km)
            score += _KM_GAIN * exp(-off * off / 2)
        if self.bearing is not None and km > 0.5:
            turn = radians(_bearing(other, place) - self.bearing)
            score += _BEARING_GAIN * cos(turn)
        return score


def _bearing(a: Place, b: Place) -> float:
    """Degrees clockwise from north of ``b`` seen from ``a``."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 0.0
    east = (b.lon - a.lon) * cos(radians(a.lat))
    return degrees(atan2(east, b.lat - a.lat)) % 360


def relation(text: str, start: int, end: int) -> Relation | None:
    """What the words around a name (``text[start:end]``) say of another place; None if nothing."""
    said = _patterns()
    floor = max(0, start - REACH)
    before = text.rfind(" ", floor, start - 1) if text[start - 1 : start] == " " else -1
    if before < 0 or _may_end(text[before + 1 : start - 1]):
        lead = _even(text[floor:start])
        found = said.before.search(lead) if _may_tell(lead, said) else None
        if found is not None and (found["dir"] or found["km"]):
            way = found["dir"]
            return Relation(_km(found, said), said.bearings[_plain(way)] if way else None)
    following = _FIRST.match(text, end)
    if following is None or not _may_begin(following[1]):
        return None
    behind = said.after.match(_even(text[end : end + 40]))
    return Relation(_km(behind, said), None) if behind is not None else None


def beside_what(text: str, end: int) -> int:
    """Where the name begins beside which the one that ends here is said to lie; -1 for none."""
    found = _BESIDE.match(text, end)
    return found.end() if found is not None else -1


def _may_tell(lead: str, said: Said) -> bool:
    """Whether a distance or direction may end here; a search from every character is slow."""
    for word in reversed(lead.replace("\u00a0", " ").split(" ")[:-1]):
        if word and word not in said.fillers:
            return _is_last(word)
    return False


@lru_cache(maxsize=65536)
def _may_end(word: str) -> bool:
    """Whether what stands before a name may end a distance or direction, or follow one."""
    if not word.isalpha():
        return True
    even = _even(word)
    return even in _patterns().fillers or _is_last(even)


@lru_cache(maxsize=65536)
def _may_begin(word: str) -> bool:
    """Whether a distance may begin with a word behind a name."""
    return _even(word) in _patterns().opening


@lru_cache(maxsize=65536)
def _is_last(word: str) -> bool:
    return _patterns().last.search(word) is not None


def _even(text: str) -> str:
    """Small letters without apostrophes, as the table has them."""
    return text.lower().translate(_NO_APOSTROPHES)


def _km(found: re.Match[str], said: Said) -> float | None:
    if not found["km"]:
        return None
    factor = next(f for pattern, f in said.units if pattern.fullmatch(found["unit"]))
    number = said.numbers.get(found["km"])
    return (number or float(found["km"].replace(",", "."))) * factor


def _plain(way: str) -> str:
    return way.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Said:
    """``data/relations.toml`` as patterns for what stands before and after a name.

    ``last`` finds the end of the word that ends a distance or a direction; ``opening`` holds
    the first words and digits of what may follow.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]
    bearings: dict[str, float]
    units: list[tuple[re.Pattern[str], float]]
    numbers: dict[str, float]
    fillers: frozenset[str]
    last: re.Pattern[str]
    opening: frozenset[str]


@cache
def _patterns() -> Said:
    table: dict[str, Any] = tomllib.loads(resources.read_text("places", "data", "relations.toml"))
    bearings = {word: float(deg) for deg, words in table["bearings"].items() for word in words}
    ways = "|".join(
        re.escape(w).replace(r"\-", "[- ]") for w in sorted(bearings, key=len, reverse=True)
    )
    unit_words = [(word.replace("*", r"\w*"), factor) for word, factor in table["units"]]
    unit = "|".join(word for word, _ in unit_words)
    filler = "|".join(map(re.escape, table["fillers"]))
    numbers = {word: float(value) for value, words in table["numbers"].items() for word in words}
    words = "|".join(sorted(numbers, key=len, reverse=True))
    distance = rf"(?P<km>\d+(?:[.,]\d+)?|\b(?:{words}))[ \u00a0-]?(?P<unit>{unit})\b"
    gap = rf"[ \u00a0]+(?:(?:{filler})[ \u00a0]+)*"
    before = re.compile(rf"(?:{distance}(?:{gap}))?(?:\b(?P<dir>{ways}){gap})?$")
    # "до Херсона лише 15 кілометрів"
    after = re.compile(rf"[ \u00a0,–—-]+(?:(?:{filler})[ \u00a0]+)*{distance}")
    units = [(re.compile(word), factor) for word, factor in unit_words]
    ends = "|".join([unit, *(re.escape(re.split("[- ]", way)[-1]) for way in bearings)])
    last = re.compile(rf"(?:{ends})$")
    fillers = frozenset(table["fillers"])
    opening = fillers.union("0123456789", (re.split("[- ]", word)[0] for word in numbers))
    return Said(before, after, bearings, units, numbers, fillers, last, opening)
