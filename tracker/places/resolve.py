"""Which of the places that share a name a text means.

A place is only called located when the best candidate is clearly ahead of the others; villages
that the tables lack (``namesakes``) count as candidates that nobody sees. Size comes last: it
decides for a city among hamlets, never between villages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp, sqrt

from tracker.model import Place
from tracker.places.candidates import CITY, LEVEL_COST, TOLD, Book
from tracker.places.context import is_foreign
from tracker.places.evidence import Evidence, Score, may_be_another, pooled, shared_scores
from tracker.places.index import SKELETON, SLIP
from tracker.places.named import Named, distance_km, name_mentions
from tracker.places.records import Hints, Location, Mention
from tracker.places.tables import CONTESTED, HOSTILITIES, NEAR, UNKNOWN, Area, Entry

SAME_KM = 5.0
"""Records closer than this are one place told twice."""
TWIN_KM = 7.0
"""Two of one name this near each other: the one that people are known to live in is meant."""
SURE = 0.65
"""How far ahead the best candidate must be."""
EVIDENCE = 0.8
"""How much the text itself must say for it where namesakes exist."""
BESIDE, AS_NEAR = 0.6, 0.6
"""How near a neighbour must be to decide at once between two places that were both fought over
(13 km); and the share of that from which the other is about as near."""
FAR, BY_LIST = 0.02, 0.25
"""How near a place must be to others of its list to outdo a city that is near none of them."""
SAME_AREA, TOLD_SHARE = 0.05, 0.75
"""Two signs of an area that are one; how likely the one of the fighting must be among namesakes."""
MIN_CITY, CITY_RATIO, PER_NAMESAKE = 5000, 5, 1000
"""Size of a city meant by a bare name: at least this, so many times its largest namesake, and so
many people for each namesake."""
MIN_TOWN, AROUND = 3000, 1.5
"""Size of a town meant among hamlets of its name that lie as near, and how little these trail."""
FRONT_RATIO = 2
"""The same for the only place of the name that was fought over."""
MAX_OLD_NAMESAKES = 15
FEW = 3
METROPOLIS = 50_000
"""A city of this size is named in any context."""

_SENTENCE = re.compile(
    # A line break, or a run of marks that follows no initial; each run is looked at once, from its
    # beginning, so that time stays in step with length.
    r"[.!?…\n](?:(?<=\n)|(?<![.!?…].)"
    r"(?:[.!?…]++|(?<![\s.(«\"][^\W\d_].)(?<![\s.(«\"][^\W\d_]{2}.))[\"»”’)]*+\s)\s*+"
)


class Resolver:
    """Decides mentions of one gazetteer; holds what is known of each place beyond its record."""

    def __init__(self, entries: Sequence[Entry], anchors: dict[str, Place]) -> None:
        self._known = {e.place.place_id: e for e in entries}
        self._book = Book(self._known)
        self._anchors = anchors

    def resolve(
        self,
        text: str,
        mentions: Sequence[Mention],
        hints: Hints | None,
        wanted: Sequence[int] | None = None,
    ) -> list[Location]:
        """One location for each mention, in order; only for the numbers ``wanted``, if given.

        What is wanted comes out as it does when all are decided.
        """
        ends = [m.end() for m in _SENTENCE.finditer(text)]
        named = name_mentions(text, mentions, ends, self._book)
        evidence = Evidence(text, named, hints or Hints(), self._book, self._anchors)
        found: dict[int, Location] = {}
        numbers = range(len(named)) if wanted is None else wanted
        deciding = [n if (like := named[n].like) is None else like for n in numbers]
        if wanted is None or not self._at_once(named, evidence, deciding, found):
            self._all(named, evidence, deciding, found)
        return [found[n] for n in deciding]

    def _at_once(
        self,
        named: list[Named],
        evidence: Evidence,
        wanted: Sequence[int],
        found: dict[int, Location],
    ) -> bool:
        """Locate a few mentions; False where what is settled elsewhere may matter."""
        # A name keeps its meaning: where else it stands in the text counts as well.
        self._round(named, evidence, _alike(named, wanted), found)
        return not any(found[n].status == "ambiguous" and _is_scored(named[n]) for n in wanted)

    def _all(
        self,
        named: list[Named],
        evidence: Evidence,
        wanted: Sequence[int],
        found: dict[int, Location],
    ) -> None:
        """Locate what is wanted with the help of what is settled around it; all others too, where
        all are wanted."""
        alike = _alike(named, wanted)
        around = range(len(named)) if not found else self._around(named, evidence, alike, found)
        others = [n for n in around if named[n].like is None and n not in found]
        self._round(named, evidence, others, found)
        for number, item in enumerate(named):
            at = found.get(number if item.like is None else item.like)
            if at is not None and at.place is not None and item.mention.kind == "settlement":
                evidence.settle(item, at.place)
        self._round(named, evidence, [n for n in alike if found[n].status == "ambiguous"], found)

    def _around(
        self,
        named: list[Named],
        evidence: Evidence,
        alike: list[int],
        found: dict[int, Location],
    ) -> list[int]:
        """The numbers of mentions that are asked about those that are ambiguous."""
        open_ = [named[n] for n in alike if found[n].status == "ambiguous"]
        asked = {id(other) for item in open_ for other in evidence.neighbours(item)}
        return _alike(named, [n for n, item in enumerate(named) if id(item) in asked])

    def _round(
        self,
        named: list[Named],
        evidence: Evidence,
        wanted: list[int],
        found: dict[int, Location],
    ) -> None:
        """Decide the mentions whose numbers are wanted, together."""
        scores = {}
        for number in wanted:
            item = named[number]
            if not _is_scored(item):
                continue
            if may_be_another(item):
                scores[number] = evidence.scores(item)
            else:
                place = item.name.places[0]
                found[number] = self._alone(item, place, *evidence.by_area(item, place), evidence)
        shared = shared_scores(named, scores)
        for number in wanted:
            if number in found and number not in scores:
                continue
            item, own = named[number], scores.get(number, [])
            found[number] = self._decide(item, pooled(own, shared.get(item.name.ids)), evidence)

    def _decide(self, item: Named, scores: list[Score], evidence: Evidence) -> Location:
        mention = item.mention
        if mention.kind == "area":
            return _area(mention)
        if not scores:
            why = f"not a settlement: {mention.kind}"
            return Location("unknown", None, mention.candidates, 0.0, why)
        return self._verdict(item, scores, evidence)

    def _verdict(self, item: Named, scores: list[Score], evidence: Evidence) -> Location:
        scores, unseen = _of_type(item, _well_known(item, scores))
        best, rivals = _best_and_rivals(item, scores)
        slip = item.name.level(best.place) <= SKELETON
        doubt = _doubt(item, best) if best.evidence < EVIDENCE else None
        if doubt is not None:
            return doubt
        ahead = best.total - rivals[0].total if rivals else 9.0
        listed = _of_list(scores)
        if listed is not None and (listed is not best or ahead < SURE):
            return _located(item, listed.place, 0.8, f"near {listed.near_name}, in one list")
        small = best.place.population < METROPOLIS
        if best.against and not best.area and small and (rivals or unseen > 0 or slip):
            return _ambiguous(item, "no known place of this name lies in the area named")
        if not rivals and unseen <= 0:
            return self._alone(item, best.place, best.area, best.against, evidence)
        if best.evidence >= EVIDENCE and ahead >= SURE:
            twins = self._twins(best, rivals)
            if any(AS_NEAR * best.beside < t.beside <= best.beside for t in twins):
                return _ambiguous(item, "two places of this name at the front, neither beside")
            sure = min(0.97, 0.7 + 0.08 * best.evidence + 0.03 * min(ahead, 3))
            sure = min(sure, 0.75) if twins else sure
            return _located(item, best.place, sure - (0.1 if slip else 0.0), _reason(best))
        told = self._by_front(item, [best, *rivals]) if best.evidence >= EVIDENCE else None
        told = told or _town_there(item, best, rivals)
        return told or self._without_context(item, [best, *rivals], unseen, evidence)

    def _twins(self, best: Score, rivals: list[Score]) -> list[Score]:
        """Other places of the name in the same oblast that were fought over as well, where only a
        vague nearness speaks for the best."""
        front = self._front(best.place)
        if best.beside >= BESIDE or best.hint > 0 or front <= NEAR:
            return []
        return [
            s
            for s in rivals
            if s.place.admin1 == best.place.admin1
            and s.area >= best.area
            and self._front(s.place) >= front
        ]

    def _by_front(self, item: Named, scores: list[Score]) -> Location | None:
        """Of those that the area named fits alike: the one whose part in the fighting is known."""
        most = max(scores, key=lambda s: s.area)
        if most.area <= 0:
            return None
        there = [
            s
            for s in scores  # a place whose raion is not known fits a raion less well
            if s.area > most.area - SURE and s.place.admin1 == most.place.admin1 and not s.against
        ]
        if any(s.evidence > scores[0].evidence - SURE for s in scores if s not in there):
            return None  # another place of the name is as well placed for another reason
        odds = [self._told(item, s) for s in there]
        top = max(range(len(there)), key=lambda n: (odds[n], there[n].evidence))
        best, share = there[top], odds[top] / sum(odds)
        if share < TOLD_SHARE or best.evidence < max(s.evidence for s in there) - SAME_AREA:
            return None
        area = f"the text names {best.area_name}" if best.area_name else "by its area"
        why = f"{area}; of {len(there)} places of this name there it is the one of the fighting"
        return _located(item, best.place, min(0.8, 0.85 * share), why)

    def _told(self, item: Named, score: Score) -> float:
        """How likely a report of the fighting means a candidate, beside its namesakes."""
        place = score.place
        cost = LEVEL_COST[item.name.level(place)] - LEVEL_COST[item.name.best_level]
        return TOLD[self._front(place)] * exp(-cost) * sqrt(max(1.0, place.population / 1000))

    def _alone(
        self, item: Named, place: Place, area: float, against: bool, evidence: Evidence
    ) -> Location:
        """The only place of its name: meant, unless it is a hamlet far from all that is told."""
        unlikely = place.population < MIN_CITY and not self._front(place)
        if unlikely and not area and evidence.out_of_place(item, place):
            return _ambiguous(item, "the text speaks of other parts of the country")
        sure = 0.75 if against or item.name.level(place) <= SKELETON else 0.95
        return _located(item, place, sure, "the only one of this name")

    def _without_context(
        self, item: Named, scores: list[Score], unseen: int, evidence: Evidence
    ) -> Location:
        """A city among hamlets, or the only village of its name that was fought over."""
        count = len(scores) + unseen
        found = self._city(item, scores, count) or self._only_front(item, scores, count)
        if found is None:
            why = f"{count} places have this name and the text does not say which"
            return _ambiguous(item, why)
        place = found.place
        # A town of the front is meant whatever else is named: Kyiv and Kharkiv stand in every text.
        small = place is not None and place.population < METROPOLIS and not self._front(place)
        if place is not None and small and evidence.out_of_place(item, place):
            return _ambiguous(item, "the text speaks of other parts of the country")
        return found

    def _city(self, item: Named, scores: list[Score], count: int) -> Location | None:
        if item.name.largest < max(MIN_CITY, PER_NAMESAKE * count):
            return None

        def size(score: Score) -> float:
            """An old name still brings the city to mind, if not many bear it now."""
            if not item.name.alias(score.place):
                return score.place.population
            return score.place.population / 2 if count <= MAX_OLD_NAMESAKES else 0

        largest = max(scores, key=lambda s: (size(s), s.place.place_id))
        others = [s for s in scores if s is not largest]
        if not item.name.alias(largest.place):  # its own name: other cities' old names say little
            others = [s for s in others if not item.name.alias(s.place)]
        second = max((size(s) for s in others), default=0)
        fought = [s for s in scores if self._front(s.place) > NEAR]
        ratio = FRONT_RATIO if fought == [largest] else CITY_RATIO
        if size(largest) < max(MIN_CITY, PER_NAMESAKE * count, ratio * second):
            return None
        if item.called != "town" and self._outdone(largest, scores):
            return None
        slack = 2.0 if size(largest) >= METROPOLIS else 0.5
        if largest.evidence < max(s.evidence for s in scores) - slack:
            return None
        sure = 0.9 if size(largest) >= max(2 * METROPOLIS, 50 * second) else 0.65
        return _located(
            item, largest.place, sure, f"by far the largest of {count} places of this name"
        )

    def _outdone(self, town: Score, scores: list[Score]) -> bool:
        """True if a village of the name was fought over and the town, no city, was not."""
        if town.place.population >= CITY or self._front(town.place) >= HOSTILITIES:
            return False
        return any(self._front(s.place) == CONTESTED for s in scores)

    def _only_front(self, item: Named, scores: list[Score], count: int) -> Location | None:
        """Of two or three places of a rare name the one that is known to have been fought over."""
        if count > FEW:
            return None
        odds = [0.0 if item.name.alias(s.place) else self._told(item, s) for s in scores]
        share = odds[0] / (sum(odds) or 1.0)
        if share < TOLD_SHARE or odds[0] < max(odds) or self._front(scores[0].place) <= NEAR:
            return None
        why = f"the one of {count} places of this name that was fought over"
        return _located(item, scores[0].place, 0.6, why)

    def _front(self, place: Place) -> int:
        """What is known of its part in the fighting: :data:`tables.UNKNOWN` to ``CONTESTED``."""
        entry = self._known.get(place.place_id)
        return entry.front if entry is not None else UNKNOWN


def anchors_of(areas: Sequence[Area], entries: Sequence[Entry]) -> dict[str, Place]:
    """For areas named after a town ("Bakhmut direction"): area id -> the largest such town."""
    towns: dict[str, Place] = {}
    for entry in entries:
        old = towns.get(entry.place.name)
        if old is None or entry.place.population > old.population:
            towns[entry.place.name] = entry.place
    found = {}
    for area in areas:
        first = area.place.name.rsplit(" ", 1)[0]
        if area.kind == "region" and first in towns:
            found[area.place.place_id] = towns[first]
    return found


def _alike(named: list[Named], wanted: Sequence[int]) -> list[int]:
    """The numbers of all mentions that are decided for themselves and bear a wanted name."""
    names = {named[n].name.ids for n in wanted}
    return [n for n, item in enumerate(named) if item.like is None and item.name.ids in names]


def _of_list(scores: list[Score]) -> Score | None:
    """The only candidate near others of its list, where the rest are far from all of them."""
    near = [s for s in scores if s.listed >= BY_LIST and not s.against]
    if len(near) != 1 or not near[0].near_name:
        return None
    rest = [s for s in scores if s is not near[0]]
    far = all(s.listed < FAR and s.place.population < 2 * METROPOLIS for s in rest)
    return near[0] if far else None


def _town_there(item: Named, best: Score, rivals: list[Score]) -> Location | None:
    """Where several that the text may mean lie together: the town among the hamlets."""
    if best.near < EVIDENCE or best.against:
        return None
    there = [s for s in (best, *rivals) if s.total > best.total - AROUND and not s.against]
    town = max(there, key=lambda s: (s.place.population, s.total))
    others = max((s.place.population for s in there if s is not town), default=0)
    if town.place.population < max(MIN_TOWN, CITY_RATIO * others) or item.name.alias(town.place):
        return None
    if len(there) == 1 or town.evidence < best.evidence - SURE:
        return None
    return _located(item, town.place, 0.7, f"the town among {len(there)} places of this name there")


def _best_and_rivals(item: Named, scores: list[Score]) -> tuple[Score, list[Score]]:
    """The best of the scores, and those that are not of the same place."""
    if item.name.is_scattered:
        return scores[0], scores[1:]
    best = _peopled(scores)
    apart = SAME_KM if best is scores[0] else TWIN_KM
    return best, [s for s in scores if _are_apart(s.place, best.place, apart)]


def _doubt(item: Named, best: Score) -> Location | None:
    """What becomes of a name that nothing speaks for, if it may be no place of ours."""
    if is_foreign(item.mention.as_written):
        return _ambiguous(item, "the text may mean the city elsewhere")
    if item.name.level(best.place) == SLIP and best.place.population < 2 * MIN_CITY:
        why = f"no such name; resembles {best.place.name}"
        return Location("unknown", None, item.name.places, 0.1, why)
    return None


def _peopled(scores: list[Score]) -> Score:
    """The best, or its neighbour of the same name in which far more people live: a
    village, and the settlement at its station."""
    best = scores[0]
    for other in scores[1:3]:
        near = best.total - other.total < AROUND and other.area == best.area
        larger = other.place.population > 2 * best.place.population
        if near and larger and distance_km(best.place, other.place) < TWIN_KM:
            return other
    return best


def _are_apart(a: Place, b: Place, km: float) -> bool:
    """True if two records are not one place told twice."""
    if a.lat is not None and b.lat is not None and abs(a.lat - b.lat) * 111 > km:
        return True  # the quick way, for names that a hundred villages bear
    return distance_km(a, b) > km


def _well_known(item: Named, scores: list[Score]) -> list[Score]:
    """The candidates without likely slips, unless the text speaks against all others."""
    if item.name.worst_level > SKELETON:
        return scores
    sure = [s for s in scores if item.name.level(s.place) > SKELETON]
    return sure if any(s.area or not s.against for s in sure) else scores


def _of_type(item: Named, scores: list[Score]) -> tuple[list[Score], int]:
    """What is left where the text says "the town of", and how many more may bear the name.

    An area that speaks for one of the others says more than a word that people use freely.
    """
    if not item.typed:
        return scores, item.name.unseen
    kept = [s for s in scores if s.place.place_id in item.typed]
    others = [s for s in scores if s.place.place_id not in item.typed]
    areas = max((s.area for s in kept if not s.against), default=-1.0)
    if not kept or any(s.area > areas for s in others):
        return scores, item.name.unseen
    return kept, 0 if item.called == "town" else item.name.unseen


def _is_scored(item: Named) -> bool:
    """Whether its candidates are weighed against each other."""
    return item.mention.kind == "settlement" and bool(item.name.places)


def _area(mention: Mention) -> Location:
    if len(mention.candidates) == 1:
        return Location("located", mention.candidates[0], mention.candidates, 0.95, "an area")
    return Location("ambiguous", None, mention.candidates, 0.3, "several areas have this name")


def _located(item: Named, place: Place, sure: float, why: str) -> Location:
    if item.name.level(place) == SLIP:
        sure, why = min(sure, 0.6), f"taken for {place.name}: {why}"
    return Location("located", place, item.name.places, round(sure, 2), why)


def _ambiguous(item: Named, why: str) -> Location:
    share = max(item.weights, default=0.0)
    return Location("ambiguous", None, item.name.places, round(share, 2), why)


def _reason(score: Score) -> str:
    if score.area >= max(score.near, score.hint):
        return f"the text names {score.area_name}"
    if score.near >= score.hint:
        return f"near {score.near_name}" if score.near_name else "near the places named beside it"
    return "by what the caller knows"
