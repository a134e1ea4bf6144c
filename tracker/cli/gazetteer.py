"""``tracker gazetteer``: the tables of places in use."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import options
from tracker.cli.say import count, put, say

if TYPE_CHECKING:
    from tracker.places import Table


@click.group("gazetteer", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show, add, fetch and remove tables of places.

    \b
    Examples:
      tracker gazetteer fetch UA
      tracker gazetteer info
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@command.command("add")
@click.argument(
    "file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--licence",
    callback=options.text,
    default="",
    metavar="TEXT",
    help="Terms of the table, kept with it.",
)
def add(file: Path, licence: str) -> None:
    """Take a table of places into your own data folder, for all runs from now on.

    FILE is a GeoNames country dump (UA.zip or UA.txt) or a CSV with the columns name, lat and lon.
    Places that are known already are told once.

    \b
    Examples:
      tracker gazetteer add UA.zip
      tracker gazetteer add villages.csv --licence "CC BY 4.0, Example Survey"
    """
    from tracker.places import add_gazetteer
    from tracker.reports import printable

    _take(lambda: add_gazetteer(file, licence=licence), f"reading {printable(file)}")


@command.command("fetch")
@click.argument("country", metavar="COUNTRY")
def fetch(country: str) -> None:
    """Download the GeoNames dump of a country and add it; COUNTRY is two letters.

    This needs the internet. The dumps are CC BY 4.0, about 30,000 places for Ukraine.

    \b
    Example:
      tracker gazetteer fetch UA
    """
    from tracker.places import fetch_gazetteer

    _take(lambda: fetch_gazetteer(country), f"fetching {country} from GeoNames")


@command.command("info")
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")
def info(as_json: bool) -> None:
    """List the tables in use: how many places, from where, under which licence.

    \b
    Example:
      tracker gazetteer info
    """
    from tracker.model.jsontext import dumps
    from tracker.places import gazetteer_info, load_gazetteer

    tables = gazetteer_info()
    if not as_json:
        # Before the tables are loaded: what is listed helps to find a broken one.
        put(f"{line}\n" for table in tables for line in _lines(table))
    gazetteer = load_gazetteer()
    if as_json:
        sizes = {"places": len(gazetteer.places), "areas": len(gazetteer.areas)}
        put([dumps(sizes | {"tables": [asdict(table) for table in tables]}) + "\n"])
    else:
        put([f"in all: {count(len(gazetteer.places), 'place')}, each told once\n"])


@command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Take a table out again that you have added; NAME is as 'tracker gazetteer info' lists it.

    \b
    Example:
      tracker gazetteer remove UA
    """
    from tracker.places import remove_gazetteer

    remove_gazetteer(name)
    say(f"{name}: removed")


def _take(add_table: Callable[[], Table], doing: str) -> None:
    """Add a table and say what it brings; loading it keeps the cache for later runs."""
    from tracker.places import load_gazetteer
    from tracker.reports import printable

    if sys.stderr.isatty():
        say(f"{doing} ...")
    before = {place.place_id for place in load_gazetteer().places}
    table = add_table()
    new = {place.place_id for place in load_gazetteer().places} - before
    say(
        f"{table.source}: {count(table.places, 'place')}, {len(new):,} new; "
        f"licence: {table.licence} -> {printable(table.path)}"
    )
    say(f"in use from now on; 'tracker gazetteer remove {table.name}' takes it out")


def _lines(table: Table) -> list[str]:
    from tracker.reports import printable

    noun = "area" if table.name == "areas" else "place"
    head = f"{printable(table.name)}: {count(table.places, noun)}, {printable(table.source)}"
    return [head, f"  licence: {printable(table.licence)}", f"  file: {printable(table.path)}"]
