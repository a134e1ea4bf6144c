"""The tables in gazetteer/ hold what their README says (no program code is tested here)."""

import csv
import itertools
import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Point, shape

GAZETTEER = Path(__file__).resolve().parent.parent / "gazetteer"
RUSSIAN = {"Kursk", "Belgorod", "Bryansk", "Rostov", "Voronezh"}
UNITS = {
    "Cherkasy", "Chernihiv", "Chernivtsi", "Crimea", "Dnipropetrovsk", "Donetsk", "Ivano-Frankivsk",
    "Kharkiv", "Kherson", "Khmelnytskyi", "Kirovohrad", "Kyiv", "Kyiv City", "Luhansk", "Lviv",
    "Mykolaiv", "Odesa", "Poltava", "Rivne", "Sevastopol", "Sumy", "Ternopil", "Vinnytsia", "Volyn",
    "Zakarpattia", "Zaporizhzhia", "Zhytomyr",
}  # fmt: skip
PLACES = "place_id,name,name_uk,admin1,admin2,lat,lon,population,katottg,namesakes,aliases"
COLUMNS = {
    "places.csv": PLACES,
    "front.csv": PLACES.replace("name_uk,", "name_uk,name_ru,") + ",source",
    "areas.csv": "area_id,kind,name,name_uk,name_ru,admin1,aliases,source",
}
KINDS = {"oblast", "raion", "region", "river", "organisation", "country"}
SOURCES = {
    "order 376", "order 376 (hostilities)", "order 376 (possible hostilities)",
    "order 376 (community)", "order 376 (community, hostilities)",
    "order 376 (community, possible hostilities)", "order 376 (community, occupied)",
    "order 376 (neighbours)", "Wikipedia list", "reports", "near the front", "GeoNames",
    "register (coordinates)", "Wikipedia (coordinates)", "map estimate (coordinates)",
}  # fmt: skip
LATIN = re.compile(r"[A-Za-z0-9 '’.-]+")
CYRILLIC = {
    "uk": re.compile(r"[А-ЩЬЮЯЄІЇҐа-щьюяєіїґ '’.«»–-]+"),
    "ru": re.compile(r"[А-ЯЁа-яё0-9 .«»–-]+"),
    "mul": re.compile(r"[А-ЯЁЄІЇҐа-яёєіїґ '.-]+"),
}


def rows(name: str) -> list[dict[str, str]]:
    with (GAZETTEER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def both() -> list[dict[str, str]]:
    return rows("places.csv") + rows("front.csv")


def key(row: dict[str, str]) -> str:
    return row.get("place_id") or row["area_id"]


def forms(row: dict[str, str]) -> list[tuple[str, str]]:
    pairs = [item.partition(":")[::2] for item in row["aliases"].split("|") if row["aliases"]]
    return [(lang, form) for lang, form in pairs]


def km(a: dict[str, str], b: dict[str, str]) -> float:
    y1, x1, y2, x2 = (float(v) for v in (a["lat"], a["lon"], b["lat"], b["lon"]))
    return math.hypot((x2 - x1) * 111.32 * math.cos(math.radians((y1 + y2) / 2)), (y2 - y1) * 110.6)


def front_by_name(admin1: str) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows("front.csv"):
        if row["admin1"] == admin1:
            found[row["name"]].append(row)
    return found


@pytest.fixture(scope="module")
def outline():
    feature = json.loads((GAZETTEER / "outline.geojson").read_text(encoding="utf-8"))
    polygon = shape(feature["geometry"])
    shapely.prepare(polygon)
    return polygon


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_is_plain_utf8_with_its_columns_and_without_ragged_lines(name):
    data = (GAZETTEER / name).read_bytes()
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\n")
    assert len(data) < 1_300_000
    lines = list(csv.reader(data.decode("utf-8").splitlines()))
    assert ",".join(lines[0]) == COLUMNS[name]
    assert {len(line) for line in lines} == {len(lines[0])}


@pytest.mark.parametrize("name", COLUMNS)
def test_ids_are_there_and_unique(name):
    ids = [key(row) for row in rows(name)]
    assert all(ids)
    assert [i for i, n in Counter(ids).items() if n > 1] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_stand_in_the_order_of_unit_name_and_id(name):
    order = [(row["admin1"], row["name"], key(row)) for row in rows(name)]
    assert order == sorted(order)


@pytest.mark.parametrize("name", COLUMNS)
def test_no_cell_has_stray_spaces_control_characters_or_decomposed_letters(name):
    wrong = [
        (key(row), value)
        for row in rows(name)
        for value in row.values()
        if value != " ".join(value.split())
        or not value.isprintable()
        or value != unicodedata.normalize("NFC", value)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["places.csv", "front.csv"])
def test_numbers_and_codes_are_well_formed(name):
    for row in rows(name):
        assert re.fullmatch(r"\d+|katottg:UA\d{17}|own:[a-z0-9-]+", row["place_id"]), row
        assert re.fullmatch(r"-?\d+\.\d{3,5}", row["lat"]), row
        assert re.fullmatch(r"-?\d+\.\d{3,5}", row["lon"]), row
        assert re.fullmatch(r"([1-9]\d*)?", row["population"]), row
        assert re.fullmatch(r"(UA\d{17})?", row["katottg"]), row
        assert re.fullmatch(r"([1-9]\d*)?", row["namesakes"]), row


def test_every_place_lies_in_a_known_unit_and_only_cities_with_that_status_have_no_raion():
    for row in both():
        assert row["admin1"] in UNITS | RUSSIAN, row
        if row["admin1"] in UNITS:
            assert row["admin2"] or row["admin1"] in {"Kyiv City", "Sevastopol"}, row


def test_all_27_first_level_units_of_ukraine_have_places():
    assert {row["admin1"] for row in rows("places.csv")} >= UNITS


def test_the_official_code_says_which_unit_a_place_is_in():
    units = {
        "01": "Crimea", "05": "Vinnytsia", "07": "Volyn", "12": "Dnipropetrovsk", "14": "Donetsk",
        "18": "Zhytomyr", "21": "Zakarpattia", "23": "Zaporizhzhia", "26": "Ivano-Frankivsk",
        "32": "Kyiv", "35": "Kirovohrad", "44": "Luhansk", "46": "Lviv", "48": "Mykolaiv",
        "51": "Odesa", "53": "Poltava", "56": "Rivne", "59": "Sumy", "61": "Ternopil",
        "63": "Kharkiv", "65": "Kherson", "68": "Khmelnytskyi", "71": "Cherkasy",
        "73": "Chernivtsi", "74": "Chernihiv", "80": "Kyiv City", "85": "Sevastopol",
    }  # fmt: skip
    wrong = [r for r in both() if r["katottg"] and units[r["katottg"][2:4]] != r["admin1"]]
    assert wrong == []


def test_one_code_is_one_place_in_both_tables():
    places = defaultdict(set)
    for row in both():
        if row["katottg"]:
            places[row["katottg"]].add(row["place_id"])
    assert {code: ids for code, ids in places.items() if len(ids) > 1} == {}


def test_the_base_says_what_the_register_says():
    register = {row["place_id"]: row for row in rows("register.csv")}
    shown = [row for row in rows("places.csv") if row["admin1"] in UNITS]
    assert {row["place_id"] for row in shown} == set(register)
    columns = ("katottg", "name_uk", "admin1", "admin2", "namesakes")
    wrong = [r for r in shown if any(r[c] != register[r["place_id"]][c] for c in columns)]
    assert wrong == []


def test_the_readme_counts_the_rows_and_sources_as_they_are():
    text = (GAZETTEER / "README.md").read_text(encoding="utf-8")
    cells = [re.findall(r"[^|]+", line) for line in text.splitlines() if line.startswith("| `")]
    said = {parts[0].strip(" `"): [cell.strip() for cell in parts[1:]] for parts in cells}
    for name in ("places.csv", "front.csv", "areas.csv", "register.csv"):
        assert said[name][0] == f"{len(rows(name)):,}", name
    sources = Counter(word for row in rows("front.csv") for word in row["source"].split("; "))
    assert {word: said[word][-1] for word in sources} == {w: f"{n:,}" for w, n in sources.items()}


def test_a_place_in_both_tables_is_the_same_place():
    base = {row["place_id"]: row for row in rows("places.csv")}
    shared = [(base[r["place_id"]], r) for r in rows("front.csv") if r["place_id"] in base]
    assert len(shared) > 500
    for old, new in shared:
        assert km(old, new) < 5, (old, new)
        assert old["admin1"] == new["admin1"], (old, new)


def test_names_are_in_one_script_each():
    for row in both():
        assert LATIN.fullmatch(row["name"]), row
        assert not row["name_uk"] or CYRILLIC["uk"].fullmatch(row["name_uk"]), row
        if "name_ru" in row:
            assert CYRILLIC["ru"].fullmatch(row["name_ru"]), row


def test_ukrainian_places_have_their_official_name_and_a_count_of_namesakes():
    for row in both():
        if row["admin1"] in UNITS:
            assert row["name_uk"], row
            assert row["namesakes"], row


def test_places_of_one_name_agree_on_how_many_there_are():
    counts = defaultdict(set)
    seen = defaultdict(set)
    for row in both():
        if row["admin1"] in UNITS:
            counts[row["name_uk"]].add(row["namesakes"])
            seen[row["name_uk"]].add(row["place_id"])
    assert {n: c for n, c in counts.items() if len(c) > 1} == {}
    assert {n for n, ids in seen.items() if len(ids) > int(next(iter(counts[n])))} == set()
    assert counts["Іванівка"] == {"119"}
    assert counts["Новоселівка"] == {"78"}


@pytest.mark.parametrize("name", COLUMNS)
def test_aliases_are_well_formed_and_say_nothing_twice(name):
    for row in rows(name):
        official = {row["name"], row["name_uk"], row.get("name_ru", row["name"])}
        pairs = forms(row)
        assert {lang for lang, _ in pairs} <= {"en", "uk", "ru", "mul"}, row
        assert all(form for _, form in pairs), row
        assert len({form for _, form in pairs}) == len(pairs), row
        assert not official & {form for _, form in pairs}, row


@pytest.mark.parametrize("name", COLUMNS)
def test_an_alias_is_in_the_script_of_its_language(name):
    wrong = [
        (key(row), lang, form)
        for row in rows(name)
        for lang, form in forms(row)
        if not (LATIN if lang == "en" else CYRILLIC[lang]).fullmatch(form)
    ]
    assert wrong == []


def test_places_of_ukraine_lie_inside_its_outline_and_those_of_russia_outside(outline):
    table = both()
    inside = shapely.contains_xy(
        outline, [float(r["lon"]) for r in table], [float(r["lat"]) for r in table]
    )
    wrong = [
        (r["name"], r["admin1"], r["lat"], r["lon"])
        for r, is_in in zip(table, inside, strict=True)
        if bool(is_in) != (r["admin1"] in UNITS)
    ]
    assert wrong == []


def test_no_place_lies_far_from_the_rest_of_its_raion():
    raions = defaultdict(list)
    for row in both():
        raions[row["admin1"], row["admin2"]].append(row)
    stray = [
        (row["name"], raion, round(nearest))
        for raion, members in raions.items()
        if raion[1]
        for row in members
        if (others := [m for m in members if m["place_id"] != row["place_id"]])
        and (nearest := min(km(row, other) for other in others)) > 45
        and row["name"] != "Zmiinyi Island"
    ]
    assert stray == []


def test_the_front_table_covers_what_was_fought_over():
    table = rows("front.csv")
    assert len(table) >= 2_500
    per_unit = Counter(row["admin1"] for row in table)
    least = {
        "Kharkiv": 600, "Donetsk": 450, "Zaporizhzhia": 300, "Chernihiv": 200, "Kherson": 200,
        "Kyiv": 190, "Luhansk": 160, "Mykolaiv": 90, "Sumy": 90,
    }  # fmt: skip
    assert {unit: n for unit, n in least.items() if per_unit[unit] < n} == {}


def test_every_row_of_the_front_table_names_open_sources():
    for row in rows("front.csv"):
        named = row["source"].split("; ")
        assert set(named) <= SOURCES, row
        assert len(named) >= 2, row


@pytest.mark.parametrize(
    ("admin1", "name", "lat", "lon"),
    [
        ("Donetsk", "Bakhmut", 48.595, 38.000),
        ("Donetsk", "Avdiivka", 48.140, 37.750),
        ("Donetsk", "Robotyne", None, None),
        ("Zaporizhzhia", "Robotyne", 47.447, 35.837),
        ("Kharkiv", "Izium", 49.207, 37.262),
        ("Kherson", "Kherson", 46.658, 32.618),
        ("Luhansk", "Siverskodonetsk", 48.948, 38.486),
        ("Odesa", "Zmiinyi Island", 45.255, 30.204),
        ("Sumy", "Trostianets", 50.480, 34.960),
        ("Crimea", "Simferopol", 44.957, 34.108),
    ],
)
def test_a_well_known_place_is_where_it_is(admin1, name, lat, lon):
    found = front_by_name(admin1)[name]
    if lat is None:
        assert found == []
        return
    spot = {"lat": str(lat), "lon": str(lon)}
    assert min(km(row, spot) for row in found) < 3


@pytest.mark.parametrize(
    ("admin1", "name", "earlier"),
    [
        ("Donetsk", "Bakhmut", "ru:Артёмовск uk:Артемівськ en:Artyomovsk"),
        ("Donetsk", "Toretsk", "ru:Дзержинск uk:Дзержинськ"),
        ("Donetsk", "Pokrovsk", "ru:Красноармейск uk:Красноармійськ"),
        ("Donetsk", "Myrnohrad", "ru:Димитров uk:Димитров"),
        ("Donetsk", "Niu-York", "ru:Новгородское uk:Новгородське"),
        ("Donetsk", "Ozarianivka", "uk:Перше Травня"),
        ("Donetsk", "Chumatske", "ru:Пушкино uk:Пушкіне"),
        ("Donetsk", "Bohoiavlenka", "ru:Доброволье"),
        ("Luhansk", "Siverskodonetsk", "uk:Сєвєродонецьк en:Sievierodonetsk"),
        ("Kherson", "Oleshky", "ru:Цюрупинск uk:Цюрупинськ"),
        ("Kharkiv", "Izium", "en:Izyum"),
        ("Zaporizhzhia", "Robotyne", "en:Robotino"),
    ],
)
def test_earlier_and_press_names_lead_to_the_place(admin1, name, earlier):
    known = {f"{lang}:{form}" for row in front_by_name(admin1)[name] for lang, form in forms(row)}
    wanted = set(re.findall(r"\w\w:.+?(?= \w\w:|$)", earlier))
    loose = {item.split(":", 1)[1] for item in known}
    assert {w for w in wanted if w not in known and w.split(":", 1)[1] not in loose} == set()


def test_the_areas_name_every_first_level_unit_in_three_languages():
    oblasts = [row for row in rows("areas.csv") if row["kind"] == "oblast"]
    assert {row["admin1"] for row in oblasts} == UNITS | RUSSIAN
    assert len(oblasts) == 32
    for row in oblasts:
        assert {row["name"], row["name_uk"], row["name_ru"]}.isdisjoint({""}), row


def test_areas_have_a_known_kind_and_unit():
    for row in rows("areas.csv"):
        assert row["kind"] in KINDS, row
        assert row["admin1"] in UNITS | RUSSIAN | {""}, row
        assert row["area_id"].startswith(row["kind"] + ":"), row
        assert row["source"], row


def test_no_written_form_names_two_areas():
    named = defaultdict(set)
    for row in rows("areas.csv"):
        for form in (row["name"], row["name_uk"], row["name_ru"], *(f for _, f in forms(row))):
            named[form].add(row["area_id"])
    assert {form: ids for form, ids in named.items() if len(ids) > 1} == {}


def test_every_raion_that_a_place_names_is_an_area():
    raions = {
        (row["admin1"], row["name"].removesuffix(" Raion"))
        for row in rows("areas.csv")
        if row["kind"] == "raion"
    }
    named = {(row["admin1"], row["admin2"]) for row in both() if row["admin2"]}
    assert named - raions == set()


@pytest.mark.parametrize(
    ("form", "area"),
    [
        ("Kharkiv region", "Kharkiv Oblast"),
        ("Kharkov region", "Kharkiv Oblast"),
        ("Kharkiv province", "Kharkiv Oblast"),
        ("Харківщина", "Kharkiv Oblast"),
        ("Харьковская область", "Kharkiv Oblast"),
        ("Донеччина", "Donetsk Oblast"),
        ("Сумщина", "Sumy Oblast"),
        ("Курщина", "Kursk Oblast"),
        ("Бахмутський район", "Bakhmut Raion"),
        ("ДНР", "Donetsk People's Republic"),
        ("Luhansk People's Republic", "Luhansk People's Republic"),
        ("Dnieper", "Dnipro"),
        ("Оскол", "Oskil"),
        ("Донбасс", "Donbas"),
        ("Crimean peninsula", "Crimea"),
    ],
)
def test_a_written_form_of_an_area_is_known(form, area):
    found = {
        row["name"]
        for row in rows("areas.csv")
        if form in {row["name"], row["name_uk"], row["name_ru"], *(f for _, f in forms(row))}
    }
    assert found == {area}


def test_the_outline_is_one_valid_feature_of_ukraine(outline):
    text = (GAZETTEER / "outline.geojson").read_text(encoding="utf-8")
    feature = json.loads(text)
    assert len(text) < 150_000
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert outline.is_valid
    west, south, east, north = outline.bounds
    assert (round(west), round(south), round(east), round(north)) == (22, 44, 40, 52)


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [
        pytest.param(34.10, 44.95, True, id="Simferopol"),
        pytest.param(33.53, 44.60, True, id="Sevastopol"),
        pytest.param(36.47, 45.35, True, id="Kerch"),
        pytest.param(33.69, 46.16, True, id="Perekop"),
        pytest.param(34.20, 46.05, True, id="Syvash"),
        pytest.param(30.20, 45.255, True, id="Snake Island"),
        pytest.param(30.52, 50.45, True, id="Kyiv"),
        pytest.param(22.30, 48.62, True, id="Uzhhorod"),
        pytest.param(37.80, 48.00, True, id="Donetsk"),
        pytest.param(39.30, 48.57, True, id="Luhansk"),
        pytest.param(36.19, 51.73, False, id="Kursk"),
        pytest.param(35.27, 51.19, False, id="Sudzha"),
        pytest.param(39.70, 47.23, False, id="Rostov-on-Don"),
        pytest.param(28.86, 47.01, False, id="Chisinau"),
        pytest.param(36.72, 45.21, False, id="Taman"),
        pytest.param(36.59, 50.60, False, id="Belgorod"),
    ],
)
def test_the_outline_has_the_recognised_border(outline, lon, lat, inside):
    assert outline.contains(Point(lon, lat)) is inside


def test_crimea_and_the_mainland_are_one_piece_without_a_gap(outline):
    mainland = next(p for p in outline.geoms if p.contains(Point(30.52, 50.45)))
    assert mainland.contains(Point(34.10, 44.95))
    assert len(mainland.interiors) == 0


def test_rivers_flow_in_short_steps_through_the_region_and_past_their_towns():
    with (GAZETTEER / "rivers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    courses = defaultdict(list)
    for row in rows:
        courses[row["river"], row["name_uk"]].append((float(row["lon"]), float(row["lat"])))
        assert re.fullmatch(r"\d+\.\d\d", row["lon"])
        assert row["river"]
        assert row["name_uk"]
    assert len(courses) == 17
    for name, points in courses.items():
        for (x, y), (u, v) in itertools.pairwise(points):
            km = math.hypot((u - x) * 111.3 * math.cos(math.radians(y)), (v - y) * 111.3)
            assert 1 < km < 110, (name, x, y)
    towns = {"Kyiv": "Dnipro", "Kherson": "Dnipro", "Izium": "Siverskyi Donets", "Sumy": "Psel"}
    for town, river in towns.items():
        assert river in {row["river"] for row in rows if row["at"] == town}
