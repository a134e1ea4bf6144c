"""Inputs on the command line, found and named before any of them is opened.

A named input must exist and have a known ending. A folder is taken with its subfolders; what in
it is no report (hidden files, README, other endings) is passed over and counted.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from tracker.errors import UnknownFormatError, UsageError, at, shown

TEXT_ENDINGS = (".txt", ".md")
PAGE_ENDINGS = (".html", ".htm")
ROW_ENDINGS = (".jsonl", ".ndjson", ".json", ".csv")
CLAIMS_ENDINGS = (".geojson", ".gpkg", ".parquet")
ENDINGS = TEXT_ENDINGS + PAGE_ENDINGS + ROW_ENDINGS + CLAIMS_ENDINGS

STDIN = "-"
FEW = 5
MOST_IN_MEMORY = 1 << 24
"""Bytes of a stream that are kept in memory; of a longer one all are kept in a file."""


@dataclass(frozen=True, slots=True)
class Document:
    """One input file, or a stream that has been kept (``content``, or ``spool`` where it is long).

    ``name`` is safe to print, ``stem`` the file name without ending, ``ending`` lower case with
    its dot, ``in_folder`` whether it was found in a folder rather than named.
    """

    name: str
    stem: str
    ending: str
    path: Path | None = None
    content: bytes | None = None
    in_folder: bool = False
    spool: BinaryIO | None = None

    def open(self) -> BinaryIO:
        """The bytes as a stream from their beginning, to be closed. Raises :class:`OSError`.

        Of a long stream that has been kept there is one reader at a time.
        """
        if self.content is not None:
            return io.BytesIO(self.content)
        if self.spool is not None:
            self.spool.seek(0)
            return io.BufferedReader(_Unclosed(self.spool))
        assert self.path is not None
        return self.path.open("rb")

    def read(self) -> bytes:
        """The bytes. Raises :class:`OSError`."""
        if self.content is not None:
            return self.content
        with self.open() as stream:
            return stream.read()

    def ends(self, size: int) -> bytes:
        """The first and the last ``size`` bytes, all where there are no more than both."""
        with self.open() as stream:
            first = stream.read(2 * size)
            end = stream.seek(0, os.SEEK_END)
            if end <= 2 * size:
                return first
            stream.seek(end - size)
            return first[:size] + stream.read()

    def kept(self) -> Document:
        """The same, to be read more than once: a pipe is read to its end and kept."""
        if self.path is None or self.path.is_file():
            return self
        with self.path.open("rb") as stream:
            return keep(self, stream)


class _Unclosed(io.RawIOBase):
    """A file that outlives its readers."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self._file.seek(offset, whence)


def keep(document: Document, stream: BinaryIO) -> Document:
    """The document with all bytes of a stream: in memory, or in a file without a name."""
    content = stream.read(MOST_IN_MEMORY)
    if len(content) < MOST_IN_MEMORY:
        return replace(document, content=content)
    spool = tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the document)
    spool.write(content)
    shutil.copyfileobj(stream, spool)
    return replace(document, spool=spool)


@dataclass(slots=True)
class Found:
    """What the inputs amount to: documents in a stable order, faults, and what was passed over."""

    documents: list[Document] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def printable(path: object) -> str:
    """A path as it may stand in a message: file names can hold line breaks and escape codes."""
    text = argument_text(str(path))
    return text if text.isprintable() else shown(text)


def argument_text(written: str) -> str:
    """What was meant by an argument or a file name, whatever the locale took its bytes for.

    Where the locale knows ASCII only, Python reads each other byte as a lone surrogate; bytes that
    are no UTF-8 stay so.
    """
    try:
        return os.fsencode(written).decode("utf-8", "surrogateescape")
    except UnicodeError:
        return written


def real_path(path: Path) -> Path:
    """The path with its links followed; where they lead round in a circle, as far as they lead."""
    return Path(os.path.realpath(path))


def first_few(names: Sequence[str]) -> str:
    """The first of many names as they may stand in a message."""
    few = ", ".join(printable(name) for name in names[:FEW])
    return few if len(names) <= FEW else f"{few}, …"


def document(path: Path, *, in_folder: bool = False) -> Document:
    """The file at ``path``, unopened."""
    name, ending = printable(path), path.suffix.lower()
    return Document(name, argument_text(path.stem), ending, path, in_folder=in_folder)


def find_documents(inputs: Iterable[str | Path], exclude: Collection[Path] = ()) -> Found:
    """Files and folders as documents; ``-`` is left to the caller.

    ``exclude`` are files (resolved) that a walk passes over: the outputs of this very run.
    Raises :class:`UsageError` for an input that does not exist, and
    :class:`UnknownFormatError` for a named file of an ending that nothing here reads.
    """
    found = Found()
    for path in [Path(item) for item in dict.fromkeys(map(str, inputs))]:
        if path.is_dir():
            _take_folder(path, found, exclude)
        elif not path.exists():
            raise UsageError(at(printable(path), None, "no such file or folder"))
        elif path.suffix.lower() not in ENDINGS:
            raise UnknownFormatError(
                at(printable(path), None, f"unknown ending {shown(path.suffix)}", _endings_remedy())
            )
        else:
            found.documents.append(document(path))
    return found


def _endings_remedy() -> str:
    return "known are " + " ".join(ENDINGS) + " and - for standard input"


def _take_folder(folder: Path, found: Found, exclude: Collection[Path]) -> None:
    def unreadable(error: OSError) -> None:
        found.problems.append(
            at(printable(error.filename), None, f"cannot be read: {error.strerror}")
        )

    before = len(found.documents), len(found.problems)
    for here, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            _take_file(Path(here, name), found, exclude)
    if (len(found.documents), len(found.problems)) == before:
        found.problems.append(
            at(printable(folder), None, "no reports in this folder", _endings_remedy())
        )


def _take_file(path: Path, found: Found, exclude: Collection[Path]) -> None:
    if path.name.startswith(".") or path.name.lower().startswith("readme"):
        return
    if path.suffix.lower() not in ENDINGS:
        found.passed_over[path.suffix.lower() or "no ending"] += 1
    elif path.exists() and not path.is_file():
        found.passed_over["no regular file"] += 1
    elif real_path(path) not in exclude:
        found.documents.append(document(path, in_folder=True))
