# ruff: noqa: E501  (rows of tables)
"""tracker import: tables that others publish become claims, and nothing else."""

import gzip
import json
import zipfile

import pytest

from tracker.cli import run

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")

ACLED = """event_id_cnty,event_date,time_precision,sub_event_type,actor1,admin1,location,latitude,longitude,geo_precision,source,notes,timestamp
UKR1,2022-09-10,1,Government regains territory,Military Forces of Ukraine (2019-),Kharkiv,Izium,49.2088,37.2485,1,ISW,"On 10 September, Izium was retaken.",1663113600
UKR2,20 May 2023,2,Non-state actor overtakes territory,Military Forces of Russia (2000-) Wagner Group,Donetsk,Bakhmut,48.5956,37.9999,1,TASS,Bakhmut was taken.,
UKR3,2022-11-11,1,Non-violent transfer of territory,Military Forces of Ukraine (2019-),Kherson,Kherson,46.6354,32.6169,1,Suspilne,Troops enter Kherson.,
UKR4,2022-11-11,1,Armed clash,Military Forces of Ukraine (2019-),Kherson,Kherson,46.6354,32.6169,1,Suspilne,Clash.,
UKR5,2022-11-11,1,Non-violent transfer of territory,Unidentified Armed Group,Kherson,Kherson,46.6354,32.6169,1,X,Unclear.,
UKR6,2022-11-11,1,Government regains territory,Military Forces of Ukraine (2019-),Kherson,Kherson,46.6354,32.6169,3,X,Somewhere.,
UKR7,2024-08-15,1,Non-state actor overtakes territory,Military Forces of Ukraine (2019-),Kursk,Sudzha,51.1947,35.2719,1,X,Sudzha.,
"""
VIINA = """geonameid,date,status_wiki,status_boost,status_dsm,status_isw,status
707292,20220330,UA,UA,UA,UA,UA
707292,20220331,RU,RU,UA,RU,RU
707292,20220401,RU,RU,RU,RU,RU
707292,20220909,CONTESTED,RU,RU,RU,CONTESTED
707292,20220911,UA,UA,RU,UA,UA
"""
CHANGES = """wiki_update_utc,name,population,event,held_by_before,held_by,as_of,more_information,source_link,lat,lon
2022-03-25T04:41Z,Izium,1,listed,,Contested,,,,49.2088,37.2485
2022-04-02T04:41Z,Izium,1,held_by_changed,Contested,Russia,,Captured by Russia 1 April 2022.,,49.2088,37.2485
2022-09-12T04:41Z,Izium,1,held_by_changed,Russia,Ukraine,,Captured by Russia 1 April 2022. Recaptured by Ukraine 10 September 2022.,,49.2088,37.2485
2022-09-13T04:41Z,Lyman,1,held_by_changed,Russia,Luhansk PR,,,,48.9863,37.8112
2022-10-02T04:41Z,Lyman,1,held_by_changed,Russia,Ukraine,,,,48.9863,37.8112
"""
PANEL = """date,wiki_update_utc,name,population,held_by,as_of,more_information,source_link,lat,lon
2022-10-01,2022-10-01T22:00Z,Lyman,1,Russia,,,,48.9863,37.8112
2022-10-01,2022-10-01T22:00Z,Vesele,1,Russia,,,,48.9,37.8
2022-10-01,2022-10-01T22:00Z,Vesele,1,Ukraine,,,,48.9,37.8
2022-10-02,2022-10-02T22:00Z,Lyman,1,Ukraine,,,,48.9863,37.8112
2022-10-02,2022-10-02T22:00Z,Vesele,1,Ukraine,,,,48.9,37.8
"""
OFFICIAL = """section,oblast_uk,raion_uk,katottg,name_uk,start_dates,end_dates
occupied,ХАРКІВСЬКА,Ізюмський,UA63040090010029555,м. Ізюм,01.04.2022,10.09. 2022
possible_hostilities,ХАРКІВСЬКА,Ізюмський,UA63040090010029555,м. Ізюм,11.09.2022,
"""


@pytest.fixture
def take(here, capfd):
    """Writes a table, imports it, and gives claims by the chosen fields, exit code and remarks."""

    def call(text, *options, name="table.csv", fields=("place", "holder", "date_from", "date_to")):
        (here / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        code = run(["import", name, "-o", "out.jsonl", "--overwrite", *options])
        err = capfd.readouterr().err.splitlines()
        out = here / "out.jsonl"
        lines = out.read_text("utf-8").splitlines() if code == 0 else []
        rows = [json.loads(line) for line in lines]
        return [tuple(row[field] for field in fields) for row in rows], code, err

    return call


def test_acled_events_of_territory_become_claims(take):
    claims, code, said = take(ACLED)
    assert code == 0
    assert claims == [
        ("Izium", "UA", "2022-09-10", "2022-09-10"),
        ("Bakhmut", "RU", "2023-05-20", "2023-05-26"),
        ("Kherson", "UA", "2022-11-11", "2022-11-11"),
        ("Sudzha", "UA", "2024-08-15", "2024-08-15"),
    ]
    assert "tracker: table.csv: 1 rows passed over: event of another kind" in said
    assert "tracker: table.csv: 1 rows passed over: no side of this war named" in said
    assert "tracker: table.csv: 1 rows passed over: place known by its region only" in said
    assert said[-1].startswith("tracker: table.csv: 4 claims -> out.jsonl; credit ACLED")


def test_acled_says_when_it_was_known_and_by_whom(take):
    claims, _, _ = take(ACLED, fields=("published", "claimed_by", "source", "quote"))
    assert claims[0] == (
        "2022-09-14",
        "other",
        "ACLED: ISW",
        "On 10 September, Izium was retaken.",
    )
    assert claims[1][0] == "2023-05-26"


def test_viina_statuses_become_claims_on_the_day_they_change(take):
    claims, _, said = take(VIINA)
    assert claims == [
        ("Izium", "RU", "2022-03-30", "2022-03-31"),
        ("Izium", "UA", "2022-09-10", "2022-09-11"),
    ]
    assert "tracker: table.csv: 1 rows passed over: contested or not known" in said
    sources, _, _ = take(VIINA, fields=("source",))
    assert sources == [("VIINA: wiki, boost, isw",), ("VIINA: wiki, boost, isw",)]


def test_wikipedia_changes_take_the_day_from_the_words_where_they_fit(take):
    claims, _, said = take(CHANGES)
    assert claims == [
        ("Izium", "RU", "2022-04-01", "2022-04-01"),
        ("Izium", "UA", "2022-09-10", "2022-09-10"),
        ("Lyman", "UA", "2022-10-01", "2022-10-02"),
    ]
    assert "tracker: table.csv: 1 rows passed over: no change" in said


def test_a_list_by_day_gives_changes_and_leaves_out_towns_that_it_mixes_up(take):
    claims, _, said = take(PANEL)
    assert claims == [("Lyman", "UA", "2022-10-01", "2022-10-02")]
    assert "tracker: table.csv: 3 rows passed over: several towns of one name and point" in said


def test_the_official_list_tells_of_occupation_and_its_end(take):
    claims, _, said = take(OFFICIAL, fields=("place", "holder", "date_to", "claimed_by"))
    assert claims == [
        ("Izium", "RU", "2022-04-01", "UA"),
        ("Izium", "UA", "2022-09-10", "UA"),
    ]
    assert "tracker: table.csv: 1 rows passed over: hostilities, not occupation" in said


def test_a_community_counts_for_its_settlements_less_those_it_excepts(take):
    row = (
        "occupied,ЗАПОРІЗЬКА,Василівський,UA23040030000061166,"
        '"Василівська громада за винятком с. Кам’янське, с. Плавні",26.02.2022,\n'
    )
    claims, _, _ = take(OFFICIAL.splitlines()[0] + "\n" + row, fields=("place", "holder"))
    places = {place for place, _ in claims}
    assert {"Vasylivka", "Verkhnia Krynytsia"} <= places
    assert not {"Plavni", "Kamianske"} & places
    assert {holder for _, holder in claims} == {"RU"}


def test_the_day_of_publication_can_be_said(take):
    claims, _, _ = take(OFFICIAL, "--published", "2025-04-30", fields=("published",))
    assert claims == [("2025-04-30",), ("2025-04-30",)]


def test_packed_tables_are_read_as_they_are(take, here):
    plain = take(VIINA)[0]
    assert take(gzip.compress(VIINA.encode()), name="table.csv.gz")[0] == plain
    with zipfile.ZipFile(here / "t.zip", "w") as archive:
        archive.writestr("control_latest_2022.csv", VIINA)
    assert take((here / "t.zip").read_bytes(), name="table.zip")[0] == plain


def test_what_comes_out_can_be_mapped(take, here):
    take(VIINA)
    assert run(["control", "out.jsonl", "-o", "holders.csv"]) == 0
    rows = (here / "holders.csv").read_text("utf-8").splitlines()
    izium = [row.split(",")[4:7] for row in rows if ",Izium," in row]
    assert izium == [
        ["", "2022-03-31", "UA"],
        ["2022-03-31", "2022-09-11", "RU"],
        ["2022-09-11", "", "UA"],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (VIINA.replace("20220331", "tomorrow"), "table.csv:3: 'date' 'tomorrow' is no day"),
        (VIINA.replace("20220331", "20220231"), "table.csv:3: 'date' '20220231' is no day"),
        (VIINA.replace("20220331", "20220329"), "is not after the row before of this place"),
        (VIINA + "1,2\n", "table.csv:7: 2 cells under 7 columns; mend or remove this row"),
        (ACLED.replace("2022-09-10", "soon"), "table.csv:2: 'event_date' 'soon' is no day"),
        (ACLED.replace("49.2088", "north"), "table.csv:2: 'latitude' 'north' is no number"),
        (OFFICIAL.replace("01.04.2022", "31.02.2022"), "'31.02.2022' is no day; DD.MM.YYYY"),
        (OFFICIAL.replace("UA63040090010029555", "UA63"), "'UA63' is no code of the register"),
        ("a,b\n1,2\n", "table.csv:1: a table of no known kind; known by their columns: acled:"),
        (b"\x1f\x8bnothing", "table.csv: cannot be read: "),
        (b"PKnothing", "table.csv: cannot be read: "),
        (VIINA.encode("utf-16"), "table.csv: cannot be read: "),
        (b"", "table.csv:1: a table of no known kind"),
    ],
)
def test_a_table_with_faults_is_refused_whole_and_says_where(take, here, text, said):
    claims, code, remarks = take(text)
    assert (claims, code) == ([], 1)
    assert said in "\n".join(remarks)
    assert not (here / "out.jsonl").exists()


def test_a_table_that_is_not_what_it_is_said_to_be_is_refused(take):
    _, code, (remark,) = take(VIINA, "--from", "acled")
    assert code == 1
    assert "no column actor1, event_date" in remark
