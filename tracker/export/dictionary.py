"""The data dictionary: which layers there are, and what each field of them means."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tracker.resources import read_text

Kind = Literal["text", "day", "number", "integer", "yes/no"]

MARK = "Written by `tracker export`."
"""Stands in what is written beside the data, which is so known as no report."""

CREDIT = (
    "Coordinates are WGS 84 degrees (EPSG:4326), longitude first. A day is a whole day of the "
    "calendar, in no time zone; where a format knows only points in time it is midnight UTC. "
    "Places: GeoNames, CC BY 4.0."
)


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, what kind of value it holds, and what the value means."""

    name: str
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class LayerKind:
    """One layer: its fields in order, the kind of its geometry, and its fields of time.

    A row holds from the day in ``start`` to the day in ``end``: that day still counts where
    ``end_included``, and is the first that does not where not.
    """

    name: str
    title: str
    about: str
    shape: Literal["Point", "MultiLineString", "MultiPolygon"]
    start: str
    end: str
    end_included: bool
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns before the geometry, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def days(self) -> tuple[str, ...]:
        """The columns that hold days."""
        return tuple(field.name for field in self.fields if field.kind == "day")


@cache
def layer_kinds() -> dict[str, LayerKind]:
    """All layers by name, in the order of writing; from ``tracker/export/fields.toml``."""
    table = tomllib.loads(read_text("export", "fields.toml"))
    return {
        name: LayerKind(
            name=name,
            title=entry["title"],
            about=entry["about"],
            shape=entry["shape"],
            start=entry["from"],
            end=entry["to"],
            end_included=entry["ends"] == "included",
            fields=tuple(Field(*field) for field in entry["fields"]),
        )
        for name, entry in table.items()
    }


def fields_markdown() -> str:
    """The dictionary as Markdown, the text of ``FIELDS.md``: the same for every export."""
    lines = ["# Fields", "", f"{MARK} {CREDIT}"]
    for kind in layer_kinds().values():
        lines += ["", f"## {kind.name}", "", f"{kind.about} Geometry: {kind.shape}.", ""]
        lines += _table(("field", "kind", "meaning"), kind.fields)
    return "\n".join(lines) + "\n"


def fields_text(kind: LayerKind) -> str:
    """The dictionary of one layer in plain lines, for formats with room for a description."""
    lines = [f"{kind.title}. {kind.about}", CREDIT]
    return "\n".join(lines + [f"{f.name} ({f.kind}): {f.meaning}" for f in kind.fields])


def _table(head: tuple[str, ...], fields: Iterable[Field]) -> list[str]:
    rows = [f"| `{f.name}` | {f.kind} | {f.meaning} |" for f in fields]
    return [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *rows]
