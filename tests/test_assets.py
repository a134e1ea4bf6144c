"""Third-party libraries: pinned, fetched at first use, checked wherever they come from."""

import base64
import hashlib
import io
import tarfile
import threading
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tracker.resources import assets

FILES = {
    "dist/leaflet.js": b"window.L={};\n//# sourceMappingURL=leaflet.js.map",
    "dist/leaflet.css": b".leaflet{\r\n}\r\n",
    "LICENSE": b"licence",
}
CELLS = {"dist/d3-delaunay.min.js": b"window.d3={};", "LICENSE": b"another licence"}
# As obtained: by package and name.
OBTAINED = {f"leaflet-1.9.4/{name.split('/')[-1]}": text for name, text in FILES.items()} | {
    f"d3-delaunay-6.0.4/{name.split('/')[-1]}": text for name, text in CELLS.items()
}


def sri(content, algorithm="sha384"):
    digest = hashlib.new(algorithm, content).digest()
    return f"{algorithm}-{base64.b64encode(digest).decode()}"


def tarball(files):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A machine with an empty cache, no bundle, no npm and no network, and small pinned files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(assets, "BUNDLE", tmp_path / "bundle")
    monkeypatch.setattr(assets, "CDNS", ("http://127.0.0.1:9",))
    for name, package, files in (
        ("LEAFLET", assets.LEAFLET, FILES),
        ("DELAUNAY", assets.DELAUNAY, CELLS),
    ):
        hashes = {file: sri(text) for file, text in files.items()}
        pinned = replace(package, tarball=sri(tarball(files), "sha512"), files=hashes)
        monkeypatch.setattr(assets, name, pinned)
    monkeypatch.setattr(assets, "PACKAGES", (assets.LEAFLET, assets.DELAUNAY))
    (tmp_path / "bin").mkdir()
    return tmp_path


def install_npm(place, leaflet=None):
    """An npm that answers `npm pack` with a tarball, and counts how often it was asked."""
    (place / "leaflet@1.9.4").write_bytes(leaflet or tarball(FILES))
    (place / "d3-delaunay@6.0.4").write_bytes(tarball(CELLS))
    npm = place / "bin" / "npm"
    npm.write_text(
        f'#!/bin/sh\necho "$@" >> "{place}/calls"\n/bin/cat "{place}/$2" > "$PWD/p.tgz"\n'
    )
    npm.chmod(0o755)


def calls(place):
    log = place / "calls"
    return log.read_text().splitlines() if log.exists() else []


def cached(place):
    return place / "cache" / "frontline-tracker" / "libraries" / "leaflet-1.9.4"


def test_the_pinned_version_is_asked_of_npm_once_and_then_taken_from_the_cache(place):
    install_npm(place)
    first, second = assets.load_assets(), assets.load_assets()
    assert first == second
    assert [call.split()[:2] for call in calls(place)] == [
        ["pack", "leaflet@1.9.4"],
        ["pack", "d3-delaunay@6.0.4"],
    ]
    assert sorted(path.name for path in cached(place).iterdir()) == [
        "LICENSE",
        "leaflet.css",
        "leaflet.js",
    ]


def test_the_text_is_ready_to_stand_in_a_page(place):
    install_npm(place)
    loaded = assets.load_assets()
    assert loaded.note == ""
    assert loaded.style.text == ".leaflet{\n}\n"
    assert loaded.script.text == "window.L={};"
    assert loaded.script.integrity == sri(FILES["dist/leaflet.js"])
    assert loaded.cells.text == "window.d3={};"


def test_a_spoiled_file_in_the_cache_is_fetched_again(place):
    install_npm(place)
    assets.load_assets()
    (cached(place) / "leaflet.js").write_bytes(b"spoiled")
    assert assets.load_assets().script.text == "window.L={};"
    assert (cached(place) / "leaflet.js").read_bytes() == FILES["dist/leaflet.js"]
    assert [call.split()[1] for call in calls(place)] == [
        "leaflet@1.9.4",
        "d3-delaunay@6.0.4",
        "leaflet@1.9.4",
    ]


def test_a_tarball_that_is_not_the_pinned_one_is_refused(place):
    install_npm(place, tarball(FILES | {"dist/leaflet.js": b"evil()"}))
    loaded = assets.load_assets()
    assert loaded.script.text == ""
    assert "tarball is not the pinned file" in loaded.note
    assert not cached(place).exists()


def bundle(place, leaflet):
    assets.write_files(leaflet, place / "bundle" / "leaflet-1.9.4")
    assets.write_files(CELLS, place / "bundle" / "d3-delaunay-6.0.4")


def test_a_file_that_is_not_the_pinned_one_is_refused_even_in_the_bundle(place):
    bundle(place, FILES | {"dist/leaflet.css": b"body{}"})
    assert assets.load_assets(fetch=False).style.text == ""


def test_a_bundle_in_the_package_is_preferred_and_nothing_is_fetched(place):
    install_npm(place)
    bundle(place, FILES)
    assert assets.load_assets().script.text == "window.L={};"
    assert calls(place) == []
    assert not cached(place).exists()


def test_without_npm_the_files_come_from_a_cdn(place, monkeypatch):
    for package, files in (("leaflet@1.9.4", FILES), ("d3-delaunay@6.0.4", CELLS)):
        for name, content in files.items():
            file = place / "www" / package / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    handler = partial(Quiet, directory=str(place / "www"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        dead, alive = "http://127.0.0.1:9", f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr(assets, "CDNS", (dead, alive))
        loaded = assets.load_assets()
        server.shutdown()
    assert loaded.script.text == "window.L={};"
    assert (cached(place) / "leaflet.css").read_bytes() == FILES["dist/leaflet.css"]


def test_when_nothing_can_be_had_the_note_says_what_the_page_does_instead(place):
    loaded = assets.load_assets()
    assert (loaded.script.text, loaded.style.text, loaded.cells.text) == ("", "", "")
    assert loaded.cells.url == "http://127.0.0.1:9/d3-delaunay@6.0.4/dist/d3-delaunay.min.js"
    assert loaded.script.url == "http://127.0.0.1:9/leaflet@1.9.4/dist/leaflet.js"
    assert loaded.script.integrity == sri(FILES["dist/leaflet.js"])
    assert "no npm client" in loaded.note
    assert "the page links http://127.0.0.1:9 and needs a network to open" in loaded.note
    assert "\n" not in loaded.note


def test_what_a_wheel_carries_is_named_by_package_and_file(place):
    install_npm(place)
    assert assets.obtain() == OBTAINED


def test_the_network_is_left_alone_when_asked(place):
    install_npm(place)
    assert assets.load_assets(fetch=False).script.text == ""
    assert calls(place) == []


def test_a_cache_that_cannot_be_written_does_not_stop_a_map(place):
    install_npm(place)
    (place / "cache").write_text("a file where the folder should be")
    assert assets.load_assets().script.text == "window.L={};"


def test_runs_at_the_same_time_leave_whole_files_and_nothing_else(place):
    install_npm(place)
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(assets.load_assets())) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [loaded.script.text for loaded in results] == ["window.L={};"] * 8
    assert {path.name: path.read_bytes() for path in cached(place).iterdir()} == {
        "leaflet.js": FILES["dist/leaflet.js"],
        "leaflet.css": FILES["dist/leaflet.css"],
        "LICENSE": FILES["LICENSE"],
    }


def test_a_relative_cache_home_is_ignored_as_the_standard_says(place, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert assets.cache_folder().is_absolute()
