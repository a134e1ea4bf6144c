"""``tracker claims``: reports to claims."""

from __future__ import annotations

from collections import deque

import click

from tracker.cli import options
from tracker.cli.say import put, say


@click.command("claims")
@options.output
@click.option(
    "--explain",
    is_flag=True,
    help="Print why each sentence gives a claim or gives none; claims are written with -o only.",
)
@options.reads_claims
def command(call: options.Call, output: str, explain: bool) -> int:
    """Read reports and write what they claim, one claim a row.

    INPUT is files, folders, or - for standard input: .txt and .md (with front matter if you
    like), .html, .jsonl, .json and .csv. Claims made elsewhere are taken too.

    \b
    Examples:
      tracker claims reports/ -o claims.geojson
      tracker claims - --published 2022-09-12 < article.txt
      tracker claims reports/ --explain
    """
    from tracker.cli.gather import Harvest, World
    from tracker.export import CLAIMS_WRITTEN, claims_geojson, claims_writer, write_files
    from tracker.reports import printable

    target = call.target(output, CLAIMS_WRITTEN) if output != "-" else None
    world, exclude = World(call.gazetteer), {target} if target else set()
    if explain:
        from tracker.cli.reasons import explained

        put(explained(call, world, exclude))
    found = Harvest(call, world, exclude)
    if target:
        write_files({target: claims_writer(found.claims(), target)})
        say(f"{found} -> {printable(output)}")
    elif explain:
        deque(found.claims(), maxlen=0)  # for their number
        say(f"{found}")
    else:
        put(claims_geojson(found.claims()))
        say(f"{found}")
    return found.exit_code
