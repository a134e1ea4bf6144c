"""Make the gallery: four map pages, a picture of each, and ``index.html``.

Run by ``make gallery``. Pages are made by the command line as a user would make them, each as it
was known on the last day of its chapter; pictures are drawn from the GeoJSON beside the page and
from the areas that ``tracker export`` gives for that day. The same reports give the same bytes.
``gallery/chapters.toml`` says what is shown.
"""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import shapely
from gallery_picture import DARK, Mark, picture

from tracker import World
from tracker.cli.app import run

HERE = Path(__file__).resolve().parent
REPORTS = HERE.parent / "reports"
OWN = HERE / "gallery"
WHOLE = "frontline"
"""The chapter of all reports, whose page is the one that ``make map`` makes."""

HOLDERS = {"UA": "Ukraine", "RU": "Russia"}
VOICES = {"UA": "the Ukrainian side", "RU": "the Russian side", "both": "both sides"}
STANDING = {
    "confirmed": "confirmed by the losing side or by others",
    "claimed": "claimed by one side",
    "disputed": "disputed",
}


@dataclass(frozen=True)
class Chapter:
    """One map of the gallery; days are ISO, ``box`` is west, south, east, north in degrees."""

    slug: str
    title: str
    until: date
    box: Sequence[float]
    text: str
    since: date | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    def command(self, folder: Path) -> list[str]:
        """The command line that makes its page."""
        page = str(folder / f"{self.slug}.html")
        line = ["map", str(REPORTS), "--areas", "-o", page, "--overwrite"]
        return line if self.slug == WHOLE else [*line, *self.known, "--title", self.title]

    @property
    def known(self) -> list[str]:
        """The option that leaves out what was published later."""
        return ["--as-known-on", self.until.isoformat()]

    def land(self, file: Path) -> list[str]:
        """The command line that writes who held which land on its last day."""
        day = ["--on", self.until.isoformat(), *self.known]
        return ["export", str(REPORTS), "--areas", "--layers", "areas", *day, "-o", str(file)]

    def holds(self, change: Mapping[str, Any]) -> bool:
        """Whether a change falls into the days and the box of this chapter."""
        west, south, east, north = self.box
        within = west <= change["lon"] <= east and south <= change["lat"] <= north
        since = self.since.isoformat() if self.since else ""
        return within and since <= change["date"] <= self.until.isoformat()


def chapters() -> list[Chapter]:
    """What ``gallery/chapters.toml`` says."""
    table = tomllib.loads((OWN / "chapters.toml").read_text("utf-8"))["chapters"]
    return [Chapter(**row) for row in table]


def changes_of(file: Path) -> list[dict[str, Any]]:
    """The changes of a map, in their order: the properties with ``lon`` and ``lat``.

    Of an area that was told of as a whole they are those of the middle of its places.
    """
    features = json.loads(file.read_text("utf-8"))["features"]
    out = []
    for feature in features:
        middle = shapely.geometry.shape(feature["geometry"]).centroid
        out.append({**feature["properties"], "lon": middle.x, "lat": middle.y})
    return out


def held_by(side: str, chapter: Chapter) -> dict[str, Any]:
    """The land of a side on the last day of a chapter, as a GeoJSON geometry.

    Raises :class:`SystemExit` with the command's exit code if it cannot be worked out.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "areas.geojson"
        if code := run(chapter.land(file)):
            raise SystemExit(code)
        features = json.loads(file.read_text("utf-8"))["features"]
    shapes = [f["geometry"] for f in features if f["properties"]["holder"] == side]
    whole = shapely.union_all([shapely.geometry.shape(shape) for shape in shapes])
    return dict(shapely.geometry.mapping(whole))


def marks(changes: Iterable[Mapping[str, Any]], chapter: Chapter) -> list[Mark]:
    """The place of each change with its last holder; disputed where nothing settled it since.

    An area that was told of as a whole has no mark: its land has the colour.
    """
    out: dict[str, Mark] = {}
    for change in changes:
        disputed = change["status"] == "disputed"
        if change["date"] > chapter.until.isoformat() or change["holder"] not in HOLDERS:
            continue
        if change["level"] == "area":
            continue
        fresh = chapter.since is not None and chapter.holds(change)
        out[change["place_id"]] = Mark(
            change["place"], change["lon"], change["lat"], change["holder"], fresh, disputed
        )
    return list(out.values())


def table(changes: Sequence[Mapping[str, Any]]) -> str:
    """The changes of a chapter as rows of a table."""
    names = ("Day", "Place", "Held then by", "Who says so")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "\n".join(row(change) for change in changes)
    return (
        f'<div class="rows" tabindex="0" role="region" aria-label="Changes of this map">'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def row(change: Mapping[str, Any]) -> str:
    """One change: its day, its place, who held it after, and on whose word."""
    said = dict.fromkeys(voice(claim) for claim in change["claims"])
    what = f"{HOLDERS[change['holder']]} · {STANDING[change['status']]}"
    places = f" ({len(change['place_ids'])} places)" if change["level"] == "area" else ""
    cells = [change["date"], escape(change["place"]) + places, what, "; ".join(said)]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def voice(claim: Mapping[str, Any]) -> str:
    """Which side says or denies it, and the report that tells so, with its article.

    The report's source need not be of that side: a report of one side's word tells the denial too.
    """
    told = escape(f"{claim['source']}, {claim['published']}")
    if claim["url"].startswith("https://"):
        told = f'<a href="{escape(claim["url"])}">{told}</a>'
    verb = "denied" if claim["status"] == "denied" else "said"
    return f"{verb} by {VOICES.get(claim['claimed_by'], 'others')} (report: {told})"


def article(chapter: Chapter, changes: Sequence[Mapping[str, Any]]) -> str:
    """The part of the index about one chapter."""
    inside = [change for change in changes if chapter.holds(change)]
    places = len({change["place_id"] for change in inside})
    counted = f"{len(inside)} changes of {places} places and areas"
    alt = f"Map: {chapter.title}. {counted}; they are listed in the table that follows."
    if chapter.since is None:
        alt = f"Map: {chapter.title}. {counted}."
    words = chapter.command(Path("maps"))
    words = [
        "reports/" if word == str(REPORTS) else word for word in words if word != "--overwrite"
    ]
    command = shlex.join(["tracker", *words])
    lines = [
        f'<article aria-labelledby="{chapter.slug}">',
        f'<figure><a href="{chapter.slug}.html#date={chapter.until}">'
        f'<img src="gallery/{chapter.slug}.svg" alt="{escape(alt)}" loading="lazy"></a>',
        f"<figcaption>As known on {chapter.until.day} {chapter.until:%B %Y}.</figcaption></figure>",
        f'<div><h2 id="{chapter.slug}">{escape(chapter.title)}</h2>',
        f"<p>{escape(' '.join(chapter.text.split()))}</p>",
        f'<p class="soft">{counted}. <a href="{chapter.slug}.html#date={chapter.until}">Open the '
        f"map</a>, move through the days, read each claim.</p>",
        f'<p class="soft"><code>{escape(command)}</code></p></div>',
    ]
    if chapter.since is not None:
        lines.append(f"<details><summary>{counted}, and who said so</summary>")
        lines.append(f"{table(inside)}</details>")
    return "\n".join([*lines, "</article>"])


def sample(kind: str) -> str:
    """A mark as the key of the index shows it."""
    inner = {
        "ua": '<circle cx="8" cy="8" r="5" fill="var(--ua)"/>',
        "ru": '<rect x="3.5" y="3.5" width="9" height="9" fill="var(--ru)"/>',
        "new": '<circle cx="8" cy="8" r="6" fill="var(--ua)" stroke="var(--ink)" '
        'stroke-width="1.6"/>',
        "open": '<rect x="3.5" y="3.5" width="9" height="9" fill="none" stroke="var(--ru)" '
        'stroke-width="2"/>',
        "land": '<rect width="16" height="16" fill="var(--ru)" opacity=".3"/>',
    }[kind]
    return f'<svg viewBox="0 0 16 16" aria-hidden="true">{inner}</svg>'


def make(folder: Path) -> list[Path]:
    """Make the gallery in ``folder``: pages, pictures and ``index.html``; the files, in order.

    Raises :class:`SystemExit` with the command's exit code if a page cannot be made.
    """
    world = World()
    colors = {side.id: side.color for side in world.war.sides}
    (folder / "gallery").mkdir(parents=True, exist_ok=True)
    parts, made = [], []
    for chapter in chapters():
        if code := run(chapter.command(folder)):
            raise SystemExit(code)
        changes = changes_of(folder / f"{chapter.slug}.geojson")
        drawn = picture(
            marks(changes, chapter),
            chapter.box,
            outline=world.outline["geometry"],
            held=held_by("RU", chapter),
            labels=chapter.labels,
            colors=colors,
            title=chapter.title,
            size=4 if chapter.since is None else 6,
        )
        parts.append(article(chapter, changes))
        made.append(write(folder / "gallery" / f"{chapter.slug}.svg", drawn))
    keys = {f"mark_{kind}": sample(kind) for kind in ("ua", "ru", "new", "open", "land")}
    page = Template((OWN / "index.template").read_text("utf-8")).substitute(
        chapters="\n".join(parts),
        reports=len(list(REPORTS.glob("*/*.md"))),
        ua=colors["UA"],
        ru=colors["RU"],
        ua_dark=DARK["UA"],
        ru_dark=DARK["RU"],
        **keys,
    )
    return [*made, write(folder / "index.html", page)]


def write(file: Path, text: str) -> Path:
    """Write ``text`` with the same bytes on every system."""
    file.write_bytes(text.encode("utf-8"))
    return file


if __name__ == "__main__":
    for path in make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(f"wrote {path.name}")
