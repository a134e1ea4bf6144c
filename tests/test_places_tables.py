"""A table of places is taken whole or not at all, and all that is wrong with it is named."""

from __future__ import annotations

import zipfile

import pytest

from tracker.errors import GazetteerError
from tracker.places import geonames, tables
from tracker.places.store import add_gazetteer, load_gazetteer

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


HALAB = (
    "name,admin1,lat,lon\n"
    "Manbij,Aleppo,36.53,37.95\nAleppo,Aleppo,36.20,37.16\nRastan,Homs,34.92,36.73\n"
)


def test_a_table_of_another_country_brings_its_own_regions(tmp_path):
    file = tmp_path / "halab.csv"
    file.write_text(HALAB, encoding="utf-8")
    gazetteer = load_gazetteer(file)
    assert [a.name for a in gazetteer.areas] == ["Aleppo region", "Homs region"]
    text = "Manbij in Aleppo province was taken; Aleppo and the Homs Governorate stayed quiet."
    kinds = [(m.as_written, m.kind) for m in gazetteer.mentions(text)]
    assert kinds == [
        ("Manbij", "settlement"),
        ("Aleppo province", "area"),
        ("Aleppo", "settlement"),
        ("Homs Governorate", "area"),
    ]


def test_a_table_of_places_in_ukraine_keeps_its_oblasts(tmp_path):
    file = tmp_path / "ours.csv"
    file.write_text("name,admin1,lat,lon\nZolotopil,Kharkiv,49.2,37.2\n", encoding="utf-8")
    kinds = [m.kind for m in load_gazetteer(file).mentions("Zolotopil in Kharkiv Oblast")]
    assert kinds == ["settlement", "area"]


def test_a_country_dump_names_its_own_first_level_units():
    def line(number, name, kind, unit):
        cells = [number, name, name, "", "36.5", "37.9", *kind, "SY", "", unit]
        return "\t".join([*cells, "", "", "", "50", "", "", "", "2026-01-01"])

    dump = "\n".join(
        [
            line("1", "Manbij", ("P", "PPL"), "09"),
            line("2", "Aleppo Governorate", ("A", "ADM1"), "09"),
        ]
    )
    faults: list[str] = []
    (entry,) = geonames.places(dump.encode(), "SY.txt", faults)
    assert (entry.place.admin1, faults) == ("Aleppo", [])


def dump_line(number, name, lat, lon, people="120", more=""):
    cells = [number, name, name, "", lat, lon, "P", "PPL", "UA", "", "07", "", "", ""]
    return "\t".join([*cells, people, "", "", "", "2026-01-01"]) + more


DUMP = [
    dump_line("1", "Sound", "49.2", "37.2"),
    dump_line("2", "Nowhere", "", ""),  # line 2
    dump_line("1", "Again", "49.2", "37.3"),
    dump_line("4", "Long", "49.2", "37.2", more="\textra"),
    dump_line("5", "Turned", "37.2", "49.2"),
    dump_line("6", "Fine", "49.1", "37.1"),
    dump_line("7", "Crowd", "49.1", "37.1", people="many"),  # line 7
    dump_line("8", "Good", "49.0", "37.0"),
]


@pytest.mark.parametrize("packed", [False, True])
def test_every_fault_of_a_country_dump_is_named_by_line_too(tmp_path, packed):
    data = "\n".join(DUMP).encode() + b"\n" + DUMP[0].replace("1\tSound", "9\tX").encode()
    data = data.replace(b"\tX\t", b"\tOl\xe9nivka\t", 1)  # line 9
    file = tmp_path / ("UA.zip" if packed else "UA.txt")
    if packed:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("UA.txt", data)
            archive.writestr("readme.txt", "terms")
    else:
        file.write_bytes(data)
    faults = faults_of(file)
    assert [f.split(": ")[0] for f in faults] == [f"{file}:{n}" for n in (2, 3, 4, 5, 7, 9)]
    signs = ("lat ''", "'1' stands in an earlier", "20 columns", "look swapped", "'many'", "UTF-8")
    assert all(sign in fault for sign, fault in zip(signs, faults, strict=True))


def test_a_column_that_stands_twice_is_a_fault(tmp_path):
    (fault,) = faults_of(write(tmp_path, "x,1,2,3\n", header="name,lat,lat,lon\n"))
    assert "column lat stands there twice" in fault


def test_a_table_that_only_lies_in_the_country_when_swapped_is_not_added(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    file = write(tmp_path, "A,32.6,46.7\nB,32.1,46.9\n", header="name,lat,lon\n")
    with pytest.raises(GazetteerError, match="look swapped in all rows"):
        add_gazetteer(file)
    assert not (tmp_path / "data").exists()
    assert len(load_gazetteer(file).places) == 2  # another war is another gazetteer
