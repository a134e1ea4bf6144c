"""Reports about one town, and who holds it on which day: tables worked out by hand.

Each case is told in every order, with everything repeated, and gives the same table.
"""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
import shapely
from test_control import claim

from tracker.control import Baseline, changes_from_claims, control, voices
from tracker.model import Place
from tracker.model.holders import check_holders_frame, in_force

TOWN = Place("1", "Town", 37.0, 48.0, "Donetsk")
SQUARE = shapely.box(36, 47, 38, 49)
UKRAINIAN = Baseline(date(2022, 2, 23), shapely.MultiPolygon(), SQUARE, "RU", "UA")
RUSSIAN = Baseline(date(2022, 2, 23), SQUARE, SQUARE, "RU", "UA")


def told(by, day, **more):
    """A claim published on the day after, or on the day ``out``, in a report of its own."""
    out, quote = more.pop("out", None), more.pop("quote", None)
    source = more.pop("source", "")
    one = claim(by, day, report=f"{by} {day} {source} {quote} {more}", **more)
    one = replace(one, source=source, quote=quote or one.quote)
    return replace(one, published=date.fromisoformat(out)) if out else one


def taken(by, day, **more):
    return told(by, day, **more)


def left(by, day, **more):
    return told(by, day, change="withdrawal", **more)


def denied(by, day, says, **more):
    return told(by, day, says=says, status="denied", **more)


AGENCY = "The ministry said that its troops have taken full control of the town"

CASES = {
    "nothing is told": ([], {"2022-02-24": "UA", "2024-01-01": "UA"}),
    "the gainer claims it": (
        [taken("RU", "2022-05-07")],
        {"2022-05-06": "UA", "2022-05-07": "RU", "2025-01-01": "RU"},
    ),
    "the loser says so on the next day": (
        [taken("RU", "2022-05-07"), left("UA", "2022-05-08", says="UA")],
        {"2022-05-06": "UA", "2022-05-07": "RU"},
    ),
    "claimed and denied": (
        [taken("RU", "2022-05-07"), denied("RU", "2022-05-08", "UA")],
        {"2022-05-07": "UA", "2022-12-31": "UA"},
    ),
    "claim, denial, later admission": (
        [
            taken("RU", "2025-12-01"),
            denied("RU", "2025-12-02", "UA"),
            left("UA", "2025-12-23", says="UA"),
        ],
        {"2025-12-01": "UA", "2025-12-22": "UA", "2025-12-23": "RU"},
    ),
    "denied before it is claimed": (
        [denied("RU", "2025-01-08", "UA"), taken("RU", "2025-01-10")],
        {"2025-01-10": "UA", "2025-02-10": "UA"},
    ),
    "withdrawal announced, then done": (
        [
            taken("RU", "2022-03-02", says="UA"),
            left("RU", "2022-11-09", says="RU", status="ongoing"),
            left("RU", "2022-11-11", says="RU"),
            taken("UA", "2022-11-11"),
        ],
        {"2022-03-01": "UA", "2022-03-02": "RU", "2022-11-10": "RU", "2022-11-11": "UA"},
    ),
    "withdrawal announced and never done": (
        [taken("RU", "2022-03-02"), left("RU", "2022-03-20", says="RU", status="ongoing")],
        {"2022-03-02": "RU", "2022-04-20": "RU"},
    ),
    "taken, lost, retaken": (
        [
            taken("RU", "2022-02-27", says="UA"),
            taken("UA", "2022-09-10"),
            taken("RU", "2024-07-18"),
        ],
        {
            "2022-02-26": "UA", "2022-02-27": "RU", "2022-09-09": "RU",
            "2022-09-10": "UA", "2024-07-17": "UA", "2024-07-18": "RU",
        },
    ),
    "taken, lost, retaken within ten days": (
        [taken("RU", "2022-04-05"), taken("UA", "2022-04-09"), taken("RU", "2022-04-15")],
        {"2022-04-05": "RU", "2022-04-09": "UA", "2022-04-14": "UA", "2022-04-15": "RU"},
    ),
    "Svatove: reported left, which the other side denies": (
        [
            taken("RU", "2022-03-06", says="UA"),
            left("RU", "2022-09-11", says="UA"),
            denied("UA", "2022-09-12", "RU"),
        ],
        {"2022-03-06": "RU", "2022-09-11": "RU", "2023-01-01": "RU"},
    ),
    "Svatove: reported left, which the same side takes back": (
        [
            taken("RU", "2022-03-06", says="UA"),
            left("RU", "2022-09-11", says="UA"),
            denied("UA", "2022-09-13", "UA"),
        ],
        {"2022-09-11": "RU", "2022-09-13": "RU", "2023-01-01": "RU"},
    ),
    "Svatove: partly left, and still held": (
        [taken("RU", "2022-03-06"), left("RU", "2022-09-11", says="UA", status="partial")],
        {"2022-03-06": "RU", "2022-09-11": "RU", "2023-01-01": "RU"},
    ),
    "published a month late": (
        [taken("RU", "2024-02-10", says="UA", out="2024-03-10")],
        {"2024-02-09": "UA", "2024-02-10": "RU"},
    ),
    "corrected: not on the tenth, on the fourteenth": (
        [
            taken("UA", "2023-06-10"),
            denied("UA", "2023-06-10", "UA", out="2023-06-15"),
            taken("UA", "2023-06-14", out="2023-06-15"),
        ],
        {"2023-06-10": "RU", "2023-06-13": "RU", "2023-06-14": "UA"},
    ),
    "taken back for good": (
        [taken("UA", "2023-06-10"), denied("UA", "2023-06-10", "UA", out="2023-06-15")],
        {"2023-06-10": "RU", "2023-07-10": "RU"},
    ),
    "repeated for weeks": (
        [taken("RU", day, quote=AGENCY) for day in ("2024-05-01", "2024-05-08", "2024-05-20")],
        {"2024-04-30": "UA", "2024-05-01": "RU", "2024-05-20": "RU"},
    ),
    "claimed again a month after the denial": (
        [
            taken("RU", "2025-11-20"),
            denied("RU", "2025-11-21", "UA"),
            taken("RU", "2025-12-20"),
        ],
        {"2025-11-20": "UA", "2025-12-19": "UA", "2025-12-20": "RU"},
    ),
    "both claim it on one day": (
        [taken("RU", "2024-07-14"), taken("UA", "2024-07-14")],
        {"2024-07-14": "UA", "2024-08-14": "UA"},
    ),
    "of one day the admission outweighs the claim": (
        [taken("UA", "2024-07-14"), taken("RU", "2024-07-14", says="UA")],
        {"2024-07-13": "UA", "2024-07-14": "RU"},
    ),
    "an independent voice against the denial of the loser": (
        [
            taken("RU", "2024-10-01"),
            denied("RU", "2024-10-01", "UA"),
            taken("RU", "2024-10-01", says="other", source="Observers"),
        ],
        {"2024-09-30": "UA", "2024-10-01": "RU"},
    ),
    "three copies of one agency against one observer who denies": (
        [
            *(
                taken("RU", "2024-10-01", says="other", quote=AGENCY, source=paper)
                for paper in ("Herald", "Courier", "Post")
            ),
            denied("RU", "2024-10-01", "other", source="Observers"),
        ],
        {"2024-10-01": "UA", "2024-11-01": "UA"},
    ),
    "two observers against one who denies": (
        [
            taken("RU", "2024-10-01", says="other", source="Herald"),
            taken("RU", "2024-10-01", says="other", source="Courier"),
            denied("RU", "2024-10-01", "other", source="Observers"),
        ],
        {"2024-09-30": "UA", "2024-10-01": "RU"},
    ),
    "somewhen in 2022, and retaken in April": (
        [
            taken("RU", "2022-02-24", until="2022-12-31", says="other", out="2023-01-10"),
            taken("UA", "2022-04-01"),
        ],
        {"2022-03-30": "UA", "2022-03-31": "RU", "2022-04-01": "UA", "2022-12-31": "UA"},
    ),
    "recalled years later": (
        [
            taken("RU", "2022-03-05"),
            taken("UA", "2022-09-08"),
            taken("RU", "2022-03-05", says="other", background=True, out="2024-09-08"),
        ],
        {"2022-03-05": "RU", "2022-09-08": "UA", "2024-10-01": "UA"},
    ),
    "a month that has not ended counts from its report": (
        [taken("RU", "2024-05-01", until="2024-05-31", out="2024-05-20")],
        {"2024-05-19": "UA", "2024-05-20": "RU"},
    ),
    "told as done before it can be": (
        [taken("RU", "2024-06-10", out="2024-05-20")],
        {"2024-06-10": "UA", "2024-07-10": "UA"},
    ),
}  # fmt: skip
RUSSIAN_BEFORE = {name for name in CASES if name.startswith(("corrected", "taken back"))}


def orders(claims):
    if len(claims) <= 4:
        yield from permutations(claims)
        return
    yield claims
    yield claims[::-1]


@pytest.mark.parametrize("name", CASES)
def test_the_holder_by_day_is_what_the_table_says(name):
    claims, table = CASES[name]
    baseline = RUSSIAN if name in RUSSIAN_BEFORE else UKRAINIAN
    for order in orders(claims):
        for repeated in (list(order), [*order, *order]):
            frame = control(repeated, [TOWN], baseline)
            check_holders_frame(frame, ("UA", "RU"))
            found = {
                day: in_force(frame, date.fromisoformat(day))["holder"].iloc[0] for day in table
            }
            assert found == table


def test_there_are_more_than_twenty_tables():
    assert len(CASES) > 20


def test_the_stricter_rule_waits_for_the_admission():
    claims, _ = CASES["claim, denial, later admission"]
    frame = control([*claims, taken("UA", "2026-02-01")], [TOWN], UKRAINIAN, rule="confirmed")
    assert frame["holder"].tolist() == ["UA", "UA", "RU"]
    assert frame["status"].tolist() == ["baseline", "disputed", "confirmed"]


def test_what_was_known_on_a_day_leaves_out_what_came_later():
    claims, _ = CASES["published a month late"]
    known = control(claims, [TOWN], UKRAINIAN, as_known_on=date(2024, 3, 9))
    assert known["holder"].tolist() == ["UA"]
    known = control(claims, [TOWN], UKRAINIAN, as_known_on=date(2024, 3, 10))
    assert known["holder"].tolist() == ["UA", "RU"]


def test_a_dispute_ends_when_the_holder_is_named_anew():
    claims = [
        taken("UA", "2022-09-10", says="RU"),
        taken("RU", "2024-05-10"),
        denied("RU", "2024-05-11", "UA"),
        taken("UA", "2024-05-30", says="other"),
    ]
    frame = control(claims, [TOWN], RUSSIAN)
    days = [str(day)[:10] for day in frame["valid_from"]]
    assert list(zip(days, frame["holder"], frame["status"], strict=True)) == [
        ("NaT", "RU", "baseline"),
        ("2022-09-10", "UA", "confirmed"),
        ("2024-05-10", "UA", "disputed"),
        ("2024-05-30", "UA", "confirmed"),
    ]


def test_copies_of_one_text_and_of_one_source_are_one_voice():
    copies = [
        taken("RU", "2024-10-01", says="other", quote=f"{AGENCY}{end}", source=paper)
        for end, paper in ((".", "Herald"), ("!", "Courier"), (", it said.", "Post"))
    ]
    again = taken("RU", "2024-10-02", says="other", quote="It has fallen", source="herald")
    assert [len(voice) for voice in voices([*copies, again])] == [3, 1]


def test_a_side_that_takes_its_word_back_leaves_the_change_disputed():
    claims, _ = CASES["taken back for good"]
    assert [change.status for change in changes_from_claims(claims)] == ["disputed"]
