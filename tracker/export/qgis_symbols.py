"""Symbols of the layers as QGIS writes them: rules, fills, lines, markers and labels as XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tracker.model import Side, War

GREY = "#8a8a8a"
INK = "#2b2b2b"
PAPER = "#ffffff"

# Denominators of scales: from here inwards single places are shown.
NEAR = 600_000
LARGE = 100_000
"""People in a place that is shown at every scale."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the legend: which rows it is for, its words, and the symbol they get."""

    label: str
    test: str
    symbol: Element
    nearer_than: int = 0


def node(tag: str, *children: Element, text: str = "", **attributes: object) -> Element:
    """An element with attributes and children; ``class_`` stands for ``class``."""
    made = Element(tag, {key.rstrip("_"): str(value) for key, value in attributes.items()})
    made.text = text or None
    made.extend(children)
    return made


def xml_text(root: Element) -> str:
    """The element as text, an indented line each."""
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def rgba(color: str, alpha: float = 1.0) -> str:
    """``#rrggbb`` as QGIS writes colours: red, green, blue, opacity, each 0..255."""
    parts = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    return ",".join(str(part) for part in (*parts, round(alpha * 255)))


def rules(kind: str, war: War) -> list[Rule]:
    """What the layer's legend holds, in its order; the first rule that fits decides."""
    return _RULES[kind](war)


def renderer(kind: str, war: War) -> Element:
    """The ``renderer-v2`` of a layer."""
    entries, symbols = [], []
    for number, rule in enumerate(rules(kind, war)):
        key = f"{{{kind}-{number}}}"
        entry = node("rule", key=key, filter=rule.test, label=rule.label, symbol=number)
        entries.append(_nearer(entry, rule.nearer_than))
        rule.symbol.set("name", str(number))
        symbols.append(rule.symbol)
    tree = node("rules", *entries, key=f"{{{kind}}}")
    return node(
        "renderer-v2",
        tree,
        node("symbols", *symbols),
        type="RuleRenderer",
        forceraster=0,
        symbollevels=0,
        enableorderby=0,
    )


def labels(rules_: Sequence[tuple[str, int, float]], field: str) -> Element:
    """Names beside points: for each of (test, nearer than, size in points) a rule."""
    entries = [
        _nearer(node("rule", _label(field, size), key=f"{{label-{number}}}", filter=test), nearer)
        for number, (test, nearer, size) in enumerate(rules_)
    ]
    return node("labeling", node("rules", *entries, key="{labels}"), type="rule-based")


def _nearer(rule: Element, denominator: int) -> Element:
    """The rule for scales nearer than 1 : denominator only; for all when it is 0."""
    if denominator:
        rule.set("scalemaxdenom", str(denominator))
    return rule


def _label(field: str, size: float) -> Element:
    buffer = node(
        "text-buffer", bufferDraw=1, bufferSize=0.8, bufferSizeUnits="MM", bufferColor=rgba(PAPER)
    )
    style = node(
        "text-style",
        buffer,
        fieldName=field,
        isExpression=0,
        fontSize=size,
        fontSizeUnit="Point",
        fontFamily="Noto Sans",
        textColor=rgba(INK),
    )
    return node(
        "settings",
        style,
        node("placement", placement=6, dist=1, distUnits="MM"),
        node("rendering", obstacle=1, drawLabels=1, scaleVisibility=0),
    )


def _symbol(kind: str, *layers: Element) -> Element:
    return node("symbol", *layers, type=kind, alpha=1, clip_to_extent=1, force_rhr=0)


def _layer(class_: str, *inside: Element, **options: object) -> Element:
    values = [node("Option", name=k, type="QString", value=v) for k, v in options.items()]
    return node(
        "layer",
        node("Option", *values, type="Map"),
        *inside,
        class_=class_,
        enabled=1,
        locked=0,
        pass_=0,
    )


def _fill(color: str, alpha: float, edge: float = 0.0) -> Element:
    style: dict[str, object] = {"outline_style": "no"}
    if edge:
        style = {"outline_style": "solid", "outline_color": rgba(color, 0.5), "outline_width": edge}
    return _layer("SimpleFill", color=rgba(color, alpha), style="solid", **style)


def _hatch(color: str, angle: int) -> Element:
    line = _layer("SimpleLine", line_color=rgba(color), line_width=0.35, line_width_unit="MM")
    inside = _symbol("line", line)
    inside.set("name", "@0@1")
    return _layer(
        "LinePatternFill",
        inside,
        angle=angle,
        distance=2,
        distance_unit="MM",
        line_width=0.35,
        color=rgba(color),
    )


def _marker(shape: str, fill: str, edge: str, size: float, width: float = 0.3) -> Element:
    layer = _layer(
        "SimpleMarker",
        name=shape,
        color=fill,
        outline_color=edge,
        outline_style="solid",
        outline_width=width,
        outline_width_unit="MM",
        size=size,
        size_unit="MM",
    )
    return _symbol("marker", layer)


def _of(side: Side, *statuses: str) -> str:
    listed = ", ".join(_quoted(status) for status in statuses)
    return f'"holder" = {_quoted(side.id)} AND "status" IN ({listed})'


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _ground(war: War, edge: float = 0.0) -> list[Rule]:
    """Areas and cells: tone for how it is known, hatched where only the holder says so."""
    out = []
    for side, angle in zip(war.sides, (45, 135), strict=True):
        pale, full = _fill(side.color, 0.16, edge), _fill(side.color, 0.42, edge)
        parts = [
            ("from the baseline", "baseline", [pale]),
            ("confirmed", "confirmed", [full]),
            ("claimed", "claimed", [_fill(side.color, 0.16, edge), _hatch(side.color, angle)]),
            ("disputed", "disputed", [_fill(side.color, 0.16, edge), _hatch(GREY, angle)]),
        ]
        out += [
            Rule(f"{side.name}, {words}", _of(side, status), _symbol("fill", *layers))
            for words, status, layers in parts
        ]
    other = _symbol("fill", _fill(GREY, 0.25, edge), _hatch(GREY, 90))
    return [*out, Rule("Contested or unknown", "ELSE", other)]


def _front(war: War) -> list[Rule]:
    casing = _layer("SimpleLine", line_color=rgba(PAPER, 0.9), line_width=1.4, joinstyle="round")
    line = _layer("SimpleLine", line_color=rgba(INK), line_width=0.6, joinstyle="round")
    return [Rule("Edge between holders, estimated", "", _symbol("line", casing, line))]


def _places(war: War) -> list[Rule]:
    rows = []
    for side in war.sides:
        mine = f'"holder" = {_quoted(side.id)}'
        big = _marker("square", rgba(side.color), rgba(PAPER), 2.0)
        small = _marker("circle", rgba(side.color), rgba(PAPER), 1.6, 0.2)
        rows.append(Rule(f"{side.name}, city", f'{mine} AND "population" >= {LARGE}', big))
        rows.append(Rule(side.name, f'{mine} AND "population" < {LARGE}', small, NEAR))
    grey = _marker("circle", rgba(GREY), rgba(PAPER), 1.8, 0.2)
    return [*rows, Rule("Contested or unknown", "ELSE", grey, NEAR)]


def _changes(war: War) -> list[Rule]:
    rows = []
    for side in war.sides:
        color = rgba(side.color)
        full = _marker("circle", color, rgba(PAPER), 3.2)
        ring = _marker("circle", rgba(PAPER), color, 2.8, 0.7)
        cross = _marker("diamond", rgba(PAPER), color, 3.2, 0.5)
        rows += [
            Rule(f"To {side.name}, confirmed", _of(side, "confirmed"), full),
            Rule(f"To {side.name}, claimed", _of(side, "claimed"), ring),
            Rule(f"To {side.name}, disputed", _of(side, "disputed"), cross),
        ]
    return rows


def _claims(war: War) -> list[Rule]:
    rows = []
    for side in war.sides:
        color = rgba(side.color)
        dot = _marker("circle", rgba(side.color, 0.7), rgba(PAPER), 2.0, 0.2)
        rows += [
            Rule(f"{side.name} holds it, asserted", _of(side, "asserted"), dot),
            Rule(
                f"{side.name} holds it, denied",
                _of(side, "denied"),
                _marker("cross2", color, color, 2.2, 0.5),
            ),
            Rule(
                f"{side.name} holds it, in part or not yet",
                _of(side, "partial", "ongoing"),
                _marker("triangle", rgba(PAPER), color, 2.2, 0.4),
            ),
        ]
    return rows


def _cells(war: War) -> list[Rule]:
    return _ground(war, edge=0.1)


_RULES = {
    "claims": _claims,
    "changes": _changes,
    "holders": _places,
    "areas": _ground,
    "front": _front,
    "cells": _cells,
}
