"""The page as a text: what is in it, and what can never be."""

import json
import random
import re
from datetime import date

import folium
import pytest

from tracker.errors import UsageError
from tracker.mapping import build_map, render
from tracker.mapping.payload import outline_geometries, page_data, script_json
from tracker.model import Change, Claim, Place
from tracker.resources import load_war
from tracker.resources.assets import Asset, Assets

WAR = load_war("ukraine")
INLINED = Assets(Asset("window.L={};", "", ""), Asset(".leaflet{}", "", ""))
LINKED = Assets(
    Asset("", "https://cdn.jsdelivr.net/x.js", "sha384-js"),
    Asset("", "https://cdn.jsdelivr.net/x.css", "sha384-css"),
    "no network",
)


def claim(place="Izium", **fields):
    known = {
        "report_id": "r1",
        "published": date(2022, 9, 11),
        "url": "https://example.org/izium",
        "source": "Example Daily",
        "lang": "en",
        "place": place,
        "place_id": place.lower(),
        "as_written": place,
        "admin1": "Kharkiv",
        "level": "settlement",
        "change": "capture",
        "by": "UA",
        "holder": "UA",
        "date_from": date(2022, 9, 10),
        "date_to": date(2022, 9, 10),
        "claimed_by": "UA",
        "status": "asserted",
        "background": False,
        "quote": f"Ukraine took {place}.",
        "location": "located",
        "confidence": 0.9,
        "rule": "took",
        "lon": 37.26,
        "lat": 49.19,
    }
    return Claim(**(known | fields))


def change(place, day, holder="UA", status="confirmed", **fields):
    known = {
        "place_id": place.lower(),
        "place": place,
        "admin1": "Kharkiv",
        "lon": 37.26,
        "lat": 49.19,
        "holder": holder,
        "from_holder": "",
        "date_from": day,
        "date": day,
        "status": status,
        "background": False,
        "claims": (claim(place),),
    }
    return Change(**(known | fields))


CHANGES = [
    change("Izium", date(2022, 4, 1), "RU"),
    change("Izium", date(2022, 9, 10)),
    change("Balakliia", date(2022, 9, 8), status="claimed"),
    change("Bakhmut", date(2023, 5, 20), "RU", "disputed"),
]
OTHERS = [claim("Ivanivka", location="ambiguous"), claim("Myrne", location="unknown")]
LABELS = [
    Place("1", "Sumy", 34.8, 50.91, population=256474),
    Place("2", "Kharkiv", 36.25, 49.99, population=1421125),
    Place("3", "Donbas", None, None, level="area"),
]


def page(changes=CHANGES, assets=INLINED, **options):
    return render(build_map(changes, war=WAR, assets=assets, **options))


def days_since_1970(day):
    return (day - date(1970, 1, 1)).days


def test_the_same_changes_in_any_order_give_the_same_bytes():
    first = page(other_claims=OTHERS, labels=LABELS)
    shuffled = CHANGES.copy()
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert page(shuffled, other_claims=OTHERS[::-1], labels=LABELS[::-1]) == first


def test_a_map_rendered_twice_gives_the_same_bytes():
    map_ = build_map(CHANGES, war=WAR, assets=INLINED)
    assert render(map_) == render(map_)


def test_the_page_names_no_script_style_or_picture_outside_itself():
    text = page()
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=", text) == [
        '<link rel="icon" href='
    ]
    assert '<link rel="icon" href="data:,">' in text
    assert not re.search(r"url\((?![\"']?data:)", text)
    assert "import(" not in text


def test_the_policy_admits_only_the_scripts_of_the_page():
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page())[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe-inline'" not in policy
    assert "http" not in policy


def test_without_leaflet_the_page_links_it_by_hash_and_the_policy_admits_that_host():
    text = page(assets=LINKED)
    assert (
        '<script src="https://cdn.jsdelivr.net/x.js" integrity="sha384-js" crossorigin="anonymous">'
        in text
    )
    assert (
        '<link rel="stylesheet" href="https://cdn.jsdelivr.net/x.css" '
        'integrity="sha384-css" crossorigin="anonymous">' in text
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert re.search(r"script-src 'sha256-[^ ]+' https://cdn.jsdelivr.net/x.js;", policy)
    assert "style-src 'unsafe-inline' https://cdn.jsdelivr.net/x.css;" in policy


def test_each_group_is_a_layer_of_foliums_layer_control():
    map_ = build_map(CHANGES, war=WAR, assets=INLINED, by="month")
    layers = [c for c in map_._children.values() if isinstance(c, folium.FeatureGroup)]
    assert [layer.layer_name for layer in layers] == [
        "2022-04 · Russia (1)",
        "2022-09 · Ukraine (2)",
        "2023-05 · Russia (1)",
    ]
    assert any(isinstance(c, folium.LayerControl) for c in map_._children.values())


def test_the_page_names_the_rule_that_moves_the_map():
    assert "Confirmed and claimed changes move the map; disputed ones do not." in page()
    assert "Only confirmed changes move the map." in page(rule="confirmed")
    with pytest.raises(UsageError, match="unknown rule 'all'; choose from claimed, confirmed"):
        page(rule="all")


def test_an_unknown_grouping_is_refused():
    with pytest.raises(UsageError, match="choose from day, week, month, auto"):
        build_map(CHANGES, war=WAR, assets=INLINED, by="year")


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>",
        "<!--",
        "&lt;",
        "\u2028\u2029",
        "\ud800",
        "'\"\\`${1}",
        "{{ 7 }} {% x %} {# y #} {{{%",
        "Ізюм",
    ],
)
def test_text_survives_the_escaping_step_and_cannot_leave_a_script(text):
    written = script_json({"text": text})
    assert not re.search("[<>&\u2028\u2029]|{[{%#]", written)
    assert written.encode("utf-8")
    assert json.loads(written) == {"text": text}


def test_the_slider_runs_from_the_eve_of_the_first_change_to_the_last_change():
    data = data_of(CHANGES)
    assert data["first"] == days_since_1970(date(2022, 3, 31))
    assert data["last"] == days_since_1970(date(2023, 5, 20))


def test_changes_before_the_war_do_not_stretch_the_slider_but_are_kept():
    data = data_of([*CHANGES, change("Simferopol", date(2014, 2, 27), "RU")])
    assert data["first"] == days_since_1970(date(2022, 2, 23))
    assert "Simferopol" in [place["name"] for place in data["places"]]


def data_of(changes, **options):
    from tracker.mapping import group_changes

    return page_data(group_changes(changes), war=WAR, **options)


def test_changes_of_one_place_stand_together_in_order_of_time():
    data = data_of(CHANGES[::-1])
    izium = next(place for place in data["places"] if place["name"] == "Izium")
    assert izium["at"] == [49.19, 37.26]
    assert [(c["side"], c["day"]) for c in izium["changes"]] == [
        ("RU", days_since_1970(date(2022, 4, 1))),
        ("UA", days_since_1970(date(2022, 9, 10))),
    ]


def test_places_without_an_id_are_told_apart_by_name_and_point():
    data = data_of(
        [
            change("Ivanivka", date(2022, 9, 1), place_id="", lon=37.0),
            change("Ivanivka", date(2022, 9, 2), place_id="", lon=38.0),
        ]
    )
    assert [place["at"] for place in data["places"]] == [[49.19, 37.0], [49.19, 38.0]]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"location": "ambiguous"}, "The name fits several places"),
        ({"location": "unknown", "level": "area"}, "The place is not in the gazetteer"),
        ({"level": "area"}, "A region, not a settlement"),
        ({"status": "partial"}, "Only a part of the place"),
        ({"status": "ongoing"}, "Announced or under way, not done"),
        ({"status": "denied"}, "Denied, and asserted by no one"),
        ({}, "Not used under the rule of this map"),
    ],
)
def test_a_claim_without_a_marker_is_listed_with_the_reason(fields, reason):
    (listed,) = data_of([], other_claims=[claim(**fields)])["others"]
    assert (listed["reason"], len(listed["claims"])) == (reason, 1)


def test_a_claim_without_a_source_is_named_by_its_host_or_its_report():
    others = [
        claim(source="", report_id="a"),
        claim(source="", report_id="b", url="javascript:alert(1)"),
    ]
    (listed,) = data_of([], other_claims=others)["others"]
    assert [(c["source"], c["url"]) for c in listed["claims"]] == [
        ("example.org", "https://example.org/izium"),
        ("report b", ""),
    ]


def test_a_side_that_the_war_does_not_know_keeps_its_name():
    sides = data_of([change("Izium", date(2022, 9, 10), "contested")])["sides"]
    assert [(side["id"], side["name"]) for side in sides] == [
        ("UA", "Ukraine"),
        ("RU", "Russia"),
        ("contested", "contested"),
    ]


def test_labels_come_by_size_and_only_with_a_point():
    assert data_of([], labels=LABELS)["labels"] == [
        ["Kharkiv", 49.99, 36.25],
        ["Sumy", 50.91, 34.8],
    ]


def test_only_lines_and_polygons_of_an_outline_are_drawn():
    ring = [[22.12345, 48.0], [40.0, 48.0], [30.0, 52.0], [22.12345, 48.0]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    outline = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": "<b>"}, "geometry": polygon},
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [30, 50]}},
            {"type": "Feature", "geometry": None},
        ],
    }
    rounded = [[22.123, 48.0], [40.0, 48.0], [30.0, 52.0], [22.123, 48.0]]
    assert outline_geometries(outline) == [{"type": "Polygon", "coordinates": [rounded]}]
