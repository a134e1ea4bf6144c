"""The notebooks run from the first cell to the last and show what they promise."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
FILES = sorted(NOTEBOOKS.glob("*.ipynb"))


NAMES = [
    "01-from-reports-to-a-map",
    "02-kharkiv-2022",
    "03-kherson-2022",
    "04-siversk-2025",
    "05-other-peoples-polygons",
    "06-a-war-of-your-own",
]


def test_there_are_notebooks():
    assert [path.stem for path in FILES] == NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_notebook_is_committed_without_outputs(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def run(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOKS)}}
    ).execute()
    return notebook


def output(cell):
    """Text and HTML that a cell printed or showed."""
    return "\n".join(
        part.get("text") or part.get("data", {}).get("text/html") or part["data"]["text/plain"]
        for part in cell.outputs
    )


def shown(number):
    """What the code cells of a notebook show, in order; a picture shows that it is one."""
    return [output(c) for c in run(FILES[number - 1]).cells if c.cell_type == "code"]


def lines(text):
    """Lines without the empty ones: what is printed may arrive in several parts."""
    return [line for line in text.splitlines() if line]


def test_the_first_notebook_goes_from_reports_to_a_map():
    cells = shown(1)
    assert cells[1].startswith("166 reports in en, ru, uk")
    assert "Izyum        located    Izium" in cells[2]
    assert "Ivanivka     ambiguous" in cells[2]
    assert cells[5] == "[['Kherson', 'withdrawal', 'RU', 'RU', '2022-11-11']]"
    assert "<iframe" in cells[-1]
    assert "type=&quot;range&quot;" in cells[-1] or 'type="range"' in cells[-1]


def test_the_second_follows_september_2022_by_day_and_ground():
    cells = shown(2)
    assert "08 September: Balakliia (UA, claimed)" in cells[2]
    assert "01 October: Lyman (UA, confirmed)" in cells[2]
    before, *_, after = [int(line.split()[-1]) for line in lines(cells[4])[2:]]
    assert before > 10_000
    assert after < 3_000
    assert "Figure" in cells[5]


def test_the_third_tells_an_order_from_a_withdrawal():
    cells = shown(3)
    assert "order Kherson withdrawal  ongoing" in cells[2]
    assert "doubt" not in cells[2]
    assert "2022-11-11" in cells[4]
    assert "confirmed" in cells[4]
    assert "Figure" in cells[-1]


def test_the_fourth_turns_two_clocks():
    cells = shown(4)
    assert lines(cells[4]) == [
        "known on 2025-12-10: UA, baseline",
        "known on 2025-12-15: UA, disputed",
        "known on 2025-12-31: RU, confirmed",
    ]
    assert "Figure" in cells[5]


def test_the_fifth_finds_what_its_made_up_polygons_changed():
    cells = shown(5)
    theirs, ours = lines(cells[5])[:2]
    assert theirs.startswith("only theirs: Bakhmut")
    assert "Svatove" in ours
    assert "'iou': 0.9" in cells[4]


def test_the_sixth_maps_a_war_that_is_not_this_one():
    cells = shown(6)
    assert "Cranmoor" in cells[3]
    assert "<iframe" in cells[-1]
