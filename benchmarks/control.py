"""The whole war from claims to holders, cells, front line and km2 of every day.

    python benchmarks/control.py [PLACES] [CHANGES] [DAYS]

Places and claims are made up, drawn by a seed: 29,705 points inside the outline, 10,000 captures
over 1,700 days near a front that wanders through the east. Nothing comes from a cache. The table
gives processor time of each step in seconds, and the most memory that the process has held.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tracker.control import (  # noqa: E402
    areas,
    borders,
    cells,
    changes_from_claims,
    control,
    embedded_baseline,
    front_line,
    front_lines,
    geojson_area,
    km2_series,
)
from tracker.model import Claim, Place  # noqa: E402
from tracker.resources import load_outline, load_war  # noqa: E402

FIRST = date(2022, 2, 24)
Made = TypeVar("Made")


def places(number: int) -> list[Place]:
    """Points inside the outline."""
    import shapely

    home = geojson_area(load_outline(), "outline")
    shapely.prepare(home)
    west, south, east, north = home.bounds
    dice = random.Random(1)
    found: list[Place] = []
    while len(found) < number:
        lon, lat = dice.uniform(west, east), dice.uniform(south, north)
        if shapely.contains_xy(home, lon, lat):
            found.append(Place(f"p{len(found)}", f"Town {len(found)}", lon, lat, "Donetsk"))
    return found


def claims(towns: list[Place], changes: int, days: int) -> list[Claim]:
    """Captures in turn by both sides of towns in the east."""
    dice = random.Random(2)
    near = [town for town in towns if town.lon is not None and town.lon > 33.0]
    held: dict[str, str] = {}
    out = []
    for number in range(changes):
        town, day = dice.choice(near), FIRST + timedelta(days=number * days // changes)
        by = "UA" if held.get(town.place_id, "UA") == "RU" else "RU"
        held[town.place_id] = by
        out.append(_claim(number, town, day, by, dice.choice(("UA", "RU", "other"))))
    return out


def _claim(number: int, town: Place, day: date, by: str, says: str) -> Claim:
    return Claim(
        report_id=f"r{number}", published=day, url="", source=f"source {number}", lang="en",
        place=town.name, place_id=town.place_id, as_written=town.name, admin1=town.admin1,
        level="settlement", change="capture", by=by, holder=by, date_from=day, date_to=day,
        claimed_by=says, status="asserted", background=False, quote="", location="located",
        confidence=0.9, rule="made", lon=town.lon, lat=town.lat,
    )  # fmt: skip


@contextmanager
def empty_cache() -> Iterator[None]:
    """A cache folder of its own, so that cells are made and not read."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        yield


def main(number: int = 29_705, captures: int = 10_000, days: int = 1_700) -> None:
    """Print the table."""
    spent: list[tuple[str, float]] = []

    def timed(name: str, make: Callable[[], Made]) -> Made:
        start = time.process_time()
        made = make()
        spent.append((name, time.process_time() - start))
        return made

    towns = places(number)
    told = claims(towns, captures, days)
    war, outline = load_war(), load_outline()
    with empty_cache():
        baseline = timed("baseline", lambda: embedded_baseline(war))
        changes = timed("changes", lambda: changes_from_claims(told))
        holders = timed("holders", lambda: control(told, towns, baseline))
        ground = timed("cells", lambda: cells(towns, outline, baseline))
        between = timed("borders of cells", lambda: borders(ground))
        fronts = timed(
            "front line, every day", lambda: front_lines(holders, ground, between=between)
        )
        series = timed("km2, every day", lambda: km2_series(holders, ground))
        units = timed("km2 by oblast, every day", lambda: km2_series(holders, ground, by_unit=True))
        last = FIRST + timedelta(days=days)
        timed("areas of one day", lambda: areas(holders, ground, last))
        timed("front line of one day", lambda: front_line(holders, ground, last, between=between))
    print(f"{number:,} places, {len(changes):,} changes, {days:,} days")
    print(f"{len(holders):,} intervals, {len(ground):,} pieces of cells, {len(fronts):,} edges of")
    print(f"front lines, {len(series):,} and {len(units):,} rows of km2")
    for name, seconds in [*spent, ("in all", sum(seconds for _, seconds in spent))]:
        print(f"{name:28}{seconds:8.2f} s")
    print(f"{'most memory':28}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
