"""How long the everyday commands take, and how fast reading is.

    python benchmarks/commands.py

Each command runs in a process of its own, once to warm up and then RUNS times; the table gives the
fastest and the median run in seconds. Reading is timed in this process, on one core, on the texts
of ``reports/``, from text to located claims, with the gazetteer loaded.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
ROUNDS = 5


def seconds(run: Callable[[], object]) -> list[float]:
    """Wall time of RUNS calls after one that is not counted."""
    run()
    out = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        out.append(time.perf_counter() - start)
    return out


def command(*words: str) -> list[float]:
    """Times of one ``tracker`` command."""
    line = [sys.executable, "-m", "tracker", *words]
    return seconds(lambda: subprocess.run(line, cwd=ROOT, check=True, capture_output=True))


def reading() -> tuple[int, float]:
    """Number of reports in a second, and their mean length in characters."""
    from tracker.places import load_gazetteer
    from tracker.reading import Reader
    from tracker.reports import read_reports
    from tracker.resources import load_war

    reports = read_reports([ROOT / "reports"]).reports
    reader = Reader(load_gazetteer(), load_war())
    times = seconds(lambda: [reader.read(report) for _ in range(ROUNDS) for report in reports])
    length = sum(len(report.text) for report in reports) / len(reports)
    return round(ROUNDS * len(reports) / median(times)), length


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder) / "map.html")
        rows = [
            ("tracker --help", command("--help")),
            ("tracker locate Izyum", command("locate", "Izyum")),
            ("tracker claims reports/", command("claims", "reports")),
            ("tracker map reports/", command("map", "reports", "-o", page, "--overwrite")),
        ]
    print(f"{'':26}{'min s':>8}{'median s':>10}")
    for name, times in rows:
        print(f"{name:26}{min(times):8.2f}{median(times):10.2f}")
    number, length = reading()
    print(f"reading on one core: {number} reports a second, {length:.0f} characters each")


if __name__ == "__main__":
    main()
