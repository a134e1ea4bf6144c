"""How long the everyday commands take.

    python benchmarks/commands.py
    python benchmarks/commands.py --runs 1 REPORTS

Each command runs in a process of its own, once to warm up and then 7 times; the table gives the
fastest and the median run in seconds of wall time. ``reading.py`` times reading by itself.
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
            (
                f"tracker map {name} --areas",
                command(runs, "map", str(source), "--areas", "-o", page, "--overwrite"),
            ),
        ]
    print(f"{'':30}{'min s':>8}{'median s':>10}")
    for line, times in rows:
        print(f"{line:30}{min(times):8.2f}{median(times):10.2f}")


if __name__ == "__main__":
    main()
