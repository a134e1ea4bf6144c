"""From changes to a folium map and one HTML page; ``templates/`` and ``static/`` hold its parts."""

from tracker.mapping.groups import Group, count_changes, group_changes
from tracker.mapping.layer import TimeSliderLayer
from tracker.mapping.page import build_map, render
from tracker.mapping.tiles import Tiles, tiles_of

__all__ = [
    "Group",
    "Tiles",
    "TimeSliderLayer",
    "build_map",
    "count_changes",
    "group_changes",
    "render",
    "tiles_of",
]
