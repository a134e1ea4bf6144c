"""Measures of claims against labelled reports, worked out by hand, and their command."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tracker.cli import run
from tracker.export import write_claims
from tracker.model import Claim
from tracker.reading.labels import labelled
from tracker.reading.score import Scores, score

CLAIM = Claim(
    report_id="a",
    published=date(2022, 9, 12),
    url="",
    source="",
    lang="en",
    place="Zolotopil",
    place_id="1",
    as_written="Zolotopil",
    admin1="Kharkiv",
    level="settlement",
    change="capture",
    by="UA",
    holder="UA",
    date_from=date(2022, 9, 10),
    date_to=date(2022, 9, 11),
    claimed_by="UA",
    status="asserted",
    background=False,
    quote="took Zolotopil",
    location="located",
    confidence=0.9,
    rule="made.up",
    lon=37.2,
    lat=49.2,
)
LABEL = {
    "place": "Zolotopil",
    "as_written": "Zolotopil",
    "lat": 49.2,
    "lon": 37.2,
    "level": "settlement",
    "change": "capture",
    "by": "UA",
    "holder_after": "UA",
    "date_from": "2022-09-10",
    "date_to": "2022-09-11",
    "claimed_by": "UA",
    "status": "asserted",
    "quote": "took Zolotopil",
}
OTHER = LABEL | {"place": "Bilohaiok", "as_written": "Bilohaiok", "lat": 51.1, "lon": 34.1}
OTHER_CLAIM = replace(
    CLAIM, place="Bilohaiok", as_written="Bilohaiok", place_id="2", lat=51.1, lon=34.1
)


def report(*labels, name="a", lang="en", ambiguous=()):
    row = {"claims": list(labels), "ambiguous": list(ambiguous)}
    made, faults = labelled(row, name, lang)
    assert faults == []
    return made


def scored(labels, claims, **more):
    return score([report(*labels, **more)], claims).all


def test_claims_that_say_what_the_labels_say_score_one_in_everything():
    one = scored([LABEL], [CLAIM])
    assert (one.precision, one.recall, one.f1, one.strict_f1) == (1, 1, 1, 1)
    assert (one.where, one.when, one.who) == (1, 1, 1)
    assert one.quiet is None


def test_precision_and_recall_count_distinct_places_and_holders():
    claims = [CLAIM, replace(CLAIM, quote="told twice"), replace(OTHER_CLAIM, holder="RU", by="RU")]
    one = scored([LABEL, OTHER, LABEL | {"holder_after": "RU", "by": "RU"}], claims)
    assert (one.gold, one.found, one.hit) == (3, 2, 1)
    assert (one.precision, one.recall, one.f1) == (1 / 2, 1 / 3, 2 / 5)


# 0.0452 degrees of latitude are 4.998 km, 0.0453 are 5.009 km.
@pytest.mark.parametrize(("degrees", "hits"), [(0.0452, 1), (0.0453, 0)])
def test_a_place_matches_within_five_kilometres(degrees, hits):
    one = scored([LABEL], [replace(CLAIM, lat=49.2 + degrees)])
    assert (one.hit, one.near, one.named) == (hits, hits, 1)


# At 60 degrees north a degree of longitude is 55.66 km: 0.0898 are 4.998 km, 0.0899 are 5.004 km.
@pytest.mark.parametrize(("degrees", "hits"), [(0.0898, 1), (0.0899, 0)])
def test_degrees_of_longitude_shrink_to_the_north(degrees, hits):
    claim = replace(CLAIM, lat=60.0, lon=37.2 + degrees)
    assert scored([LABEL | {"lat": 60.0}], [claim]).hit == hits


def test_the_strict_measure_wants_the_change_and_the_acting_side_too():
    one = scored([LABEL], [replace(CLAIM, change="withdrawal", by="RU")])
    assert (one.f1, one.strict_f1) == (1, 0)
    both = scored([LABEL], [CLAIM, replace(CLAIM, change="withdrawal", by="RU")])
    assert (both.f1, both.gold_strict, both.found_strict, both.strict_f1) == (1, 1, 2, 2 / 3)


def test_of_two_near_places_the_one_of_the_same_name_is_the_partner():
    # The claim on Zolotopil lies nearer to the label of Bilohaiok than to its own.
    near = LABEL | {"place": "Bilohaiok", "as_written": "Bilohaiok", "lat": 49.21}
    one = scored([near, LABEL], [replace(CLAIM, lat=49.209)])
    told = score([report(near, LABEL)], [replace(CLAIM, lat=49.209)])
    assert one.hit == 1
    assert [(miss.kind, miss.place) for miss in told.misses] == [("missed", "Bilohaiok")]


def test_a_claim_is_the_partner_of_one_label_only():
    near = LABEL | {"place": "Bilohaiok", "as_written": "Bilohaiok", "lat": 49.21}
    assert scored([LABEL, near], [CLAIM]).hit == 1
    assert scored([LABEL, near], [CLAIM, replace(CLAIM, place="X", place_id="9")]).hit == 2


def test_where_asks_of_each_named_place_whether_any_claim_lies_there():
    far = replace(CLAIM, lat=48.0)
    assert scored([LABEL], [far]).where == 0
    assert scored([LABEL], [far, replace(CLAIM, status="denied")]).where == 1
    assert scored([LABEL], [OTHER_CLAIM]).where is None
    written = replace(CLAIM, place="Izium", as_written="ZOLOTOPIL", lat=None, lon=None)
    assert (scored([LABEL], [written]).named, scored([LABEL], [written]).near) == (1, 0)


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        ((9, 12), (9, 12), 1),  # a day after the labelled range
        ((9, 13), (9, 13), 0),
        ((9, 9), (9, 9), 1),  # a day before it
        ((9, 8), (9, 8), 0),
        ((9, 2), (9, 11), 1),  # nine days longer than a point: 2 * 1 + 7
        ((9, 1), (9, 11), 0),
    ],
)
def test_days_meet_give_or_take_one_and_long_ranges_meet_nothing(first, last, meets):
    claim = replace(CLAIM, date_from=date(2022, *first), date_to=date(2022, *last))
    assert scored([LABEL], [claim]).when_hit == meets


def test_a_label_without_days_meets_none():
    assert scored([LABEL | {"date_from": None}], [CLAIM]).when == 0


def test_who_takes_any_labelled_claimant():
    russian = replace(CLAIM, claimed_by="RU")
    assert scored([LABEL], [russian]).who == 0
    assert scored([LABEL, LABEL | {"claimed_by": "RU"}], [russian]).who == 1
    assert scored([LABEL | {"claimed_by": "both"}], [russian]).who == 1
    assert scored([LABEL], [replace(CLAIM, claimed_by="both")]).who == 0


def test_a_quiet_report_is_one_without_an_asserted_claim():
    denied = LABEL | {"status": "denied"}
    assert scored([], []).quiet == 1
    assert scored([denied], [CLAIM]).quiet == 0
    assert scored([denied], [replace(CLAIM, status="denied")]).quiet == 1
    assert scored([LABEL | {"level": "area"}], []).quiet is None


@pytest.mark.parametrize(
    "change",
    [{"status": "partial"}, {"level": "area"}, {"lat": None, "lon": None}],
)
def test_only_asserted_claims_on_settlements_with_a_point_are_scored(change):
    one = scored([], [replace(CLAIM, **change)])
    assert (one.found, one.quiet) == (0, 1)
    assert scored([LABEL | change], []).gold == 0


@pytest.mark.parametrize(
    "labels",
    [[LABEL | {"lat": None, "lon": None}], [LABEL | {"ambiguous": True}]],
)
def test_names_that_the_text_does_not_settle_count_neither_way(labels):
    one = scored(labels, [CLAIM, replace(CLAIM, place="Izium", place_id="3", lat=49.5)])
    assert (one.gold, one.found) == (0, 0)
    assert scored([LABEL], [CLAIM], ambiguous=["Zolotopil"]).found == 0


def test_claims_without_an_id_are_told_apart_by_name_and_point():
    bare = replace(CLAIM, place_id="")
    moved = replace(bare, lat=49.2002)
    further = replace(bare, lat=49.202)
    assert scored([LABEL], [bare, moved]).found == 1
    assert scored([LABEL], [bare, further]).found == 2
    assert scored([LABEL], [bare, replace(bare, place="Izium")]).found == 2


def test_each_language_has_a_score_and_all_is_their_sum():
    reports = [report(LABEL), report(OTHER, name="b", lang="uk")]
    scores = score(reports, [CLAIM, replace(OTHER_CLAIM, report_id="c")])
    assert list(scores.languages) == ["en", "uk"]
    assert (scores.languages["en"].f1, scores.languages["uk"].f1) == (1, 0)
    assert (scores.all.reports, scores.all.precision, scores.all.recall) == (2, 1, 0.5)


def test_nothing_at_all_has_no_measures():
    assert score([], []) == Scores()
    assert score([], []).all.f1 is None


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({}, "no list 'claims': no labelled report"),
        ({"claims": ["x"]}, "claim 1: no JSON object: 'x'"),
        ({"claims": [LABEL, LABEL | {"place": ""}]}, "claim 2: 'place' is missing"),
        ({"claims": [LABEL | {"by": 1}]}, "claim 1: 'by' is no text: '1'"),
        ({"claims": [LABEL | {"holder_after": None}]}, "claim 1: 'holder' is missing"),
        ({"claims": [LABEL | {"lat": "49"}]}, "claim 1: 'lat' is no number of degrees: '49'"),
        ({"claims": [LABEL | {"date_to": "2022-09-31"}]}, "claim 1: impossible 'date_to' "),
        ({"claims": [], "ambiguous": "Izium"}, "'ambiguous' is no list: 'Izium'"),
    ],
)
def test_what_is_wrong_with_labels_is_said(row, fault):
    (said,) = labelled(row, "a", "en")[1]
    assert said.startswith(fault)


TEXT = "Ukraine has taken Zolotopil, the General Staff said."


@pytest.fixture
def here(tmp_path, monkeypatch):
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "places.csv").write_text(
        "place_id,name,admin1,lat,lon\n1,Zolotopil,Kharkiv,49.2,37.2\n"
    )
    return folder


def row(**more):
    given = {"id": "a", "published": "2022-09-11", "lang": "en", "text": TEXT, "claims": [LABEL]}
    return given | more


def lines(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_the_table_has_a_row_for_each_language_and_one_for_all(here, capfd):
    lines(here / "l.jsonl", row(), row(id="b", lang="uk", claims=[]))
    write_claims([CLAIM, replace(OTHER_CLAIM, report_id="b")], here / "c.geojson")
    assert run(["score", "l.jsonl", "c.geojson"]) == 0
    out, err = capfd.readouterr()
    assert out.splitlines() == [
        "     reports  precision  recall     F1  strict F1  where   when    who  quiet",
        "en         1      1.000   1.000  1.000      1.000  1.000  1.000  1.000      -",
        "uk         1      0.000       -  0.000      0.000      -      -      -  0.000",
        "all        2      0.500   1.000  0.667      0.667  1.000  1.000  1.000  0.000",
    ]
    assert err == ""


@pytest.mark.parametrize("ending", [".geojson", ".jsonl", ".csv", ".gpkg", ".parquet"])
def test_claims_are_taken_in_every_format(here, capfd, ending):
    lines(here / "l.jsonl", row())
    write_claims([CLAIM], here / f"c{ending}")
    assert run(["score", "l.jsonl", f"c{ending}", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["all"]["f1"] == 1


def test_without_claims_the_reports_are_read_by_the_program(here, capfd):
    lines(here / "l.jsonl", row())
    assert run(["score", "l.jsonl", "--gazetteer", "places.csv", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["all"]["hit"], told["all"]["found"], told["all"]["f1"]) == (1, 1, 1.0)


def test_the_text_of_a_row_may_stand_in_a_file_of_its_own(here, capfd):
    bare = {k: v for k, v in row(path="reports/2022/a.md").items() if k != "text"}
    lines(here / "tests/labelled/l.jsonl", bare)
    (here / "reports/2022").mkdir(parents=True)
    (here / "reports/2022/a.md").write_text(f"---\nlang: ru\n---\n{TEXT}\n")
    args = ["score", "tests/labelled/l.jsonl", "--gazetteer", "places.csv", "--json"]
    assert run(args) == 0
    told = json.loads(capfd.readouterr().out)
    assert (list(told["languages"]), told["all"]["f1"]) == (["en"], 1)
    (here / "tests/reports/2022").mkdir(parents=True)
    (here / "tests/reports/2022/a.md").write_text("Nothing happened.\n")
    assert run(args) == 0  # the nearer folder goes first
    assert json.loads(capfd.readouterr().out)["all"]["f1"] == 0


def test_the_list_names_what_was_missed_and_what_is_wrong(here, capfd):
    lines(here / "l.jsonl", row())
    wrong = replace(OTHER_CLAIM, holder="RU", by="RU", quote="first\x1b[2J line\nsecond")
    write_claims([wrong], here / "c.jsonl")
    assert run(["score", "l.jsonl", "c.jsonl", "--list"]) == 0
    out = capfd.readouterr().out.splitlines()
    assert out[0] == "a: missed  Zolotopil -> UA  «took Zolotopil»"
    assert out[1].startswith("a: wrong   Bilohaiok -> RU  «")
    assert "second" in out[1]
    assert "\x1b" not in out[1]
    assert run(["score", "l.jsonl", "c.jsonl", "--list", "--json"]) == 0
    misses = json.loads(capfd.readouterr().out)["misses"]
    assert [(m["kind"], m["place"], m["holder"]) for m in misses] == [
        ("missed", "Zolotopil", "UA"),
        ("wrong", "Bilohaiok", "RU"),
    ]


def test_json_holds_counts_and_measures(here, capfd):
    lines(here / "l.jsonl", row(claims=[LABEL, OTHER, OTHER | {"place": "Third", "lat": 50.0}]))
    write_claims([CLAIM], here / "c.csv")
    assert run(["score", "l.jsonl", "c.csv", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert list(told) == ["languages", "all"]
    assert told["languages"]["en"] == told["all"]
    assert (told["all"]["gold"], told["all"]["recall"], told["all"]["quiet"]) == (3, 0.3333, None)


def test_claims_of_other_reports_are_left_out_with_a_word(here, capfd):
    lines(here / "l.jsonl", row())
    write_claims([CLAIM, replace(CLAIM, report_id="z")], here / "c.jsonl")
    assert run(["score", "l.jsonl", "c.jsonl", "--json"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["all"]["found"] == 1
    assert err == "tracker: 1 claim of reports that are not in l.jsonl left out\n"


def test_every_fault_of_a_labelled_file_is_named_by_its_line(here, capfd):
    (here / "l.jsonl").write_text(
        "{broken\n"
        + json.dumps(row(claims=[LABEL | {"place": ""}]))
        + "\n"
        + json.dumps({"id": "b", "published": "2022-09-11", "text": "x"})
        + "\n"
        + json.dumps({"id": "c", "published": "2022-09-11", "path": "gone.md", "claims": []})
        + "\n"
        + json.dumps({"id": "d", "published": "2022-09-11", "path": "x" * 5000, "claims": []})
        + "\n"
    )
    assert run(["score", "l.jsonl"]) == 1
    out, err = capfd.readouterr()
    said = err.splitlines()
    assert out == ""
    assert said[0].startswith("tracker: l.jsonl:1: broken JSON")
    assert said[1] == "tracker: l.jsonl:2: claim 1: 'place' is missing"
    assert said[2] == "tracker: l.jsonl:3: no list 'claims': no labelled report"
    assert said[3].startswith("tracker: l.jsonl:4: no file at 'path' 'gone.md'; give it from")
    assert said[4].startswith("tracker: l.jsonl:5: no file at 'path' 'xxx")
    assert len(said) == 5


def test_a_path_to_many_reports_is_refused(here, capfd):
    lines(here / "many.jsonl", row(), row(id="b"))
    lines(
        here / "l.jsonl", {"id": "a", "published": "2022-09-11", "path": "many.jsonl", "claims": []}
    )
    assert run(["score", "l.jsonl"]) == 1
    assert capfd.readouterr().err == (
        "tracker: l.jsonl:1: 'many.jsonl' is not the file of one report\n"
    )


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["gone.jsonl"], 2, "Invalid value for 'LABELLED': File 'gone.jsonl' does not exist; see "),
        (["l.jsonl", "gone.csv"], 2, "Invalid value for '[CLAIMS]': File 'gone.csv' does not "),
        (["l.jsonl", "l.jsonl"], 1, "l.jsonl: these are no claims; "),
        (["empty.jsonl"], 1, "empty.jsonl: no labelled reports in it"),
        ([], 2, "Missing argument 'LABELLED'; see tracker score --help"),
    ],
)
def test_what_cannot_be_scored_is_one_line(here, capfd, args, code, said):
    lines(here / "l.jsonl", row())
    (here / "empty.jsonl").write_text("\n")
    assert run(["score", *args]) == code
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"tracker: {said}")


def test_the_help_carries_an_example(capfd):
    assert run(["score", "--help"]) == 0
    assert "tracker score labelled.jsonl claims.geojson --list" in capfd.readouterr().out
