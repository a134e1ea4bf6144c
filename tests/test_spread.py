"""Claims about areas move the places in them only when that is asked for."""

import csv
import io
import json
from dataclasses import replace

import pytest
from test_control import claim

from tracker.cli import run
from tracker.control import spread
from tracker.model import claim_id
from tracker.resources import load_extents

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
