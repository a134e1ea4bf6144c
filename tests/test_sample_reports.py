"""The sample reports themselves: where each is from, what they cover, and that they are read."""

import json
import re
from collections import Counter
from datetime import date
from math import cos, hypot, radians
from pathlib import Path

import pytest

from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.reports import read_reports
from tracker.resources import load_war

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "reports").glob("*/*.md"))
LABELS = ROOT / "tests" / "labelled" / "sample_reports.jsonl"
FAR_KM = 6.0


@pytest.fixture(scope="module")
def reports():
    return read_reports([ROOT / "reports"]).reports


@pytest.fixture(scope="module")
def labels():
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def test_each_report_names_its_day_source_language_and_an_article(reports):
    assert len(reports) == len(FILES) >= 159
    for report in reports:
        assert report.id.startswith(report.published.isoformat()), report.id
        assert re.fullmatch(r"https://[!-~]+", report.url), report.id
        assert report.source, report.id
        assert report.title, report.id


def test_the_three_languages_have_about_a_third_each(reports):
    count = Counter(report.lang for report in reports)
    assert set(count) == {"en", "uk", "ru"}
    assert min(count.values()) > 0.28 * len(reports)


def test_every_year_of_the_war_is_there(reports):
    count = Counter(report.published.year for report in reports)
    assert set(count) == {2022, 2023, 2024, 2025, 2026}
    assert count[2022] > 60
    assert count[2023] > 15
    assert count[2025] > 30


def test_the_labels_are_those_of_the_reports(labels):
    assert [row["path"] for row in labels] == [f.relative_to(ROOT).as_posix() for f in FILES]
    for row in labels:
        text = (ROOT / row["path"]).read_text("utf-8")
        for claim in row["claims"]:
            assert claim["quote"] in text, (row["id"], claim["quote"])
            assert claim["as_written"] in text, (row["id"], claim["as_written"])
            assert date.fromisoformat(claim["date_from"]) <= date.fromisoformat(claim["date_to"])


def names(claim):
    return {claim["as_written"].casefold(), claim["place"].casefold()}


def apart(read, told):
    """How many kilometres lie between where a claim was put and where it belongs; 0 if unknown."""
    if told["lat"] is None:
        return 0.0
    if read.lat is None:
        return float("inf")
    east = (read.lon - told["lon"]) * cos(radians(told["lat"]))
    return 111.2 * hypot(read.lat - told["lat"], east)


def astray(told, read):
    """Whether an asserted claim of the labels is not read, or only at another place."""
    same = [
        r
        for r in read
        if r.holder == told["holder_after"]
        and names(told) & {r.as_written.casefold(), r.place.casefold()}
    ]
    return not any(apart(r, told) < FAR_KM for r in same)


def settled(claims):
    return [c for c in claims if c["status"] == "asserted" and c["level"] == "settlement"]


def test_each_report_is_read_right_or_its_labels_say_why_not(reports, labels):
    reader = Reader(load_gazetteer(), load_war())
    by_id = {report.id: report for report in reports}
    amiss = []
    for row in labels:
        known = row.get("not_read", {})
        assert all(known.values()), row["id"]
        told = settled(row["claims"])
        read = [
            r
            for r in reader.read(by_id[row["id"]])
            if r.status == "asserted" and r.level == "settlement"
        ]
        amiss += [
            (row["id"], t["as_written"])
            for t in told
            if t["as_written"] not in known and astray(t, read)
        ]
        amiss += [
            (row["id"], f"{r.as_written}, not told")
            for r in read
            if r.as_written not in known
            and not any(
                r.holder == t["holder_after"]
                and names(t) & {r.as_written.casefold(), r.place.casefold()}
                for t in told
            )
        ]
    assert amiss == []


def test_no_area_is_read_as_taken_or_left_of_which_that_is_not_told(reports, labels):
    reader = Reader(load_gazetteer(), load_war())
    by_id = {report.id: report for report in reports}
    for row in labels:
        known = row.get("not_read", {})
        read = {
            (r.place, r.holder, r.status, r.date_to.isoformat())
            for r in reader.read(by_id[row["id"]])
            if r.level == "area" and r.as_written not in known
        }
        told = {
            (t["place"], t["holder_after"], t["status"], t["date_to"])
            for t in row["claims"]
            if t["level"] == "area" and t["as_written"] not in known
        }
        assert read <= told, row["id"]


def test_few_claims_need_an_excuse(labels):
    told = sum(len(settled(row["claims"])) for row in labels)
    unread = sum(len(row.get("not_read", {})) for row in labels)
    assert told > 300
    assert unread < 0.15 * told
