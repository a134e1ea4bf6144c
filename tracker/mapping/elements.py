"""The parts of a page as folium elements; their HTML, CSS and JavaScript are files.

Each element reads its templates through :mod:`tracker.resources`. Templates hold names that this
package made and text that :func:`script_json` has escaped, nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from jinja2 import Template

from tracker.mapping.payload import script_json
from tracker.resources import read_text
from tracker.resources.assets import Assets

# In this order: each file uses only what stands above it.
_SCRIPTS = (
    "days",
    "element",
    "history",
    "outline",
    "labels",
    "popup",
    "markers",
    "layers",
    "panel",
    "address",
    "print",
    "start",
)
# In this order too: of two rules of equal weight the later one counts, so print comes last.
_STYLES = ("page", "panel", "bar", "map", "labels", "print")
# Whatever folium and its plugins write is kept out of the global scope.
_INLINED = "(() => {{\n{}\n}})();"
# Without Leaflet none of it can run: the page says so instead of breaking at its first line.
_LINKED = f"""if (window.L) {_INLINED}
else document.querySelector("[data-tracker=offline]").hidden = false;"""


def _template(name: str) -> Template:
    text = read_text("mapping", "templates", name)
    template: Template = Template(text, trim_blocks=True, lstrip_blocks=True)
    return template


def _static(name: str) -> str:
    return read_text("mapping", "static", name)


class TrackerMap(folium.Map):
    """A folium map without tiles and without folium's links to scripts on other hosts."""

    _template = _template("map.html")
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own form
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, view: dict[str, Any]) -> None:
        super().__init__(tiles=None)
        self.view = script_json(view)


class TimeBar(MacroElement):
    """The page's heading, the day shown and the slider: added to the page before the map.

    Keys and screen readers reach the elements of a page in the order in which they stand in it.
    """

    _template = _template("timebar.html")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TimeBar"


class TimeSlider(MacroElement):
    """The texts beside the map, and the script that fills feature groups with a day's markers.

    ``data`` comes from :func:`tracker.mapping.payload.page_data`; its groups are ``layers``.
    """

    _template = _template("timeslider.html")

    def __init__(self, data: dict[str, Any], layers: Sequence[folium.FeatureGroup]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TimeSlider"
        self.data = script_json(data)
        self.layers = layers
        self.styles = [_static(f"{name}.css") for name in _STYLES]
        self.scripts = [_static(f"{name}.js") for name in _SCRIPTS]


class Page(Figure):
    """The HTML document: asks no other host for anything, and forbids itself to.

    Only the scripts that are in the page when it is rendered may run: the policy names them by
    their hashes. Without inlined assets it also admits the two files of Leaflet on a CDN.
    """

    _template = _template("page.html")

    def __init__(self, assets: Assets) -> None:
        super().__init__(ratio="70%")
        self.assets = assets
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
        script_file, style_file = self.assets.script, self.assets.style
        library = _source(script_file.text) if script_file.text else script_file.url
        styles = "" if style_file.text else f" {style_file.url}"
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src {_source(script)} {library}",
                f"style-src 'unsafe-inline'{styles}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


def _source(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
