"""Where tables of places are kept: the package, the user's data folder, one file for a run.

The one part of this room that touches files and the network. Tables are only ever used whole: a
fault anywhere is an error that names all faults, and nothing is read by halves.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tracker import resources
from tracker.errors import GazetteerError, UsageError, at, shown
from tracker.places import compiled, geonames, tables
from tracker.places.gazetteer import Gazetteer
from tracker.places.tables import Area, Entry

APP = "frontline-tracker"
EMBEDDED = ("places.csv", "front.csv")
AREAS = "areas.csv"
EMBEDDED_LICENCE = "see gazetteer/README.md; coordinates GeoNames, CC BY 4.0"
GEONAMES_URL = "https://download.geonames.org/export/dump/{country}.zip"
MAX_UNPACKED = 80 << 20
"""Bytes read from an archive at most; the dump of Ukraine has 15 MB."""
_COLUMNS = (
    "place_id", "name", "name_uk", "admin1", "admin2", "lat", "lon", "population", "katottg",
    "namesakes", "aliases",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One table in use: its name, file, number of places, where it is from, its licence."""

    name: str
    path: str
    places: int
    source: str
    licence: str


def data_folder() -> Path:
    """The folder of tables that the user has added (``XDG_DATA_HOME`` is respected)."""
    import platformdirs

    return platformdirs.user_data_path(APP, appauthor=False) / "gazetteer"


def cache_folder() -> Path:
    """The folder of compiled gazetteers; it can be deleted at any time."""
    import platformdirs

    return platformdirs.user_cache_path(APP, appauthor=False) / "gazetteer"


def load_gazetteer(path: Path | None = None, *, own: bool = True) -> Gazetteer:
    """The embedded tables and those the user has added, or one file that replaces them all.

    A file is a CSV table with at least ``name``, ``lat`` and ``lon`` columns, or a GeoNames country
    dump (``.txt`` or ``.zip``). Its places bring their regions where they lie in another country
    (:func:`tracker.places.tables.areas_of`). ``own=False`` leaves the user's tables out. What is
    worked out of the tables is kept in the user's cache and made again when a table changes. Raises
    :class:`GazetteerError` that lists every fault of every table.
    """
    own_files = own_tables() if own and path is None else []
    files = [path] if path is not None else [*own_files, *_embedded(EMBEDDED)]
    area_files = _embedded((AREAS,))
    contents = [(file, _bytes(file)) for file in (*files, *area_files)]
    mark = compiled.fingerprint(data for _, data in contents)
    cached = cache_folder() / f"{_slot(path, own_files)}.bin"
    gazetteer = _from_cache(cached, mark)
    if gazetteer is None:
        with compiled.no_collecting():
            gazetteer = _build(contents[: len(files)], contents[len(files) :], len(own_files))
        _to_cache(cached, compiled.to_bytes(gazetteer, mark))
    return gazetteer


def _slot(path: Path | None, own_files: list[Path]) -> str:
    """One cached file for the embedded tables, one for all tables, one for each file."""
    if path is None:
        return "all" if own_files else "embedded"
    return "file-" + hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]


def _build(
    files: list[tuple[Path, bytes]], area_files: list[tuple[Path, bytes]], added: int
) -> Gazetteer:
    faults: list[str] = []
    areas: list[Area] = []
    read = [_places(data, str(file), faults) for file, data in files]
    for file, data in area_files:
        areas += tables.areas(data, str(file), faults)
    if faults:
        raise tables.faults_to_error(faults)
    entries = tables.merge(*read[added:])
    if added:
        entries = tables.add_new(entries, tables.merge(*read[:added]))
    return Gazetteer(entries, tables.areas_of(entries, areas))


def _places(data: bytes, label: str, faults: list[str]) -> list[Entry]:
    if label.lower().endswith(".zip"):
        unpacked = _unzipped(data, label, faults)
        return geonames.places(unpacked, label, faults) if unpacked else []
    if geonames.looks_like_dump(data):
        return geonames.places(data, label, faults)
    return tables.places(data, label, faults)


def _unzipped(data: bytes, label: str, faults: list[str]) -> bytes:
    """The table inside a GeoNames zip: its one text file that is no readme."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [
                n
                for n in archive.namelist()
                if n.lower().endswith(".txt") and "readme" not in n.lower()
            ]
            if len(names) == 1:
                with archive.open(names[0]) as table:  # what its header says may be a lie
                    unpacked = table.read(MAX_UNPACKED + 1)
                if len(unpacked) <= MAX_UNPACKED:
                    return unpacked
                problem = f"{shown(names[0])} unpacks to more than {MAX_UNPACKED >> 20} MB"
            else:
                problem = f"{len(names)} tables in the archive"
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        problem = f"not a zip archive: {error}"
    faults.append(at(label, None, problem, "take a GeoNames country dump such as UA.zip"))
    return b""


def own_tables() -> list[Path]:
    """The tables that the user has added, by name."""
    folder = data_folder()
    return sorted(folder.glob("*.csv")) if folder.is_dir() else []


def gazetteer_info() -> list[Table]:
    """The tables that :func:`load_gazetteer` reads by default, embedded ones first."""
    found = []
    for file in _embedded((*EMBEDDED, AREAS)):
        rows = _bytes(file).count(b"\n") - 1
        found.append(Table(file.stem, str(file), rows, "with the program", EMBEDDED_LICENCE))
    for file in own_tables():
        try:
            note = json.loads(file.with_suffix(".json").read_text("utf-8"))
            found.append(Table(**{**note, "path": str(file)}))
        except (OSError, ValueError, TypeError):
            rows = _bytes(file).count(b"\n") - 1
            found.append(Table(file.stem, str(file), rows, "unknown", "unknown"))
    return found


def add_gazetteer(file: Path, *, licence: str = "") -> Table:
    """Take a table of places into the user's data folder; the same name replaces it.

    ``file`` is a GeoNames country dump (``UA.zip``, ``UA.txt``) or a CSV with ``name``, ``lat`` and
    ``lon`` columns. Nothing is written if a row is faulty: :class:`GazetteerError` lists them all.
    """
    data = _bytes(file)
    faults: list[str] = []
    entries = _places(data, str(file), faults)
    if not faults and not entries:
        faults.append(at(file, None, "no settlement in it", "a dump has rows of class P"))
    if not faults and tables.all_swapped(entries, load_gazetteer(own=False).places):
        remedy = "swap the columns; for a war elsewhere give the file to --gazetteer instead"
        faults.append(at(file, None, "lat and lon look swapped in all rows", remedy))
    if faults:
        raise tables.faults_to_error(faults)
    is_dump = file.suffix.lower() == ".zip" or geonames.looks_like_dump(data)
    target = data_folder() / f"{file.stem}.csv"
    terms = licence or (geonames.LICENCE if is_dump else "not stated")
    table = Table(file.stem, str(target), len(entries), file.name, terms)
    _write(target, _csv(entries))
    note = json.dumps(asdict(table), ensure_ascii=False, indent=1, sort_keys=True)
    _write(target.with_suffix(".json"), note.encode())
    load_gazetteer()  # so that the next command need not work it out
    return table


def remove_gazetteer(name: str) -> None:
    """Take an added table out again. Raises :class:`UsageError` if there is none of that name."""
    for file in own_tables():
        if file.stem == name:
            file.unlink()
            file.with_suffix(".json").unlink(missing_ok=True)
            return
    known = ", ".join(f.stem for f in own_tables()) or "none"
    raise UsageError(f"no added gazetteer is named {shown(name)}; there is: {known}")


def fetch_gazetteer(country: str) -> Table:
    """Download the GeoNames dump of a country (two letters) and add it.

    Raises :class:`UsageError` for anything but two letters, :class:`GazetteerError` if the download
    fails; nothing is written then.
    """
    from urllib.error import URLError
    from urllib.request import urlopen

    code = country.strip().upper()
    if len(code) != 2 or not (code.isascii() and code.isalpha()):
        raise UsageError(f"not a country code: {shown(country)}; two letters such as UA")
    url = GEONAMES_URL.format(country=code)
    try:
        with urlopen(url, timeout=60) as answer:
            data: bytes = answer.read()
    except (URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        remedy = f"download it elsewhere, then: tracker gazetteer add {code}.zip"
        raise GazetteerError(at(url, None, f"cannot be fetched: {reason}", remedy)) from error
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{code}.zip"
        file.write_bytes(data)
        return add_gazetteer(file)


def _csv(entries: Iterable[Entry]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for entry in sorted(entries, key=lambda e: (e.place.admin1, e.place.name, e.place.place_id)):
        place = entry.place
        forms = [(lang, f) for lang, f in entry.forms if not set(f) & set("|:")]
        if entry.name_ru:
            forms.insert(0, ("ru", entry.name_ru))
        numbers = (place.population or "", entry.katottg, entry.namesakes or "")
        aliases = "|".join(f"{lang}:{form}" for lang, form in forms)
        names = (place.place_id, place.name, place.name_uk, place.admin1, place.admin2)
        writer.writerow((*names, place.lat, place.lon, *numbers, aliases))
    return out.getvalue().encode()


def _embedded(names: Iterable[str]) -> list[Path]:
    return [resources.gazetteer_file(name) for name in names]


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise GazetteerError(at(file, None, f"cannot be read: {error.strerror}")) from error


def _write(target: Path, data: bytes) -> None:
    """Write beside the target, then replace it: there is never half a file."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(part).chmod(0o644)
            Path(part).replace(target)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise GazetteerError(at(target, None, f"cannot be written: {error.strerror}")) from error


def _from_cache(file: Path, mark: bytes) -> Gazetteer | None:
    try:
        return compiled.from_bytes(file.read_bytes(), mark)
    except (OSError, ValueError, EOFError, TypeError, KeyError):
        return None  # a cache that cannot be used is made again


def _to_cache(file: Path, data: bytes) -> None:
    with contextlib.suppress(GazetteerError):  # without a cache the next run is slower, no more
        _write(file, data)
