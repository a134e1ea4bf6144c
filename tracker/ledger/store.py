"""The ledger: reports without their texts, the claims in them, and the verdicts on these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tracker.errors import LedgerError, at, shown
from tracker.ledger.base import Base
from tracker.ledger.geopackage import GeoPackage, holds_ledger
from tracker.ledger.kept import KeptClaims, read_kept
from tracker.ledger.postgis import PostGIS, is_address
from tracker.ledger.schema import (
    ABOUT_COLUMNS,
    CLAIM_VERDICT,
    FORMAT,
    JUDGED,
    REPORT_COLUMNS,
    TABLES,
    VERDICT_COLUMNS,
    quoted,
)
from tracker.ledger.tellings import Telling, told_elsewhere
from tracker.ledger.verdicts import About, Verdict, parse_verdict
from tracker.model import Claim, War, claim_id
from tracker.model.days import parse_day
from tracker.model.frames import COLUMNS

_ASKED_AT_ONCE = 500
_POINT = "ST_SetSRID(ST_MakePoint(CAST(? AS DOUBLE PRECISION), CAST(? AS DOUBLE PRECISION)), 4326)"


def _insert(
    table: str, columns: Sequence[str], unique: str, more: str = "", value: str = ""
) -> str:
    values = ", ".join("?" * len(columns))
    return (
        f"INSERT INTO {table} ({quoted(*columns)}{more}) VALUES ({values}{value}) "
        f"ON CONFLICT ({unique}) DO NOTHING"
    )


_INSERT_REPORT = _insert("reports", REPORT_COLUMNS, "content")
_INSERT_CLAIM = _insert(
    "claims", ("claim_id", *COLUMNS), "claim_id", more=", geom", value=f", {_POINT}"
)
# Of two files that claim the same of a report in another order, the first place counts whichever
# comes first.
_INSERT_TOLD = _insert("told_in", ("content", "claim_id", "nth"), "content, claim_id").replace(
    "NOTHING", "UPDATE SET nth = excluded.nth WHERE excluded.nth < told_in.nth"
)
_VERDICT = ("claim_id", *VERDICT_COLUMNS, *ABOUT_COLUMNS)
_INSERT_VERDICT = _insert("verdicts", _VERDICT, "claim_id")
_WAITING = "NOT EXISTS (SELECT 1 FROM claims c WHERE c.claim_id = verdicts.claim_id)"

# A verdict that was given by hand knows nothing but the id of its claim.
_REMEMBER = (
    "UPDATE verdicts SET {} FROM claims c WHERE c.claim_id = verdicts.claim_id AND {}".format(
        ", ".join(f'"{name}" = c."{name}"' for name in ABOUT_COLUMNS),
        "coalesce(verdicts.report_id, '') = ''",
    )
)
_SAME = " AND ".join(
    f"coalesce(CAST(claims.{name} AS TEXT), '') = coalesce(CAST(v.{key} AS TEXT), '')"
    for key, name in CLAIM_VERDICT.items()
)
# Both start from the few claims with a verdict: a ledger has many without.
_SHOW = (
    "UPDATE claims SET ({}) = (SELECT {} FROM verdicts v WHERE v.claim_id = claims.claim_id) "
    "WHERE claim_id IN (SELECT claim_id FROM verdicts) AND NOT EXISTS "
    "(SELECT 1 FROM verdicts v WHERE v.claim_id = claims.claim_id AND {})"
).format(", ".join(CLAIM_VERDICT.values()), ", ".join(CLAIM_VERDICT), _SAME)
_SHOW_NONE = "UPDATE claims SET {} WHERE ({}) AND NOT EXISTS ({})".format(
    ", ".join(f"{name} = NULL" for name in CLAIM_VERDICT.values()),
    JUDGED,
    "SELECT 1 FROM verdicts v WHERE v.claim_id = claims.claim_id",
)


@dataclass(frozen=True, slots=True)
class Added:
    """What came in: reports and claims that were not there, verdicts that found their claim."""

    reports: int = 0
    claims: int = 0
    moved: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.reports + other.reports, self.claims + other.claims, self.moved + other.moved
        )


@dataclass(frozen=True, slots=True)
class Info:
    """What a ledger holds; ``waiting`` are verdicts whose claim is not there."""

    name: str
    reports: int
    first: date | None
    last: date | None
    claims: dict[str, int]
    verdicts: dict[str, int]
    waiting: list[Verdict] = field(default_factory=list)


def is_ledger(where: str | Path) -> bool:
    """Whether an input is a ledger: the address of a database, or a GeoPackage that is one.

    Raises :class:`LedgerError` for a file that is locked.
    """
    return is_address(str(where)) or (
        str(where).lower().endswith(".gpkg") and Path(where).is_file() and holds_ledger(Path(where))
    )


def open_ledger(where: str | Path, *, make: bool = False) -> Ledger:
    """The ledger in a ``.gpkg`` file or at a ``postgresql://`` address.

    ``make`` makes one where there is none yet; otherwise that is a :class:`UsageError`. Raises
    :class:`LedgerError` for what is no ledger, is damaged, locked, out of reach, or of a newer
    version of this program.
    """
    address = is_address(str(where))
    base: Base = PostGIS(str(where)) if address else GeoPackage(Path(where), make=make)
    try:
        if "ledger" not in base.tables():
            _make(base, make)
        _check_format(base)
    except BaseException:
        base.close()
        raise
    return Ledger(base)


def _make(base: Base, make: bool) -> None:
    in_the_way = base.in_the_way(TABLES)
    if in_the_way:
        problem = f"no ledger: it holds {', '.join(map(shown, in_the_way[:3]))}"
        raise LedgerError(at(base.name, None, problem, base.remedy))
    if not make:
        problem = "no ledger yet, it is empty"
        raise LedgerError(at(base.name, None, problem, "'tracker ledger add' fills it"))
    with base.writing():
        if "ledger" not in base.tables():  # another process may have been first
            base.make()
            base.rows("INSERT INTO ledger (name, value) VALUES ('format', ?)", [str(FORMAT)])


def _check_format(base: Base) -> None:
    found = base.rows("SELECT value FROM ledger WHERE name = 'format'")
    number = str(found[0][0]) if found else ""
    if not number.isdecimal():
        raise LedgerError(at(base.name, None, "no ledger: its format is not stated", base.remedy))
    if int(number) > FORMAT:
        problem = f"of a newer version (format {int(number)}, this program knows {FORMAT})"
        raise LedgerError(at(base.name, None, problem, "upgrade frontline-tracker"))


class Ledger:
    """An open ledger; see :func:`open_ledger`. Every change is whole or not at all."""

    def __init__(self, base: Base) -> None:
        self._base = base

    @property
    def name(self) -> str:
        """What messages call it."""
        return self._base.name

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def known(self, contents: Iterable[str]) -> set[str]:
        """Which of the reports, by the hashes of their contents, are there already."""
        asked = list(dict.fromkeys(contents))
        found: set[str] = set()
        for start in range(0, len(asked), _ASKED_AT_ONCE):
            some = asked[start : start + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._base.rows(f"SELECT content FROM reports WHERE content IN ({marks})", some)
            found |= {content for (content,) in rows}
        return found

    def add(self, tellings: Iterable[Telling], *, again: bool = False) -> Added:
        """Add reports with their claims in one step.

        Those that were read before are passed over; of one that is known by its claims, claims that
        are not there come in. With ``again`` reports are replaced: claims that are not told any
        more go, and verdicts on them pass to the claim of the same words in the same report.
        """
        told = {telling.content: telling for telling in tellings}
        with self._base.writing():
            before = self._claims_kept()
            known = self.known(told)
            self._base.rows(_REMEMBER)
            gone = self._forget(known) if again else []
            new = [one for one in told.values() if again or _brings(one, known)]
            self._insert(new)
            self._base.each(
                "DELETE FROM claims WHERE claim_id = ? AND NOT EXISTS (SELECT 1 FROM told_in t "
                "WHERE t.claim_id = claims.claim_id)",
                gone,
            )
            moved = self._settle()
            claims = self._claims_kept() - before
        return Added(len(set(told) - known), claims, moved)

    def _claims_kept(self) -> int:
        return int(self._base.rows("SELECT count(*) FROM claims")[0][0])

    def _forget(self, contents: Collection[str]) -> list[tuple[str]]:
        """Take out reports; gives the ids of the claims that they told."""
        ids: set[str] = set()
        for content in contents:
            rows = self._base.rows("SELECT claim_id FROM told_in WHERE content = ?", [content])
            ids |= {name for (name,) in rows}
            self._base.rows("DELETE FROM told_in WHERE content = ?", [content])
            self._base.rows("DELETE FROM reports WHERE content = ?", [content])
        return [(name,) for name in sorted(ids)]

    def _insert(self, tellings: Sequence[Telling]) -> None:
        self._base.each(_INSERT_REPORT, [self._report_row(telling) for telling in tellings])
        named = [
            (telling.content, claim_id(claim), nth, claim)
            for telling in tellings
            for nth, claim in enumerate(telling.claims)
        ]
        self._base.each(_INSERT_CLAIM, [self._claim_row(name, c) for _, name, _, c in named])
        self._base.each(_INSERT_TOLD, [told[:3] for told in named])
        self._base.note(
            max((telling.published for telling in tellings), default=None),
            [(c.lon, c.lat) for *_, c in named if c.lon is not None and c.lat is not None],
        )

    def _report_row(self, telling: Telling) -> list[object]:
        values = [getattr(telling, name) for name in REPORT_COLUMNS]
        return [self._base.moment(v) if isinstance(v, date) else v for v in values]

    def _claim_row(self, name: str, claim: Claim) -> list[object]:
        values = [getattr(claim, column) for column in COLUMNS]
        cells = [self._base.moment(v) if isinstance(v, date) else v for v in values]
        return [name, *cells, claim.lon, claim.lat]

    def take(self, verdicts: Iterable[Verdict], *, drop: Iterable[str] = ()) -> int:
        """Take verdicts in, each in place of an earlier one on its claim, and drop others by id.

        A verdict whose claim is not there is kept and waits for it; how many were passed to the
        claim of the same words in the same report is given back.
        """
        given = list(verdicts)
        ids = [(verdict.claim_id,) for verdict in given] + [(name,) for name in drop]
        with self._base.writing():
            self._base.each("DELETE FROM verdicts WHERE claim_id = ?", ids)
            self._base.each(_INSERT_VERDICT, [self._verdict_row(verdict) for verdict in given])
            self._base.rows(_REMEMBER)
            return self._settle()

    def _verdict_row(self, verdict: Verdict) -> list[object]:
        given = [
            day.isoformat() if isinstance(day := getattr(verdict, name), date) else day
            for name in ("claim_id", *VERDICT_COLUMNS)
        ]
        remembered = astuple(verdict.about)
        cells = [self._base.moment(v) if isinstance(v, date) else v for v in remembered]
        return given + cells

    def _settle(self) -> int:
        """Bring verdicts to their claims and show them there; gives the number that moved."""
        moved = sum(self._found(verdict) for verdict in self._waiting_rows())
        self._base.rows(_SHOW)
        self._base.rows(_SHOW_NONE)
        return moved

    def _found(self, row: Sequence[Any]) -> bool:
        """Pass a waiting verdict to the one claim that says the same, if there is one."""
        name, about = row[0], dict(zip(ABOUT_COLUMNS, row[1:], strict=True))
        found = self._base.rows(
            'SELECT claim_id, "change", "by", status FROM claims WHERE report_id = ? AND '
            "as_written = ? AND quote = ? AND substr(CAST(published AS TEXT), 1, 10) = ? AND "
            "NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.claim_id = claims.claim_id)",
            [about["report_id"], about["as_written"], about["quote"], str(about["published"])[:10]],
        )
        if len(found) > 1:
            found = [f for f in found if f[1:] == (about["change"], about["by"], about["status"])]
        if len(found) != 1:
            return False
        self._base.rows("UPDATE verdicts SET claim_id = ? WHERE claim_id = ?", [found[0][0], name])
        return True

    def _waiting_rows(self) -> list[tuple[Any, ...]]:
        columns = quoted("claim_id", *ABOUT_COLUMNS)
        known = "coalesce(report_id, '') <> ''"
        return self._base.rows(
            f"SELECT {columns} FROM verdicts WHERE {_WAITING} AND {known} ORDER BY claim_id"
        )

    def verdicts(self) -> tuple[dict[str, Verdict], list[str]]:
        """The verdicts by the id of their claim, and a line for each that cannot be followed."""
        own = ", ".join(f"v.{name}" for name in ("claim_id", *VERDICT_COLUMNS))
        # One that was given by hand knows nothing of its claim yet.
        about = ", ".join(
            f"CASE WHEN coalesce(v.report_id, '') = '' THEN c.\"{name}\" ELSE v.\"{name}\" END"
            for name in ABOUT_COLUMNS
        )
        rows = self._base.rows(
            f"SELECT {own}, {about} FROM verdicts v LEFT JOIN claims c ON c.claim_id = v.claim_id "
            "ORDER BY v.claim_id"
        )
        given: dict[str, Verdict] = {}
        faults = []
        for row in rows:
            verdict, wrong = _verdict(row)
            if wrong:
                where = f"verdict on claim {shown(verdict.claim_id)}"
                remedy = "the claim counts as if there were none"
                faults.append(at(self.name, None, f"{where}: {'; '.join(wrong)}", remedy))
            else:
                given[verdict.claim_id] = verdict
        return given, faults

    def claims(self, war: War) -> KeptClaims:
        """The claims by (published, report_id), then as they stand in their report.

        Verdicts are not applied; what was changed by hand is checked as a claims file is.
        """
        columns = ", ".join(f'c."{name}"' for name in COLUMNS)
        rows = self._base.rows(
            f"SELECT coalesce(t.content, ''), coalesce(t.nth, 0), c.claim_id, {columns}, "
            "ST_X(c.geom), ST_Y(c.geom) FROM claims c LEFT JOIN told_in t "
            "ON t.claim_id = c.claim_id"
        )
        return read_kept(self.name, rows, war)

    def report_ids(self) -> set[str]:
        """Ids of all reports, also of those that claim nothing."""
        return {name for (name,) in self._base.rows("SELECT report_id FROM reports")}

    def tellings(self, war: War) -> Iterator[Telling]:
        """All reports with their claims, to be added to another ledger."""
        kept = self.claims(war)
        rows = self._base.rows(f"SELECT {quoted(*REPORT_COLUMNS)} FROM reports ORDER BY content")
        for row in rows:
            known = dict(zip(REPORT_COLUMNS, row, strict=True))
            known["published"] = _day(known["published"])
            yield Telling(**known, claims=tuple(kept.told.get(known["content"], ())))
        # Points that somebody has drawn are of no report that was read.
        yield from told_elsewhere(kept.told.get("", ()), reader="")

    def info(self) -> Info:
        """What is in it."""
        reports, first, last = self._base.rows(
            "SELECT count(*), min(published), max(published) FROM "
            "(SELECT DISTINCT report_id, published FROM reports) AS told"
        )[0]
        given, faults = self.verdicts()
        words: dict[str, int] = {}
        for verdict in given.values():
            words[verdict.verdict] = words.get(verdict.verdict, 0) + 1
        if faults:
            words["faulty"] = len(faults)
        where = self._base.rows("SELECT location, count(*) FROM claims GROUP BY location")
        return Info(
            self.name,
            int(reports),
            None if first is None else _day(first),
            None if last is None else _day(last),
            {str(kind): int(number) for kind, number in where},
            words,
            self.waiting(),
        )

    def waiting(self) -> list[Verdict]:
        """Verdicts whose claim is not there: they are kept, and count when it comes back."""
        columns = quoted(*_VERDICT)
        rows = self._base.rows(f"SELECT {columns} FROM verdicts WHERE {_WAITING} ORDER BY claim_id")
        return [_verdict(row)[0] for row in rows]


def _brings(telling: Telling, known: Collection[str]) -> bool:
    return telling.kind == "claims" or telling.content not in known


def _verdict(row: Sequence[Any]) -> tuple[Verdict, list[str]]:
    cells = dict(zip(_VERDICT, row, strict=True))
    about = {key: str(cells[key] or "") for key in ABOUT_COLUMNS if key != "published"}
    published = cells["published"]
    faults = []
    try:
        day = None if published in (None, "") else _day(published)
    except ValueError:
        day = None
        faults.append(f"impossible 'published' {shown(published)}")
    verdict, wrong = parse_verdict(cells, About(published=day, **about))
    return verdict, faults + wrong


def _day(value: object) -> date:
    return value if isinstance(value, date) else parse_day(str(value))
