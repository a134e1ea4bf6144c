"""Thiessen cells: each point of the country belongs to the nearest place.

The lines between cells, the outline and the border of the baseline are noded together, so that all
pieces fit without gaps or overlaps, and neighbours share their vertices to the last bit: areas can
be dissolved by coverage, and front lines found by comparing end points.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tracker.control.baseline import Baseline, geojson_area
from tracker.control.mesh import mesh_of
from tracker.model import Place
from tracker.resources.cache import content_key, kept

if TYPE_CHECKING:
    import geopandas
    import numpy
    from shapely.geometry.base import BaseGeometry

EQUAL_AREA = "+proj=laea +lat_0=48.5 +lon_0=31.5 +datum=WGS84 +units=m +type=crs"
"""Lambert azimuthal equal-area about the middle of Ukraine, in metres."""

STEP = 0.05
"""Degrees: the longest edge of a border that is taken as straight in both."""

_VERSION = b"cells 3"

Array = Any


def cells(
    places: Iterable[Place],
    outline: Mapping[str, Any],
    baseline: Baseline | None = None,
    *,
    named: Collection[str] = (),
) -> geopandas.GeoDataFrame:
    """The Thiessen cells of the settlements inside the outline, cut by it.

    Columns: ``place_id``, ``admin1``, ``baseline``, ``beside``, ``km2`` (in the equal-area
    projection) and ``geometry`` (EPSG:4326, polygons and multipolygons). With a baseline, cells
    that its border cuts are in two rows: ``baseline`` names the side that held the piece; it is ''
    in all rows without one. ``beside`` names, for a piece cut off from the point of its place, the
    places of the pieces beside it (ids joined by tabs). Rows are sorted by
    ``place_id``, index 0..n-1. Of places at the same point the first by id has the cell. The order
    of ``places`` does not matter.

    GeoNames lists hamlets that no longer exist, which no report will ever name: rows without
    inhabitants and without a Ukrainian name. They have no cell, unless ``named`` holds their id (as
    of places that claims name), since their land would never change hands. What was worked out
    before is taken from the user's cache.
    """
    import geopandas

    home = geojson_area(outline, "outline")
    sites = _sites(places, home, named)
    held = baseline.held if baseline is not None else None
    names = (baseline.owner, baseline.by) if baseline is not None else ("", "")
    parts = [_VERSION, home.wkb, held.wkb if held is not None else b"", repr(names).encode()]
    rows = [f"{p.place_id}\t{p.admin1}\t{p.lon!r}\t{p.lat!r}" for p in sites]
    key = content_key([*parts, "\n".join(rows).encode()])

    def make() -> bytes:
        out = io.BytesIO()
        _tessellate(sites, home, held, names).to_parquet(out, index=False)
        return out.getvalue()

    return geopandas.read_parquet(io.BytesIO(kept("cells", key, make)))


def _sites(places: Iterable[Place], home: BaseGeometry, named: Collection[str]) -> list[Place]:
    """Settlements inside, by id; each point once."""
    import shapely

    shapely.prepare(home)
    ordered = sorted(places, key=lambda p: p.place_id)
    pointed = [p for p in ordered if p.lon is not None and p.lat is not None]
    lived_in = [p for p in pointed if p.population or p.name_uk or not p.place_id.isdecimal()]
    # A table that knows neither inhabitants nor Ukrainian names says nothing of either kind.
    if 2 * len(lived_in) > len(pointed):
        ids = {p.place_id for p in lived_in}.union(named)
        pointed = [p for p in pointed if p.place_id in ids]
    inside = shapely.contains_xy(home, [p.lon for p in pointed], [p.lat for p in pointed])
    found = {(p.lon, p.lat): p for p, i in zip(reversed(pointed), inside[::-1], strict=True) if i}
    return sorted(found.values(), key=lambda p: p.place_id)


def _tessellate(
    sites: list[Place], home: BaseGeometry, held: BaseGeometry | None, names: tuple[str, str]
) -> geopandas.GeoDataFrame:
    import geopandas
    import numpy
    import shapely

    points = to_metres(shapely.points([p.lon for p in sites], [p.lat for p in sites]))
    # Straight in degrees is not straight in metres: long edges bend with many short ones.
    borders = [
        to_metres(shapely.segmentize(shape, STEP)) for shape in (home, held) if shape is not None
    ]
    faces = _faces(points, borders)
    inner = shapely.point_on_surface(faces)
    kept_ = shapely.contains(_prepared(borders[0]), inner)
    faces, inner = faces[kept_], inner[kept_]
    site = shapely.STRtree(points).nearest(inner)
    side = numpy.zeros(len(faces), dtype=int)
    if held is not None:
        side = shapely.contains(_prepared(borders[1]), inner).astype(int)
    order = numpy.lexsort((side, site))
    faces, site, side = faces[order], site[order], side[order]
    first = numpy.flatnonzero(numpy.r_[True, (numpy.diff(site) != 0) | (numpy.diff(side) != 0)])
    group = numpy.cumsum(numpy.isin(numpy.arange(len(site)), first)) - 1
    pieces = shapely.multipolygons(faces, indices=group)
    single = shapely.get_num_geometries(pieces) == 1
    pieces[single] = shapely.get_geometry(pieces[single], 0)
    site, side = site[first], side[first]
    table = {
        "place_id": [sites[i].place_id for i in site],
        "admin1": [sites[i].admin1 for i in site],
        "baseline": [names[i] for i in side],
        "beside": _beside(pieces, site, points, sites),
        "km2": shapely.area(pieces) / 1e6,
    }
    return geopandas.GeoDataFrame(table, geometry=to_degrees(pieces), crs="EPSG:4326")


def _beside(pieces: Array, site: Array, points: Array, sites: list[Place]) -> list[str]:
    """For each piece that its own place does not lie in: the places of the pieces beside it."""
    import shapely

    cut_off = ~shapely.intersects(pieces, points[site])
    found: list[set[str]] = [set() for _ in pieces]
    for a, b in zip(*neighbours(pieces)[:2], strict=True):
        for one, other in ((a, b), (b, a)):
            if cut_off[one] and site[one] != site[other]:
                found[one].add(sites[site[other]].place_id)
    return ["\t".join(sorted(ids)) for ids in found]


def neighbours(pieces: Array) -> tuple[Array, Array, Array]:
    """Pairs of pieces that share an edge, and that edge: one entry an edge, each once.

    Numbers of the left and the right piece (left < right) and the two ends, shape (n, 2, 2). Edges
    of one piece only, as along the outline, are left out.
    """
    import numpy

    mesh, piece = mesh_of(pieces)
    edges = mesh.shared()
    one, other = piece[mesh.face[edges]], piece[mesh.face[mesh.twin[edges]]]
    two = one != other
    ends = numpy.stack([mesh.nodes[mesh.start[edges]], mesh.nodes[mesh.end[edges]]], axis=1)
    return numpy.minimum(one, other)[two], numpy.maximum(one, other)[two], ends[two]


def _faces(points: Array, borders: list[BaseGeometry]) -> Array:
    """All polygons between the edges of the Voronoi diagram and the borders."""
    import numpy
    import shapely

    frame = shapely.box(*shapely.total_bounds([*borders]))
    edges = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=frame, only_edges=True)
    lines = [shapely.get_parts(edges), *(shapely.get_parts(shapely.boundary(b)) for b in borders)]
    noded = shapely.union_all(numpy.concatenate(lines))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return faces[shapely.intersects(_prepared(borders[0]), faces)]


def _prepared(shape: BaseGeometry) -> BaseGeometry:
    import shapely

    shapely.prepare(shape)
    return shape


def to_metres(shapes: Array) -> Array:
    """Geometries in WGS 84 degrees (lon, lat) to metres in :data:`EQUAL_AREA`."""
    return _transformed(shapes, "EPSG:4326", EQUAL_AREA)


def to_degrees(shapes: Array) -> Array:
    """Geometries in metres in :data:`EQUAL_AREA` to WGS 84 degrees (lon, lat)."""
    return _transformed(shapes, EQUAL_AREA, "EPSG:4326")


def _transformed(shapes: Array, source: str, target: str) -> Array:
    import numpy
    import pyproj
    import shapely

    change = pyproj.Transformer.from_crs(source, target, always_xy=True)

    def move(xy: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
        return numpy.column_stack(change.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(shapes, move)
