"""The place of a claim made elsewhere: by its id, else by its point, else by its name.

A point without an id is the nearest place of the claim's name within 5 km, else the nearest place
within 2 km, else the claim is kept as not located: claims of one place must share one id, and
claims of two places must not.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from tracker.errors import UsageError, shown
from tracker.model import Claim, Place

if TYPE_CHECKING:
    from tracker.places import Gazetteer, Location

NAME_KM, NEAR_KM = 5.0, 2.0
"""How far a place may lie from a claim's point: one of the same name, and any."""

NEAR_CONFIDENCE = 0.5
"""Confidence in a place that only lies where the point is and bears another name."""

# Cells of the grid in which the nearest place is looked for, in degrees: with its neighbours a
# cell reaches further than NEAR_KM at any latitude where people live.
_CELL = 0.1


class Placer:
    """Places claims by one gazetteer; what it has looked up once it remembers."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._named: dict[tuple[str, str], tuple[Location, str]] = {}
        self._grid: dict[tuple[int, int], list[Place]] = {}

    def place(self, claim: Claim, given: Collection[str]) -> tuple[Claim, list[str]]:
        """The claim with its place, and what a person should know about it.

        ``given`` are the fields that the row itself fills: a given level is kept to, a given
        confidence is kept, and so is a given ``ambiguous`` or ``unknown``.
        """
        notes: list[str] = []
        known = self._gazetteer.place(claim.place_id) if claim.place_id else None
        if known is not None and "level" in given and known.level != claim.level:
            what = f"{known.name}, {_level(known.level)}, not {_level(claim.level)}"
            notes.append(f"'place_id' {shown(claim.place_id)} is {what}: looked up by name")
            claim, known = replace(claim, place_id=""), None
        if known is not None:
            notes += self._doubts(claim, known)
            claim = _by_id(claim, known, given)
        elif claim.lon is not None:
            # An id of somebody else's, with a point of its own, is as good as ours.
            claim = claim if claim.place_id else self._by_point(claim, given, notes)
        elif "location" not in given or claim.location == "located":
            claim = self._by_name(claim, given, notes)
        return claim, notes

    def _doubts(self, claim: Claim, known: Place) -> list[str]:
        """What speaks against the id: a point far from its place, a name that is not its own."""
        name, far, notes = claim.place, _km(claim, known), []
        if far is not None and far > NAME_KM:
            notes.append(f"its point is {far:,.0f} km from {known.name}, its 'place_id'")
        if name not in (known.name, known.name_uk) and not self._means(name, known):
            notes.append(f"'place_id' {shown(claim.place_id)} is {known.name}, not {shown(name)}")
        return notes

    def _means(self, name: str, known: Place) -> bool:
        """Whether the gazetteer knows the place by that name."""
        meant = self._area(name) if known.level == "area" else self._look(name)[0]
        return known in meant.candidates

    def _by_point(self, claim: Claim, given: Collection[str], notes: list[str]) -> Claim:
        found = self._location(claim, given, notes)
        if found.place is not None and found.place.level == "area":
            return replace(at_place(claim, found.place), lon=claim.lon, lat=claim.lat)
        if "level" in given and claim.level == "area":
            notes.append(f"no area named {shown(claim.place)} known: not located, its point unused")
            return _nowhere(claim)
        same = self._nearest(claim, found.candidates, NAME_KM)
        if same is not None:
            return _sure(at_place(claim, same), given, 1.0)
        other = self._nearest(claim, self._around(claim), NEAR_KM)
        if other is not None:
            km = _km(claim, other)
            notes.append(f"{shown(claim.place)} taken for {other.name}, {km:.1f} km from its point")
            return _sure(at_place(claim, other), given, NEAR_CONFIDENCE)
        point = f"lon {claim.lon:g}, lat {claim.lat:g}"
        notes.append(
            f"no place named {shown(claim.place)} within {NAME_KM:g} km of {point}, and none at "
            f"all within {NEAR_KM:g} km: not located"
        )
        return _nowhere(claim)

    def _by_name(self, claim: Claim, given: Collection[str], notes: list[str]) -> Claim:
        if claim.place_id:
            notes.append(f"no 'place_id' {shown(claim.place_id)} known: looked up by name")
        found = self._location(claim, given, notes)
        if found.place is None:
            return _sure(replace(claim, location=found.status), given, found.confidence)
        return _sure(at_place(claim, found.place), given, found.confidence)

    def _location(self, claim: Claim, given: Collection[str], notes: list[str]) -> Location:
        """What the name means; of a given level only."""
        if "level" in given and claim.level == "area":
            return self._area(claim.place)
        # A point tells places of one name apart better than the unit does.
        found, note = self._look(claim.place, claim.admin1 if claim.lon is None else "")
        notes += [note] if note else []
        if found.place is not None and found.place.level != claim.level and "level" in given:
            return replace(found, status="unknown", place=None, confidence=0.0)
        return found

    def _area(self, name: str) -> Location:
        """An area by its own name, or by that of the city that it is named after."""
        whole = self._look(name)[0]
        city = whole.place.name if whole.place is not None else name
        for form in (name, f"{name} Oblast", f"{city} Oblast", f"{city} Raion"):
            found = self._look(form)[0]
            if found.candidates and all(place.level == "area" for place in found.candidates):
                return found
        return replace(whole, status="unknown", place=None, candidates=(), confidence=0.0)

    def _look(self, name: str, admin1: str = "") -> tuple[Location, str]:
        """What the gazetteer makes of a name, and a remark on a unit that it does not know."""
        key = normalize("NFC", name), admin1
        if key not in self._named:
            try:
                self._named[key] = self._gazetteer.locate(key[0], admin1=admin1), ""
            except UsageError:
                note = f"no first-level unit {shown(admin1)} known: looked up without it"
                self._named[key] = self._gazetteer.locate(key[0]), note
        return self._named[key]

    def _nearest(self, claim: Claim, places: Iterable[Place], most: float) -> Place | None:
        """The nearest of the places to the claim's point, if it is within ``most`` km."""
        far = [(km, p.place_id, p) for p in places if (km := _km(claim, p)) is not None]
        km, _, place = min(far, key=lambda one: one[:2], default=(math.inf, "", None))
        return place if km <= most else None

    def _around(self, claim: Claim) -> Iterable[Place]:
        if not self._grid:
            for place in self._gazetteer.places:
                self._grid.setdefault(_cell(place.lon, place.lat), []).append(place)
        x, y = _cell(claim.lon, claim.lat)
        for i in (x - 1, x, x + 1):
            for j in (y - 1, y, y + 1):
                yield from self._grid.get((i, j), ())


def _by_id(claim: Claim, known: Place, given: Collection[str]) -> Claim:
    if claim.lon is not None:
        return replace(claim, admin1=claim.admin1 or known.admin1, level=known.level)
    return _sure(at_place(claim, known), given, 1.0)


def at_place(claim: Claim, place: Place) -> Claim:
    """The claim at a place of the gazetteer, under the place's own name."""
    return replace(
        claim,
        place=place.name,
        place_id=place.place_id,
        admin1=place.admin1,
        level=place.level,
        location="located",
        lon=place.lon,
        lat=place.lat,
    )


def _nowhere(claim: Claim) -> Claim:
    return replace(claim, location="unknown", confidence=0.0, lon=None, lat=None)


def _sure(claim: Claim, given: Collection[str], confidence: float) -> Claim:
    return claim if "confidence" in given else replace(claim, confidence=confidence)


def _level(level: str) -> str:
    return "an area" if level == "area" else f"a {level}"


def _cell(lon: float | None, lat: float | None) -> tuple[int, int]:
    return math.floor((lon or 0.0) / _CELL), math.floor((lat or 0.0) / _CELL)


def _km(claim: Claim, place: Place) -> float | None:
    """Kilometres on a flat map, which is close enough within a few; None without two points."""
    if claim.lon is None or claim.lat is None or place.lon is None or place.lat is None:
        return None
    east = (claim.lon - place.lon) * 111.32 * math.cos(math.radians(place.lat))
    return math.hypot(east, (claim.lat - place.lat) * 110.57)
