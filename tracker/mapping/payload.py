"""What a page knows, as plain values, and the one door through which they reach its script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from tracker.mapping.groups import Group, change_order
from tracker.model import Change, Claim, Place, War, safe_url
from tracker.model.jsontext import dumps

# folium reads what its elements write as a Jinja template once more, so a quote with {{...}} would
# be run while the page is built. In JSON two such characters in a row stand in strings only.
_TEMPLATE_TAG = re.compile(r"\{(?=[{%#])")

Coordinates: TypeAlias = "float | Sequence[Coordinates]"

_UNKNOWN_COLOR = "#6b7280"
_EPOCH = date(1970, 1, 1).toordinal()
# Why a claim has no marker, in the order in which the page lists them.
_OFF_MAP = {
    "ambiguous": "The name fits several places",
    "unknown": "The place is not in the gazetteer",
    "area": "A region, not a settlement",
    "partial": "Only a part of the place",
    "ongoing": "Announced or under way, not done",
    "denied": "Denied, and asserted by no one",
    "unused": "Not used under the rule of this map",
}
RULES = {
    "claimed": "Confirmed and claimed changes move the map; disputed ones do not.",
    "confirmed": "Only confirmed changes move the map.",
}
_DRAWN = ("Polygon", "MultiPolygon", "LineString", "MultiLineString")


def script_json(value: object) -> str:
    """JSON that may stand in HTML, JavaScript and Jinja alike, always valid UTF-8.

    Raises :class:`ValueError` for NaN and infinity, which JSON does not have.
    """
    return _TEMPLATE_TAG.sub(r"\\u007b", dumps(value))


def page_data(
    groups: Sequence[Group],
    *,
    war: War,
    other_claims: Iterable[Claim] = (),
    outline: Mapping[str, Any] | None = None,
    labels: Iterable[Place] = (),
    title: str = "",
    rule: str = "claimed",
) -> dict[str, Any]:
    """Everything that the page's script reads, in a fixed order.

    Days are integers since 1970-01-01, points ``[lat, lon]``; ``places[].changes[].group`` is an
    index into ``groups``, the sides of the page's layers in their order. ``read`` is the day of
    the newest report among all claims, None without claims.
    """
    changes = [change for group in groups for change in group.changes]
    others = list(other_claims)
    first, last = _span(changes, war)
    return {
        "title": title or war.name,
        "rule": RULES[rule],
        "first": first,
        "last": last,
        "read": _newest(changes, others),
        "sides": _sides(war, [group.side for group in groups]),
        "groups": [group.side for group in groups],
        "places": _places(groups),
        "others": _others(others),
        "outline": outline_geometries(outline),
        "labels": _labels(labels),
    }


def outline_geometries(outline: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The lines and polygons of a GeoJSON object, rounded to about 100 m (lon lat order)."""
    if outline is None:
        return []
    kind = outline.get("type")
    if kind == "FeatureCollection":
        return [g for part in outline.get("features", ()) for g in outline_geometries(part)]
    if kind == "GeometryCollection":
        return [g for part in outline.get("geometries", ()) for g in outline_geometries(part)]
    if kind == "Feature":
        return outline_geometries(outline.get("geometry"))
    if kind not in _DRAWN:
        return []
    return [{"type": kind, "coordinates": _rounded(outline["coordinates"])}]


def _rounded(value: Coordinates) -> Coordinates:
    if isinstance(value, (int, float)):
        return round(value, 3)
    return [_rounded(item) for item in value]


def _day(day: date) -> int:
    return day.toordinal() - _EPOCH


def _span(changes: Sequence[Change], war: War) -> tuple[int, int]:
    """First and last day of the slider: from the eve of the first change to the last change.

    The eve lets one slide from before to after, also when there is one change only. What had
    changed hands before the war began is on the map from the first day on; a slider that began
    with it could be years of empty track.
    """
    if not changes:
        return _day(war.began), _day(war.began)
    days = [change.date for change in changes]
    last = max(days)
    return _day(min(max(min(days), war.began), last)) - 1, _day(last)


def _newest(changes: Iterable[Change], others: Iterable[Claim]) -> int | None:
    claims = chain(others, (claim for change in changes for claim in change.claims))
    return max((_day(claim.published) for claim in claims), default=None)


def _sides(war: War, seen: Iterable[str]) -> list[dict[str, str]]:
    known = [{"id": side.id, "name": side.name, "color": side.color} for side in war.sides]
    strangers = sorted(set(seen) - {side.id for side in war.sides})
    return known + [{"id": s, "name": s, "color": _UNKNOWN_COLOR} for s in strangers]


def _places(groups: Sequence[Group]) -> list[dict[str, Any]]:
    placed = [(change, index) for index, group in enumerate(groups) for change in group.changes]
    places: dict[tuple[Any, ...], dict[str, Any]] = {}
    for change, group in sorted(placed, key=lambda pair: change_order(pair[0])):
        # Claims made elsewhere may have no place_id: then name and point tell places apart.
        key = (change.place_id,) if change.place_id else (change.place, change.lon, change.lat)
        place = places.setdefault(key, _place(change))
        place["changes"].append(_change(change, group))
    return [places[key] for key in sorted(places, key=repr)]


def _place(change: Change) -> dict[str, Any]:
    point = [round(change.lat, 5), round(change.lon, 5)]
    return {"name": change.place, "admin1": change.admin1, "at": point, "changes": []}


def _change(change: Change, group: int) -> dict[str, Any]:
    return {
        "day": _day(change.date),
        "from": _day(change.date_from),
        "side": change.holder,
        "before": change.from_holder,
        "status": change.status,
        "group": group,
        "claims": [_claim(claim) for claim in change.claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    url = safe_url(claim.url)
    host = urlsplit(url).hostname if url else ""
    return {
        "quote": claim.quote,
        "lang": claim.lang,
        "claimedBy": claim.claimed_by,
        "status": claim.status,
        "change": claim.change,
        "by": claim.by,
        "holder": claim.holder,
        "from": claim.date_from.isoformat(),
        "to": claim.date_to.isoformat(),
        "published": claim.published.isoformat(),
        "source": claim.source or host or f"report {claim.report_id}",
        "url": url,
        "written": claim.as_written,
        "background": claim.background,
        "rule": claim.rule,
    }


def _others(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """Claims without a marker, by reason: ``[{"reason": sentence, "claims": [...]}]``."""
    lists: dict[str, list[dict[str, Any]]] = {reason: [] for reason in _OFF_MAP}
    for claim in sorted(claims, key=_claim_order):
        name = {"name": claim.place or claim.as_written, "admin1": claim.admin1}
        lists[_off_map_reason(claim)].append(name | _claim(claim))
    return [
        {"reason": _OFF_MAP[reason], "claims": found} for reason, found in lists.items() if found
    ]


def _off_map_reason(claim: Claim) -> str:
    area = "area" if claim.level == "area" else ""
    reasons = (claim.location, area, claim.status, "unused")
    return next(reason for reason in reasons if reason in _OFF_MAP)


def _claim_order(claim: Claim) -> tuple[Any, ...]:
    return (
        claim.date_to,
        claim.date_from,
        claim.place or claim.as_written,
        claim.report_id,
        claim.quote,
        claim.change,
        claim.by,
        claim.claimed_by,
        claim.status,
        claim.rule,
        claim.as_written,
    )


def _labels(labels: Iterable[Place]) -> list[list[Any]]:
    """``[name, lat, lon]`` of places with a point, the largest first."""
    ranked = sorted(labels, key=lambda place: (-place.population, place.name, place.place_id))
    return [
        [place.name, round(place.lat, 4), round(place.lon, 4)]
        for place in ranked
        if place.lat is not None and place.lon is not None
    ]
