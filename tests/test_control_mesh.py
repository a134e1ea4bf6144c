"""Cells dissolved by their edges: squares worked out by hand, and any colouring of a grid."""

import numpy
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from tracker.control.mesh import mesh_of
from tracker.control.tessellation import neighbours


def square(x, y):
    return shapely.box(x, y, x + 1, y + 1)


def grid(*rows):
    """Squares of a drawing, the last row at the bottom, and the letter of each."""
    found = [
        (square(x, y), letter)
        for y, row in enumerate(reversed(rows))
        for x, letter in enumerate(row)
    ]
    return numpy.array([shape for shape, _ in found]), numpy.array([ord(one) for _, one in found])


def dissolved(shapes, group):
    """The polygons of each group, by its letter."""
    mesh, piece = mesh_of(shapes)
    merged, face = mesh.merged(group[piece])
    polygons = merged.polygons()
    out = {}
    for number, polygon in enumerate(polygons):
        letter = chr(group[piece[face == number][0]])
        out.setdefault(letter, []).append(polygon)
    return out


def corners(polygon):
    """Number of corners of the shell and of each hole, straight ones included."""
    return [len(ring.coords) - 1 for ring in (polygon.exterior, *polygon.interiors)]


def test_two_squares_side_by_side_are_one_area_without_the_edge_between_them():
    [area] = dissolved(*grid("aa"))["a"]
    assert area.equals(shapely.box(0, 0, 2, 1))
    assert corners(area) == [6]


def test_a_square_within_is_a_hole_of_what_lies_around_it():
    found = dissolved(*grid("aaa", "aba", "aaa"))
    [around], [within] = found["a"], found["b"]
    assert corners(around) == [12, 4]
    assert around.area == 8
    assert within.equals(square(1, 1))


def test_squares_that_touch_at_a_corner_are_two_areas():
    found = dissolved(*grid("ab", "ba"))
    assert sorted(corners(area) for area in found["a"]) == [[4], [4]]


def test_a_hole_that_touches_the_shell_is_a_hole_all_the_same():
    # The square b touches the outside at its lower right corner only.
    found = dissolved(*grid("aaa", "aba", "aac"))
    [around] = found["a"]
    assert corners(around) == [12, 4]
    assert around.is_valid
    assert around.area == 7


def test_an_area_may_hold_an_island_of_its_own_side():
    found = dissolved(*grid("aaaaa", "abbba", "ababa", "abbba", "aaaaa"))
    assert sorted(area.area for area in found["a"]) == [1, 16]
    [ring] = found["b"]
    assert corners(ring) == [12, 4]


def test_shells_run_counterclockwise_and_holes_clockwise_whatever_the_cells_do():
    shapes, group = grid("aaa", "aba", "aaa")
    shapes[::2] = shapely.reverse(shapes[::2])
    [around] = dissolved(shapes, group)["a"]
    assert around.exterior.is_ccw
    assert not around.interiors[0].is_ccw


def test_a_cell_of_two_parts_has_neighbours_at_both():
    left, middle, right = square(0, 0), square(1, 0), square(2, 0)
    pieces = numpy.array([shapely.multipolygons([left, right]), middle])
    one, other, ends = neighbours(pieces)
    assert one.tolist() == [0, 0]
    assert other.tolist() == [1, 1]
    assert ends[:, :, 0].tolist() == [[1, 1], [2, 2]]


def test_what_has_been_dissolved_is_dissolved_further():
    shapes, first = grid("aabb", "aabb")
    mesh, piece = mesh_of(shapes)
    halves, face = mesh.merged(first[piece])
    assert len(halves.polygons()) == 2
    assert len(set(face.tolist())) == 2
    [whole] = halves.merged(numpy.zeros(2))[0].polygons()
    assert whole.equals(shapely.box(0, 0, 4, 2))


def test_lines_join_where_two_edges_follow_and_end_where_more_meet():
    shapes, group = grid("aab", "acb")
    mesh, piece = mesh_of(shapes)
    edges = mesh.shared()
    left, right = (group[piece[mesh.face[e]]] for e in (edges, mesh.twin[edges]))
    found = {}
    for pair in ("ab", "ac", "bc"):
        a, b = map(ord, pair)
        way = [
            *edges[(left == a) & (right == b)],
            *mesh.twin[edges[(left == b) & (right == a)]],
        ]
        found[pair] = mesh.lines(numpy.array(way))
    assert {pair: [line.length for line in lines] for pair, lines in found.items()} == {
        "ab": [1],
        "ac": [2],
        "bc": [1],
    }
    assert found["ac"][0].equals(shapely.LineString([(1, 0), (1, 1), (2, 1)]))


def test_nothing_dissolves_to_nothing():
    mesh, piece = mesh_of(numpy.array([], dtype=object))
    merged, face = mesh.merged(numpy.array([])[piece])
    assert len(merged.polygons()) == len(face) == len(mesh.lines(mesh.shared())) == 0


@settings(max_examples=150, deadline=None, derandomize=True)
@given(some.lists(some.sampled_from("abc"), min_size=25, max_size=25))
def test_any_colouring_dissolves_into_valid_areas_that_cover_the_same(letters):
    shapes, group = grid(*("".join(letters[n : n + 5]) for n in range(0, 25, 5)))
    for letter, areas in dissolved(shapes, group).items():
        whole = shapely.multipolygons(areas)
        assert whole.is_valid
        assert whole.equals(shapely.union_all(shapes[group == ord(letter)]))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.lists(some.sampled_from("ab"), min_size=25, max_size=25))
def test_the_lines_between_two_are_those_that_geos_merges(letters):
    shapes, group = grid(*("".join(letters[n : n + 5]) for n in range(0, 25, 5)))
    mesh, piece = mesh_of(shapes)
    edges = mesh.shared()
    left, right = (group[piece[mesh.face[e]]] for e in (edges, mesh.twin[edges]))
    way = numpy.where(left < right, edges, mesh.twin[edges])[left != right]
    lines = mesh.lines(way)
    ends = mesh.nodes[numpy.stack([mesh.start[way], mesh.end[way]], axis=1)]
    merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString([*ends])))
    assert len(lines) == len(merged)
    assert shapely.MultiLineString([*lines]).equals(shapely.MultiLineString([*merged]))
