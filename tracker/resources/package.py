"""Files of the package, found in a checkout and in an installed wheel alike."""

from __future__ import annotations

import csv
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tracker.errors import UsageError
from tracker.model import War

PACKAGE = Path(__file__).resolve().parent.parent
# A wheel carries the checkout's gazetteer/ as tracker/_gazetteer (see pyproject.toml); there is
# one source, so a checkout reads the tables where people edit them.
_GAZETTEER_DIRS = (PACKAGE / "_gazetteer", PACKAGE.parent / "gazetteer")


def read_text(*parts: str) -> str:
    """The text of a file of the package: ``read_text("mapping", "static", "map.js")``."""
    return PACKAGE.joinpath(*parts).read_text(encoding="utf-8")


def gazetteer_file(name: str) -> Path:
    """The path of a table in ``gazetteer/``. Raises :class:`UsageError` when it is not there."""
    for folder in _GAZETTEER_DIRS:
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"gazetteer/{name} is missing; reinstall the package or restore the checkout")


@cache
def load_war(name: str = "ukraine") -> War:
    """Sides and colours of a war, from ``tracker/wars/NAME.toml``."""
    return War.from_mapping(tomllib.loads(read_text("wars", f"{name}.toml")))


def read_war(file: Path) -> War:
    """Sides and colours of a war of one's own; ``tracker/wars/ukraine.toml`` shows the shape.

    Raises :class:`UsageError` for a file that cannot be read or says too little.
    """
    try:
        return War.from_mapping(tomllib.loads(file.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # TOML and encoding faults alike
        raise UsageError(f"{file}: {' '.join(str(error).split())}") from error


def load_outline() -> dict[str, Any]:
    """The recognised territory as a GeoJSON FeatureCollection (WGS 84, lon lat)."""
    return _geojson("outline.geojson")


def load_baseline() -> dict[str, Any]:
    """What was held before the war's first day: a GeoJSON Feature (WGS 84, lon lat).

    Its properties name the ``day`` and the ``holder``.
    """
    return _geojson("baseline.geojson")


def load_extents() -> dict[str, Any]:
    """Where areas lie that are no units: GeoJSON polygons (WGS 84, lon lat) with an ``area_id``."""
    return _geojson("extents.geojson")


@cache
def load_rivers() -> tuple[tuple[str, str, tuple[tuple[float, float], ...]], ...]:
    """The main rivers: name, Ukrainian name, and course from the source on (WGS 84, lon lat)."""
    courses: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with gazetteer_file("rivers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            course = courses.setdefault((row["river"], row["name_uk"]), [])
            course.append((float(row["lon"]), float(row["lat"])))
    return tuple((*names, tuple(course)) for names, course in courses.items())


def _geojson(name: str) -> dict[str, Any]:
    found = json.loads(gazetteer_file(name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found
