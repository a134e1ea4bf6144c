"""Several layers in one GeoPackage, with indexes, meanings, symbols and a QGIS project inside."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.export.dictionary import MARK, LayerKind, fields_text, layer_kinds
from tracker.export.layer import arrow
from tracker.export.target import Writer

if TYPE_CHECKING:
    import geopandas

    from tracker.export.qgis import Project

EPOCH = "1970-01-01T00:00:00.000Z"
"""The time of the last change that is written: the same data shall give the same bytes."""

_OPTIONS = {"OGR_CURRENT_DATE": EPOCH, "OGR_SQLITE_JOURNAL": "OFF", "OGR_SQLITE_SYNCHRONOUS": "OFF"}

VERSION = "1.2"
"""Of GeoPackage: all that is used here is in it, and older programs warn of later ones."""

_SCHEMA_URI = "http://www.geopackage.org/spec121/#extension_schema"
_METADATA_URI = "http://www.geopackage.org/spec121/#extension_metadata"

_TABLES = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL, md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME);
CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB);
"""


def geopackage_writer(
    frames: Mapping[str, geopandas.GeoDataFrame], project: Project, name: str
) -> Writer:
    """What writes the layers, in their order, and the project whose symbols they get.

    ``name`` is the file's own, by which the project inside finds its layers: it is not yet the name
    of the draft that is written.

    Days become typed DATETIME at midnight UTC, which is what QGIS takes for time; a missing one is
    NULL. Raises :class:`OSError`, also when SQLite is what fails.
    """

    def write(path: Path) -> None:
        _guarded(path, lambda: _write_layers(frames, path))
        _guarded(path, lambda: _add(path, list(frames), project, name))

    return write


def write_layer(
    frame: geopandas.GeoDataFrame, path: Path | object, name: str, **options: object
) -> None:
    """Append one layer to a GeoPackage, making it when it is not there."""
    import pyogrio

    frame = frame.copy(deep=False)
    for column in frame.select_dtypes("datetime").columns:
        # Only a time stamp with UTC becomes a field that QGIS takes as a date and time.
        frame[column] = frame[column].dt.tz_localize("UTC")
    before = {key: pyogrio.get_gdal_config_option(key) for key in _OPTIONS}
    pyogrio.set_gdal_config_options(_OPTIONS)
    try:
        pyogrio.write_dataframe(
            frame,
            path,
            driver="GPKG",
            layer=name,
            use_arrow=arrow(),
            VERSION=VERSION,
            **options,
        )
    finally:
        pyogrio.set_gdal_config_options(before)


def _write_layers(frames: Mapping[str, geopandas.GeoDataFrame], path: Path) -> None:
    path.unlink(missing_ok=True)
    for name, frame in frames.items():
        kind = layer_kinds()[name]
        write_layer(
            frame,
            path,
            name,
            append=path.exists(),
            geometry_type=kind.shape,
            promote_to_multi=kind.shape != "Point",
            SPATIAL_INDEX="YES",
            GEOMETRY_NAME="geom",
            DATETIME_PRECISION="MILLISECOND",
            IDENTIFIER=kind.title,
            # Claims alone are read again as claims; with other layers beside them, nothing is.
            DESCRIPTION=kind.about if name == "claims" else f"{kind.about} {MARK}",
        )


def _guarded(path: Path, work: Callable[[], None]) -> None:
    """Errors of the libraries as the system's own: a full disk is called by its name."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        work()
    except (sqlite3.Error, DataLayerError, DataSourceError, FeatureError) as error:
        with path.open("ab") as stream:
            stream.write(bytes(1 << 20))
        reason = " ".join(str(error).split())
        raise OSError(errno.EIO, f"the GeoPackage cannot be written ({reason})") from error


def _add(path: Path, names: Iterable[str], project: Project, own: str) -> None:
    """What GDAL does not write: indexes on time, meanings, default symbols, the project."""
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.executescript(_TABLES)
        for table in ("layer_styles", "qgis_projects"):
            base.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, "
                "last_change, srs_id) VALUES (?, 'attributes', ?, '', ?, 0)",
                (table, table, EPOCH),
            )
        for number, name in enumerate(names, start=1):
            kind = layer_kinds()[name]
            _add_index(base, kind)
            _add_meanings(base, kind, number)
            _add_style(base, kind, project.style(kind.name))
        _add_extensions(base)
        base.execute(
            "INSERT INTO qgis_projects VALUES (?, ?, ?)",
            (project.name, project.metadata(), project.packed(own)),
        )


def _add_index(base: sqlite3.Connection, kind: LayerKind) -> None:
    columns = ", ".join(f'"{name}"' for name in dict.fromkeys((kind.start, kind.end)))
    base.execute(f'CREATE INDEX "{kind.name}_time" ON "{kind.name}" ({columns})')


def _add_meanings(base: sqlite3.Connection, kind: LayerKind, number: int) -> None:
    base.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES (?, ?, ?)",
        [(kind.name, field.name, field.meaning) for field in kind.fields],
    )
    base.execute(
        "INSERT INTO gpkg_metadata VALUES (?, 'featureType', 'https://www.isotc211.org/', "
        "'text/plain', ?)",
        (number, fields_text(kind)),
    )
    base.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('table', ?, NULL, NULL, ?, ?, NULL)",
        (kind.name, EPOCH, number),
    )


def _add_style(base: sqlite3.Connection, kind: LayerKind, style: str) -> None:
    base.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, "
        "update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', NULL, ?)",
        (kind.name, kind.name, style, kind.title, EPOCH),
    )


def _add_extensions(base: sqlite3.Connection) -> None:
    rows = [(name, "gpkg_schema", _SCHEMA_URI) for name in _SCHEMA]
    rows += [(name, "gpkg_metadata", _METADATA_URI) for name in _METADATA]
    base.executemany(
        "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')",
        rows,
    )


_SCHEMA = ("gpkg_data_columns", "gpkg_data_column_constraints")
_METADATA = ("gpkg_metadata", "gpkg_metadata_reference")
