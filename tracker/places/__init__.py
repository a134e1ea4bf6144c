"""The gazetteer: every written form of a name -> a place, or "ambiguous", or "unknown"."""

from tracker.places.fighting import Fighting
from tracker.places.gazetteer import Gazetteer
from tracker.places.records import Hints, Location, Mention
from tracker.places.store import (
    Table,
    add_gazetteer,
    fetch_gazetteer,
    gazetteer_info,
    load_gazetteer,
    remove_gazetteer,
)

__all__ = [
    "Fighting",
    "Gazetteer",
    "Hints",
    "Location",
    "Mention",
    "Table",
    "add_gazetteer",
    "fetch_gazetteer",
    "gazetteer_info",
    "load_gazetteer",
    "remove_gazetteer",
]
