"""What is known of a name's candidates whatever the text says, worked out once for each name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, exp, log10, radians
from typing import Any

from tracker.model import Place
from tracker.places.index import ALIAS, ALIAS_DERIVED, DERIVED, OFFICIAL, SKELETON, SLIP
from tracker.places.records import Mention
from tracker.places.tables import CONTESTED, HOSTILITIES, LISTED, NEAR, UNKNOWN, Entry

LEVEL_COST = {OFFICIAL: 0.0, DERIVED: 0.0, ALIAS: 1.5, ALIAS_DERIVED: 1.6, SKELETON: 1.8, SLIP: 2.0}
"""What a candidate loses that is not called so officially, if others are."""
FAITH = {SKELETON: 0.7, SLIP: 0.3}
"""How far a neighbour is believed whose name is written badly, if it is a name at all."""
SIZE_GAIN = 0.1
"""What a place gains for ten times the people."""
FRONT_GAIN, FRONT_ODDS = 0.8, 4.0
"""What a place gains that was fought over or is listed with its community, as a score and odds."""
NEAR_GAIN, NEAR_ODDS = 0.1, 1.5
"""The same for a place of which is only known that the front came near."""
TOLD = {UNKNOWN: 0.002, NEAR: 0.03, LISTED: 0.08, HOSTILITIES: 0.22, CONTESTED: 0.9}
"""The share of places of each kind that changed hands or stand in a list of places fought over:
how much likelier a report of the fighting means one than its namesake."""
CLOSE_KM, WIDE_KM = 10.0, 30.0
"""Distances at which a neighbour counts for half: as the next village, as the town around."""
FAR_KM, MIN_NEAR, MIN_LIKELY = 80.0, 0.02, 0.1
"""What lies further off, or is less likely near or meant, says nothing: many places all over the
country bear most names."""
KM_PER_DEGREE, BESIDE_KM = 111.2, 8.0
TOWN, TOWN_RATIO, CITY = 5000, 4, 15_000
"""People of a sure town; how much smaller what is called a town too may be; of no village."""
MAX_NAMES, MAX_PAIRS = 20_000, 300_000
"""Bounds on memory, whatever is read."""

Column = tuple[tuple[int, float], ...]
"""Numbers of a name's candidates, each with how near something is to it (0..1)."""


def nearness(km: float) -> float:
    """1 for the same place, fading with distance; a neighbour in a report is seldom further."""
    close = 1.0 / (1.0 + (km / CLOSE_KM) ** 2)
    around = 1.0 / (1.0 + float((km / WIDE_KM) ** 2.5))
    return 0.5 * (close + around)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The places that a name may mean, and what speaks for each before the text is looked at.

    ``costs`` is what each loses beside the best known ones, ``priors`` what each gains by size and
    front, less its cost, ``odds`` the same as a factor; ``unseen`` counts the settlements of that
    name which the tables lack.
    """

    places: tuple[Place, ...]
    levels: dict[str, int]
    best_level: int
    ids: tuple[str, ...] = ()
    costs: tuple[float, ...] = ()
    priors: tuple[float, ...] = ()
    odds: tuple[float, ...] = ()
    unseen: int = 0
    by_lat: tuple[tuple[float, float, int], ...] = ()
    units: tuple[Place, ...] = ()
    """Areas within one first-level unit, where the name is one of areas."""
    given: tuple[int, ...] = ()
    alone: tuple[float, ...] = ()
    """How likely each place is where the text says nothing of areas (sums to 1 or less)."""
    likely: tuple[tuple[Place, float], ...] = ()
    """Those of them that are worth asking whether they are near."""
    largest: int = 0
    """People of the largest place."""

    is_sole: bool = False
    """The only place of a name that is written well: no neighbour is asked of it."""
    is_certain: bool = False
    """The only place of its name, which it is for its neighbours whatever is said."""
    is_scattered: bool = False
    """No two of the places lie beside each other."""
    worst_level: int = OFFICIAL

    def level(self, place: Place) -> int:
        """How well a candidate's form is known."""
        return self.levels.get(place.place_id, OFFICIAL)

    def of_type(self, word: str) -> frozenset[str]:
        """The ids of the candidates that "town" or "village" may mean; empty if that says nothing.

        Reports call many a village a town: only where a real town bears the name are the others
        left out.
        """
        if word not in ("town", "village"):
            return frozenset()
        size = self.largest
        if word == "town" and size >= TOWN:
            return frozenset(p.place_id for p in self.places if p.population * TOWN_RATIO >= size)
        if word == "village" and size >= CITY:
            return frozenset(p.place_id for p in self.places if p.population < CITY)
        return frozenset()

    def alias(self, place: Place) -> bool:
        """True if others bear the name officially and this place does not."""
        return self.best_level >= DERIVED > self.level(place)


class Book:
    """Remembers the candidates of each name, and how near two names' candidates lie.

    What it keeps it holds on to, so that an ``id`` stands for the same object as long as it is a
    key here.
    """

    def __init__(self, known: dict[str, Entry]) -> None:
        self._known = known
        # Kept with what the key is the identity of: a tuple that is gone could lend it to another.
        self._of: dict[int, tuple[tuple[Place, ...], Candidates]] = {}
        self._towns: dict[tuple[str, ...], Candidates] = {}
        self._near: dict[tuple[int, str], tuple[Candidates, Column]] = {}
        self._near_room = MAX_PAIRS
        self._columns: dict[tuple[int, int], tuple[Candidates, Candidates, Column]] = {}
        self._columns_room = MAX_PAIRS

    def of(self, mention: Mention) -> Candidates:
        """The candidates of a mention."""
        _, found = self._of.get(id(mention.candidates), ((), None))
        if found is None or found.given != mention.levels:
            if len(self._of) >= MAX_NAMES:
                self._of.clear()
            found = self._made(mention.candidates, mention.levels)
            self._of[id(mention.candidates)] = mention.candidates, found
        return found

    def towns(self, places: tuple[Place, ...]) -> Candidates:
        """Towns that stand for an area."""
        ids = tuple(p.place_id for p in places)
        if ids not in self._towns:
            self._towns[ids] = self._made(places, ())
        return self._towns[ids]

    def _made(self, places: tuple[Place, ...], given: tuple[int, ...]) -> Candidates:
        levels = {p.place_id: level for p, level in zip(places, given, strict=False)}
        best = max(levels.values(), default=OFFICIAL)
        first = Candidates(places, levels, best)
        costs = tuple(LEVEL_COST[first.level(p)] - LEVEL_COST[best] for p in places)
        gains = tuple(self._front(p) for p in places)
        there = ((p.lat, p.lon, n) for n, p in enumerate(places))
        odds = tuple(
            exp(-cost) * odds * (10 + p.population) ** 0.35
            for p, cost, (_, odds) in zip(places, costs, gains, strict=True)
        )
        unseen = self._unseen(first)
        raw = [0.0 if p.lat is None else o for p, o in zip(places, odds, strict=True)]
        total = sum(raw) + unseen * 10**0.35
        alone = tuple(o / total * FAITH.get(best, 1.0) for o in raw) if total else ()
        return Candidates(
            places,
            levels,
            best,
            tuple(p.place_id for p in places),
            costs,
            tuple(
                SIZE_GAIN * log10(p.population + 10) - cost + gain
                for p, cost, (gain, _) in zip(places, costs, gains, strict=True)
            ),
            odds,
            unseen,
            tuple(
                sorted(
                    (lat, lon, n) for lat, lon, n in there if lat is not None and lon is not None
                )
            ),
            tuple(p for p in places if p.level == "area" and p.admin1),
            given,
            alone,
            _likely(places, alone),
            max((p.population for p in places), default=0),
            len(places) == 1 and unseen <= 0 and best > SKELETON,
            alone == (1.0,),
            _are_scattered(places),
            min(levels.values(), default=OFFICIAL),
        )

    def _front(self, place: Place) -> tuple[float, float]:
        entry = self._known.get(place.place_id)
        front = entry.front if entry is not None else UNKNOWN
        if front == UNKNOWN:
            return 0.0, 1.0
        return (NEAR_GAIN, NEAR_ODDS) if front == NEAR else (FRONT_GAIN, FRONT_ODDS)

    def _unseen(self, name: Candidates) -> int:
        """How many settlements of that name the tables lack."""
        most = 0
        seen = sum(1 for p in name.places if name.level(p) >= DERIVED)
        for place in name.places:
            entry = self._known.get(place.place_id)
            if entry is not None and entry.namesakes and not name.alias(place):
                most = max(most, entry.namesakes - seen)
        return most

    def column(self, a: Candidates, b: Candidates) -> Column:
        """Which candidates of a name lie near another's, and how near that likely is, where the
        text says nothing of areas."""
        known = self._columns.get((id(a), id(b)))
        if known is None:
            found = self._weighed(a, b.likely)
            self._columns_room = self._kept(self._columns, self._columns_room, len(found))
            known = self._columns[id(a), id(b)] = (a, b, found)
        return known[2]

    def weighed(self, a: Candidates, b: Candidates, weights: Sequence[float]) -> Column:
        """The same where the text says how likely each of the other's places is."""
        return self._weighed(a, _likely(b.places, weights))

    def _weighed(self, name: Candidates, likely: Sequence[tuple[Place, float]]) -> Column:
        if not likely:
            return ()
        first, share = likely[0]
        column = self.near(name, first)
        if len(likely) == 1:
            if share == 1.0 or not column:
                return column
            return tuple([(here, x) for here, n in column if (x := n * share) >= MIN_NEAR])
        near_to = {here: near * share for here, near in column}
        for place, weight in likely[1:]:
            for here, near in self.near(name, place):
                near_to[here] = near_to.get(here, 0.0) + near * weight
        return tuple([pair for pair in near_to.items() if pair[1] >= MIN_NEAR])

    def near(self, name: Candidates, place: Place) -> Column:
        """Which candidates of a name lie near a place, and how near."""
        known = self._near.get((id(name), place.place_id))
        if known is None:
            found = _near(name, place)
            self._near_room = self._kept(self._near, self._near_room, len(found))
            known = self._near[id(name), place.place_id] = (name, found)
        return known[1]

    @staticmethod
    def _kept(memory: dict[Any, Any], room: int, size: int) -> int:
        """The room left in a memory that takes one more; it is emptied when there is none."""
        room -= size + 1
        if room < 0:
            memory.clear()
            room = MAX_PAIRS
        return room


def _are_scattered(places: Sequence[Place]) -> bool:
    """True if no two places lie within :data:`BESIDE_KM` of each other."""
    points = sorted((p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None)
    if len(points) < len(places):
        return False
    reach = BESIDE_KM / KM_PER_DEGREE
    for number, (lat, lon) in enumerate(points):
        for other, their_lon in points[number + 1 :]:
            if other - lat > reach:
                break
            if abs(their_lon - lon) * cos(radians(lat)) < reach:
                return False
    return True


def _likely(places: Sequence[Place], weights: Sequence[float]) -> tuple[tuple[Place, float], ...]:
    found = zip(places, weights, strict=False)  # no weights: nothing is known of it
    return tuple([(p, w) for p, w in found if w >= MIN_LIKELY and p.lat is not None])


def _near(name: Candidates, place: Place) -> Column:
    if place.lat is None or place.lon is None:
        return ()
    found = []
    degree = cos(radians(place.lat)) * KM_PER_DEGREE
    begin = bisect_left(name.by_lat, (place.lat - FAR_KM / KM_PER_DEGREE,))
    for lat, lon, here in name.by_lat[begin:]:
        north, east = (lat - place.lat) * KM_PER_DEGREE, (lon - place.lon) * degree
        if north > FAR_KM:
            break
        square = north * north + east * east
        if square < FAR_KM * FAR_KM:
            close = 1.0 / (1.0 + square / CLOSE_KM**2)
            around = 1.0 / (1.0 + (square / WIDE_KM**2) ** 1.25)
            found.append((here, 0.5 * (close + around)))
    return tuple(found)
