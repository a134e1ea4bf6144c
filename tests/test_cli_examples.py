"""Every example in the help of every command runs, with sample files of the names it uses."""

import io
import json
import shlex
import shutil
import zipfile
from pathlib import Path

import click
import pytest

from tracker.cli import run
from tracker.cli.app import cli
from tracker.ledger import open_ledger, read_claims, told_elsewhere
from tracker.places import add_gazetteer
from tracker.resources import load_war

REPORTS = Path(__file__).parent.parent / "reports"
DUMP = (
    "990000001\tZolotopil\tZolotopil\t\t49.2\t37.2\tP\tPPL\tUA\t\t07\t\t\t\t120\t\t\t\t2026-01-01\n"
)
TABLE = "name,admin1,lat,lon\nZolotopil,Kharkiv,49.2,37.2\n"
TEXT = "Ukraine has taken Izium, the General Staff said."
REPORT = {"id": "a", "published": "2022-09-12", "text": TEXT}
CLAIM = {
    "report_id": "a",
    "published": "2022-09-12",
    "place": "Izium",
    "change": "capture",
    "by": "UA",
    "date_from": "2022-09-10",
    "date_to": "2022-09-11",
    "lon": 37.28,
    "lat": 49.21,
}
HELD = {
    "type": "Polygon",
    "coordinates": [[[37.5, 47.5], [39.5, 47.5], [39.5, 49], [37.5, 49], [37.5, 47.5]]],
}
ACLED = """event_date,sub_event_type,actor1,location,latitude,longitude
2022-09-10,Government regains territory,Military Forces of Ukraine,Izium,49.21,37.25
"""
VIINA = """geonameid,date,status
707292,20220331,RU
707292,20220911,UA
"""
BY_DAY = """place,lon,lat,date,holder
Izium,37.25,49.21,2022-09-10,RU
Izium,37.25,49.21,2022-09-11,UA
"""
LABELLED = REPORT | {"claims": [CLAIM | {"holder_after": "UA", "claimed_by": "UA"}]}


def commands(command=cli, path=()):
    yield path, command
    for name in command.list_commands(None) if isinstance(command, click.Group) else ():
        yield from commands(command.get_command(None, name), (*path, name))


def examples(command):
    """The lines under "Example:" or "Examples:" up to the next empty one."""
    found = []
    for block in (command.help or "").split("\n\n"):
        head, *lines = [line.strip() for line in block.replace("\b", "").strip().split("\n")]
        found += lines if head in ("Example:", "Examples:") else []
    return found


ALL = [(path, line) for path, command in commands() for line in examples(command)]


@pytest.fixture
def here(tmp_path, own_data, monkeypatch):
    """A folder with all files that the examples read; what they download is made here."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("UA.txt", DUMP)
    feature = {"type": "Feature", "properties": CLAIM, "geometry": None}
    samples = {
        "article.txt": TEXT,
        "claims.geojson": json.dumps({"type": "FeatureCollection", "features": [feature]}),
        "holders_by_day.csv": BY_DAY,
        "held.geojson": json.dumps(HELD),
        "labelled.jsonl": json.dumps(LABELLED),
        "tests/labelled/hard.jsonl": json.dumps(LABELLED),
        "villages.csv": TABLE,
        "acled.csv": ACLED,
        "control_latest_2022.csv": VIINA,
    }
    work = tmp_path / "work"
    shutil.copytree(REPORTS / "2022", work / "reports")
    for name, text in samples.items():
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text(text, encoding="utf-8")
    (work / "UA.zip").write_bytes(packed.getvalue())
    monkeypatch.setattr(
        "urllib.request.urlopen", lambda url, timeout: io.BytesIO(packed.getvalue())
    )
    monkeypatch.chdir(work)
    with open_ledger("war.gpkg", make=True) as ledger:
        ledger.add(told_elsewhere(read_claims("claims.geojson", load_war()), reader=""))
    (work / "review.csv").write_text("claim_id,verdict\n", encoding="utf-8")
    return work


def test_every_command_has_an_example():
    assert len(ALL) >= 12
    assert [path for path, command in commands() if not examples(command)] == []


@pytest.mark.parametrize(("path", "line"), ALL, ids=lambda value: value if value else "tracker")
def test_the_example_runs(here, capfd, monkeypatch, request, path, line):
    program, *args = shlex.split(line)
    assert (program, *args[: len(path)]) == ("tracker", *path)
    if "<" in args:
        *args, _, source = args
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.FileIO(source)))
    output = args[args.index("-o") + 1] if "-o" in args else "postgresql:"
    written = None if output.startswith("postgresql:") else here / output
    if written:
        written.unlink(missing_ok=True)
    if "remove" in path:
        add_gazetteer(here / "UA.zip")
    elif path[:1] != ("gazetteer",):
        request.getfixturevalue("gazetteer_loaded_once")
    if any(arg.startswith("postgresql:") for arg in args):
        postgis = request.getfixturevalue("postgis")
        args = [postgis if arg.startswith("postgresql:") else arg for arg in args]
    code = run(args)
    out, err = capfd.readouterr()
    assert code == 0, err
    assert out or err
    assert written is None or written.stat().st_size > 0
