"""Control: claims and a baseline become the holder of each place on each day, areas and front."""

from tracker.control.agreement import Agreement, agreement
from tracker.control.areas import areas, borders, front_line, front_lines
from tracker.control.baseline import (
    Baseline,
    baseline_from_geojson,
    embedded_baseline,
    geojson_area,
)
from tracker.control.changes import changes_from_claims, moves_map
from tracker.control.comparison import Compared, compare_areas, compare_table
from tracker.control.hints import clear_up, clearing
from tracker.control.holders import control, counting, decide
from tracker.control.known import holders_as_known
from tracker.control.rules import RuleSet, load_rule, rule_names
from tracker.control.series import km2_changed, km2_series
from tracker.control.spread import Spread, spread
from tracker.control.tessellation import cells
from tracker.control.voices import voices

__all__ = [
    "Agreement",
    "Baseline",
    "Compared",
    "RuleSet",
    "Spread",
    "agreement",
    "areas",
    "baseline_from_geojson",
    "borders",
    "cells",
    "changes_from_claims",
    "clear_up",
    "clearing",
    "compare_areas",
    "compare_table",
    "control",
    "counting",
    "decide",
    "embedded_baseline",
    "front_line",
    "front_lines",
    "geojson_area",
    "holders_as_known",
    "km2_changed",
    "km2_series",
    "load_rule",
    "moves_map",
    "rule_names",
    "spread",
    "voices",
]
