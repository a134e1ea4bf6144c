"""Claims are kept in a GeoPackage or in PostGIS: read once, never twice, in one order."""

import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas
import pyogrio
import pytest

import tracker
from tracker.cli import run
from tracker.errors import ReportError
from tracker.export import write_claims
from tracker.ledger import (
    Verdict,
    content_of,
    open_ledger,
    read_claims,
    told_by,
    told_elsewhere,
)
from tracker.model import Claim, Report, claim_id
from tracker.reading import Reader
from tracker.resources import load_war

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")

WAR = load_war()
IZIUM = "Ukraine has taken Izium, the General Staff said on 11 September 2022."
LYMAN = "Russian troops withdrew from Lyman, the Russian defence ministry said."


def report(here, name, text):
    (here / "reports").mkdir(exist_ok=True)
    (here / "reports" / f"{name}.txt").write_text(text, encoding="utf-8")


@pytest.fixture(params=["war.gpkg", "postgis"])
def ledger(request, here):
    """Where a ledger can be made: each of the two kinds."""
    return request.getfixturevalue("postgis") if request.param == "postgis" else request.param


def claims_of(where, capfd, *more):
    capfd.readouterr()
    assert run(["claims", where, *more]) == 0
    return capfd.readouterr().out


def claim(ident="r1", place="Izium", **fields):
    known = {
        "report_id": ident,
        "published": date(2022, 9, 11),
        "url": "",
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
        "date_to": date(2022, 9, 11),
        "claimed_by": "UA",
        "status": "asserted",
        "background": False,
        "quote": f"Ukraine has taken {place}.",
        "location": "located",
        "confidence": 0.9,
        "rule": "took",
        "lon": 37.25,
        "lat": 49.25,
    }
    return Claim(**(known | fields))


def test_reports_are_read_once_and_their_claims_are_those_of_the_reports(here, ledger, capfd):
    report(here, "2022-09-12-izium", IZIUM)
    report(here, "2022-10-02-lyman", LYMAN)
    assert run(["ledger", "add", ledger, "reports"]) == 0
    assert "2 new reports, 2 new claims" in capfd.readouterr().err
    assert run(["ledger", "add", ledger, "reports"]) == 0
    assert "0 new reports (2 there already), 0 new claims" in capfd.readouterr().err
    report(here, "2022-11-12-kherson", "Ukraine has liberated Kherson, Zelensky said.")
    assert run(["ledger", "add", ledger, "reports"]) == 0
    assert "1 new report (2 there already), 1 new claim" in capfd.readouterr().err
    assert claims_of(ledger, capfd) == claims_of("reports", capfd)


def test_a_known_report_is_not_read_again(here, ledger, monkeypatch):
    report(here, "2022-09-12-izium", IZIUM)
    assert run(["ledger", "add", ledger, "reports"]) == 0

    def no_reader(*_):
        raise AssertionError("nothing is new, so nothing is to be read")

    monkeypatch.setattr("tracker.cli.gather.World.reader", no_reader)
    assert run(["ledger", "add", ledger, "reports"]) == 0


def test_the_order_of_adding_does_not_show(here, ledger, capfd):
    report(here, "2022-09-12-izium", IZIUM)
    report(here, "2022-10-02-lyman", LYMAN)
    report(here, "2022-09-13-again", f"{IZIUM} It has also taken Kupiansk.")
    for name in ("2022-10-02-lyman", "2022-09-13-again", "2022-09-12-izium"):
        assert run(["ledger", "add", ledger, f"reports/{name}.txt"]) == 0
    assert run(["ledger", "add", "other.gpkg", "reports"]) == 0
    both = claims_of(ledger, capfd)
    assert both == claims_of("other.gpkg", capfd)
    names = [f["properties"]["report_id"] for f in json.loads(both)["features"]]
    assert names == ["2022-09-12-izium", "2022-09-13-again", "2022-09-13-again", "2022-10-02-lyman"]


def test_two_versions_of_a_report_tell_what_they_share_once(ledger):
    first = Report("a", date(2022, 9, 12), "Izium and Kupiansk.")
    second = replace(first, text="Izium and Lyman.")
    izium, kupiansk, lyman = claim("a"), claim("a", "Kupiansk"), claim("a", "Lyman")
    with open_ledger(ledger, make=True) as kept:
        kept.add([told_by(first, [izium, kupiansk], lang="en", reader="1")])
        added = kept.add([told_by(second, [izium, lyman], lang="en", reader="1")])
        assert (added.reports, added.claims) == (1, 1)
        assert {c.place for c in kept.claims(WAR).claims.values()} == {"Izium", "Kupiansk", "Lyman"}
        # Read again without Izium, the first version no longer tells of it; the second does.
        kept.add([told_by(first, [kupiansk], lang="en", reader="2")], again=True)
        assert {c.place for c in kept.claims(WAR).claims.values()} == {"Izium", "Kupiansk", "Lyman"}
        kept.add([told_by(second, [lyman], lang="en", reader="2")], again=True)
        assert {c.place for c in kept.claims(WAR).claims.values()} == {"Kupiansk", "Lyman"}


def test_claims_files_are_taken_and_grow(ledger):
    with open_ledger(ledger, make=True) as kept:
        added = kept.add(told_elsewhere([claim("a"), claim("b")], reader="1"))
        assert (added.reports, added.claims) == (2, 2)
        more = [claim("a", "Lyman"), claim("a"), claim("b")]
        added = kept.add(told_elsewhere(more, reader="1"))
        assert (added.reports, added.claims) == (0, 1)
        names = [(c.report_id, c.place) for c in kept.claims(WAR).claims.values()]
        assert sorted(names) == [("a", "Izium"), ("a", "Lyman"), ("b", "Izium")]


def test_claims_of_two_files_come_out_in_one_order(here):
    a, b, c = claim("a"), claim("a", "Lyman"), claim("a", "Kupiansk")
    out = []
    for name, files in (("1.gpkg", ([a, b], [c, a])), ("2.gpkg", ([c, a], [a, b]))):
        with open_ledger(name, make=True) as kept:
            for file in files:
                kept.add(told_elsewhere(file, reader="1"))
            out.append(list(kept.claims(WAR).claims.values()))
    assert out[0] == out[1]


def test_a_report_keeps_its_metadata_and_not_its_text(ledger):
    told = Report(
        "r7", date(2022, 9, 12), "Secret words.", "Title", "https://e.org/7", "Daily", "en"
    )
    with open_ledger(ledger, make=True) as kept:
        kept.add([told_by(told, [claim("r7")], lang="en", reader="rules 1")])
        (back,) = kept.tellings(WAR)
        assert back == told_by(told, [claim("r7")], lang="en", reader="rules 1")
        assert back.content == content_of(told)
        assert len(back.content) == 64
    assert content_of(told) != content_of(replace(told, text="Other words."))


def test_a_ledger_can_be_copied_from_one_kind_to_the_other(here, postgis, capfd):
    report(here, "2022-09-12-izium", IZIUM)
    report(here, "2022-10-02-lyman", LYMAN)
    assert run(["ledger", "add", "war.gpkg", "reports"]) == 0
    assert run(["ledger", "add", postgis, "war.gpkg"]) == 0
    assert run(["ledger", "add", "back.gpkg", postgis]) == 0
    assert claims_of(postgis, capfd) == claims_of("war.gpkg", capfd)
    assert claims_of("back.gpkg", capfd) == claims_of("war.gpkg", capfd)


def test_a_ledger_in_a_folder_of_reports_is_one_input_among_others(here, capfd):
    report(here, "2022-09-12-izium", IZIUM)
    report(here, "2022-10-02-lyman", LYMAN)
    assert run(["ledger", "add", "reports/war.gpkg", "reports/2022-09-12-izium.txt"]) == 0
    # The ledger itself is passed over when its own folder is added to it.
    assert run(["ledger", "add", "reports/war.gpkg", "reports"]) == 0
    assert "1 new report (1 there already), 1 new claim" in capfd.readouterr().err
    assert run(["claims", "reports", "-o", "all.csv"]) == 0
    err = capfd.readouterr().err
    assert "2 claims repeated elsewhere in the input left out" in err
    assert "2 reports, 2 claims" in err


def test_a_map_is_drawn_from_a_ledger(here, ledger, capfd):
    report(here, "2022-09-12-izium", IZIUM)
    assert run(["ledger", "add", ledger, "reports"]) == 0
    assert run(["map", ledger, "-o", "m.html"]) == 0
    assert "1 report, 1 claim (1 located, 0 ambiguous, 0 unknown), 1 change" in (
        capfd.readouterr().err
    )


def test_the_file_is_a_geopackage_as_qgis_opens_it(here):
    nowhere = claim("b", place_id="", location="ambiguous", lon=None, lat=None)
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told_elsewhere([claim("a"), nowhere], reader="1"))
    assert pyogrio.list_layers("war.gpkg").tolist() == [
        ["claims", "Point"],
        ["reports", None],
        ["verdicts", None],
    ]
    frame = geopandas.read_file("war.gpkg", layer="claims")
    assert frame.crs.to_epsg() == 4326
    assert str(frame["date_from"].dtype) == "datetime64[ms, UTC]"
    assert frame["date_from"].dt.strftime("%Y-%m-%d %H:%M").tolist() == ["2022-09-10 00:00"] * 2
    assert [(p.x, p.y) if p else None for p in frame.geometry] == [(37.25, 49.25), None]
    assert frame["claim_id"].tolist() == [claim_id(claim("a")), claim_id(nowhere)]
    info = pyogrio.read_info("war.gpkg", layer="claims", force_total_bounds=True)
    assert info["total_bounds"] == (37.25, 49.25, 37.25, 49.25)
    assert info["capabilities"]["fast_spatial_filter"]
    near = geopandas.read_file("war.gpkg", layer="claims", bbox=(37, 49, 38, 50))
    far = geopandas.read_file("war.gpkg", layer="claims", bbox=(30, 49, 31, 50))
    assert (len(near), len(far)) == (1, 0)
    with sqlite3.connect("war.gpkg") as file:
        assert file.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_ledger_is_a_claims_file_to_every_program_that_reads_one(here):
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told_elsewhere([claim("a"), claim("b", "Lyman")], reader="1"))
    assert read_claims("war.gpkg", WAR) == [claim("a"), claim("b", "Lyman")]


def test_points_moved_and_deleted_by_another_program_keep_the_index_right(here):
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told_elsewhere([claim("a"), claim("b", "Lyman")], reader="1"))
        kept._base.rows("DELETE FROM claims WHERE place = 'Lyman'")
        kept._base.rows("UPDATE claims SET geom = ST_MakePoint(30.5, 50.5)")
        assert kept._base.rows("SELECT minx, maxy FROM rtree_claims_geom") == [(30.5, 50.5)]
        kept._base.rows("UPDATE claims SET fid = 9")
        assert kept._base.rows("SELECT id FROM rtree_claims_geom") == [(9,)]
        kept._base.rows("UPDATE claims SET geom = NULL")
        assert kept._base.rows("SELECT id FROM rtree_claims_geom") == []


def test_postgis_has_points_with_an_index(postgis):
    with open_ledger(postgis, make=True) as kept:
        kept.add(told_elsewhere([claim("a")], reader="1"))
        rows = kept._base.rows(
            "SELECT ST_AsText(geom), ST_SRID(geom), published, date_to FROM claims "
            "WHERE geom && ST_MakeEnvelope(37, 49, 38, 50, 4326)"
        )
        assert rows == [("POINT(37.25 49.25)", 4326, date(2022, 9, 11), date(2022, 9, 11))]
        (index,) = kept._base.rows(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'claims' AND indexname = "
            "'claims_geom' AND schemaname = current_schema()"
        )
        assert "USING gist (geom)" in index[0]


def test_info_counts_what_there_is(here, ledger, capfd):
    nowhere = claim("b", place_id="", location="ambiguous", lon=None, lat=None)
    with open_ledger(ledger, make=True) as kept:
        kept.add(told_elsewhere([claim("a"), nowhere], reader="1"))
        name = kept.name
    assert run(["ledger", "info", ledger]) == 0
    assert capfd.readouterr().out == (
        f"{name}: 2 reports, published 2022-09-11 to 2022-09-11\n"
        "2 claims (1 ambiguous, 1 located)\n0 verdicts\n"
    )
    assert run(["ledger", "info", ledger, "--json"]) == 0
    assert json.loads(capfd.readouterr().out) == {
        "ledger": name,
        "reports": 2,
        "first": "2022-09-11",
        "last": "2022-09-11",
        "claims": {"ambiguous": 1, "located": 1},
        "verdicts": {},
        "waiting": [],
    }


def test_a_point_that_somebody_has_drawn_is_a_claim_too(here, capfd):
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told_elsewhere([claim("a")], reader="1"))
        kept._base.rows(
            "INSERT INTO claims SELECT 7, geom, 'drawn', 'b', published, url, source, lang, place, "
            'place_id, as_written, admin1, level, change, "by", holder, date_from, date_to, '
            "claimed_by, status, background, quote, location, confidence, rule, NULL, NULL, NULL, "
            "NULL, NULL FROM claims"
        )
    with open_ledger("war.gpkg") as kept:
        assert {c.report_id for c in kept.claims(WAR).claims.values()} == {"a", "b"}
    assert run(["ledger", "add", "copy.gpkg", "war.gpkg"]) == 0
    assert claims_of("copy.gpkg", capfd) == claims_of("war.gpkg", capfd)


def test_no_output_replaces_a_ledger(here, capfd):
    report(here, "2022-09-12-izium", IZIUM)
    assert run(["ledger", "add", "war.gpkg", "reports"]) == 0
    assert run(["claims", "reports", "-o", "war.gpkg", "--overwrite"]) == 2
    assert "war.gpkg: is a ledger; name another output" in capfd.readouterr().err
    assert claims_of("war.gpkg", capfd) == claims_of("reports", capfd)


def test_a_ledger_is_a_frame_in_python_with_its_verdicts(ledger):
    with open_ledger(ledger, make=True) as kept:
        kept.add(told_elsewhere([claim("a"), claim("b", "Lyman")], reader="1"))
        kept.take([Verdict(claim_id(claim("b", "Lyman")), "reject")])
    frame = tracker.read_claims(ledger)
    assert frame["report_id"].tolist() == ["a"]
    assert str(frame["date_from"].dtype) == "datetime64[s]"
    assert [(p.x, p.y) for p in frame.geometry] == [(37.25, 49.25)]


def test_a_claims_file_is_a_frame_in_python(here):
    izium = claim("a", place_id="707292", lon=37.27679, lat=49.20697)
    write_claims([izium], Path("claims.csv"))
    assert tracker.read_claims("claims.csv")["place"].tolist() == ["Izium"]


def test_an_interrupted_run_says_what_is_kept_and_goes_on(here, ledger, monkeypatch, capfd):
    for day in range(1, 24):
        report(here, f"2022-09-{day:02}-izium", f"Report {day}: {IZIUM}")
    read = Reader.read
    calls = []

    def stopped(self, told):
        calls.append(told.id)
        if len(calls) == 22:
            raise KeyboardInterrupt
        return read(self, told)

    with monkeypatch.context() as patch:
        patch.setattr(Reader, "read", stopped)
        assert run(["ledger", "add", ledger, "reports"]) == 130
    assert "interrupted; 20 new reports, 20 new claims -> " in capfd.readouterr().err
    assert run(["ledger", "add", ledger, "reports"]) == 0
    assert "3 new reports (20 there already), 3 new claims" in capfd.readouterr().err
    assert claims_of(ledger, capfd) == claims_of("reports", capfd)


def test_a_report_that_could_not_be_read_is_tried_again_next_time(here, monkeypatch, capfd):
    report(here, "2022-09-12-izium", IZIUM)
    report(here, "2022-10-02-lyman", LYMAN)
    read = Reader.read

    def broken(self, told):
        if "lyman" in told.id:
            raise ReportError(f"report {told.id!r}: no answer")
        return read(self, told)

    with monkeypatch.context() as patch:
        patch.setattr(Reader, "read", broken)
        assert run(["ledger", "add", "war.gpkg", "reports"]) == 1
    assert "report '2022-10-02-lyman': no answer" in capfd.readouterr().err
    assert run(["ledger", "add", "war.gpkg", "reports"]) == 0
    assert "1 new report (1 there already), 1 new claim" in capfd.readouterr().err


def test_a_report_in_another_language_is_told_once_and_kept(here, capfd):
    report(
        here, "2022-09-12-de", "Die Ukraine hat Isjum befreit, sagte der Generalstab am Sonntag."
    )
    assert run(["ledger", "add", "war.gpkg", "reports"]) == 0
    assert "1 report not read, language not known: 2022-09-12-de" in capfd.readouterr().err
    assert run(["ledger", "add", "war.gpkg", "reports"]) == 0
    assert "language not known" not in capfd.readouterr().err


KILLING = """
import os, random, signal, sys, time
from datetime import date
sys.path.insert(0, {tests!r})
from test_ledger import WAR, claim, open_ledger, told_by
from tracker.model import Report

TOLD = [
    told_by(Report(name, date(2022, 9, 11), name), [claim(name), claim(name, "Lyman")],
            lang="en", reader="1")
    for name in (f"r{{n:04}}" for n in range(600))
]

def add(name, size):
    with open_ledger(name, make=True) as kept:
        for start in range(0, len(TOLD), size):
            kept.add(TOLD[start : start + size])

def check(name):
    with open_ledger(name, make=True) as kept:
        assert kept._base.rows("PRAGMA integrity_check") == [("ok",)]
        found = kept.info()
        assert found.reports % 5 == 0, "a step is whole or not there"
        assert sum(found.claims.values()) == 2 * found.reports
        return found.reports

dice = random.Random(7)
for file in range(5):
    name, before, kills = f"{{file}}.gpkg", 0, 0
    while kills < 10:
        child = os.fork()
        if child == 0:
            add(name, 5)
            os._exit(0)
        time.sleep(dice.random() * 0.05)
        os.kill(child, signal.SIGKILL)
        kills += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        if os.path.exists(name):
            now = check(name)
            assert now >= before, "what was kept stays"
            before = now
    print(before, flush=True)
    add(name, len(TOLD))
    with open_ledger(name) as kept:
        names = [(c.report_id, c.place) for c in kept.claims(WAR).claims.values()]
    assert names == [(t.report_id, place) for t in TOLD for place in ("Izium", "Lyman")]
assert sorted(os.listdir()) == [f"{{file}}.gpkg" for file in range(5)], os.listdir()
"""


def test_killed_at_fifty_moments_a_ledger_opens_and_goes_on(here, request):
    """The first kills fall while the file is being made, the others between and within steps."""
    script = KILLING.format(tests=str(request.path.parent))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    reached = [int(line) for line in done.stdout.split()]
    assert len(reached) == 5
    assert sum(reached) > 0
