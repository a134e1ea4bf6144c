"""``tracker ledger``: claims kept from day to day, and what people decide about them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import INTERRUPTED, options
from tracker.cli.say import count, put, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.cli.gather import World
    from tracker.ledger import Info, Ledger, Verdict
    from tracker.model import Claim

LOW = 0.5
"""Confidence below which a claim needs a human."""


@click.group("ledger", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Keep claims from day to day, in a GeoPackage or in PostGIS, and review them.

    LEDGER is a .gpkg file, which QGIS opens as it is, or postgresql://user@host/database. The
    commands that read claims take a ledger as INPUT.

    \b
    Examples:
      tracker ledger add war.gpkg reports/
      tracker ledger review war.gpkg -o review.csv
      tracker ledger info war.gpkg
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


ledger_argument = click.argument("ledger", metavar="LEDGER")


@command.command("add")
@ledger_argument
@options.inputs
@options.published
@options.gazetteer
@options.reader
@click.option(
    "--again",
    is_flag=True,
    help="Read reports that are there already once more, as the reader of today does it; verdicts "
    "stay.",
)
def add(ledger: str, again: bool, **given: Any) -> int:  # noqa: ANN401
    """Read new reports and keep what they claim; LEDGER is made if there is none.

    INPUT is as for 'tracker claims', or another ledger. Reports that are there already are not read
    again. A run that is stopped, however it is stopped, goes on where it was when it is started
    again.

    \b
    Examples:
      tracker ledger add war.gpkg reports/
      tracker ledger add war.gpkg reports/ --again
      tracker ledger add postgresql://me@localhost/war war.gpkg
    """
    from tracker.cli.adding import Adding
    from tracker.cli.gather import World, ready_claims, take_in
    from tracker.errors import DataError
    from tracker.ledger import open_ledger
    from tracker.reports import real_path, take_all

    call = options.Call(**given, overwrite=False)
    world = World(call.gazetteer)
    stream, others = take_in(call.inputs, call.published, {real_path(Path(ledger))})
    intake = take_all(stream)
    problems, notes = list(intake.problems), list(intake.notes)
    tables = ready_claims(intake.claims, world, problems, notes)
    for note in notes:
        say(note)
    if not intake.reports and not tables and not others:
        raise DataError("\n".join(problems) or "no reports and no claims in the input")
    for problem in problems:
        say(problem)
    with open_ledger(ledger, make=True) as kept:
        adding = Adding(kept, world, again=again)
        try:
            adding.claims([claim for table in tables for claim in table])
            for other in others:
                adding.ledger(other)
            adding.reports(intake.reports, call.reader)
        except KeyboardInterrupt:
            say(f"interrupted; {adding} -> {kept.name}; start it again to go on")
            return INTERRUPTED
        adding.tell()
        say(f"{adding} -> {kept.name}")
    return 1 if problems or adding.faulty else 0


@command.command("review")
@ledger_argument
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE.csv",
    help="Where to write the table. Without it, standard output.",
)
@click.option(
    "--take",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE.csv",
    help="Take the verdicts of a table that comes back, instead of writing one.",
)
@click.option(
    "--below",
    type=click.FloatRange(0.0, 1.0),
    default=LOW,
    show_default=True,
    help="Claims of less confidence need a look.",
)
@click.option("--all", "everything", is_flag=True, help="Every claim, also with a verdict.")
@options.gazetteer
@options.overwrite
def review(
    ledger: str,
    output: str,
    take: Path | None,
    below: float,
    everything: bool,
    gazetteer: Path | None,
    overwrite: bool,
) -> int:
    """Write a table of the claims that need a human, or take the verdicts of one that comes back.

    These are claims whose place is ambiguous or unknown, that are disputed, or that were read with
    little confidence. Write into the column 'verdict': accept, reject, place (with the right
    'place_id'), date (with the right 'date_from' and 'date_to'), both as 'place date', or none,
    which takes an earlier verdict back. 'note' is yours. Rows without any of it stay open. The
    table can be edited in any spreadsheet; verdicts can be given in QGIS as well.

    \b
    Examples:
      tracker ledger review war.gpkg -o review.csv
      tracker ledger review war.gpkg --take review.csv
    """
    from tracker.cli.gather import World
    from tracker.errors import UsageError
    from tracker.ledger import open_ledger

    if take is not None and output != "-":
        raise UsageError("--take and -o are two steps; give one of them")
    world = World(gazetteer)
    call = options.Call((ledger,), None, gazetteer, overwrite)
    target = call.target(output, (".csv",)) if output != "-" else None
    with open_ledger(ledger) as kept:
        if take is not None:
            return _take(kept, take, world)
        return _write(kept, target, output, world, below, everything)


@dataclass(slots=True)
class _Read:
    """What a ledger holds, by the ids of the claims.

    ``claims`` are as they were read, ``standing`` as verdicts and the front of the day have them;
    ``sound`` is whether nothing is wrong with any of it.
    """

    claims: dict[str, Claim]
    standing: dict[str, Claim]
    verdicts: dict[str, Verdict]
    sound: bool


def _read(kept: Ledger, world: World) -> _Read:
    """Read a ledger, and say what is wrong in it."""
    from tracker.control import clear_up
    from tracker.ledger import judge

    found = kept.claims(world.war)
    verdicts, faults = kept.verdicts()
    standing = dict(found.claims)
    for name in sorted(verdicts.keys() & standing.keys()):
        judged = judge([standing[name]], verdicts, world.find)
        standing[name] = (judged.claims or judged.rejected)[0]
        faults += judged.faults
    for line in (*found.notes, *found.problems, *faults):
        say(line)
    cleared = clear_up(list(standing.values()), world.gazetteer)
    standing = dict(zip(standing, cleared, strict=True))
    return _Read(found.claims, standing, verdicts, not found.problems and not faults)


def _take(kept: Ledger, file: Path, world: World) -> int:
    from tracker.ledger import read_review
    from tracker.reports import document

    read = _read(kept, world)
    taken = read_review(document(file), read.claims, read.standing, world.find)
    moved = kept.take(taken.verdicts, drop=taken.drop)
    waiting = [v for v in kept.waiting() if v in taken.verdicts]
    if waiting:
        few = ", ".join(verdict.claim_id for verdict in waiting[:5])
        say(f"{count(len(waiting), 'verdict')} kept, though the claim is not there: {few}")
    parts = [count(len(taken.verdicts), "verdict")]
    parts += [f"{moved} of them on claims that read otherwise now"] if moved else []
    parts += [f"{len(taken.drop)} taken back"] if taken.drop else []
    parts += [f"{taken.empty} left open"] if taken.empty else []
    say(f"{', '.join(parts)} -> {kept.name}")
    return 0 if read.sound else 1


def _write(
    kept: Ledger, target: Path | None, output: str, world: World, below: float, everything: bool
) -> int:
    from tracker.export import text_writer, write_files
    from tracker.export.text import table
    from tracker.ledger import REVIEW_FIELDS, Doubts, review_rows
    from tracker.reports import printable

    read = _read(kept, world)
    doubts = Doubts(_disputed(read), below)
    rows = review_rows(
        read.standing,
        read.verdicts,
        doubts,
        lambda claim: world.gazetteer.locate(claim.as_written).candidates,
        everything=everything,
    )
    text = table(rows, REVIEW_FIELDS[:-2])
    if target is None:
        put(text)
    else:
        write_files({target: text_writer(text)})
    where = f" -> {printable(output)}" if target else ""
    say(f"{count(len(rows), 'claim')} of {len(read.claims):,} to look at{where}")
    return 0 if read.sound else 1


def _disputed(read: _Read) -> set[str]:
    """Ids of the claims that stand against each other, after the verdicts that there are."""
    from tracker.control import changes_from_claims

    names = {
        claim: name
        for name, claim in read.standing.items()
        if name not in read.verdicts or read.verdicts[name].verdict != "reject"
    }
    changes = [c for c in changes_from_claims(names) if c.status == "disputed"]
    return {names[claim] for change in changes for claim in change.claims}


@command.command("info")
@ledger_argument
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")
def info(ledger: str, as_json: bool) -> None:
    """Say what a ledger holds: reports, claims, verdicts, and verdicts whose claim is gone.

    \b
    Example:
      tracker ledger info war.gpkg
    """
    from tracker.ledger import open_ledger
    from tracker.model.jsontext import dumps

    with open_ledger(ledger) as kept:
        found = kept.info()
    if as_json:
        put([dumps(_members(found)) + "\n"])
    else:
        put(f"{line}\n" for line in _lines(found))


def _members(found: Info) -> dict[str, object]:
    return {
        "ledger": found.name,
        "reports": found.reports,
        "first": found.first and found.first.isoformat(),
        "last": found.last and found.last.isoformat(),
        "claims": found.claims,
        "verdicts": found.verdicts,
        "waiting": [
            {
                "claim_id": verdict.claim_id,
                "verdict": verdict.verdict,
                "report_id": verdict.about.report_id,
                "as_written": verdict.about.as_written,
                "note": verdict.note,
            }
            for verdict in found.waiting
        ],
    }


def _lines(found: Info) -> Iterator[str]:
    days = f", published {found.first} to {found.last}" if found.first else ""
    yield f"{found.name}: {count(found.reports, 'report')}{days}"
    yield _parts("claim", found.claims)
    yield _parts("verdict", found.verdicts)
    for verdict in found.waiting:
        about = verdict.about
        where = f"{about.as_written!r} in report {about.report_id!r}" if about.report_id else "it"
        yield f"waits for claim {verdict.claim_id}, {where}: {verdict.verdict}"


def _parts(noun: str, numbers: dict[str, int]) -> str:
    parts = ", ".join(f"{number:,} {kind}" for kind, number in sorted(numbers.items()))
    return count(sum(numbers.values()), noun) + (f" ({parts})" if parts else "")
