"""frontline-tracker: who took or left which town, when, on whose word, and what the map was.

::

    import tracker as ft

    reports = ft.read_reports("reports/")   # a row a report
    claims = ft.claims(reports)             # a row a claim, with its place
    holders = ft.holders(claims)            # who held each place from when to when
    ft.plot_front(holders, "2022-11-11")
    ft.write_layers(claims, "war.gpkg")     # for QGIS, styled and with a time axis

All frames are plain (Geo)DataFrames in EPSG:4326; every function says which columns it gives.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.api.comparing import compare as compare
    from tracker.api.control import areas as areas
    from tracker.api.control import changes as changes
    from tracker.api.control import front as front
    from tracker.api.control import holders as holders
    from tracker.api.control import km2 as km2
    from tracker.api.drawing import plot_area as plot_area
    from tracker.api.drawing import plot_front as plot_front
    from tracker.api.drawing import slider_map as slider_map
    from tracker.api.exporting import write_layers as write_layers
    from tracker.api.kept import read_claims as read_claims
    from tracker.api.reading import claims as claims
    from tracker.api.reading import locate as locate
    from tracker.api.reading import mentions as mentions
    from tracker.api.reading import read_reports as read_reports
    from tracker.api.world import World as World

__version__ = "0.1.0"

# Frames and maps take a second to import: a name is looked for when it is first used.
_WHERE = {
    "World": "world",
    "read_reports": "reading",
    "read_claims": "kept",
    "locate": "reading",
    "mentions": "reading",
    "claims": "reading",
    "changes": "control",
    "holders": "control",
    "areas": "control",
    "front": "control",
    "km2": "control",
    "compare": "comparing",
    "slider_map": "drawing",
    "plot_area": "drawing",
    "plot_front": "drawing",
    "write_layers": "exporting",
}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _WHERE:
        raise AttributeError(f"module 'tracker' has no attribute {name!r}")
    return getattr(import_module(f"tracker.api.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
