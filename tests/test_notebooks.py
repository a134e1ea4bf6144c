"""The notebooks run from the first cell to the last and show what they promise."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
FILES = sorted(NOTEBOOKS.glob("*.ipynb"))


def test_there_are_notebooks():
    assert [path.name for path in FILES] == ["01-from-reports-to-a-map.ipynb"]


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


def test_the_first_notebook_goes_from_reports_to_a_map():
    cells = [c for c in run(FILES[0]).cells if c.cell_type == "code"]
    assert " reports, 0 problems" in output(cells[1])
    assert "Izyum        located    Izium" in output(cells[2])
    assert "Ivanivka     ambiguous" in output(cells[2])
    assert "('Kherson', 'withdrawal', 'RU', 'RU', '2022-11-11')" in output(cells[5])
    assert "Nova Kakhovka" not in output(cells[5])
    shown = output(cells[-1])
    assert "<iframe" in shown
    assert "type=&quot;range&quot;" in shown or 'type="range"' in shown
