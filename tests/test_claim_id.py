"""A claim's name follows from what it says, and from nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.export import write_claims
from tracker.ledger import read_claims
from tracker.model import CLAIM_FIELDS, Claim, claim_id
from tracker.resources import load_war

IZIUM = Claim(
    report_id="r1",
    published=date(2022, 9, 11),
    url="https://example.org/1",
    source="Example Daily",
    lang="en",
    place="Izium",
    place_id="707753",
    as_written="Izyum",
    admin1="Kharkiv",
    level="settlement",
    change="capture",
    by="UA",
    holder="UA",
    date_from=date(2022, 9, 10),
    date_to=date(2022, 9, 11),
    claimed_by="UA",
    status="asserted",
    background=False,
    quote="Ukraine's troops have taken Izyum — and hold it.",
    location="located",
    confidence=0.85,
    rule="took.active/subject",
    lon=37.2569123456,
    lat=49.2089,
)


def test_a_claim_id_is_twelve_hex_digits_and_stays_what_it_is():
    assert claim_id(IZIUM) == "58c649fa6692"
    assert claim_id(replace(IZIUM)) == claim_id(IZIUM)


@pytest.mark.parametrize("name", CLAIM_FIELDS)
def test_every_field_is_part_of_what_a_claim_says(name):
    value = getattr(IZIUM, name)
    other = {str: "x", date: date(2020, 1, 1), bool: True, float: 0.25}[type(value)]
    assert claim_id(replace(IZIUM, **{name: other})) != claim_id(IZIUM)


@pytest.mark.parametrize("ending", [".geojson", ".jsonl", ".csv", ".gpkg", ".parquet"])
def test_a_claim_keeps_its_id_in_a_file(tmp_path, ending):
    file = tmp_path / f"claims{ending}"
    nowhere = replace(IZIUM, place_id="", location="ambiguous", confidence=0.4, lon=None, lat=None)
    claims = [IZIUM, nowhere]
    write_claims(claims, file)
    back = read_claims(file, load_war())
    assert [claim_id(c) for c in back] == [claim_id(c) for c in claims]
