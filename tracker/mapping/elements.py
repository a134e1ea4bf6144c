"""The parts of a page as folium elements; their HTML, CSS and JavaScript are files.

Each element reads its templates through :mod:`tracker.resources`. Templates hold names that this
package made and text that :func:`script_json` has escaped, nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement

from tracker.mapping.layer import static, template
from tracker.mapping.payload import script_json
from tracker.mapping.tiles import Tiles
from tracker.resources.assets import Assets

# In this order: of two rules of equal weight the later one counts, so print comes last.
_STYLES = ("page", "leaflet", "panel", "chart", "print")
# Whatever folium and its plugins write is kept out of the global scope.
_INLINED = "(() => {{\n{}\n}})();"
# Without its libraries none of it can run: the page says so instead of breaking at its first line.
_LINKED = f"""if (window.L && window.d3) {_INLINED}
else document.querySelector("[data-tracker=offline]").hidden = false;"""


class TrackerMap(folium.Map):
    """A folium map without tiles and without folium's links to scripts on other hosts."""

    _template = template("map.html")
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own form
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, view: dict[str, Any]) -> None:
        super().__init__(tiles=None)
        self.view = script_json(view)


class TimeBar(MacroElement):
    """The page's heading, the day shown and the slider: added to the page before the map.

    Keys and screen readers reach the elements of a page in the order in which they stand in it.
    """

    _template = template("timebar.html")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TimeBar"


class Panel(MacroElement):
    """The texts beside the map, which the script of the layer fills."""

    _template = template("panel.html")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Panel"
        self.styles = [static(f"{name}.css") for name in _STYLES]


class Page(Figure):
    """The HTML document: asks no other host for anything, and forbids itself to.

    Only the scripts that are in the page when it is rendered may run: the policy names them by
    their hashes. Without inlined assets it also admits the files of the libraries on a CDN, and
    with ``tiles`` the pictures of their host.
    """

    _template = template("page.html")

    def __init__(self, assets: Assets, tiles: Tiles | None = None) -> None:
        super().__init__(ratio="70%")
        self.assets = assets
        self.tiles = tiles
        self.header = Element()
        self.header._parent = self

    def render(self, **kwargs: object) -> str:
        """The whole document as text; the same text however often it is asked for."""
        parts = (self.header, self.html, self.script)
        kept = [part._children.copy() for part in parts]
        try:
            for child in self._children.values():
                child.render(**kwargs)
            form = _INLINED if self.assets.script.text else _LINKED
            script = form.format(self.script.render(**kwargs))
            return str(
                self._template.render(this=self, kwargs=kwargs, script=script, csp=self.csp(script))
            )
        finally:
            # folium's layers add themselves to these parts anew at each rendering.
            for part, children in zip(parts, kept, strict=True):
                part._children = children

    def csp(self, script: str) -> str:
        """The Content-Security-Policy of a page whose own script is ``script``."""
        style = self.assets.style
        libraries = [
            _source(file.text) if file.text else file.url
            for file in (self.assets.script, self.assets.cells)
        ]
        styles = "" if style.text else f" {style.url}"
        pictures = f" {self.tiles.host}" if self.tiles else ""
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src {' '.join([_source(script), *libraries])}",
                f"style-src 'unsafe-inline'{styles}",
                f"img-src data:{pictures}",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


def _source(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
