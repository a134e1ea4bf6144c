"""Fields, wherever they come from, as a Report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker.errors import ReportError, shown
from tracker.model import Report, safe_url
from tracker.model.days import parse_day
from tracker.reports.text import KNOWN, Row, clean

_DAY_FIRST = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
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
    """The report of a row. Raises :class:`ReportError` naming the file, the line and the remedy.

    An address that is no http(s) link comes out as ''.
    """
    text = _string(row, "text")
    if not text.strip():
        raise ReportError(row.fault("no text", "fill it in or leave the report out", "text"))
    return Report(
        id=_identity(row, defaults),
        published=_published(row, defaults),
        text=text,
        title=_string(row, "title").strip(),
        url=safe_url(_string(row, "url")),
        source=_string(row, "source").strip(),
        lang=_language(_string(row, "lang")),
        extra={k: v for k, v in row.fields.items() if k not in KNOWN and k != "text"},
    )


def dropped_url(row: Row) -> bool:
    """Whether the row gives an address that a report does not keep."""
    url = row.fields.get("url")
    return isinstance(url, str) and bool(url.strip()) and not safe_url(url)


def _string(row: Row, key: str) -> str:
    value = row.fields.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ReportError(row.fault(f"{key!r} is no text: {shown(value)}", "put it in quotes", key))


def _identity(row: Row, defaults: Defaults) -> str:
    given = _string(row, "id").strip()
    if given:
        return given
    if defaults.own_file:
        return clean(defaults.stem)
    raise ReportError(row.fault("no 'id'", "give each report its own id"))


def _published(row: Row, defaults: Defaults) -> date:
    given = _string(row, "published").strip()
    if given:
        try:
            return parse_day(given)
        except ValueError as error:
            problem = f"impossible 'published' {shown(given)} ({error})"
            raise ReportError(row.fault(problem, _ISO_REMEDY, "published")) from error
    in_name = _DAY_FIRST.match(defaults.stem)
    if in_name:
        try:
            return parse_day(in_name[0])
        except ValueError as error:
            problem = f"impossible date {shown(in_name[0])} at the start of the file name ({error})"
            raise ReportError(row.fault(problem, "rename the file")) from error
    if defaults.published is not None:
        return defaults.published
    raise ReportError(row.fault("no publication date", _date_remedy(defaults.own_file)))


def _date_remedy(own_file: bool) -> str:
    if own_file:
        return (
            "put 'published: YYYY-MM-DD' between two --- lines at the top, start the file name "
            "with YYYY-MM-DD, or give --published YYYY-MM-DD"
        )
    return "fill in 'published' (YYYY-MM-DD), or give --published YYYY-MM-DD"


def _language(written: str) -> str:
    """``uk`` of ``uk``, ``UK`` or ``uk-UA``."""
    return re.split(r"[-_]", written.strip().lower())[0]
