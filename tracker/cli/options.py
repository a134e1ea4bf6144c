"""Options that several commands share, each defined once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path

import click

from tracker.errors import OutputExistsError, UsageError, at, shown
from tracker.model.days import parse_day


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Callback for a day: ISO, or a wrong call."""
    try:
        return None if value is None else parse_day(value)
    except ValueError as error:
        problem = f"impossible date {shown(value)} ({error}); write YYYY-MM-DD"
        raise click.BadParameter(problem, ctx, param) from error


@dataclass(frozen=True, slots=True)
class Call:
    """What every command is told that reads INPUT, whatever it makes of it."""

    inputs: tuple[str, ...]
    published: date | None
    gazetteer: Path | None
    overwrite: bool
    reader: str = "rules"

    def target(self, output: str, endings: Iterable[str]) -> Path:
        """The path to write, checked before any work; errors as of ``check_target``."""
        from tracker.export import check_target

        check_name(output)
        named = [Path(item) for item in self.inputs]
        path = check_target(Path(output), endings, overwrite=self.overwrite, inputs=named)
        _spare_ledger(path, output)
        return path


@dataclass(frozen=True, slots=True)
class Deciding:
    """How claims become holders: over what, by which rule, and with which of them."""

    baseline: Path | None
    baseline_date: date | None
    rule: str
    as_known_on: date | None
    areas: bool


def check_name(output: str) -> None:
    """Raise :class:`UsageError` for an output that names no file.

    A path forgets the slash at its end, and that it was empty.
    """
    if not output:
        raise UsageError("-o is empty; name a file")
    if output.endswith((os.sep, os.altsep or os.sep)) or Path(output).name == "":
        from tracker.reports import printable

        raise OutputExistsError(at(printable(output), None, "names a folder", "name a file in it"))


def _spare_ledger(path: Path, output: str) -> None:
    """A ledger holds what people decided: no output replaces it, whatever was asked."""
    if path.suffix.lower() == ".gpkg" and path.exists():
        from tracker.ledger import is_ledger
        from tracker.reports import printable

        if is_ledger(path):
            name = printable(output)
            raise OutputExistsError(at(name, None, "is a ledger", "name another output"))


def text(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Callback for words: in the letters that were typed, whatever the locale makes of their bytes.

    They come out composed (NFC), and what is no UTF-8 in them as U+FFFD.
    """
    from tracker.reports import argument_text, clean, composed

    return composed(clean(argument_text(value)))


def reads_input(command: Callable[..., int]) -> Callable[..., int]:
    """INPUT..., --published, --gazetteer and --overwrite, handed over as one :class:`Call`."""

    @inputs
    @published
    @gazetteer
    @overwrite
    @wraps(command)
    def called(
        inputs: tuple[str, ...],
        published: date | None,
        gazetteer: Path | None,
        overwrite: bool,
        reader: str = "rules",
        **others: object,
    ) -> int:
        return command(Call(inputs, published, gazetteer, overwrite, reader), **others)

    return called


def reads_claims(command: Callable[..., int]) -> Callable[..., int]:
    """As :func:`reads_input`, and --reader: for what takes claims out of reports."""
    return reader(reads_input(command))


def decides(command: Callable[..., int]) -> Callable[..., int]:
    """--baseline, --baseline-date, --rule, --as-known-on and --areas as one :class:`Deciding`."""

    @baseline
    @baseline_date
    @rule
    @as_known_on
    @areas
    @wraps(command)
    def called(
        *args: object,
        baseline: Path | None,
        baseline_date: date | None,
        rule: str,
        as_known_on: date | None,
        areas: bool,
        **others: object,
    ) -> int:
        how = Deciding(baseline, baseline_date, rule, as_known_on, areas)
        return command(*args, how=how, **others)

    return called


inputs = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)

output = click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    help="Where to write; the ending is the format: .geojson, .jsonl, .csv, .gpkg or .parquet. "
    "Without it, GeoJSON on standard output.",
)

published = click.option(
    "--published",
    callback=day,
    metavar="YYYY-MM-DD",
    help="Publication date of reports that nothing else dates: not their fields, not the page, "
    "not the file name.",
)

gazetteer = click.option(
    "--gazetteer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A table of places used instead of the one that comes with the program, as for another "
    "war: a CSV with name, lat, lon and, for its regions, admin1; or a GeoNames country dump.",
)

reader = click.option(
    "--reader",
    type=click.Choice(["rules", "llm"]),
    default="rules",
    show_default=True,
    help="What reads the reports. 'llm' sends them to the language model that TRACKER_LLM_URL, "
    "TRACKER_LLM_MODEL and TRACKER_LLM_KEY name; 'rules' sends nothing.",
)

overwrite = click.option("--overwrite", is_flag=True, help="Replace output files that exist.")
"""Without it, nothing that exists is replaced."""

baseline = click.option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="GeoJSON polygons of what Russia held before the first claim. Without it, what it held "
    "on 23 February 2022.",
)

baseline_date = click.option(
    "--baseline-date",
    callback=day,
    metavar="YYYY-MM-DD",
    help="The day that --baseline shows; changes up to it do not count.",
)

rule = click.option(
    "--rule",
    type=click.Choice(["claimed", "confirmed"]),
    default="claimed",
    show_default=True,
    help="What moves the map: also what only the gaining side claims, or only what is confirmed.",
)

as_known_on = click.option(
    "--as-known-on",
    callback=day,
    metavar="YYYY-MM-DD",
    help="Use only what was published by this day.",
)

areas = click.option(
    "--areas",
    is_flag=True,
    help="Let claims about whole areas move the towns in them.",
)
