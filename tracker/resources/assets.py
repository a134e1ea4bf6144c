"""Leaflet, the one third-party library that pages need: pinned by hash, never committed.

It is looked for in this order: the copy bundled in an installed wheel, the user's cache, the npm
client, a CDN. Every byte is checked against the hashes below wherever it comes from. When nothing
can be had, pages link the CDN with integrity hashes and :attr:`Assets.note` says so.

``hatch_build.py`` loads this file by its path in a bare build environment, so it imports nothing
but the standard library (and platformdirs where that is installed).
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

PACKAGE = "leaflet"
VERSION = "1.9.4"
TARBALL_INTEGRITY = (
    "sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssx"
    "ZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA=="
)
# File in the package -> its Subresource Integrity hash. The licence asks to travel with copies.
INTEGRITY = {
    "dist/leaflet.js": "sha384-cxOPjt7s7Iz04uaHJceBmS+qpjv2JkIHNVcuOrM+YHwZOmJGBXI00mdUXEq65HTH",
    "dist/leaflet.css": "sha384-sHL9NAb7lN7rfvG5lfHpm643Xkcjzp4jFvuavGOndn6pjVqS6ny56CAt3nsEVT4H",
    "LICENSE": "sha384-CXYK4I2izUBQWizu8sKhYyBLtabBOMnWJhiEcYE2hnY+ov3P+/NGnAkucH4hN0hK",
}
CDNS = ("https://cdn.jsdelivr.net/npm", "https://unpkg.com")
BUNDLE = Path(__file__).resolve().parent.parent / "_assets"

_NPM_SECONDS = 60
_CDN_SECONDS = 10
_MAX_BYTES = 4_000_000


class AssetError(OSError):
    """A pinned file could not be had, or is not the pinned one."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its text ('' when it could not be had), CDN address and integrity hash."""

    text: str
    url: str
    integrity: str


@dataclass(frozen=True, slots=True)
class Assets:
    """What a page needs; ``note`` is '' or one line for a person about what is missing."""

    script: Asset
    style: Asset
    note: str = ""


def load_assets(fetch: bool = True) -> Assets:
    """The pinned Leaflet, fetched into the user's cache at first use.

    With ``fetch=False`` the network is left alone. Never raises: see :attr:`Assets.note`.
    """
    try:
        files = obtain(fetch)
    except AssetError as error:
        note = (
            f"{PACKAGE} {VERSION} could not be had ({error}): the page links {CDNS[0]} and needs "
            "a network to open; run again with a network for a page that needs none"
        )
        return Assets(_asset("dist/leaflet.js", b""), _asset("dist/leaflet.css", b""), note)
    return Assets(
        _asset("dist/leaflet.js", files["dist/leaflet.js"]),
        _asset("dist/leaflet.css", files["dist/leaflet.css"]),
    )


def obtain(fetch: bool = True) -> dict[str, bytes]:
    """All pinned files by their path in the package. Raises :class:`AssetError`."""
    for folder in (BUNDLE, cache_folder()):
        files = _read_folder(folder)
        if files is not None:
            return files
    if not fetch:
        raise AssetError("not in the cache")
    files = _fetch()
    _keep(files, cache_folder())
    return files


def cache_folder() -> Path:
    """Where this version is kept: below ``XDG_CACHE_HOME``, else the platform's cache."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if base and Path(base).is_absolute():
        root = Path(base) / "frontline-tracker"
    else:
        try:
            from platformdirs import user_cache_dir

            root = Path(user_cache_dir("frontline-tracker", appauthor=False))
        except ImportError:
            root = Path.home() / ".cache" / "frontline-tracker"
    return root / f"{PACKAGE}-{VERSION}"


def write_files(files: dict[str, bytes], folder: Path) -> None:
    """Write each file whole or not at all, so that two runs at once cannot spoil each other."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for name, content in files.items():
            file = Path(scratch) / Path(name).name
            file.write_bytes(content)
            file.replace(folder / file.name)


def _asset(name: str, content: bytes) -> Asset:
    # Browsers hash inline scripts after turning CRLF into LF; a source map would be a request.
    text = content.decode("utf-8").replace("\r\n", "\n")
    lines = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")]
    return Asset("\n".join(lines), f"{CDNS[0]}/{PACKAGE}@{VERSION}/{name}", INTEGRITY[name])


def _read_folder(folder: Path) -> dict[str, bytes] | None:
    """The files if all are there and are the pinned ones; a spoiled cache is fetched again."""
    try:
        return {
            name: _checked(name, (folder / Path(name).name).read_bytes(), INTEGRITY[name])
            for name in INTEGRITY
        }
    except OSError:
        return None


def _keep(files: dict[str, bytes], folder: Path) -> None:
    try:
        write_files(files, folder)
    except OSError:
        # A read-only home is no reason to refuse a map: the next run fetches again.
        return


def _fetch() -> dict[str, bytes]:
    problems: list[str] = []
    sources: list[Callable[[], dict[str, bytes]]] = [_from_npm]
    sources += [partial(_from_cdn, cdn) for cdn in CDNS]
    for source in sources:
        try:
            return source()
        except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError) as error:
            problems.append(" ".join(str(error).split())[:120])
    raise AssetError("; ".join(problems))


def _from_npm() -> dict[str, bytes]:
    npm = shutil.which("npm")
    if npm is None:
        raise AssetError("no npm client")
    command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--ignore-scripts"]
    command += ["--no-update-notifier", "--fetch-retries=0", "--fetch-timeout=15000"]
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            command,
            cwd=folder,
            timeout=_NPM_SECONDS,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        tarballs = list(Path(folder).glob("*.tgz"))
        if run.returncode or len(tarballs) != 1:
            raise AssetError(f"npm pack failed with exit code {run.returncode}")
        return _unpack(tarballs[0].read_bytes())


def _unpack(tarball: bytes) -> dict[str, bytes]:
    """The pinned members, read in memory: no path from the archive is ever written to."""
    _checked("tarball", tarball, TARBALL_INTEGRITY)
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for name, integrity in INTEGRITY.items():
            member = archive.extractfile(f"package/{name}")
            if member is None:
                raise AssetError(f"{name} is not a file in the tarball")
            files[name] = _checked(name, member.read(), integrity)
    return files


def _from_cdn(cdn: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, integrity in INTEGRITY.items():
        url = f"{cdn}/{PACKAGE}@{VERSION}/{name}"
        try:
            with urllib.request.urlopen(url, timeout=_CDN_SECONDS) as response:
                files[name] = _checked(name, response.read(_MAX_BYTES), integrity)
        except OSError as error:
            raise AssetError(f"{cdn}: {error}") from error
    return files


def _checked(name: str, content: bytes, integrity: str) -> bytes:
    algorithm, _, expected = integrity.partition("-")
    found = base64.b64encode(hashlib.new(algorithm, content).digest()).decode("ascii")
    if found != expected:
        raise AssetError(f"{name} is not the pinned file: {algorithm}-{found}")
    return content
