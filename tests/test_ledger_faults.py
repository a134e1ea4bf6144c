"""A ledger that cannot be used says so in one line, and nothing is lost."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from test_ledger import WAR, claim

from tracker.cli import run
from tracker.errors import LedgerError
from tracker.export import write_claims
from tracker.ledger import base, open_ledger, told_elsewhere
from tracker.ledger.postgis import shown_address

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")


@pytest.fixture(params=["war.gpkg", "postgis"])
def ledger(request, here):
    """A ledger with one claim, of each kind."""
    return filled(request.getfixturevalue("postgis") if request.param == "postgis" else "war.gpkg")


def filled(where):
    with open_ledger(where, make=True) as kept:
        kept.add(told_elsewhere([claim("a")], reader="1"))
    return where


@pytest.fixture
def no_patience(monkeypatch):
    """Writers wait for a moment only."""
    monkeypatch.setattr(base, "LOCK_SECONDS", 0.05)


@pytest.fixture
def more(here):
    write_claims([claim("b", "Lyman")], Path("more.csv"))
    return "more.csv"


def said(capfd, *args, code=1):
    """The one line that a command says."""
    capfd.readouterr()
    assert run(list(map(str, args))) == code
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1, err
    return err.removeprefix("tracker: ").rstrip("\n")


def count(where):
    with open_ledger(where) as kept:
        return len(kept.claims(WAR).claims)


def test_a_ledger_that_is_not_there_is_a_usage_error(here, more, capfd):
    err = said(capfd, "ledger", "info", "war.gpkg", code=2)
    assert err == "war.gpkg: no such ledger; 'tracker ledger add' makes one"
    err = said(capfd, "ledger", "add", "war.sqlite", more, code=2)
    assert err.startswith("war.sqlite: unknown ending '.sqlite' for a ledger; name a .gpkg file")
    err = said(capfd, "ledger", "add", "no/war.gpkg", more, code=2)
    assert err == "no/war.gpkg: no folder no; make it first"
    Path("f.gpkg").mkdir()
    assert "is a folder" in said(capfd, "ledger", "add", "f.gpkg", more, code=2)


@pytest.mark.parametrize("command", ["add", "info", "review"])
def test_what_is_no_ledger_is_left_as_it_is(here, more, capfd, command):
    write_claims([claim("a")], Path("claims.gpkg"))
    Path("text.gpkg").write_text("no database at all")
    inputs = [more] if command == "add" else []
    for name, problem in (("claims.gpkg", "no ledger: it holds "), ("text.gpkg", "no GeoPackage")):
        before = Path(name).read_bytes()
        err = said(capfd, "ledger", command, name, *inputs)
        assert err.startswith(f"{name}: {problem}")
        assert err.endswith("; name another file")
        assert Path(name).read_bytes() == before


def test_a_ledger_of_a_newer_version_is_not_touched(ledger, more, capfd):
    with open_ledger(ledger) as kept:
        kept._base.rows("UPDATE ledger SET value = '2'")
        name = kept.name
    newer = f"{name}: of a newer version (format 2, this program knows 1)"
    for line in (["ledger", "add", ledger, more], ["ledger", "info", ledger], ["claims", ledger]):
        assert said(capfd, *line) == f"{newer}; upgrade frontline-tracker"


def test_a_ledger_that_is_cut_off_or_overwritten_is_told(here, more, capfd):
    filled("war.gpkg")
    whole = Path("war.gpkg").read_bytes()
    for name, data in (
        ("half.gpkg", whole[: len(whole) // 2]),
        ("start.gpkg", whole[:50]),
        ("noise.gpkg", whole[:4096] + b"\xa5" * (len(whole) - 4096)),
    ):
        Path(name).write_bytes(data)
        for line in (["ledger", "add", name, more], ["ledger", "review", name]):
            err = said(capfd, *line)
            assert err.startswith(f"{name}: is damaged or only half there: ")
            assert err.endswith("; put back a copy, or name a new ledger and add the reports again")
        assert run(["map", name, "-o", "m.html"]) == 1
        assert Path(name).read_bytes() == data


def test_what_a_crash_left_of_an_unfinished_change_is_taken_back(here, more):
    """A copy of the files as they were in the middle of writing: the ledger and its journal."""
    filled("war.gpkg")
    file = sqlite3.connect("war.gpkg", isolation_level=None)
    file.execute("PRAGMA cache_spill = 1")
    file.execute("PRAGMA cache_size = 1")
    file.execute("BEGIN")
    file.execute("DELETE FROM reports")
    file.executemany(
        "INSERT INTO reports (content, report_id, published, title, url, source, lang, kind, "
        "reader) VALUES (?, '', '', '', '', '', '', '', '')",
        [(f"{n}" * 50,) for n in range(300)],
    )
    for name in ("war.gpkg", "war.gpkg-journal"):
        shutil.copy(name, name.replace("war", "crashed"))
    file.execute("ROLLBACK")
    file.close()
    assert Path("crashed.gpkg").read_bytes() != Path("war.gpkg").read_bytes()
    assert run(["ledger", "add", "crashed.gpkg", more]) == 0
    assert count("crashed.gpkg") == 2
    assert not Path("crashed.gpkg-journal").exists()


def test_an_empty_file_is_a_ledger_yet_to_be_filled(here, more, capfd):
    Path("war.gpkg").touch()
    assert "no ledger yet, it is empty" in said(capfd, "ledger", "info", "war.gpkg")
    assert run(["ledger", "add", "war.gpkg", more]) == 0
    assert count("war.gpkg") == 1


def test_a_second_writer_waits_and_then_says_that_the_ledger_is_locked(
    ledger, more, no_patience, capfd
):
    with open_ledger(ledger) as first, first._base.writing():
        first._base.rows("SELECT 1")
        err = said(capfd, "ledger", "add", ledger, more)
        assert f"{first.name}: is locked by another program; wait until that has finished" in err
    assert run(["ledger", "add", ledger, more]) == 0
    assert count(ledger) == 2


def test_a_second_writer_that_gets_its_turn_in_time_goes_on(ledger, more):
    with open_ledger(ledger) as first:
        entered, done = threading.Event(), threading.Event()

        def second():
            entered.set()
            with open_ledger(ledger) as other:
                other.add(told_elsewhere([claim("b", "Lyman")], reader="1"))
            done.set()

        with first._base.writing():
            thread = threading.Thread(target=second)
            thread.start()
            entered.wait()
            assert not done.wait(0.2)
        thread.join()
    assert done.is_set()
    assert count(ledger) == 2


def test_two_processes_that_add_the_same_reports_keep_each_once(here, request):
    script = (
        f"import sys; sys.path.insert(0, {str(request.path.parent)!r})\n"
        "from test_ledger import claim, open_ledger, told_elsewhere\n"
        "with open_ledger('war.gpkg', make=True) as kept:\n"
        "    for n in range(40):\n"
        "        kept.add(told_elsewhere([claim(f'r{n:02}')], reader='1'))\n"
    )
    line = [sys.executable, "-c", script]
    both = [subprocess.Popen(line, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, err = process.communicate()
        assert process.returncode == 0, err
    with open_ledger("war.gpkg") as kept:
        assert [c.report_id for c in kept.claims(WAR).claims.values()] == [
            f"r{n:02}" for n in range(40)
        ]
        assert kept.info().reports == 40


def test_a_locked_input_is_told_and_the_rest_is_read(here, more, no_patience, capfd):
    filled("war.gpkg")
    file = sqlite3.connect("war.gpkg", isolation_level=None)
    file.execute("BEGIN EXCLUSIVE")
    assert run(["claims", "war.gpkg", more, "-o", "out.csv"]) == 1
    err = capfd.readouterr().err
    assert "war.gpkg: is locked by another program" in err
    file.close()


def test_nothing_is_made_where_all_input_is_refused(here, capfd):
    Path("bad.csv").write_text(
        "report_id,published,place,change,by,date_from,date_to\n"
        "a,2022-09-11,Izium,capture,XX,2022-09-10,2022-09-11\n"
        "b,2022-09-11,Izium,capture,UA,2022-09-12,2022-09-13\n"
        "c,2022-09-11,Izium,capture,UA,2022-09-11,2022-09-10\n",
        encoding="utf-8",
    )
    assert run(["ledger", "add", "war.gpkg", "bad.csv"]) == 1
    assert capfd.readouterr().err.splitlines() == [
        "tracker: bad.csv:2: unknown 'by' 'XX' (one of UA, RU)",
        "tracker: bad.csv:3: date_from 2022-09-12 is after the report was published, 2022-09-11",
        "tracker: bad.csv:4: date_from 2022-09-11 is after date_to 2022-09-10",
    ]
    assert not Path("war.gpkg").exists()


def test_what_is_announced_may_lie_ahead(here, capfd):
    write_claims(
        [claim("a", status="ongoing", date_from=date(2022, 9, 12), date_to=date(2022, 9, 13))],
        Path("ahead.csv"),
    )
    assert run(["ledger", "add", "war.gpkg", "ahead.csv"]) == 0


def test_claims_changed_by_hand_are_checked(here, capfd):
    with open_ledger("war.gpkg", make=True) as kept:
        kept.add(told_elsewhere([claim("a"), claim("b", "Lyman"), claim("c", "Oskil")], reader="1"))
    with sqlite3.connect("war.gpkg") as file:
        file.execute("UPDATE claims SET claimed_by = 'other' WHERE report_id = 'a'")
        file.execute("UPDATE claims SET \"by\" = 'XX' WHERE report_id = 'b'")
        file.execute("UPDATE claims SET date_to = 'soon' WHERE report_id = 'c'")
    assert run(["claims", "war.gpkg", "-o", "out.csv"]) == 1
    err = capfd.readouterr().err
    assert "war.gpkg: 1 claim was changed by hand and is taken as it stands" in err
    assert "was changed by hand: unknown 'by' 'XX' (one of UA, RU)" in err
    assert "was changed by hand: impossible 'date_to' 'soon'" in err
    assert "1 claim (1 located" in err


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "postgresql://me:secret@db.example.org:5433/war",
            "postgresql://me@db.example.org:5433/war",
        ),
        ("postgresql:///war?password=secret&schema=s", "postgresql:///war?schema=s"),
        ("postgresql://[::1/war?password=secret", "postgresql://…"),
    ],
)
def test_no_message_holds_a_password(address, shown):
    assert shown_address(address) == shown


def test_a_database_out_of_reach_is_told_in_one_line(capfd):
    err = said(capfd, "ledger", "info", "postgresql://me:secret@127.0.0.1:1/war")
    assert err.startswith("postgresql://me@127.0.0.1:1/war: connection failed")
    assert "secret" not in err
    err = said(capfd, "claims", "postgresql://me:secret@127.0.0.1:1/war")
    assert err.startswith("postgresql://me@127.0.0.1:1/war: connection failed")


def test_a_schema_that_holds_other_tables_of_our_names_is_left_alone(postgis, more, capfd):
    from tracker.ledger.postgis import PostGIS

    with PostGIS(postgis) as other:
        other.rows(f'CREATE SCHEMA "{other.schema}"')
        other.rows("CREATE TABLE claims (insurance integer)")
    err = said(capfd, "ledger", "add", postgis, more)
    assert "no ledger: it holds 'claims'; name another schema: ?schema=NAME" in err


def test_without_psycopg_the_remedy_is_told(monkeypatch, more, capfd):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    err = said(capfd, "ledger", "add", "postgresql://me@localhost/war", more, code=2)
    assert err == (
        "postgresql://me@localhost/war: PostGIS needs psycopg; "
        "pip install 'frontline-tracker[postgis]'"
    )


def test_a_step_that_fails_leaves_nothing_behind(ledger):
    def step(kept):
        with kept._base.writing():
            kept._base.rows("DELETE FROM claims")
            kept._base.rows("SELECT nonsense")

    with open_ledger(ledger) as kept:
        with pytest.raises(LedgerError):
            step(kept)
        assert len(kept.claims(WAR).claims) == 1
