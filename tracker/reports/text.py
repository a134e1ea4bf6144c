"""Bytes to text, and the front matter at the top of a text file."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import BinaryIO
from unicodedata import normalize

from tracker.errors import ReportError, at, shown

FENCE = "---"
KNOWN = ("id", "published", "title", "url", "source", "lang")

_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_UTF16 = "utf-16"
_PIECE = 1 << 20
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one report or claim, and where they stand: ``line`` is None in whole files."""

    file: str
    line: int | None
    fields: dict[str, object]
    lines: dict[str, int] = field(default_factory=dict)

    def fault(self, problem: str, remedy: str = "", key: str = "") -> str:
        """The problem as one line that names file and line."""
        return at(self.file, self.lines.get(key, self.line), problem, remedy)


def clean(text: str) -> str:
    """NUL and lone surrogates, which no file format here can hold, become U+FFFD, one for one."""
    return _NO_TEXT.sub("\ufffd", text)


def composed(text: str) -> str:
    """Letters in one code point each (NFC) as the tables and lexicons have them.

    Texts from macOS and from PDF files have й as и and a breve: to a reader the same, to a
    comparison not.
    """
    return normalize("NFC", text)


def decode(data: bytes, name: str, *, charset: str = "utf-8") -> str:
    """The text of a file: by its byte order mark UTF-8 or UTF-16, else in ``charset``.

    Raises :class:`ReportError`.
    """
    encoding = _marked(data) or charset
    # Letters hold NUL bytes in UTF-16 alone.
    binary = encoding != _UTF16 and b"\x00" in data
    try:
        text = "\x00" if binary else data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        kind = encoding.upper().removesuffix("-SIG")
        problem = f"not {kind} text: byte 0x{data[error.start]:02x}"
        raise ReportError(at(name, line, problem, "save it as UTF-8, or leave it out")) from error
    if "\x00" in text:
        raise ReportError(at(name, None, "not text: it holds NUL bytes", "leave it out"))
    return text


def check_utf8(stream: BinaryIO, name: str) -> bool:
    """Whether all of a stream is UTF-8 text, False where it is marked as UTF-16.

    Raises :class:`ReportError` with the words of :func:`decode`; holds little of it at a time.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, problem, first = 1, "", True
    while True:
        piece = stream.read(_PIECE)
        if first and _marked(piece) == _UTF16:
            return False
        first = False
        if b"\x00" in piece:  # whatever was wrong before it, it is no text at all
            raise ReportError(at(name, None, "not text: it holds NUL bytes", "leave it out"))
        if not problem:
            try:
                line += decoder.decode(piece, final=not piece).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                problem = f"not UTF-8 text: byte 0x{error.object[error.start]:02x}"
        if not piece:
            break
    if problem:
        raise ReportError(at(name, line, problem, "save it as UTF-8, or leave it out"))
    return True


def opening(data: bytes) -> str:
    """The first characters of a text that may still turn out to be none."""
    return data[:512].decode(_marked(data) or "utf-8", "ignore")


def _marked(data: bytes) -> str:
    """The encoding that the byte order mark names, '' without one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _UTF16
    return "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else ""


def read_text(text: str, name: str) -> Row:
    """A plain text or Markdown file: front matter, if any, and the rest as ``text``.

    Raises :class:`ReportError` for front matter that is not ``key: value`` lines.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not _has_front_matter(lines):
        return Row(name, None, {"text": "\n".join(lines)})
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() == FENCE), None)
    if end is None:
        raise ReportError(
            at(name, 1, "front matter is opened and not closed", f"add a line {FENCE} after it")
        )
    row = _front_matter(lines[1:end], name)
    row.fields["text"] = "\n".join(lines[end + 1 :])
    return row


def _has_front_matter(lines: list[str]) -> bool:
    """A lone ``---`` may also be a rule above plain text: a key has to follow."""
    if lines[0].rstrip() != FENCE:
        return False
    first = next((line for line in lines[1:] if line.strip() and not line.startswith("#")), "")
    return first.rstrip() == FENCE or _KEY.fullmatch(first.rstrip()) is not None


def _front_matter(lines: list[str], name: str) -> Row:
    row = Row(name, None, {})
    key = ""
    for number, line in enumerate(lines, start=2):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0] in " \t-":
            _continue(row, key, line, number)
            continue
        match = _KEY.fullmatch(line.rstrip())
        if match is None:
            raise ReportError(
                at(name, number, f"no 'key: value' in the front matter: {shown(line)}", "mend it")
            )
        key = match[1].lower()
        if key in row.fields or key == "text":
            raise ReportError(at(name, number, f"{key!r} a second time", "keep one of them"))
        row.fields[key] = _unquoted((match[2] or "").strip())
        row.lines[key] = number
    return row


def _continue(row: Row, key: str, line: str, number: int) -> None:
    """Lists and folded values are kept for keys that mean nothing here, and refused for others."""
    if not key or key in KNOWN:
        problem = f"the value of {key!r} goes on in a second line" if key else "no key before it"
        raise ReportError(at(row.file, number, f"{problem}: {shown(line)}", "keep it on one line"))
    row.fields[key] = f"{row.fields[key]}\n{line}".lstrip("\n")


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
