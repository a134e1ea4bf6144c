"""Distances and directions said beside a name: "15 km west of Donetsk", «севернее Угледара»."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from math import atan2, cos, degrees, exp, radians
from typing import Any

from tracker import resources
from tracker.model import Place

REACH = 60
"""How many characters before a name are looked at."""
_KM_GAIN, _BEARING_GAIN = 1.5, 0.8


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
    before, after, bearings, units = _patterns()
    found = before.search(text[max(0, start - REACH) : start].lower())
    if found is not None and (found["dir"] or found["km"]):
        way = found["dir"]
        return Relation(_km(found, units), bearings[_plain(way)] if way else None)
    behind = after.match(text[end : end + 40].lower())
    return Relation(_km(behind, units), None) if behind is not None else None


def _km(found: re.Match[str], units: list[tuple[re.Pattern[str], float]]) -> float | None:
    if not found["km"]:
        return None
    factor = next(f for pattern, f in units if pattern.fullmatch(found["unit"]))
    return float(found["km"].replace(",", ".")) * factor


def _plain(way: str) -> str:
    return way.replace(" ", "-")


@cache
def _patterns() -> tuple[
    re.Pattern[str], re.Pattern[str], dict[str, float], list[tuple[re.Pattern[str], float]]
]:
    table: dict[str, Any] = tomllib.loads(resources.read_text("places", "data", "relations.toml"))
    bearings = {word: float(deg) for deg, words in table["bearings"].items() for word in words}
    ways = "|".join(
        re.escape(w).replace(r"\-", "[- ]") for w in sorted(bearings, key=len, reverse=True)
    )
    unit_words = [(word.replace("*", r"\w*"), factor) for word, factor in table["units"]]
    unit = "|".join(word for word, _ in unit_words)
    filler = "|".join(map(re.escape, table["fillers"]))
    distance = rf"(?P<km>\d+(?:[.,]\d+)?)[ \u00a0-]?(?P<unit>{unit})\b"
    gap = rf"[ \u00a0]+(?:(?:{filler})[ \u00a0]+)*"
    before = re.compile(rf"(?:{distance}(?:{gap}))?(?:\b(?P<dir>{ways}){gap})?$")
    # "до Херсона лише 15 кілометрів"
    after = re.compile(rf"[ \u00a0,–—-]+(?:(?:{filler})[ \u00a0]+)*{distance}")
    return before, after, bearings, [(re.compile(word), factor) for word, factor in unit_words]
