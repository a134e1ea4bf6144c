"""GeoNames country dumps (``UA.txt``: nineteen columns, tab-separated) as places."""

from __future__ import annotations

import csv
import io
import re
from functools import cache

from tracker import resources
from tracker.errors import at, shown
from tracker.model import Place
from tracker.places.romanization import skeleton, spellings
from tracker.places.tables import Entry, decode, swapped
from tracker.places.words import is_cyrillic, name_keys

LICENCE = "GeoNames, CC BY 4.0, https://www.geonames.org"
COLUMNS = 19
_SETTLED = frozenset(
    ("PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5", "PPLC", "PPLF", "PPLG", "PPLL", "PPLS")
)
"""Populated places; not quarters of a city (PPLX) nor what is no longer there (PPLH, Q, W)."""

_HEAD = re.compile(r" (?:Governorate|Province|Region|Oblast|State|District|County)$")


@cache
def _units() -> dict[str, str]:
    table = io.StringIO(resources.read_text("places", "data", "geonames_admin1.csv"))
    return {row["code"]: row["admin1"] for row in csv.DictReader(table)}


def looks_like_dump(data: bytes) -> bool:
    """True if the first line has the columns of a GeoNames dump."""
    return data[:100_000].partition(b"\n")[0].count(b"\t") == COLUMNS - 1


def places(data: bytes, label: str, faults: list[str]) -> list[Entry]:
    """The settlements of a dump; what is wrong is added to ``faults``."""
    found: dict[str, Entry] = {}
    numbers: list[int] = []
    lines = decode(data, label, faults).split("\n")
    units = _units() | _named_units(lines)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != COLUMNS:
            problem = f"{len(cells)} columns where a GeoNames dump has {COLUMNS}"
            faults.append(at(label, number, problem, "take the dump as downloaded"))
            continue
        if cells[6] != "P" or cells[7] not in _SETTLED:
            continue
        if cells[0] in found:
            problem = f"geonameid {shown(cells[0])} stands in an earlier line already"
            faults.append(at(label, number, problem, "each place has one row"))
            continue
        entry = _entry(cells, units)
        if entry is None:
            what = f"lat {shown(cells[4])}, lon {shown(cells[5])}, population {shown(cells[14])}"
            remedy = "give degrees, latitude before longitude, and a whole number of people"
            faults.append(at(label, number, f"{shown(cells[1])} has {what}", remedy))
        else:
            found[cells[0]] = entry
            numbers.append(number)
    entries = list(found.values())
    faults.extend(swapped(entries, numbers, label))
    return entries


def _named_units(lines: list[str]) -> dict[str, str]:
    """First-level units of a country that our table lacks, from the dump's own rows, bare."""
    ours = _units()
    found = {}
    for line in lines:
        if "\tADM1\t" not in line:
            continue
        cells = line.split("\t")
        unit = f"{cells[8]}.{cells[10]}" if len(cells) == COLUMNS else ""
        if unit and unit not in ours and cells[7] == "ADM1":
            found[unit] = _HEAD.sub("", cells[2] or cells[1])
    return found


def _entry(cells: list[str], units: dict[str, str]) -> Entry | None:
    try:
        lat, lon = float(cells[4]), float(cells[5])
        population = int(cells[14] or 0)
    except ValueError:
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    written = [form for form in cells[3].split(",") if form]
    name_uk = _ukrainian(cells[1], written)
    unit = f"{cells[8]}.{cells[10]}"
    place = Place(
        place_id=cells[0],
        name=cells[1],
        lon=lon,
        lat=lat,
        admin1=units.get(unit, unit),
        name_uk=name_uk,
        population=population,
    )
    known = {cells[1], name_uk}
    forms = tuple(("mul", f) for f in dict.fromkeys(written) if f not in known and _readable(f))
    return Entry(place, forms)


def _ukrainian(name: str, written: list[str]) -> str:
    """The Cyrillic form whose romanization is the name: the dump does not say the language."""
    words = name_keys(name)
    rough = tuple(skeleton(w) for w in words)
    for form in written:
        if not is_cyrillic(form) or set(form.lower()) & set("ыъэё"):
            continue
        spelt = spellings(name_keys(form), "uk")
        if words in spelt or rough in {tuple(skeleton(w) for w in s) for s in spelt}:
            return form
    return ""


def _readable(form: str) -> bool:
    """True for a form in Latin or Cyrillic letters; dumps hold names in every script."""
    return all(c < "\u0530" or c in "’ʼ" or 0x1E00 <= ord(c) < 0x1F00 for c in form)
