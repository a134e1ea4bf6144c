"""Claims and changes written to files."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from tracker.export.geojson import changes_geojson, claims_csv, claims_geojson, claims_jsonl
from tracker.export.target import Writer, check_target, write_files
from tracker.model import Change, Claim

CLAIMS_WRITTEN = (".geojson", ".json", ".jsonl", ".csv", ".gpkg", ".parquet")
"""Endings that claims are written to; the ending decides the format."""

_TEXTS: dict[str, Callable[[Iterable[Claim]], Iterable[str]]] = {
    ".geojson": claims_geojson,
    ".json": claims_geojson,
    ".jsonl": claims_jsonl,
    ".csv": claims_csv,
}


def write_claims(claims: Sequence[Claim], target: Path, *, overwrite: bool = False) -> None:
    """Write claims in the format of the target's ending (:data:`CLAIMS_WRITTEN`), in their order.

    The same claims give the same bytes. Raises :class:`UsageError` and its kinds for a target
    that cannot be, :class:`OSError` when writing fails; the target is then as before.
    """
    path = check_target(target, CLAIMS_WRITTEN, overwrite=overwrite)
    write_files({path: claims_writer(claims, path)})


def write_changes(changes: Sequence[Change], target: Path, *, overwrite: bool = False) -> None:
    """Write changes as GeoJSON, each with its voices; errors as :func:`write_claims`."""
    path = check_target(target, (".geojson", ".json"), overwrite=overwrite)
    write_files({path: changes_writer(changes)})


def claims_writer(claims: Sequence[Claim], path: Path) -> Writer:
    """What writes the claims in the format that the ending of ``path`` stands for."""
    ending = path.suffix.lower()
    if ending == ".gpkg":
        return partial(_write_geopackage, claims)
    if ending == ".parquet":
        return partial(_write_parquet, claims)
    return text_writer(_TEXTS[ending](claims))


def changes_writer(changes: Sequence[Change]) -> Writer:
    """What writes the changes as GeoJSON."""
    return text_writer(changes_geojson(changes))


def text_writer(pieces: Iterable[str]) -> Writer:
    """What writes text in pieces: UTF-8, line ends as they are."""

    def write(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)

    return write


def _write_geopackage(claims: Sequence[Claim], path: Path) -> None:
    import pyogrio

    from tracker.model.frames import claims_frame

    frame = claims_frame(claims)
    for name in ("published", "date_from", "date_to"):
        # Only a time stamp with UTC becomes a field that QGIS takes as a date and time.
        frame[name] = frame[name].dt.tz_localize("UTC")
    # A GeoPackage keeps the time of its last change; the same claims shall give the same bytes.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"})
    try:
        pyogrio.write_dataframe(
            frame, path, layer="claims", driver="GPKG", geometry_type="Point", SPATIAL_INDEX="YES"
        )
    except (RuntimeError, UnicodeError) as error:
        # GDAL's words for a full disk, a folder's name that is not UTF-8, and the like.
        raise OSError(errno.EIO, f"the GeoPackage was not written: {error}") from error
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_parquet(claims: Sequence[Claim], path: Path) -> None:
    from tracker.model.frames import claims_frame

    with path.open("wb") as stream:
        claims_frame(claims).to_parquet(stream, index=False)
