"""Tables as columns of small numbers and texts, packed for a page.

A page with thousands of places must open at once: every table is a JSON object of columns, numbers
are differences to the row above where that makes them small, repeated texts are indices into a
list, and the whole is deflated. ``static/inflate.js`` and ``static/model.js`` read it.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Sequence

from tracker.model.jsontext import dumps

DEGREE = 10_000
"""Coordinates are whole ten thousandths of a degree, about ten metres."""


def pack(value: object) -> str:
    """JSON of ``value``, deflated, as base64: safe anywhere in a page.

    Four bytes in front (little endian) say how long the JSON is. Raises :class:`ValueError` for NaN
    and infinity, which JSON does not have.
    """
    text = dumps(value).encode("utf-8")
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    packed = deflater.compress(text) + deflater.flush()
    return base64.b64encode(len(text).to_bytes(4, "little") + packed).decode("ascii")


def steps(values: Iterable[int]) -> list[int]:
    """Each number less the one before it; the first as it is."""
    out, before = [], 0
    for value in values:
        out.append(value - before)
        before = value
    return out


def ticks(degrees: float) -> int:
    """A coordinate in ten thousandths of a degree."""
    return round(degrees * DEGREE)


def ring(points: Iterable[Sequence[float]]) -> list[int]:
    """Positions (lon, lat) as one list of steps: ``[x, y, dx, dy, ...]``, repeats left out."""
    out: list[int] = []
    x = y = 0
    for point in points:
        here = ticks(point[0]), ticks(point[1])
        if out and here == (x, y):
            continue
        out += [here[0] - x, here[1] - y]
        x, y = here
    return out


class Texts:
    """Texts that repeat, each kept once, in the order in which they were first seen."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        self._index: dict[str, int] = {}
        for text in first:
            self.add(text)

    def add(self, text: str) -> int:
        """The number of a text."""
        return self._index.setdefault(text, len(self._index))

    @property
    def all(self) -> list[str]:
        """The texts by number."""
        return list(self._index)
