"""Write docs/formats.md, the table of formats and the data dictionary.

    python docs/build_formats.py

A test checks that the page is what this writes.
"""

from pathlib import Path

from tracker.export.formats import formats_markdown

if __name__ == "__main__":
    Path(__file__).with_name("formats.md").write_text(formats_markdown(), encoding="utf-8")
