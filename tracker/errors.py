"""Everything that can go wrong with input, in one tree.

::

    TrackerError
    ├── UsageError (also ValueError)     the call is wrong: exit code 2
    │   ├── UnknownFormatError           a file ending that nothing here reads or writes
    │   └── OutputExistsError            something is in the way of the output
    └── DataError (also ValueError)      what was read is wrong: exit code 1
        ├── ReportError                  a report that cannot be taken
        ├── ClaimError                   a claims file with faulty rows
        ├── HoldersError                 intervals of holders that contradict each other
        ├── BaselineError                a baseline that is no map of who held what
        ├── ComparisonError              a reference that nothing can be compared with
        ├── LedgerError                  a ledger that cannot be opened, read or written
        └── GazetteerError               a table of places with faulty rows

Every message is one line that names the file, the line, the value and the remedy, as far as each
is known: ``FILE:LINE: what is wrong: VALUE; what to do``.
"""

from __future__ import annotations

MAX_SHOWN = 80


class TrackerError(Exception):
    """Base of all errors that a caller may want to show to a person as one line."""

    exit_code = 1


class UsageError(TrackerError, ValueError):
    """The call is wrong; nothing was read or written."""

    exit_code = 2


class UnknownFormatError(UsageError):
    """A file ending that nothing here reads or writes."""


class OutputExistsError(UsageError):
    """The output path is a folder, or a file that may not be replaced."""


class DataError(TrackerError, ValueError):
    """The input is wrong."""


class ReportError(DataError):
    """A report that cannot be taken: broken, not text, or without a publication date."""


class ClaimError(DataError):
    """A claims file with faulty rows; the message lists them all."""


class HoldersError(DataError):
    """A table of holders of the wrong shape, or with impossible intervals."""


class BaselineError(DataError):
    """A baseline that cannot be used: no polygons, or not in degrees."""


class ComparisonError(DataError):
    """A reference that nothing can be compared with: no polygons, no table, or faulty rows."""


class LedgerError(DataError):
    """A ledger that is none, damaged, locked, of a newer version, or out of reach."""


class GazetteerError(DataError):
    """A table of places with faulty rows; the message lists them all."""


def shown(value: object) -> str:
    """A value as it may stand in a one-line message: quoted, unprintables escaped, cut short."""
    text = ascii(value) if isinstance(value, bytes) else repr(str(value))
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 2] + "…'"


def at(file: object, line: int | None, problem: str, remedy: str = "") -> str:
    """``FILE:LINE: problem; remedy`` with the parts that are known."""
    where = f"{file}:{line}" if line is not None else str(file)
    return f"{where}: {problem}" + (f"; {remedy}" if remedy else "")
