"""The third-party libraries that pages need: pinned by hash, never committed.

Leaflet draws the map, d3-delaunay builds the cells of places. Each is looked for in this order: the
copy bundled in an installed wheel, the user's cache, the npm client, a CDN. Every byte is checked
against the hashes below wherever it comes from. When nothing can be had, pages link the CDN with
integrity hashes and :attr:`Assets.note` says so.

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
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry: the tarball's integrity, and that of each file we use.

    The licence asks to travel with copies, so it is one of the files.
    """

    name: str
    version: str
    tarball: str
    files: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.name}-{self.version}"

    def address(self, cdn: str, file: str) -> str:
        """Where a CDN has the file."""
        return f"{cdn}/{self.name}@{self.version}/{file}"


LEAFLET = Package(
    "leaflet",
    "1.9.4",
    "sha512-nxS1ynzJOmOlHp+iL3FyWqK89GtNL8U8rvlMOsQdTTssx"
    "ZwCXh8N2NB3GDQOL+YR3XnWyZAxwQixURb+FA74PA==",
    {
        "dist/leaflet.js": (
            "sha384-cxOPjt7s7Iz04uaHJceBmS+qpjv2JkIHNVcuOrM+YHwZOmJGBXI00mdUXEq65HTH"
        ),
        "dist/leaflet.css": (
            "sha384-sHL9NAb7lN7rfvG5lfHpm643Xkcjzp4jFvuavGOndn6pjVqS6ny56CAt3nsEVT4H"
        ),
        "LICENSE": "sha384-CXYK4I2izUBQWizu8sKhYyBLtabBOMnWJhiEcYE2hnY+ov3P+/NGnAkucH4hN0hK",
    },
)
# Its file holds delaunator and robust-predicates too.
DELAUNAY = Package(
    "d3-delaunay",
    "6.0.4",
    "sha512-mdjtIZ1XLAM8bm/hx3WwjfHt6Sggek7qH043O8KEjDXN4"
    "0xi3vx/6pYSVTwLjEgiXQTbvaouWKynLBiUZ6SK6A==",
    {
        "dist/d3-delaunay.min.js": (
            "sha384-VOXGNLi40onWvNCRY7SBRxwhW7EPHDfwmHWrQ5cNblbDOBlxq2jpuCizi4/ajTCD"
        ),
        "LICENSE": "sha384-YqGO2fRF7JIyaco9R7WvzdRS+YQMEfb5l3PoOF6rWkd1JPpBNINfL//qjfP9i/ky",
    },
)
PACKAGES = (LEAFLET, DELAUNAY)
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
    """What a page needs: Leaflet's script and style, the script that builds cells.

    ``note`` is '' or one line for a person about what is missing: then no file has a text.
    """

    script: Asset
    style: Asset
    cells: Asset
    note: str = ""


def load_assets(fetch: bool = True) -> Assets:
    """The pinned libraries, fetched into the user's cache at first use.

    With ``fetch=False`` the network is left alone. Never raises: see :attr:`Assets.note`.
    """
    note = ""
    files: dict[str, bytes] = {}
    try:
        files = obtain(fetch)
    except AssetError as error:
        note = (
            f"Leaflet and d3-delaunay could not be had ({error}): the page links {CDNS[0]} and "
            "needs a network to open; run again with a network for a page that needs none"
        )
    return Assets(
        _asset(LEAFLET, "dist/leaflet.js", files),
        _asset(LEAFLET, "dist/leaflet.css", files),
        _asset(DELAUNAY, "dist/d3-delaunay.min.js", files),
        note,
    )


def obtain(fetch: bool = True) -> dict[str, bytes]:
    """All pinned files by package and name: ``leaflet-1.9.4/leaflet.js``. Raises AssetError."""
    return {
        f"{package}/{Path(name).name}": content
        for package in PACKAGES
        for name, content in obtain_package(package, fetch).items()
    }


def obtain_package(package: Package, fetch: bool) -> dict[str, bytes]:
    """The files of one package by their path in it. Raises AssetError."""
    for folder in (BUNDLE, cache_folder()):
        files = _read_folder(package, folder / str(package))
        if files is not None:
            return files
    if not fetch:
        raise AssetError(f"{package} is not in the cache")
    files = _fetch(package)
    _keep(files, cache_folder() / str(package))
    return files


def cache_folder() -> Path:
    """Where the libraries are kept: below ``XDG_CACHE_HOME``, else the platform's cache."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if base and Path(base).is_absolute():
        root = Path(base) / "frontline-tracker"
    else:
        try:
            from platformdirs import user_cache_dir

            root = Path(user_cache_dir("frontline-tracker", appauthor=False))
        except ImportError:
            root = Path.home() / ".cache" / "frontline-tracker"
    return root / "libraries"


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write each file whole or not at all, so that two runs at once cannot spoil each other."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for name, content in files.items():
            file = Path(scratch) / Path(name).name
            file.write_bytes(content)
            file.replace(folder / file.name)


def _asset(package: Package, name: str, files: Mapping[str, bytes]) -> Asset:
    # Browsers hash inline scripts after turning CRLF into LF; a source map would be a request.
    text = files.get(f"{package}/{Path(name).name}", b"").decode("utf-8").replace("\r\n", "\n")
    lines = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")]
    return Asset("\n".join(lines), package.address(CDNS[0], name), package.files[name])


def _read_folder(package: Package, folder: Path) -> dict[str, bytes] | None:
    """The files if all are there and are the pinned ones; a spoiled cache is fetched again."""
    try:
        return {
            name: _checked(name, (folder / Path(name).name).read_bytes(), integrity)
            for name, integrity in package.files.items()
        }
    except OSError:
        return None


def _keep(files: Mapping[str, bytes], folder: Path) -> None:
    try:
        write_files(files, folder)
    except OSError:
        # A read-only home is no reason to refuse a map: the next run fetches again.
        return


def _fetch(package: Package) -> dict[str, bytes]:
    problems: list[str] = []
    sources: list[Callable[[Package], dict[str, bytes]]] = [_from_npm]
    sources += [partial(_from_cdn, cdn) for cdn in CDNS]
    for source in sources:
        try:
            return source(package)
        except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError) as error:
            problems.append(" ".join(str(error).split())[:120])
    raise AssetError("; ".join(problems))


def _from_npm(package: Package) -> dict[str, bytes]:
    npm = shutil.which("npm")
    if npm is None:
        raise AssetError("no npm client")
    command = [npm, "pack", f"{package.name}@{package.version}", "--silent", "--ignore-scripts"]
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
        return _unpack(package, tarballs[0].read_bytes())


def _unpack(package: Package, tarball: bytes) -> dict[str, bytes]:
    """The pinned members, read in memory: no path from the archive is ever written to."""
    _checked("tarball", tarball, package.tarball)
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for name, integrity in package.files.items():
            member = archive.extractfile(f"package/{name}")
            if member is None:
                raise AssetError(f"{name} is not a file in the tarball")
            files[name] = _checked(name, member.read(), integrity)
    return files


def _from_cdn(cdn: str, package: Package) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, integrity in package.files.items():
        try:
            with urllib.request.urlopen(
                package.address(cdn, name), timeout=_CDN_SECONDS
            ) as response:
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
