"""``tracker control``: reports or claims to who held each place from when to when."""

from __future__ import annotations

import click

from tracker.cli import options
from tracker.cli.say import count, say


@click.command("control")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="Where to write; the ending is the format: .parquet, .gpkg or .csv.",
)
@options.decides
@options.reads_claims
def command(call: options.Call, how: options.Deciding, output: str) -> int:
    """Decide who held each place from when to when, and write it, one interval a row.

    INPUT is reports or claims as for 'tracker claims'. Every place of the gazetteer has at least
    one row: what no claim moves, the baseline says. Intervals are half open; an open end is empty.

    \b
    Examples:
      tracker control reports/ -o holders.csv
      tracker control claims.geojson -o holders.gpkg --rule confirmed --as-known-on 2022-09-12
      tracker control claims.geojson -o h.csv --baseline held.geojson --baseline-date 2022-08-01
    """
    from tracker.cli.gather import World, gather
    from tracker.cli.holding import hold
    from tracker.export import HOLDERS_WRITTEN, holders_writer, write_files
    from tracker.reports import printable

    target = call.target(output, HOLDERS_WRITTEN)
    world = World(call.gazetteer)
    gathered = gather(call, world, {target}, how.as_known_on)
    held = hold(gathered.claims, world, how)
    write_files({target: holders_writer(held.holders, target)})
    moved = held.holders["claims"].ne("").groupby(held.holders["place_id"]).any().sum()
    changes = count(len(held.changes), "change")
    say(f"{gathered}, {changes} at {count(int(moved), 'place')} -> {printable(output)}")
    return gathered.exit_code
