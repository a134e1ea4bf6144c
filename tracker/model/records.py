"""Report, Place, Claim and Change: the records that pass between the rooms.

Days are :class:`datetime.date`; no record holds a time of day. Coordinates are WGS 84 degrees,
longitude first wherever two stand together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from urllib.parse import urlsplit

CHANGES = ("capture", "withdrawal")
STATUSES = ("asserted", "denied", "partial", "ongoing")
LEVELS = ("settlement", "area")
LOCATIONS = ("located", "ambiguous", "unknown")


def safe_url(url: str) -> str:
    """The address if a browser may be given it as a link (http or https with a host), else ''.

    Reports come from anywhere: ``javascript:`` and ``data:`` addresses would run in the reader's
    browser, so they are dropped at the door.
    """
    url = url.strip()
    if any(c.isspace() or ord(c) < 32 or c in "<>\"'`\\" for c in url):
        return ""
    try:
        parts = urlsplit(url)
        ok = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return url if ok else ""


@dataclass(frozen=True, slots=True)
class Report:
    """One published text.

    ``id`` is the reporter's own or the file's name without ending; ``lang`` is ``en``, ``uk``,
    ``ru`` or '' when nothing says; ``extra`` holds the keys of the input that mean nothing here.
    """

    id: str
    published: date
    text: str
    title: str = ""
    url: str = ""
    source: str = ""
    lang: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer.

    ``name`` is the official name in national romanization, ``admin1`` the first-level unit in
    English and bare ("Donetsk"), ``admin2`` the raion, ``level`` is ``settlement`` or ``area``.
    An area has no point: ``lon`` and ``lat`` are None.
    """

    place_id: str
    name: str
    lon: float | None
    lat: float | None
    admin1: str = ""
    admin2: str = ""
    name_uk: str = ""
    population: int = 0
    level: str = "settlement"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in one report that a side has taken or has left one named place.

    The fields are the properties of the claims format, in its order; ``lon`` and ``lat`` are None
    when the place is not located. ``date_from`` .. ``date_to`` are the days in which the change
    happened, both ends included.
    """

    report_id: str
    published: date
    url: str
    source: str
    lang: str
    place: str
    place_id: str
    as_written: str
    admin1: str
    level: str
    change: str
    by: str
    holder: str
    date_from: date
    date_to: date
    claimed_by: str
    status: str
    background: bool
    quote: str
    location: str
    confidence: float
    rule: str
    lon: float | None = None
    lat: float | None = None


CLAIM_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Claim))
"""Column order of claims in every format; lon and lat last (GeoJSON has them as geometry)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One event as told by all its claims.

    ``date`` is the day on which the change takes effect: the earliest ``date_to`` of its asserted
    claims, or of those that confirm it where the other side denied it. ``status`` is
    ``confirmed``, ``claimed`` or ``disputed``; ``from_holder`` is the side that held the place
    before as far as the claims tell, else ''. ``claims`` are the voices by day, denials last; they
    may speak of an area in which the place lies.
    """

    place_id: str
    place: str
    admin1: str
    lon: float
    lat: float
    holder: str
    from_holder: str
    date_from: date
    date: date
    status: str
    background: bool
    claims: tuple[Claim, ...]

    @property
    def area(self) -> str:
        """The name of the area of which it was told as a whole; '' if a claim names the place."""
        first = self.claims[0] if self.claims else None
        whole = first is not None and all(claim.level == "area" for claim in self.claims)
        return first.place if first is not None and whole else ""
