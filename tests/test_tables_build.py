"""The scripts that build the tables, on made-up entries: no package, no network."""

import importlib.util
import sys
from pathlib import Path

import pytest

GAZETTEER = Path(__file__).resolve().parent.parent / "gazetteer"


def script(name):
    spec = importlib.util.spec_from_file_location(name, GAZETTEER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def places():
    return script("build_places")


@pytest.fixture(scope="module")
def outline():
    return script("build_outline")


def entry(**given):
    return {
        "geonameid": 1, "name": "", "alternatenames": [], "countrycode": "UA", "admin1code": "05",
        "latitude": 48.0, "longitude": 37.0, "population": 0, **given,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Куп'янськ", "Kupiansk"),
        ("Згурівка", "Zghurivka"),
        ("Єнакієве", "Yenakiieve"),
        ("Юнаківка", "Yunakivka"),
        ("Щастя", "Shchastia"),
        ("Йосипівка", "Yosypivka"),
        ("Нью-Йорк", "Niu-York"),
        ("Їжаківка", "Yizhakivka"),
        ("Мар'їнка", "Marinka"),
        ("Ґанджалівка", "Gandzhalivka"),
    ],
)
def test_the_national_romanization_follows_the_resolution_of_2010(places, ukrainian, latin):
    assert places.romanize(ukrainian) == latin


def test_every_official_name_of_ukraine_in_the_tables_is_the_national_romanization(places):
    import csv

    for name in ("places.csv", "front.csv"):
        with (GAZETTEER / name).open(encoding="utf-8", newline="") as file:
            wrong = [
                (row["name"], row["name_uk"])
                for row in csv.DictReader(file)
                if row["namesakes"]
                and row["name"] != "Zmiinyi Island"
                and places.romanize(row["name_uk"]) != row["name"]
            ]
        assert wrong == []


def test_an_entry_that_the_register_does_not_know_is_left_out_and_counted(places):
    rows, left_out = places.build([entry(geonameid=999999999, name="Podil")])
    assert rows == []
    assert left_out == 1


def test_a_town_of_another_russian_oblast_is_not_ours(places):
    rows, left_out = places.build(
        [
            entry(geonameid=2, name="Moscow", countrycode="RU", admin1code="48"),
            entry(geonameid=3, name="Sud’zha", countrycode="RU", admin1code="41"),
        ]
    )
    assert [(row[0], row[1], row[3]) for row in rows] == [("3", "Sudzha", "Kursk")]
    assert left_out == 0


def test_an_old_name_is_kept_and_a_foreign_or_inflected_one_is_not(places):
    found = places.aliases(
        entry(
            name="Kharkiv",
            alternatenames=[
                "Kharkov",
                "Charkow",
                "Harjkov",
                "Чаркаў",
                "Харьковом",
                "Харьков",
                "Харків",
                "Соцгород",
                "ハルキウ",
            ],
        ),
        "Kharkiv",
        "Харків",
        "Харьков",
    )
    assert found == "en:Kharkov|mul:Соцгород|ru:Харьков"


def test_the_same_entries_in_another_order_give_the_same_rows(places):
    entries = [
        entry(geonameid=n, name=f"Place{n}", countrycode="RU", admin1code="41") for n in range(9)
    ]
    assert places.build(entries) == places.build(entries[::-1])


def test_arcs_are_running_sums_scaled_and_moved(outline):
    topology = {
        "transform": {"scale": [0.5, 2], "translate": [10, 20]},
        "arcs": [[[2, 1], [2, 0], [-4, 1]]],
    }
    assert outline.arcs_of(topology) == [[(11.0, 22.0), (12.0, 22.0), (10.0, 24.0)]]


def test_a_ring_joins_arcs_end_to_end_and_turns_negative_ones_round(outline):
    arcs = [[(0, 0), (1, 0)], [(0, 0), (1, 1), (1, 0)]]
    assert outline.ring_of([0, ~1], arcs) == [(0, 0), (1, 0), (1, 1), (0, 0)]
