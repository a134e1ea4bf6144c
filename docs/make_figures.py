"""Write the table of accuracy into README and the documentation, as ``make accuracy`` measures it.

    python docs/make_figures.py

It stands between ``<!-- accuracy -->`` and ``<!-- end -->``; ``tests/test_docs.py`` says when it is
not current.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

from tracker.cli import run

ROOT = Path(__file__).resolve().parent.parent
FILES = (ROOT / "README.md", ROOT / "docs" / "pages" / "accuracy.md")
SETS = {
    "agency": "agency copy, ministries, general staffs",
    "blind_agency": "the same, by somebody who had not seen the reader",
    "hard": "the hard kinds, one to three sentences",
    "mixed": "mixed, written without seeing the rules",
    "blind_c": "news retold with care, by somebody who had not seen the reader",
    "blind_d": "the same kind, long sentences, denials, lists; three other hands",
    "blind_e": "the same kind again, by three writers who had not seen the reader",
    "blind_f": "the same kind, by three more writers who had not seen the reader",
    "blind_h": "the same kind, more literary, by three other writers",
    "blind_i": "the same kind, newspapers, analysts, chronicles; three other writers",
    "blind_j": "plainly retold agency copy, by three other writers",
    "blind_k": "plainly retold agency copy, **not looked at**: only scored",
    "mini_a": "one to three sentences, each told in another way (no days labelled)",
    "mini_b": "the same, a second set (no days labelled)",
    "blind_g": "plain agency copy, by writers who had not seen the reader",
    "sample_reports": "the sample reports",
    "blind_a": "diaries, letters, interviews, columns: meant to be hard",
    "blind_b": "the same, a second set",
}
WITHOUT_DAYS = ("mini_a", "mini_b")
FIGURES = ("precision", "recall", "f1", "where", "when", "who", "quiet")
_TABLE = re.compile(r"(?<=<!-- accuracy -->\n).*?(?=<!-- end -->)", re.DOTALL)


def measured(name: str) -> dict[str, float]:
    """What ``tracker score`` says of a labelled set, over all languages."""
    out = io.BytesIO()
    text = io.TextIOWrapper(out, "utf-8", write_through=True)
    with contextlib.redirect_stdout(text):
        code = run(["score", "--json", str(ROOT / "tests" / "labelled" / f"{name}.jsonl")])
    if code:
        raise SystemExit(code)
    figures: dict[str, float] = json.loads(out.getvalue())["all"]
    return figures


def _cell(name: str, figure: str, value: float) -> str:
    """A figure as it is shown; sets without labelled days have none for days."""
    return "–" if figure == "when" and name in WITHOUT_DAYS else f"{value:.3f}"


def table() -> str:
    """The table in Markdown, a line a set."""
    lines = [
        "| set | reports | precision | recall | holder F1 | where | when | who | quiet |",
        "|---" * 9 + "|",
    ]
    for name, words in SETS.items():
        figures = measured(name)
        cells = [words, str(figures["reports"]), *(_cell(name, f, figures[f]) for f in FIGURES)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def table_of(page: Path) -> str:
    """The table as it stands on a page, '' where there is none."""
    found = _TABLE.search(page.read_text(encoding="utf-8"))
    return found[0] if found else ""


if __name__ == "__main__":
    made = table()
    for file in FILES:
        text = _TABLE.sub(lambda _: made, file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8", newline="\n")
