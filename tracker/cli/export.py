"""``tracker export``: reports or claims to layers for GIS programs and databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import options
from tracker.cli.say import count, say
from tracker.errors import UsageError

if TYPE_CHECKING:
    import geopandas

    from tracker.cli.gather import Gathered, World
    from tracker.export.layers import Material

EVERY = ("day", "week", "month", "quarter", "year")


def _layers(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """The names given, each once, in the order of writing."""
    from tracker.api.exporting import known_layers

    named = [name.strip() for name in value.split(",") if name.strip()]
    if value and not named:
        raise click.BadParameter("no layer named; see the help", ctx, param)
    try:
        return known_layers(named)
    except UsageError as error:
        raise click.BadParameter(str(error), ctx, param) from error


def _days(
    ctx: click.Context, param: click.Parameter, value: tuple[str, str] | None
) -> tuple[date, ...] | None:
    found = [options.day(ctx, param, written) for written in value or ()]
    return tuple(day for day in found if day is not None) or None


@click.command("export")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="Where to write; the ending is the format: .gpkg, .geojson, .parquet, .fgb, .kml or .csv. "
    "Or a PostGIS database: postgresql://USER@HOST/NAME, with ?schema=NAME if you like.",
)
@click.option(
    "--layers",
    callback=_layers,
    default="",
    metavar="NAMES",
    help="Layers with commas between: claims,changes,holders,areas,front,cells. All of them if "
    "not given.",
)
@click.option(
    "--on", callback=options.day, metavar="YYYY-MM-DD", help="Only what holds on this day."
)
@click.option(
    "--between",
    callback=_days,
    nargs=2,
    metavar="FROM TO",
    help="Only what holds on any of these days, both included.",
)
@click.option(
    "--every",
    type=click.Choice(EVERY),
    help="How often areas and the front line are drawn; by default so that some hundred "
    "drawings at most show all days.",
)
@options.decides
@options.reads_claims
def command(
    call: options.Call,
    how: options.Deciding,
    output: str,
    layers: tuple[str, ...],
    on: date | None,
    between: tuple[date, date] | None,
    every: str | None,
) -> int:
    """Write layers for QGIS, databases and other programs: who held what, from when to when.

    INPUT is reports or claims as for 'tracker claims'. A GeoPackage holds all layers, styled and
    with a time axis; open FILE.qgs, which is written beside it, in QGIS. GeoJSON, GeoParquet,
    FlatGeobuf and CSV hold one layer: of several, each is written to FILE-LAYER. What the fields
    mean stands in the file, or in FIELDS.md beside it. In PostGIS each layer is a table.

    \b
    Examples:
      tracker export reports/ -o war.gpkg --every month
      tracker export reports/ -o izium.geojson --on 2022-09-12 --layers areas
      tracker export claims.geojson -o autumn.kml --between 2022-09-01 2022-11-30
      tracker export claims.geojson -o postgresql://me@localhost/war --layers holders,front
    """
    from tracker.api.exporting import days_of, written
    from tracker.cli.gather import World, gather
    from tracker.ledger.postgis import is_address

    days = days_of(on, between, every)
    paths = {} if is_address(output) else _paths(call, output, layers)
    world = World(call.gazetteer)
    gathered = gather(call, world, set(paths.values()), how.as_known_on)
    material = _material(gathered, world, how, layers)
    frames = written(layers, material, output, paths, days, every, world, overwrite=call.overwrite)
    _report(gathered, frames, paths, output)
    return gathered.exit_code


def _paths(call: options.Call, output: str, layers: tuple[str, ...]) -> dict[str, Path]:
    from tracker.export.files import export_paths

    options.check_name(output)
    inputs = [Path(item) for item in call.inputs]
    return export_paths(Path(output), layers, overwrite=call.overwrite, inputs=inputs)


def _material(
    gathered: Gathered, world: World, how: options.Deciding, layers: tuple[str, ...]
) -> Material:
    from tracker.cli.holding import hold
    from tracker.export.layers import GROUND, Material

    if set(layers) == {"claims"}:
        return Material(gathered.claims, ())
    held = hold(gathered.claims, world, how)
    cells = held.cells(world) if set(layers) & set(GROUND) else None
    return Material(gathered.claims, held.changes, world.gazetteer.places, held.holders, cells)


def _report(
    gathered: Gathered,
    frames: Mapping[str, geopandas.GeoDataFrame],
    paths: Mapping[str, Path],
    output: str,
) -> None:
    """Say what was written, and what to do with it."""
    from tracker.export.files import FIELDS, PROJECT
    from tracker.ledger.postgis import shown_address
    from tracker.reports import printable

    rows = ", ".join(f"{name} {len(frame):,}" for name, frame in frames.items())
    files = {path: None for key, path in paths.items() if key not in (FIELDS, PROJECT)}
    written = count(len(files), "file") if len(files) > 1 else printable(output)
    written = written if files else shown_address(output)
    say(f"{gathered}; rows: {rows} -> {written}")
    if len(files) > 1:
        say("written: " + ", ".join(printable(path.name) for path in files))
    if FIELDS in paths:
        say(f"what the fields mean: {printable(paths[FIELDS].name)}")
    if PROJECT in paths:
        say(f"open {printable(paths[PROJECT].name)} in QGIS, styled and with its time axis")
