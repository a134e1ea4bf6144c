"""Build ``baseline.geojson``, what Russia held on 23 February 2022, from ``baseline.csv``.

    pip install shapely && python gazetteer/build_baseline.py SETTLEMENTS.csv

The table names whole units and single settlements by the codes of the state classifier (KATOTTG):
a code stands for all settlements whose codes begin with it. SETTLEMENTS.csv is any list of all
settlements with the columns katottg, lat and lon; the file here was made with the P-code settlement
list of February 2026. Each point of the map goes with the settlement nearest to it; the border of
what was held is then drawn with as few vertices as keep every settlement on its side.

The polygon runs on over the sea and over Russia: the program cuts it by the outline.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from pathlib import Path

from shapely import (
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    affinity,
    box,
    get_parts,
    intersects_xy,
    set_precision,
    simplify,
    union_all,
    voronoi_polygons,
)
from shapely.geometry import mapping

HERE = Path(__file__).resolve().parent
FRAME = box(31.5, 44.0, 40.8, 50.2)
"""Degrees: around all that was held."""
MIDDLE = 48.0
TOLERANCES = (0.005, 0.002, 0.001)
"""Degrees by which the border may be moved: the first that keeps every settlement on its side."""
GRID = 1e-4


def settlements(file: Path) -> list[tuple[float, float, str]]:
    """lon, lat and code of each settlement inside the frame, each point once."""
    found = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["lat"] and row["lon"]:
                lon, lat = float(row["lon"]), float(row["lat"])
                if FRAME.contains(Point(lon, lat)):
                    found[lon, lat] = row["katottg"]
    return sorted((lon, lat, code) for (lon, lat), code in found.items())


def codes() -> tuple[str, ...]:
    """The codes of the table."""
    with (HERE / "baseline.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(row["katottg"] for row in csv.DictReader(lines))


def held(points: list[tuple[float, float, str]], prefixes: tuple[str, ...]) -> MultiPolygon:
    """The area whose nearest settlement was held, in degrees."""
    narrow = math.cos(math.radians(MIDDLE))
    flat = MultiPoint([(lon * narrow, lat) for lon, lat, _ in points])
    frame = affinity.scale(FRAME, narrow, 1.0, origin=(0, 0))
    cells = get_parts(voronoi_polygons(flat, extend_to=frame, ordered=True))
    own = [c for c, (*_, code) in zip(cells, points, strict=True) if code.startswith(prefixes)]
    whole = affinity.scale(union_all(own), 1 / narrow, 1.0, origin=(0, 0)).intersection(FRAME)
    inside = [(lon, lat) for lon, lat, code in points if code.startswith(prefixes)]
    outside = [(lon, lat) for lon, lat, code in points if not code.startswith(prefixes)]
    for tolerance in TOLERANCES:
        drawn = set_precision(simplify(whole, tolerance), GRID)
        if all(intersects_xy(drawn, *zip(*inside, strict=True))) and not any(
            intersects_xy(drawn, *zip(*outside, strict=True))
        ):
            return drawn
    raise SystemExit("no tolerance keeps every settlement on its side")


def write(shape: MultiPolygon | Polygon, path: Path) -> None:
    """One GeoJSON feature in one line, lon lat."""
    feature = {
        "type": "Feature",
        "properties": {
            "day": "2022-02-23",
            "holder": "RU",
            "source": "baseline.csv, after order 376 of the Ministry for Development of Ukraine",
        },
        "geometry": mapping(shape),
    }
    text = json.dumps(feature, separators=(",", ":")) + "\n"
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def main() -> None:
    """Rewrite baseline.geojson."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: build_baseline.py SETTLEMENTS.csv")
    write(held(settlements(Path(sys.argv[1])), codes()), HERE / "baseline.geojson")


if __name__ == "__main__":
    main()
