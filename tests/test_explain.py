"""tracker explain: every shape of the map can be traced to the sentences behind it."""

import csv
import json

import pytest

from tracker.cli import run

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")

REPORTS = [
    ("a", "2022-03-31", "Ukraine", "The General Staff said Russian troops had captured Izium."),
    ("b", "2022-09-11", "Kyiv daily", "Ukraine said its forces had taken Izium on Saturday."),
    ("c", "2022-09-11", "", "Russian troops captured a part of Izium, Moscow said."),
    ("d", "2022-10-01", "", "Russia said its troops had withdrawn from Lyman."),
]


@pytest.fixture
def explain(here, capfd):
    """Explains a place by REPORTS: lines, exit code and remarks."""
    lines = [
        json.dumps({"id": i, "published": p, "source": s, "text": t, "url": f"https://e.org/{i}"})
        for i, p, s, t in REPORTS
    ]
    (here / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def call(*args, source="in.jsonl"):
        code = run(["explain", args[0], source, *args[1:]])
        out, err = capfd.readouterr()
        return out.splitlines(), code, err.splitlines()

    return call


def test_the_holder_of_a_day_is_traced_to_sentence_source_and_rule(explain):
    lines, code, _ = explain("Izium", "--on", "2022-09-12")
    assert code == 0
    assert lines[0] == "Izium (Ізюм) · Kharkiv · id 707292"
    assert lines[1].startswith("UA from 2022-09-10, still in force: claimed")
    assert lines[2] == "  claimed change to UA, on 2022-09-10; rule claimed"
    assert lines[3] == "    UA · asserted capture by UA · published 2022-09-11 · Kyiv daily"
    assert lines[4] == "      “Ukraine said its forces had taken Izium on Saturday.”"
    assert lines[5].endswith(" · https://e.org/b")
    assert "said as well, and moves nothing:" in lines
    assert "      “Russian troops captured a part of Izium, Moscow said.”" in lines


def test_the_whole_history_is_told_in_order_baseline_first(explain):
    lines, _, _ = explain("Изюм")
    holders = [line.split(":")[0] for line in lines if line[:2] in ("UA", "RU")]
    assert holders == [
        "UA from before the first day, until 2022-03-31",
        "RU from 2022-03-31, until 2022-09-10",
        "UA from 2022-09-10, still in force",
    ]
    assert lines[2].startswith("  by the baseline of 2022-02-23")


def test_what_was_known_on_a_day_and_a_stricter_rule_count_here_too(explain):
    assert explain("Izium", "--on", "2022-09-12", "--as-known-on", "2022-09-01")[0][1].startswith(
        "RU from 2022-03-31, still in force: confirmed"
    )
    strict = explain("Izium", "--on", "2022-09-12", "--rule", "confirmed")[0]
    assert strict[1].startswith("RU from 2022-03-31")


def test_an_id_of_a_claim_leads_to_its_place(explain):
    lines, _, _ = explain("Lyman")
    name = next(line.split()[1] for line in lines if line.startswith("      claim "))
    assert explain(name)[0] == lines


def test_as_json_it_holds_the_same(explain):
    (line,), _, _ = explain("Izium", "--on", "2022-09-12", "--json")
    told = json.loads(line)
    (interval,) = told["intervals"]
    assert (interval["holder"], interval["valid_from"], interval["valid_to"]) == (
        "UA",
        "2022-09-10",
        None,
    )
    (change,) = interval["changes"]
    assert [claim["source"] for claim in change["claims"]] == ["Kyiv daily"]
    assert interval["claims"].split() == [claim["id"] for claim in change["claims"]]
    assert [claim["status"] for claim in told["others"]] == ["partial"]


def test_a_place_that_nothing_is_said_about_rests_on_the_baseline(explain):
    assert explain("Donetsk")[0][1].startswith("RU from before the first day, still in force")


def test_a_verdict_is_shown_with_the_claim_it_judged(explain, here):
    assert run(["ledger", "add", "war.gpkg", "in.jsonl"]) == 0
    assert run(["ledger", "review", "war.gpkg", "--all", "-o", "review.csv"]) == 0
    with (here / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["report_id"] == "b":
            row |= {"verdict": "date", "date_from": "2022-09-08", "date_to": "2022-09-08"}
            row["note"] = "seen on video"
    with (here / "review.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert run(["ledger", "review", "war.gpkg", "--take", "review.csv"]) == 0
    lines, _, _ = explain("Izium", "--on", "2022-09-12", source="war.gpkg")
    assert lines[1].startswith("UA from 2022-09-08, still in force")
    assert "      verdict date: seen on video" in lines


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Nowhereville", "no place named 'Nowhereville'; tracker locate looks names up"),
        ("Ivanivka", "'Ivanivka' may be several places; give the id of one: "),
    ],
)
def test_a_name_that_is_not_one_place_is_a_wrong_call(explain, name, said):
    lines, code, (remark,) = explain(name)
    assert (lines, code) == ([], 2)
    assert said in remark
