"""What holds for any claims: the order and the repetition of reports change nothing."""

from datetime import date, timedelta

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from test_control import OTHER, claim

from tracker.control import Baseline, changes_from_claims, control
from tracker.model import Place, claim_id
from tracker.model.holders import check_holders_frame

TOWN = Place("1", "Town", 37.0, 48.0, "Donetsk")
SQUARE = shapely.box(36, 47, 38, 49)
BASELINE = Baseline(date(2022, 2, 23), shapely.MultiPolygon(), SQUARE, "RU", "UA")
FIRST = date(2022, 2, 20)

DAYS = st.integers(0, 80).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def tellings(draw):
    first, length = draw(DAYS), draw(st.sampled_from([0, 0, 0, 2, 30]))
    by = draw(st.sampled_from(["UA", "RU"]))
    change = draw(st.sampled_from(["capture", "withdrawal"]))
    return claim(
        by, first.isoformat(), until=(first + timedelta(days=length)).isoformat(),
        says=draw(st.sampled_from([by, OTHER[by], "other", "both"])), change=change,
        status=draw(st.sampled_from(["asserted", "asserted", "denied", "partial", "ongoing"])),
        background=draw(st.booleans()), report=draw(st.sampled_from("abc")),
    )  # fmt: skip


MANY = st.lists(tellings(), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(MANY, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(claims, dice):
    first = changes_from_claims(claims)
    again = [*claims, *claims]
    dice.shuffle(again)
    assert changes_from_claims(again) == first


@settings(max_examples=60, deadline=None)
@given(MANY, st.sampled_from(["claimed", "confirmed"]))
def test_the_intervals_of_a_place_are_whole(claims, rule):
    frame = control(claims, [TOWN], BASELINE, rule=rule)
    check_holders_frame(frame, ("UA", "RU"))
    told = {claim_id(one) for one in claims}
    assert {one for ids in frame["claims"] for one in ids.split()} <= told
    assert frame["confidence"].between(0, 1).all()
    # An interval that no claim speaks for is the baseline's.
    assert ((frame["claims"] == "") == (frame["status"] == "baseline")).all()


@settings(max_examples=60, deadline=None)
@given(MANY, DAYS)
def test_what_was_known_on_a_day_is_what_its_reports_alone_give(claims, day):
    known = control(claims, [TOWN], BASELINE, as_known_on=day)
    alone = control([c for c in claims if c.published <= day], [TOWN], BASELINE)
    assert known.equals(alone)
