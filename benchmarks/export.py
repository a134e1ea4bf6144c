"""How long an export of the whole war takes, and how much memory.

    python benchmarks/export.py
    python benchmarks/export.py --places 5400 --changes 13500 --formats gpkg,kml

A made-up war of 29,705 places (as many as the official register of Ukraine has) and 30,000 changes:
the places of the embedded tables, filled up with points inside the outline; places fall at random,
each to the side that does not hold it. At random is the worst case: no two neighbours share a
history, so nothing can be dissolved once for all. Each command runs in a process of its own, twice:
with the cells to be worked out, and with the cells in the cache.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGAN, DAYS = date(2022, 2, 25), 1_600
COLUMNS = (
    "report_id", "published", "place", "place_id", "change", "by", "date_from", "date_to",
    "claimed_by", "lon", "lat",
)  # fmt: skip
FORMATS = "gpkg,parquet,geojson,fgb,csv,kml"


def make_places(file: Path, number: int) -> list[tuple[str, float, float]]:
    """A table of places; (name, longitude, latitude) of those inside the outline."""
    import shapely

    from tracker.control.baseline import geojson_area
    from tracker.places import load_gazetteer
    from tracker.resources import load_outline

    country = geojson_area(load_outline(), "outline")
    shapely.prepare(country)
    dice = random.Random(7)
    west, south, east, north = country.bounds
    known = [p for p in load_gazetteer().places if p.level == "settlement"]
    points = {(p.lon, p.lat) for p in known if shapely.intersects_xy(country, p.lon, p.lat)}
    points = set(sorted(points)[:number])
    while len(points) < number:
        lon, lat = round(dice.uniform(west, east), 5), round(dice.uniform(south, north), 5)
        if shapely.intersects_xy(country, lon, lat):
            points.add((lon, lat))
    rows = [(f"Selo{i}", lon, lat) for i, (lon, lat) in enumerate(sorted(points))]
    with file.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(("place_id", "name", "lon", "lat", "admin1"))
        out.writerows((f"own:{name.lower()}", name, lon, lat, "Donetsk") for name, lon, lat in rows)
    return rows


def make_claims(file: Path, places: list[tuple[str, float, float]], number: int) -> None:
    """Claims of NUMBER changes, each told by the side that loses the place."""
    dice = random.Random(11)
    events = sorted((dice.randrange(DAYS), dice.randrange(len(places))) for _ in range(number))
    holder: dict[int, str] = {}
    with file.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(COLUMNS)
        for n, (day, place) in enumerate(events):
            name, lon, lat = places[place]
            loser = holder.get(place, "UA")
            winner = "RU" if loser == "UA" else "UA"
            holder[place] = winner
            on = BEGAN + timedelta(days=day)
            place_id = f"own:{name.lower()}"
            row = (f"r{n}", on, name, place_id, "capture", winner, on, on, loser, lon, lat)
            out.writerow(row)


def run(folder: Path, *words: str) -> tuple[float, float, float]:
    """Wall and CPU seconds, and the most memory in MB, of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    line = [sys.executable, "-m", "tracker", *words]
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
    # A child's own peak: that of all children would be the largest of them.
    code = "import resource,subprocess,sys;p=subprocess.run(sys.argv[1:]);"
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss);sys.exit(p.returncode)"
    done = subprocess.run(
        [sys.executable, "-c", code, *line],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, int(done.stdout) / 1024


def main() -> None:
    """Print a line for each format, and one for the first of them with cells to be worked out."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--places", type=int, default=29_705)
    parser.add_argument("--changes", type=int, default=30_000)
    parser.add_argument("--formats", default=FORMATS, help=f"endings; {FORMATS} if not given")
    given = parser.parse_args()
    places, changes = given.places, given.changes
    formats = given.formats.split(",")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_claims(folder / "claims.csv", make_places(folder / "p.csv", places), changes)
        print(f"{places:,} places, {changes:,} changes")
        print(f"{'':28}{'wall s':>8}{'CPU s':>8}{'MB':>8}{'file MB':>9}")
        for n, ending in enumerate((formats[0], *formats)):
            output = f"war.{ending}"
            words = ["export", "claims.csv", "--gazetteer", "p.csv", "-o", output, "--overwrite"]
            wall, cpu, memory = run(folder, *words)
            size = sum(path.stat().st_size for path in folder.glob(f"war*.{ending}")) / 1e6
            label = f"{output}, {'new' if n == 0 else 'kept'} cells"
            print(f"{label:28}{wall:8.1f}{cpu:8.1f}{memory:8.0f}{size:9.0f}", flush=True)


if __name__ == "__main__":
    main()
