"""A layer as GeoParquet 1.1 or FlatGeobuf, with the meaning of its fields inside."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.export.dictionary import LayerKind, fields_text
from tracker.export.layer import arrow
from tracker.export.target import Writer

if TYPE_CHECKING:
    import geopandas


def parquet_writer(frame: geopandas.GeoDataFrame, kind: LayerKind) -> Writer:
    """What writes GeoParquet 1.1: WKB, the box of each row, meanings in the metadata.

    The metadata of the file has the layer under ``tracker``; that of each column its
    ``description``. Days are time stamps without a time zone.
    """

    def write(path: Path) -> None:
        from pyarrow import parquet

        whole = io.BytesIO()
        frame.to_parquet(whole, index=False, schema_version="1.1.0", write_covering_bbox=True)
        whole.seek(0)
        table = parquet.read_table(whole)
        described = _described(table.schema, kind)
        with path.open("wb") as stream:
            parquet.write_table(table.cast(described), stream, compression="zstd")

    return write


def _described(schema: Any, kind: LayerKind) -> Any:  # noqa: ANN401
    import pyarrow

    meanings = {field.name: field.meaning for field in kind.fields}
    columns = [
        column.with_metadata({"description": meanings[column.name]})
        if column.name in meanings
        else column
        for column in schema
    ]
    about = {"tracker export": kind.name, "about": fields_text(kind)}
    metadata = (schema.metadata or {}) | {b"tracker": json.dumps(about).encode()}
    return pyarrow.schema(columns, metadata=metadata)


def flatgeobuf_writer(frame: geopandas.GeoDataFrame, kind: LayerKind) -> Writer:
    """What writes FlatGeobuf; with a spatial index unless a row has no position.

    The index would drop such rows. Days are points in time without a time zone.
    """

    def write(path: Path) -> None:
        import pyogrio

        whole = io.BytesIO()
        pyogrio.write_dataframe(
            frame,
            whole,
            driver="FlatGeobuf",
            layer=kind.name,
            use_arrow=arrow(),
            geometry_type=kind.shape,
            promote_to_multi=kind.shape != "Point",
            SPATIAL_INDEX="NO" if frame.geometry.isna().any() or frame.empty else "YES",
            TITLE=kind.title,
            DESCRIPTION=fields_text(kind),
        )
        path.write_bytes(whole.getbuffer())

    return write
