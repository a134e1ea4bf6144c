"""``tracker import``: tables that others publish, to claims."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tracker.cli import options
from tracker.cli.say import count, put, say

KINDS = ("acled", "official", "viina", "wikipedia")


@click.command("import")
@click.argument(
    "table", metavar="TABLE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@options.output
@click.option(
    "--from",
    "kind",
    type=click.Choice(KINDS),
    help="What TABLE is; without it, its columns decide.",
)
@click.option(
    "--published",
    callback=options.day,
    metavar="YYYY-MM-DD",
    help="The day on which TABLE came out. Without it, each claim counts as known on its own day.",
)
@options.gazetteer
@options.overwrite
def command(
    table: Path,
    output: str,
    kind: str | None,
    published: date | None,
    gazetteer: Path | None,
    overwrite: bool,
) -> int:
    """Turn a published table into claims, as 'tracker claims' writes them.

    TABLE is a CSV, also as .gz or alone in a .zip: an ACLED export, VIINA's control of populated
    places, the history of Wikipedia's list of control, or Ukraine's official list of occupied
    territories. Rows that tell of no change of holder are counted and passed over. What is made
    of a table stays under the terms of those who publish it.

    \b
    Examples:
      tracker import control_latest_2022.csv -o viina.jsonl
      tracker import acled.csv --from acled -o acled.geojson
    """
    from tracker.api.world import World
    from tracker.export import CLAIMS_WRITTEN, claims_geojson, claims_writer, write_files
    from tracker.ledger.published import import_table
    from tracker.reports import printable

    call = options.Call((str(table),), published, gazetteer, overwrite)
    target = call.target(output, CLAIMS_WRITTEN) if output != "-" else None
    world = World(gazetteer)
    found = import_table(
        table,
        world.war,
        world.gazetteer,
        kind=kind or "",
        published=published,
        bounds=world.bounds,
    )
    for note in found.notes:
        say(note)
    if target:
        write_files({target: claims_writer(found.claims, target)})
    else:
        put(claims_geojson(found.claims))
    where = f" -> {printable(output)}" if target else ""
    say(f"{printable(table)}: {count(len(found.claims), 'claim')}{where}; credit {found.credit}")
    return 0
