"""``tracker score``: how well claims agree with hand-labelled reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import options
from tracker.cli.say import count, plain, put, say
from tracker.errors import DataError, ReportError, at, shown

if TYPE_CHECKING:
    from tracker.model import Claim, Report
    from tracker.reading.labels import Labelled
    from tracker.reading.score import Miss, Score, Scores
    from tracker.reports import Row

HEADS = ("precision", "recall", "F1", "strict F1", "where", "when", "who", "quiet")
MOST_FAULTS = 20
QUOTE = 110

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("score")
@click.argument("labelled", metavar="LABELLED", type=_FILE)
@click.argument("claims", metavar="[CLAIMS]", type=_FILE, required=False)
@click.option(
    "--list", "listing", is_flag=True, help="Also list what was missed and what is wrong."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object, with all counts.")
@options.gazetteer
@options.reader
def command(
    labelled: Path,
    claims: Path | None,
    listing: bool,
    as_json: bool,
    gazetteer: Path | None,
    reader: str,
) -> int:
    """Score claims against labelled reports, by language and over all.

    LABELLED is reports with their claims as a person read them (.jsonl). CLAIMS is what 'tracker
    claims' or another program made of the same reports; without it they are read here and now.

    \b
    precision, recall, F1: distinct places and their new holders, within 5 km
    strict F1: the kind of change and the acting side must be right too
    where: named places located within 5 km; when: days that meet; who: claimants
    quiet: reports without a claim that yield none

    \b
    Examples:
      tracker score tests/labelled/hard.jsonl
      tracker score labelled.jsonl claims.geojson --list
    """
    from tracker.reading.score import score
    from tracker.reports import printable

    rows = _read_labelled(labelled)
    told = _claims(claims, gazetteer, reader, [report for report, _ in rows])
    ids = {report.id for report, _ in rows}
    strange = sum(claim.report_id not in ids for claim in told)
    if strange:
        name = printable(labelled)
        say(f"{count(strange, 'claim')} of reports that are not in {name} left out")
    scores = score([labels for _, labels in rows], told)
    if as_json:
        put([_json(scores, listing)])
    else:
        put(f"{line}\n" for line in [*_listed(scores.misses if listing else []), *_table(scores)])
    return 0


def _read_labelled(file: Path) -> list[tuple[Report, Labelled]]:
    """Reports and their labels. Raises :class:`DataError` with every fault of the file."""
    from tracker.reading.labels import labelled
    from tracker.reports import document, read_table

    table = read_table(document(file))
    faults = []
    rows = []
    for item in table.items:
        if isinstance(item, str):
            faults.append(item)
            continue
        try:
            report = _report(item, file)
        except ReportError as error:
            faults += str(error).split("\n")
            continue
        labels, wrong = labelled(item.fields, report.id, report.lang or "?")
        faults += [item.fault(fault) for fault in wrong]
        rows.append((report, labels))
    if not rows and not faults:
        faults.append(at(table.name, None, "no labelled reports in it"))
    if faults:
        more = len(faults) - MOST_FAULTS
        rest = [at(table.name, None, count(more, "more fault"))] if more > 0 else []
        raise DataError("\n".join(faults[:MOST_FAULTS] + rest))
    return rows


def _report(row: Row, file: Path) -> Report:
    """The report of a row; of a row with a path and no text, the file at that path."""
    from tracker.reports import document, read_table
    from tracker.reports.fields import Defaults, to_report

    path = row.fields.get("path")
    if row.fields.get("text") or not isinstance(path, str) or not path:
        return to_report(row, Defaults(file.stem, own_file=False))
    source = _found(file, path)
    if source is None:
        remedy = "give it from the folder of the labelled file or one above it"
        raise ReportError(row.fault(f"no file at 'path' {shown(path)}", remedy))
    table = read_table(document(source))
    if len(table.items) != 1 or not table.rows:
        raise ReportError(row.fault(f"{shown(path)} is not the file of one report"))
    given = {key: value for key, value in row.fields.items() if value not in (None, "")}
    whole = replace(row, fields=table.rows[0].fields | given)
    return to_report(whole, Defaults(source.stem, own_file=True))


def _found(file: Path, path: str) -> Path | None:
    for folder in file.resolve().parents:
        try:
            if (folder / path).is_file():
                return folder / path
        except OSError:
            # A name that the system does not take is no file's name.
            continue
    return None


def _claims(
    file: Path | None, gazetteer: Path | None, reader: str, reports: Sequence[Report]
) -> list[Claim]:
    from tracker.cli.gather import World, read_all

    world = World(gazetteer)
    if file is not None:
        from tracker.ledger import read_claims

        return read_claims(file, world.war)
    return read_all(reports, world, reader)[0]


def _table(scores: Scores) -> list[str]:
    rows: list[tuple[str, ...]] = [("", "reports", *HEADS)]
    rows += [(plain(lang), *_cells(one)) for lang, one in scores.languages.items()]
    rows.append(("all", *_cells(scores.all)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    ]


def _cells(one: Score) -> tuple[str, ...]:
    values = _measures(one).values()
    return f"{one.reports:,}", *("-" if value is None else f"{value:.3f}" for value in values)


def _measures(one: Score) -> dict[str, float | None]:
    from tracker.reading.score import MEASURES

    return {name: getattr(one, name) for name in MEASURES}


def _listed(misses: Sequence[Miss]) -> list[str]:
    return [
        f"{plain(m.report_id)}: {m.kind:6}  {plain(m.place)} -> {plain(m.holder)}  "
        f"«{plain(m.quote[:QUOTE])}»"
        for m in misses
    ]


def _json(scores: Scores, listing: bool) -> str:
    from tracker.model.jsontext import dumps

    answer: dict[str, object] = {
        "languages": {lang: _numbers(one) for lang, one in scores.languages.items()},
        "all": _numbers(scores.all),
    }
    if listing:
        answer["misses"] = [asdict(miss) for miss in scores.misses]
    return dumps(answer) + "\n"


def _numbers(one: Score) -> dict[str, object]:
    rates = {k: None if v is None else round(v, 4) for k, v in _measures(one).items()}
    return asdict(one) | rates
