"""Claims about one town, in any order, and who holds it from which day."""

import random
from datetime import date, timedelta

import pytest

from tracker.control import changes_from_claims, moves_map
from tracker.model import Claim

OTHER = {"UA": "RU", "RU": "UA"}


def claim(
    by,
    day,
    *,
    says=None,
    status="asserted",
    background=False,
    until=None,
    place="Town",
    place_id="1",
    point=(37.0, 48.0),
    level="settlement",
    change="capture",
    report="r",
):
    """A claim that ``by`` took the place on ``day`` (to ``until``); ``says`` is who claims it."""
    first = date.fromisoformat(day)
    last = date.fromisoformat(until) if until else first
    return Claim(
        report_id=report, published=last + timedelta(days=1), url="", source="", lang="en",
        place=place, place_id=place_id, as_written=place, admin1="Donetsk", level=level,
        change=change, by=by, holder=by if change == "capture" else OTHER[by], date_from=first,
        date_to=last, claimed_by=says or by, status=status, background=background, quote=day,
        location="located", confidence=0.9, rule="test", lon=point[0], lat=point[1],
    )  # fmt: skip


def told(claims):
    """(day, holder, from, status) of each change; the same for any order of the claims."""
    first = changes_from_claims(claims)
    for seed in range(6):
        shuffled = list(claims)
        random.Random(seed).shuffle(shuffled)
        assert changes_from_claims(shuffled) == first
    return [(c.date.isoformat(), c.holder, c.from_holder, c.status) for c in first]


def test_one_claim_of_the_side_that_gains_is_claimed():
    assert told([claim("RU", "2025-12-11")]) == [("2025-12-11", "RU", "", "claimed")]


@pytest.mark.parametrize("voice", ["UA", "other", "both"])
def test_the_loser_or_a_third_party_confirms(voice):
    assert told([claim("RU", "2025-12-11", says=voice)]) == [("2025-12-11", "RU", "", "confirmed")]


def test_a_denied_claim_is_disputed_and_does_not_move_the_map():
    claims = [claim("RU", "2025-12-11"), claim("RU", "2025-12-11", says="UA", status="denied")]
    assert told(claims) == [("2025-12-11", "RU", "", "disputed")]
    [change] = changes_from_claims(claims)
    assert not moves_map(change)
    assert len(change.claims) == 2


def test_claim_denial_and_later_admission_count_from_the_admission():
    claims = [
        claim("RU", "2025-12-11"),
        claim("RU", "2025-12-11", says="UA", status="denied"),
        claim("UA", "2025-12-23", says="UA", change="withdrawal"),
    ]
    days = told(claims)
    assert ("2025-12-23", "RU", "", "confirmed") in days
    assert all(day != "2025-12-11" or status == "disputed" for day, _, _, status in days)


def test_taken_lost_and_retaken_are_three_changes():
    assert told([
        claim("RU", "2022-02-27", says="UA"),
        claim("UA", "2022-09-10", says="RU"),
        claim("RU", "2025-11-20", says="UA"),
    ]) == [
        ("2022-02-27", "RU", "", "confirmed"),
        ("2022-09-10", "UA", "RU", "confirmed"),
        ("2025-11-20", "RU", "UA", "confirmed"),
    ]  # fmt: skip


def test_a_capture_and_the_withdrawal_before_it_are_one_change():
    assert told([
        claim("UA", "2024-02-26", says="UA", change="withdrawal"),
        claim("RU", "2024-02-27"),
    ]) == [("2024-02-26", "RU", "", "confirmed")]  # fmt: skip


def test_background_of_a_whole_year_does_not_undo_what_came_after():
    claims = [
        claim("RU", "2022-03-25", says="UA"),
        claim("UA", "2022-09-10", says="RU"),
        claim("RU", "2022-01-01", until="2022-12-31", says="other", background=True),
    ]
    assert told(claims) == [
        ("2022-03-25", "RU", "", "confirmed"),
        ("2022-09-10", "UA", "RU", "confirmed"),
    ]


def test_background_alone_comes_before_what_contradicts_it():
    assert told([
        claim("UA", "2022-09-10", says="RU"),
        claim("RU", "2022-02-24", until="2022-12-31", says="other", background=True),
    ]) == [
        ("2022-09-09", "RU", "", "confirmed"),
        ("2022-09-10", "UA", "RU", "confirmed"),
    ]  # fmt: skip


def test_both_sides_claiming_a_town_on_one_day_leave_it_disputed():
    claims = [claim("RU", "2024-07-14", report="a"), claim("UA", "2024-07-14", report="b")]
    assert {status for _, _, _, status in told(claims)} == {"disputed"}


def test_of_one_day_the_admission_decides():
    days = told([claim("UA", "2024-07-14"), claim("RU", "2024-07-14", says="UA")])
    assert days[-1][1] == "RU"


def test_a_denial_does_not_reach_a_claim_of_years_before():
    assert told([
        claim("RU", "2022-05-20"),
        claim("RU", "2025-11-20"),
        claim("RU", "2025-11-20", says="UA", status="denied"),
    ])[0] == ("2022-05-20", "RU", "", "claimed")  # fmt: skip


def test_a_claim_made_again_long_after_the_denial_stands_by_itself():
    assert told([
        claim("RU", "2025-11-20"),
        claim("RU", "2025-11-20", says="UA", status="denied"),
        claim("RU", "2025-12-20"),
    ]) == [
        ("2025-11-20", "RU", "", "disputed"),
        ("2025-12-20", "RU", "", "claimed"),
    ]  # fmt: skip


def test_a_disputed_claim_between_does_not_make_the_holder_retake_the_town():
    assert told([
        claim("UA", "2022-09-10", says="RU"),
        claim("RU", "2025-01-15"),
        claim("RU", "2025-01-15", says="UA", status="denied"),
        claim("UA", "2025-01-20", says="other"),
    ]) == [
        ("2022-09-10", "UA", "", "confirmed"),
        ("2025-01-15", "RU", "UA", "disputed"),
    ]  # fmt: skip


def test_a_denial_two_days_before_the_claim_still_counts():
    assert told([
        claim("RU", "2025-01-08", says="UA", status="denied"),
        claim("RU", "2025-01-10"),
    ]) == [("2025-01-10", "RU", "", "disputed")]  # fmt: skip


def test_a_side_cannot_deny_its_own_claim():
    assert told([
        claim("RU", "2025-01-10"),
        claim("RU", "2025-01-10", says="RU", status="denied"),
    ]) == [("2025-01-10", "RU", "", "claimed")]  # fmt: skip


def test_a_claim_published_a_month_late_keeps_its_day():
    late = claim("RU", "2025-01-10", says="UA")
    assert told([late]) == [("2025-01-10", "RU", "", "confirmed")]


def test_towns_without_an_id_are_told_apart_by_name_and_point():
    assert len(told([
        claim("RU", "2025-01-10", place="A", place_id="", point=(37.0, 48.0)),
        claim("RU", "2025-01-10", place="B", place_id="", point=(38.0, 49.0)),
    ])) == 2  # fmt: skip


@pytest.mark.parametrize(
    "unused",
    [
        claim("RU", "2025-01-10", status="partial"),
        claim("RU", "2025-01-10", status="ongoing"),
        claim("RU", "2025-01-10", level="area"),
        claim("RU", "2025-01-10", point=(None, None)),
        claim("RU", "2025-01-10", says="UA", status="denied"),
    ],
    ids=["partial", "ongoing", "area", "nowhere", "only denied"],
)
def test_what_is_no_full_claim_of_a_located_town_makes_no_change(unused):
    assert told([unused]) == []


def test_the_stricter_rule_takes_only_what_is_confirmed():
    [claimed] = changes_from_claims([claim("RU", "2025-01-10")])
    [confirmed] = changes_from_claims([claim("RU", "2025-01-10", says="UA")])
    assert moves_map(claimed)
    assert not moves_map(claimed, "confirmed")
    assert moves_map(confirmed, "confirmed")


def test_a_vague_confirmation_allows_the_day_that_was_claimed_and_denied():
    assert told([
        claim("RU", "2023-05-20"),
        claim("RU", "2023-05-20", says="UA", status="denied"),
        claim("RU", "2023-05-01", until="2023-05-31", says="other", background=True),
    ]) == [("2023-05-20", "RU", "", "confirmed")]  # fmt: skip
