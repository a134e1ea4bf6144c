"""Build ``outline.geojson``, Ukraine's recognised territory, from Natural Earth.

    pip install shapely && python gazetteer/build_outline.py

Takes countries-10m.json from the npm package world-atlas (Natural Earth 1:10m as TopoJSON, public
domain) with ``npm pack``, or from a file given as the one argument. Natural Earth draws countries
by who is in control and therefore files Crimea under Russia; under international law it is
Ukraine's, so the ring of Crimea is taken from Russia's polygon and joined to Ukraine's.

At this scale the border runs up to four kilometres beside some border villages, and spits and
Snake Island are missing. Every Ukrainian place of ``places.csv`` and ``front.csv`` that would fall
outside is therefore joined to the outline by a strip and a disc a kilometre wide, and Russian ones
are kept out; run this script after the tables have changed.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from shapely import (
    LineString,
    MultiPolygon,
    Point,
    Polygon,
    make_valid,
    prepare,
    set_precision,
    unary_union,
)
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

HERE = Path(__file__).resolve().parent
PACKAGE = "world-atlas@2.0.2"
MEMBER = "package/countries-10m.json"
SIMFEROPOL = Point(34.10, 44.95)
# Five decimals are about a metre: far finer than Natural Earth's lines.
GRID = 1e-5
# Islands and slivers under about a hectare say nothing at any scale of this map.
SMALLEST_AREA = 1e-6
# In degrees: about a kilometre around a place, and how far off the coast a place is an island.
MARGIN = 0.01
ISLAND_DISTANCE = 0.1
COUNTRY_OF_UNIT = {"Kursk": "RU", "Belgorod": "RU", "Bryansk": "RU"}

Ring = list[tuple[float, float]]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a quantised TopoJSON as lon, lat: running sums of the deltas, then scaled."""
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * kx + tx, y * ky + ty))
        arcs.append(arc)
    return arcs


def ring_of(indices: list[int], arcs: list[Ring]) -> Ring:
    """One closed ring; a negative index ``~i`` is arc ``i`` backwards; shared ends stand once."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def polygons_of(topology: dict[str, Any], arcs: list[Ring], country: str) -> list[Polygon]:
    """The polygons of one country by its ISO 3166-1 number."""
    shapes = topology["objects"]["countries"]["geometries"]
    shape = next(s for s in shapes if s.get("id") == country)
    parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [
        Polygon(ring_of(rings[0], arcs), [ring_of(hole, arcs) for hole in rings[1:]])
        for rings in parts
    ]


def places_of(country: str) -> list[Point]:
    """The places of one country in the tables, in a fixed order."""
    points = set()
    for name in ("places.csv", "front.csv"):
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if COUNTRY_OF_UNIT.get(row["admin1"], "UA") == country:
                    points.add((float(row["lon"]), float(row["lat"])))
    return [Point(*point) for point in sorted(points)]


def with_places(shape: BaseGeometry, ours: list[Point], theirs: list[Point]) -> BaseGeometry:
    """The shape stretched over our places that it misses and drawn back from theirs."""
    prepare(shape)
    lanes = []
    for place in (p for p in ours if not shape.contains(p.buffer(MARGIN / 4))):
        far = shape.distance(place) > ISLAND_DISTANCE
        nearest = place if far else nearest_points(shape, place)[0]
        lanes.append(LineString([nearest, place]).buffer(MARGIN, quad_segs=4))
    cut = [p.buffer(MARGIN / 2, quad_segs=4) for p in theirs if shape.distance(p) < MARGIN]
    core = [p.buffer(MARGIN / 4, quad_segs=4) for p in ours if shape.distance(p) < MARGIN]
    return unary_union([unary_union([shape, *lanes]).difference(unary_union(cut)), *core])


def outline(topology: dict[str, Any]) -> MultiPolygon:
    """Ukraine with Crimea."""
    arcs = arcs_of(topology)
    parts = polygons_of(topology, arcs, "804")
    parts += [p for p in polygons_of(topology, arcs, "643") if p.contains(SIMFEROPOL)]
    whole = with_places(make_valid(unary_union(parts)), places_of("UA"), places_of("RU"))
    whole = set_precision(make_valid(whole), GRID)
    # A strip along the coast may enclose water; the country has no holes.
    parts = [Polygon(p.exterior) for p in getattr(whole, "geoms", [whole])]
    kept = [p for p in parts if p.area > SMALLEST_AREA]
    return MultiPolygon(sorted(kept, key=lambda p: -p.area))


def fetch() -> dict[str, Any]:
    """countries-10m.json out of the npm package."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True
        )
        archive = Path(folder, packed.stdout.decode().split()[-1])
        with tarfile.open(archive) as tar:
            member = tar.extractfile(MEMBER)
            assert member is not None
            topology: dict[str, Any] = json.load(member)
    return topology


def write(shape: MultiPolygon, path: Path) -> None:
    """One GeoJSON feature in one line, lon lat."""
    feature = {
        "type": "Feature",
        "properties": {
            "name": "Ukraine",
            "note": "recognised borders, Crimea included",
            "source": "Natural Earth 1:10m (public domain), fitted to the places of the tables",
        },
        "geometry": mapping(shape),
    }
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(feature, separators=(",", ":")) + "\n", encoding="utf-8")
    temporary.replace(path)


def main() -> None:
    """Rewrite outline.geojson."""
    given = sys.argv[1:]
    topology = json.loads(Path(given[0]).read_text(encoding="utf-8")) if given else fetch()
    write(outline(topology), HERE / "outline.geojson")


if __name__ == "__main__":
    main()
