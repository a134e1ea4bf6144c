"""The documentation: links that lead somewhere, pages that are current, a site that asks nobody."""

import importlib.util
import re
import subprocess
import sys

import pytest
from documentation import PAGES, ROOT, SITE, name, prose

_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")
OUTSIDE = ("https://", "http://", "mailto:")
LINKED = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted(ROOT.glob("*/README.md")),
    ROOT / "tests" / "labelled" / "README.md",
]


def anchors(page):
    """The anchors of a page's headings."""
    heads = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", LINKED, ids=name)
def test_links_of_the_repository_lead_somewhere(page):
    for link in _LINK.findall(prose(page)):
        if link.startswith(OUTSIDE):
            continue
        path, _, anchor = link.partition("#")
        there = (page.parent / path) if path else page
        assert there.exists(), link
        if anchor:
            assert anchor in anchors(there), link


def load(file):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_says_what_the_program_says():
    """``make docs`` writes these pages."""
    for path, text in load(ROOT / "docs" / "make_reference.py").pages().items():
        assert path.read_text("utf-8") == text


def test_every_command_of_the_reference_is_there():
    text = (SITE / "reference" / "cli.md").read_text("utf-8")
    for command in ("tracker claims", "tracker ledger review", "tracker gazetteer fetch"):
        assert f"\n## {command}\n" in text


def test_every_function_of_the_api_is_on_its_page():
    import tracker

    text = (SITE / "reference" / "python.md").read_text("utf-8")
    assert sorted(re.findall(r"^::: tracker\.(\w+)$", text, re.MULTILINE)) == tracker.__all__


def cells(table):
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()]


def test_the_table_of_accuracy_is_what_make_accuracy_says(gazetteer_loaded_once):
    """Within 0.02, so that not every rule of reading is a change of README.

    ``python docs/make_figures.py`` writes it to the third digit.
    """
    figures = load(ROOT / "docs" / "make_figures.py")
    labelled = {path.stem for path in (ROOT / "tests" / "labelled").glob("*.jsonl")}
    assert set(figures.SETS) == labelled
    readme, page = (figures.table_of(page) for page in figures.FILES)
    assert readme == page
    measured = cells(figures.table())
    assert [row[:2] for row in cells(page)] == [row[:2] for row in measured]
    for written, now in zip(cells(page)[2:], measured[2:], strict=True):
        shown = [cell.replace("–", "0") for cell in written[2:]]  # no days labelled
        pairs = zip(shown, (cell.replace("–", "0") for cell in now[2:]), strict=True)
        assert max(abs(float(a) - float(b)) for a, b in pairs) <= 0.02, written


def test_the_site_builds_without_a_warning_and_loads_nothing_from_elsewhere(tmp_path):
    """A page, link or anchor that is missing is a warning, and warnings end the build."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["-f", str(ROOT / "docs" / "mkdocs.yml"), "-d", str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("*.html")}
    assert len(made) >= len(PAGES) - 2
    for path in made:
        text = (tmp_path / "site" / path).read_text("utf-8")
        loaded = re.findall(r'<(?:script|img|iframe|source)[^>]*\ssrc="?([^"\s>]+)', text)
        loaded += re.findall(r'<link[^>]*\shref="?([^"\s>]+)', text)
        assert [link for link in loaded if link.startswith((*OUTSIDE, "//"))] == [], path
        assert "<code>:" not in text
        assert not re.search(r":(?:func|class|mod|data):", text), path
