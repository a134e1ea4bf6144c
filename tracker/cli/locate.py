"""``tracker locate``: what the gazetteer makes of a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import options
from tracker.cli.say import plain, put

if TYPE_CHECKING:
    from tracker.model import Place
    from tracker.places import Location

MOST_SHOWN = 10


@click.command("locate")
@click.argument("name")
@click.option("--near", default="", metavar="NAME", help="A place that it lies near.")
@click.option("--admin", default="", metavar="NAME", help="The oblast that it lies in.")
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")
@options.gazetteer
def command(name: str, near: str, admin: str, as_json: bool, gazetteer: Path | None) -> int:
    """Look a name up in the gazetteer, in whatever language and case it is written.

    Exit code 0 when it is one place, 1 when it may be several or none.

    \b
    Examples:
      tracker locate Izyum
      tracker locate Михайлівка --near Orikhiv
    """
    from tracker.cli.gather import World

    found = World(gazetteer).gazetteer.locate(name, near=near, admin1=admin)
    put([_json(name, found) if as_json else "".join(f"{line}\n" for line in _lines(name, found))])
    return 0 if found.status == "located" else 1


def _lines(name: str, found: Location) -> list[str]:
    score = f"{found.status} ({found.confidence:.2f}): {found.why}"
    if found.place is not None:
        return [_place(found.place), score]
    if not found.candidates:
        return [f"{plain(name)}: {score}"]
    some = [f"  {_place(place)}" for place in found.candidates[:MOST_SHOWN]]
    more = len(found.candidates) - MOST_SHOWN
    rest = [f"  and {more} more; --json lists them all"] if more > 0 else []
    return [f"{plain(name)}: {score}", *some, *rest]


def _place(place: Place) -> str:
    point = "no point" if place.lon is None else f"lat {place.lat:.4f}, lon {place.lon:.4f}"
    parts = [
        f"{place.name} ({place.name_uk})" if place.name_uk else place.name,
        place.admin1,
        f"{place.admin2} Raion" if place.admin2 else "",
        point,
        f"{place.population:,} people" if place.population else "",
        f"id {place.place_id}",
    ]
    return plain(" · ".join(part for part in parts if part))


def _json(name: str, found: Location) -> str:
    from dataclasses import asdict

    from tracker.model.jsontext import dumps

    return dumps({"name": name} | asdict(found)) + "\n"
