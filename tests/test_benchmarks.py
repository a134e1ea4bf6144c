"""Every benchmark runs, with as little work as it can be given; its times are not looked at."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
REPORT = """---
published: 2022-09-11
source: Example Daily
lang: en
---
Ukrainian forces have retaken Izyum, the General Staff said on Sunday.
"""
# Without the other pages the slider needs no scripts of theirs, and so no network.
RUNS = {
    "commands.py": (["--runs", "1", "REPORTS"], "tracker map reports/"),
    "control.py": (["300", "60", "50"], "front line of one day"),
    "export.py": (
        ["--places", "300", "--changes", "60", "--formats", "gpkg"],
        "war.gpkg, kept cells",
    ),
    "gazetteer.py": (["--paragraphs", "5"], "memory at most"),
    "ledger.py": (["--claims", "50", "--reports", "2"], "all claims read"),
    "reading.py": (["--lines", "6"], "all quiet"),
    "slider.py": (
        ["--places", "40", "--changes", "60", "--days", "50", "--steps", "3", "--alone"],
        "frontline-tracker",
    ),
}


def test_every_benchmark_is_run_here_and_told_of_in_their_readme():
    there = {path.name for path in BENCHMARKS.glob("*.py")}
    told = set(
        re.findall(r"^\| `(\w+\.py)` \|", (BENCHMARKS / "README.md").read_text("utf-8"), re.M)
    )
    assert there == set(RUNS) == told


@pytest.mark.parametrize("name", RUNS)
def test_it_runs_and_prints_its_figures(name, tmp_path):
    words, last = RUNS[name]
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.md").write_text(REPORT, encoding="utf-8")
    words = [str(reports) if word == "REPORTS" else word for word in words]
    own = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / name), *words],
        cwd=ROOT,
        env=os.environ | own | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    [line] = [line for line in done.stdout.splitlines() if line.strip().startswith(last)] or [""]
    assert re.search(r"\d", line), done.stdout
