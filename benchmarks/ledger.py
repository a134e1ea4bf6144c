"""What a day costs in a ledger of 100,000 claims, and what it costs to open one.

    python benchmarks/ledger.py [postgresql://...]
    python benchmarks/ledger.py --claims 1000 --reports 10

A ledger is filled with 100,000 made-up claims of 40,000 reports. Then one day of 100 new reports
(texts of ``reports/``) is added as ``tracker ledger add`` does it: inputs read, known reports told
apart, new ones read by the rules, claims and verdicts brought in. Times are CPU seconds of this
process (start-up, which is Python, its libraries and the gazetteer, is not counted, but measured
beside it) and wall seconds in brackets. With the address of a database the same is done in PostGIS;
the work of its server is not in the CPU seconds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
A_REPORT = 2.5
"""Claims of a made-up report, on average."""


def timed(what: str, run: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Run it, print its CPU and wall seconds, give what it gives."""
    wall, cpu = time.perf_counter(), time.process_time()
    out = run()
    print(f"{what:52}{time.process_time() - cpu:7.2f} s ({time.perf_counter() - wall:.2f} s)")
    return out


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("addresses", nargs="*", metavar="postgresql://...")
    parser.add_argument("--claims", type=int, default=100_000, help="in the ledger (100000)")
    parser.add_argument("--reports", type=int, default=100, help="of the new day (100)")
    given = parser.parse_args()
    begun = time.process_time()
    from tracker.api.world import World
    from tracker.cli import adding

    world = World()
    world.reader("rules")
    print(f"{'start-up, not counted below':52}{time.process_time() - begun:7.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "day.jsonl"
        a_day(reports, given.reports)
        for where in (str(Path(folder) / "war.gpkg"), *given.addresses):
            one(where, reports, given, world, adding.Adding)


def one(where: str, reports: Path, given: Any, world: Any, adding: Any) -> None:  # noqa: ANN401
    """The times of one ledger."""
    from tracker.ledger import open_ledger

    with open_ledger(where, make=True) as ledger:
        print(ledger.name)
        timed(f"  filled with {given.claims:,} claims", lambda: fill(ledger, given.claims))
    for what in (
        f"  a day of {given.reports} new reports added",
        "  the same day again, nothing new",
    ):
        timed(what, lambda: add(where, reports, world, adding))
    with open_ledger(where) as ledger:
        timed("  all claims read", lambda: ledger.claims(world.war))
        timed("  info", ledger.info)


def add(where: str, reports: Path, world: Any, adding: Any) -> None:  # noqa: ANN401
    """What ``tracker ledger add`` does."""
    from tracker.cli.gather import take_in
    from tracker.ledger import open_ledger
    from tracker.reports import take_all

    stream, _ = take_in([str(reports)], None, set())
    intake = take_all(stream)
    with open_ledger(where) as ledger:
        run = adding(ledger, world, again=False)
        run.reports(intake.reports, "rules")
        run.tell()
        print(f"    {run}")


def fill(ledger: Any, number: int) -> None:  # noqa: ANN401
    """Add the made-up claims, in steps as of a long run."""
    told = tellings(number)
    while step := list(islice(told, 4000)):
        ledger.add(step)


def tellings(claims: int) -> Iterator[Any]:
    """Reports of the whole war, two or three claims in each."""
    from tracker.ledger import told_by
    from tracker.model import Report
    from tracker.places import load_gazetteer

    places = load_gazetteer().places
    made = 0
    for number in range(int(claims / A_REPORT)):
        day = date(2022, 2, 24) + timedelta(number % 1700)
        report = Report(f"made-{number:06}", day, f"Made-up report {number}.", source="Made up")
        several = 2 + number % 2
        told = [claim(report, places[(made + i) * 7 % len(places)]) for i in range(several)]
        made += several
        yield told_by(report, told, lang="en", reader="made up")


def claim(report: Any, place: Any) -> Any:  # noqa: ANN401
    """A claim of the usual length about a place."""
    from tracker.model import Claim

    return Claim(
        report.id, report.published, "https://example.org/made-up", report.source, "en",
        place.name, place.place_id, place.name, place.admin1, "settlement", "capture", "UA", "UA",
        report.published - timedelta(1), report.published, "UA", "asserted", False,
        f"The defenders took {place.name} back after several days of fighting, it is made up.",
        "located", 0.85, "took.active/subject", place.lon, place.lat,
    )  # fmt: skip


def a_day(file: Path, reports: int) -> None:
    """Sample reports under new names and of one day."""
    from tracker.model.jsontext import dumps
    from tracker.reports import read_reports

    samples = read_reports([ROOT / "reports"]).reports
    lines = []
    for number in range(reports):
        report = replace(samples[number % len(samples)], id=f"day-{number:03}")
        fields = {"id": report.id, "published": "2026-11-01", "text": report.text}
        lines.append(dumps(fields | {"title": report.title, "lang": report.lang}) + "\n")
    file.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
