"""Claims about whole areas as claims about the places in them: only where that is asked for.

"All of Luhansk Oblast" says something of each of its villages, but less surely than a report that
names the village; and "the oblast was freed" rarely means its last hamlet, and never a town that
nobody had lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tracker.control.baseline import Baseline
from tracker.model import Claim, Place, claim_id
from tracker.places import Gazetteer
from tracker.places.tables import Area

CONFIDENCE = 0.5
"""How far a claim about an area is one about each of its places."""
_UNITS = ("oblast", "raion")


@dataclass(slots=True)
class Spread:
    """Claims about places made of claims about areas, and what they were made of.

    ``source`` leads from each to the claim that the report holds. ``unknown`` are areas of which
    nobody says where they lie: their claims move nothing.
    """

    source: dict[Claim, Claim] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)

    @property
    def claims(self) -> list[Claim]:
        """The claims about places."""
        return list(self.source)

    @property
    def origin(self) -> dict[str, str]:
        """From the id of each claim about a place to that of the claim that the report holds."""
        return {claim_id(one): claim_id(told) for one, told in self.source.items()}


def spread(
    claims: Sequence[Claim],
    gazetteer: Gazetteer,
    extents: Mapping[str, Any],
    baseline: Baseline | None = None,
) -> Spread:
    """Each located claim about an area as claims about all settlements in it.

    Oblasts and raions hold the places that name them as theirs; other areas those inside their
    polygon in ``extents`` (GeoJSON, WGS 84, with ``area_id``) and of their unit. Only what is
    asserted or denied spreads. A place of which the same report denies what it asserts of the area
    is an exception to it. Over a ``baseline`` nothing is said of places that the side held from the
    beginning and of which nobody had claimed by then that the other had them.
    """
    areas = {area.place.place_id: area for area in gazetteer.area_entries}
    denied = {(c.report_id, c.place_id, c.holder) for c in claims if c.status == "denied"}
    inside: dict[str, list[Place]] = {}
    out = Spread()
    for claim in claims:
        area = areas.get(claim.place_id) if claim.level == "area" else None
        if area is None or claim.status not in ("asserted", "denied"):
            continue
        key = area.place.place_id
        if key not in inside:
            inside[key] = _places_in(area, gazetteer.places, extents)
        if not inside[key]:
            out.unknown.add(area.place.name)
        for place in inside[key]:
            if (claim.report_id, place.place_id, claim.holder) not in denied:
                out.source[_at(claim, place)] = claim
    if baseline is not None:
        _leave_out_what_never_changed(out, claims, baseline)
    return out


def _leave_out_what_never_changed(out: Spread, claims: Sequence[Claim], baseline: Baseline) -> None:
    told = [c for c in (*claims, *out.source) if c.status == "asserted" and c.place_id]
    begun: dict[tuple[str, str], date] = {}
    for claim in told:
        key = (claim.place_id, claim.holder)
        begun[key] = min(begun.get(key, claim.date_from), claim.date_from)
    made = list(out.source)
    held = baseline.holder_of(
        [c.lon for c in made], [c.lat for c in made], [c.admin1 for c in made]
    )
    other = {baseline.owner: baseline.by, baseline.by: baseline.owner}
    for claim, holder in zip(made, held, strict=True):
        lost = begun.get((claim.place_id, other.get(claim.holder, "")))
        if claim.holder == holder and (lost is None or lost > claim.date_to):
            del out.source[claim]


def _places_in(area: Area, places: Sequence[Place], extents: Mapping[str, Any]) -> list[Place]:
    unit = [p for p in places if p.admin1 == area.place.admin1 and p.lon is not None]
    if area.kind in _UNITS:
        raion = area.place.admin2
        return [p for p in unit if not raion or p.admin2 == raion]
    shapes = [
        f["geometry"]
        for f in extents["features"]
        if f["properties"]["area_id"] == area.place.place_id
    ]
    return _within(unit, shapes[0]) if shapes else []


def _within(places: Sequence[Place], polygon: Mapping[str, Any]) -> list[Place]:
    import shapely
    from shapely.geometry import shape

    found = shapely.contains_xy(shape(polygon), [p.lon for p in places], [p.lat for p in places])
    return [place for place, is_in in zip(places, found, strict=True) if is_in]


def _at(claim: Claim, place: Place) -> Claim:
    return replace(
        claim,
        place=place.name,
        place_id=place.place_id,
        admin1=place.admin1,
        level="settlement",
        location="located",
        confidence=round(claim.confidence * CONFIDENCE, 2),
        rule=f"{claim.rule}/area",
        lon=place.lon,
        lat=place.lat,
    )
