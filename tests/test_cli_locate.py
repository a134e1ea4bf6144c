"""What ``tracker locate`` makes of a name, and of a place that it lies near."""

import json
import re

import pytest

from tracker.cli import run

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")


def test_the_nearest_place_of_a_name_comes_first(capfd):
    assert run(["locate", "Mykhailivka", "--near", "Orikhiv"]) == 1
    head, *places, last = capfd.readouterr().out.splitlines()
    assert head.startswith("Mykhailivka: ambiguous (")
    far = [int(re.search(r" · (\d+) km from Orikhiv · ", place)[1]) for place in places]
    assert len(far) == 10
    assert far == sorted(far)
    # 47.57 N 35.78 E to 47.27 N 35.22 E: 33 km south, 42 km west.
    assert far[0] == 54
    assert last.endswith("; the 10 nearest to Orikhiv are shown, --json lists all")


def test_what_is_shown_of_many_adds_up(capfd):
    assert run(["locate", "Mykhailivka", "--json"]) == 1
    known = len(json.loads(capfd.readouterr().out)["candidates"])
    assert known > 10
    assert run(["locate", "Mykhailivka"]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1] == f"  {known} of this name are in the table; 10 are shown, --json lists all"
    assert len(lines) == 12


def test_few_places_of_a_name_are_all_shown(capfd):
    assert run(["locate", "Dovhenke"]) == 1
    _, *places, last = capfd.readouterr().out.splitlines()
    assert last == f"  {len(places)} of this name are in the table"
    assert 1 < len(places) < 10


def test_a_place_that_is_found_by_its_neighbour_says_how_far_it_is(capfd):
    assert run(["locate", "Андріївка", "--near", "Bakhmut"]) == 0
    place, _ = capfd.readouterr().out.splitlines()
    assert place.startswith("Andriivka (Андріївка) · Donetsk · Bakhmut Raion · ")
    assert " · 11 km from Bakhmut · " in place


def test_json_has_the_distance_and_the_same_order(capfd):
    assert run(["locate", "Mykhailivka", "--near", "Orikhiv", "--json"]) == 1
    candidates = json.loads(capfd.readouterr().out)["candidates"]
    far = [place["km"] for place in candidates]
    assert far == sorted(far)
    assert round(far[0]) == 54
    assert run(["locate", "Izium", "--json"]) == 0
    assert "km" not in json.loads(capfd.readouterr().out)["place"]


def test_a_neighbour_of_many_is_named_with_its_unit(capfd):
    run(["locate", "Novoselivka", "--near", "Vasylivka"])
    first = capfd.readouterr().out.splitlines()[1]
    assert re.search(r" · \d+ km from Vasylivka, [A-Z][a-z]+ · ", first)


def test_a_neighbour_without_a_point_is_refused(capfd):
    assert run(["locate", "Mykhailivka", "--near", "Donbas"]) == 2
    assert capfd.readouterr().err == (
        "tracker: --near 'Donbas': an area; name a settlement, or give --admin\n"
    )


@pytest.mark.parametrize("name", ["", " ", "\t\n"])
def test_an_empty_name_is_a_wrong_call(capfd, name):
    assert run(["locate", name]) == 2
    assert capfd.readouterr().err == (
        "tracker: NAME is empty; give the name of a place; see tracker locate --help\n"
    )
