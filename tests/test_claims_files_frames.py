"""A frame of claims has its columns, types, reference system and index checked at the door."""

from dataclasses import replace
from datetime import date

import geopandas
import pytest

from tracker.errors import ClaimError
from tracker.model import CLAIM_FIELDS, Claim
from tracker.model.days import parse_day
from tracker.model.frames import check_claims_frame, claims_frame, claims_from_frame
from tracker.model.jsontext import dumps

LYMAN = Claim(
    report_id="2022-10-01-lyman",
    published=date(2022, 10, 1),
    url="",
    source="Ministry of Defence of Russia",
    lang="ru",
    place="Lyman",
    place_id="702320",
    as_written="Лиман",
    admin1="Donetsk",
    level="settlement",
    change="withdrawal",
    by="RU",
    holder="UA",
    date_from=date(2022, 9, 30),
    date_to=date(2022, 10, 1),
    claimed_by="RU",
    status="asserted",
    background=False,
    quote="войска отведены",
    location="located",
    confidence=0.5,
    rule="ru.withdrawal",
    lon=37.802,
    lat=48.985,
)
UNPLACED = replace(LYMAN, location="unknown", lon=None, lat=None)


def test_a_frame_gives_back_the_claims_it_was_made_of():
    assert claims_from_frame(claims_frame([LYMAN, UNPLACED])) == [LYMAN, UNPLACED]
    assert claims_from_frame(claims_frame([])) == []


def test_a_frame_has_points_in_degrees_and_days_without_a_time_zone():
    frame = claims_frame([LYMAN, UNPLACED])
    assert list(frame.columns) == [*CLAIM_FIELDS[:-2], "geometry"]
    assert str(frame["date_from"].dtype) == "datetime64[s]"
    assert frame.crs.to_epsg() == 4326
    assert (frame.geometry[0].x, frame.geometry[0].y) == (37.802, 48.985)
    assert frame.geometry[1] is None


def test_all_that_is_wrong_with_a_frame_comes_in_one_message():
    frame = claims_frame([LYMAN, LYMAN]).drop(columns=["quote"]).to_crs(3857)
    frame["published"] = frame["published"].dt.tz_localize("UTC")
    frame["confidence"] = ["high", "low"]
    frame["background"] = [0, 1]
    frame["source"] = [None, "x"]
    frame.index = [7, 7]
    frame.loc[:, "geometry"] = frame.geometry.buffer(1)
    with pytest.raises(ClaimError) as error:
        check_claims_frame(frame)
    for fault in (
        "column 'quote' is missing",
        "column 'published' is datetime64[s, UTC], not naive datetime64 without gaps",
        "column 'confidence' is ",
        "column 'background' is int64, not bool",
        "column 'source' is ",
        "the index repeats itself",
        "CRS is EPSG:3857, not EPSG:4326",
        "geometry holds Polygon, not only points",
    ):
        assert fault in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        ("claims", "a GeoDataFrame is needed, not str"),
        (geopandas.GeoDataFrame({"place": ["Lyman"]}), "it has no geometry"),
        (claims_frame([LYMAN]).set_crs(None, allow_override=True), "CRS is None"),
    ],
)
def test_what_is_no_claims_frame_is_refused(frame, fault):
    with pytest.raises(ClaimError, match=fault):
        claims_from_frame(frame)


def test_json_text_keeps_the_value_and_shows_no_markup():
    value = {"a": "</script>&<!--", "b": ["\u2028\u2029", "\ud800", "Ізюм"], "c": None}
    text = dumps(value)
    assert text == (
        '{"a":"\\u003c/script\\u003e\\u0026\\u003c!--",'
        '"b":["\\u2028\\u2029","\\ud800","Ізюм"],"c":null}'
    )


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_json_text_refuses_what_is_no_json(number):
    with pytest.raises(ValueError, match="Out of range"):
        dumps([number])


@pytest.mark.parametrize(
    "written",
    [
        "2024-02-29",
        " 2024-02-29 ",
        "2024-02-29T23:59:59.999Z",
        "2024-02-29 23:59:59+14:00",
        "2024-02-29T00:00-1200",
        "2024-02-29 10:00:00 UTC",
    ],
)
def test_a_day_is_the_day_as_written_whatever_the_time_zone(written):
    assert parse_day(written) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "written",
    ["", "2023-02-29", "2024-2-29", "24-02-29", "2024-02-29T", "2024-02-29x", "1899-12-31"],
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValueError, match=r"ISO date|out of range|year outside|month must be"):
        parse_day(written)
