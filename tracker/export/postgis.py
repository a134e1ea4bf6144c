"""Layers as tables of a PostGIS database: all of them new, or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.errors import OutputExistsError, at
from tracker.export.dictionary import MARK, LayerKind, fields_text, layer_kinds

if TYPE_CHECKING:
    import geopandas

    from tracker.ledger.postgis import PostGIS

_TYPES = {
    "text": "text",
    "day": "date",
    "number": "double precision",
    "integer": "bigint",
    "yes/no": "boolean",
}


# The table in which QGIS keeps the symbols of layers in PostgreSQL, as QGIS makes it.
_STYLES = """CREATE TABLE {table} (
  id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar,
  f_geometry_column varchar, stylename text, styleqml xml, stylesld xml, useasdefault boolean,
  description text, owner varchar(63) DEFAULT CURRENT_USER, ui xml,
  update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar)"""


# Whether the table is in the schema public, whether we may write to it, and whether make it.
_RIGHTS = """SELECT styles IS NOT NULL,
  coalesce(has_table_privilege(styles, 'SELECT') AND has_table_privilege(styles, 'INSERT')
    AND has_table_privilege(styles, 'DELETE')
    AND coalesce(has_sequence_privilege(ids, 'USAGE'), true), false),
  coalesce((SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace
    WHERE nspname = 'public'), false)
FROM (SELECT to_regclass('public.layer_styles')::oid AS styles,
  to_regclass('public.layer_styles_id_seq')::oid AS ids) AS found"""


def write_postgis(
    frames: Mapping[str, geopandas.GeoDataFrame],
    address: str,
    *,
    styles: Mapping[str, str] | None = None,
    overwrite: bool = False,
) -> None:
    """Write each layer to a table of its name, in one transaction.

    ``address`` is a libpq URL; ``?schema=NAME`` at its end names another schema than ``public``.
    Columns are those of the layer, days as ``date``, ``geom`` in EPSG:4326 with a spatial index,
    ``fid`` the row's number; the meaning of each is its comment. ``styles`` are QML documents by
    layer: QGIS opens the tables with them, from ``layer_styles`` in ``public``, or in the schema of
    the layers where ``public`` is closed. With ``overwrite`` tables that an earlier export wrote
    are replaced; a style that somebody made the default of a table stays it. Raises
    :class:`OutputExistsError` for other tables in the way, :class:`LedgerError` for a database that
    cannot be reached or written.
    """
    from tracker.ledger.postgis import PostGIS

    with PostGIS(address) as base:
        assert isinstance(base, PostGIS)
        with base.writing():
            base.prepare()
            _clear(base, frames, overwrite)
            for name, frame in frames.items():
                _write(base, frame, layer_kinds()[name])
            if styles:
                _style(base, {name: styles[name] for name in frames})
        for name in frames:
            base.rows(f'ANALYZE "{name}"')


def _clear(base: PostGIS, frames: Mapping[str, object], overwrite: bool) -> None:
    """Drop what an earlier export wrote."""
    for name in base.in_the_way(frames):
        [(comment,)] = base.rows("SELECT obj_description(to_regclass(?)::oid)", [f'"{name}"'])
        table = f"table {name!r}"
        if not str(comment or "").endswith(MARK):
            problem = f"{table} is there, which no export wrote"
            raise OutputExistsError(at(base.name, None, problem, base.remedy))
        if not overwrite:
            remedy = "name another schema, or give --overwrite"
            raise OutputExistsError(at(base.name, None, f"{table} exists", remedy))
        base.rows(f'DROP TABLE "{name}"')


def _write(base: PostGIS, frame: geopandas.GeoDataFrame, kind: LayerKind) -> None:
    columns = ", ".join(f'"{f.name}" {_TYPES[f.kind]}' for f in kind.fields)
    base.rows(
        f'CREATE TABLE "{kind.name}" (fid bigint PRIMARY KEY, '
        f"geom geometry({kind.shape}, 4326), {columns})"
    )
    names = ", ".join(f'"{name}"' for name in kind.names)
    base.copy(f'COPY "{kind.name}" (fid, geom, {names}) FROM STDIN', _rows(frame, kind))
    base.rows(f'CREATE INDEX ON "{kind.name}" USING gist (geom)')
    time = ", ".join(f'"{name}"' for name in dict.fromkeys((kind.start, kind.end)))
    base.rows(f'CREATE INDEX ON "{kind.name}" ({time})')
    _comment(base, f'TABLE "{kind.name}"', f"{fields_text(kind)}\n{MARK}")
    for field in kind.fields:
        _comment(base, f'COLUMN "{kind.name}"."{field.name}"', field.meaning)


def _style(base: PostGIS, styles: Mapping[str, str]) -> None:
    """The symbols of each layer, in the place of those that an earlier export wrote."""
    table = _styles_table(base)
    named = "f_table_catalog = current_database() AND f_table_schema = ? AND f_table_name = ?"
    for name, style in styles.items():
        layer = [base.schema, name]
        base.rows(f"DELETE FROM {table} WHERE {named} AND description LIKE ?", [*layer, f"%{MARK}"])
        base.rows(
            f"INSERT INTO {table} (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, stylename, styleqml, useasdefault, description) "
            "VALUES (current_database(), ?, ?, 'geom', ?, XMLPARSE(DOCUMENT ?), "
            f"NOT EXISTS (SELECT FROM {table} WHERE {named} AND useasdefault), ?)",
            [*layer, name, style, *layer, f"{layer_kinds()[name].title}. {MARK}"],
        )


def _styles_table(base: PostGIS) -> str:
    """In ``public``, where QGIS looks; beside the layers where nothing may be written there."""
    [(there, may_fill, may_make)] = base.rows(_RIGHTS)
    table = "public.layer_styles"
    if not (may_fill if there else may_make):
        # The schema of the layers comes first of those that names are looked up in.
        table, there = "layer_styles", "layer_styles" in base.tables()
    if not there:
        base.rows(_STYLES.format(table=table))
    return table


def _comment(base: PostGIS, of: str, text: str) -> None:
    quoted = text.replace("'", "''")
    base.rows(f"COMMENT ON {of} IS '{quoted}'")


def _rows(frame: geopandas.GeoDataFrame, kind: LayerKind) -> Iterator[tuple[Any, ...]]:
    import shapely

    from tracker.export.plain import values

    shapes = shapely.set_srid(frame.geometry.to_numpy(), 4326)
    columns = [_typed(values(frame, f.name), f.kind) for f in kind.fields]
    wkb = shapely.to_wkb(shapes, hex=True, include_srid=True)
    yield from zip(range(1, len(frame) + 1), wkb, *columns, strict=True)


def _typed(column: list[Any], kind: str) -> list[Any]:
    if kind == "day":
        return [None if day is None else date.fromisoformat(day) for day in column]
    # PostgreSQL's text cannot hold the character NUL.
    return [v.replace("\0", "\ufffd") for v in column] if kind == "text" else column
