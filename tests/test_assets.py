"""Leaflet: pinned, fetched at first use, checked wherever it comes from."""

import base64
import hashlib
import io
import tarfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tracker.resources import assets

FILES = {
    "dist/leaflet.js": b"window.L={};\n//# sourceMappingURL=leaflet.js.map",
    "dist/leaflet.css": b".leaflet{\r\n}\r\n",
    "LICENSE": b"licence",
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
    monkeypatch.setattr(assets, "INTEGRITY", {name: sri(text) for name, text in FILES.items()})
    monkeypatch.setattr(assets, "TARBALL_INTEGRITY", sri(tarball(FILES), "sha512"))
    (tmp_path / "bin").mkdir()
    return tmp_path


def install_npm(place, content):
    """An npm that answers `npm pack` with a tarball, and counts how often it was asked."""
    (place / "packed.tgz").write_bytes(content)
    npm = place / "bin" / "npm"
    npm.write_text(
        f'#!/bin/sh\necho "$@" >> "{place}/calls"\n/bin/cat "{place}/packed.tgz" > "$PWD/p.tgz"\n'
    )
    npm.chmod(0o755)


def calls(place):
    log = place / "calls"
    return log.read_text().splitlines() if log.exists() else []


def cached(place):
    return place / "cache" / "frontline-tracker" / "leaflet-1.9.4"


def test_the_pinned_version_is_asked_of_npm_once_and_then_taken_from_the_cache(place):
    install_npm(place, tarball(FILES))
    first, second = assets.load_assets(), assets.load_assets()
    assert first == second
    assert len(calls(place)) == 1
    assert calls(place)[0].startswith("pack leaflet@1.9.4 ")
    assert sorted(path.name for path in cached(place).iterdir()) == [
        "LICENSE",
        "leaflet.css",
        "leaflet.js",
    ]


def test_the_text_is_ready_to_stand_in_a_page(place):
    install_npm(place, tarball(FILES))
    loaded = assets.load_assets()
    assert loaded.note == ""
    assert loaded.style.text == ".leaflet{\n}\n"
    assert loaded.script.text == "window.L={};"
    assert loaded.script.integrity == sri(FILES["dist/leaflet.js"])


def test_a_spoiled_file_in_the_cache_is_fetched_again(place):
    install_npm(place, tarball(FILES))
    assets.load_assets()
    (cached(place) / "leaflet.js").write_bytes(b"spoiled")
    assert assets.load_assets().script.text == "window.L={};"
    assert (cached(place) / "leaflet.js").read_bytes() == FILES["dist/leaflet.js"]
    assert len(calls(place)) == 2


def test_a_tarball_that_is_not_the_pinned_one_is_refused(place):
    install_npm(place, tarball(FILES | {"dist/leaflet.js": b"evil()"}))
    loaded = assets.load_assets()
    assert loaded.script.text == ""
    assert "tarball is not the pinned file" in loaded.note
    assert not cached(place).exists()


def test_a_file_that_is_not_the_pinned_one_is_refused_even_in_the_bundle(place):
    bundle = place / "bundle"
    assets.write_files(FILES | {"dist/leaflet.css": b"body{}"}, bundle)
    assert assets.load_assets(fetch=False).style.text == ""


def test_a_bundle_in_the_package_is_preferred_and_nothing_is_fetched(place):
    install_npm(place, tarball(FILES))
    assets.write_files(FILES, place / "bundle")
    assert assets.load_assets().script.text == "window.L={};"
    assert calls(place) == []
    assert not cached(place).exists()


def test_without_npm_the_files_come_from_a_cdn(place, monkeypatch):
    root = place / "www" / "leaflet@1.9.4"
    for name, content in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)

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
    assert (loaded.script.text, loaded.style.text) == ("", "")
    assert loaded.script.url == "http://127.0.0.1:9/leaflet@1.9.4/dist/leaflet.js"
    assert loaded.script.integrity == sri(FILES["dist/leaflet.js"])
    assert "no npm client" in loaded.note
    assert "the page links http://127.0.0.1:9 and needs a network to open" in loaded.note
    assert "\n" not in loaded.note


def test_the_network_is_left_alone_when_asked(place):
    install_npm(place, tarball(FILES))
    assert assets.load_assets(fetch=False).script.text == ""
    assert calls(place) == []


def test_a_cache_that_cannot_be_written_does_not_stop_a_map(place):
    install_npm(place, tarball(FILES))
    (place / "cache").write_text("a file where the folder should be")
    assert assets.load_assets().script.text == "window.L={};"


def test_runs_at_the_same_time_leave_whole_files_and_nothing_else(place):
    install_npm(place, tarball(FILES))
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
