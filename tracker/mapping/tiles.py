"""An online map as one more layer: nothing is asked of its host until a reader ticks it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tracker.errors import UsageError, shown


@dataclass(frozen=True)
class Tiles:
    """Web Mercator tiles: ``url`` holds ``{z}``, ``{x}`` and ``{y}``, ``credit`` names their maker.

    ``{s}`` in ``url`` stands for a, b or c.
    Raises :class:`tracker.errors.UsageError` for what is no such address, or no credit.
    """

    url: str
    credit: str

    def __post_init__(self) -> None:
        missing = [gap for gap in ("{z}", "{x}", "{y}") if gap not in self.url]
        if missing or not _HOST.fullmatch(self.host):
            raise UsageError(
                f"tiles {shown(self.url)}: write 'osm', or an address such as "
                "https://tiles.example.org/{z}/{x}/{y}.png"
            )
        if not self.credit.strip():
            raise UsageError(f"tiles {shown(self.url)}: say who made them with --tiles-credit")

    @property
    def host(self) -> str:
        """What the page's policy must let through: scheme, host and port; '' for no address."""
        try:
            parts = urlsplit(self.url.replace("{s}", "*"))
        except ValueError:
            return ""
        return f"{parts.scheme}://{parts.netloc}"


_HOST = re.compile(r"https?://(?:\*\.)?[A-Za-z0-9.-]+(?::\d+)?")

OSM = Tiles("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "© OpenStreetMap contributors")


def tiles_of(url: str, credit: str = "") -> Tiles | None:
    """The tiles that were asked for; ``osm`` is short for :data:`OSM`, '' for none."""
    if not url:
        return None
    return OSM if url.lower() == "osm" else Tiles(url, credit)
