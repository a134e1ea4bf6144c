"""``tracker compare``: how well the claims agree with polygons or a table of somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import options
from tracker.cli.say import count, plain, put, say

if TYPE_CHECKING:
    import pandas

    from tracker.cli.gather import Gathered
    from tracker.cli.holding import Held
    from tracker.control import Compared

WRITTEN = (".geojson", ".json")
MOST_ROWS = 20
"""Rows of a table that a person reads; the whole is in --json and in the file of -o."""


@click.command("compare")
@click.option(
    "--on",
    callback=options.day,
    metavar="YYYY-MM-DD",
    help="The day that REFERENCE shows; of a table, the one day to compare.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where to write the differences, as GeoJSON: areas that only one of both says are held, "
    "places that differ.",
)
@options.decides
@options.reads_claims
@click.argument("reference", metavar="REFERENCE", type=click.Path(path_type=Path))
def command(
    call: options.Call,
    how: options.Deciding,
    reference: Path,
    on: date | None,
    as_json: bool,
    output: str | None,
) -> int:
    """Say how well INPUT agrees with REFERENCE: places, areas, the front, days of difference.

    INPUT is reports, claims or a ledger as for 'tracker claims'; REFERENCE comes last. It is
    GeoJSON with polygons of what Russia held on the day of --on (all polygons count but those
    whose 'holder' is another), or a table of place (or place_id), date and holder, as CSV, JSON
    Lines or GeoJSON points: who held a place at the end of each day, or only the changes. Areas
    are compared inside the outline of Ukraine, and gains since the day of the baseline.

    \b
    Examples:
      tracker compare reports/ held.geojson --on 2022-09-12
      tracker compare claims.geojson held.geojson --on 2022-09-12 -o differences.geojson
      tracker compare reports/ holders_by_day.csv --json
    """
    from tracker.api.comparing import against, check_reference
    from tracker.cli.gather import World, gather
    from tracker.cli.holding import hold
    from tracker.export import text_writer, write_files
    from tracker.export.plain import frame_geojson
    from tracker.reports import real_path

    check_reference(reference, on)
    spared = replace(call, inputs=(*call.inputs, str(reference)))
    target = spared.target(output, WRITTEN) if output is not None else None
    world = World(call.gazetteer)
    exclude = {real_path(reference)} | ({target} if target else set())
    gathered = gather(call, world, exclude, how.as_known_on)
    held = hold(gathered.claims, world, how)
    found, notes = against(
        reference, held.holders, lambda: held.cells(world), on, held.baseline, world
    )
    for note in notes:
        say(note)
    if target:
        names = [name for name in found.shapes.columns if name != "geometry"]
        write_files({target: text_writer(frame_geojson(found.shapes, names, "differences"))})
    title = _title(reference, on, held, how)
    put([_json(found, title)] if as_json else (f"{line}\n" for line in _lines(found, title)))
    _report(gathered, found, output)
    return gathered.exit_code


def _title(
    reference: Path, on: date | None, held: Held, how: options.Deciding
) -> dict[str, str | None]:
    """What was compared with what."""
    from tracker.reports import printable

    known = how.as_known_on
    return {
        "reference": printable(reference),
        "on": on.isoformat() if on else None,
        "baseline": held.baseline.day.isoformat(),
        "rule": how.rule,
        "as_known_on": known.isoformat() if known else None,
    }


def _json(found: Compared, title: Mapping[str, str | None]) -> str:
    from tracker.model.jsontext import dumps

    measures = {
        name: round(value, 6) if isinstance(value, float) else value
        for name, value in found.measures.items()
    }
    listed = {"differing_places": _rows(found.places), "each_change": _rows(found.changes)}
    return dumps({**title, **measures, **listed}) + "\n"


def _rows(table: pandas.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON knows them: days in ISO, what is missing null."""
    return [
        {str(key): _plain(value) for key, value in row.items()} for row in table.to_dict("records")
    ]


def _plain(value: Any) -> Any:  # noqa: ANN401
    if value is None or value != value:
        return None
    if isinstance(value, date):  # a stamp at midnight, which is a date to Python as well
        return value.isoformat()[:10]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _lines(found: Compared, title: Mapping[str, str | None]) -> Iterator[str]:
    """The measures as a table, then what differs."""
    on = f" on {title['on']}" if title["on"] else ""
    known = f", as known on {title['as_known_on']}" if title["as_known_on"] else ""
    yield (
        f"{plain(str(title['reference']))}{on}; baseline {title['baseline']}, "
        f"rule {title['rule']}{known}"
    )
    if "iou" in found.measures:
        yield from _area_lines(found.measures, str(title["baseline"]))
    else:
        yield from _table_lines(found.measures)
    if len(found.changes):
        yield ""
        yield from _grid(found.changes, ("place", "place_id", "holder", "date", "ours", "days"))
    if len(found.places):
        yield ""
        yield "places that differ:"
        skipped = {"lon", "lat"}
        yield from _grid(found.places, [n for n in found.places.columns if n not in skipped])


def _area_lines(measures: Mapping[str, Any], since: str) -> Iterator[str]:
    agree = _share(measures["places_agree"])
    yield f"{'places that agree':32}{agree} of {measures['places']:,}"
    yield f"{'km²':32}{'ours':>12}{'reference':>12}{'ratio':>8}{'IoU':>8}"
    for label, prefix, ratio, iou in (
        ("held", "", "area_ratio", "iou"),
        (f"gained since {since}", "gain_", "gain_ratio", "gain_iou"),
    ):
        ours = _number(measures[f"{prefix}km2" if prefix else "km2"], ",.1f")
        theirs = _number(measures[f"reference_{prefix}km2"], ",.1f")
        shares = [_number(measures[name], ".3f") for name in (ratio, iou)]
        yield f"{label:32}{ours:>12}{theirs:>12}{shares[0]:>8}{shares[1]:>8}"
    only = [_number(measures[name], ",.1f") for name in ("only_km2", "only_reference_km2")]
    yield f"{'held by one of both only':32}{only[0]:>12}{only[1]:>12}"
    far = _number(measures["front_km_median"], ".2f")
    yield f"{'front, median distance':32}{far} km"


def _table_lines(measures: Mapping[str, Any]) -> Iterator[str]:
    rows = count(measures["rows"], "row")
    places = count(measures["places"], "place")
    yield f"{'rows that agree':32}{_share(measures['places_agree'])} of {rows}, {places}"
    for label, name in (
        ("without a side, left out", "undecided"),
        ("contradict each other, left out", "contradicting"),
        ("before the baseline, left out", "early"),
        ("place not located, left out", "not_located"),
    ):
        if measures[name]:
            yield f"{label:32}{count(measures[name], 'row')}"
    if measures["changes"]:
        found = f"{measures['changes_found']:,} of {measures['changes']:,}"
        yield f"{'changes found in ours':32}{found}"
    if measures["changes_found"]:
        apart, later = measures["days_median"], measures["days_later_median"]
        yield f"{'days of difference, median':32}{apart:g} (ours later by {later:g})"


def _share(value: float | None) -> str:
    return "none" if value is None else f"{value:.2%}"


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)


def _grid(table: pandas.DataFrame, names: Sequence[str]) -> Iterator[str]:
    """The first rows of a table in columns, and how many more there are."""
    rows = [
        ["-" if row[name] is None else plain(str(row[name])) for name in names]
        for row in _rows(table[:MOST_ROWS])
    ]
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    for row in ([*names], *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
    if len(table) > MOST_ROWS:
        yield f"and {len(table) - MOST_ROWS:,} more; --json and -o have all"


def _report(gathered: Gathered, found: Compared, output: str | None) -> None:
    from tracker.reports import printable

    where = f", {count(len(found.shapes), 'difference')} -> {printable(output)}" if output else ""
    say(f"{gathered}{where}")
