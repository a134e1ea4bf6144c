"""A web page: the article's text, title, date and address, without menus and footers."""

from __future__ import annotations

import codecs
import json
import logging
import re
from typing import Any

from tracker.errors import ReportError, at, shown
from tracker.reports.text import Row, decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_OLDER = re.compile("windows-|cp[0-9]|koi8|iso-8859|big5|gb|euc-|shift_jis")
_LANG = re.compile(r"<html[^>]{0,500}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_HEAD_BYTES = 8192

# A page's own date, in the order of trust. What is found here is taken strictly: a guess from
# the wreck of an impossible date would put the event on a wrong day.
_DATE_FIELDS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='DC.date.issued' or @name='pubdate']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
)
_DATE_LOOK = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}


def read_page(data: bytes, name: str) -> Row:
    """The fields of an HTML page: text, title, published, url, source and lang as far as known.

    Raises :class:`ReportError` when there is no article in it.
    """
    html = decode(data, name, charset=_charset(data))
    try:
        found = _extracted(html)
    except (ValueError, RecursionError, MemoryError) as error:
        problem = f"cannot be taken apart as a page: {shown(error)}"
        raise ReportError(at(name, None, problem, "save its text as .txt")) from error
    text = found.get("text") or ""
    if not text.strip():
        raise ReportError(at(name, None, "no article text in this page", "save its text as .txt"))
    fields: dict[str, object] = {"text": text}
    fields |= {key: value for key, value in _metadata(html, found).items() if value}
    return Row(name, None, fields)


def _charset(data: bytes) -> str:
    """UTF-8 unless the bytes are not and the page declares an older encoding of text."""
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:_HEAD_BYTES])
    name = declared[1].decode("ascii").lower() if declared else ""
    try:
        # Python also knows encodings that are not of text, and some that run away with it.
        return codecs.lookup(name).name if _OLDER.match(name) else "utf-8"
    except LookupError:
        return "utf-8"


def _extracted(html: str) -> dict[str, Any]:
    import trafilatura

    # It logs each page that holds little; what matters of that is said by the caller.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    if "<html" not in html[:_HEAD_BYTES].lower():
        html = f"<html><body>{html}</body></html>"
    found = trafilatura.extract(
        html,
        output_format="json",
        with_metadata=True,
        include_comments=False,
        date_extraction_params=_DATE_LOOK,
    )
    return json.loads(found) if found else {}


def _metadata(html: str, found: dict[str, Any]) -> dict[str, object]:
    lang = _LANG.search(html[:_HEAD_BYTES])
    return {
        "title": found.get("title"),
        "published": _own_date(html) or found.get("date"),
        "url": found.get("source"),
        "source": found.get("source-hostname") or found.get("hostname"),
        "lang": lang[1] if lang else found.get("language"),
    }


def _own_date(html: str) -> str:
    import trafilatura

    tree = trafilatura.load_html(html)
    if tree is None:
        return ""
    for path in _DATE_FIELDS:
        for value in tree.xpath(path):
            if re.match(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return str(value).strip()
    return ""
