"""The front of the day decides between places that share a name, where the text leaves it open."""

from dataclasses import replace

from test_control import claim

from tracker.control import clear_up
from tracker.model import Place
from tracker.places import Gazetteer
from tracker.places.tables import Entry


def place(place_id, name, lon, lat, admin1):
    return Entry(Place(place_id, name, lon, lat, admin1), namesakes=2)


EAST = place("east", "Zelenivka", 37.5, 48.0, "Donetsk")
WEST = place("west", "Zelenivka", 24.0, 49.5, "Lviv")
SOUTH = place("south", "Zelenivka", 33.0, 46.7, "Kherson")


GAZETTEER = Gazetteer([EAST, WEST, SOUTH])
OPEN = replace(
    claim("RU", "2024-05-10", place="Zelenivka", place_id="", point=(None, None)),
    as_written="Zelenivka",
    quote="Russian forces captured Zelenivka on Friday, the Defence Ministry said.",
    location="ambiguous",
    confidence=0.3,
)


def meant(*known):
    """Where the claim of Zelenivka is put, whatever the order of the claims."""
    claims = [OPEN, *known]
    found = clear_up(claims, GAZETTEER)
    assert found[1:] == list(known)
    assert clear_up(claims[::-1], GAZETTEER) == found[::-1]
    return found[0]


def near_east(day="2024-05-08", by="RU", point=(37.6, 48.1)):
    return claim(by, day, place_id="other", point=point)


def test_a_name_stays_open_where_nothing_tells_where_the_front_was():
    assert meant() == OPEN


def test_the_namesake_near_what_was_taken_those_weeks_is_meant():
    found = meant(near_east(), near_east("2024-05-11", point=(37.4, 47.9)))
    assert (found.place_id, found.location, found.admin1) == ("east", "located", "Donetsk")
    assert (found.lon, found.lat) == (37.5, 48.0)
    assert found.rule.endswith("/front")
    assert found.confidence < 0.3


def test_one_place_nearby_is_not_enough():
    assert meant(near_east()) == OPEN


def test_what_the_other_side_took_says_nothing():
    assert meant(near_east(by="UA"), near_east(by="UA", point=(37.4, 47.9))) == OPEN


def test_what_was_taken_a_year_before_says_nothing():
    assert meant(near_east("2023-05-08"), near_east("2023-05-11", point=(37.4, 47.9))) == OPEN


def test_two_namesakes_near_the_front_stay_open():
    south = [near_east(point=(33.1, 46.8)), near_east(point=(32.9, 46.6))]
    assert meant(near_east(), near_east(point=(37.4, 47.9)), *south) == OPEN
