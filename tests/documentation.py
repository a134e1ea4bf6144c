"""README and the pages of the documentation, taken apart into blocks."""

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = ROOT / "docs" / "pages"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(SITE.rglob("*.md"))]

_BLOCK = re.compile(r'^( *)```(\w+)(?: title="([^"\n]+)")?\n(.*?)^\1```$', re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the name of the file that it shows ('' if none), its text."""

    language: str
    title: str
    text: str


def name(page):
    return str(page.relative_to(ROOT))


def blocks(page):
    """The fenced blocks of a page, in order."""
    found = _BLOCK.findall(page.read_text("utf-8"))
    return [Block(language, title, textwrap.dedent(text)) for _, language, title, text in found]


def prose(page):
    """The text without its fenced blocks."""
    return _BLOCK.sub("", page.read_text("utf-8"))
