"""What a text says for each place that a name may mean: areas, neighbours, hints, size.

Scores are sums of small numbers: about 1 for a fair sign, 3 for a strong one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, exp, radians, sqrt
from operator import itemgetter

from tracker.model import Place
from tracker.places.candidates import FAR_KM, Book, Column, nearness
from tracker.places.context import is_bordered, is_foreign
from tracker.places.named import NO_AREA, AreaSigns, Named, distance_km
from tracker.places.records import Hints, Mention
from tracker.places.relations import Relation, beside_what, relation

ELSEWHERE_KM = 120
MAX_NEIGHBOURS = 8
MAX_AREAS = 24
MAX_ELSEWHERE = 100
NEXT_TO = 5.0
"""What a neighbour is worth that a name is said to lie near: "Ozerne near Lyman"."""
LISTED = 2.3
"""What a neighbour is worth that stands in the same sentence, hardly 80 characters away."""
MAX_VAGUE = 40
"""A neighbour with more candidates than this says nothing."""
MAX_REPEATS = 12
"""How often a name is decided for itself in the same surroundings; then its meaning is known."""
_VALUE, _LIKELY = itemgetter(0), itemgetter(1)
NOBODY = (0.0, "", 0.0, 0.0)


@dataclass(slots=True)
class Score:
    """The signs for one candidate; ``against`` if an area that governs the mention lacks it.

    ``beside`` is how near the nearest neighbour likely is, however far off it stands in the text.
    ``listed`` is how near one in the same list is. ``evidence`` is what the text and the caller
    say, without size; ``total`` is everything.
    """

    place: Place
    area: float
    near: float
    prior: float
    hint: float
    area_name: str
    near_name: str
    against: bool
    beside: float
    listed: float
    evidence: float
    total: float


class Evidence:
    """The signs of one text."""

    def __init__(
        self,
        text: str,
        named: Sequence[Named],
        hints: Hints,
        book: Book,
        anchors: dict[str, Place],
    ) -> None:
        self._text = text
        self._relations: dict[int, Relation | None] = {}
        self._judge = _judge(hints)
        self._book = book
        self._closeness: dict[tuple[int, int, int], Column] = {}
        self._kept: list[tuple[float, ...]] = []  # so that no id of weights comes back
        self._areas = [n for n in named if n.units and not is_bordered(text, n.mention.start)]
        self._area_starts = [n.mention.start for n in self._areas]
        self._spoken_of = {unit.admin1 for area in self._areas for unit in area.units}
        self._told: dict[tuple[int, ...], list[int]] = {}
        repeated = _repeated(named)
        for number, item in enumerate(named):
            if item.mention.kind == "area":
                _stand_for_town(item, anchors, book)
            elif id(item.name) in repeated:
                self._look(number, item, named)
            elif self._areas:
                item.ask = self._signs
        self._around = [n for n in named if _is_neighbour(n)]
        self._around_starts = [n.mention.start for n in self._around]

    def _look(self, number: int, item: Named, named: Sequence[Named]) -> None:
        """See to it that the areas around are asked, or that an earlier mention decides."""
        told = self._told.setdefault(self._surroundings(item), [])
        if len(told) >= MAX_REPEATS:
            item.like = told[-1]
            item.weigh(named[item.like].weights, named[item.like].areas)
            return
        told.append(number)
        if self._areas:
            item.ask = self._signs

    def _signs(self, item: Named) -> AreaSigns:
        return AreaSigns(item, _nearest(self._areas, self._area_starts, item, MAX_AREAS))

    def _surroundings(self, item: Named) -> tuple[int, ...]:
        """The name and the areas beside it in its sentence: where these are the same, so is the
        place."""
        right = bisect_right(self._area_starts, item.mention.start)
        beside = (a for a in self._areas[max(0, right - 1) : right + 1] if a is not item)
        return (
            id(item.name),
            len(item.typed),
            *(id(a.name) for a in beside if a.sentence == item.sentence),
        )

    def settle(self, item: Named, place: Place) -> None:
        """Count a mention as decided: its neighbours are judged by that."""
        areas = item.areas  # as they were when it was decided
        self._kept.append(item.weights)
        item.weigh(tuple(1.0 if p is place else 0.0 for p in item.name.places), areas)

    def by_area(self, item: Named, place: Place) -> tuple[float, bool]:
        """What the areas around say for a place, and whether one that governs lacks it."""
        areas = item.areas
        return (0.0, False) if areas is None else (areas.best(place)[0], areas.against(place))

    def scores(self, item: Named) -> list[Score]:
        """A score for each candidate, best first."""
        said = self._said(item)
        name, areas, judge = item.name, item.areas, self._judge
        found = []
        number = 0
        for place, prior in zip(name.places, name.priors, strict=True):
            area, area_name = areas.best(place) if areas else NO_AREA
            against = areas is not None and areas.against(place)
            near, near_name, beside, listed = said.get(number, NOBODY)
            hint = judge(place) if judge is not None else 0.0
            evidence = area + near + hint
            total = evidence + prior
            found.append(
                Score(
                    place, area, near, prior, hint, area_name, near_name, against, beside,
                    listed, evidence, total,
                )
            )  # fmt: skip
            number += 1
        if number > 1:
            found.sort(key=_best_first)
        return found

    def _said(self, item: Named) -> dict[int, tuple[float, str, float, float]]:
        """For the candidates that have neighbours: what these say, the name of the one that says
        most, how near the nearest likely is, and how near the nearest of its list."""
        around = self.neighbours(item)
        nearby = beside_what(self._text, item.mention.end)
        columns: dict[int, list[tuple[float, float, str]]] = {}
        listed: dict[int, float] = {}
        for other in around:
            signs = self._remembered(item, other)
            if not signs:
                continue
            mention = other.mention
            worth = NEXT_TO if mention.start == nearby else _worth(item, other)
            written, in_list = mention.as_written, worth > LISTED
            for here, likely in signs:
                told = (worth * likely, likely, written)
                column = columns.get(here)
                if column is None:
                    columns[here] = [told]
                else:
                    column.append(told)
                if in_list and likely > listed.get(here, 0.0):
                    listed[here] = likely
        count = len(around)
        return {
            here: _summed(column, count - len(column), listed.get(here, 0.0))
            for here, column in columns.items()
        }

    def neighbours(self, item: Named) -> list[Named]:
        """The mentions of other names around that stand nearest in the text, nearest first."""
        pool, starts, ids = self._around, self._around_starts, item.name.ids
        here = item.mention.start
        right = bisect_right(starts, here)
        left, size = right - 1, len(pool)
        found: list[Named] = []
        for _ in range(2 * MAX_NEIGHBOURS + 1):
            if right < size and (left < 0 or here - starts[left] > starts[right] - here):
                other, right = pool[right], right + 1
            elif left >= 0:
                other, left = pool[left], left - 1
            else:
                break
            if other.name.ids != ids:
                found.append(other)
                if len(found) == MAX_NEIGHBOURS:
                    break
        return found

    def _remembered(self, item: Named, other: Named) -> Sequence[tuple[int, float]]:
        """How near the neighbour is to the candidates it is near to, worked out once for names
        that stand together again and again."""
        if other.sentence == item.sentence and other.mention.kind == "settlement":
            said = self._relation(other.mention)
            if said is not None:
                return [pair for pair in enumerate(_related(item, other, said)) if pair[1]]
        weights = other.weights
        if weights is other.name.alone:
            if other.name.is_certain:
                return self._book.near(item.name, other.name.places[0])
            return self._book.column(item.name, other.name)
        pair = (id(item.name), id(other.name), id(weights))
        found = self._closeness.get(pair)
        if found is None:
            found = self._book.weighed(item.name, other.name, weights)
            self._closeness[pair] = found
        return found

    def _relation(self, mention: Mention) -> Relation | None:
        """What the words around a mention say of others: "15 km west of" it."""
        if mention.start not in self._relations:
            found = relation(self._text, mention.start, mention.end)
            self._relations[mention.start] = found
        return self._relations[mention.start]

    def out_of_place(self, item: Named, place: Place) -> bool:
        """True if the text speaks of other parts of the country, and of nothing near the place."""
        if place.admin1 in self._spoken_of:
            return False
        elsewhere = 1 if self._spoken_of else 0
        for other in _nearest(self._around, self._around_starts, item, MAX_ELSEWHERE):
            if other.name.ids == item.name.ids:
                continue
            nearest = min(distance_km(p, place) for p in other.name.places if p.lat is not None)
            if nearest < ELSEWHERE_KM:
                return False
            elsewhere += max(other.weights) > 0.6
        return elsewhere > 1 or bool(self._spoken_of)


def shared_scores(
    named: list[Named], scores: dict[int, list[Score]]
) -> dict[tuple[str, ...], dict[str, Score]]:
    """For each name that the text uses more than once: the best-placed score of each candidate."""
    uses = Counter(named[number].name.ids for number in scores)
    shared: dict[tuple[str, ...], dict[str, Score]] = {}
    for number, own in scores.items():
        ids = named[number].name.ids
        if uses[ids] == 1:
            continue
        best = shared.setdefault(ids, {})
        for score in own:
            old = best.get(score.place.place_id)
            if old is None or score.evidence > old.evidence:
                best[score.place.place_id] = score
    return shared


def pooled(own: list[Score], shared: dict[str, Score] | None) -> list[Score]:
    """A name keeps its meaning through a text: what is said of it once holds elsewhere."""
    if shared is None:
        return own
    best = [
        s if s.against else max(s, shared[s.place.place_id], key=lambda x: x.evidence) for s in own
    ]
    return sorted(best, key=_best_first)


def _best_first(score: Score) -> tuple[float, str]:
    return -score.total, score.place.place_id


def _summed(
    column: list[tuple[float, float, str]], silent: int, listed: float
) -> tuple[float, str, float, float]:
    """What neighbours (value, likelihood, name) say of a candidate together: the most telling."""
    value, likely, name = column[0]
    if len(column) == 1 and likely >= 0.0:
        return value, name if value > 0.2 else "", likely, listed
    value, _, name = max(column, key=_VALUE)
    said = sorted([value for value, _, _ in column] + [0.0] * min(silent, 3))
    beside = max(column, key=_LIKELY)[1]
    beside = max(beside, 0.0) if silent else beside
    return sum(said[-3:]), name if value > 0.2 else "", beside, listed


def _repeated(named: Sequence[Named]) -> frozenset[int]:
    """The identities of names that stand so often that repeats need not all be decided."""
    if len(named) <= MAX_REPEATS:
        return frozenset()
    times = Counter(id(item.name) for item in named)
    return frozenset(name for name, count in times.items() if count > MAX_REPEATS)


def may_be_another(item: Named) -> bool:
    """False where no neighbour is asked which place is meant."""
    return not item.name.is_sole or is_foreign(item.mention.as_written)


def _is_neighbour(item: Named) -> bool:
    if item.mention.kind not in ("settlement", "other", "area"):
        return False
    if len(item.name.places) > MAX_VAGUE:
        return False
    return any(item.weights) if item.mention.kind == "area" else bool(item.name.by_lat)


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


def _stand_for_town(item: Named, anchors: dict[str, Place], book: Book) -> None:
    """ "The Bakhmut direction" is no place, but what it is named after is a neighbour."""
    towns = tuple(anchors[p.place_id] for p in item.name.places if p.place_id in anchors)
    if towns:
        item.name = book.towns(towns)
    item.weigh(tuple(0.8 / len(towns) for _ in towns))


def _related(item: Named, other: Named, said: Relation) -> list[float]:
    """For each candidate how near the other is likely to be, and how well it fits what is said."""
    there = [
        (place, weight)
        for place, weight in zip(other.name.places, other.weights, strict=True)
        if weight and place.lat is not None
    ]
    found = []
    for here in item.name.places:
        likely = 0.0
        for place, weight in there:
            km = _quick_km(here, place)
            if km < FAR_KM:
                likely += weight * nearness(km)
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


def _judge(hints: Hints) -> Callable[[Place], float] | None:
    """What the caller knows of a place, None if nothing of any."""
    if not (hints.near or hints.admin1):
        return hints.score

    def judged(here: Place) -> float:
        found = 3.0 if here.admin1 in hints.admin1 else 0.0
        nearest = [distance_km(here, p) for p in hints.near if p.lat is not None]
        if nearest:
            found += 3.5 * nearness(min(nearest))
        return found + hints.score(here) if hints.score is not None else found

    return judged
