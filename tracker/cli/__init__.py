"""The command line: one command a file; data on standard output, remarks on standard error."""

from tracker.cli.app import main, run

__all__ = ["main", "run"]
