"""Write the pages of the reference that come from the program itself.

    python docs/make_reference.py

``cli.md`` is the help of every command, ``fields.md`` the data dictionary of the exports.
``tests/test_docs.py`` says when they are not current.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from tracker.cli.app import cli
from tracker.export.dictionary import fields_markdown

PAGES = Path(__file__).resolve().parent / "pages" / "reference"
WIDTH = 88

_HEAD = """# Command line

What `tracker COMMAND --help` says. Exit codes: 0 all well, 1 something in the data is wrong, 2 the
call is wrong. Data goes to standard output, words to standard error.
"""


def contexts(
    command: click.Command, name: str, above: click.Context | None
) -> Iterator[click.Context]:
    """A command and all below it, each as a terminal of fixed width calls it."""
    width = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    settings = {**command.context_settings, **width}
    context = click.Context(command, parent=above, info_name=name, **settings)
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from contexts(found, below, context)


def cli_page() -> str:
    """Every command under a heading of its own."""
    parts = [_HEAD]
    for context in contexts(cli, "tracker", None):
        parts += [f"## {context.command_path}\n", f"```text\n{context.get_help().rstrip()}\n```\n"]
    return "\n".join(parts)


def pages() -> dict[Path, str]:
    """The text of each page by its file."""
    return {PAGES / "cli.md": cli_page(), PAGES / "fields.md": fields_markdown()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")
