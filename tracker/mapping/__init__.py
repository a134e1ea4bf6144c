"""From changes to a folium map and one HTML page; ``templates/`` and ``static/`` hold its parts."""

from tracker.mapping.groups import Group, group_changes
from tracker.mapping.layer import TimeSliderLayer
from tracker.mapping.page import build_map, render

__all__ = ["Group", "TimeSliderLayer", "build_map", "group_changes", "render"]
