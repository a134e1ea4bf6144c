"""Every command and every Python example of README and the documentation runs as it stands."""

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from documentation import PAGES, ROOT, blocks, name
from test_reader_llm import Model

import tracker as ft
from tracker.cli import run

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")
# Enough for what the pages say of September 2022, and quickly read.
SAMPLES = ("2022/2022-09-0[6-9]*", "2022/2022-09-1*", "2022/2022-11-1*", "2026/*")
DATABASE = "postgresql://me@localhost/war"
MODEL = "http://localhost:8080/v1"
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]
OTHERS = ("csv", "toml", "json", "html", "text")


@pytest.fixture
def folder(tmp_path, own_data, monkeypatch):
    """An empty folder with some sample reports and the labelled texts beside it."""
    work = tmp_path / "work"
    for pattern in SAMPLES:
        for path in (ROOT / "reports").glob(pattern):
            there = work / path.relative_to(ROOT)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
    (work / "tests").mkdir()
    (work / "tests" / "labelled").symlink_to(ROOT / "tests" / "labelled")
    monkeypatch.chdir(work)
    return work


class Terminal:
    """Runs the lines of a page, commands of this program in this process."""

    def __init__(self, capfd, monkeypatch, request):
        self.capfd, self.monkeypatch, self.request = capfd, monkeypatch, request

    def __call__(self, line):
        """The exit code, and what is shown: first what goes to standard output, then the rest."""
        program, *args = shlex.split(line, comments=True)
        if program == "make":
            return (0 if re.search(rf"^{args[0]}:", MAKEFILE, re.MULTILINE) else 2), ""
        if program == "pip":
            return (0 if known_to_pip(args) else 1), ""
        if program == "export":
            return self.export(*args[0].split("="))
        if program == "tracker" and not {"|", "<"} & set(args):
            return self.tracker(args)
        done = subprocess.run(
            line, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ
        )
        return done.returncode, done.stdout.decode("utf-8")

    def export(self, variable, value):
        if value == MODEL:
            model = Model()
            self.request.addfinalizer(model.stop)
            model.says({"claims": []})
            value = model.url
        self.monkeypatch.setenv(variable, value)
        return 0, ""

    def tracker(self, args):
        target = None
        if ">" in args:
            *args, _, target = args
        if DATABASE in args:
            database = self.request.getfixturevalue("postgis")
            args = [database if arg == DATABASE else arg for arg in args]
        self.capfd.readouterr()
        code = run(args)
        out, err = self.capfd.readouterr()
        if target:
            Path(target).write_text(out, encoding="utf-8")
            out = ""
        return code, out + err


def known_to_pip(args):
    """``pip install .``, or ``frontline-tracker[extra]`` with an extra that there is."""
    found = re.fullmatch(r"frontline-tracker\[(\w+)\]", args[1])
    return args[0] == "install" and (args[1] == "." or (found and found[1] in EXTRAS))


def printed(code, names):
    """What a Python example prints, run among ``names``."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "example", "exec"), names)
    return out.getvalue().splitlines()


def promised(code):
    """What comments say that an example prints, where they do: behind a print, or a line below."""
    return re.findall(r"^print\(.*\)(?:  |\n)# (.*)$", code, re.MULTILINE)


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=name)
def test_everything_a_page_shows_runs(page, folder, capfd, monkeypatch, request):
    terminal, names = Terminal(capfd, monkeypatch, request), {}
    for block in blocks(page):
        if block.title:
            (folder / block.title).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            shown = printed(block.text, names)
            assert [line for line in promised(block.text) if line not in shown] == []
        elif block.language == "sh":
            for line in block.text.splitlines():
                code, said = terminal(line)
                assert code == 0, f"{line}: {said}"
        elif block.language == "console":
            shown = [terminal(line[2:])[1] for line in block.text.splitlines() if line[:2] == "$ "]
            commands = [line for line in block.text.splitlines() if line[:2] == "$ "]
            pairs = zip(commands, shown, strict=True)
            assert "".join(f"{line}\n{said}" for line, said in pairs) == block.text
        else:
            assert block.language in OTHERS, f"no way to check a block in {block.language}"


def test_the_examples_in_the_docstrings_of_the_api_run(folder):
    finder, runner = doctest.DocTestFinder(recurse=False), doctest.DocTestRunner()
    for offered in ft.__all__:
        for test in finder.find(getattr(ft, offered), offered):
            # The functions go on from one another, as a reader does.
            test.globs = {"ft": ft, "reports": ft.read_reports("reports/2022")}
            runner.run(test)
    assert (runner.summarize().failed, runner.tries >= 4) == (0, True)
