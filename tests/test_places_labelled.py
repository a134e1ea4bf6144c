"""Labelled sentences: the right village within 5 km, and none where the text does not say which."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from tracker.places import load_gazetteer

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "labelled" / "places" / "sentences.jsonl"
ROWS = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("bench", ROOT / "benchmarks" / "gazetteer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return load_gazetteer(own=False)


def test_every_row_has_its_name_where_it_says_and_a_place_that_the_tables_know(gazetteer):
    for row in ROWS:
        begin = row["start"]
        assert row["text"][begin : begin + len(row["as_written"])] == row["as_written"], row
        place = gazetteer.place(row["place_id"]) if row["place_id"] else None
        assert (place is not None) == (row["expect"] == "located"), row
        if place is not None:
            assert (place.name, place.lat, place.lon) == (row["place"], row["lat"], row["lon"])


def test_the_readme_counts_the_rows_as_they_are():
    text = (SENTENCES.parent / "README.md").read_text(encoding="utf-8")
    count = Counter(row["lang"] for row in ROWS)
    assert f"{len(ROWS)} sentences" in text
    assert f"{count['en']} English, {count['uk']} Ukrainian, {count['ru']} Russian" in text


def test_158_of_159_are_read_right_and_none_wrong(benchmark, gazetteer):
    found = benchmark.outcomes(gazetteer)
    assert [row["text"] for row, result in found if result == "wrong"] == []
    assert sum(result == "right" for _, result in found) >= 158
