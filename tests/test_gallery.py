"""The gallery: made again from the reports it is the same, byte for byte, and needs no network."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

MAPS = Path(__file__).parent.parent / "maps"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    sys.path.insert(0, str(MAPS))
    try:
        import make_gallery
    finally:
        sys.path.remove(str(MAPS))
    folder = tmp_path_factory.mktemp("gallery")
    return folder, make_gallery.make(folder), make_gallery


def test_what_is_committed_is_what_the_reports_give(gallery):
    folder, made, _ = gallery
    assert [path.relative_to(folder).as_posix() for path in made] == [
        "gallery/frontline.svg",
        "gallery/kharkiv-2022.svg",
        "gallery/kherson-2022.svg",
        "gallery/siversk-2025.svg",
        "index.html",
    ]
    for path in made:
        committed = MAPS / path.relative_to(folder)
        assert path.read_bytes() == committed.read_bytes(), "run make gallery and commit maps/"


def test_the_page_of_the_whole_war_is_the_one_of_make_map(gallery):
    folder, _, make_gallery = gallery
    whole = make_gallery.chapters()[0]
    line = whole.command(Path("maps"))
    assert line[2:] == ["--areas", "-o", "maps/frontline.html", "--overwrite"]
    assert (folder / "frontline.geojson").read_bytes() == (MAPS / "frontline.geojson").read_bytes()


def test_each_link_of_the_index_leads_somewhere(gallery):
    folder, _, _ = gallery
    links = Links()
    links.feed((folder / "index.html").read_text("utf-8"))
    assert len(links.addresses) > 60
    for address in links.addresses:
        if address.startswith("https://"):
            continue
        file = address.partition("#")[0]
        assert (folder / file).exists() or (MAPS / file).exists(), address


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        self.addresses += [value for name, value in attrs if name in ("href", "src")]


def test_the_index_runs_no_script_and_fetches_nothing(gallery):
    folder, _, _ = gallery
    page = (folder / "index.html").read_text("utf-8")
    assert "<script" not in page
    assert not re.search(r"\bon\w+=", page)
    assert not re.search(r'src="(?!gallery/)', page)
    assert "default-src 'none'" in page


def marks(folder, slug):
    tree = ElementTree.parse(folder / "gallery" / f"{slug}.svg")
    found = [e for e in tree.iter() if e.tag in (f"{SVG}circle", f"{SVG}rect")]
    return [e.get("class").split() for e in found], {t.text for t in tree.iter(f"{SVG}text")}


def test_pictures_show_who_held_what_on_their_day(gallery):
    folder, _, _ = gallery
    kinds, names = marks(folder, "kherson-2022")
    assert kinds.count(["ua", "new"]) > 20
    assert ["ru"] in kinds
    assert {"Kherson", "Snihurivka", "Oleshky"} <= names
    kinds, names = marks(folder, "siversk-2025")
    assert "Siversk" in names
    assert ["ru", "new"] in kinds


def test_a_claim_that_is_denied_is_told_as_such(gallery):
    folder, _, _ = gallery
    page = (folder / "index.html").read_text("utf-8")
    rows = re.findall(r"<tr><td>2025-12-\d\d</td><td>Siversk</td>.*?</tr>", page)
    assert any("said by the Russian side (report: <a href=" in row for row in rows)
    assert any("denied by the Ukrainian side" in row for row in rows)


def test_outside_text_is_escaped(gallery):
    _, _, make_gallery = gallery
    evil = "<img src=x onerror=alert(1)>"
    claim = {
        "source": evil,
        "url": 'javascript:alert(1)"',
        "status": "asserted",
        "claimed_by": "RU",
        "published": evil,
    }
    change = {
        "date": "2022-01-01",
        "place": evil,
        "holder": "RU",
        "status": "claimed",
        "level": "settlement",
        "claims": [claim],
    }
    row = make_gallery.row(change)
    assert "<img" not in row
    assert "javascript" not in row


def test_a_mark_of_a_place_is_its_last_holder_up_to_the_day(gallery):
    _, _, make_gallery = gallery
    chapter = make_gallery.Chapter("x", "X", make_gallery.date(2022, 10, 1), (30, 40, 40, 60), "")
    change = {"place_id": "1", "place": "P", "lon": 35.0, "lat": 50.0, "status": "claimed"}
    change["level"] = "settlement"
    changes = [
        {**change, "date": "2022-03-01", "holder": "RU"},
        {**change, "date": "2022-09-10", "holder": "UA"},
        {**change, "date": "2022-10-02", "holder": "RU"},
    ]
    [mark] = make_gallery.marks(changes, chapter)
    assert (mark.holder, mark.open) == ("UA", False)
