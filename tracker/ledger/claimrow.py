"""One row of a claims file as a Claim, with everything that is wrong with it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

from tracker.errors import shown
from tracker.ledger.placing import Placer
from tracker.model import CHANGES, LEVELS, LOCATIONS, STATUSES, Claim, War, safe_url
from tracker.model.days import parse_day
from tracker.reports import Row, clean

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_TRUE = ("true", "1", "yes", "t")
_FALSE = ("", "false", "0", "no", "f")


@dataclass(frozen=True, slots=True)
class Terms:
    """What rows are held against: the sides of the war, and optionally its places and its area.

    ``bounds`` is the area in which longitude and latitude make sense; a point outside it that
    lies inside when they are swapped is a fault, and any other outside it is worth a remark.
    """

    war: War
    placer: Placer | None = None
    bounds: Box | None = None

    @property
    def sides(self) -> tuple[str, ...]:
        """Ids of the sides."""
        return tuple(side.id for side in self.war.sides)


@dataclass(slots=True)
class Cells:
    """The fields of a row, read one by one; faults pile up instead of stopping at the first."""

    row: Row
    faults: list[str] = field(default_factory=list)

    def text(self, key: str, default: str = "") -> str:
        """Text, ``default`` where there is none."""
        value = self.row.fields.get(key)
        if value is None or value == "":
            return default
        if isinstance(value, bool | dict | list):
            self.faults.append(f"{key!r} is no text: {shown(value)}")
            return default
        return clean(str(value)).strip() or default

    def needed(self, key: str) -> str:
        """Text that must be there."""
        value = self.text(key)
        if not value and not any(repr(key) in fault for fault in self.faults):
            self.faults.append(f"{key!r} is missing")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """Text that is one of a few; it must be there unless there is a default."""
        value = self.needed(key) if default is None else self.text(key, default)
        if value and value not in allowed:
            self.faults.append(f"unknown {key!r} {shown(value)} (one of {', '.join(allowed)})")
        return value

    def day(self, key: str) -> date:
        """A day that must be there."""
        value = self.needed(key)
        try:
            return parse_day(value)
        except ValueError as error:
            if value:
                self.faults.append(f"impossible {key!r} {shown(value)} ({error}; YYYY-MM-DD)")
            return date.min

    def number(self, key: str, least: float, most: float) -> float | None:
        """A number within bounds, None where there is none."""
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
        """True or false; false where nothing is said."""
        value = str(self.row.fields.get(key) or "").strip().lower()
        if value not in _TRUE + _FALSE:
            self.faults.append(f"{key!r} {shown(value)} is neither true nor false")
        return value in _TRUE


def to_claim(row: Row, terms: Terms) -> tuple[Claim, list[str], list[str]]:
    """The claim of a row with its place, the row's faults (none: it holds), and remarks on it."""
    cells = Cells(row)
    change, by = cells.one_of("change", CHANGES), cells.one_of("by", terms.sides)
    lon, lat = point_of(cells, terms.bounds)
    placed = lon is not None
    notes = _strange(lon, lat, terms.bounds)
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
    if terms.placer and not cells.faults:
        given = {key for key, value in row.fields.items() if value not in (None, "")}
        claim, doubts = terms.placer.place(claim, given)
        notes += doubts
    if claim.lon is None and claim.location == "located" and claim.level == "settlement":
        cells.faults.append("location 'located', but it has no point")
    return claim, cells.faults, notes


def _holder(cells: Cells, war: War, change: str, by: str) -> str:
    follows = by if change == "capture" else war.other(by)
    given = cells.text("holder", follows)
    if follows and given != follows:
        cells.faults.append(f"'holder' {shown(given)}, but a {change} by {by} leaves {follows}")
    return follows


def _confidence(cells: Cells, default: float) -> float:
    number = cells.number("confidence", 0.0, 1.0)
    return default if number is None else number


def point_of(cells: Cells, bounds: Box | None) -> tuple[float | None, float | None]:
    """``lon`` and ``lat`` of a row, both or none; swapped ones are a fault."""
    before = len(cells.faults)
    lon, lat = cells.number("lon", -180.0, 180.0), cells.number("lat", -90.0, 90.0)
    if len(cells.faults) == before and (lon is None) != (lat is None):
        cells.faults.append("'lon' or 'lat' is missing")
    if lon is None or lat is None:
        return None, None
    if bounds and not _within(lon, lat, bounds) and _within(lat, lon, bounds):
        cells.faults.append(f"lon {lon:g}, lat {lat:g} look swapped (longitude comes first)")
    return lon, lat


def _strange(lon: float | None, lat: float | None, bounds: Box | None) -> list[str]:
    if lon is None or lat is None or not bounds or _within(lon, lat, bounds):
        return []
    return [f"lon {lon:g}, lat {lat:g} is far from this war"]


def _within(lon: float, lat: float, box: Box) -> bool:
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def _check_together(cells: Cells, claim: Claim) -> None:
    if date.min < claim.date_to < claim.date_from:
        cells.faults.append(f"date_from {claim.date_from} is after date_to {claim.date_to}")
    # What is announced may lie ahead; what is said to have happened does not.
    if claim.status != "ongoing" and date.min < claim.published < claim.date_from:
        cells.faults.append(
            f"date_from {claim.date_from} is after the report was published, {claim.published}"
        )
    if claim.lon is not None and claim.location != "located":
        cells.faults.append(f"location {shown(claim.location)}, but it has a point")
