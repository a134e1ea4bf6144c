"""What people decide about claims: out as a table, back with verdicts, and never lost."""

import csv
import io
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyogrio
import pytest
from test_ledger import WAR, claim

from tracker.cli import run
from tracker.export import write_claims
from tracker.ledger import open_ledger, read_claims, told_by, told_elsewhere
from tracker.model import Report, claim_id

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")

IZIUM = claim("sure", place="Izium", place_id="707292", lon=37.27679, lat=49.20697)
VAGUE = claim(
    "vague",
    place="Mykolaivka",
    place_id="",
    admin1="",
    quote="Russia has taken Mykolaivka.",
    by="RU",
    holder="RU",
    claimed_by="RU",
    location="ambiguous",
    confidence=0.35,
    lon=None,
    lat=None,
)
LYMAN = {"place": "Lyman", "place_id": "702320", "lon": 37.80223, "lat": 48.98579}
TAKEN = claim("taken", quote="We took Lyman.", **LYMAN)
DENIED = claim("denied", quote="They did not.", claimed_by="RU", status="denied", **LYMAN)
WEAK = claim("weak", place="Kupiansk", place_id="703778", confidence=0.4, lon=37.6, lat=49.7)
ALL = (IZIUM, VAGUE, TAKEN, DENIED, WEAK)
ID = {c.report_id: claim_id(c) for c in ALL}


@pytest.fixture(params=["war.gpkg", "postgis"])
def ledger(request, here):
    where = request.getfixturevalue("postgis") if request.param == "postgis" else request.param
    with open_ledger(where, make=True) as kept:
        kept.add(told_elsewhere(ALL, reader="1"))
    return where


@pytest.fixture
def war(here):
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told_elsewhere(ALL, reader="1"))
    return "war.gpkg"


def table(where, capfd, *options):
    capfd.readouterr()
    assert run(["ledger", "review", where, *options]) == 0
    return list(csv.DictReader(io.StringIO(capfd.readouterr().out)))


def take(where, *rows, code=0, options=()):
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with Path("back.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    assert run(["ledger", "review", where, "--take", "back.csv", *options]) == code


def read(where, capfd, code=0):
    """The claims that other commands see, by report."""
    capfd.readouterr()
    assert run(["claims", where, "-o", "out.jsonl", "--overwrite"]) == code
    return {c.report_id: c for c in read_claims("out.jsonl", WAR)}


def test_what_needs_a_human_comes_out_with_the_reason(ledger, capfd):
    rows = table(ledger, capfd)
    assert {row["report_id"]: row["why"] for row in rows} == {
        "denied": "disputed",
        "taken": "disputed",
        "vague": "ambiguous place; confidence 0.35",
        "weak": "confidence 0.4",
    }
    (vague,) = (row for row in rows if row["report_id"] == "vague")
    assert vague["claim_id"] == ID["vague"]
    assert (vague["verdict"], vague["place_id"], vague["note"]) == ("", "", "")
    assert vague["quote"] == "Russia has taken Mykolaivka."
    assert "Mykolaivka (Donetsk)" in vague["candidates"]
    assert len(table(ledger, capfd, "--all")) == 5
    assert len(table(ledger, capfd, "--below", "0.38")) == 3


def test_verdicts_of_every_kind_come_back_and_count(ledger, capfd):
    rows = {row["report_id"]: row for row in table(ledger, capfd, "--all")}
    rows["vague"] |= {"verdict": "place", "place_id": "700119", "note": "by the map"}
    rows["taken"] |= {"verdict": "accept"}
    rows["denied"] |= {"verdict": "Reject"}
    rows["weak"] |= {"verdict": "date", "date_from": "2022-09-08", "date_to": "2022-09-09"}
    rows["sure"] |= {"note": "ask again"}
    take(ledger, *rows.values())
    name = open_name(ledger)
    assert capfd.readouterr().err == f"tracker: 5 verdicts -> {name}\n"
    assert table(ledger, capfd) == []

    claims = read(ledger, capfd)
    assert sorted(claims) == ["sure", "taken", "vague", "weak"]
    assert (claims["vague"].place, claims["vague"].place_id) == ("Mykolaivka", "700119")
    assert (claims["vague"].location, claims["vague"].confidence) == ("located", 1.0)
    assert claims["vague"].lon is not None
    assert claims["weak"].date_from == date(2022, 9, 8)
    assert claims["weak"].date_to == date(2022, 9, 9)
    assert claims["weak"].rule == "took/verdict-date"
    assert claims["taken"].rule == "took/verdict-accept"
    assert claims["sure"] == IZIUM
    with open_ledger(ledger) as kept:
        assert kept.info().verdicts == {"accept": 1, "date": 1, "note": 1, "place": 1, "reject": 1}
        assert kept.verdicts()[0][ID["vague"]].note == "by the map"


def open_name(where):
    with open_ledger(where) as kept:
        return kept.name


def test_what_goes_out_with_verdicts_comes_back_the_same(ledger, capfd):
    take(
        ledger,
        {"claim_id": ID["vague"], "verdict": "place date", "place_id": "700119",
         "date_from": "2022-09-01", "date_to": "2022-09-02", "note": "=1+1"},
        {"claim_id": ID["weak"], "verdict": "accept", "place_id": "", "date_from": "",
         "date_to": "", "note": ""},
    )  # fmt: skip
    with open_ledger(ledger) as kept:
        before = kept.verdicts()
    rows = table(ledger, capfd, "--all")
    assert next(r["note"] for r in rows if r["claim_id"] == ID["vague"]) == "'=1+1"
    take(ledger, *rows)
    with open_ledger(ledger) as kept:
        assert kept.verdicts() == before
    claims = read(ledger, capfd)
    assert (claims["vague"].place_id, claims["vague"].date_to) == ("700119", date(2022, 9, 2))


def test_a_verdict_is_replaced_by_a_later_one_and_can_be_taken_back(ledger, capfd):
    take(ledger, {"claim_id": ID["weak"], "verdict": "reject"})
    assert "weak" not in read(ledger, capfd)
    take(ledger, {"claim_id": ID["weak"], "verdict": "accept"})
    assert read(ledger, capfd)["weak"].confidence == 1.0
    take(ledger, {"claim_id": ID["weak"], "verdict": "none"})
    assert read(ledger, capfd)["weak"] == WEAK
    assert ID["weak"] in {row["claim_id"] for row in table(ledger, capfd)}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"verdict": "rejekt"}, "unknown 'verdict' 'rejekt' (one of accept, reject, place, date,"),
        ({"verdict": "place"}, "'place' without a 'place_id'"),
        ({"verdict": "place", "place_id": "nowhere"}, "no 'place_id' 'nowhere' known"),
        ({"verdict": "date", "date_from": "9.9.22"}, "impossible 'date_from' '9.9.22'"),
        ({"verdict": "date", "date_to": "2022-09-09"}, "'date_to' without a 'date_from'"),
        ({"verdict": "date", "date_from": "2022-09-12"}, "is after the report was published"),
        (
            {"verdict": "date", "date_from": "2022-09-09", "date_to": "2022-09-08"},
            "date_from 2022-09-09 is after date_to 2022-09-08",
        ),
        ({"verdict": "accept", "place_id": "707292"}, "'place_id' is changed to '707292'; write"),
        ({"date_from": "2022-09-08"}, "'date_from' is changed to 2022-09-08; write 'date'"),
    ],
)
def test_a_faulty_table_is_refused_whole_with_file_and_line(war, capfd, row, fault):
    good = {"claim_id": ID["taken"], "verdict": "accept"}
    empty = {"verdict": "", "place_id": "", "date_from": "", "date_to": "", "note": ""}
    take(war, empty | good, empty | {"claim_id": ID["weak"]} | row, code=1)
    err = capfd.readouterr().err
    assert err.startswith("tracker: back.csv:3: ")
    assert fault in err
    with open_ledger(war) as kept:
        assert kept.verdicts() == ({}, [])


def test_days_that_a_spreadsheet_has_rewritten_do_not_spoil_an_accept(war, capfd):
    rows = [row | {"date_from": "10.09.2022", "date_to": "11.09.2022", "verdict": "accept"}
            for row in table(war, capfd)]  # fmt: skip
    take(war, *rows)
    assert read(war, capfd)["weak"].date_to == WEAK.date_to


def test_a_table_with_semicolons_and_a_byte_order_mark_is_taken(war, capfd):
    text = f"\ufeffClaim_ID;Verdict;Note\n{ID['weak']};reject;'=cmd\n"
    Path("excel.csv").write_text(text, encoding="utf-8")
    assert run(["ledger", "review", war, "--take", "excel.csv"]) == 0
    with open_ledger(war) as kept:
        assert kept.verdicts()[0][ID["weak"]].note == "=cmd"


def test_the_table_for_review_is_no_input(war, capfd):
    assert run(["ledger", "review", war, "-o", "review.csv"]) == 0
    assert run(["claims", "review.csv"]) == 1
    assert "'tracker ledger review --take' reads it" in capfd.readouterr().err


def test_a_verdict_written_into_the_verdicts_table_counts(war, capfd):
    with sqlite3.connect(war) as file:
        file.execute("INSERT INTO verdicts (claim_id, verdict) VALUES (?, 'reject')", [ID["weak"]])
    assert "weak" not in read(war, capfd)
    assert "1 claim left out by verdict" in err_of(war, capfd)
    assert ID["weak"] not in {row["claim_id"] for row in table(war, capfd)}


def err_of(where, capfd, code=0):
    capfd.readouterr()
    assert run(["claims", where, "-o", "out.jsonl", "--overwrite"]) == code
    return capfd.readouterr().err


def test_a_verdict_written_beside_its_claim_counts(war, capfd):
    """As in the attribute table of QGIS, where the claims are points on a map."""
    with sqlite3.connect(war) as file:
        file.execute("UPDATE claims SET verdict = 'reject' WHERE report_id = 'weak'")
        file.execute(
            "UPDATE claims SET verdict = 'place', verdict_place_id = '700119', verdict_note = 'x' "
            "WHERE report_id = 'vague'"
        )
    claims = read(war, capfd)
    assert "weak" not in claims
    assert claims["vague"].place_id == "700119"
    with sqlite3.connect(war) as file:
        file.execute("UPDATE claims SET verdict = NULL WHERE report_id = 'weak'")
    assert "weak" in read(war, capfd)
    # The other way round: what is taken from a table shows beside the claim.
    take(war, {"claim_id": ID["taken"], "verdict": "accept", "note": "seen"})
    with sqlite3.connect(war) as file:
        rows = file.execute(
            "SELECT report_id, verdict, verdict_note FROM claims WHERE verdict IS NOT NULL"
        )
        assert sorted(rows) == [("taken", "accept", "seen"), ("vague", "place", "x")]
        file.execute("DELETE FROM verdicts")
    take(war, {"claim_id": ID["weak"], "verdict": "accept"})
    with sqlite3.connect(war) as file:
        rows = file.execute("SELECT report_id FROM claims WHERE verdict IS NOT NULL")
        assert rows.fetchall() == [("weak",)]


def test_a_verdict_in_postgis_counts_on_both_sides_too(here, postgis, capfd):
    with open_ledger(postgis, make=True) as kept:
        kept.add(told_elsewhere(ALL, reader="1"))
        kept._base.rows("UPDATE claims SET verdict = 'reject' WHERE report_id = 'weak'")
        kept._base.rows(
            "INSERT INTO verdicts (claim_id, verdict, date_from) VALUES (?, 'date', '2022-09-07')",
            [ID["vague"]],
        )
    claims = read(postgis, capfd)
    assert "weak" not in claims
    assert claims["vague"].date_from == claims["vague"].date_to == date(2022, 9, 7)


def test_gdal_edits_the_verdict_of_a_claim_as_qgis_does(war, capfd):
    frame = pyogrio.read_dataframe(war, layer="verdicts")
    assert list(frame.columns)[:6] == [
        "claim_id", "verdict", "place_id", "date_from", "date_to", "note",
    ]  # fmt: skip
    row = frame.reindex([0])
    row["claim_id"], row["verdict"] = ID["weak"], "reject"
    pyogrio.write_dataframe(row[["claim_id", "verdict"]], war, layer="verdicts", append=True)
    assert "weak" not in read(war, capfd)


def test_a_faulty_verdict_is_told_and_the_claim_stays_as_it_was(war, capfd):
    with sqlite3.connect(war) as file:
        file.executemany(
            "INSERT INTO verdicts (claim_id, verdict, place_id, date_from) VALUES (?, ?, ?, ?)",
            [
                (ID["weak"], "maybe", None, None),
                (ID["vague"], "place", "atlantis", None),
                (ID["taken"], "date", None, "2022-13-01"),
            ],
        )
    err = err_of(war, capfd, code=1)
    assert f"verdict on claim '{ID['weak']}': unknown 'verdict' 'maybe'" in err
    assert f"verdict on claim '{ID['vague']}': no 'place_id' 'atlantis' known" in err
    assert "impossible 'date_from' '2022-13-01'" in err
    assert len(read(war, capfd, code=1)) == 5
    with open_ledger(war) as kept:
        assert kept.info().verdicts == {"faulty": 2, "place": 1}


REPORT = Report("vague", date(2022, 9, 11), "Russia has taken Mykolaivka.")


def told(*claims):
    return [told_by(REPORT, claims, lang="en", reader="1")]


@pytest.mark.parametrize("kind", ["war.gpkg", "postgis"])
def test_a_verdict_stays_when_a_report_is_read_again(here, request, kind, capfd):
    where = request.getfixturevalue("postgis") if kind == "postgis" else kind
    with open_ledger(where, make=True) as kept:
        kept.add(told(VAGUE))
    take(where, {"claim_id": ID["vague"], "verdict": "place", "place_id": "700119"})
    with open_ledger(where) as kept:
        assert kept.add(told(VAGUE), again=True).moved == 0
        # A newer reader is surer of it, and takes another day: it is another claim now.
        newer = replace(VAGUE, confidence=0.5, date_from=date(2022, 9, 9), rule="took.better")
        assert kept.add(told(newer), again=True).moved == 1
        assert kept.waiting() == []
    claims = read(where, capfd)
    assert (claims["vague"].place_id, claims["vague"].rule) == (
        "700119", "took.better/verdict-place",
    )  # fmt: skip


def test_a_verdict_by_hand_stays_too_though_it_knows_nothing_of_its_claim(here, capfd):
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told(VAGUE))
    with sqlite3.connect("war.gpkg") as file:
        file.execute("INSERT INTO verdicts (claim_id, verdict) VALUES (?, 'reject')", [ID["vague"]])
    with open_ledger("war.gpkg") as kept:
        assert kept.add(told(replace(VAGUE, confidence=0.6)), again=True).moved == 1
    assert read("war.gpkg", capfd) == {}


def test_of_two_claims_in_one_sentence_the_verdict_follows_its_own(here):
    left = replace(VAGUE, change="withdrawal", by="UA")
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told(VAGUE, left))
        names = list(kept.claims(WAR).claims)
    take("war.gpkg", {"claim_id": claim_id(left), "verdict": "reject"})
    newer = [replace(c, confidence=0.7) for c in (VAGUE, left)]
    with open_ledger("war.gpkg") as kept:
        kept.add(told(*newer), again=True)
        assert set(kept.verdicts()[0]) == {claim_id(newer[1])}
        assert set(names).isdisjoint(kept.claims(WAR).claims)


def test_a_verdict_whose_claim_is_gone_waits_and_is_told(here, capfd):
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told(VAGUE))
    take("war.gpkg", {"claim_id": ID["vague"], "verdict": "reject", "note": "no"})
    with open_ledger("war.gpkg") as kept:
        kept.add(told(), again=True)
        assert [v.claim_id for v in kept.waiting()] == [ID["vague"]]
    capfd.readouterr()
    assert run(["ledger", "info", "war.gpkg"]) == 0
    assert (
        f"waits for claim {ID['vague']}, 'Mykolaivka' in report 'vague': reject"
        in capfd.readouterr().out
    )
    write_claims([IZIUM], Path("more.csv"))
    assert run(["ledger", "add", "war.gpkg", "more.csv"]) == 0
    assert "1 verdict kept, though the claim is not there" in capfd.readouterr().err
    with open_ledger("war.gpkg") as kept:
        kept.add(told(replace(VAGUE, confidence=0.9)), again=True)
        assert kept.waiting() == []
    assert set(read("war.gpkg", capfd)) == {"sure"}


def test_a_table_from_before_the_reports_were_read_again_is_taken(here, capfd):
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told(VAGUE))
    rows = table("war.gpkg", capfd)
    with open_ledger("war.gpkg") as kept:
        kept.add(told(replace(VAGUE, confidence=0.4)), again=True)
    take("war.gpkg", *(row | {"verdict": "reject"} for row in rows))
    assert "1 verdict, 1 of them on claims that read otherwise now" in capfd.readouterr().err
    assert read("war.gpkg", capfd) == {}


def test_reports_read_again_by_the_command_keep_their_verdicts(here, capfd):
    Path("2022-09-12-a.txt").write_text("Ukraine has taken Izium, the General Staff said.", "utf-8")
    assert run(["ledger", "add", "war.gpkg", "2022-09-12-a.txt"]) == 0
    with sqlite3.connect("war.gpkg") as file:
        # As if an older reader had been less sure, and so the claim another.
        file.execute("UPDATE claims SET confidence = 0.1, claim_id = 'aaaaaaaaaaaa'")
        file.execute("UPDATE told_in SET claim_id = 'aaaaaaaaaaaa'")
        file.execute("UPDATE claims SET verdict = 'reject'")
    capfd.readouterr()
    assert run(["ledger", "add", "war.gpkg", "2022-09-12-a.txt", "--again"]) == 0
    err = capfd.readouterr().err
    assert "1 verdict passed to the claim of the same words" in err
    assert read("war.gpkg", capfd) == {}


def test_verdicts_go_along_when_a_ledger_is_copied(here, war, postgis, capfd):
    take(war, {"claim_id": ID["weak"], "verdict": "reject"})
    assert run(["ledger", "add", postgis, war]) == 0
    assert "weak" not in read(postgis, capfd)
    take(postgis, {"claim_id": ID["weak"], "verdict": "accept"})
    capfd.readouterr()
    assert run(["ledger", "add", war, postgis]) == 0
    assert "1 verdict of postgresql://" in capfd.readouterr().err
    assert "weak" not in read(war, capfd)


def test_a_verdict_holds_for_the_same_claim_from_another_input(war, capfd):
    write_claims([WEAK], Path("again.csv"))
    with sqlite3.connect(war) as file:
        file.execute("UPDATE claims SET verdict = 'reject' WHERE report_id = 'weak'")
    assert run(["claims", war, "again.csv", "-o", "out.jsonl"]) == 0
    assert "weak" not in {c.report_id for c in read_claims("out.jsonl", WAR)}


PLACES = """place_id,name,admin1,lat,lon
east,Zelenivka,Donetsk,48.0,37.5
west,Zelenivka,Lviv,49.5,24.0
"""


def test_what_the_front_decides_is_shown_and_accepted_as_it_is_shown(here, capfd):
    """Of two places of the name one lies where Russia was taking others on those days."""
    Path("places.csv").write_text(PLACES, "utf-8")
    ours = {"by": "RU", "holder": "RU"}
    near = [
        claim(f"n{n}", place_id=f"n{n}", lon=37.5 + n / 10, lat=48.0, **ours) for n in (-1, 0, 1)
    ]
    name = {"place": "Zelenivka", "as_written": "Zelenivka"}
    vague = replace(VAGUE, **name, quote="Russian troops captured Zelenivka.")
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told_elsewhere([vague, *near], reader="1"))
    own = ["--gazetteer", "places.csv"]
    (row,) = (row for row in table("war.gpkg", capfd, *own) if row["report_id"] == "vague")
    assert (row["place_id"], row["admin1"]) == ("east", "Donetsk")
    take("war.gpkg", row | {"verdict": "accept"}, options=own)
    with open_ledger("war.gpkg") as kept:
        verdict = kept.verdicts()[0][claim_id(vague)]
    assert (verdict.verdict, verdict.place_id) == ("accept", "east")
