"""What a page knows, as plain values, and the doors through which they reach its script."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from tracker.errors import HoldersError, shown
from tracker.mapping.columns import Texts, ring, steps, ticks
from tracker.mapping.groups import Group, change_order
from tracker.mapping.timelines import day_number, span_columns
from tracker.mapping.voices import REASONS, archive
from tracker.model import Change, Claim, Place, War
from tracker.model.jsontext import dumps
from tracker.resources import read_text

if TYPE_CHECKING:
    import geopandas

# folium reads what its elements write as a Jinja template once more, so a quote with {{...}} would
# be run while the page is built. In JSON two such characters in a row stand in strings only.
_TEMPLATE_TAG = re.compile(r"\{(?=[{%#])")

_UNKNOWN_COLOR = "#6b7280"
_STATUSES = ("baseline", "confirmed", "claimed", "disputed")
RULES = ("claimed", "confirmed")


def script_json(value: object) -> str:
    """JSON that may stand in HTML, JavaScript and Jinja alike, always valid UTF-8.

    Raises :class:`ValueError` for NaN and infinity, which JSON does not have.
    """
    return _TEMPLATE_TAG.sub(r"\\u007b", dumps(value))


River: TypeAlias = tuple[str, str, Sequence[Sequence[float]]]
"""Name, Ukrainian name, course (WGS 84, lon lat)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a map is drawn from.

    ``holders`` is a holders frame, ``known`` the same as it was known on each day or None;
    ``groups`` hold the changes; ``places`` add what the frame does not say of its places (unit,
    people, Ukrainian name) and may hold areas, ``forms`` are their other written forms by id;
    ``other_claims`` have no change; ``outline`` and ``held`` are GeoJSON polygons in WGS 84 (lon
    lat), of the country and of what the baseline gives to the second side; ``rivers`` are names
    with their courses.
    """

    holders: geopandas.GeoDataFrame
    war: War
    known: geopandas.GeoDataFrame | None = None
    groups: Sequence[Group] = ()
    places: Sequence[Place] = ()
    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    other_claims: Sequence[Claim] = ()
    outline: Mapping[str, Any] | None = None
    held: Mapping[str, Any] | None = None
    rivers: Sequence[River] = ()
    title: str = ""
    rule: str = "claimed"
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def changes(self) -> list[Change]:
        """All changes, group by group."""
        return [change for group in self.groups for change in group.changes]


@dataclass(frozen=True, slots=True)
class Payload:
    """The three parts of a page's data: ``head`` is read first, ``archive`` only when asked for."""

    head: dict[str, Any]
    core: dict[str, Any]
    archive: dict[str, Any]


def payload(told: Told) -> Payload:
    """Everything that the page's script reads, in a fixed order.

    Days are integers since 1970-01-01. ``head["read"]`` is the day of the newest report among all
    claims, None without claims. Raises :class:`HoldersError` for a change of a place that the
    holders frame does not have.
    """
    changes = told.changes
    first, last = _span(told)
    epoch = first
    sides = _sides(told.war, [group.side for group in told.groups])
    parties = Texts(["", *(side["id"] for side in sides)])
    table = _PlaceTable(told)
    ordered = table.ordered(told.changes)
    timelines = [frame for frame in (told.holders, told.known) if frame is not None]
    days = table.days_of(ordered)
    core = {
        "places": table.columns(),
        "units": table.units.all,
        "areas": table.areas(ordered),
        "abroad": table.abroad(),
        "bare": table.bare(),
        "timelines": [span_columns(table.sorted(frame), told.war, days) for frame in timelines],
        "changes": table.change_columns(ordered, parties, epoch),
        "outline": [ring(r) for r in polygon_rings(told.outline)],
        "held": [ring(r) for r in polygon_rings(told.held)],
        "rivers": [[name, name_uk, *ring(line)] for name, name_uk, line in told.rivers],
    }
    head = {
        "title": told.title or told.war.name,
        "rule": told.rule,
        "words": tomllib.loads(read_text("mapping", "words.toml")),
        "first": first,
        "last": last,
        "epoch": epoch,
        "read": _newest(changes, told.other_claims),
        "inputs": _inputs(changes, told.other_claims),
        "sides": sides,
        "parties": parties.all,
        "groups": [
            [day_number(date.fromisoformat(group.key)), parties.add(group.side)]
            for group in told.groups
        ],
        "plane": _center(told.holders),
        **told.options,
    }
    voices = archive(ordered, told.other_claims)
    voices["names"] = table.written()
    head["others"] = [
        {"reason": reason, "count": len(claims)}
        for reason, claims in zip(REASONS, voices["others"], strict=True)
        if claims
    ]
    voices["others"] = [claims for claims in voices["others"] if claims]
    return Payload(head, core, voices)


class _PlaceTable:
    """The places of a holders frame, numbered by name and id: like names pack best side by side."""

    def __init__(self, told: Told) -> None:
        rows = told.holders.drop_duplicates("place_id").sort_values(["place", "place_id"])
        self.ids = [str(i) for i in rows["place_id"]]
        self.names = [str(name) for name in rows["place"]]
        self.lon, self.lat = rows["lon"].to_numpy(), rows["lat"].to_numpy()
        self.index = {place_id: i for i, place_id in enumerate(self.ids)}
        self.told = told
        self.units = Texts([""])
        known = {place.place_id: place for place in told.places}
        units = {place_key(change): change.admin1 for change in told.changes}
        self.of = [known.get(place_id) for place_id in self.ids]
        self.unit = [
            self.units.add(place.admin1 if place else units.get(place_id, ""))
            for place, place_id in zip(self.of, self.ids, strict=True)
        ]

    def sorted(self, holders: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
        """A holders frame in the order of the places. Raises HoldersError for other places."""
        number = holders["place_id"].map(self.index)
        if number.isna().any() or number.nunique() != len(self.ids):
            raise HoldersError("holders frame: 'known' has other places than 'holders'")
        return holders.assign(number=number).sort_values("number", kind="stable")

    def columns(self) -> dict[str, list[Any]]:
        """What the script reads of all places."""
        return {
            "id": self.ids,
            "name": self.names,
            "lon": steps(ticks(x) for x in self.lon),
            "lat": steps(ticks(y) for y in self.lat),
            "unit": self.unit,
            "people": [place.population if place else 0 for place in self.of],
        }

    def written(self) -> list[str]:
        """Ukrainian name and other written forms of each place, bars between, for the search.

        A form that the search takes for another one (:func:`folded`) is found without it.
        """
        out = []
        for place_id, name, place in zip(self.ids, self.names, self.of, strict=True):
            name_uk = place.name_uk if place else ""
            known = {folded(name), folded(name_uk)}
            new = {folded(form): form for form in reversed(self.told.forms.get(place_id, ()))}
            forms = [form for key, form in sorted(new.items()) if key not in known]
            out.append("|".join([name_uk, *forms]))
        return out

    def areas(self, changes: Iterable[Change]) -> list[list[str]]:
        """Name, Ukrainian name and unit of the areas that were told of as a whole."""
        known = {place.name: place for place in self.told.places if place.level == "area"}
        found = {change.area: change.claims[0].admin1 for change in changes if change.area}
        return [
            [name, known[name].name_uk if name in known else "", found[name]]
            for name in sorted(found)
        ]

    def abroad(self) -> list[int]:
        """Places beyond the outline: their cells end at it."""
        import shapely
        from shapely.geometry import Polygon

        rings = polygon_rings(self.told.outline)
        if not rings:
            return []
        country = shapely.union_all([shapely.make_valid(Polygon(r)) for r in rings])
        shapely.prepare(country)
        inside = shapely.intersects_xy(country, self.lon, self.lat)
        return [int(i) for i in (~inside).nonzero()[0]]

    def bare(self) -> list[int]:
        """Hamlets that are gone, which have no cell (:func:`tracker.control.cells`)."""
        named = set(self.told.holders.loc[self.told.holders["claims"] != "", "place_id"])
        named.update(place_key(change) for change in self.told.changes)
        return [
            i
            for i, place in enumerate(self.of)
            if place
            and not (place.population or place.name_uk or not place.place_id.isdecimal())
            and place.place_id not in named
        ]

    def ordered(self, changes: Iterable[Change]) -> list[Change]:
        """The changes by place, those of one place in order of time."""
        changes = list(changes)
        for change in changes:
            if place_key(change) not in self.index:
                raise HoldersError(
                    f"holders frame: a change of {shown(change.place)} "
                    f"({shown(place_key(change))}), which the frame does not have"
                )
        return sorted(changes, key=lambda c: (self.index[place_key(c)], change_order(c)))

    def days_of(self, ordered: Iterable[Change]) -> dict[str, list[int]]:
        """The days of the changes of each place."""
        days: dict[str, list[int]] = {}
        for change in ordered:
            days.setdefault(place_key(change), []).append(day_number(change.date))
        return days

    def change_columns(
        self, ordered: Sequence[Change], parties: Texts, epoch: int
    ) -> dict[str, list[int]]:
        days = self.days_of(ordered)
        areas = [name for name, *_ in self.areas(ordered)]
        return {
            "spans": [len(days.get(place_id, ())) for place_id in self.ids],
            "day": [
                step
                for place_id in self.ids
                for step in steps(day - epoch for day in days.get(place_id, ()))
            ],
            "length": [(c.date - c.date_from).days for c in ordered],
            "side": [parties.add(c.holder) for c in ordered],
            "before": [parties.add(c.from_holder) for c in ordered],
            "status": [_status(c) for c in ordered],
            "area": [areas.index(c.area) + 1 if c.area else 0 for c in ordered],
        }


# Spellings as the search compares them: Cyrillic letters and their romanizations are alike, and so
# are Kharkiv and Harkiv, Lyman and Liman, Izyum and Izium.
_LATIN = str.maketrans(
    dict(zip("абвгґдезиійклмнопрстуфхыєэ", "abvhhdeziiiklmnoprstufhiee", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"}
    | {"ь": "", "ъ": "", "y": "i", "j": "i", "g": "h", "w": "v"}
)


def folded(text: str) -> str:
    """A name as the search compares it (``static/search.js``): what all its spellings share."""
    plain = unicodedata.normalize("NFD", text).lower()
    letters = "".join(c for c in plain if c.isalnum()).replace("kh", "h").translate(_LATIN)
    return re.sub("i+", "i", letters).replace("ie", "e")


def place_key(change: Change) -> str:
    """The place of a change as holders name it: its id, else its name and point."""
    return whole(change.place_id) or f"{whole(change.place)}@{change.lat:.4f},{change.lon:.4f}"


def whole(text: str) -> str:
    """A text without lone surrogates, which no table of texts can hold: they become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _status(change: Change) -> int:
    return _STATUSES.index(change.status) if change.status in _STATUSES else 2


def polygon_rings(shape: Mapping[str, Any] | None) -> list[Sequence[Sequence[float]]]:
    """The rings of all polygons of a GeoJSON object (lon lat); lines and points are left out."""
    if shape is None:
        return []
    kind = shape.get("type")
    if kind in ("FeatureCollection", "GeometryCollection"):
        parts = shape.get("features") or shape.get("geometries") or ()
        return [r for part in parts for r in polygon_rings(part)]
    if kind == "Feature":
        return polygon_rings(shape.get("geometry"))
    if kind == "Polygon":
        return list(shape["coordinates"])
    if kind == "MultiPolygon":
        return [r for polygon in shape["coordinates"] for r in polygon]
    return []


def _span(told: Told) -> tuple[int, int]:
    """First and last day of the slider: from the eve of the first change to the last change.

    The eve lets one slide from before to after, also when there is one change only. What had
    changed hands before the war began is on the map from the first day on; a slider that began
    with it could be years of empty track.
    """
    days = [day_number(change.date) for change in told.changes]
    began = day_number(told.war.began)
    if not days:
        return began, began
    last = max(days)
    return min(max(min(days), began), last) - 1, last


def _newest(changes: Iterable[Change], others: Iterable[Claim]) -> int | None:
    claims = chain(others, (claim for change in changes for claim in change.claims))
    return max((day_number(claim.published) for claim in claims), default=None)


def _inputs(changes: Iterable[Change], others: Iterable[Claim]) -> dict[str, int]:
    """How many claims the page was made from, and from how many reports they were read."""
    claims = {*others, *(claim for change in changes for claim in change.claims)}
    return {"claims": len(claims), "reports": len({claim.report_id for claim in claims})}


def _sides(war: War, seen: Iterable[str]) -> list[dict[str, str]]:
    known = [{"id": side.id, "name": side.name, "color": side.color} for side in war.sides]
    strangers = sorted(set(seen) - {side.id for side in war.sides})
    return known + [{"id": s, "name": s, "color": _UNKNOWN_COLOR} for s in strangers]


def _center(holders: geopandas.GeoDataFrame) -> list[float]:
    """The middle of all places (lon, lat): that of the projection in which cells are built."""
    west, south, east, north = holders.total_bounds
    # NaN without places.
    if not west <= east:
        return [31.5, 48.5]
    return [round((west + east) / 2, 2), round((south + north) / 2, 2)]
