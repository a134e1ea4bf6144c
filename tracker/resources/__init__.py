"""What ships with the package: tables, language files, templates, scripts; and the user's cache.

An edge: it touches files (and, for third-party scripts, the network), so that the rooms below it
need not.
"""

from tracker.resources.package import (
    gazetteer_file,
    load_baseline,
    load_extents,
    load_outline,
    load_rivers,
    load_war,
    read_text,
    read_war,
)

__all__ = [
    "gazetteer_file",
    "load_baseline",
    "load_extents",
    "load_outline",
    "load_rivers",
    "load_war",
    "read_text",
    "read_war",
]
