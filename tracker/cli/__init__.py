"""The command line: one command a file; data on standard output, remarks on standard error.

Only what stands here is loaded before signals are seen to: everything else is imported inside.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

__all__ = ["main", "run"]

INTERRUPTED = 130
"""Exit code of a process that was stopped by a person: 128 + SIGINT."""

NEW_OBJECTS = 50_000
"""Objects made between two searches for garbage: a command makes records by the hundred thousand
and keeps them, so that searching after every 700 takes a tenth of its time."""


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Entry point of the command ``tracker``."""
    # A killed run has to clean up behind itself as an interrupted one does, and so has one whose
    # terminal was closed, but not under nohup.
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _terminate)
    gc.set_threshold(NEW_OBJECTS)
    sys.exit(run(args))


def run(args: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit code; errors have been said on standard error."""
    try:
        from tracker.cli import app

        return app.run(args)
    except KeyboardInterrupt:
        print("tracker: interrupted; nothing was written", file=sys.stderr)
        return INTERRUPTED


def _terminate(signum: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + signum)
