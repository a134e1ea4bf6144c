"""Reading held against hand-labelled reports: the samples, the hard kinds, plain agency copy.

A place counts as found when some asserted settlement claim of the report names it (same written
form or same official name) with the right holder. The floors are what was reached, less a little;
they are there so that a change that reads worse is seen.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.reports import read_reports
from tracker.resources import load_war

HERE = Path(__file__).parent
ROOT = HERE.parent


@pytest.fixture(scope="module")
def reader():
    return Reader(load_gazetteer(), load_war())


def rows(name):
    return [json.loads(line) for line in (HERE / "labelled" / name).read_text("utf-8").splitlines()]


def labelled(name):
    """(report, labels) of a set; the sample reports' texts are read from reports/."""
    out = []
    for row in rows(name):
        if "text" in row:
            report = Report(
                row["id"],
                date.fromisoformat(row["published"]),
                row["text"],
                row.get("title", ""),
                row.get("url", ""),
                row.get("source", ""),
                row["lang"],
            )
        else:
            [report] = read_reports([ROOT / row["path"]]).reports
        out.append((report, row))
    return out


def wanted(claims):
    return [
        ({c["as_written"].casefold(), c["place"].casefold()}, c["holder_after"])
        for c in claims
        if c.get("status", "asserted") == "asserted"
        and c.get("level", "settlement") == "settlement"
    ]


def found(claims):
    return [
        ({c.as_written.casefold(), c.place.casefold()}, c.holder)
        for c in claims
        if c.status == "asserted" and c.level == "settlement"
    ]


def agree(a, b):
    return bool(a[0] & b[0]) and a[1] == b[1]


def precision_and_recall(reader, name):
    hits = told = right = read = 0
    for report, row in labelled(name):
        gold, mine = wanted(row["claims"]), found(reader.read(report))
        told += len(gold)
        read += len(mine)
        hits += sum(any(agree(g, m) for m in mine) for g in gold)
        right += sum(any(agree(m, g) for g in gold) for m in mine)
    return right / read, hits / told


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("sample_reports.jsonl", 0.98, 0.95),
        ("hard.jsonl", 0.97, 0.97),
        ("agency.jsonl", 0.98, 0.96),
        ("mixed.jsonl", 0.96, 0.85),
        ("blind_agency.jsonl", 0.98, 0.98),
        ("blind_c.jsonl", 0.95, 0.90),
        ("blind_d.jsonl", 0.97, 0.96),
        ("blind_e.jsonl", 0.96, 0.94),
        ("blind_f.jsonl", 0.96, 0.95),
        ("blind_g.jsonl", 0.98, 0.98),
        ("blind_h.jsonl", 0.96, 0.93),
        ("blind_i.jsonl", 0.89, 0.75),
        ("blind_j.jsonl", 0.95, 0.92),
        ("blind_k.jsonl", 0.93, 0.86),
        ("mini_a.jsonl", 0.91, 0.66),
        ("mini_b.jsonl", 0.90, 0.58),
        ("blind_a.jsonl", 0.93, 0.80),
        ("blind_b.jsonl", 0.82, 0.53),
    ],
)
def test_reading_does_not_get_worse(reader, name, precision, recall):
    p, r = precision_and_recall(reader, name)
    assert p >= precision, f"precision {p:.3f}"
    assert r >= recall, f"recall {r:.3f}"


def test_reports_without_a_claim_stay_quiet(reader):
    quiet = [
        (report, row)
        for name in ("hard.jsonl", "agency.jsonl", "blind_agency.jsonl")
        for report, row in labelled(name)
        if not wanted(row["claims"])
    ]
    loud = [row["id"] for report, row in quiet if found(reader.read(report))]
    assert len(quiet) > 60
    assert len(loud) <= 0.04 * len(quiet), loud


def test_quotes_are_taken_from_the_report(reader):
    for report, _ in labelled("sample_reports.jsonl"):
        for claim in reader.read(report):
            assert claim.quote in report.text or claim.quote in report.title
            assert claim.date_from <= claim.date_to
