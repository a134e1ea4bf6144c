"""One kind of record as a file in each format: the ending decides which."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.export.target import Writer, check_target, write_files
from tracker.export.text import Located, geojson, json_lines, table

if TYPE_CHECKING:
    import geopandas

Record = TypeVar("Record", bound=Located)

WRITTEN = (".geojson", ".json", ".jsonl", ".csv", ".gpkg", ".parquet")
"""Endings that records are written to."""

_TEXTS: dict[str, Callable[[Iterable[Located], Sequence[str]], Iterator[str]]] = {
    ".geojson": geojson,
    ".json": geojson,
    ".jsonl": json_lines,
    ".csv": table,
}


@dataclass(frozen=True, slots=True)
class Layer(Generic[Record]):
    """A kind of record: the name of its layer, its fields but for lon and lat, and its frame.

    The text formats are written while the records pass; a frame holds them all. The same records
    give the same bytes in every format.
    """

    name: str
    fields: tuple[str, ...]
    frame: Callable[[Iterable[Record]], geopandas.GeoDataFrame]

    def pieces(self, records: Iterable[Record], ending: str) -> Iterator[str]:
        """The text of the records in the format of ``ending``: GeoJSON, JSON Lines or CSV."""
        return _TEXTS[ending](records, self.fields)

    def writer(self, records: Iterable[Record], path: Path) -> Writer:
        """What writes the records, once, in the format of the path's ending (:data:`WRITTEN`)."""
        ending = path.suffix.lower()
        if ending == ".gpkg":
            return partial(self._write_geopackage, records)
        if ending == ".parquet":
            return partial(self._write_parquet, records)
        return text_writer(self.pieces(records, ending))

    def write(self, records: Iterable[Record], target: Path, *, overwrite: bool) -> None:
        """Write the records to ``target``, whole or not at all.

        Raises :class:`UsageError` and its kinds for a target that cannot be, :class:`OSError` when
        writing fails; the target is then as before.
        """
        path = check_target(target, WRITTEN, overwrite=overwrite)
        write_files({path: self.writer(records, path)})

    def _write_geopackage(self, records: Iterable[Record], path: Path) -> None:
        import pyogrio

        frame = self.frame(records)
        for name in frame.select_dtypes("datetime").columns:
            # Only a time stamp with UTC becomes a field that QGIS takes as a date and time.
            frame[name] = frame[name].dt.tz_localize("UTC")
        # A GeoPackage keeps the time of its last change; the same records shall give the same
        # bytes.
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"})
        options = {"driver": "GPKG", "geometry_type": "Point", "SPATIAL_INDEX": "YES"}
        # What older programs read without a word of warning.
        options |= {"VERSION": "1.2", "DATETIME_PRECISION": "MILLISECOND"}
        # In memory first: SQLite's words for a full disk help nobody, the system's own do.
        whole = io.BytesIO()
        try:
            pyogrio.write_dataframe(frame, whole, layer=self.name, use_arrow=arrow(), **options)
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
        path.write_bytes(whole.getbuffer())

    def _write_parquet(self, records: Iterable[Record], path: Path) -> None:
        with path.open("wb") as stream:
            self.frame(records).to_parquet(stream, index=False)


def arrow() -> bool:
    """Whether GDAL takes whole columns at once (from 3.8 on): the same bytes in half the time."""
    import pyogrio

    return bool(pyogrio.__gdal_version__ >= (3, 8, 0))


def text_writer(pieces: Iterable[str]) -> Writer:
    """What writes text in pieces: UTF-8, line ends as they are."""

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)

    return write
