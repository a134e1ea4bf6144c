"""Adds to a wheel what is kept outside ``tracker/``: the gazetteer's tables, and libraries.

The tables have one source, ``gazetteer/``; a wheel carries them as ``tracker/_gazetteer``. Leaflet
and d3-delaunay are not committed: they are fetched and checked while the wheel is built, and
carried as ``tracker/_assets``, so that an installed package needs no network to draw a map.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLES = (
    "places.csv",
    "front.csv",
    "areas.csv",
    "outline.geojson",
    "baseline.geojson",
    "extents.geojson",
    "rivers.csv",
    "README.md",
)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Wheels only; an editable install reads the checkout and the user's cache."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the extra files; called by hatchling before it builds."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        included = build_data["force_include"]
        for name in TABLES:
            included[str(root / "gazetteer" / name)] = f"tracker/_gazetteer/{name}"
        for name, path in self._fetch_assets(_load(root / "tracker" / "resources" / "assets.py")):
            included[str(path)] = f"tracker/_assets/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear away what was fetched; called by hatchling when the wheel is written."""
        folder = getattr(self, "_folder", None)
        if folder is not None:
            folder.cleanup()

    def _fetch_assets(self, assets: ModuleType) -> list[tuple[str, Path]]:
        try:
            files = assets.obtain()
        except assets.AssetError as error:
            self.app.display_warning(f"the wheel goes without Leaflet and d3-delaunay: {error}")
            return []
        self._folder = tempfile.TemporaryDirectory()
        written = []
        for name, content in sorted(files.items()):
            path = Path(self._folder.name) / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            written.append((name, path))
        return written


def _load(path: Path) -> ModuleType:
    """A module by its file: the package's own dependencies are not installed in a build."""
    spec = importlib.util.spec_from_file_location("tracker_assets", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
