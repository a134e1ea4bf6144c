"""What commands print: remarks on standard error, data on standard output."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

import click

Item = TypeVar("Item")

BROKEN_PIPE = 141
"""Exit code of a process that writes to a closed pipe: 128 + SIGPIPE."""

_WORTH_A_BAR = 50


def say(message: str) -> None:
    """One line on standard error for each line of the message, unprintables escaped.

    File names and values of the input are part of messages: they must not be able to move the
    cursor of a terminal.
    """
    for line in message.split("\n"):
        click.echo(f"tracker: {plain(line)}", err=True)


def plain(text: str) -> str:
    """Text for a terminal: white space folded, what moves the cursor written as an escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in " ".join(text.split()))


def progress(items: Iterable[Item], label: str) -> Iterator[Item]:
    """The items, with a bar on standard error while they pass if a person is watching.

    Of items that nobody can count beforehand a bar only shows that they pass.
    """
    length = len(items) if isinstance(items, Sized) else None
    if not sys.stderr.isatty() or (length is not None and length < _WORTH_A_BAR):
        yield from items
        return
    with click.progressbar(items, length, label=label, file=sys.stderr) as bar:
        yield from bar


def put(pieces: Iterable[str]) -> None:
    """Write data to standard output: UTF-8 and LF wherever it goes.

    Raises :class:`OSError`; a reader that has gone away (``| head``) ends the run quietly.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "is closed", "standard output")
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode("utf-8"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence_stdout()
        sys.exit(BROKEN_PIPE)
    except OSError as error:
        _silence_stdout()
        error.filename = "standard output"
        raise


def _silence_stdout() -> None:
    """Nothing more can be written: keep the interpreter from trying again when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return


def count(number: int, noun: str) -> str:
    """``1 claim``, ``2 claims``, ``1,000 claims``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
