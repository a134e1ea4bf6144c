"""A table of places is taken whole or not at all, and all that is wrong with it is named."""

from __future__ import annotations

import pytest

from tracker.errors import GazetteerError
from tracker.places import tables
from tracker.places.store import load_gazetteer

HEADER = "place_id,name,name_uk,admin1,admin2,lat,lon,population,katottg,namesakes,aliases\n"


def write(tmp_path, body, header=HEADER):
    file = tmp_path / "made-up.csv"
    file.write_bytes((header + body).encode() if isinstance(body, str) else body)
    return file


def faults_of(file):
    with pytest.raises(GazetteerError) as raised:
        load_gazetteer(file)
    return str(raised.value).splitlines()


def test_every_fault_of_a_table_is_named_by_file_and_line_at_once(tmp_path):
    file = write(
        tmp_path,
        "1,Zelenivka,Зеленівка,Kherson,,46.7,32.6,,,,\n"  # line 2 is sound
        "2,Nowhere,,Kherson,,,32.6,,,,\n"  # 3: no latitude
        "3,Beyond,,Kherson,,132.6,46.7,,,,\n"  # 4: latitude of a longitude
        "1,Zelenivka again,,Kherson,,46.8,32.7,,,,\n"  # 5: id of line 2
        "5,Short,Kherson,46.7\n"  # 6: columns
        "6,Crowd,,Kherson,,46.7,32.6,many,,,\n"  # 7: population
        "7,,,Kherson,,46.7,32.6,,,,\n",  # 8: no name
    )
    faults = faults_of(file)
    assert [f.split(": ")[0] for f in faults] == [f"{file}:{n}" for n in (3, 4, 5, 6, 7, 8)]
    assert "'Nowhere' has no lat" in faults[0]
    assert "'132.6'" in faults[1]
    assert "swapped" in faults[1]
    assert "'1' stands in line 2 already" in faults[2]
    assert "4 columns where the header has 11" in faults[3]
    assert "population of 'Crowd' is 'many'" in faults[4]


def test_one_row_with_latitude_and_longitude_swapped_is_told_by_the_others(tmp_path):
    rows = [f"{n},Village{n},,Odesa,,{46 + n / 10},{30 + n / 10},,,,\n" for n in range(5)]
    file = write(tmp_path, "".join(rows) + "9,Turned,,Odesa,,30.2,46.3,,,,\n")
    (fault,) = faults_of(file)
    assert fault.startswith(f"{file}:7: ")
    assert "'Turned' look swapped" in fault


def test_bytes_that_are_not_utf8_are_named_by_line(tmp_path):
    body = HEADER.encode() + b"1,Ol\xe9nivka,,Kherson,,46.7,32.6,,,,\n"
    (fault,) = faults_of(write(tmp_path, body))
    assert ":2: not UTF-8" in fault
    assert "save the table as UTF-8" in fault


def test_a_header_without_coordinates_says_which_columns_are_needed(tmp_path):
    (fault,) = faults_of(write(tmp_path, "x,1\n", header="name,lat\n"))
    assert "no column lon" in fault


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    (fault,) = faults_of(tmp_path / "absent.csv")
    assert fault.endswith("cannot be read: No such file or directory")


def test_a_plain_csv_with_name_lat_lon_is_a_gazetteer(tmp_path):
    file = write(tmp_path, "Testville,10.5,20.25\n", header="name,lat,lon\n")
    place = load_gazetteer(file).locate("Testville").place
    assert (place.name, place.lat, place.lon) == ("Testville", 10.5, 20.25)
    assert place.place_id == "Testville@10.5000,20.2500"


def test_the_later_table_completes_a_place_and_old_names_stay_known():
    faults: list[str] = []
    base = tables.places(
        (HEADER + "7,Old Name,Стара,Donetsk,Bakhmut,48.5,38.0,900,,,en:Ancient\n").encode(),
        "base.csv",
        faults,
    )
    front = tables.places(
        b"place_id,name,name_uk,name_ru,admin1,lat,lon,source\n"
        b"7,New Name,\xd0\x9d\xd0\xbe\xd0\xb2\xd0\xb0,,Donetsk,48.51,38.01,own\n",
        "front.csv",
        faults,
    )
    (entry,) = tables.merge(base, front)
    assert faults == []
    assert (entry.place.name, entry.place.admin2, entry.place.population) == (
        "New Name",
        "Bakhmut",
        900,
    )
    assert entry.front
    assert {form for _, form in entry.forms} == {"Ancient", "Old Name", "Стара"}


def test_a_place_that_a_larger_table_also_has_is_told_once():
    faults: list[str] = []
    header = "place_id,name,lat,lon,aliases\n"
    base = tables.places((header + "katottg:UA1,Stepne,48.000,38.000,\n").encode(), "a", faults)
    more = tables.places(
        (
            header
            + "500,Stepne,48.010,38.010,ru:Степное\n"  # 1.3 km away: the same
            + "501,Stepne,48.200,38.000,\n"  # 22 km away: a namesake
        ).encode(),
        "b",
        faults,
    )
    entries = tables.add_new(base, more)
    assert [e.place.place_id for e in entries] == ["501", "katottg:UA1"]
    assert ("ru", "Степное") in entries[1].forms


def test_an_area_of_an_unknown_kind_or_without_id_is_a_fault():
    faults: list[str] = []
    data = b"area_id,kind,name\na,planet,Mars\n,oblast,Kharkiv Oblast\n"
    assert tables.areas(data, "areas.csv", faults) == []
    assert [f.split(": ")[0] for f in faults] == ["areas.csv:2", "areas.csv:3"]
