"""Where output goes: checked before any work, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from tracker.errors import OutputExistsError, UnknownFormatError, UsageError, at, shown
from tracker.reports import printable, real_path

Writer = Callable[[Path], None]
"""Writes one file at the path it is given."""


def check_target(
    target: Path, endings: Iterable[str], *, overwrite: bool = False, inputs: Iterable[Path] = ()
) -> Path:
    """The path to write, links followed, once everything that can be known beforehand is right.

    ``endings`` are those that can be written; ``inputs`` are files that must not be replaced even
    with ``overwrite``. Raises :class:`UnknownFormatError`, :class:`OutputExistsError` or
    :class:`UsageError`.
    """
    name = printable(target)
    if target.is_dir():
        raise OutputExistsError(at(name, None, "is a folder", "name a file in it"))
    if target.suffix.lower() not in endings:
        problem = f"unknown ending {shown(target.suffix)} for an output"
        raise UnknownFormatError(at(name, None, problem, "known are " + " ".join(endings)))
    _check_link(target, name)
    path = real_path(target)
    if not path.parent.is_dir():
        raise UsageError(at(name, None, f"no folder {printable(path.parent)}", "make it first"))
    if not os.access(path.parent, os.W_OK):
        problem = f"no permission to write in {printable(path.parent)}"
        raise UsageError(at(name, None, problem, "name another folder"))
    if path.exists():
        _check_existing(path, name, overwrite, {real_path(source) for source in inputs})
    return path


def _check_link(target: Path, name: str) -> None:
    try:
        target.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            problem = "is a link that leads round in a circle"
            raise UsageError(at(name, None, problem, "name another output")) from error


def _check_existing(path: Path, name: str, overwrite: bool, inputs: set[Path]) -> None:
    if not stat.S_ISREG(path.stat().st_mode):
        raise OutputExistsError(at(name, None, "is no regular file", "name another"))
    if path in inputs:
        raise OutputExistsError(at(name, None, "is an input as well", "name another output"))
    if not overwrite:
        raise OutputExistsError(at(name, None, "exists", "name another, or give --overwrite"))


def write_files(writers: dict[Path, Writer]) -> None:
    """Write several files so that all of them are new or none is.

    Each is written beside its place under a hidden name and moved there once all are complete;
    whatever happens before, nothing stays behind. Raises :class:`OSError`.
    """
    drafts = {path: _draft(path, number) for number, path in enumerate(writers)}
    path = None
    try:
        for path, write in writers.items():
            write(drafts[path])
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        # The draft's name means nothing to anyone.
        error.filename, error.filename2 = path and str(path), None
        raise
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def _draft(path: Path, number: int) -> Path:
    # The process id keeps two runs apart; GDAL wants the ending of the format.
    return path.with_name(f".tracker-{os.getpid()}-{number}{path.suffix.lower()}")
