"""What a day costs in a ledger of 100,000 claims, and what it costs to open one.

    python benchmarks/ledger.py [postgresql://...]

A ledger is filled with CLAIMS made-up claims of 40,000 reports. Then one day of REPORTS new reports
(texts of ``reports/``) is added as ``tracker ledger add`` does it: inputs read, known reports told
apart, new ones read by the rules, claims and verdicts brought in. Times are CPU seconds of this
process (start-up, which is Python, its libraries and the gazetteer, is not counted, but measured
beside it) and wall seconds in brackets. With the address of a database the same is done in PostGIS;
the work of its server is not in the CPU seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CLAIMS, A_REPORT = 100_000, 2.5
REPORTS = 100


def timed(what: str, run: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Run it, print its CPU and wall seconds, give what it gives."""
    wall, cpu = time.perf_counter(), time.process_time()
    out = run()
    print(f"{what:52}{time.process_time() - cpu:7.2f} s ({time.perf_counter() - wall:.2f} s)")
    return out


def main(addresses: list[str]) -> None:
    """Print the times."""
    begun = time.process_time()
    from tracker.api.world import World
    from tracker.cli import adding

    world = World()
    world.reader("rules")
    print(f"{'start-up, not counted below':52}{time.process_time() - begun:7.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        for where in (str(Path(folder) / "war.gpkg"), *addresses):
            one(where, Path(folder), world, adding.Adding)


def one(where: str, folder: Path, world: Any, adding: Any) -> None:  # noqa: ANN401
    """The times of one ledger."""
    from tracker.ledger import open_ledger

    reports = folder / "day.jsonl"
    with open_ledger(where, make=True) as ledger:
        print(ledger.name)
        timed(f"  filled with {CLAIMS:,} claims", lambda: fill(ledger))
    a_day(reports)
    for what in (f"  a day of {REPORTS} new reports added", "  the same day again, nothing new"):
        timed(what, lambda: add(where, reports, world, adding))
    with open_ledger(where) as ledger:
        timed("  all claims read", lambda: ledger.claims(world.war))
        timed("  info", ledger.info)


def add(where: str, reports: Path, world: Any, adding: Any) -> None:  # noqa: ANN401
    """What ``tracker ledger add`` does."""
    from tracker.cli.gather import take_in
    from tracker.ledger import open_ledger

    intake, _ = take_in([str(reports)], None, set())
    with open_ledger(where) as ledger:
        run = adding(ledger, world, again=False)
        run.reports(intake.reports, "rules")
        run.tell()
        print(f"    {run}")


def fill(ledger: Any) -> None:  # noqa: ANN401
    """Add the made-up claims, in steps as of a long run."""
    told = tellings()
    while step := list(islice(told, 4000)):
        ledger.add(step)


def tellings() -> Iterator[Any]:
    """Reports of the whole war, two or three claims in each."""
    from tracker.ledger import told_by
    from tracker.model import Report
    from tracker.places import load_gazetteer

    places = load_gazetteer().places
    made = 0
    for number in range(int(CLAIMS / A_REPORT)):
        day = date(2022, 2, 24) + timedelta(number % 1700)
        report = Report(f"made-{number:06}", day, f"Made-up report {number}.", source="Made up")
        several = 2 + number % 2
        claims = [claim(report, places[(made + i) * 7 % len(places)]) for i in range(several)]
        made += several
        yield told_by(report, claims, lang="en", reader="made up")


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


def a_day(file: Path) -> None:
    """Sample reports under new names and of one day."""
    from tracker.model.jsontext import dumps
    from tracker.reports import read_reports

    samples = read_reports([ROOT / "reports"]).reports
    lines = []
    for number in range(REPORTS):
        report = replace(samples[number % len(samples)], id=f"day-{number:03}")
        fields = {"id": report.id, "published": "2026-11-01", "text": report.text}
        lines.append(dumps(fields | {"title": report.title, "lang": report.lang}) + "\n")
    file.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
