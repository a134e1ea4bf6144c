"""Where the front was on a day, as a hint for names that several places bear.

A report of a town taken speaks of a town near the front. Where the front was is known from the
claims whose places are certain: what changed hands around the same day, not far away.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from tracker.model import Claim, Place
from tracker.places import Fighting, Gazetteer, Hints, Location

WINDOW = 60
"""Days before and after in which what changed hands says where the front was."""
REACH_KM = 30.0
"""The distance at which a place that changed hands says a third of what it says at none."""
MOST = 1.5
"""The most that all of them together say: a good hint, weaker than what the text itself says."""
AT_THE_FRONT, AWAY = 0.8, 0.3
"""What the front must say for the place that is meant, and may say for any other of its name."""
_DAYS_KEPT, _PLACES_KEPT = 100, 2000
"""For how many days, and places on each, what the front says is remembered."""
CONFIDENCE = 0.6
"""How sure a place is that the front alone decides."""


class FrontOfTheDay:
    """Places that changed hands, by day: made once of claims that are sure of their place."""

    def __init__(self, claims: Iterable[Claim], fighting: Fighting) -> None:
        self._fighting = fighting
        self._told = sorted(
            {
                (c.date_to.toordinal(), c.lon, c.lat, c.holder)
                for c in claims
                if c.status == "asserted"
                and (c.level, c.location) == ("settlement", "located")
                and (c.lon is not None and c.lat is not None)
            }
        )
        self._days = [day for day, *_ in self._told]
        self._hints: dict[tuple[date, str], Hints | None] = {}

    def hints(self, claim: Claim) -> Hints | None:
        """What the front says about the place of a claim; None where nothing is known of it."""
        key = claim.date_to, claim.holder
        if key not in self._hints:
            if len(self._hints) >= _DAYS_KEPT:
                self._hints.clear()
            self._hints[key] = self._made(*key)
        return self._hints[key]

    def _made(self, day: date, holder: str) -> Hints | None:
        near = self._near(day, holder)
        month = self._fighting.hints(day).score
        if not near or month is None:
            return None

        @lru_cache(maxsize=_PLACES_KEPT)
        def score(place: Place) -> float:
            return _pull(place, near) + month(place)

        return Hints(score=score)

    def _near(self, day: date, holder: str) -> list[tuple[float, float, float]]:
        """Longitude, latitude and weight of what a side got around a day; each place once."""
        at = day.toordinal()
        first = bisect_left(self._days, at - WINDOW)
        last = bisect_right(self._days, at + WINDOW)
        weights: dict[tuple[float, float], float] = {}
        for then, lon, lat, gainer in self._told[first:last]:
            if gainer != holder:
                continue
            weight = 1.0 - abs(then - at) / (WINDOW + 1)
            weights[lon, lat] = max(weight, weights.get((lon, lat), 0.0))
        return [(lon, lat, weight) for (lon, lat), weight in sorted(weights.items())]


def _pull(place: Place, front: Iterable[tuple[float, float, float]]) -> float:
    """How much of the front lies around a place: 0 far from it, at most :data:`MOST`."""
    if place.lon is None or place.lat is None:
        return 0.0
    shrink = math.cos(math.radians(place.lat))
    found = 0.0
    for lon, lat, weight in front:
        north = (lat - place.lat) * 111.2
        if abs(north) < 5 * REACH_KM:
            km = math.hypot(north, (lon - place.lon) * 111.2 * shrink)
            found += weight * math.exp(-km / REACH_KM)
    return min(MOST, found)


def clear_up(claims: Sequence[Claim], gazetteer: Gazetteer) -> list[Claim]:
    """The claims, in their order, with places decided that their texts leave open.

    A claim whose place is ambiguous gets the one of its candidates that lies where, by the other
    claims, the front was on its day. What was certain before stays: the front may decide what the
    text leaves open, and nothing else. The order of the claims does not matter.
    """
    return list(map(clearing(claims, gazetteer), claims))


def clearing(claims: Iterable[Claim], gazetteer: Gazetteer) -> Callable[[Claim], Claim]:
    """What :func:`clear_up` does to each of these claims, where they are too many to be held."""
    front = FrontOfTheDay(claims, Fighting(gazetteer))
    return lambda claim: _cleared(claim, front, gazetteer) if _is_open(claim) else claim


def _is_open(claim: Claim) -> bool:
    return (claim.location, claim.level) == ("ambiguous", "settlement")


def _cleared(claim: Claim, front: FrontOfTheDay, gazetteer: Gazetteer) -> Claim:
    hints = front.hints(claim)
    place = _meant(claim, hints, gazetteer) if hints is not None else None
    if place is None:
        return claim
    return replace(
        claim,
        place=place.name,
        place_id=place.place_id,
        admin1=place.admin1,
        location="located",
        confidence=round(CONFIDENCE * (claim.confidence or 1.0), 2),
        rule=f"{claim.rule}/front",
        lon=place.lon,
        lat=place.lat,
    )


def _meant(claim: Claim, hints: Hints, gazetteer: Gazetteer) -> Place | None:
    """The settlement that the claim's words mean, read in its quote with the hints."""
    for text in (claim.quote, claim.as_written):
        mentions = gazetteer.mentions(text)
        wanted = [i for i, m in enumerate(mentions) if m.as_written == claim.as_written][:1]
        if wanted:
            found = gazetteer.resolve(text, mentions, hints, wanted=wanted)[0]
            return found.place if found.place is not None and _alone(found, hints) else None
    return None


def _alone(found: Location, hints: Hints) -> bool:
    """Whether the front is at this place, and at no other of the name."""
    if hints.score is None or found.place is None or hints.score(found.place) < AT_THE_FRONT:
        return False
    others = (p for p in found.candidates if p.place_id != found.place.place_id)
    return all(hints.score(other) < AWAY for other in others)
