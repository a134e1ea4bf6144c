"""Claims to layers for GIS programs and databases."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.api.reading import as_day
from tracker.api.world import World, default_world
from tracker.errors import UsageError, shown

if TYPE_CHECKING:
    import geopandas

    from tracker.export.layers import Material
    from tracker.export.period import Period
    from tracker.export.qgis import Project
    from tracker.model import Claim

Days = tuple[date, date]


def write_layers(
    claims: geopandas.GeoDataFrame,
    target: str | Path,
    *,
    layers: Collection[str] = (),
    on: date | str | None = None,
    between: tuple[date | str, date | str] | None = None,
    every: str | None = None,
    rule: str = "claimed",
    as_known_on: date | str | None = None,
    overwrite: bool = False,
    world: World | None = None,
) -> list[Path]:
    """Write layers of claims, and who held what by them, to files; gives their paths.

    ``claims`` is a claims frame. The ending of ``target`` is the format: ``.gpkg``, ``.geojson``,
    ``.parquet``, ``.fgb``, ``.kml``, ``.csv``; an address ``postgresql://...`` is a database, of
    which no path is given. ``layers`` are of ``claims``, ``changes``, ``holders``, ``areas``,
    ``front`` and ``cells``, all when empty; several in a format of one layer are a file each,
    ``war-areas.geojson``. ``on`` a day or ``between`` two (both included) only what holds then is
    written; areas and front are drawn ``every`` day, week, month, quarter or year. What the
    columns mean is written with the data. EPSG:4326, lon lat. Raises
    :class:`tracker.errors.UsageError` and its kinds for a call that cannot be,
    :class:`OSError` when writing fails; nothing is then changed.
    """
    from tracker.ledger.postgis import is_address

    world = world or default_world()
    names = known_layers(layers)
    days = days_of(as_day(on), between and (as_day(between[0]), as_day(between[1])), every)
    paths = {}
    if not is_address(str(target)):
        from tracker.export.files import export_paths

        paths = export_paths(Path(target), names, overwrite=overwrite)
    material = _material(claims, names, world, rule, as_day(as_known_on))
    written(names, material, target, paths, days, every, world, overwrite=overwrite)
    return list(dict.fromkeys(paths.values()))


def known_layers(names: Collection[str]) -> tuple[str, ...]:
    """The layers of these names in the order of writing, all for none.

    Raises :class:`UsageError` for a name that is none.
    """
    from tracker.export.dictionary import layer_kinds

    known = tuple(layer_kinds())
    for name in names:
        if name not in known:
            raise UsageError(f"unknown layer {shown(name)}; choose from {','.join(known)}")
    return tuple(name for name in known if name in names or not names)


def days_of(
    on: date | None, between: Sequence[date | None] | None, every: str | None
) -> Days | None:
    """The days that are asked for, None for all. Raises :class:`UsageError` for what cannot be."""
    from tracker.export.period import STEPS

    if every is not None and every not in STEPS:
        raise UsageError(f"unknown step {shown(every)}; choose from {', '.join(STEPS)}")
    if on and between:
        raise UsageError("--on and --between exclude each other; give one of them")
    if on and every:
        raise UsageError("--every needs more than the one day of --on; give --between")
    if on:
        return on, on
    if not between:
        return None
    first, last = between
    if first is None or last is None:
        raise UsageError("--between needs two days")
    if first > last:
        raise UsageError(f"--between {first} {last}: the first day is after the last; swap them")
    return first, last


def written(
    names: Collection[str],
    material: Material,
    target: str | Path,
    paths: Mapping[str, Path],
    days: Days | None,
    every: str | None,
    world: World,
    *,
    overwrite: bool,
) -> Mapping[str, geopandas.GeoDataFrame]:
    """Build the layers and write them to the paths, or without paths to a database."""
    from tracker.export.layers import build_layers

    period = _period(material, days, every, world)
    frames = build_layers(names, material, period)
    if not paths:
        from tracker.export.postgis import write_postgis

        project = _project("", tuple(frames), period, world)
        styles = {name: project.style(name) for name in frames}
        write_postgis(frames, str(target), styles=styles, overwrite=overwrite)
        return frames
    from tracker.export.files import export_writers
    from tracker.export.target import write_files

    project = _project(Path(target).stem, tuple(frames), period, world)
    write_files(export_writers(frames, paths, project))
    return frames


def _period(material: Material, days: Days | None, every: str | None, world: World) -> Period:
    from tracker.export.layers import data_days
    from tracker.export.period import Period, step_for

    first, last = days or data_days(material) or (world.war.began, world.war.began)
    every = every or step_for(first, last, len(material.changes))
    return Period(first, last, every) if days else Period.of_data(first, last, every)


def _project(name: str, layers: tuple[str, ...], period: Period, world: World) -> Project:
    from tracker.export.qgis import Project
    from tracker.reports import argument_text, clean

    title = clean(argument_text(name)) or "export"
    days = (period.first, period.last, period.every)
    return Project(title, world.war, layers, world.extent, *days)


def _material(
    claims: geopandas.GeoDataFrame,
    layers: Collection[str],
    world: World,
    rule: str,
    as_known_on: date | None,
) -> Material:
    from tracker.api.control import cells
    from tracker.control import counting, decide
    from tracker.export.layers import GROUND, Material
    from tracker.model.frames import claims_from_frame

    told: list[Claim] = [
        claim
        for claim in claims_from_frame(claims)
        if as_known_on is None or claim.published <= as_known_on
    ]
    if set(layers) == {"claims"}:
        return Material(told, ())
    counted = counting(told, world.baseline)
    changes, held = decide(counted, world.gazetteer.places, world.baseline, rule=rule)
    ground = cells(held, world=world) if set(layers) & set(GROUND) else None
    return Material(told, changes, world.gazetteer.places, held, ground)
