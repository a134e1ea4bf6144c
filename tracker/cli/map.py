"""``tracker map``: reports or claims to one HTML page with a time slider."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli import options
from tracker.cli.say import count, say

LABELS = 80
"""How many of the largest towns get their name on the map where there is room."""

RULES = ("claimed", "confirmed")


@click.command("map")
@click.option("-o", "--output", required=True, metavar="FILE.html", help="The page to write.")
@click.option(
    "--by",
    type=click.Choice(["auto", "day", "week", "month"]),
    default="auto",
    show_default=True,
    help="How changes are grouped into layers.",
)
@click.option("--title", callback=options.text, default="", help="Heading of the page.")
@click.option(
    "--rule",
    type=click.Choice(RULES),
    default="claimed",
    show_default=True,
    help="What moves the map: also what only the gaining side claims, or only what is confirmed.",
)
@options.reads_claims
def command(call: options.Call, output: str, by: str, title: str, rule: str) -> int:
    """Map who held what on which day, as one HTML file that opens without a network.

    INPUT is reports or claims as for 'tracker claims'. FILE.geojson with the same changes is
    written beside the page.

    \b
    Examples:
      tracker map reports/ -o frontline.html
      tracker map claims.geojson -o frontline.html --by week --rule confirmed
    """
    from tracker.cli.gather import World, gather
    from tracker.control import changes_from_claims, moves_map
    from tracker.errors import DataError
    from tracker.export import changes_writer, text_writer, write_files
    from tracker.mapping import build_map, render
    from tracker.reports import printable
    from tracker.resources.assets import load_assets

    page = call.target(output, (".html", ".htm"))
    beside = Path(output).with_suffix(".geojson")
    targets = [page, call.target(str(beside), (".geojson",))]
    world = World(call.gazetteer)
    gathered = gather(call, world, set(targets))
    told = changes_from_claims(gathered.claims)
    # A disputed change is drawn as such under every rule and never decides who holds a place.
    changes = [c for c in told if c.status == "disputed" or moves_map(c, rule)]
    if not changes:
        raise DataError(f"{gathered}: no change of a located place in them, nothing to map")
    used = {claim for change in changes for claim in change.claims}
    assets = load_assets()
    if assets.note:
        say(assets.note)
    map_ = build_map(
        changes,
        war=world.war,
        other_claims=[claim for claim in gathered.claims if claim not in used],
        outline=world.outline,
        labels=world.towns(LABELS),
        by=by,
        title=title,
        rule=rule,
        assets=assets,
    )
    write_files(
        dict(zip(targets, [text_writer([render(map_)]), changes_writer(changes)], strict=True))
    )
    name = printable(output)
    say(f"{gathered}, {count(len(changes), 'change')} -> {name} and {printable(beside.name)}")
    say(f"open {name} in a browser")
    return gathered.exit_code
