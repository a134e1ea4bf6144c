"""Claims made elsewhere find their place: by id, by point, by name, and never a wrong one."""

import json
from unicodedata import normalize

import pytest

from tracker.ledger import read_claims
from tracker.model import Place
from tracker.places import Gazetteer
from tracker.places.tables import Area, Entry
from tracker.resources import load_war

WAR = load_war()
BOUNDS = (17.0, 39.0, 45.0, 57.0)
# One kilometre is 0.00904 degrees of latitude, and 0.0137 of longitude at 49 degrees north.
ZOLOTOPIL = Place("1", "Zolotopil", 37.0, 49.0, "Kharkiv", name_uk="Золотопіль")
EASTERN = Place("2", "Bilohaiok", 37.5, 48.5, "Donetsk", name_uk="Білогайок")
NORTHERN = Place("3", "Bilohaiok", 34.1, 51.1, "Sumy", name_uk="Білогайок")
KHERSON = Place("4", "Kherson", 32.6, 46.6, "Kherson", name_uk="Херсон", population=280_000)
OBLAST = Place("oblast:kherson", "Kherson Oblast", None, None, "Kherson", level="area")
PLACES = Gazetteer(
    [Entry(ZOLOTOPIL), Entry(EASTERN), Entry(NORTHERN), Entry(KHERSON)],
    [Area(OBLAST, "oblast", (("en", "Kherson Oblast"), ("en", "Kherson region")))],
)
ROW = {
    "report_id": "a",
    "published": "2022-09-12",
    "place": "Zolotopil",
    "change": "capture",
    "by": "UA",
    "date_from": "2022-09-10",
    "date_to": "2022-09-11",
}


@pytest.fixture
def read(tmp_path):
    """The claims of rows that differ from ROW as told, and the remarks on them."""

    def call(*rows, gazetteer=PLACES):
        path = tmp_path / "c.jsonl"
        path.write_text("".join(json.dumps(ROW | row) + "\n" for row in rows), encoding="utf-8")
        notes = []
        claims = read_claims(path, WAR, gazetteer=gazetteer, bounds=BOUNDS, notes=notes)
        return claims, [note.removeprefix(f"{path}:") for note in notes]

    return call


def told(claim):
    return claim.place, claim.place_id, claim.admin1, claim.level, claim.location


def test_two_towns_with_points_and_no_ids_stay_two(read):
    located = {"location": "located", "lon": 37.02, "lat": 49.0}
    far = {"place": "Bilohaiok", "location": "located", "lon": 37.5, "lat": 48.5}
    (first, second), notes = read(located, far)
    assert told(first) == ("Zolotopil", "1", "Kharkiv", "settlement", "located")
    assert told(second) == ("Bilohaiok", "2", "Donetsk", "settlement", "located")
    assert (first.lon, first.lat, first.confidence) == (37.0, 49.0, 1.0)
    assert notes == []


@pytest.mark.parametrize(
    ("place", "lat", "expected"),
    [
        ("Zolotopil", 49.0443, "1"),  # 4.9 km
        ("Zolotopil", 49.0470, ""),  # 5.2 km
        ("Золотополя", 49.0443, "1"),
        ("Vyhadane", 49.0172, "1"),  # 1.9 km
        ("Vyhadane", 49.0190, ""),  # 2.1 km
        ("Bilohaiok", 49.0172, "1"),  # the places of that name are far away
    ],
)
def test_a_point_is_the_place_of_its_name_within_5_km_or_any_within_2(read, place, lat, expected):
    (claim,), _ = read({"place": place, "lon": 37.0, "lat": lat})
    assert claim.place_id == expected
    assert (claim.location, claim.lon) == (("located", 37.0) if expected else ("unknown", None))


def test_what_stands_near_under_another_name_is_said_and_less_sure(read):
    (claim,), notes = read({"place": "Vyhadane", "lon": 37.0, "lat": 49.009})
    assert (claim.place, claim.as_written, claim.confidence) == ("Zolotopil", "Vyhadane", 0.5)
    assert notes == ["1: 'Vyhadane' taken for Zolotopil, 1.0 km from its point"]


def test_a_point_with_nothing_around_is_kept_as_not_located_and_said(read):
    (claim,), notes = read({"place": "Bilohaiok", "lon": 36.0, "lat": 49.0, "confidence": 0.9})
    assert told(claim) == ("Bilohaiok", "", "", "settlement", "unknown")
    assert (claim.lon, claim.lat, claim.confidence) == (None, None, 0.0)
    assert notes == [
        "1: no place named 'Bilohaiok' within 5 km of lon 36, lat 49, and none at all within 2 km: "
        "not located"
    ]


def test_of_two_places_of_a_name_the_nearer_is_meant(read):
    near = Place("5", "Bilohaiok", 37.5, 48.53, "Donetsk")
    places = Gazetteer([Entry(EASTERN), Entry(near)])
    (claim,), _ = read({"place": "Bilohaiok", "lon": 37.5, "lat": 48.517}, gazetteer=places)
    assert claim.place_id == "5"


@pytest.mark.parametrize("name", ["Kherson", "Херсон", "Kherson region", "Kherson Oblast"])
@pytest.mark.parametrize("point", [{}, {"lon": 33.0, "lat": 46.8}])
def test_a_claim_about_an_area_never_becomes_the_city_of_its_name(read, name, point):
    (claim,), notes = read({"place": name, "level": "area"} | point)
    assert told(claim) == ("Kherson Oblast", "oblast:kherson", "Kherson", "area", "located")
    assert (claim.lon, claim.lat) == (point.get("lon"), point.get("lat"))
    assert notes == []


def test_an_area_that_is_not_known_is_not_located(read):
    (bare, pointed), notes = read({"level": "area"}, {"level": "area", "lon": 37.0, "lat": 49.0})
    for claim in (bare, pointed):
        assert told(claim) == ("Zolotopil", "", "", "area", "unknown")
    assert notes == ["2: no area named 'Zolotopil' known: not located, its point unused"]


def test_without_a_level_the_name_decides_and_a_given_settlement_is_no_area(read):
    area = {"place": "Kherson Oblast", "lon": 33.0, "lat": 46.8}
    (free, town, none), _ = read(
        area, {"place": "Kherson"}, {"place": "Kherson Oblast", "level": "settlement"}
    )
    assert told(free)[1:] == ("oblast:kherson", "Kherson", "area", "located")
    assert told(town)[1:] == ("4", "Kherson", "settlement", "located")
    assert told(none)[1:] == ("", "", "settlement", "unknown")


@pytest.mark.parametrize("location", [{}, {"location": "located"}, {"location": "ambiguous"}])
def test_an_id_without_a_point_says_which_of_many_is_meant(read, location):
    (claim,), notes = read({"place": "Bilohaiok", "place_id": "3"} | location)
    assert told(claim) == ("Bilohaiok", "3", "Sumy", "settlement", "located")
    assert (claim.lon, claim.lat, claim.confidence) == (34.1, 51.1, 1.0)
    assert notes == []


def test_an_id_that_is_not_known_is_kept_with_a_point_and_said_without_one(read):
    (kept, named, lost), notes = read(
        {"place_id": "nope", "lon": 36.0, "lat": 49.0},
        {"place_id": "nope"},
        {"place_id": "nope", "place": "Bilohaiok"},
    )
    assert told(kept) == ("Zolotopil", "nope", "", "settlement", "located")
    assert (kept.lon, kept.lat) == (36.0, 49.0)
    assert told(named)[1] == "1"
    assert told(lost)[1:] == ("nope", "", "settlement", "ambiguous")
    assert notes == [f"{n}: no 'place_id' 'nope' known: looked up by name" for n in (2, 3)]


def test_an_id_whose_place_lies_elsewhere_or_has_another_name_is_said(read):
    (far, other, near), notes = read(
        {"place_id": "1", "lon": 37.0, "lat": 49.1},
        {"place_id": "1", "place": "Kherson"},
        {"place_id": "1", "place": "Золотополя", "lon": 37.0, "lat": 49.04},
    )
    assert (far.place_id, far.lat, other.place, near.admin1) == ("1", 49.1, "Zolotopil", "Kharkiv")
    assert notes == [
        "1: its point is 11 km from Zolotopil, its 'place_id'",
        "2: 'place_id' '1' is Zolotopil, not 'Kherson'",
    ]


def test_an_id_of_another_level_than_the_given_one_gives_way(read):
    (claim,), notes = read({"place": "Kherson", "place_id": "4", "level": "area"})
    assert told(claim)[1:4] == ("oblast:kherson", "Kherson", "area")
    assert notes == ["1: 'place_id' '4' is Kherson, a settlement, not an area: looked up by name"]


def test_a_point_far_from_the_war_is_said(read):
    (claim,), notes = read({"place_id": "x", "lon": -170, "lat": 10})
    assert (claim.lon, claim.lat) == (-170.0, 10.0)
    assert notes == ["1: lon -170, lat 10 is far from this war"]


def test_a_unit_that_is_not_known_does_not_stop_the_rest(read):
    (claim, _), notes = read({"admin1": "Wonderland"}, {})
    assert told(claim)[1:3] == ("1", "Kharkiv")
    assert notes == ["1: no first-level unit 'Wonderland' known: looked up without it"]


def test_what_is_said_to_be_ambiguous_or_unknown_stays_so(read):
    for location in ("ambiguous", "unknown"):
        (claim,), notes = read({"location": location, "confidence": 0.25})
        assert (claim.location, claim.place_id, claim.confidence) == (location, "", 0.25)
        assert notes == []


def test_a_name_in_decomposed_letters_is_the_same_name(read):
    (claim,), _ = read({"place": normalize("NFD", "Білогайок"), "admin1": "Sumy"})
    assert claim.place_id == "3"


def test_remarks_on_many_rows_are_told_as_twenty_and_a_number(read):
    claims, notes = read(*[{"place_id": "nope"}] * 30)
    assert len(claims) == 30
    assert len(notes) == 21
    assert notes[-1] == " 10 more rows to look at"
