"""Tables of the user's own: added, merged with the base, told about, taken out again."""

from __future__ import annotations

import csv
import zipfile

import pytest

from tracker.errors import GazetteerError, UsageError
from tracker.places import (
    add_gazetteer,
    fetch_gazetteer,
    gazetteer_info,
    load_gazetteer,
    remove_gazetteer,
)


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def dump_row(geonameid, name, forms, lat, lon, code="PPL", unit="05", population=0):
    cells = [geonameid, name, name, forms, lat, lon, "P", code, "UA", "", unit]
    return "\t".join(map(str, [*cells, "", "", "", population, "", "0", "Europe/Kyiv", "2026"]))


DUMP = "\n".join(
    [
        dump_row(990001, "Vyhadane", "Vygadannoye,Вигадане,Выгаданное", 48.1, 37.1, population=12),
        dump_row(990002, "Quarter", "", 48.1, 37.2, code="PPLX"),
        dump_row(990003, "Gone", "", 48.1, 37.3, code="PPLH"),
        dump_row(707292, "Izyum", "Ізюм", 49.2, 37.26, unit="07"),  # the base has it
    ]
)


def zipped(folder, text=DUMP, name="UA.txt"):
    file = folder / "UA.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr(name, text)
    return file


def test_a_geonames_dump_joins_the_base_without_doubles(own_folders):
    before = len(load_gazetteer().places)
    table = add_gazetteer(zipped(own_folders))
    assert (table.name, table.places, table.source) == ("UA", 2, "UA.zip")
    assert table.licence.startswith("GeoNames, CC BY 4.0")
    gazetteer = load_gazetteer()
    assert len(gazetteer.places) == before + 1
    found = gazetteer.locate("Вигаданого").place
    assert (found.place_id, found.name_uk, found.admin1) == ("990001", "Вигадане", "Donetsk")
    assert gazetteer.locate("Izium").place.place_id == "707292"
    assert len(load_gazetteer(own=False).places) == before


def test_what_is_loaded_is_told_with_its_licence(own_folders):
    add_gazetteer(zipped(own_folders))
    assert [t.name for t in gazetteer_info()] == ["places", "front", "areas", "UA"]
    assert gazetteer_info()[-1].path.startswith(str(own_folders / "data"))


def test_a_csv_of_ones_own_is_added_and_removed(own_folders):
    file = own_folders / "mine.csv"
    file.write_text("name,lat,lon\nMoonville,49.5,30.5\n")
    assert add_gazetteer(file, licence="mine").licence == "mine"
    assert load_gazetteer().locate("Moonville").place.lat == 49.5
    remove_gazetteer("mine")
    assert load_gazetteer().locate("Moonville").status == "unknown"
    with pytest.raises(UsageError, match="no added gazetteer is named 'mine'"):
        remove_gazetteer("mine")


def test_a_faulty_table_is_not_added(own_folders):
    file = own_folders / "bad.csv"
    file.write_text("name,lat,lon\nGood,49,30\nBad,,30\n")
    with pytest.raises(GazetteerError, match=r"bad\.csv:3: 'Bad' has no lat"):
        add_gazetteer(file)
    assert not (own_folders / "data").exists()


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"PK nonsense", "not a zip archive"), (None, "0 tables in the archive")],
)
def test_an_archive_that_holds_no_table_is_refused(own_folders, content, problem):
    file = zipped(own_folders, name="UA.dat")
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(GazetteerError, match=problem):
        add_gazetteer(file)


def test_a_dump_with_broken_rows_names_them_all(own_folders):
    file = own_folders / "XX.txt"
    file.write_text(DUMP + "\nshort\trow\n" + dump_row(1, "Offworld", "", 148.1, 37.1) + "\n")
    with pytest.raises(GazetteerError) as raised:
        add_gazetteer(file)
    assert [f.split(": ")[0] for f in str(raised.value).splitlines()] == [f"{file}:5", f"{file}:6"]


def test_the_compiled_cache_gives_the_same_answers_and_follows_its_sources(own_folders):
    file = own_folders / "small.csv"
    file.write_text("name,name_uk,lat,lon\nAltdorf,Альтдорф,49.5,30.5\n")
    first = load_gazetteer(file)
    again = load_gazetteer(file)
    text = "Бої в Альтдорфі."
    assert list((own_folders / "cache").rglob("*.bin"))
    assert first.mentions(text) == again.mentions(text) != []
    assert first.locate("Altdorf") == again.locate("Altdorf")
    file.write_text("name,name_uk,lat,lon\nNeudorf,Нойдорф,49.5,30.5\n")
    assert load_gazetteer(file).locate("Altdorf").status == "unknown"
    assert load_gazetteer(file).locate("Нойдорфом").place.name == "Neudorf"


def test_a_damaged_cache_is_made_again(own_folders):
    file = own_folders / "small.csv"
    file.write_text("name,lat,lon\nAltdorf,49.5,30.5\n")
    load_gazetteer(file)
    (cached,) = (own_folders / "cache").rglob("*.bin")
    cached.write_bytes(cached.read_bytes()[:-20])
    assert load_gazetteer(file).locate("Altdorf").place.name == "Altdorf"


def test_only_a_country_code_is_fetched():
    with pytest.raises(UsageError, match="two letters such as UA"):
        fetch_gazetteer("../etc")


def test_a_download_that_fails_is_one_line_with_a_remedy(monkeypatch):
    def refused(*args, **kwargs):
        raise OSError("no route to host")

    monkeypatch.setattr("urllib.request.urlopen", refused)
    with pytest.raises(GazetteerError, match=r"no route to host; .*tracker gazetteer add UA\.zip"):
        fetch_gazetteer("UA")


def test_an_archive_that_unpacks_to_too_much_is_refused_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr("tracker.places.store.MAX_UNPACKED", 1 << 20)
    file = tmp_path / "UA.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("UA.txt", b"x" * ((1 << 20) + 1))
    with pytest.raises(
        GazetteerError, match=r"UA\.zip: 'UA.txt' unpacks to more than 1 MB; take a"
    ):
        load_gazetteer(file)


def test_a_header_too_long_to_be_one_is_an_error_of_line_1(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text("name,lat,lon," + "x" * 140_000 + "\nA,1,2,3\n")
    limit = csv.field_size_limit(131_072)  # Python's own; other readers of the program raise it
    try:
        with pytest.raises(GazetteerError, match=r"long\.csv:1: not a CSV header: field larger"):
            load_gazetteer(file)
    finally:
        csv.field_size_limit(limit)
