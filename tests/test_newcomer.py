"""The way of somebody who has just come: README's session, and reports of their own on a map."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRACKER = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tracker "$@"\n'

BALAKLIIA = """---
published: 2022-09-09
title: Balakliia
source: Example Daily
url: https://example.org/balakliia
---
Ukrainian forces have taken Balakliia, the General Staff said.
"""
KUPIANSK = "Ukraine has taken Kupiansk, President Zelensky said. Fighting went on near Lyman.\n"
IZIUM = """<html lang="en"><head><title>Russian troops leave Izium</title>
<meta property="article:published_time" content="2022-09-11T08:00:00Z"></head>
<body><nav>Home | World</nav><article><h1>Russian troops leave Izium</h1>
<p>Russian troops have withdrawn from Izium, the Ministry of Defence of Russia said.</p>
</article></body></html>
"""
LYMAN = {"id": "lyman", "published": "2022-10-02", "text": "Ukraine has recaptured Lyman."}


@pytest.fixture
def shell(tmp_path):
    """Runs a line as a person would: the command ``tracker`` on the path, in a folder of one's own.

    Gives the exit code and all that the terminal shows. An installed command comes first.
    """
    programs, home = tmp_path / "bin", tmp_path / "home"
    programs.mkdir()
    home.mkdir()
    (programs / "tracker").write_text(TRACKER)
    (programs / "tracker").chmod(0o755)
    path = os.pathsep.join([str(Path(sys.executable).parent), str(programs), os.environ["PATH"]])

    def call(line):
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=home,
            env=os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        )
        return done.returncode, done.stdout.decode("utf-8")

    call.home = home
    return call


def session():
    """The commands of README's console blocks, and what each is shown to print."""
    steps, inside = [], False
    for line in (ROOT / "README.md").read_text("utf-8").splitlines():
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            steps.append((line[2:], []))
        elif inside:
            steps[-1][1].append(line)
    return steps


def test_the_session_in_the_readme_prints_what_the_readme_shows(shell):
    steps = session()
    assert sum(command.startswith("tracker ") for command, _ in steps) >= 2
    shown = [(command, 0, "\n".join(output)) for command, output in steps]
    seen = []
    for command, _ in steps:
        code, output = shell(command)
        seen.append((command, code, output.removesuffix("\n")))
    assert seen == shown


def changes(file):
    features = json.loads(file.read_text("utf-8"))["features"]
    return [
        (p["date"], p["place"], p["holder"], p["status"])
        for p in (feature["properties"] for feature in features)
    ]


def test_own_reports_become_claims_and_a_map_that_grows_with_them(shell):
    news = shell.home / "news"
    news.mkdir()
    (news / "balakliia.md").write_text(BALAKLIIA)
    (news / "2022-09-10-kupiansk.txt").write_text(KUPIANSK)
    (news / "izium.html").write_text(IZIUM)

    code, said = shell("tracker claims news -o news/claims.csv")
    assert (code, said) == (
        0,
        "tracker: 3 reports, 3 claims (3 located, 0 ambiguous, 0 unknown) -> news/claims.csv\n",
    )
    rows = (news / "claims.csv").read_text("utf-8").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [
        "balakliia",
        "2022-09-10-kupiansk",
        "izium",
    ]

    three = [
        ("2022-09-09", "Balakliia", "UA", "claimed"),
        ("2022-09-10", "Kupiansk", "UA", "claimed"),
        ("2022-09-11", "Izium", "UA", "confirmed"),
    ]
    code, said = shell("tracker map news -o news/map.html")
    assert code == 0
    assert said.splitlines()[-2:] == [
        "tracker: 3 reports, 3 claims (3 located, 0 ambiguous, 0 unknown), 3 changes "
        "-> news/map.html and map.geojson",
        "tracker: open news/map.html in a browser",
    ]
    assert changes(news / "map.geojson") == three

    (news / "more.jsonl").write_text(json.dumps(LYMAN))
    before = (news / "map.html").read_bytes()
    code, said = shell("tracker map news -o news/map.html")
    assert (code, said) == (
        2,
        "tracker: news/map.html: exists; name another, or give --overwrite\n",
    )
    assert (news / "map.html").read_bytes() == before

    code, said = shell("tracker map news -o news/map.html --overwrite")
    assert code == 0
    assert ", 4 changes -> news/map.html" in said
    assert changes(news / "map.geojson") == [*three, ("2022-10-02", "Lyman", "UA", "confirmed")]
    assert (news / "map.html").read_bytes() != before
    assert sorted(path.name for path in news.iterdir()) == [
        "2022-09-10-kupiansk.txt",
        "balakliia.md",
        "claims.csv",
        "izium.html",
        "map.geojson",
        "map.html",
        "more.jsonl",
    ]
