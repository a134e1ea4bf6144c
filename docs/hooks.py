"""What the documentation takes from elsewhere in the repository, and keeps from asking the network.

Pictures come from ``maps/``, so that they are kept once. Docstrings are written with Sphinx's roles
(``:func:`` and the like), which Markdown does not know: the name alone is shown.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "maps"
_ROLE = re.compile(r":(?:class|data|func|mod):(?=<code>|`)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """No script from the network; without it, pages opened from a disk show no search box."""
    config.extra["polyfills"] = []
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pictures of ``maps/``, and the one of QGIS, as ``pictures/``."""
    for path in sorted(
        [*PICTURES.glob("*.png"), *PICTURES.glob("gallery/*.svg"), HERE / "qgis.png"]
    ):
        file = File.generated(config, f"pictures/{path.name}", abs_src_path=str(path))
        files.append(file)
    return files


def on_page_content(html: str, **_: object) -> str:
    """Roles of docstrings taken off."""
    return _ROLE.sub("", html)
