"""``tracker map``: reports or claims to one HTML page with a time slider."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli import options
from tracker.cli.say import count, say


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
    "--tiles",
    metavar="URL",
    callback=options.text,
    default="",
    help="Offer an online map as a layer, off until ticked: 'osm', or "
    "https://HOST/{z}/{x}/{y}.png.",
)
@click.option(
    "--tiles-credit", callback=options.text, default="", help="Who made the online map at URL."
)
@options.decides
@options.reads_claims
def command(
    call: options.Call,
    how: options.Deciding,
    output: str,
    by: str,
    title: str,
    tiles: str,
    tiles_credit: str,
) -> int:
    """Map who held what on which day, as one HTML file that opens without a network.

    INPUT is reports or claims as for 'tracker claims'. FILE.geojson with the same changes is
    written beside the page.

    \b
    Examples:
      tracker map reports/ -o frontline.html
      tracker map claims.geojson -o frontline.html --by week --rule confirmed
    """
    from shapely.geometry import mapping

    from tracker.cli.gather import World, gather
    from tracker.cli.holding import hold
    from tracker.control import moves_map
    from tracker.errors import DataError
    from tracker.export import changes_writer, text_writer, write_files
    from tracker.mapping import build_map, count_changes, render, tiles_of
    from tracker.reports import printable
    from tracker.resources.assets import load_assets

    online = tiles_of(tiles, tiles_credit)
    page = call.target(output, (".html", ".htm"))
    beside = Path(output).with_suffix(".geojson")
    targets = [page, call.target(str(beside), (".geojson",))]
    world = World(call.gazetteer)
    gathered = gather(call, world, set(targets), how.as_known_on)
    held = hold(gathered.claims, world, how)
    # A disputed change is drawn as such under every rule and never decides who holds a place.
    changes = [c for c in held.changes if c.status == "disputed" or moves_map(c, how.rule)]
    if not changes:
        raise DataError(f"{gathered}: no change of a located place in them, nothing to map")
    used = {claim for change in changes for claim in change.claims}
    assets = load_assets()
    if assets.note:
        say(assets.note)
    map_ = build_map(
        changes,
        war=world.war,
        holders=held.holders,
        known=held.as_known(world, how),
        other_claims=[claim for claim in gathered.claims if claim not in used],
        outline=world.outline,
        held=mapping(held.baseline.held),
        places=[*world.gazetteer.places, *world.gazetteer.areas],
        forms=world.gazetteer.written_forms,
        by=by,
        title=title,
        rule=how.rule,
        tiles=online,
        assets=assets,
    )
    write_files(
        dict(zip(targets, [text_writer([render(map_)]), changes_writer(changes)], strict=True))
    )
    name = printable(output)
    told = count(count_changes(changes), "change")
    say(f"{gathered}, {told} -> {name} and {printable(beside.name)}")
    say(f"open {name} in a browser")
    return gathered.exit_code
