"""The edges of cells as a mesh, out of which areas and the lines between them are read.

Cells share their vertices to the last bit. So an area of many cells is bounded by those of their
edges that have it on one side only: nothing has to be computed again, and cells that have been
dissolved once can be dissolved further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

Array = Any


@dataclass(frozen=True, slots=True)
class Mesh:
    """Directed edges around faces, the face at their left: holes are run round the other way.

    Of each edge: the number of its ``start`` in ``nodes`` (lon lat, sorted), the edge that comes
    ``after`` it around its face, its ``twin`` that runs against it around the next face (-1 where
    there is none, as along the outline), and its ``face``. Faces are numbered without gaps.
    """

    nodes: Array
    start: Array
    after: Array
    twin: Array
    face: Array

    @property
    def end(self) -> Array:
        """The node at which each edge ends."""
        return self.start[self.after]

    def shared(self) -> Array:
        """One of each two twins, the one that begins at the lower node, sorted by its ends."""
        import numpy

        end = self.end
        found = numpy.flatnonzero((self.twin >= 0) & (self.start < end))
        return found[numpy.lexsort((end[found], self.start[found]))]

    def merged(self, group: Array) -> tuple[Mesh, Array]:
        """The mesh with neighbouring faces of one group as one face; the new number of each face.

        ``group`` has an entry for each face.
        """
        import numpy

        neighbour = self.face[self.twin]
        inner = (self.twin >= 0) & (group[self.face] == group[neighbour])
        label = _components(len(group), self.face[inner], neighbour[inner])
        _, label = numpy.unique(label, return_inverse=True)
        kept = numpy.flatnonzero(~inner)
        ahead = self.after[kept]
        # What was struck out is passed by turning about the node, until an edge is left.
        while (gone := inner[ahead]).any():
            ahead[gone] = self.after[self.twin[ahead[gone]]]
        number = numpy.full(len(inner) + 1, -1)
        number[kept] = numpy.arange(len(kept))
        # The last entry is that of no edge, -1.
        after, twin = number[ahead], number[self.twin[kept]]
        return Mesh(self.nodes, self.start[kept], after, twin, label[self.face[kept]]), label

    def polygons(self) -> Array:
        """The faces as polygons, by number: shells run counterclockwise, holes clockwise."""
        import numpy
        import shapely

        cycles = list(_cycles(self.after))
        if not cycles:
            return numpy.array([], dtype=object)
        touching = self._touching(*_flat(cycles))
        rings = [
            ring
            for number, cycle in enumerate(cycles)
            for ring in (self._simple(cycle) if number in touching else (cycle,))
        ]
        edges, ring = _flat(rings)
        made = shapely.linearrings(self.nodes[self.start[edges]], indices=ring)
        face = self.face[[one[0] for one in rings]]
        order = numpy.lexsort((~shapely.is_ccw(made), face))
        return shapely.polygons(made[order], indices=face[order])

    def _touching(self, edges: Array, cycle: Array) -> set[int]:
        """The cycles that pass a node twice."""
        import numpy

        size = len(self.nodes)
        passed = numpy.sort(cycle * size + self.start[edges])
        return set((passed[1:][passed[1:] == passed[:-1]] // size).tolist())

    def _simple(self, cycle: list[int]) -> Iterator[list[int]]:
        """A cycle as rings that pass no node twice: holes may touch the shell, and each other."""
        path: list[int] = []
        at: dict[int, int] = {}
        for edge, node in zip(cycle, self.start[cycle].tolist(), strict=True):
            if node in at:
                ring, path = path[at[node] :], path[: at[node]]
                yield ring
                at = {known: place for known, place in at.items() if place < len(path)}
            at[node] = len(path)
            path.append(edge)
        yield path

    def lines(self, edges: Array) -> Array:
        """The edges joined to lines where exactly two follow each other; rings where none ends."""
        import numpy
        import shapely

        start, end = self.start[edges], self.end[edges]
        size = len(self.nodes)
        begin, stop = numpy.bincount(start, minlength=size), numpy.bincount(end, minlength=size)
        at = numpy.full(size, -1)
        at[start] = numpy.arange(len(edges))
        after = numpy.where((begin[end] == 1) & (stop[end] == 1), at[end], -1)
        chains = list(_chains(after))
        if not chains:
            return numpy.array([], dtype=object)
        inner, line = _flat(chains)
        # Each line has one node more than it has edges.
        last = numpy.cumsum([len(one) for one in chains])
        node = numpy.insert(start[inner], last, end[inner[last - 1]])
        return shapely.linestrings(
            self.nodes[node], indices=numpy.insert(line, last, line[last - 1])
        )


def mesh_of(pieces: Array) -> tuple[Mesh, Array]:
    """The mesh of polygons and multipolygons that fit together, and the piece of each face.

    A face is one polygon of a piece.
    """
    import numpy
    import shapely

    parts, piece = shapely.get_parts(pieces, return_index=True)
    rings, face = shapely.get_rings(parts, return_index=True)
    shell = numpy.diff(face, prepend=-1) != 0
    wrong = shapely.is_ccw(rings) != shell
    rings[wrong] = shapely.reverse(rings[wrong])
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    # Sorted as complex numbers, points are sorted by x, then y.
    points, node = numpy.unique(xy.view(numpy.complex128).ravel(), return_inverse=True)
    last = numpy.diff(ring, append=-1) != 0
    start, end = node[~last], node[1:][~last[:-1]]
    ring = ring[~last]
    number = numpy.arange(len(start))
    first = numpy.diff(ring, prepend=-1) != 0
    closing = numpy.diff(ring, append=-1) != 0
    after = number + 1
    after[closing] = number[first]
    nodes = points.view(numpy.float64).reshape(-1, 2)
    return Mesh(nodes, start, after, _twins(start, end), face[ring]), piece


def _twins(start: Array, end: Array) -> Array:
    import numpy

    order = numpy.lexsort((numpy.maximum(start, end), numpy.minimum(start, end)))
    a, b = order[:-1], order[1:]
    meet = (start[a] == end[b]) & (end[a] == start[b])
    twin = numpy.full(len(start), -1)
    twin[a[meet]], twin[b[meet]] = b[meet], a[meet]
    return twin


def _components(number: int, one: Array, other: Array) -> Array:
    """A label for each of ``number`` nodes of a graph, the same for those that are connected."""
    import numpy

    label = numpy.arange(number)
    while True:
        before = label.copy()
        low = numpy.minimum(before[one], before[other])
        # Roots are hung below lower roots; then all nodes below theirs.
        numpy.minimum.at(label, before[one], low)
        numpy.minimum.at(label, before[other], low)
        while not numpy.array_equal(label, label[label]):
            label = label[label]
        if numpy.array_equal(label, before):
            return label


def _flat(lists: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    """The numbers of all lists, and of each of them the number of its list."""
    import numpy

    lengths = [len(one) for one in lists]
    whole = numpy.fromiter(chain.from_iterable(lists), dtype=numpy.int64, count=sum(lengths))
    return whole, numpy.repeat(numpy.arange(len(lists)), lengths)


def _cycles(after: Array) -> Iterator[list[int]]:
    """The cycles of a permutation, by their lowest members."""
    follows: list[int] = after.tolist()
    for edge in range(len(follows)):
        found = []
        while follows[edge] >= 0:
            found.append(edge)
            ahead, follows[edge] = follows[edge], -1
            edge = ahead
        if found:
            yield found


def _chains(after: Array) -> Iterator[list[int]]:
    """What hangs together by ``after`` (-1: nothing follows): open chains first, then cycles."""
    import numpy

    follows: Sequence[int] = after.tolist()
    seen = bytearray(len(follows))
    heads = numpy.setdiff1d(numpy.arange(len(follows)), after).tolist()
    for first in (*heads, *range(len(follows))):
        found, edge = [], first
        while edge >= 0 and not seen[edge]:
            seen[edge] = 1
            found.append(edge)
            edge = follows[edge]
        if found:
            yield found
