"""One row of a claims file as a Claim, with everything that is wrong with it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.errors import shown
from tracker.model import CHANGES, LEVELS, LOCATIONS, STATUSES, Claim, War, safe_url
from tracker.model.days import parse_day
from tracker.reports import Row, clean

if TYPE_CHECKING:
    from tracker.places import Location

Locate = Callable[[str, str], "Location"]
"""Looks up (place name, admin1) in a gazetteer."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_TRUE = ("true", "1", "yes", "t")
_FALSE = ("", "false", "0", "no", "f")


@dataclass(frozen=True, slots=True)
class Terms:
    """What rows are held against: the sides of the war, and optionally a gazetteer and its area.

    ``bounds`` is the area in which longitude and latitude make sense; a point outside it that
    lies inside when they are swapped is a fault.
    """

    war: War
    locate: Locate | None = None
    bounds: Box | None = None

    @property
    def sides(self) -> tuple[str, ...]:
        """Ids of the sides."""
        return tuple(side.id for side in self.war.sides)


@dataclass(slots=True)
class _Cells:
    """The fields of a row, read one by one; faults pile up instead of stopping at the first."""

    row: Row
    faults: list[str] = field(default_factory=list)

    def text(self, key: str, default: str = "") -> str:
        value = self.row.fields.get(key)
        if value is None or value == "":
            return default
        if isinstance(value, bool | dict | list):
            self.faults.append(f"{key!r} is no text: {shown(value)}")
            return default
        return clean(str(value)).strip() or default

    def needed(self, key: str) -> str:
        value = self.text(key)
        if not value and not any(repr(key) in fault for fault in self.faults):
            self.faults.append(f"{key!r} is missing")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.needed(key) if default is None else self.text(key, default)
        if value and value not in allowed:
            self.faults.append(f"unknown {key!r} {shown(value)} (one of {', '.join(allowed)})")
        return value

    def day(self, key: str) -> date:
        value = self.needed(key)
        try:
            return parse_day(value)
        except ValueError as error:
            if value:
                self.faults.append(f"impossible {key!r} {shown(value)} ({error}; YYYY-MM-DD)")
            return date.min

    def number(self, key: str, least: float, most: float) -> float | None:
        value = self.row.fields.get(key)
        if value is None or value == "":
            return None
        try:
            number = math.nan if isinstance(value, bool) else float(str(value))
        except ValueError:
            number = math.nan
        if least <= number <= most:
            return number
        self.faults.append(f"{key!r} {shown(value)} is not within {least:g}..{most:g}")
        return None

    def flag(self, key: str) -> bool:
        value = str(self.row.fields.get(key) or "").strip().lower()
        if value not in _TRUE + _FALSE:
            self.faults.append(f"{key!r} {shown(value)} is neither true nor false")
        return value in _TRUE


def to_claim(row: Row, terms: Terms) -> tuple[Claim, list[str]]:
    """The claim of a row, what is not given filled in, and the row's faults (none: it holds)."""
    cells = _Cells(row)
    change, by = cells.one_of("change", CHANGES), cells.one_of("by", terms.sides)
    lon, lat = _point(cells, terms)
    placed = lon is not None
    place = cells.needed("place")
    claim = Claim(
        report_id=cells.needed("report_id"),
        published=cells.day("published"),
        url=safe_url(cells.text("url")),
        source=cells.text("source"),
        lang=cells.text("lang"),
        place=place,
        place_id=cells.text("place_id"),
        as_written=cells.text("as_written", place),
        admin1=cells.text("admin1"),
        level=cells.one_of("level", LEVELS, "settlement"),
        change=change,
        by=by,
        holder=_holder(cells, terms.war, change, by),
        date_from=cells.day("date_from"),
        date_to=cells.day("date_to"),
        claimed_by=cells.one_of("claimed_by", (*terms.sides, "other", "both"), "other"),
        status=cells.one_of("status", STATUSES, "asserted"),
        background=cells.flag("background"),
        quote=cells.text("quote"),
        location=cells.one_of("location", LOCATIONS, "located" if placed else "unknown"),
        confidence=_confidence(cells, 1.0 if placed else 0.0),
        rule=cells.text("rule"),
        lon=lon,
        lat=lat,
    )
    _check_together(cells, claim)
    if not cells.faults and not row.fields.get("location"):
        claim = _placed(claim, terms.locate)
    return claim, cells.faults


def _holder(cells: _Cells, war: War, change: str, by: str) -> str:
    follows = by if change == "capture" else war.other(by)
    given = cells.text("holder", follows)
    if follows and given != follows:
        cells.faults.append(f"'holder' {shown(given)}, but a {change} by {by} leaves {follows}")
    return follows


def _confidence(cells: _Cells, default: float) -> float:
    number = cells.number("confidence", 0.0, 1.0)
    return default if number is None else number


def _point(cells: _Cells, terms: Terms) -> tuple[float | None, float | None]:
    before = len(cells.faults)
    lon, lat = cells.number("lon", -180.0, 180.0), cells.number("lat", -90.0, 90.0)
    if len(cells.faults) == before and (lon is None) != (lat is None):
        cells.faults.append("'lon' or 'lat' is missing")
    if lon is None or lat is None:
        return None, None
    if terms.bounds and not _within(lon, lat, terms.bounds) and _within(lat, lon, terms.bounds):
        cells.faults.append(f"lon {lon:g}, lat {lat:g} look swapped (longitude comes first)")
    return lon, lat


def _within(lon: float, lat: float, box: Box) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def _check_together(cells: _Cells, claim: Claim) -> None:
    if date.min < claim.date_to < claim.date_from:
        cells.faults.append(f"date_from {claim.date_from} is after date_to {claim.date_to}")
    if claim.lon is not None and claim.location != "located":
        cells.faults.append(f"location {shown(claim.location)}, but it has a point")
    if claim.lon is None and claim.location == "located" and claim.level == "settlement":
        cells.faults.append("location 'located', but it has no point")


def _placed(claim: Claim, locate: Locate | None) -> Claim:
    """Looked up by name where the row leaves the place to be found; an id made up where needed.

    Claims of one place must share an id: without one, all places without id would be one.
    """
    if claim.place_id and claim.lon is not None:
        return claim
    found = locate(claim.place, claim.admin1) if locate else None
    place = found.place if found and found.status == "located" else None
    if claim.lon is None or claim.lat is None:
        return _as_found(claim, found)
    if place and _near(claim, place.lon, place.lat):
        return replace(claim, place_id=place.place_id, admin1=claim.admin1 or place.admin1)
    return replace(claim, place_id=f"point:{claim.lat:.4f},{claim.lon:.4f}")


def _as_found(claim: Claim, found: Location | None) -> Claim:
    if found is None:
        return claim
    if found.status != "located" or found.place is None:
        return replace(claim, location=found.status, confidence=found.confidence)
    place = found.place
    return replace(
        claim,
        place=place.name,
        place_id=place.place_id,
        admin1=place.admin1,
        level=place.level,
        location="located",
        confidence=found.confidence,
        lon=place.lon,
        lat=place.lat,
    )


def _near(claim: Claim, lon: float | None, lat: float | None, km: float = 5.0) -> bool:
    if lon is None or lat is None or claim.lon is None or claim.lat is None:
        return False
    east = (claim.lon - lon) * 111.32 * math.cos(math.radians(lat))
    return math.hypot(east, (claim.lat - lat) * 110.57) <= km
