"""Where was fought in which month: what makes one of many villages of a name the likely one.

The table ``data/fighting.csv`` names places and the months in which they changed hands or the front
lay near them. A
report of August 2023 that names one of eleven villages called Urozhaine means the one beside such a
town, unless its words say otherwise.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from math import cos, exp, radians

from tracker.model import Place
from tracker.places.gazetteer import Gazetteer
from tracker.places.records import Hints
from tracker.resources import read_text

GAIN = 2.0
"""What a place gains in the middle of the fighting."""
OWN_GAIN = 1.0
"""What a place gains besides that stands on the list itself."""
WIDTH_KM = 15.0
"""How far from a town on the list that gain has fallen to a third."""
_REACH = 3.0 * WIDTH_KM
_KM = 111.2
_BEFORE, _AFTER, _OWN_AFTER = 1, 2, 1
"""Months before the fighting (reports of shelling) and after it (late reports) that still count;
and after it for the place itself."""


def _months(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


class Fighting:
    """The table, held against one gazetteer; what is worked out for a month is kept."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        table = read_text("places", "data", "fighting.csv")
        self._spells: list[tuple[Place, int, int]] = []
        for row in csv.DictReader(io.StringIO(table)):
            place = gazetteer.place(row["place_id"])
            if place is not None and place.lat is not None:
                self._spells.append((place, _months(row["month_from"]), _months(row["month_to"])))
        self._scores: dict[int, Callable[[Place], float]] = {}

    def hints(self, day: date) -> Hints:
        """What the time of a report says for the places that its names may mean."""
        month = day.year * 12 + day.month - 1
        if month not in self._scores:
            spells = [s for s in self._spells if s[1] - _BEFORE <= month <= s[2] + _AFTER]
            own = {p.place_id for p, _, end in spells if month <= end + _OWN_AFTER}
            self._scores[month] = _scorer([p for p, _, _ in spells], own)
        return Hints(score=self._scores[month])


def _scorer(places: list[Place], own: set[str]) -> Callable[[Place], float]:
    points = sorted({(p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None})
    known: dict[str, float] = {}

    def score(place: Place) -> float:
        found = known.get(place.place_id)
        if found is None:
            found = _gain(place, points) + (OWN_GAIN if place.place_id in own else 0.0)
            known[place.place_id] = found
        return found

    return score


def _gain(place: Place, points: list[tuple[float, float]]) -> float:
    """What the nearest of the points (latitude, longitude, in that order) says for a place."""
    if place.lat is None or place.lon is None:
        return 0.0
    narrow = cos(radians(place.lat))
    nearest = _REACH
    first = bisect_left(points, (place.lat - _REACH / _KM,))
    for lat, lon in points[first : bisect_left(points, (place.lat + _REACH / _KM,))]:
        north, east = (lat - place.lat) * _KM, (lon - place.lon) * narrow * _KM
        nearest = min(nearest, (north * north + east * east) ** 0.5)
    return GAIN * exp(-((nearest / WIDTH_KM) ** 2)) if nearest < _REACH else 0.0
