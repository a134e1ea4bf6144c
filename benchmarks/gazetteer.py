"""How fast the gazetteer loads and finds names, what it needs, and how often it is right.

    python benchmarks/gazetteer.py                 # the tables that come with the program
    python benchmarks/gazetteer.py --own           # with those that you have added as well
    python benchmarks/gazetteer.py --list          # and every sentence that is not read right
    python benchmarks/gazetteer.py --paragraphs 100

Times are processor time of this process on one core, the best of RUNS. The paragraphs are the
texts of ``reports/``, repeated to 10,000 or as many as are asked for. Right means a position within
5 km of the labelled one (``tests/labelled/places/sentences.jsonl``; its README says how it was
made).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.places import Gazetteer

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "labelled" / "places" / "sentences.jsonl"
RUNS = 3
RIGHT_KM = 5.0
OUTCOMES = ("right", "wrong", "open", "missed")


def outcome(gazetteer: Gazetteer, row: dict[str, Any]) -> str:
    """``right``, ``wrong``, ``open`` (said to be ambiguous) or ``missed`` for one sentence.

    Where the label is ``ambiguous`` or ``none``, ``right`` is that no place is given.
    """
    from tracker.places.evidence import distance_km

    begin, end = row["start"], row["start"] + len(row["as_written"])
    mentions = gazetteer.mentions(row["text"])
    found = [
        location
        for mention, location in zip(
            mentions, gazetteer.resolve(row["text"], mentions), strict=True
        )
        if mention.start < end and mention.end > begin and mention.kind == "settlement"
    ]
    places = [location.place for location in found if location.place is not None]
    if row["expect"] != "located":
        return "wrong" if places else "right"
    if not places:
        return "open" if found else "missed"
    truth = gazetteer.place(row["place_id"])
    return "right" if distance_km(places[0], truth) <= RIGHT_KM else "wrong"


def outcomes(gazetteer: Gazetteer) -> list[tuple[dict[str, Any], str]]:
    """Each labelled sentence with its outcome."""
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    return [(row, outcome(gazetteer, row)) for row in rows]


def seconds(run: Callable[[], object]) -> float:
    """Processor time, the best of RUNS."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--own", action="store_true", help="with the tables that you have added")
    parser.add_argument("--list", action="store_true", help="list what is not read right")
    parser.add_argument("--paragraphs", type=int, default=10_000)
    asked = parser.parse_args()
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp()

    from tracker.places import load_gazetteer
    from tracker.reports import read_reports

    start = time.process_time()
    gazetteer = load_gazetteer(own=asked.own)
    first = time.process_time() - start
    load = seconds(lambda: load_gazetteer(own=asked.own))
    texts = [report.text for report in read_reports([ROOT / "reports"]).reports]
    paragraphs = (texts * (asked.paragraphs // len(texts) + 1))[: asked.paragraphs]
    length = sum(map(len, paragraphs)) / len(paragraphs)
    mentions = seconds(lambda: [gazetteer.mentions(text) for text in paragraphs])
    found = [(text, gazetteer.mentions(text)) for text in paragraphs]
    located = seconds(lambda: [gazetteer.resolve(text, names) for text, names in found])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    print(f"{len(gazetteer.places):,} places, {len(gazetteer.areas):,} areas")
    print(f"loading, the first time       {first:8.2f} s")
    print(f"loading                       {load:8.2f} s")
    number = f"{len(paragraphs):,}"
    print(f"mentions, {number:6} paragraphs   {mentions:8.2f} s   ({length:.0f} characters each)")
    print(f"locating them                 {located:8.2f} s")
    print(f"memory at most                {memory:8.0f} MB")
    report(outcomes(gazetteer), listed=asked.list)


def report(found: list[tuple[dict[str, Any], str]], *, listed: bool) -> None:
    """Print how often the labelled sentences are read right, by language and by kind."""
    print(f"\n{'within 5 km':14}{'sentences':>10}" + "".join(f"{name:>8}" for name in OUTCOMES))
    groups = [("all", lambda row: True)]
    groups += [(lang, lambda row, lang=lang: row["lang"] == lang) for lang in ("en", "ru", "uk")]
    kinds = sorted({row["kind"] for row, _ in found})
    groups += [(kind, lambda row, kind=kind: row["kind"] == kind) for kind in kinds]
    for name, belongs in groups:
        tally = Counter(result for row, result in found if belongs(row))
        cells = "".join(f"{tally[result]:8}" for result in OUTCOMES)
        print(f"{name:14}{tally.total():10}{cells}")
    for row, result in found if listed else ():
        if result != "right":
            print(f"{result}: {row['as_written']} ({row['place']}) in: {row['text']}")


if __name__ == "__main__":
    sys.exit(main())
