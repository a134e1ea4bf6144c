"""Reading: one report to its claims, by rules that every claim can name."""

from tracker.reading.language import detect_language
from tracker.reading.reader import Reader

__all__ = ["Reader", "detect_language"]
