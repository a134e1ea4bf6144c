"""The tables of a ledger, the same in a GeoPackage and in PostGIS."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.model.frames import COLUMNS, DAYS

FORMAT = 1
"""The version of these tables; a ledger of a later one is not opened."""

TABLES = ("ledger", "reports", "claims", "told_in", "verdicts")

REPORT_COLUMNS = (
    "content", "report_id", "published", "title", "url", "source", "lang", "kind", "reader",
)  # fmt: skip
"""``content`` is the hash of the report, ``kind`` ``text`` or ``claims``, ``reader`` the version
of the program that read it."""

VERDICT_COLUMNS = ("verdict", "place_id", "date_from", "date_to", "note")
ABOUT_COLUMNS = (
    "report_id", "published", "as_written", "quote", "change", "by", "status",
)  # fmt: skip
"""What of its claim a verdict remembers, to find the claim again when its id has changed."""

CLAIM_VERDICT = {
    "verdict": "verdict",
    "place_id": "verdict_place_id",
    "date_from": "verdict_date_from",
    "date_to": "verdict_date_to",
    "note": "verdict_note",
}
"""Columns of ``verdicts`` and the columns of ``claims`` in which the same can be read and edited:
on a map a verdict is given where the claim is."""

JUDGED = " OR ".join(f"{name} IS NOT NULL" for name in CLAIM_VERDICT.values())
"""Whether a row of ``claims`` shows a verdict; an index knows which do."""

_KINDS = dict.fromkeys(DAYS, "{moment}") | {"background": "{flag}", "confidence": "{number}"}


def quoted(*names: str) -> str:
    """Column names for SQL, which has words of its own such as BY."""
    return ", ".join(f'"{name}"' for name in names)


def _claims() -> str:
    fields = ", ".join(f'"{name}" {_KINDS.get(name, "{text}")} NOT NULL' for name in COLUMNS)
    given = ", ".join(
        f"{name} " + ("{day}" if key.startswith("date") else "{text}")
        for key, name in CLAIM_VERDICT.items()
    )
    return (
        "CREATE TABLE claims (fid {key}, geom {point}, claim_id {text} NOT NULL UNIQUE, "
        f"{fields}, {given})"
    )


_STATEMENTS = (
    "CREATE TABLE ledger (name {text} PRIMARY KEY, value {text} NOT NULL)",
    "CREATE TABLE reports (fid {key}, content {text} NOT NULL UNIQUE, report_id {text} NOT NULL, "
    "published {moment} NOT NULL, title {text} NOT NULL, url {text} NOT NULL, "
    "source {text} NOT NULL, lang {text} NOT NULL, kind {text} NOT NULL, reader {text} NOT NULL)",
    _claims(),
    "CREATE INDEX claims_report ON claims (report_id)",
    f"CREATE INDEX claims_judged ON claims (claim_id) WHERE {JUDGED}",
    # Two versions of a report can tell the same claim; nth is its place in the report.
    "CREATE TABLE told_in (content {text} NOT NULL, claim_id {text} NOT NULL, "
    "nth {integer} NOT NULL, PRIMARY KEY (content, claim_id))",
    "CREATE INDEX told_in_claim ON told_in (claim_id)",
    "CREATE TABLE verdicts (fid {key}, claim_id {text} NOT NULL UNIQUE, verdict {text}, "
    "place_id {text}, date_from {day}, date_to {day}, note {text}, report_id {text}, "
    'published {moment}, as_written {text}, quote {text}, "change" {text}, "by" {text}, '
    "status {text})",
)


def statements(types: Mapping[str, str]) -> list[str]:
    """What makes the tables, with the types of one database.

    ``types`` has text, integer, number, flag, key (a row number given by the database), point
    (EPSG:4326), day, and moment: a day in the type that the database's maps animate by.
    """
    return [statement.format_map(types) for statement in _STATEMENTS]


def edit_condition() -> str:
    """Whether the verdict in a row of ``claims``, ``NEW``, is another than in ``verdicts``."""
    same = " AND ".join(
        f"coalesce(CAST(v.{key} AS TEXT), '') = coalesce(CAST(NEW.{name} AS TEXT), '')"
        for key, name in CLAIM_VERDICT.items()
    )
    return f"NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.claim_id = NEW.claim_id AND {same})"


def edit_steps() -> tuple[str, str]:
    """What takes a verdict that was edited in a row of ``claims``, ``NEW``, to ``verdicts``."""
    filled = " OR ".join(
        f"coalesce(CAST(NEW.{name} AS TEXT), '') <> ''" for name in CLAIM_VERDICT.values()
    )
    given = ", ".join(f"NEW.{name}" for name in CLAIM_VERDICT.values())
    about = ", ".join(f'NEW."{name}"' for name in ABOUT_COLUMNS)
    columns = quoted("claim_id", *CLAIM_VERDICT, *ABOUT_COLUMNS)
    return (
        "DELETE FROM verdicts WHERE claim_id = NEW.claim_id",
        f"INSERT INTO verdicts ({columns}) SELECT NEW.claim_id, {given}, {about} WHERE {filled}",
    )
