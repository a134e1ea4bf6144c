"""What a text says for each place that a name may mean: areas, neighbours, hints, size.

Scores are sums of small numbers: about 1 for a fair sign, 3 for a strong one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import asin, cos, exp, log10, radians, sin, sqrt

from tracker.model import Place
from tracker.places.index import ALIAS, ALIAS_DERIVED, DERIVED, OFFICIAL, SKELETON, SLIP
from tracker.places.records import Hints, Mention
from tracker.places.relations import Relation, relation

LEVEL_COST = {OFFICIAL: 0.0, DERIVED: 0.0, ALIAS: 1.5, ALIAS_DERIVED: 1.6, SKELETON: 1.8, SLIP: 2.0}
"""What a candidate loses that is not called so officially, if others are."""
SIZE_GAIN = 0.1
"""What a place gains for ten times the people."""
FRONT_GAIN, FRONT_ODDS = 0.8, 4.0
"""What a place gains that is known to have been fought over, as a score and as odds."""
CLOSE_KM, WIDE_KM = 10.0, 30.0
"""Distances at which a neighbour counts for half: as the next village, as the town around."""
ELSEWHERE_KM, FAR_KM = 120, 200
MAX_NEIGHBOURS = 14
MAX_AREAS = 24
MAX_ELSEWHERE = 100
MAX_VAGUE = 40
"""A neighbour with more candidates than this says nothing."""


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance of two settlements in kilometres. Areas raise :class:`ValueError`."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        raise ValueError("an area has no point")
    fa, fb = radians(a.lat), radians(b.lat)
    h = sin((fb - fa) / 2) ** 2 + cos(fa) * cos(fb) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


def nearness(km: float) -> float:
    """1 for the same place, fading with distance; a neighbour in a report is seldom further."""
    close = 1.0 / (1.0 + (km / CLOSE_KM) ** 2)
    around = 1.0 / (1.0 + float((km / WIDE_KM) ** 2.5))
    return 0.5 * (close + around)


@dataclass(slots=True)
class Named:
    """One mention while it is being decided, with the number of its sentence.

    ``relation`` is what the words around it say of others: "15 km west of" it.
    """

    mention: Mention
    sentence: int
    places: tuple[Place, ...]
    levels: dict[str, int] = field(default_factory=dict)
    weights: list[float] = field(default_factory=list)
    relation: Relation | None = None

    def level(self, place: Place) -> int:
        """How well a candidate's form is known."""
        return self.levels.get(place.place_id, OFFICIAL)

    @property
    def best_level(self) -> int:
        """How well the best known candidate's form is known."""
        return max(self.levels.values(), default=OFFICIAL)

    def alias(self, place: Place) -> bool:
        """True if others bear the name officially and this place does not."""
        return self.best_level >= DERIVED > self.level(place)

    def cost(self, place: Place) -> float:
        """What the candidate loses beside the best known ones."""
        return LEVEL_COST[self.level(place)] - LEVEL_COST[self.best_level]


@dataclass(slots=True)
class Score:
    """The signs for one candidate; ``against`` if an area that governs the mention lacks it."""

    place: Place
    area: float = 0.0
    near: float = 0.0
    prior: float = 0.0
    hint: float = 0.0
    area_name: str = ""
    near_name: str = ""
    against: bool = False

    @property
    def evidence(self) -> float:
        """What the text and the caller say, without size."""
        return self.area + self.near + self.hint

    @property
    def total(self) -> float:
        """Everything."""
        return self.evidence + self.prior


def name_mentions(
    text: str, mentions: Sequence[Mention], sentence_ends: Sequence[int]
) -> list[Named]:
    """The mentions with the numbers of their sentences."""
    found = []
    for mention in mentions:
        places = mention.candidates
        levels = {p.place_id: level for p, level in zip(places, mention.levels, strict=False)}
        sentence = bisect_right(sentence_ends, mention.start)
        said = relation(text, mention.start, mention.end) if mention.kind == "settlement" else None
        found.append(Named(mention, sentence, places, levels, relation=said))
    return found


class Evidence:
    """The signs of one text."""

    def __init__(
        self,
        named: Sequence[Named],
        hints: Hints,
        is_front: Callable[[Place], bool],
        unseen: Callable[[Named], int],
        anchors: dict[str, Place],
    ) -> None:
        self._hints = hints
        self._is_front = is_front
        self._closeness: dict[tuple[int, int, tuple[float, ...]], list[float]] = {}
        self._areas = [n for n in named if _units(n)]
        self._area_starts = [n.mention.start for n in self._areas]
        self._around = [n for n in named if n.mention.kind in ("settlement", "other", "area")]
        for item in named:
            if item.mention.kind == "area":
                _stand_for_town(item, anchors)
                continue
            areas = _nearest(self._areas, self._area_starts, item, MAX_AREAS)
            _weigh(item, areas, unseen(item), is_front)
        self._around = [n for n in self._around if any(n.weights) and len(n.places) <= MAX_VAGUE]
        self._around_starts = [n.mention.start for n in self._around]

    def settle(self, item: Named, place: Place) -> None:
        """Count a mention as decided: its neighbours are judged by that."""
        item.weights = [1.0 if p is place else 0.0 for p in item.places]

    def scores(self, item: Named) -> list[Score]:
        """A score for each candidate, best first."""
        around = [
            n
            for n in _nearest(self._around, self._around_starts, item, 2 * MAX_NEIGHBOURS)
            if n.places != item.places
        ][:MAX_NEIGHBOURS]
        areas = _nearest(self._areas, self._area_starts, item, MAX_AREAS)
        signs = [(_worth(item, n), self._remembered(item, n), n.mention.as_written) for n in around]
        found = []
        for number, place in enumerate(item.places):
            score = Score(place)
            judge_areas(score, item, areas)
            self._judge_neighbours(score, number, signs)
            _judge_hints(score, self._hints)
            score.prior = SIZE_GAIN * log10(place.population + 10) - item.cost(place)
            score.prior += FRONT_GAIN if self._is_front(place) else 0.0
            found.append(score)
        found.sort(key=lambda s: (-s.total, s.place.place_id))
        return found

    def _remembered(self, item: Named, other: Named) -> list[float]:
        """:func:`_closeness`, worked out once for names that stand together again and again."""
        if other.relation is not None:
            return _closeness(item, other)
        pair = (id(item.mention.candidates), id(other.places), tuple(other.weights))
        found = self._closeness.get(pair)
        if found is None:
            found = self._closeness[pair] = _closeness(item, other)
        return found

    def _judge_neighbours(
        self, score: Score, number: int, signs: list[tuple[float, list[float], str]]
    ) -> None:
        """The three strongest neighbours of one candidate."""
        found = sorted(
            ((worth * likely[number], name) for worth, likely, name in signs),
            key=lambda f: -f[0],
        )
        score.near = sum(value for value, _ in found[:3])
        if found and found[0][0] > 0.2:
            score.near_name = found[0][1]

    def out_of_place(self, item: Named, place: Place) -> bool:
        """True if the text speaks of other parts of the country, and of nothing near the place."""
        units = {unit.admin1 for area in self._areas for unit in _units(area)}
        if place.admin1 in units:
            return False
        elsewhere = 1 if units else 0
        for other in _nearest(self._around, self._around_starts, item, MAX_ELSEWHERE):
            if other.mention.candidates == item.mention.candidates:
                continue
            nearest = min(distance_km(p, place) for p in other.places if p.lat is not None)
            if nearest < ELSEWHERE_KM:
                return False
            elsewhere += max(other.weights) > 0.6
        return elsewhere > 1 or bool(units)


def _nearest(pool: Sequence[Named], starts: Sequence[int], item: Named, limit: int) -> list[Named]:
    """The mentions of a pool (in text order) nearest to one, nearest first, without itself."""
    here = item.mention.start
    right = bisect_right(starts, here)
    left = right - 1
    found: list[Named] = []
    while len(found) < limit and (left >= 0 or right < len(pool)):
        go_left = right >= len(pool) or (left >= 0 and here - starts[left] <= starts[right] - here)
        found.append(pool[left] if go_left else pool[right])
        left, right = (left - 1, right) if go_left else (left, right + 1)
        if found[-1] is item:
            found.pop()
    return found


def _units(item: Named) -> list[Place]:
    """Areas within one first-level unit that a mention stands for."""
    return [p for p in item.mention.candidates if p.level == "area" and p.admin1]


def _stand_for_town(item: Named, anchors: dict[str, Place]) -> None:
    """ "The Bakhmut direction" is no place, but what it is named after is a neighbour."""
    item.places = tuple(anchors[p.place_id] for p in item.places if p.place_id in anchors)
    item.weights = [0.8 / len(item.places) for _ in item.places]


def _weigh(
    item: Named, areas: Sequence[Named], unseen: int, is_front: Callable[[Place], bool]
) -> None:
    """How likely each candidate is before its neighbours are looked at (sums to 1 or less)."""
    raw = []
    for place in item.places:
        if place.lat is None:
            raw.append(0.0)
            continue
        score = Score(place)
        judge_areas(score, item, areas)
        known = exp(-item.cost(place))
        if is_front(place):
            known *= FRONT_ODDS
        raw.append(known * exp(min(score.area, 4.0)) * (10 + place.population) ** 0.35)
    total = sum(raw) + unseen * 10**0.35
    item.weights = [r / total for r in raw] if total else []


def judge_areas(score: Score, item: Named, areas: Sequence[Named]) -> None:
    """The strongest area that holds the candidate; and whether a governing one does not."""
    for area in areas:
        weight, governs = _area_weight(item, area)
        fits = False
        for unit in _units(area):
            agreed = unit.admin1 == score.place.admin1
            if agreed and unit.admin2 and score.place.admin2:
                agreed = unit.admin2 == score.place.admin2
                weight += 0.5 if agreed else 0.0
            fits = fits or agreed
        if fits and weight > score.area:
            score.area, score.area_name = weight, area.mention.as_written
        score.against = score.against or (governs and not fits)


def _area_weight(item: Named, area: Named) -> tuple[float, bool]:
    """How much a named area says about a mention, and whether it governs it directly."""
    mention, where = item.mention, area.mention
    worth = 1.0 if where.kind == "area" else 0.6  # "DPR" says who speaks as often as where
    if area.sentence != item.sentence:
        return worth * (0.9 if abs(area.sentence - item.sentence) == 1 else 0.5), False
    after = where.start >= mention.end
    gap = where.start - mention.end if after else mention.start - where.end
    close = after and gap <= 24 and where.kind == "area"
    return worth * (1.3 + 2.2 * exp(-gap / 60) + (0.7 if close else 0.0)), close


def _closeness(item: Named, other: Named) -> list[float]:
    """For each candidate how near the other mention is likely to be; what is said of it counts."""
    said = other.relation if other.sentence == item.sentence else None
    there = [
        (place, weight)
        for place, weight in zip(other.places, other.weights, strict=True)
        if weight and place.lat is not None
    ]
    found = []
    for here in item.places:
        likely = 0.0
        for place, weight in there:
            km = _quick_km(here, place)
            if km < FAR_KM:
                likely += weight * nearness(km)
            if said is not None:
                likely += weight * said.fit(here, place, km) / 3
        found.append(likely)
    return found


def _quick_km(a: Place, b: Place) -> float:
    """Distance on a flat map, good enough within a front."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    north = (a.lat - b.lat) * 111.2
    return sqrt(north * north + ((a.lon - b.lon) * cos(radians(a.lat)) * 111.2) ** 2)


def _worth(item: Named, other: Named) -> float:
    """How much a neighbour says, by how far it stands in the text."""
    gap = abs(other.mention.start - item.mention.start)
    return 3.0 * exp(-gap / 300) if other.sentence == item.sentence else 1.7 * exp(-gap / 900)


def _judge_hints(score: Score, hints: Hints) -> None:
    here = score.place
    if here.admin1 in hints.admin1:
        score.hint += 3.0
    nearest = [distance_km(here, p) for p in hints.near if p.lat is not None]
    if nearest:
        score.hint += 3.5 * nearness(min(nearest))
    if hints.score is not None:
        score.hint += hints.score(here)
