"""Mentions while they are being decided, and what the areas named around say of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import asin, cos, exp, radians, sin, sqrt

from tracker.model import Place
from tracker.places.candidates import TOWN, Book, Candidates
from tracker.places.context import type_beside
from tracker.places.records import Mention

IN_GAP = 8
"""Characters of " in the " at most."""
NO_AREA = (0.0, "")


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance of two settlements in kilometres. Areas raise :class:`ValueError`."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        raise ValueError("an area has no point")
    fa, fb = radians(a.lat), radians(b.lat)
    h = sin((fb - fa) / 2) ** 2 + cos(fa) * cos(fb) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * asin(min(1.0, sqrt(h)))


@dataclass(slots=True)
class Named:
    """One mention while it is being decided, with the number of its sentence.

    ``name`` is what is known of its candidates; ``units`` are the oblasts and raions it means.
    ``areas`` is what the areas around say of it and ``weights`` how likely each candidate is by
    itself, each looked at when it is asked for (``ask``); ``like`` is the number of an earlier
    mention that decides for it.
    """

    mention: Mention
    sentence: int
    name: Candidates
    units: tuple[Place, ...]
    called: str = ""
    typed: frozenset[str] = frozenset()
    like: int | None = None
    ask: Callable[[Named], AreaSigns] | None = None
    _areas: AreaSigns | None = None
    _weights: tuple[float, ...] | None = None

    @property
    def areas(self) -> AreaSigns | None:
        """What the areas around say, None where none are named."""
        if self.ask is not None:
            self._areas, self.ask = self.ask(self), None
        return self._areas

    @property
    def weights(self) -> tuple[float, ...]:
        """How likely each candidate is before its neighbours are looked at."""
        if self._weights is None:
            self._weights = _weights(self)
        return self._weights

    def weigh(self, weights: tuple[float, ...], areas: AreaSigns | None = None) -> None:
        """Set what is known already."""
        self._weights, self._areas, self.ask = weights, areas or self._areas, None


class AreaSigns:
    """What the areas named around one mention say, by first-level unit and raion."""

    def __init__(self, item: Named, areas: Sequence[Named]) -> None:
        self._by_oblast: dict[str, tuple[float, str]] = {}
        self._by_raion: dict[tuple[str, str], tuple[float, str]] = {}
        self._governing: list[tuple[Place, ...]] = []
        for area in areas:
            weight, governs = _area_weight(item, area)
            for unit in area.units:
                self._add(unit, weight, area.mention.as_written)
            if governs:
                self._governing.append(area.units)

    def _add(self, unit: Place, weight: float, written: str) -> None:
        if not unit.admin2:
            if weight > self._by_oblast.get(unit.admin1, NO_AREA)[0]:
                self._by_oblast[unit.admin1] = (weight, written)
            return
        # The second for places whose raion is not known.
        for raion, worth in ((unit.admin2, weight + 0.5), ("", weight)):
            if worth > self._by_raion.get((unit.admin1, raion), NO_AREA)[0]:
                self._by_raion[unit.admin1, raion] = (worth, written)

    def best(self, place: Place) -> tuple[float, str]:
        """The weight of the strongest area that holds the place, and its words."""
        found = self._by_oblast.get(place.admin1, NO_AREA)
        if not self._by_raion:
            return found
        return max(found, self._by_raion.get((place.admin1, place.admin2), NO_AREA))

    def against(self, place: Place) -> bool:
        """True if an area that governs the mention does not hold the place."""
        if not self._governing:
            return False
        return any(not any(_holds(u, place) for u in units) for units in self._governing)


def _holds(unit: Place, place: Place) -> bool:
    if unit.admin1 != place.admin1:
        return False
    return not (unit.admin2 and place.admin2) or unit.admin2 == place.admin2


def name_mentions(
    text: str, mentions: Sequence[Mention], sentence_ends: Sequence[int], book: Book
) -> list[Named]:
    """The mentions with the numbers of their sentences."""
    found = []
    for mention in mentions:
        sentence = bisect_right(sentence_ends, mention.start)
        name = book.of(mention)
        item = Named(mention, sentence, name, name.units)
        # Only where a town bears the name does the word for its kind say anything.
        if mention.kind == "settlement" and len(name.places) > 1 and name.largest >= TOWN:
            item.called = type_beside(text, mention.start, mention.end)
            item.typed = name.of_type(item.called)
        found.append(item)
    return found


def _weights(item: Named) -> tuple[float, ...]:
    """How likely each candidate is by its areas, size and front (sums to 1 or less)."""
    name = item.name
    if len(name.by_lat) == len(name.places) == 1 and name.unseen <= 0:
        return name.alone  # 1, whatever is said of its area
    areas = item.areas
    signs = [areas.best(p)[0] for p in name.places] if areas else []
    if not (any(signs) or item.typed):
        return name.alone
    raw = [
        0.0 if p.lat is None else odds * exp(min(sign, 4.0))
        for p, odds, sign in zip(name.places, name.odds, signs or repeat(0.0), strict=False)
    ]
    if item.typed:
        raw = [
            r if p.place_id in item.typed else r / 20 for r, p in zip(raw, name.places, strict=True)
        ]
    total = sum(raw) + name.unseen * 10**0.35
    return tuple(r / total for r in raw) if total else ()


def _area_weight(item: Named, area: Named) -> tuple[float, bool]:
    """How much a named area says about a mention, and whether it governs it directly."""
    mention, where = item.mention, area.mention
    worth = 1.0 if where.kind == "area" else 0.6  # "DPR" says who speaks as often as where
    if area.sentence != item.sentence:
        return worth * (0.9 if abs(area.sentence - item.sentence) == 1 else 0.5), False
    after = where.start >= mention.end
    gap = where.start - mention.end if after else mention.start - where.end
    close = after and gap <= 24 and where.kind == "area"
    if after and 2 < gap <= IN_GAP:
        worth = 1.0  # "in the DPR", right behind a name, says where
    return worth * (1.3 + 2.2 * exp(-gap / 60) + (0.7 if close else 0.0)), close
