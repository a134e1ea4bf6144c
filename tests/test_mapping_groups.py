"""Changes grouped by day, week or month."""

from datetime import date, timedelta

import pytest

from tracker.errors import UsageError
from tracker.mapping import group_changes
from tracker.model import Change


def change(place, holder, day, status="confirmed"):
    return Change(
        place_id=place.lower(),
        place=place,
        admin1="Kharkiv",
        lon=37.0,
        lat=49.0,
        holder=holder,
        from_holder="",
        date_from=day,
        date=day,
        status=status,
        background=False,
        claims=(),
    )


SEPTEMBER = [
    change("Balakliia", "UA", date(2022, 9, 8)),
    change("Kupiansk", "UA", date(2022, 9, 10)),
    change("Izium", "UA", date(2022, 9, 10)),
    change("Kodema", "RU", date(2022, 9, 10)),
    change("Lyman", "UA", date(2022, 10, 1)),
]


def summary(groups):
    return [(g.key, g.label, g.side, [c.place for c in g.changes]) for g in groups]


def test_days_give_one_group_for_each_day_and_side_that_gains():
    assert summary(group_changes(SEPTEMBER, "day")) == [
        ("2022-09-08", "2022-09-08", "UA", ["Balakliia"]),
        ("2022-09-10", "2022-09-10", "RU", ["Kodema"]),
        ("2022-09-10", "2022-09-10", "UA", ["Izium", "Kupiansk"]),
        ("2022-10-01", "2022-10-01", "UA", ["Lyman"]),
    ]


def test_weeks_begin_on_monday_and_are_named_as_in_iso_8601():
    assert summary(group_changes(SEPTEMBER, "week")) == [
        ("2022-09-05", "2022-W36 (from 2022-09-05)", "RU", ["Kodema"]),
        ("2022-09-05", "2022-W36 (from 2022-09-05)", "UA", ["Balakliia", "Izium", "Kupiansk"]),
        ("2022-09-26", "2022-W39 (from 2022-09-26)", "UA", ["Lyman"]),
    ]


def test_the_first_of_january_can_belong_to_the_last_week_of_the_year_before():
    (group,) = group_changes([change("Kreminna", "UA", date(2023, 1, 1))], "week")
    assert (group.key, group.label) == ("2022-12-26", "2022-W52 (from 2022-12-26)")


def test_months_are_named_by_year_and_month():
    assert summary(group_changes(SEPTEMBER, "month")) == [
        ("2022-09-01", "2022-09", "RU", ["Kodema"]),
        ("2022-09-01", "2022-09", "UA", ["Balakliia", "Izium", "Kupiansk"]),
        ("2022-10-01", "2022-10", "UA", ["Lyman"]),
    ]


def on_days(count, step):
    return [
        change(f"P{i}", "RU", date(2022, 3, 7) + timedelta(days=i * step)) for i in range(count)
    ]


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        (on_days(40, 1), "2022-03-07"),
        (on_days(41, 1), "2022-W10 (from 2022-03-07)"),
        (on_days(41, 7), "2022-03"),
        (on_days(60, 31), "2022-03"),
    ],
    ids=["40 days", "41 days", "41 weeks", "60 months"],
)
def test_auto_takes_the_finest_period_with_at_most_forty_groups(changes, label):
    assert group_changes(changes, "auto")[0].label == label


def test_the_order_of_the_changes_does_not_matter():
    again = [SEPTEMBER[i] for i in (3, 0, 4, 2, 1)]
    assert group_changes(again, "week") == group_changes(SEPTEMBER, "week")


def test_of_one_day_the_better_attested_change_comes_last():
    day = date(2023, 1, 11)
    told = [change("Soledar", "RU", day, status) for status in ("confirmed", "disputed", "claimed")]
    (group,) = group_changes(told)
    assert [c.status for c in group.changes] == ["disputed", "claimed", "confirmed"]


def test_no_changes_give_no_groups():
    assert group_changes([], "auto") == []


def test_an_unknown_period_is_refused_with_the_choices():
    with pytest.raises(UsageError, match=r"'fortnight'; choose from day, week, month, auto"):
        group_changes(SEPTEMBER, "fortnight")
