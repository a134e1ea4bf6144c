"""The commands, from their arguments to what they print, write and return."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest

from tracker import __version__
from tracker.cli import run

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")
NEEDED = {
    "report_id": "a",
    "published": "2022-09-12",
    "place": "Izium",
    "place_id": "1",
    "change": "capture",
    "by": "UA",
    "date_from": "2022-09-10",
    "date_to": "2022-09-11",
    "lon": 37.25,
    "lat": 49.21,
}


def claims_file(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def report(path, text="Ukraine has taken Izium, the General Staff said."):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def tracker(*args, **options):
    return subprocess.run(
        [sys.executable, "-m", "tracker", *map(str, args)], capture_output=True, **options
    )


def test_claims_of_a_folder_are_geojson_on_standard_output(here, capfd):
    report(here / "reports/2022-09-11-izium.txt")
    assert run(["claims", "reports"]) == 0
    out, err = capfd.readouterr()
    (feature,) = json.loads(out)["features"]
    assert feature["properties"]["report_id"] == "2022-09-11-izium"
    assert feature["properties"]["place"] == "Izium"
    assert feature["properties"]["holder"] == "UA"
    assert err == "tracker: 1 report, 1 claim (1 located, 0 ambiguous, 0 unknown)\n"


@pytest.mark.parametrize("ending", ["geojson", "jsonl", "csv", "gpkg", "parquet"])
def test_the_ending_of_the_output_is_its_format(here, capfd, ending):
    report(here / "2022-09-11-izium.txt")
    assert run(["claims", "2022-09-11-izium.txt", "-o", f"c.{ending}"]) == 0
    out, err = capfd.readouterr()
    assert out == ""
    assert err == (
        f"tracker: 1 report, 1 claim (1 located, 0 ambiguous, 0 unknown) -> c.{ending}\n"
    )
    assert run(["claims", f"c.{ending}"]) == 0
    (feature,) = json.loads(capfd.readouterr().out)["features"]
    assert feature["properties"]["quote"] == "Ukraine has taken Izium, the General Staff said."


def test_claims_written_and_read_again_are_the_same_bytes(here):
    report(here / "in/2022-09-11-izium.txt", "Ukraine took Izium. Ukraine has taken Kupiansk.")
    assert run(["claims", "in", "-o", "a.geojson"]) == 0
    assert run(["claims", "a.geojson", "-o", "b.geojson"]) == 0
    assert (here / "a.geojson").read_bytes() == (here / "b.geojson").read_bytes()


def test_the_order_of_the_inputs_does_not_change_a_byte(here):
    for name, town in (("2022-09-11-a", "Izium"), ("2022-09-10-b", "Kupiansk")):
        report(here / f"{name}.txt", f"Ukraine has taken {town}.")
    claims_file(here / "c.jsonl", NEEDED)
    inputs = ["2022-09-11-a.txt", "2022-09-10-b.txt", "c.jsonl"]
    assert run(["claims", *inputs, "-o", "one.geojson"]) == 0
    assert run(["claims", *reversed(inputs), "-o", "two.geojson"]) == 0
    assert (here / "one.geojson").read_bytes() == (here / "two.geojson").read_bytes()
    assert run(["map", *inputs, "-o", "one.html", "--overwrite"]) == 0
    assert run(["map", *reversed(inputs), "-o", "two.html", "--overwrite"]) == 0
    assert (here / "one.html").read_bytes() == (here / "two.html").read_bytes()
    assert (here / "one.geojson").read_bytes() == (here / "two.geojson").read_bytes()


def test_standard_input_is_read_and_piped_on(here):
    text = "Ukraine has taken Izium."
    first = tracker(
        "claims", "-", "--published", "2022-09-11", input=text.encode(), cwd=here, env=env()
    )
    assert first.returncode == 0
    second = tracker("map", "-", "-o", "m.html", input=first.stdout, cwd=here, env=env())
    assert second.returncode == 0
    (feature,) = json.loads((here / "m.geojson").read_text("utf-8"))["features"]
    assert feature["properties"]["place"] == "Izium"


def test_a_claims_file_and_reports_go_together(here, capfd):
    claims_file(here / "in.jsonl", NEEDED)
    report(here / "2022-09-11-k.txt", "Ukraine has taken Kupiansk.")
    assert run(["claims", "in.jsonl", "2022-09-11-k.txt"]) == 0
    features = json.loads(capfd.readouterr().out)["features"]
    assert [f["properties"]["place"] for f in features] == ["Kupiansk", "Izium"]


def test_reports_and_their_own_claims_together_count_once(here, capfd):
    report(here / "2022-09-11-izium.txt")
    assert run(["claims", "2022-09-11-izium.txt", "-o", "c.csv"]) == 0
    capfd.readouterr()
    assert run(["claims", "2022-09-11-izium.txt", "c.csv", "-o", "c.geojson"]) == 0
    assert len(json.loads((here / "c.geojson").read_text("utf-8"))["features"]) == 1
    assert capfd.readouterr().err.splitlines() == [
        "tracker: 1 claim repeated elsewhere in the input left out",
        "tracker: 1 report, 1 claim (1 located, 0 ambiguous, 0 unknown) -> c.geojson",
    ]


def test_a_claim_without_a_point_is_looked_up_in_the_gazetteer(here, capfd):
    bare = {k: v for k, v in NEEDED.items() if k not in ("lon", "lat", "place_id")}
    claims_file(
        here / "in.jsonl", bare | {"place": "Izyum"}, bare | {"place": "Atlantis-upon-Oskil"}
    )
    assert run(["claims", "in.jsonl"]) == 0
    first, second = json.loads(capfd.readouterr().out)["features"]
    assert (first["properties"]["place"], first["properties"]["admin1"]) == ("Izium", "Kharkiv")
    assert [round(x, 1) for x in first["geometry"]["coordinates"]] == [37.3, 49.2]
    assert (second["properties"]["location"], second["geometry"]) == ("unknown", None)


def test_a_map_is_a_page_and_the_same_changes_as_geojson_beside_it(here, capfd):
    claims_file(here / "in.jsonl", NEEDED)
    assert run(["map", "in.jsonl", "-o", "m.html", "--title", "A <b>title</b>"]) == 0
    page = (here / "m.html").read_text("utf-8")
    assert 'type="range"' in page
    assert "<b>title</b>" not in page
    (feature,) = json.loads((here / "m.geojson").read_text("utf-8"))["features"]
    assert feature["properties"]["date"] == "2022-09-11"
    assert capfd.readouterr().err.splitlines()[-2:] == [
        "tracker: 1 report, 1 claim (1 located, 0 ambiguous, 0 unknown), 1 change "
        "-> m.html and m.geojson",
        "tracker: open m.html in a browser",
    ]


def test_the_stricter_rule_leaves_out_what_only_the_captor_claims(here):
    claims_file(
        here / "in.jsonl",
        NEEDED | {"claimed_by": "UA"},
        NEEDED | {"place_id": "2", "place": "Lyman", "lon": 37.8, "lat": 48.99, "claimed_by": "RU"},
    )
    places = {}
    for rule in ("claimed", "confirmed"):
        assert run(["map", "in.jsonl", "-o", f"{rule}.html", "--rule", rule]) == 0
        features = json.loads((here / f"{rule}.geojson").read_text("utf-8"))["features"]
        places[rule] = sorted(f["properties"]["place"] for f in features)
    assert places == {"claimed": ["Izium", "Lyman"], "confirmed": ["Lyman"]}


def test_a_map_of_nothing_is_refused_and_nothing_is_written(here, capfd):
    report(here / "2022-09-11.txt", "Nothing was said about any town.")
    assert run(["map", "2022-09-11.txt", "-o", "m.html"]) == 1
    assert "nothing to map" in capfd.readouterr().err
    assert [path.name for path in here.iterdir()] == ["2022-09-11.txt"]


def test_outputs_inside_the_input_folder_are_not_read_back(here, capfd):
    report(here / "2022-09-11-izium.txt")
    for _ in range(2):
        assert run(["map", ".", "-o", "m.html", "--overwrite"]) == 0
        assert "1 report, 1 claim" in capfd.readouterr().err


def test_locate_prints_a_place_with_its_units_and_coordinates(here, capfd):
    assert run(["locate", "Изюм"]) == 0
    first, second = capfd.readouterr().out.splitlines()
    assert first.startswith("Izium (Ізюм) · Kharkiv · Izium Raion · lat 49.2")
    assert second.startswith("located (0.")


def test_locate_says_ambiguous_and_unknown_with_exit_code_1(here, capfd):
    assert run(["locate", "Mykhailivka"]) == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].startswith("Mykhailivka: ambiguous (")
    assert any("Zaporizhzhia" in line for line in lines[1:])
    assert run(["locate", "\x1b[2JZzyx"]) == 1
    assert capfd.readouterr().out.startswith("\\x1b[2JZzyx: unknown (0.00)")


def test_locate_takes_the_oblast_as_a_hint(here, capfd):
    assert run(["locate", "Mykhailivka", "--admin", "Cherkasy", "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert (answer["status"], answer["place"]["admin1"]) == ("located", "Cherkasy")


@pytest.mark.parametrize(
    "args", [["--help"], ["claims", "--help"], ["map", "-h"], ["locate", "-h"], []]
)
def test_help_carries_an_example(args, capfd):
    assert run(args) == 0
    assert "Example" in capfd.readouterr().out


def test_the_version_is_the_package_version(capfd):
    assert run(["--version"]) == 0
    assert __version__ in capfd.readouterr().out


def test_help_loads_none_of_the_heavy_libraries():
    heavy = (
        "pandas",
        "geopandas",
        "numpy",
        "shapely",
        "folium",
        "trafilatura",
        "pyarrow",
        "jinja2",
    )
    code = (
        "import sys; from tracker.cli import run; run(['--help']); "
        f"sys.stderr.write(','.join(sorted(set({heavy!r}) & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env())
    assert done.stderr == ""


def test_claims_as_geojson_need_none_of_the_heavy_libraries(here):
    report(here / "2022-09-11-izium.txt")
    heavy = ("pandas", "geopandas", "folium", "trafilatura", "pyarrow")
    code = (
        "import sys; from tracker.cli import run; run(['claims', '2022-09-11-izium.txt']); "
        f"sys.stderr.write(','.join(sorted(set({heavy!r}) & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env(), cwd=here
    )
    assert done.stderr.splitlines()[1:] == []


def env(**more):
    return os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)} | more


@pytest.mark.parametrize(
    ("sent", "code", "said"),
    [
        (signal.SIGINT, 130, b"tracker: interrupted; nothing was written"),
        (signal.SIGTERM, 143, b""),
        (signal.SIGHUP, 129, b""),
    ],
)
def test_an_interrupted_run_leaves_nothing_behind(here, sent, code, said):
    (here / "mine.geojson").write_text("mine")
    os.mkfifo(here / "in.txt")
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "claims", "in.txt", "-o", "mine.geojson", "--overwrite"],
        stderr=subprocess.PIPE,
        cwd=here,
        env=env(),
    )
    # Opening the other end waits until the run has opened its own and reads.
    with (here / "in.txt").open("wb"):
        process.send_signal(sent)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err.strip()) == (code, said)
    assert (here / "mine.geojson").read_text() == "mine"
    assert sorted(path.name for path in here.iterdir()) == ["in.txt", "mine.geojson"]


def test_a_terminal_that_closes_does_not_end_a_run_under_nohup(here):
    os.mkfifo(here / "2022-09-11.txt")
    code = (
        "import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
        "from tracker.cli import main; main(['claims', '2022-09-11.txt'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=here, env=env()
    )
    with (here / "2022-09-11.txt").open("wb") as stream:
        process.send_signal(signal.SIGHUP)
        stream.write(b"Ukraine has taken Izium.")
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, len(json.loads(out)["features"])) == (0, 1)


@pytest.mark.parametrize("module", ["click", "tracker.errors", "tracker.cli.claims"])
def test_a_run_that_is_interrupted_while_it_starts_shows_no_traceback(here, module):
    code = (
        "import sys\n"
        "class Key:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Key())\n"
        "from tracker.cli import main\n"
        "main(['claims', 'in.txt'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=here, env=env())
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr.strip() == b"tracker: interrupted; nothing was written"


def test_where_the_locale_knows_ascii_only_names_are_understood_all_the_same(here):
    plain = env(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    found = tracker("locate", "Артемовск", "--admin", "Донецька область", env=plain)
    assert found.returncode == 0
    assert found.stdout.decode("utf-8").startswith("Bakhmut (Бахмут) · Donetsk · ")
    report(here / "2022-09-11-Ізюм.txt")
    named = tracker(
        "map", "2022-09-11-Ізюм.txt", "-o", "Карта.html", "--title", "Ізюм", cwd=here, env=plain
    )
    assert named.returncode == 0
    assert '"title":"Ізюм"' in (here / "Карта.html").read_text("utf-8")
    (feature,) = json.loads((here / "Карта.geojson").read_text("utf-8"))["features"]
    assert feature["properties"]["claims"][0]["report_id"] == "2022-09-11-Ізюм"


def test_a_name_in_decomposed_letters_is_located(capfd):
    assert run(["locate", normalize("NFD", "Бойківське")]) == 0
    assert capfd.readouterr().out.startswith("Boikivske ")


def test_a_report_in_decomposed_letters_gives_the_same_claims(here, capfd):
    said = []
    for form in ("NFC", "NFD"):
        text = "---\npublished: 2022-09-11\n---\nУкраїнські війська звільнили Балаклію."
        report(here / "izium.txt", normalize(form, text))
        assert run(["claims", "izium.txt"]) == 0
        said.append(capfd.readouterr().out)
    assert said[0] == said[1]
    assert json.loads(said[0])["features"][0]["properties"]["place"] == "Balakliia"
