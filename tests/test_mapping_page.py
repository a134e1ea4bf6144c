"""The page as a text: what is in it, and what can never be."""

import base64
import json
import random
import re
import zlib
from datetime import date
from itertools import accumulate
from pathlib import Path

import folium
import pytest

from tracker.errors import HoldersError, UsageError
from tracker.mapping import build_map, group_changes, layer, render
from tracker.mapping.changed import holders_of_changes
from tracker.mapping.columns import pack
from tracker.mapping.layer import SCRIPTS
from tracker.mapping.payload import Told, payload, polygon_rings, script_json
from tracker.mapping.timelines import span_columns
from tracker.model import Change, Claim, Place
from tracker.resources import load_war, read_text
from tracker.resources.assets import Asset, Assets

WAR = load_war("ukraine")
INLINED = Assets(
    Asset("window.L={};", "", ""), Asset(".leaflet{}", "", ""), Asset("window.d3={};", "", "")
)
LINKED = Assets(
    Asset("", "https://cdn.jsdelivr.net/x.js", "sha384-js"),
    Asset("", "https://cdn.jsdelivr.net/x.css", "sha384-css"),
    Asset("", "https://cdn.jsdelivr.net/y.js", "sha384-cells"),
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
TOWNS = [
    Place("izium", "Izium", 37.26, 49.19, "Kharkiv", population=45884),
    Place("bakhmut", "Bakhmut", 37.26, 49.19, "Donetsk", population=71094),
    Place("3", "Donbas", None, None, level="area"),
]


def page(changes=CHANGES, assets=INLINED, **options):
    return render(build_map(changes, war=WAR, assets=assets, **options))


def days_since_1970(day):
    return (day - date(1970, 1, 1)).days


def test_the_same_changes_in_any_order_give_the_same_bytes():
    first = page(other_claims=OTHERS, places=TOWNS)
    shuffled = CHANGES.copy()
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert page(shuffled, other_claims=OTHERS[::-1], places=TOWNS[::-1]) == first


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
    assert re.search(
        r"script-src 'sha256-[^ ]+' https://cdn.jsdelivr.net/x.js https://cdn.jsdelivr.net/y.js;",
        policy,
    )
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


def data_of(changes, **options):
    told = Told(holders_of_changes(changes), WAR, groups=group_changes(changes), **options)
    return payload(told)


def test_the_slider_runs_from_the_eve_of_the_first_change_to_the_last_change():
    head = data_of(CHANGES).head
    assert head["first"] == days_since_1970(date(2022, 3, 31))
    assert head["last"] == days_since_1970(date(2023, 5, 20))


def test_changes_before_the_war_do_not_stretch_the_slider_but_are_kept():
    data = data_of([*CHANGES, change("Simferopol", date(2014, 2, 27), "RU")])
    assert data.head["first"] == days_since_1970(date(2022, 2, 23))
    assert data.core["places"]["id"] == ["bakhmut", "balakliia", "izium", "simferopol"]
    # From 2022-02-23 back to 2014-02-27.
    assert data.core["changes"]["day"][-1] == -2918


def test_places_are_columns_of_small_numbers():
    data = data_of(CHANGES, places=TOWNS)
    assert data.core["units"] == ["", "Donetsk", "Kharkiv"]
    assert data.core["places"] == {
        "id": ["bakhmut", "balakliia", "izium"],
        "name": ["Bakhmut", "Balakliia", "Izium"],
        "lon": [372600, 0, 0],
        "lat": [491900, 0, 0],
        "unit": [1, 2, 2],
        "people": [71094, 0, 45884],
    }


def test_holders_are_spans_of_days_and_codes():
    # Izium: unknown, then Russia from 1 April 2022, then Ukraine from 10 September 2022; Bakhmut
    # was only disputed. Days are told to those of the changes.
    assert data_of(CHANGES).core["timelines"] == [
        {
            "spans": [1, 2, 3],
            "day": [0, 0, 0],
            "code": [0, 0, 4 * 2 + 1, 0, 4 * 1 + 2, 4 * 1 + 1],
            "sure": [0, 0, 70, 0, 95, 95],
        }
    ]


def test_changes_of_one_place_stand_together_in_order_of_time():
    data = data_of(CHANGES[::-1])
    assert data.head["parties"] == ["", "UA", "RU"]
    # By place: Bakhmut, Balakliia, Izium twice.
    assert data.core["changes"] == {
        "spans": [1, 1, 2],
        "day": [415, 161, 1, 162],
        "length": [0, 0, 0, 0],
        "side": [2, 1, 2, 1],
        "before": [0, 0, 0, 0],
        "status": [3, 2, 1, 1],
        "area": [0, 0, 0, 0],
    }
    # First day and side of each group: 1 April, 8 and 10 September, 20 May of the next year.
    assert data.head["groups"] == [[19083, 2], [19243, 1], [19245, 1], [19497, 2]]


def test_the_day_of_a_span_is_told_to_the_change_of_its_number():
    frame = holders_of_changes(CHANGES)
    days = {"balakliia": [19240], "izium": [19083]}
    # Balakliia changes on day 19243; Izium on 19083 and 19245, of which the list has but one.
    assert span_columns(frame, WAR, days)["day"] == [3, 0, 162]


def test_a_place_beyond_the_outline_is_marked():
    ring = [[37.0, 49.0], [37.5, 49.0], [37.5, 49.5], [37.0, 49.5], [37.0, 49.0]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    changes = [*CHANGES, change("Sudzha", date(2022, 9, 9), lon=35.27, lat=51.19)]
    data = data_of(changes, outline=outline)
    assert [data.core["places"]["id"][i] for i in data.core["abroad"]] == ["sudzha"]
    assert data.core["outline"] == [[370000, 490000, 5000, 0, 0, 5000, -5000, 0, 0, -5000]]


def test_a_change_of_a_place_that_the_holders_do_not_have_is_refused():
    told = Told(holders_of_changes(CHANGES[:2]), WAR, groups=group_changes(CHANGES))
    with pytest.raises(HoldersError, match=r"a change of 'Balakliia' \('balakliia'\)"):
        payload(told)


def test_places_without_an_id_are_told_apart_by_name_and_point():
    data = data_of(
        [
            change("Ivanivka", date(2022, 9, 1), place_id="", lon=37.0),
            change("Ivanivka", date(2022, 9, 2), place_id="", lon=38.0),
        ]
    )
    assert data.core["places"]["id"] == ["Ivanivka@49.1900,37.0000", "Ivanivka@49.1900,38.0000"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"location": "ambiguous"}, "ambiguous"),
        ({"location": "unknown", "level": "area"}, "unknown"),
        ({"level": "area"}, "area"),
        ({"status": "partial"}, "partial"),
        ({"status": "ongoing"}, "ongoing"),
        ({"status": "denied"}, "denied"),
        ({}, "unused"),
    ],
)
def test_a_claim_without_a_change_is_listed_with_the_reason(fields, reason):
    data = data_of(CHANGES, other_claims=[claim(**fields)])
    assert data.head["others"] == [{"reason": reason, "count": 1}]


def told_by(data, name):
    """One column of the claims, as texts."""
    return [data.archive["texts"][name][i] for i in accumulate(data.archive["claims"][name])]


def test_each_claim_is_kept_once_with_its_texts():
    twice = claim("Izium", quote="Taken.")
    data = data_of([change("Izium", date(2022, 9, 10), claims=(twice, twice))])
    assert told_by(data, "quote") == ["Taken."]
    assert (data.archive["spans"], data.archive["of"]) == ([2], [0, 0])


def test_a_claim_without_a_source_is_named_by_its_host_or_its_report():
    others = [
        claim(source="", report_id="a"),
        claim(source="", report_id="b", url="javascript:alert(1)"),
    ]
    data = data_of([change("Izium", date(2022, 9, 10), claims=())], other_claims=others)
    assert told_by(data, "source") == ["example.org", "report b"]
    assert told_by(data, "url") == ["https://example.org/izium", ""]


def test_a_side_that_the_war_does_not_know_keeps_its_name():
    sides = data_of([change("Izium", date(2022, 9, 10), "Wagner")]).head["sides"]
    assert [(side["id"], side["name"]) for side in sides] == [
        ("UA", "Ukraine"),
        ("RU", "Russia"),
        ("Wagner", "Wagner"),
    ]


def test_packed_data_can_be_unpacked_and_holds_no_markup():
    value = {"text": "</script>{{ 7 }} Ізюм", "days": list(range(1000))}
    packed = pack(value)
    assert re.fullmatch(r"[A-Za-z0-9+/]+=*", packed)
    binary = base64.b64decode(packed)
    text = zlib.decompress(binary[4:], -15)
    assert int.from_bytes(binary[:4], "little") == len(text)
    assert json.loads(text) == value


def test_only_polygons_of_an_outline_count():
    ring = [[22.12345, 48.0], [40.0, 48.0], [30.0, 52.0], [22.12345, 48.0]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    outline = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": "<b>"}, "geometry": polygon},
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [30, 50]}},
            {"type": "Feature", "geometry": None},
            {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}},
        ],
    }
    assert polygon_rings(outline) == [ring, ring]


def test_no_two_scripts_give_one_name_to_two_things():
    """They share one scope, in which a second function of a name silently replaces the first."""
    named = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
    names = [
        name
        for script in SCRIPTS
        for name in named.findall(read_text("mapping", "static", f"{script}.js"))
    ]
    assert len(names) > 100
    assert sorted(names) == sorted(set(names))


STATIC = sorted((Path(layer.__file__).parent / "static").iterdir())


@pytest.mark.parametrize("file", STATIC, ids=lambda file: file.name)
def test_no_text_in_a_script_or_style_goes_over_a_line(file):
    for line in file.read_text("utf-8").splitlines():
        assert line.count("`") % 2 == 0, line
        assert not line.endswith("\\"), line
        if file.suffix == ".css":
            assert ("/*" in line) == ("*/" in line), line
        else:
            assert "/*" not in line


def test_comments_and_indentation_stay_out_of_the_page():
    text = layer.static("state.js")
    assert "//" not in text.replace("://", "")
    assert not re.search(r"^\s", text, re.M)
    assert "class State {\nconstructor(values, first, last) {" in text
