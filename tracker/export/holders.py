"""Holders written to files: GeoParquet, GeoPackage, CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.export.layer import Layer, text_writer
from tracker.export.target import Writer, check_target, write_files
from tracker.export.text import DECIMALS
from tracker.model.holders import HOLDER_COLUMNS, check_holders_frame

if TYPE_CHECKING:
    import geopandas

HOLDERS_WRITTEN = (".parquet", ".gpkg", ".csv")
"""Endings that holders are written to; the ending decides the format."""


def _copy(frame: Any) -> geopandas.GeoDataFrame:  # noqa: ANN401
    """A frame that may be changed while it is written."""
    return frame.copy()


_LAYER: Layer[Any] = Layer("holders", HOLDER_COLUMNS, _copy)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def write_holders(
    holders: geopandas.GeoDataFrame, target: Path, *, overwrite: bool = False
) -> None:
    """Write a holders frame in the format of the target's ending (:data:`HOLDERS_WRITTEN`).

    The same frame gives the same bytes. Raises :class:`HoldersError` for another frame,
    :class:`UsageError` and its kinds for a target that cannot be, :class:`OSError` when writing
    fails; the target is then as before.
    """
    path = check_target(target, HOLDERS_WRITTEN, overwrite=overwrite)
    write_files({path: holders_writer(holders, path)})


def holders_writer(holders: geopandas.GeoDataFrame, path: Path) -> Writer:
    """What writes the holders in the format that the ending of ``path`` stands for."""
    check_holders_frame(holders)
    if path.suffix.lower() == ".csv":
        return text_writer(holders_csv(holders))
    return _LAYER.writer(holders, path)


def holders_csv(holders: geopandas.GeoDataFrame) -> Iterator[str]:
    """A table with a header line, days in ISO, empty cells for open ends, LF line ends.

    Text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    table = holders[list(HOLDER_COLUMNS)].copy()
    for name in ("place_id", "place"):
        table[name] = [f"'{text}" if _FORMULA.match(text) else text for text in table[name]]
    for name in ("valid_from", "valid_to"):
        table[name] = table[name].dt.strftime("%Y-%m-%d")
    for name in ("lon", "lat"):
        table[name] = table[name].round(DECIMALS)
    yield table.to_csv(index=False, lineterminator="\n")
