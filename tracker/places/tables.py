"""Reading tables of places: every fault of a file is found before anything is used.

Functions here take bytes that an edge has read and a label (the file's name) for the messages.
Latitude and longitude are WGS 84 degrees.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import cos, radians
from statistics import median

from tracker.errors import GazetteerError, at, shown
from tracker.model import Place

PLACE_COLUMNS = ("name", "lat", "lon")
AREA_COLUMNS = ("area_id", "kind", "name")
AREA_KINDS = ("oblast", "raion", "region", "river", "organisation", "country")
UNKNOWN, NEAR, LISTED, HOSTILITIES, CONTESTED = range(5)
"""How much is known of a place's part in the fighting: nothing; the front came near; its community
is listed; hostilities are listed; it changed hands or was fought over."""
_FRONT_WORDS = {
    "near the front": NEAR,
    "order 376 (neighbours)": NEAR,
    "order 376 (community, occupied)": LISTED,
    "order 376 (community, possible hostilities)": LISTED,
    "order 376 (possible hostilities)": LISTED,
    "order 376 (community, hostilities)": HOSTILITIES,
    "order 376 (hostilities)": HOSTILITIES,
    "GeoNames": UNKNOWN,
}
"""What the words of a ``source`` column say of that; all others say that it was fought over."""
_AT_LINE = re.compile(r"(.*?):(\d+): ")
_OF_POSITION = "(coordinates)"
MAX_FAULTS = 200
SAME_PLACE_KM = 3.0
UNIT_HEADS = ("region", "province", "governorate", "oblast", "state", "district", "county")
"""What English calls a first-level unit; capitals do not matter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place with what the gazetteer knows about its name.

    ``forms`` are (language, nominative) pairs besides the names in English, Ukrainian, Russian;
    ``front`` is what is known of its part in the fighting, from :data:`UNKNOWN` to
    :data:`CONTESTED`; ``namesakes`` is the number of settlements of the country that share its
    Ukrainian name (0: not known).
    """

    place: Place
    forms: tuple[tuple[str, str], ...] = ()
    front: int = UNKNOWN
    namesakes: int = 0
    katottg: str = ""
    name_ru: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A first-level unit, raion, region, river, organisation or country, and its written forms."""

    place: Place
    kind: str
    forms: tuple[tuple[str, str], ...]


def faults_to_error(faults: list[str]) -> GazetteerError:
    """One error that names all faults, a line each, in the order of the files' lines."""
    files = list(dict.fromkeys(_place_of(fault)[0] for fault in faults))
    ordered = sorted(faults, key=lambda f: (files.index(_place_of(f)[0]), _place_of(f)[1]))
    more = len(faults) - MAX_FAULTS
    lines = ordered[:MAX_FAULTS] + ([f"... and {more} more faults"] if more > 0 else [])
    return GazetteerError("\n".join(lines))


def _place_of(fault: str) -> tuple[str, int]:
    """The file and line that a fault begins with."""
    found = _AT_LINE.match(fault)
    return (found[1], int(found[2])) if found else (fault.partition(": ")[0], 0)


def decode(data: bytes, label: str, faults: list[str]) -> str:
    """UTF-8 text; each line that is not is a fault."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            bad = shown(line[error.start : error.start + 4])
            faults.append(at(label, number, f"not UTF-8: {bad}", "save the table as UTF-8"))
    return data.decode("utf-8-sig", errors="replace")


def rows(
    data: bytes, label: str, needed: tuple[str, ...], faults: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of a comma-separated table with a header; faulty rows are left out."""
    reader = csv.reader(io.StringIO(decode(data, label, faults), newline=""))
    try:
        header = [h.strip() for h in next(reader, [])]
    except csv.Error as error:
        faults.append(
            at(label, 1, f"not a CSV header: {error}", f"line 1 names columns: {', '.join(needed)}")
        )
        return
    if not _is_header(header, label, needed, faults):
        return
    try:
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                problem = f"{len(cells)} columns where the header has {len(header)}"
                faults.append(at(label, reader.line_num, problem, "quote values that hold commas"))
                continue
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        faults.append(at(label, reader.line_num, f"not a CSV row: {error}", "mend the quoting"))


def _is_header(header: list[str], label: str, needed: tuple[str, ...], faults: list[str]) -> bool:
    missing = [c for c in needed if c not in header]
    twice = [c for c, n in Counter(header).items() if c and n > 1]
    if missing:
        columns = ", ".join(missing)
        faults.append(at(label, 1, f"no column {columns}", f"the header needs {', '.join(needed)}"))
    if twice:
        remedy = "each column has a name of its own"
        faults.append(at(label, 1, f"column {', '.join(twice)} stands there twice", remedy))
    return not (missing or twice)


def _number(
    row: Mapping[str, str], column: str, limit: float, where: tuple[str, int], faults: list[str]
) -> float | None:
    text = row[column].strip()
    if not text:
        faults.append(at(*where, f"{shown(row['name'])} has no {column}", "give both coordinates"))
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        remedy = f"{column} is a number of degrees, -{limit:g} to {limit:g}"
        if column == "lat" and abs(value) <= 180:
            remedy += "; are lat and lon swapped?"
        faults.append(at(*where, f"{column} of {shown(row['name'])} is {shown(text)}", remedy))
        return None
    return value


def _count(row: Mapping[str, str], column: str, where: tuple[str, int], faults: list[str]) -> int:
    text = row.get(column, "").strip()
    if not text:
        return 0
    if not text.isdecimal():
        remedy = "a whole number, or nothing"
        faults.append(at(*where, f"{column} of {shown(row['name'])} is {shown(text)}", remedy))
        return 0
    return int(text)


def aliases(text: str) -> tuple[tuple[str, str], ...]:
    """``en:Kiev|ru:Киев`` as pairs; a form without a language has ``mul``."""
    found = []
    for part in text.split("|"):
        lang, colon, form = part.partition(":")
        if not colon:
            lang, form = "mul", part
        if form.strip():
            found.append((lang.strip(), form.strip()))
    return tuple(found)


def _entry(row: dict[str, str], where: tuple[str, int], faults: list[str]) -> Entry | None:
    before = len(faults)
    if not row["name"].strip():
        faults.append(at(*where, "a place without a name", "fill the name column"))
    lat = _number(row, "lat", 90, where, faults)
    lon = _number(row, "lon", 180, where, faults)
    population = _count(row, "population", where, faults)
    namesakes = _count(row, "namesakes", where, faults)
    if len(faults) > before or lat is None or lon is None:
        return None
    name = row["name"].strip()
    place = Place(
        place_id=row.get("place_id", "").strip() or f"{name}@{lat:.4f},{lon:.4f}",
        name=name,
        lon=lon,
        lat=lat,
        admin1=row.get("admin1", "").strip(),
        admin2=row.get("admin2", "").strip(),
        name_uk=row.get("name_uk", "").strip(),
        population=population,
    )
    return Entry(
        place,
        aliases(row.get("aliases", "")),
        _front(row.get("source", "")),
        namesakes,
        row.get("katottg", "").strip(),
        row.get("name_ru", "").strip(),
    )


def _front(source: str) -> int:
    """The most that the words of a source say of a place's part in the fighting."""
    words = [w for w in source.split("; ") if w and not w.endswith(_OF_POSITION)]
    return max((_FRONT_WORDS.get(w, CONTESTED) for w in words), default=UNKNOWN)


def places(data: bytes, label: str, faults: list[str], extra: tuple[str, ...] = ()) -> list[Entry]:
    """The places of one table; what is wrong is added to ``faults`` (all of it)."""
    found: list[Entry] = []
    lines: list[int] = []
    first_line: dict[str, int] = {}
    for line, row in rows(data, label, extra + PLACE_COLUMNS, faults):
        entry = _entry(row, (label, line), faults)
        if entry is None:
            continue
        place_id = entry.place.place_id
        if place_id in first_line:
            problem = f"place_id {shown(place_id)} stands in line {first_line[place_id]} already"
            faults.append(at(label, line, problem, "each place has one row"))
            continue
        first_line[place_id] = line
        found.append(entry)
        lines.append(line)
    faults.extend(swapped(found, lines, label))
    return found


def swapped(entries: list[Entry], lines: list[int], label: str) -> list[str]:
    """Faults of rows whose latitude and longitude only fit the table when swapped."""
    if len(entries) < 3:
        return []
    lats = [e.place.lat or 0.0 for e in entries]
    lons = [e.place.lon or 0.0 for e in entries]
    mid_lat, mid_lon = median(lats), median(lons)
    found = []
    for entry, line, lat, lon in zip(entries, lines, lats, lons, strict=True):
        away = abs(lat - mid_lat) + abs(lon - mid_lon)
        away_swapped = abs(lon - mid_lat) + abs(lat - mid_lon)
        if away > 8 and away_swapped < away / 2:
            problem = f"lat {lat:g}, lon {lon:g} of {shown(entry.place.name)} look swapped"
            found.append(at(label, line, problem, "swap the two"))
    return found


def all_swapped(entries: list[Entry], places: Iterable[Place]) -> bool:
    """True if a whole table lies among the known places only with lat and lon swapped."""
    known = [(p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None]
    south, north = min(lat for lat, _ in known), max(lat for lat, _ in known)
    west, east = min(lon for _, lon in known), max(lon for _, lon in known)
    lat, lon = (median(v) for v in zip(*((e.place.lat, e.place.lon) for e in entries), strict=True))
    inside = south <= lat <= north and west <= lon <= east
    return not inside and south <= lon <= north and west <= lat <= east


def areas(data: bytes, label: str, faults: list[str]) -> list[Area]:
    """The areas of one table; what is wrong is added to ``faults``."""
    found: dict[str, Area] = {}
    for line, row in rows(data, label, AREA_COLUMNS, faults):
        area_id, kind = row["area_id"].strip(), row["kind"].strip()
        if kind not in AREA_KINDS:
            problem = f"kind of {shown(row['name'])} is {shown(kind)}"
            faults.append(at(label, line, problem, f"one of {', '.join(AREA_KINDS)}"))
        elif not area_id or area_id in found:
            remedy = "each area has one row and an id of its own"
            faults.append(at(label, line, f"area_id is {shown(area_id)} again or empty", remedy))
        else:
            found[area_id] = _area(row, area_id, kind)
    return list(found.values())


def areas_of(entries: Iterable[Entry], known: list[Area]) -> list[Area]:
    """The areas to use with a table of places: the known ones if its places lie there.

    Places of another country bring their own: each first-level unit (``admin1``) that they name is
    an area, written "X region", "X province" and so on. Places without units keep the known areas.
    """
    listed = list(entries)
    units = {e.place.admin1 for e in listed} - {""}
    if not units or not units.isdisjoint(a.place.admin1 for a in known):
        return known
    settled = {form for e in listed for form in _names(e)}
    return [_region(unit, unit.casefold() not in settled) for unit in sorted(units)]


def _region(unit: str, bare: bool) -> Area:
    written = [f"{unit} {head}" for head in UNIT_HEADS] + ([unit] if bare else [])
    place = Place(f"region:{unit}", f"{unit} region", None, None, unit, level="area")
    return Area(place, "oblast", tuple(("en", form) for form in written))


def _area(row: dict[str, str], area_id: str, kind: str) -> Area:
    name = row["name"].strip()
    is_raion = kind == "raion"
    place = Place(
        place_id=area_id,
        name=name,
        lon=None,
        lat=None,
        admin1=row.get("admin1", "").strip(),
        admin2=name.removesuffix(" Raion") if is_raion else "",
        name_uk=row.get("name_uk", "").strip(),
        level="area",
    )
    forms = [("en", name), ("uk", place.name_uk), ("ru", row.get("name_ru", "").strip())]
    written = tuple((lang, form) for lang, form in forms if form)
    return Area(place, kind, written + aliases(row.get("aliases", "")))


def merge(base: Iterable[Entry], *later: Iterable[Entry]) -> list[Entry]:
    """One list by place_id: later tables complete or override earlier ones, forms add up."""
    found: dict[str, Entry] = {}
    for table in (base, *later):
        for entry in table:
            old = found.get(entry.place.place_id)
            found[entry.place.place_id] = entry if old is None else _merged(old, entry)
    return sorted(found.values(), key=lambda e: (e.place.admin1, e.place.name, e.place.place_id))


def _merged(old: Entry, new: Entry) -> Entry:
    was, now = old.place, new.place
    place = replace(
        now,
        admin1=now.admin1 or was.admin1,
        admin2=now.admin2 or was.admin2,
        name_uk=now.name_uk or was.name_uk,
        population=now.population or was.population,
    )
    extra = (("en", was.name), ("uk", was.name_uk)) if was.name != now.name else ()
    forms = tuple(dict.fromkeys((*new.forms, *old.forms, *(f for f in extra if f[1]))))
    return Entry(
        place,
        forms,
        max(old.front, new.front),
        new.namesakes or old.namesakes,
        new.katottg or old.katottg,
        new.name_ru or old.name_ru,
    )


def add_new(base: list[Entry], more: Iterable[Entry]) -> list[Entry]:
    """The base with what a larger table adds; a place that both have is told once, by the base.

    The same place is known by its id, or by a common name within :data:`SAME_PLACE_KM`.
    """
    known = {e.place.place_id: n for n, e in enumerate(base)}
    by_name: dict[str, list[int]] = {}
    for number, entry in enumerate(base):
        for form in _names(entry):
            by_name.setdefault(form, []).append(number)
    found = list(base)
    for entry in more:
        same = known.get(entry.place.place_id)
        if same is None:
            same = _same_place(entry, base, by_name)
        if same is None:
            found.append(entry)
        else:
            found[same] = _completed(found[same], entry)
    return sorted(found, key=lambda e: (e.place.admin1, e.place.name, e.place.place_id))


def _names(entry: Entry) -> set[str]:
    forms = (entry.place.name, entry.place.name_uk, *(form for _, form in entry.forms))
    return {form.casefold() for form in forms if form}


def _same_place(entry: Entry, base: list[Entry], by_name: dict[str, list[int]]) -> int | None:
    here = entry.place
    for form in sorted(_names(entry)):
        for number in by_name.get(form, ()):
            if _close(here, base[number].place):
                return number
    return None


def _close(a: Place, b: Place) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    north = abs(a.lat - b.lat) * 111.2
    east = abs(a.lon - b.lon) * 111.2 * cos(radians(a.lat))
    return north * north + east * east < SAME_PLACE_KM * SAME_PLACE_KM


def _completed(base: Entry, more: Entry) -> Entry:
    """The base's record with the forms that the other table knows besides."""
    extra = [("mul", more.place.name)]
    if more.place.name_uk:
        extra.append(("uk", more.place.name_uk))
    if more.name_ru:
        extra.append(("ru", more.name_ru))
    official = {base.place.name, base.place.name_uk, base.name_ru}
    old = {form for _, form in base.forms} | official
    added = tuple(
        (lang, form) for lang, form in dict.fromkeys((*extra, *more.forms)) if form not in old
    )
    population = base.place.population or more.place.population
    place = replace(base.place, population=population)
    return replace(base, place=place, forms=base.forms + added)
