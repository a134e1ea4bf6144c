"""The war, its outline, its places and its baseline, each loaded when it is first used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.errors import BaselineError, UsageError, at
from tracker.model import Place, War

if TYPE_CHECKING:
    from tracker.control import Baseline
    from tracker.ledger import Box
    from tracker.places import Gazetteer
    from tracker.reading import Reader
    from tracker.reading.modelreader import ModelReader

MARGIN = 5.0
"""Degrees around the outline in which a place of this war can lie."""


class World:
    """What claims are held against; made once and handed to several functions.

    Without arguments: the war, outline, tables and baseline that come with the program. Another war
    is another set of files: ``war`` a TOML of sides and colours, ``gazetteer`` a table of places,
    ``outline`` GeoJSON polygons of the country, ``baseline`` GeoJSON polygons of what the second
    side held on ``baseline_date``. Files are read when they are first used; the errors are those of
    their readers, all of them :class:`tracker.errors.TrackerError`.
    """

    def __init__(
        self,
        gazetteer: Path | str | None = None,
        *,
        war: Path | str | None = None,
        outline: Path | str | None = None,
        baseline: Path | str | None = None,
        baseline_date: date | None = None,
    ) -> None:
        self._gazetteer_file = None if gazetteer is None else Path(gazetteer)
        self._war_file = None if war is None else Path(war)
        self._outline_file = None if outline is None else Path(outline)
        self._baseline_file = None if baseline is None else Path(baseline)
        self._baseline_date = baseline_date

    @cached_property
    def war(self) -> War:
        """Sides and colours."""
        from tracker.resources import load_war, read_war

        return load_war() if self._war_file is None else read_war(self._war_file)

    @cached_property
    def baseline(self) -> Baseline:
        """Who held what before the first claim.

        Raises :class:`BaselineError` for polygons that cannot be used, :class:`UsageError` for
        polygons without a day or a day without polygons.
        """
        return self.baseline_of(self._baseline_file, self._baseline_date)

    def baseline_of(self, file: Path | None, day: date | None) -> Baseline:
        """The baseline of a file of polygons and its day; the one of the war without both."""
        from tracker.control import baseline_from_geojson, embedded_baseline
        from tracker.reports import printable

        if file is None:
            if day is not None:
                raise UsageError("--baseline-date without --baseline; name the polygon's file")
            return embedded_baseline(self.war)
        name = printable(file)
        if day is None:
            remedy = "say with --baseline-date which day it shows"
            raise UsageError(at(name, None, "no day", remedy))
        polygons = read_geojson(file, "a baseline is GeoJSON polygons")
        return baseline_from_geojson(polygons, day, self.war, self.outline, source=name)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places."""
        from tracker.places import load_gazetteer

        return load_gazetteer(self._gazetteer_file)

    def find(self, place_id: str) -> Place | None:
        """The place of an id."""
        return self.gazetteer.place(place_id)

    def reader(self, kind: str) -> Reader | ModelReader:
        """The reader by rules, or the one that asks the language model of the environment."""
        if kind == "llm":
            from tracker.reading.modelreader import ModelReader
            from tracker.resources.chat import endpoint_from_environment

            endpoint = endpoint_from_environment()
            return ModelReader(self.gazetteer, self.war, endpoint.ask, endpoint.model)
        from tracker.reading import Reader

        return Reader(self.gazetteer, self.war)

    @cached_property
    def outline(self) -> dict[str, Any]:
        """The recognised territory as GeoJSON, WGS 84."""
        from tracker.resources import load_outline

        if self._outline_file is None:
            return load_outline()
        return read_geojson(self._outline_file, "an outline is GeoJSON polygons")

    @cached_property
    def extent(self) -> Box:
        """West, south, east, north of the outline."""
        points = list(_points(self.outline))
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        return min(lons), min(lats), max(lons), max(lats)

    @property
    def bounds(self) -> Box:
        """The extent, with a margin."""
        west, south, east, north = self.extent
        return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN

    def towns(self, number: int) -> list[Place]:
        """The largest places."""
        return sorted(self.gazetteer.places, key=lambda p: (-p.population, p.place_id))[:number]


def read_geojson(file: Path, remedy: str) -> dict[str, Any]:
    """A GeoJSON object. Raises :class:`BaselineError` that names the file and ``remedy``."""
    from tracker.reports import printable

    name = printable(file)
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BaselineError(at(name, None, f"cannot be read: {error.strerror}")) from error
    except (ValueError, RecursionError) as error:
        problem = f"no JSON: {str(error).partition(':')[0]}"
        raise BaselineError(at(name, None, problem, remedy)) from error
    if not isinstance(found, dict):
        raise BaselineError(at(name, None, "no GeoJSON object", remedy))
    return found


def _points(value: Any) -> Iterable[Sequence[float]]:  # noqa: ANN401
    """All positions of a GeoJSON object, whatever its nesting."""
    if isinstance(value, dict):
        for key in ("features", "geometry", "geometries", "coordinates"):
            yield from _points(value.get(key) or ())
    elif value and isinstance(value[0], int | float):
        yield value
    else:
        for item in value:
            yield from _points(item)


@cache
def default_world() -> World:
    """The world that comes with the program, loaded once."""
    return World()
