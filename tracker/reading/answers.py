"""What a language model answers about a report: the question, and the check of every answer.

A model's word is taken only as far as the report bears it out: each claim must quote the text and
name a place that stands in the quote. What fails the check is refused and said, never repaired.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.errors import shown
from tracker.model import CHANGES, LEVELS, STATUSES, Report, War
from tracker.model.days import parse_day
from tracker.resources import read_text

_TEXTS = ("as_written", "quote")
_DAYS = ("date_from", "date_to")
_DEFAULTS = {
    "level": "settlement",
    "claimed_by": "other",
    "status": "asserted",
    "background": False,
}
"""What the claims format lets be left out; servers without structured output do so."""
_CHOSEN = ("level", "change", "by", "claimed_by", "status")


@dataclass(frozen=True, slots=True)
class Answer:
    """One claim of a model that has passed the check; its quote stands at ``start`` in the text."""

    as_written: str
    quote: str
    start: int
    level: str
    change: str
    by: str
    claimed_by: str
    status: str
    background: bool
    date_from: date
    date_to: date


def answer_schema(war: War) -> dict[str, Any]:
    """The JSON Schema of an answer: ``{"claims": [...]}``, every field needed and no other."""
    fields: dict[str, Any] = {name: {"type": "string"} for name in _TEXTS}
    for name, values in _choices(war).items():
        fields[name] = {"type": "string", "enum": list(values)}
    fields["background"] = {"type": "boolean"}
    fields |= {name: {"type": "string"} for name in _DAYS}
    claim = {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": claim}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def question(report: Report, text: str, war: War) -> list[dict[str, str]]:
    """The messages that ask for the claims of a report, ``text`` being its title and text."""
    sides = ", ".join(f'"{side.id}" ({side.name})' for side in war.sides)
    task = read_text("reading", "prompts", "claims.txt").replace("{sides}", sides)
    shape = json.dumps(answer_schema(war), ensure_ascii=False)
    source = f"Source: {report.source}\n" if report.source else ""
    told = f"Published: {report.published.isoformat()}\n{source}Report:\n{text}"
    return [
        {
            "role": "system",
            "content": f"{task}\nAnswer with one JSON object of this schema:\n{shape}",
        },
        {"role": "user", "content": told},
    ]


def checked(answer: str, report: Report, text: str, war: War) -> tuple[list[Answer], list[str]]:
    """The claims of an answer that hold, and what is wrong with each of the others.

    Raises :class:`ValueError` for an answer that is no JSON of the asked shape at all.
    """
    rows = _rows(answer)
    taken: list[Answer] = []
    faults: list[str] = []
    for number, given in enumerate(rows, start=1):
        row = _completed(given)
        wrong = _faults(row, report, text, war) if row else [f"no object: {shown(given)}"]
        if wrong:
            faults.append(f"claim {number} of {len(rows)}: {'; '.join(wrong)}")
        else:
            taken.append(_answer(row, text))
    return taken, faults


def is_answer(answer: str) -> bool:
    """Whether an answer has the asked shape, whatever its claims are worth."""
    try:
        _rows(answer)
    except ValueError:
        return False
    return True


def _choices(war: War) -> dict[str, tuple[str, ...]]:
    sides = tuple(side.id for side in war.sides)
    return {
        "level": LEVELS,
        "change": CHANGES,
        "by": sides,
        "claimed_by": (*sides, "other", "both"),
        "status": STATUSES,
    }


def _rows(answer: str) -> list[Any]:
    """The list of claims; models like to put a fence of backquotes around their JSON."""
    first = min((i for i in map(answer.find, "{[") if i >= 0), default=0)
    try:
        value = json.JSONDecoder().raw_decode(answer, first)[0]
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON: {shown(answer)}") from error
    rows = value.get("claims") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise ValueError(f"no list 'claims' in {shown(answer)}")
    return rows


def _completed(row: object) -> dict[str, Any]:
    """The row with what may be left out; the claims format calls the name ``place`` as well."""
    if not isinstance(row, Mapping):
        return {}
    told = {key: value for key, value in row.items() if value is not None}
    return _DEFAULTS | {"as_written": told.get("place")} | told


def _faults(row: Mapping[str, Any], report: Report, text: str, war: War) -> list[str]:
    faults = [
        f"{name!r} is {shown(row.get(name))}, not one of {', '.join(allowed)}"
        for name, allowed in _choices(war).items()
        if row.get(name) not in allowed
    ]
    if not isinstance(row.get("background"), bool):
        faults.append(f"'background' is {shown(row.get('background'))}, not true or false")
    return faults + _holder_faults(row, war) + _text_faults(row, text) + _day_faults(row, report)


def _holder_faults(row: Mapping[str, Any], war: War) -> list[str]:
    """A model that also says who holds the place must not contradict itself."""
    by, change = str(row.get("by")), row.get("change")
    follows = by if change == "capture" else war.other(by)
    if not follows or row.get("holder") in (None, follows):
        return []
    return [f"'holder' is {shown(row['holder'])}, but a {change} by {by} leaves {follows}"]


def _text_faults(row: Mapping[str, Any], text: str) -> list[str]:
    as_written, quote = row.get("as_written"), row.get("quote")
    if not (isinstance(quote, str) and quote.strip() and quote in text):
        return [f"'quote' {shown(quote)} is not in the report"]
    if not (isinstance(as_written, str) and as_written.strip() and as_written in quote):
        return [f"'as_written' {shown(as_written)} is not in the quote"]
    return []


def _day_faults(row: Mapping[str, Any], report: Report) -> list[str]:
    days, faults = [], []
    for name in _DAYS:
        try:
            days.append(parse_day(str(row.get(name) or "")))
        except ValueError:
            faults.append(f"{name!r} is {shown(row.get(name))}, not YYYY-MM-DD")
    if faults:
        return faults
    if days[0] > days[1]:
        return [f"date_from {days[0]} is after date_to {days[1]}"]
    if days[0] > report.published and row.get("status") == "asserted":
        return [f"date_from {days[0]} is after the publication, {report.published}"]
    return []


def _answer(row: Mapping[str, Any], text: str) -> Answer:
    values = {name: row[name] for name in (*_TEXTS, *_CHOSEN, "background")}
    return Answer(
        **values,
        start=text.index(row["quote"]),
        date_from=parse_day(row["date_from"]),
        date_to=parse_day(row["date_to"]),
    )
