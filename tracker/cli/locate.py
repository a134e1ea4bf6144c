"""``tracker locate``: what the gazetteer makes of a name."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import options
from tracker.cli.say import plain, put
from tracker.errors import UsageError, shown

if TYPE_CHECKING:
    from tracker.model import Place
    from tracker.places import Gazetteer, Location

MOST_SHOWN = 10


@click.command("locate")
@click.argument("name", callback=options.text)
@click.option(
    "--near", callback=options.text, default="", metavar="NAME", help="A place that it lies near."
)
@click.option(
    "--admin", callback=options.text, default="", metavar="NAME", help="The oblast that it lies in."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")
@options.gazetteer
def command(name: str, near: str, admin: str, as_json: bool, gazetteer: Path | None) -> int:
    """Look a name up in the gazetteer, in whatever language and case it is written.

    Exit code 0 when it is one place, 1 when it may be several or none. With --near the nearest
    come first.

    \b
    Examples:
      tracker locate Izyum
      tracker locate Андріївка --near Bakhmut
    """
    from tracker.cli.gather import World

    if not name.strip():
        raise UsageError("NAME is empty; give the name of a place; see tracker locate --help")
    places = World(gazetteer).gazetteer
    found = places.locate(name, near=near, admin1=admin)
    around = Around(near, _points_of(near, places) if near else ())
    found = replace(found, candidates=tuple(sorted(found.candidates, key=around.km)))
    lines = [_json(name, found, around)] if as_json else _lines(name, found, around)
    put(f"{line}\n" for line in lines)
    return 0 if found.status == "located" else 1


@dataclass(frozen=True, slots=True)
class Around:
    """The places that ``--near`` may mean; none when it is not given."""

    name: str
    places: tuple[Place, ...]

    def km(self, place: Place) -> float:
        """The distance to the nearest of them; 0 without any, or of an area, which has no point."""
        from tracker.places.named import distance_km

        if place.lon is None:
            return 0.0
        return min((distance_km(place, other) for other in self.places), default=0.0)

    def words(self, place: Place) -> str:
        """``12 km from Orikhiv``, with the unit where several places bear that name."""
        if not self.places or place.lon is None:
            return ""
        other = min(self.places, key=lambda one: Around("", (one,)).km(place))
        which = f"{other.name}, {other.admin1}" if len(self.places) > 1 else other.name
        return f"{self.km(place):.0f} km from {which}"


def _points_of(near: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The settlements of that name. Raises :class:`UsageError` for an area."""
    other = gazetteer.locate(near)
    places = other.candidates if other.place is None else (other.place,)
    points = tuple(place for place in places if place.lon is not None)
    if not points:
        raise UsageError(f"--near {shown(near)}: an area; name a settlement, or give --admin")
    return points


def _lines(name: str, found: Location, around: Around) -> list[str]:
    score = f"{found.status} ({found.confidence:.2f}): {found.why}"
    if found.place is not None:
        return [_place(found.place, around), score]
    if not found.candidates:
        return [f"{plain(name)}: {score}"]
    some = [f"  {_place(place, around)}" for place in found.candidates[:MOST_SHOWN]]
    return [f"{plain(name)}: {score}", *some, f"  {_in_table(len(found.candidates), around)}"]


def _in_table(number: int, around: Around) -> str:
    """How many of the places of a name are known: the reason above may speak of more."""
    known = f"{number} of this name {'is' if number == 1 else 'are'} in the table"
    if number <= MOST_SHOWN:
        return known
    first = f"the {MOST_SHOWN} nearest to {plain(around.name)}" if around.places else MOST_SHOWN
    return f"{known}; {first} are shown, --json lists all"


def _place(place: Place, around: Around) -> str:
    point = "no point" if place.lon is None else f"lat {place.lat:.4f}, lon {place.lon:.4f}"
    parts = [
        f"{place.name} ({place.name_uk})" if place.name_uk else place.name,
        place.admin1,
        f"{place.admin2} Raion" if place.admin2 else "",
        point,
        around.words(place),
        f"{place.population:,} people" if place.population else "",
        f"id {place.place_id}",
    ]
    return plain(" · ".join(part for part in parts if part))


def _json(name: str, found: Location, around: Around) -> str:
    from tracker.model.jsontext import dumps

    def one(place: Place) -> dict[str, object]:
        far = around.places and place.lon is not None
        return asdict(place) | ({"km": round(around.km(place), 1)} if far else {})

    places = {
        "place": found.place and one(found.place),
        "candidates": [one(place) for place in found.candidates],
    }
    return dumps({"name": name} | asdict(found) | places)
