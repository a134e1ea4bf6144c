"""A ledger in a GeoPackage: one SQLite file that QGIS opens as it is.

The tables follow OGC 12-128r18 (GeoPackage 1.3.1): ``claims`` is a layer of points with a spatial
index, ``reports`` and ``verdicts`` are attribute tables. SQLite's rollback journal makes each
change whole or not at all, also when the process is killed; the next one to open the file takes
back what was half done.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from tracker.errors import LedgerError, UnknownFormatError, UsageError, at, shown
from tracker.ledger import base
from tracker.ledger.schema import edit_condition, edit_steps, statements
from tracker.ledger.verdicts import VERDICTS
from tracker.reports import printable

ENDING = ".gpkg"

_MAGIC = b"SQLite format 3\x00"
_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "key": "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL",
    "point": "POINT",
    "day": "DATE",
    # QGIS animates by date and time; UTC, so that midnight stays midnight.
    "moment": "DATETIME",
}
_APPLICATION = 0x47504B47  # "GPKG"
_VERSION = 10300
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS = (
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84),
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
)
_LAYERS = (
    ("claims", "features", "Who is said to have taken or left which place", 4326),
    ("reports", "attributes", "The reports that were read", None),
    ("verdicts", "attributes", "What a human reviewer decided about claims", None),
)
_NEVER = "1970-01-01T00:00:00.000Z"

_STANDARD = (
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_VERSION}",
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, "
    "organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, "
    "definition TEXT NOT NULL, description TEXT)",
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, "
    "identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT "
    "(strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, "
    "max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES "
    "gpkg_spatial_ref_sys(srs_id))",
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
    "geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, "
    "m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY "
    "(table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY "
    "(srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))",
    "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT "
    "NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, "
    "column_name, extension_name))",
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name "
    "TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT "
    "pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type "
    "TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, "
    "max_is_inclusive BOOLEAN, description TEXT, CONSTRAINT gdcc_ntv UNIQUE (constraint_name, "
    "constraint_type, value))",
)
_SPEC = "http://www.geopackage.org/spec131/#extension_"
_EXTENSIONS = (
    ("claims", "geom", "gpkg_rtree_index", f"{_SPEC}rtree", "write-only"),
    ("gpkg_data_columns", None, "gpkg_schema", f"{_SPEC}schema", "read-write"),
    ("gpkg_data_column_constraints", None, "gpkg_schema", f"{_SPEC}schema", "read-write"),
)

_BOX = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
_HAS, _HAS_NOT = (
    "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))",
    "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))",
)
_HAD, _HAD_NOT = (
    "(OLD.geom NOTNULL AND NOT ST_IsEmpty(OLD.geom))",
    "(OLD.geom ISNULL OR ST_IsEmpty(OLD.geom))",
)
_SAME = "OLD.fid = NEW.fid"
_IN, _OUT = (
    f"INSERT OR REPLACE INTO rtree_claims_geom VALUES (NEW.fid, {_BOX})",
    "DELETE FROM rtree_claims_geom WHERE id = OLD.fid",
)
# The standard's own triggers, by its names. Those that see to a changed fid look at that column
# only: else no program without ST_IsEmpty could change any other.
_INDEX = (
    ("insert", "INSERT", _HAS, _IN),
    ("update6", "UPDATE OF geom", f"{_SAME} AND {_HAS} AND {_HAD}", _IN),
    ("update7", "UPDATE OF geom", f"{_SAME} AND {_HAS} AND {_HAD_NOT}", _IN),
    ("update2", "UPDATE OF geom", f"{_SAME} AND {_HAS_NOT}", _OUT),
    ("update5", "UPDATE OF fid", f"OLD.fid != NEW.fid AND {_HAS}", f"{_OUT}; {_IN}"),
    ("update4", "UPDATE OF fid", f"OLD.fid != NEW.fid AND {_HAS_NOT}", _OUT),
    ("delete", "DELETE", "OLD.geom NOTNULL", _OUT),
)


class GeoPackage(base.Base):
    """The SQLite file at ``path``; ``make`` allows one that is not there yet."""

    remedy = "name another file"

    def __init__(self, path: Path, *, make: bool = False) -> None:
        self.name = printable(path)
        _check(path, self.name, make)
        mode = "rwc" if make else "rw"
        address = f"{path.resolve().as_uri()}?mode={mode}"
        with self._told():
            self._file = sqlite3.connect(
                address, timeout=base.LOCK_SECONDS, isolation_level=None, uri=True
            )
        for name, arguments, function in _FUNCTIONS:
            self._file.create_function(name, arguments, function, deterministic=True)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and give its rows."""
        with self._told():
            return self._file.execute(sql, tuple(values)).fetchall()

    def each(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row of values."""
        with self._told():
            self._file.executemany(sql, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction; SQLite lets one process at a time write."""
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            if self._file.in_transaction:
                self._file.rollback()
            raise

    def tables(self) -> Collection[str]:
        """Names of the tables in the file; none in one that was made and not yet filled."""
        return {name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type='table'")}

    def in_the_way(self, wanted: Collection[str]) -> list[str]:
        """Whatever there is: a ledger has its file to itself."""
        return sorted(self.tables())

    def make(self) -> None:
        """The tables of the standard, of the ledger, the spatial index, and lists of words."""
        for statement in (*_STANDARD, *statements(_TYPES)):
            self.rows(statement)
        self.each("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, '')", _SYSTEMS)
        self.each(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id, "
            f"last_change) VALUES (?, ?, ?, ?, ?, '{_NEVER}')",
            [(name, kind, name, about, system) for name, kind, about, system in _LAYERS],
        )
        self.rows(
            "INSERT INTO gpkg_geometry_columns VALUES ('claims', 'geom', 'POINT', 4326, 0, 0)"
        )
        self.each("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", _EXTENSIONS)
        self._offer_words()
        self.rows("CREATE VIRTUAL TABLE rtree_claims_geom USING rtree(id, minx, maxx, miny, maxy)")
        for name, event, when, steps in _INDEX:
            self._trigger(f"rtree_claims_geom_{name}", event, when, steps)
        edited = "UPDATE OF verdict, verdict_place_id, verdict_date_from, verdict_date_to, "
        event = f"{edited}verdict_note"
        self._trigger("claims_verdict", event, edit_condition(), "; ".join(edit_steps()))

    def _offer_words(self) -> None:
        """QGIS offers the verdicts as a list to choose from."""
        self.each(
            "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, "
            "description) VALUES ('verdict', 'enum', ?, ?)",
            VERDICTS.items(),
        )
        self.each(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, constraint_name) "
            "VALUES (?, 'verdict', 'verdict', 'verdict')",
            [("claims",), ("verdicts",)],
        )

    def _trigger(self, name: str, event: str, when: str, steps: str) -> None:
        self.rows(f"CREATE TRIGGER {name} AFTER {event} ON claims WHEN {when} BEGIN {steps}; END")

    def note(self, newest: date | None, points: Collection[tuple[float, float]]) -> None:
        """Widen the extent of the layer; the day of the newest report is that of the last change.

        A clock would make two ledgers of the same reports differ.
        """
        if points:
            lons, lats = zip(*points, strict=True)
            self.rows(
                "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, ?1), ?1), "
                "min_y = min(coalesce(min_y, ?2), ?2), max_x = max(coalesce(max_x, ?3), ?3), "
                "max_y = max(coalesce(max_y, ?4), ?4) WHERE table_name = 'claims'",
                (min(lons), min(lats), max(lons), max(lats)),
            )
        if newest is not None:
            moment = (self.moment(newest),)
            self.rows("UPDATE gpkg_contents SET last_change = max(last_change, ?)", moment)

    def moment(self, day: date) -> object:
        """Midnight UTC."""
        return f"{day.isoformat()}T00:00:00.000Z"

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeError) as error:
            raise self._error(error) from error

    def _error(self, error: Exception) -> LedgerError:
        code = getattr(error, "sqlite_errorcode", None)
        primary = -1 if code is None else code & 0xFF
        if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            remedy = "wait until that has finished, or close it there, and try again"
            return LedgerError(at(self.name, None, "is locked by another program", remedy))
        if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or primary < 0:
            problem = f"is damaged or only half there: {shown(error)}"
            remedy = "put back a copy, or name a new ledger and add the reports again"
            return LedgerError(at(self.name, None, problem, remedy))
        reasons = {
            sqlite3.SQLITE_FULL: "no space left on the device",
            sqlite3.SQLITE_READONLY: "no permission to write",
            sqlite3.SQLITE_CANTOPEN: "cannot be opened",
        }
        return LedgerError(at(self.name, None, reasons.get(primary, str(error))))


def holds_ledger(path: Path) -> bool:
    """Whether a file is a ledger rather than claims that were written once, or anything else.

    Raises :class:`LedgerError` where it cannot be told because the file is locked.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                return False
    except OSError:
        return False
    with GeoPackage(path) as file:
        try:
            return {"ledger", "told_in"} <= set(file.tables())
        except LedgerError as error:
            if "locked" in str(error):
                raise
            return False


def _check(path: Path, name: str, make: bool) -> None:
    """What can be known about the file before SQLite looks at it."""
    if path.suffix.lower() != ENDING:
        problem = f"unknown ending {shown(path.suffix)} for a ledger"
        raise UnknownFormatError(at(name, None, problem, f"name a {ENDING} file or postgresql://"))
    if path.is_dir():
        raise UsageError(at(name, None, "is a folder", "name a file in it"))
    if not path.exists():
        if not make:
            raise UsageError(at(name, None, "no such ledger", "'tracker ledger add' makes one"))
        if not path.resolve().parent.is_dir():
            raise UsageError(at(name, None, f"no folder {printable(path.parent)}", "make it first"))
        return
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_MAGIC))
    except OSError as error:
        raise LedgerError(at(name, None, f"cannot be read: {error.strerror}")) from error
    if start not in (b"", _MAGIC):
        raise LedgerError(at(name, None, "no GeoPackage", "name another file"))


# Points alone are kept: little endian, no envelope, as WKB after the eight bytes of the header.
_POINT = struct.Struct("<2sBBiBIdd")
_AS_WRITTEN = struct.Struct("<dd")
_HEADER = (b"GP", 0, 1, 4326, 1, 1)
_ENVELOPES = (0, 32, 48, 48, 64)


def _make_point(lon: float | None, lat: float | None) -> bytes | None:
    return None if lon is None or lat is None else _POINT.pack(*_HEADER, lon, lat)


def _coordinates(geometry: bytes | None) -> tuple[float, float] | None:
    """Longitude and latitude of a point that any program has written; None of an empty one."""
    if geometry is None:
        return None
    if len(geometry) == _POINT.size and geometry[3] == 1:  # as this program writes it
        lon, lat = _AS_WRITTEN.unpack_from(geometry, 13)
        return None if lon != lon or lat != lat else (lon, lat)
    flags = geometry[3]
    start = 8 + _ENVELOPES[flags >> 1 & 7]
    order = "<" if geometry[start] == 1 else ">"
    lon, lat = struct.unpack_from(f"{order}dd", geometry, start + 5)
    return None if lon != lon or lat != lat else (lon, lat)


def _lon(geometry: bytes | None) -> float | None:
    point = _coordinates(geometry)
    return point and point[0]


def _lat(geometry: bytes | None) -> float | None:
    point = _coordinates(geometry)
    return point and point[1]


def _is_empty(geometry: bytes | None) -> bool | None:
    return None if geometry is None else _coordinates(geometry) is None


_FUNCTIONS = (
    ("ST_MakePoint", 2, _make_point),
    ("ST_SetSRID", 2, lambda geometry, _: geometry),
    ("ST_X", 1, _lon),
    ("ST_Y", 1, _lat),
    ("ST_MinX", 1, _lon),
    ("ST_MaxX", 1, _lon),
    ("ST_MinY", 1, _lat),
    ("ST_MaxY", 1, _lat),
    ("ST_IsEmpty", 1, _is_empty),
)
