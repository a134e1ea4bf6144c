"""How long the everyday commands take, and how fast reading is.

    python benchmarks/commands.py
    python benchmarks/commands.py --runs 1 REPORTS

Each command runs in a process of its own, once to warm up and then 7 times; the table gives the
fastest and the median run in seconds. Reading is timed in this process, on one core, on the texts
of ``reports/``, or of other reports, from text to located claims, with the gazetteer loaded.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5


def seconds(runs: int, run: Callable[[], object]) -> list[float]:
    """Wall time of so many calls after one that is not counted."""
    run()
    out = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        out.append(time.perf_counter() - start)
    return out


def command(runs: int, *words: str) -> list[float]:
    """Times of one ``tracker`` command."""
    line = [sys.executable, "-m", "tracker", *words]
    return seconds(runs, lambda: subprocess.run(line, cwd=ROOT, check=True, capture_output=True))


def reading(runs: int, folder: Path) -> tuple[int, float]:
    """Number of reports in a second, and their mean length in characters."""
    from tracker.places import load_gazetteer
    from tracker.reading import Reader
    from tracker.reports import read_reports
    from tracker.resources import load_war

    reports = read_reports([folder]).reports
    reader = Reader(load_gazetteer(), load_war())
    times = seconds(
        runs, lambda: [reader.read(report) for _ in range(ROUNDS) for report in reports]
    )
    length = sum(len(report.text) for report in reports) / len(reports)
    return round(ROUNDS * len(reports) / median(times)), length


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="?", default=str(ROOT / "reports"))
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    runs, source = given.runs, Path(given.reports).resolve()
    name = f"{source.name}/"
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "map.html")
        rows = [
            ("tracker --help", command(runs, "--help")),
            ("tracker locate Izyum", command(runs, "locate", "Izyum")),
            (f"tracker claims {name}", command(runs, "claims", str(source))),
            (f"tracker map {name}", command(runs, "map", str(source), "-o", page, "--overwrite")),
        ]
    print(f"{'':26}{'min s':>8}{'median s':>10}")
    for line, times in rows:
        print(f"{line:26}{min(times):8.2f}{median(times):10.2f}")
    number, length = reading(runs, source)
    print(f"reading on one core: {number} reports a second, {length:.0f} characters each")


if __name__ == "__main__":
    main()
