"""Fields, wherever they come from, as a Report."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from tracker.errors import ReportError, shown
from tracker.model import Report, safe_url
from tracker.model.days import parse_day
from tracker.reports.text import KNOWN, Row, clean, composed

_DAY_FIRST = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
# ISO 639 codes, a country's code where people write it for the language, and the plain words.
_LANGUAGES = {
    "ukr": "uk",
    "ua": "uk",
    "ukrainian": "uk",
    "українська": "uk",
    "rus": "ru",
    "russian": "ru",
    "русский": "ru",
    "eng": "en",
    "english": "en",
    "und": "",
}
_ISO_REMEDY = "write a day that exists as YYYY-MM-DD"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a report itself says nothing.

    ``stem`` is its file's name without ending; ``own_file`` whether the file holds no other.
    """

    stem: str
    own_file: bool
    published: date | None = None


def to_report(row: Row, defaults: Defaults) -> Report:
    """The report of a row. Raises :class:`ReportError`, one line for each fault of the row.

    Text and title come out composed (NFC); an address that is no http(s) link comes out as ''.
    """
    cells = _Cells(row)
    text = composed(cells.string("text"))
    if not text.strip():
        cells.refuse("text", "no text", "fill it in or leave the report out")
    report = Report(
        id=_identity(cells, defaults),
        published=_published(cells, defaults),
        text=text,
        title=composed(cells.string("title")).strip(),
        url=safe_url(cells.string("url")),
        source=cells.string("source").strip(),
        lang=_language(cells.string("lang")),
        extra={k: v for k, v in row.fields.items() if k not in KNOWN and k != "text"},
    )
    if cells.faults:
        raise ReportError("\n".join(cells.faults.values()))
    return report


def dropped_url(row: Row) -> bool:
    """Whether the row gives an address that a report does not keep."""
    url = row.fields.get("url")
    return isinstance(url, str) and bool(url.strip()) and not safe_url(url)


@dataclass(slots=True)
class _Cells:
    """The fields of a row, read one by one; the first fault of each is kept."""

    row: Row
    faults: dict[str, str] = field(default_factory=dict)

    def refuse(self, key: str, problem: str, remedy: str) -> None:
        self.faults.setdefault(key, self.row.fault(problem, remedy, key))

    def string(self, key: str) -> str:
        value = self.row.fields.get(key)
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self.refuse(key, f"{key!r} is no text: {shown(value)}", "put it in quotes")
        return ""

    def day(self, written: str, what: str, remedy: str) -> date:
        try:
            return parse_day(written)
        except ValueError as error:
            self.refuse("published", f"impossible {what} ({error})", remedy)
            return date.min


def _identity(cells: _Cells, defaults: Defaults) -> str:
    given = cells.string("id").strip()
    if given or defaults.own_file:
        return given or clean(defaults.stem)
    cells.refuse("id", "no 'id'", "give each report its own id")
    return ""


def _published(cells: _Cells, defaults: Defaults) -> date:
    given = cells.string("published").strip()
    if given:
        return cells.day(given, f"'published' {shown(given)}", _ISO_REMEDY)
    in_name = _DAY_FIRST.match(defaults.stem)
    if in_name:
        what = f"date {shown(in_name[0])} at the start of the file name"
        return cells.day(in_name[0], what, "rename the file")
    if defaults.published is not None:
        return defaults.published
    cells.refuse("published", "no publication date", _date_remedy(defaults.own_file))
    return date.min


def _date_remedy(own_file: bool) -> str:
    if own_file:
        return (
            "put 'published: YYYY-MM-DD' between two --- lines at the top, start the file name "
            "with YYYY-MM-DD, or give --published YYYY-MM-DD"
        )
    return "fill in 'published' (YYYY-MM-DD), or give --published YYYY-MM-DD"


def _language(written: str) -> str:
    """``uk`` of ``uk``, ``UK``, ``uk-UA``, ``ukr``, ...; another language's code as it is."""
    code = re.split(r"[-_.\s]", written.strip().lower())[0]
    return _LANGUAGES.get(code, code)
