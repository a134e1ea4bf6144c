"""Where the front was on a day, as a hint for names that several places bear.

A report of a town taken speaks of a town near the front. Where the front was is known from the
claims whose places are certain: what changed hands around the same day, not far away.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from tracker.model import Claim, Place
from tracker.places import Hints

WINDOW = 60
"""Days before and after in which what changed hands says where the front was."""
REACH_KM = 30.0
"""The distance at which a place that changed hands says a third of what it says at none."""
MOST = 1.5
"""The most that all of them together say: a good hint, weaker than what the text itself says."""


class FrontOfTheDay:
    """Places that changed hands, by day: made once of claims that are sure of their place."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        told = {
            (c.date_to.toordinal(), c.lon, c.lat, c.holder)
            for c in claims
            if c.status == "asserted" and c.level == "settlement" and c.location == "located"
        }
        self._told = sorted(t for t in told if t[1] is not None and t[2] is not None)
        self._days = [day for day, *_ in self._told]

    def hints(self, unclear: Sequence[Claim]) -> Hints | None:
        """What the front says about the places of claims of one report; None without a front."""
        moves = {(claim.date_to, claim.holder) for claim in unclear}
        near = [self._near(*move) for move in sorted(moves)]
        if not any(near):
            return None
        return Hints(score=lambda place: max(_pull(place, front) for front in near))

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


def clearer(first: Sequence[Claim], again: Sequence[Claim]) -> list[Claim]:
    """The first reading, with the ambiguous places that reading with hints has made certain.

    What was certain before stays: a hint may decide what the text leaves open, and nothing else.
    """
    found = {_said(c): c for c in again if c.location == "located"}
    return [found.get(_said(c), c) if c.location == "ambiguous" else c for c in first]


def _said(claim: Claim) -> tuple[object, ...]:
    return (
        claim.as_written, claim.change, claim.by, claim.date_from, claim.date_to,
        claim.claimed_by, claim.status, claim.background, claim.quote,
    )  # fmt: skip
