"""How well an area agrees with a reference: overlap, size, front line, and what was gained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.control.tessellation import STEP, to_degrees, to_metres

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Array = Any
BORDER_KM = 2.0
"""Along the outline no front runs: lines this close to it are coast and border drawn elsewhere."""
DUST_KM2 = 0.1
"""Areas smaller than this are what rounding leaves, and are compared with nothing."""
SLIVER_KM2 = 0.001
"""Pieces of a difference smaller than this come from rounded corners, and are not drawn."""
EVERY_KM = 1.0
"""Points of the reference's front from which distances are taken."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two areas compared inside the outline, in the equal-area projection.

    ``iou`` is the area of what both hold over that of what either holds, ``area_ratio`` ours over
    the reference's. ``front_km_median`` is the median distance from points every kilometre of the
    reference's front to ours, None where either has none. ``gain_iou`` and ``gain_ratio`` compare
    what was gained since the baseline in the same way; None without one or without any gain.
    All ``km2`` are square kilometres; ``only_km2`` is what only we say is held,
    ``only_reference_km2`` what only the reference says; the gains are None without a baseline.
    """

    iou: float | None
    area_ratio: float | None
    front_km_median: float | None
    gain_iou: float | None
    gain_ratio: float | None
    km2: float
    reference_km2: float
    only_km2: float
    only_reference_km2: float
    gain_km2: float | None
    reference_gain_km2: float | None


def agreement(
    ours: BaseGeometry,
    reference: BaseGeometry,
    outline: BaseGeometry,
    baseline: BaseGeometry | None = None,
) -> Agreement:
    """Compare an area that one side holds with that of a reference; all in WGS 84 (lon, lat).

    ``baseline`` is what that side held before, for the gain.
    """
    import shapely

    home = _metres(outline)
    a, b = (shapely.intersection(_metres(shape), home) for shape in (ours, reference))
    gain_iou = gain_ratio = None
    gains: list[float | None] = [None, None]
    if baseline is not None:
        before = shapely.intersection(_metres(baseline), home)
        gained = [shapely.difference(shape, before) for shape in (a, b)]
        gain_iou, gain_ratio = iou(*gained), _ratio(*gained)
        gains = [_km2(shape) for shape in gained]
    distances = front_distances_km(a, b, home)
    median = float(_median(distances)) if len(distances) else None
    both = _km2(shapely.intersection(a, b))
    km2 = [_km2(a), _km2(b)]
    only = [max(size - both, 0.0) for size in km2]
    return Agreement(iou(a, b), _ratio(a, b), median, gain_iou, gain_ratio, *km2, *only, *gains)


def only_one(ours: BaseGeometry, reference: BaseGeometry, outline: BaseGeometry) -> list[Array]:
    """What only the one and only the other holds inside the outline: two arrays of polygons.

    All in WGS 84 (lon, lat); pieces below :data:`SLIVER_KM2` are what rounding leaves.
    """
    import shapely

    home = _metres(outline)
    a, b = (shapely.intersection(_metres(shape), home) for shape in (ours, reference))
    parts = (shapely.get_parts(shapely.difference(*pair)) for pair in ((a, b), (b, a)))
    return [to_degrees(part[shapely.area(part) >= SLIVER_KM2 * 1e6]) for part in parts]


def iou(a: BaseGeometry, b: BaseGeometry) -> float | None:
    """Area of the intersection over that of the union; None where both are dust."""
    import shapely

    both = float(shapely.area(shapely.intersection(a, b)))
    either = float(shapely.area(a)) + float(shapely.area(b)) - both
    return both / either if either > DUST_KM2 * 1e6 else None


def front_distances_km(ours: BaseGeometry, reference: BaseGeometry, home: BaseGeometry) -> Array:
    """Distances from points every kilometre of the reference's front to ours, in kilometres.

    All three are polygons in metres of an equal-area projection; a front is what bounds an area
    inside ``home``. Empty where either has no front.
    """
    import numpy
    import shapely

    border = shapely.buffer(shapely.boundary(home), BORDER_KM * 1000)
    mine, theirs = (
        shapely.difference(shapely.boundary(shape), border) for shape in (ours, reference)
    )
    if shapely.is_empty(mine) or shapely.is_empty(theirs):
        return numpy.array([])
    parts = shapely.get_parts(shapely.line_merge(theirs))
    steps = [numpy.arange(0.0, length, EVERY_KM * 1000) for length in shapely.length(parts)]
    lines = numpy.repeat(parts, [len(step) for step in steps])
    points = shapely.line_interpolate_point(lines, numpy.concatenate(steps))
    shapely.prepare(mine)
    return shapely.distance(points, mine) / 1000


def _km2(shape: BaseGeometry) -> float:
    import shapely

    return float(shapely.area(shape)) / 1e6


def _ratio(a: BaseGeometry, b: BaseGeometry) -> float | None:
    import shapely

    size = float(shapely.area(b))
    return float(shapely.area(a)) / size if size > DUST_KM2 * 1e6 else None


def _median(values: Array) -> Any:  # noqa: ANN401
    import numpy

    return numpy.median(values)


def _metres(shape: BaseGeometry) -> Any:  # noqa: ANN401
    """The shape in metres; long edges stay straight in degrees."""
    import shapely

    return shapely.make_valid(to_metres(shapely.segmentize(shape, STEP)))
