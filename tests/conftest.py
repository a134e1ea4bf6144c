"""What tests share: a machine without tables, caches or settings of a user's own."""

import functools
import os
import tempfile
import zlib
from pathlib import Path

import pytest
from postgis_server import serving

from tracker.places import load_gazetteer
from tracker.resources import assets

FOLDERS = ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
_read = functools.cache(load_gazetteer)


def load_once(path=None, *, own=True):
    """The embedded tables, read once; a file of a test's own, each time: its name says nothing."""
    return _read(own=own) if path is None else load_gazetteer(path, own=own)


def pytest_configure(config):
    """Before any test module is imported: the user's own folders out of reach, for all tests.

    Third-party scripts alone stay where the user has them: they are checked by hash, and fetched
    once.
    """
    fetched = assets.cache_folder()
    fetched.mkdir(parents=True, exist_ok=True)
    folder = tempfile.TemporaryDirectory(prefix="tracker-tests-")
    config.add_cleanup(folder.cleanup)
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    # A browser that playwright has installed is looked for below the user's cache as well.
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    patch.setenv(
        "PLAYWRIGHT_BROWSERS_PATH",
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH", str(Path(cache, "ms-playwright"))),
    )
    for name in FOLDERS:
        patch.setenv(name, str(Path(folder.name, name)))
    kept = assets.cache_folder()
    kept.parent.mkdir(parents=True)
    kept.symlink_to(fetched)


@pytest.fixture(scope="session")
def gazetteer():
    """The embedded tables."""
    return load_once()


@pytest.fixture
def gazetteer_loaded_once(monkeypatch):
    """Commands run in this process share the tables that they load."""
    monkeypatch.setattr("tracker.places.load_gazetteer", load_once)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """The folder of a user who has added no table yet, for one test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(scope="session")
def postgis_server():
    """The address of an empty database on a server of our own."""
    with serving() as address:
        yield address


@pytest.fixture
def postgis(postgis_server, request):
    """The address of a place for a ledger that nothing is in yet."""
    return f"{postgis_server}&schema=t{zlib.crc32(request.node.nodeid.encode())}"
