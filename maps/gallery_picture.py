"""The gallery's pictures: SVG drawn by hand, so that the same changes give the same bytes.

A picture shows the outline, the land that one side held, and a mark for each place
that changed hands: round for the first side, square for the second, hollow where a claim stands
against a denial. It carries its own colours for light and dark pages and needs no script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians
from typing import Any

WIDTH = 960
STEP, STEP_OUTSIDE = 0.8, 40.0
"""Points of a line that lie closer together than this many pixels are left out."""

DARK = {"UA": "#6fb1ee", "RU": "#f0876f"}
STYLE = """
.sea{{fill:#dfe5ea}}.land{{fill:#f8f7f3;stroke:#8d96a1}}.held{{fill:#c8452f;opacity:.3}}
.ua{{fill:{ua}}}.ru{{fill:{ru}}}.open{{fill:#f8f7f3;stroke-width:2}}.open.ua{{stroke:{ua}}}
.open.ru{{stroke:{ru}}}.new{{stroke:#14181f;stroke-width:1.6}}
text{{font:600 15px system-ui,sans-serif;fill:#1c2430;stroke:#f8f7f3;stroke-width:4;
stroke-linejoin:round;paint-order:stroke}}
@media (prefers-color-scheme:dark){{.sea{{fill:#10151b}}.land{{fill:#262d36;stroke:#7d8896}}
.ua{{fill:{ua_dark}}}.ru{{fill:{ru_dark}}}.open{{fill:#262d36}}.open.ua{{stroke:{ua_dark}}}
.open.ru{{stroke:{ru_dark}}}.new{{stroke:#fff}}text{{fill:#e7ebf0;stroke:#262d36}}}}
""".strip()
SIDES = {
    "N": (0.0, -11.0, "middle"),
    "S": (0.0, 20.0, "middle"),
    "E": (11.0, 5.0, "start"),
    "W": (-11.0, 5.0, "end"),
}


@dataclass(frozen=True)
class Mark:
    """A place on a picture: ``holder`` UA or RU, ``fresh`` if it changed in the time shown.

    ``open`` is for a place that the two sides dispute; ``holder`` is then the side that claims it.
    """

    place: str
    lon: float
    lat: float
    holder: str
    fresh: bool = False
    open: bool = False


class Frame:
    """Degrees to pixels: equirectangular, true to scale in the middle of the box."""

    def __init__(self, box: Sequence[float]) -> None:
        self.west, south, east, self.north = box
        self.wide = cos(radians((south + self.north) / 2))
        self.scale = WIDTH / ((east - self.west) * self.wide)
        self.height = round((self.north - south) * self.scale)

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """The pixel of a point in degrees."""
        return (lon - self.west) * self.wide * self.scale, (self.north - lat) * self.scale

    def shows(self, lon: float, lat: float) -> bool:
        """Whether a point lies on the picture."""
        x, y = self(lon, lat)
        return 0 <= x <= WIDTH and 0 <= y <= self.height

    def path(self, geometry: Mapping[str, Any]) -> str:
        """The ``d`` of a Polygon or MultiPolygon of GeoJSON.

        Points far outside are drawn in to a frame around the picture, which leaves what is seen as
        it is.
        """
        rings = [self._ring(ring) for polygon in polygons(geometry) for ring in polygon]
        return "".join(ring for ring in rings if ring)

    def _ring(self, ring: Iterable[Sequence[float]]) -> str:
        points: list[tuple[float, float]] = []
        for lon, lat, *_ in ring:
            x, y = self(lon, lat)
            at = (clamp(x, WIDTH), clamp(y, self.height))
            step = STEP if at == (x, y) else STEP_OUTSIDE
            if not points or abs(at[0] - points[-1][0]) + abs(at[1] - points[-1][1]) >= step:
                points.append(at)
        if len(points) < 4 or not crosses(points, WIDTH, self.height):
            return ""
        return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


def clamp(value: float, size: float) -> float:
    """``value`` kept within half a picture around the picture."""
    return min(max(value, -0.5 * size), 1.5 * size)


def crosses(points: Sequence[tuple[float, float]], width: float, height: float) -> bool:
    """Whether the box around a ring and the picture have a point in common."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) <= width and max(xs) >= 0 and min(ys) <= height and max(ys) >= 0


def number(value: float) -> str:
    """One decimal at most, and no minus before a zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def polygons(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[Sequence[float]]]]:
    """The polygons of a Polygon or MultiPolygon, as lists of rings."""
    if geometry["type"] == "Polygon":
        yield geometry["coordinates"]
    else:
        yield from geometry["coordinates"]


def shape(mark: Mark, x: float, y: float, size: float) -> str:
    """The mark itself: a circle or a square."""
    names = [mark.holder.lower()]
    names += ["open"] if mark.open else []
    names += ["new"] if mark.fresh and not mark.open else []
    kind = " ".join(names)
    if mark.holder == "UA":
        return f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{number(size)}"/>'
    half = size * 0.9
    return (
        f'<rect class="{kind}" x="{number(x - half)}" y="{number(y - half)}" '
        f'width="{number(2 * half)}" height="{number(2 * half)}"/>'
    )


def picture(
    marks: Iterable[Mark],
    box: Sequence[float],
    *,
    outline: Mapping[str, Any],
    held: Mapping[str, Any],
    labels: Mapping[str, str],
    colors: Mapping[str, str],
    title: str,
    size: float,
) -> str:
    """The SVG of ``marks`` in ``box`` (west, south, east, north in degrees).

    ``outline`` and ``held`` are GeoJSON geometries in WGS 84, lon lat. ``labels`` gives the names
    to write, each with N, E, S or W; ``colors`` the colour of each side; ``size`` the radius of a
    mark in pixels. Marks are drawn by latitude, so their order does not matter.
    """
    frame = Frame(box)
    seen = sorted(
        (m for m in marks if frame.shows(m.lon, m.lat)),
        key=lambda m: (m.fresh, -m.lat, m.lon, m.place),
    )
    land = frame.path(outline)
    style = STYLE.format(ua=colors["UA"], ru=colors["RU"], ua_dark=DARK["UA"], ru_dark=DARK["RU"])
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {frame.height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{style}</style>",
        f'<clipPath id="land"><path d="{land}"/></clipPath>',
        f'<path class="sea" d="M0 0H{WIDTH}V{frame.height}H0Z"/>',
        f'<path class="land" d="{land}"/>',
        f'<path class="held" clip-path="url(#land)" d="{frame.path(held)}"/>',
    ]
    lines += [shape(m, *frame(m.lon, m.lat), size * (1.25 if m.fresh else 1)) for m in seen]
    lines += [name for m in seen if (name := label(m, frame, labels))]
    return "\n".join([*lines, "</svg>", ""])


def label(mark: Mark, frame: Frame, labels: Mapping[str, str]) -> str:
    """The name beside a mark, if it is to be written."""
    side = labels.get(mark.place)
    if side is None:
        return ""
    x, y = frame(mark.lon, mark.lat)
    right, down, anchor = SIDES[side]
    place = escape(mark.place)
    at = f'x="{number(x + right)}" y="{number(y + down)}"'
    return f'<text {at} text-anchor="{anchor}">{place}</text>'
