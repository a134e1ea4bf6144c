"""Areas and front lines over time are those of each day, with one row while nothing changes."""

from datetime import date, timedelta

import shapely
from test_holders import OUTLINE, TOWNS, at, baseline

from tracker.control import areas, cells, control, front_line
from tracker.control.steps import areas_by_span, front_by_span

EAST = shapely.box(36.5, 47, 38, 50)
CLAIMS = [
    at("ne", "UA", "2022-09-10", says="RU"),
    at("nw", "RU", "2022-09-12"),
    at("nw", "UA", "2022-09-14", says="RU"),
]
DAYS = [date(2022, 9, 8) + timedelta(days=n) for n in range(8)]


def days_of(last_end):
    return list(zip(DAYS, [*DAYS[1:], last_end], strict=True))


def over_time(last_end=None):
    holders, ground = control(CLAIMS, TOWNS, baseline(EAST)), cells(TOWNS, OUTLINE)
    spans = days_of(last_end)
    return (
        holders,
        ground,
        areas_by_span(holders, ground, spans),
        front_by_span(holders, ground, spans),
    )


def on(frame, day):
    """The rows in force on a day."""
    ended = frame["valid_to"].notna() & (frame["valid_to"] <= str(day))
    return frame[(frame["valid_from"] <= str(day)) & ~ended]


def test_each_day_is_as_it_is_worked_out_for_that_day_alone():
    holders, ground, area, front = over_time()
    for day in DAYS:
        alone = areas(holders, ground, day).set_index(["holder", "status"])
        within = on(area, day).set_index(["holder", "status"])
        assert set(within.index) == set(alone.index)
        for key, row in alone.iterrows():
            assert abs(within.loc[key].km2 - row.km2) < 1e-6
            assert within.loc[key].geometry.equals(row.geometry)
        [edge] = front_line(holders, ground, day).itertuples()
        [line] = on(front, day).itertuples()
        assert line.between == f"{edge.left}-{edge.right}" == "RU-UA"
        assert abs(line.km - edge.km) < 1e-9
        assert line.geometry.equals(edge.geometry)


def test_what_stays_the_same_is_one_row_and_the_last_is_still_in_force():
    _, _, area, front = over_time()
    told = [
        (str(r.valid_from)[:10], str(r.valid_to)[:10], r.holder, r.status)
        for r in area.itertuples()
    ]
    assert told == [
        ("2022-09-08", "2022-09-10", "RU", "baseline"),
        ("2022-09-08", "2022-09-12", "UA", "baseline"),
        ("2022-09-10", "NaT", "RU", "baseline"),
        ("2022-09-10", "2022-09-14", "UA", "confirmed"),
        ("2022-09-12", "2022-09-14", "RU", "claimed"),
        ("2022-09-12", "NaT", "UA", "baseline"),
        ("2022-09-14", "NaT", "UA", "confirmed"),
    ]
    assert [str(day)[:10] for day in front["valid_from"]] == [
        "2022-09-08",
        "2022-09-10",
        "2022-09-12",
        "2022-09-14",
    ]


def test_the_last_span_can_end():
    _, _, area, front = over_time(date(2022, 9, 16))
    assert area["valid_to"].max() == front["valid_to"].max()
    assert str(area["valid_to"].max())[:10] == "2022-09-16"
    assert not area["valid_to"].isna().any()


def test_where_one_side_holds_all_there_is_no_front():
    holders, ground = control([], TOWNS, baseline()), cells(TOWNS, OUTLINE)
    front = front_by_span(holders, ground, days_of(None))
    assert len(front) == 0
    assert list(front.columns) == ["valid_from", "valid_to", "between", "km", "geometry"]
    [area] = areas_by_span(holders, ground, days_of(None)).itertuples()
    assert (area.holder, area.status) == ("UA", "baseline")
    assert area.geometry.equals(shapely.unary_union(ground.geometry))
