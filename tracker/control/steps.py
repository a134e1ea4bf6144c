"""Areas and front lines over time: the state on the first day of each of many spans.

What stays the same from span to span is one row. Cells with the same history are dissolved once, so
that a hundred spans cost little more than one (:mod:`tracker.control.mesh`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.control.areas import length_km
from tracker.control.mesh import Mesh, mesh_of
from tracker.control.pieces import timelines

if TYPE_CHECKING:
    import geopandas

Span = tuple[date, date | None]
"""First day, and the first day after; None: still in force."""

Array = Any


def areas_by_span(
    holders: geopandas.GeoDataFrame, cells: geopandas.GeoDataFrame, spans: Sequence[Span]
) -> geopandas.GeoDataFrame:
    """The area of each holder and status as it stood on the first day of each span.

    Columns ``valid_from``, ``valid_to`` (naive ``datetime64[s]``, half open, NaT: still in force),
    ``holder``, ``status``, ``km2`` and ``geometry`` (dissolved, EPSG:4326), sorted by these. Spans
    follow each other without a gap; rows of spans in which an area stays the same are one row.
    """
    import numpy

    names, code = _states(holders, cells, spans, ("holder", "status"))
    blocs = _blocs(code)
    members = _members(blocs)
    km2 = numpy.array([cells["km2"].to_numpy()[pieces].sum() for pieces in members])
    state = code[:, [pieces[0] for pieces in members]] if len(members) else code
    rows, drawn = [], []
    for number, (holder, status) in enumerate(names):
        for first, last, mask in _runs(state == number):
            rows.append((*_ends(spans, first, last), holder, status, float(km2[mask].sum())))
            drawn.append((first, number))
    mesh, piece = mesh_of(cells.geometry.to_numpy())
    mesh, bloc = _regrouped(mesh, blocs[piece])
    at_first = {first: _dissolved(mesh, state[first][bloc]) for first in {f for f, _ in drawn}}
    made = [at_first[first][number] for first, number in drawn]
    return _frame(rows, made, ("holder", "status", "km2"), cells)


def front_by_span(
    holders: geopandas.GeoDataFrame, cells: geopandas.GeoDataFrame, spans: Sequence[Span]
) -> geopandas.GeoDataFrame:
    """The lines between cells of different holders on the first day of each span.

    Columns ``valid_from``, ``valid_to`` (as of :func:`areas_by_span`), ``between`` (the two
    holders in alphabetical order: ``RU-UA``), ``km`` and ``geometry`` (multilines, EPSG:4326).
    """
    import numpy
    import shapely

    mesh, piece = mesh_of(cells.geometry.to_numpy())
    edges = mesh.shared()
    ends = numpy.stack([mesh.nodes[mesh.start[edges]], mesh.nodes[mesh.end[edges]]], axis=1)
    km = length_km(shapely.linestrings(ends))
    names, code = _states(holders, cells, spans, ("holder",))
    left, right = (code[:, piece[mesh.face[e]]] for e in (edges, mesh.twin[edges]))
    # The states are sorted, and so are the two names of a pair.
    pair = numpy.minimum(left, right) * numpy.int32(len(names)) + numpy.maximum(left, right)
    pair[left == right] = -1
    rows, made = [], []
    for key in numpy.flatnonzero(numpy.bincount(pair[pair >= 0])).tolist():
        between = "-".join(names[k][0] for k in divmod(key, len(names)))
        for first, last, mask in _runs(pair == key):
            rows.append((*_ends(spans, first, last), between, float(km[mask].sum())))
            # All run the same way, with the same holder at their left: so they join.
            turned = (left[first] > right[first])[mask]
            way = numpy.where(turned, mesh.twin[edges[mask]], edges[mask])
            made.append(_gathered(mesh.lines(way), shapely.multilinestrings))
    return _frame(rows, made, ("between", "km"), cells)


def _regrouped(mesh: Mesh, group: Array) -> tuple[Mesh, Array]:
    """The mesh with neighbouring faces of one group as one, and the group of each of its faces."""
    import numpy

    merged, label = mesh.merged(group)
    of = numpy.zeros(label.max(initial=-1) + 1, dtype=group.dtype)
    of[label] = group
    return merged, of


def _dissolved(mesh: Mesh, state: Array) -> dict[int, Any]:
    """The area of each state that there is."""
    import numpy
    import shapely

    merged, of = _regrouped(mesh, state)
    shapes = merged.polygons()
    return {
        number: _gathered(shapes[of == number], shapely.multipolygons)
        for number in numpy.unique(of).tolist()
    }


def _gathered(shapes: Array, gather: Callable[[Array], Any]) -> Any:  # noqa: ANN401
    return shapes[0] if len(shapes) == 1 else gather(shapes)


def _states(
    holders: geopandas.GeoDataFrame,
    cells: geopandas.GeoDataFrame,
    spans: Sequence[Span],
    columns: Sequence[str],
) -> tuple[list[tuple[str, ...]], Array]:
    """The states there are, and which of them each piece is in: shape (spans, pieces)."""
    import numpy
    import pandas

    table = timelines(holders, cells)
    state, names = pandas.MultiIndex.from_frame(table[list(columns)]).factorize(sort=True)
    days = numpy.array([start for start, _ in spans], dtype="datetime64[s]")
    code = numpy.zeros((len(spans), len(cells)), dtype=numpy.int16)
    first = _at(days, table["valid_from"].to_numpy(), 0)
    last = _at(days, table["valid_to"].to_numpy(), len(days))
    piece = table["piece"].to_numpy()
    lengths = numpy.maximum(last - first, 0)
    row = numpy.repeat(numpy.arange(len(table)), lengths)
    step = numpy.arange(len(row)) - numpy.repeat(numpy.cumsum(lengths) - lengths, lengths)
    code[first[row] + step, piece[row]] = state[row]
    return [tuple(map(str, name)) for name in names], code


def _at(days: Array, stamps: Array, missing: int) -> Array:
    import numpy

    found = numpy.searchsorted(days, stamps.astype("datetime64[s]"))
    return numpy.where(numpy.isnat(stamps), missing, found)


def _blocs(code: Array) -> Array:
    """A number for each piece; pieces of one number have one history."""
    import numpy

    seen: dict[bytes, int] = {}
    histories = numpy.ascontiguousarray(code.T)
    return numpy.array([seen.setdefault(row.tobytes(), len(seen)) for row in histories], dtype=int)


def _members(blocs: Array) -> list[Array]:
    """The pieces of each bloc."""
    import numpy

    order = numpy.argsort(blocs, kind="stable")
    cuts = numpy.flatnonzero(numpy.diff(blocs[order])) + 1
    return list(numpy.split(order, cuts)) if len(blocs) else []


def _runs(masks: Array) -> Iterator[tuple[int, int, Array]]:
    """First and last step of each run of equal masks (steps, members) that hold anything."""
    import numpy

    steps = len(masks)
    differ = [True, *numpy.any(masks[1:] != masks[:-1], axis=1).tolist()]
    starts = [step for step in range(steps) if differ[step]]
    for start, after in zip(starts, [*starts[1:], steps], strict=True):
        if masks[start].any():
            yield start, after - 1, masks[start]


def _ends(spans: Sequence[Span], first: int, last: int) -> Span:
    return spans[first][0], spans[last][1]


def _frame(
    rows: Sequence[tuple[Any, ...]],
    made: Sequence[Any],
    names: Sequence[str],
    cells: geopandas.GeoDataFrame,
) -> geopandas.GeoDataFrame:
    import geopandas
    import numpy
    import pandas

    columns = ("valid_from", "valid_to", *names)
    table: dict[str, Any] = {}
    for number, name in enumerate(columns):
        values = [row[number] for row in rows]
        if name.startswith("valid_"):
            table[name] = numpy.array(values, dtype="datetime64[s]")
        else:
            table[name] = pandas.Series(values, dtype="float64" if name.startswith("km") else "str")
    shapes = geopandas.GeoSeries(made, crs=cells.crs)
    frame = geopandas.GeoDataFrame(table, geometry=shapes, crs=cells.crs)
    order = ["valid_from", *names[:-1]]
    return frame.sort_values(order, kind="stable", ignore_index=True)
