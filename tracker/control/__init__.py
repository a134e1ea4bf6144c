"""Control: claims become changes, each with all its voices."""

from tracker.control.changes import RULES, changes_from_claims, moves_map

__all__ = ["RULES", "changes_from_claims", "moves_map"]
