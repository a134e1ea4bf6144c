"""Holders as they were known: each day by what had been published until then."""

from dataclasses import replace
from datetime import date, timedelta

import pandas
from hypothesis import given, settings
from hypothesis import strategies as st
from test_control import claim
from test_control_properties import BASELINE, DAYS, FIRST, MANY, TOWN

from tracker.control import control, counting, holders_as_known


def told_on(published, by, day, says):
    return replace(claim(by, day, says=says), published=date.fromisoformat(published))


def rows(frame):
    return [
        ("" if pandas.isna(row.valid_from) else str(row.valid_from.date()), row.holder, row.status)
        for row in frame.itertuples()
    ]


def on(frame, day):
    """Holder, status and claims of the only place on a day."""
    when = pandas.Timestamp(day)
    held = frame[
        (frame["valid_from"].isna() | (frame["valid_from"] <= when))
        & (frame["valid_to"].isna() | (when < frame["valid_to"]))
    ]
    (row,) = held.itertuples()
    return row.holder, row.status, row.claims


def test_a_change_shows_from_the_day_on_which_it_was_first_told():
    """Taken on the 5th, told by the taker on the 8th and by the loser on the 12th."""
    told = [
        told_on("2024-03-08", "RU", "2024-03-05", "RU"),
        told_on("2024-03-12", "RU", "2024-03-05", "UA"),
    ]
    kyiv = [("", "UA", "baseline")]
    assert rows(control(told, [TOWN], BASELINE)) == [*kyiv, ("2024-03-05", "RU", "confirmed")]
    assert rows(holders_as_known(told, [TOWN], BASELINE)) == [
        *kyiv,
        ("2024-03-08", "RU", "claimed"),
        ("2024-03-12", "RU", "confirmed"),
    ]


def test_a_report_that_comes_later_is_counted_from_its_day_on():
    told = [
        told_on("2024-03-05", "RU", "2024-03-05", "both"),
        told_on("2024-06-02", "UA", "2024-06-01", "RU"),
        told_on("2024-06-09", "UA", "2024-06-01", "RU"),
    ]
    known = holders_as_known(told, [TOWN], BASELINE)
    assert rows(known) == [
        ("", "UA", "baseline"),
        ("2024-03-05", "RU", "confirmed"),
        ("2024-06-02", "UA", "confirmed"),
        ("2024-06-09", "UA", "confirmed"),
    ]
    assert [len(ids.split()) for ids in known["claims"]] == [0, 1, 1, 2]


def test_places_of_which_nothing_was_told_stay_with_the_baseline():
    assert rows(holders_as_known([], [TOWN], BASELINE)) == [("", "UA", "baseline")]


@settings(max_examples=80, deadline=None)
@given(MANY, DAYS, st.lists(st.integers(0, 40), min_size=8, max_size=8))
def test_every_day_is_as_control_has_it_with_what_was_known_then(claims, day, delays):
    late = [timedelta(days=delay) for delay in delays]
    claims = [replace(c, published=c.published + by) for c, by in zip(claims, late, strict=False)]
    counted = counting(claims, BASELINE)
    known = holders_as_known(counted, [TOWN], BASELINE)
    for shown in (day, FIRST + timedelta(days=200)):
        then = control(claims, [TOWN], BASELINE, as_known_on=shown)
        assert on(known, shown) == on(then, shown)
