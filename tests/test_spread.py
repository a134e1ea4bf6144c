"""Claims about areas move the places in them only when that is asked for."""

import csv
import io
import json
from dataclasses import replace

import pytest
from test_control import claim

from tracker.cli import run
from tracker.control import embedded_baseline, spread
from tracker.model import claim_id
from tracker.resources import load_extents, load_war

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")


def about(area_id, by="RU", day="2022-07-03", **more):
    return claim(by, day, place=area_id, place_id=area_id, point=(None, None), level="area", **more)


def names(gazetteer, area_id, **more):
    found = spread([about(area_id, **more)], gazetteer, load_extents())
    return {one.place for one in found.claims}, found


def test_an_oblast_spreads_over_its_places_and_no_others(gazetteer):
    places, found = names(gazetteer, "oblast:luhansk")
    assert {"Lysychansk", "Svatove", "Luhansk"} <= places
    assert not {"Bakhmut", "Izium"} & places
    assert {one.admin1 for one in found.claims} == {"Luhansk"}
    assert {one.level for one in found.claims} == {"settlement"}


def test_a_raion_spreads_over_its_places(gazetteer):
    places, _ = names(gazetteer, "raion:donetsk:bakhmut")
    assert {"Bakhmut", "Soledar"} <= places
    assert "Avdiivka" not in places


def test_a_river_divides_kherson_oblast(gazetteer):
    right, _ = names(gazetteer, "region:right-bank-kherson", by="UA")
    left, _ = names(gazetteer, "region:left-bank-kherson")
    east = {"Oleshky", "Nova Kakhovka", "Hola Prystan", "Kakhovka", "Krynky", "Hornostaivka"}
    west = {"Beryslav", "Zolota Balka", "Stanislav", "Dudchany"}
    assert west <= right
    assert not east & right
    assert east <= left
    assert not west & left


def test_a_spread_claim_leads_back_to_the_one_in_the_report(gazetteer):
    told = about("oblast:luhansk")
    found = spread([told], gazetteer, load_extents())
    assert set(found.origin.values()) == {claim_id(told)}
    assert len(found.origin) == len(found.claims)
    assert found.claims[0].confidence < told.confidence


def test_what_has_no_extent_or_is_under_way_moves_nothing(gazetteer):
    _, found = names(gazetteer, "river:oskil")
    assert (found.claims, found.unknown) == ([], {"Oskil"})
    _, found = names(gazetteer, "oblast:luhansk", status="ongoing")
    assert found.claims == []


def test_a_place_that_the_report_excepts_stays_out(gazetteer):
    told = about("raion:donetsk:mariupol", day="2022-03-05")
    town = gazetteer.locate("Mariupol").place
    but = claim("RU", "2022-03-05", status="denied", place="Mariupol", place_id=town.place_id)
    found = spread([told, but], gazetteer, load_extents())
    assert "Sartana" in {one.place for one in found.claims}
    assert "Mariupol" not in {one.place for one in found.claims}
    found = spread([told, replace(but, report_id="another")], gazetteer, load_extents())
    assert "Mariupol" in {one.place for one in found.claims}


def test_freeing_an_oblast_says_nothing_of_towns_that_nobody_had_lost(gazetteer):
    freed = about("oblast:kyiv", by="UA", day="2022-04-02")
    bucha = gazetteer.locate("Буча").place
    lost = claim("RU", "2022-03-12", place="Bucha", place_id=bucha.place_id)
    baseline = embedded_baseline(load_war())
    found = spread([freed, lost], gazetteer, load_extents(), baseline)
    assert {one.place for one in found.claims} == {"Bucha"}
    later = spread(
        [freed, replace(lost, date_from=lost.date_from.replace(month=5))],
        gazetteer,
        load_extents(),
        baseline,
    )
    assert later.claims == []


def test_taking_an_oblast_says_nothing_of_towns_held_from_the_beginning(gazetteer):
    taken = about("oblast:luhansk", day="2022-07-03")
    found = spread([taken], gazetteer, load_extents(), embedded_baseline(load_war()))
    places = {one.place for one in found.claims}
    assert {"Lysychansk", "Shchastia"} <= places
    assert not {"Luhansk", "Alchevsk", "Dovzhansk"} & places


def test_what_was_occupied_in_2022_beside_whole_districts_has_an_extent(gazetteer):
    south, _ = names(gazetteer, "region:south-zaporizhzhia")
    assert {"Tokmak", "Polohy", "Vasylivka", "Enerhodar", "Melitopol", "Berdiansk"} <= south
    assert not {"Orikhiv", "Huliaipole", "Stepnohirsk", "Mala Tokmachka"} & south
    volnovakha, _ = names(gazetteer, "region:south-volnovakha")
    assert {"Volnovakha", "Staromlynivka"} <= volnovakha
    assert not {"Vuhledar", "Velyka Novosilka"} & volnovakha
    east, _ = names(gazetteer, "region:east-kharkiv")
    assert {"Izium", "Kupiansk", "Balakliia", "Vovchansk", "Borova"} <= east
    assert not {"Chuhuiv", "Kharkiv", "Barvinkove"} & east
    west, _ = names(gazetteer, "region:kharkiv-west-of-oskil", by="UA")
    assert {"Izium", "Kupiansk", "Balakliia", "Vovchansk", "Dvorichna"} <= west
    assert "Kupiansk-Vuzlovyi" not in west


def test_towns_move_with_their_area_only_under_the_option(here):
    told = replace(about("oblast:luhansk"), place="Luhansk Oblast")
    row = {
        name: str(getattr(told, name))
        for name in ("report_id", "published", "place", "place_id", "change", "by")
    }
    row |= {"date_from": "2022-07-03", "date_to": "2022-07-03", "level": "area"}
    (here / "claims.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    held = []
    for more in ([], ["--areas"]):
        args = ["control", "claims.jsonl", "-o", "holders.csv", "--overwrite", *more]
        assert run(args) == 0
        text = (here / "holders.csv").read_text("utf-8")
        rows = [r for r in csv.DictReader(io.StringIO(text)) if r["place"] == "Lysychansk"]
        held.append([(r["valid_from"], r["valid_to"], r["holder"]) for r in rows])
    assert held == [
        [("", "", "UA")],
        [("", "2022-07-03", "UA"), ("2022-07-03", "", "RU")],
    ]
