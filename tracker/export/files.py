"""Layers to files: which files an output stands for, and what writes each of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.export.columnar import flatgeobuf_writer, parquet_writer
from tracker.export.dictionary import fields_markdown, layer_kinds
from tracker.export.geopackage import geopackage_writer
from tracker.export.kml import layers_kml
from tracker.export.layer import text_writer
from tracker.export.plain import layer_csv, layer_geojson
from tracker.export.qgis import Project
from tracker.export.target import Writer, check_target

if TYPE_CHECKING:
    import geopandas

EXPORTED = (".geojson", ".json", ".gpkg", ".parquet", ".fgb", ".kml", ".csv")
"""Endings that layers are written to."""

TOGETHER = (".gpkg", ".kml")
"""Endings of formats that hold several layers in one file."""

TOLD_BESIDE = (".geojson", ".json", ".csv")
"""Endings of formats without room for the meaning of the fields: it stands in a file beside."""

FIELDS_FILE = "FIELDS.md"
PROJECT = "project"
FIELDS = "fields"


def export_paths(
    target: Path,
    names: Collection[str],
    *,
    overwrite: bool = False,
    inputs: Collection[Path] = (),
) -> dict[str, Path]:
    """The files that an export to ``target`` writes, each checked.

    Keys are names of layers; several have one path where the format holds several. Of one layer
    that is ``target``, of several in formats of one layer a file ends in its name:
    ``war-areas.geojson``. :data:`PROJECT` is the QGIS project beside a GeoPackage, :data:`FIELDS`
    the file of meanings. Raises :class:`UsageError` and its kinds.
    """
    ending = target.suffix.lower()
    names = [name for name in layer_kinds() if name in names]
    paths = dict.fromkeys(names, target)
    if len(names) > 1 and ending in EXPORTED and ending not in TOGETHER:
        paths = {name: target.with_name(f"{target.stem}-{name}{target.suffix}") for name in names}
    if ending == ".gpkg":
        paths[PROJECT] = target.with_suffix(".qgs")
    if ending in TOLD_BESIDE:
        paths[FIELDS] = target.with_name(FIELDS_FILE)
    endings = {PROJECT: (".qgs",), FIELDS: (".md",)}
    checked: dict[Path, Path] = {}
    for key, path in paths.items():
        if path not in checked:
            checked[path] = check_target(
                path,
                endings.get(key, EXPORTED),
                overwrite=overwrite or (key == FIELDS and _is_ours(path)),
                inputs=inputs,
            )
    return {key: checked[path] for key, path in paths.items()}


def _is_ours(path: Path) -> bool:
    """Whether the file of meanings was written by an export before: then it may be replaced."""
    try:
        start = fields_markdown().partition("\n## ")[0]
        return path.read_text(encoding="utf-8").startswith(start)
    except (OSError, ValueError):
        return False


def export_writers(
    frames: Mapping[str, geopandas.GeoDataFrame], paths: Mapping[str, Path], project: Project
) -> dict[Path, Writer]:
    """What writes each of the files of :func:`export_paths`."""
    path = next(iter(paths.values()))
    ending = path.suffix.lower()
    if ending == ".gpkg":
        beside = text_writer([project.text(path.name)])
        return {path: geopackage_writer(frames, project, path.name), paths[PROJECT]: beside}
    if ending == ".kml":
        return {path: text_writer(layers_kml(frames, project.war, project.name))}
    writers = {paths[name]: _single(frame, name, ending) for name, frame in frames.items()}
    if FIELDS in paths:
        writers[paths[FIELDS]] = text_writer([fields_markdown()])
    return writers


def _single(frame: geopandas.GeoDataFrame, name: str, ending: str) -> Writer:
    kind = layer_kinds()[name]
    if ending == ".parquet":
        return parquet_writer(frame, kind)
    if ending == ".fgb":
        return flatgeobuf_writer(frame, kind)
    return text_writer((layer_csv if ending == ".csv" else layer_geojson)(frame, kind))
