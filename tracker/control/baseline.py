"""Who held what before the first claim: a polygon and a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.errors import BaselineError, at
from tracker.model import War
from tracker.resources import load_baseline, load_outline

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Array = Any
UNKNOWN = "unknown"
CRS84 = (
    "",
    "EPSG:4326",
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:EPSG::4326",
    "OGC:CRS84",
)


@dataclass(frozen=True)
class Baseline:
    """Who held what at the end of ``day``, in WGS 84 (lon, lat).

    ``held`` is the area that ``by`` held outside of its own borders; the rest of ``home`` was held
    by ``owner``. ``units`` are first-level units and whose own they are: they decide for places
    that lie in neither. ``source`` names where it comes from, for people.
    """

    day: date
    held: BaseGeometry
    home: BaseGeometry
    by: str
    owner: str
    units: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    def holder_of(
        self,
        lon: Sequence[float | None] | Array,
        lat: Sequence[float | None] | Array,
        admin1: Sequence[str] | None = None,
    ) -> Array:
        """The holder at each point: a side's id, or ``unknown`` outside of all that is known.

        ``lon``, ``lat`` and ``admin1`` (first-level units, may be left out) are of one length.
        """
        import numpy
        import shapely

        lon, lat = numpy.asarray(lon, dtype=float), numpy.asarray(lat, dtype=float)
        out = numpy.full(len(lon), UNKNOWN, dtype=object)
        out[shapely.contains_xy(self.home, lon, lat)] = self.owner
        if admin1 is not None:
            for unit, side in self.units.items():
                out[numpy.asarray(admin1, dtype=object) == unit] = side
        out[shapely.intersects_xy(self.held, lon, lat)] = self.by
        return out


def embedded_baseline(war: War) -> Baseline:
    """Who held what on the eve of the full-scale war: ``gazetteer/baseline.geojson``."""
    table = load_baseline()
    day = date.fromisoformat(table["properties"]["day"])
    return baseline_from_geojson(
        table, day, war, load_outline(), source="gazetteer/baseline.geojson"
    )


def baseline_from_geojson(
    geojson: Mapping[str, Any],
    day: date,
    war: War,
    outline: Mapping[str, Any],
    *,
    source: str = "baseline",
) -> Baseline:
    """A baseline of GeoJSON polygons (WGS 84, lon lat): the area that the second side held.

    All polygons of all features count, whatever their properties; lines and points are passed over.
    Raises :class:`BaselineError` that names ``source`` when there are none, or when coordinates
    are no degrees.
    """
    import shapely

    crs = _crs(geojson)
    if crs not in CRS84:
        raise BaselineError(at(source, None, f"CRS {crs!r}", "write it with EPSG:4326 (lon lat)"))
    held = geojson_area(geojson, source)
    if held.is_empty:
        raise BaselineError(at(source, None, "no polygon in it", "the area held, as GeoJSON"))
    west, south, east, north = held.bounds
    home = geojson_area(outline, "outline")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BaselineError(at(source, None, "coordinates are no degrees", "write EPSG:4326"))
    if not shapely.intersects(held, home):
        remedy = "are longitude and latitude swapped?"
        raise BaselineError(at(source, None, "all of it lies outside of the outline", remedy))
    owner, other = war.sides
    return Baseline(day, held, home, other.id, owner.id, war.owners, source)


def _crs(geojson: Mapping[str, Any]) -> str:
    named = geojson.get("crs")
    if not isinstance(named, Mapping):
        return ""
    properties = named.get("properties")
    return str(properties.get("name", "")) if isinstance(properties, Mapping) else ""


def geojson_area(geojson: Mapping[str, Any], source: str) -> BaseGeometry:
    """All polygons of a GeoJSON object as one valid geometry."""
    import shapely
    from shapely.geometry import shape

    try:
        shapes = [shape(g) for g in _polygons(geojson)]
        parts = [shapely.make_valid(shapely.force_2d(one)) for one in shapes]
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError) as error:
        reason = " ".join(str(error).split())[:80]
        raise BaselineError(at(source, None, f"no sound GeoJSON: {reason}")) from error
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


def _polygons(geojson: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
    if not isinstance(geojson, Mapping):
        raise ValueError("an object is needed")
    kind = geojson.get("type")
    if kind == "FeatureCollection":
        return [g for part in geojson.get("features") or () for g in _polygons(part)]
    if kind == "GeometryCollection":
        return [g for part in geojson.get("geometries") or () for g in _polygons(part)]
    if kind == "Feature":
        geometry = geojson.get("geometry")
        return _polygons(geometry) if geometry is not None else []
    return [geojson] if kind in ("Polygon", "MultiPolygon") else []
