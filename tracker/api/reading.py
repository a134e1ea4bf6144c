"""Reports, places and claims as frames."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.api.world import World, default_world
from tracker.errors import ReportError, UsageError
from tracker.model import Report
from tracker.model.days import parse_day

if TYPE_CHECKING:
    import geopandas
    import pandas

REPORT_COLUMNS = ("id", "published", "lang", "title", "text", "source", "url")
"""Columns of a reports frame, in order; ``published`` is naive ``datetime64[s]``, the rest text."""

_NEEDED = ("id", "published", "text")


class TrackerWarning(UserWarning):
    """Something in the input was not taken; the rest was."""


def read_reports(
    inputs: str | Path | Sequence[str | Path], *, published: date | str | None = None
) -> pandas.DataFrame:
    """Read reports from files and folders: a row a report, columns :data:`REPORT_COLUMNS`.

    ``inputs`` is one path or several, as for ``tracker claims``; ``published`` dates the reports
    that nothing else dates. What cannot be taken is told in a :class:`TrackerWarning` each.
    Raises :class:`tracker.errors.ReportError` when nothing is left.

    Examples:
        >>> import tracker as ft
        >>> reports = ft.read_reports("reports/2022")
    """
    import pandas

    from tracker.reports import read_reports as read

    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    intake = read([str(path) for path in paths], published=as_day(published))
    problems = list(intake.problems)
    if intake.claims:
        problems.append("claims among the reports left out; geopandas reads them")
    if not intake.reports:
        raise ReportError("\n".join(problems) or "no reports in the input")
    for problem in problems:
        warnings.warn(problem, TrackerWarning, stacklevel=2)
    rows = [{name: getattr(report, name) for name in REPORT_COLUMNS} for report in intake.reports]
    frame = pandas.DataFrame(rows, columns=list(REPORT_COLUMNS))
    return frame.astype({"published": "datetime64[s]"})


def mentions(reports: pandas.DataFrame, *, world: World | None = None) -> geopandas.GeoDataFrame:
    """Every place named in the reports, located or not, claim or not, in the order of the texts.

    ``reports`` has the columns ``id``, ``published`` and ``text``, and any others of
    :data:`REPORT_COLUMNS`. One row a mention with ``report_id``, ``as_written``, ``start`` and
    ``end`` (characters of the text), ``place``, ``place_id``, ``location`` (``located``,
    ``ambiguous``, ``unknown``), ``candidates``, ``confidence``; points in EPSG:4326 (lon, lat), or
    None where the place is not located.
    """
    from tracker.export import find_mentions, mentions_frame

    gazetteer = (world or default_world()).gazetteer
    return mentions_frame(
        found for report in _reports(reports) for found in find_mentions(report, gazetteer)
    )


def claims(reports: pandas.DataFrame, *, world: World | None = None) -> geopandas.GeoDataFrame:
    """What the reports claim, one row a claim: a claims frame (:mod:`tracker.model.frames`).

    ``reports`` as for :func:`mentions`. Columns are those of the claims format, days naive
    ``datetime64[s]``; points in EPSG:4326 (lon, lat), or None where the place is not located.
    Reports in a language that nothing here reads are told in a :class:`TrackerWarning`.

    Examples:
        >>> found = ft.claims(reports)
        >>> sorted(set(found["holder"]))
        ['RU', 'UA']
    """
    from tracker.control import clear_up
    from tracker.ledger import in_order
    from tracker.model.frames import claims_frame

    world = world or default_world()
    reader = world.reader("rules")
    read, strange = [], []
    for report in _reports(reports):
        lang = reader.language_of(report)
        if lang:
            read += reader.read(replace(report, lang=lang))
        else:
            strange.append(report.id)
    if strange:
        many = f"{len(strange)} reports not read, language not known: {', '.join(strange[:5])}"
        warnings.warn(many, TrackerWarning, stacklevel=2)
    return claims_frame(clear_up(in_order(read), world.gazetteer))


def locate(
    name: str, *, near: str = "", admin1: str = "", world: World | None = None
) -> geopandas.GeoDataFrame:
    """What the gazetteer makes of a name in any written form: one row a candidate, likeliest first.

    Columns ``place_id``, ``place``, ``name_uk``, ``admin1``, ``admin2``, ``population``,
    ``location`` (``located`` on the one row that is meant, ``ambiguous`` on each of several) and
    ``why``; points in EPSG:4326 (lon, lat). No row when the name is not known. ``near`` is a place
    close by, ``admin1`` the oblast, in any written form.
    Raises :class:`tracker.errors.UsageError` when those are not known.

    Examples:
        >>> list(ft.locate("Артемовск")["place"])[0]
        'Bakhmut'
    """
    import geopandas

    found = (world or default_world()).gazetteer.locate(name, near=near, admin1=admin1)
    places = [found.place] if found.place is not None else list(found.candidates)
    columns = ("place_id", "name", "name_uk", "admin1", "admin2", "population")
    table: dict[str, list[Any]] = {c: [getattr(p, c) for p in places] for c in columns}
    table = {"place" if key == "name" else key: values for key, values in table.items()}
    table |= {"location": [found.status] * len(places), "why": [found.why] * len(places)}
    points = geopandas.points_from_xy([p.lon for p in places], [p.lat for p in places])
    return geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")


def _reports(frame: pandas.DataFrame) -> Iterator[Report]:
    """The rows of a reports frame as reports. Raises :class:`UsageError`."""
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise UsageError(f"reports frame: no column {', '.join(map(repr, missing))}")
    known = [name for name in REPORT_COLUMNS if name in frame.columns]
    for values in frame[known].itertuples(index=False, name=None):
        row = {k: "" if v is None or v != v else v for k, v in zip(known, values, strict=True)}
        published = as_day(row.pop("published"))
        if published is None:
            raise UsageError(f"reports frame: report {row['id']!r} has no 'published'")
        told = {name: str(row.get(name, "")) for name in REPORT_COLUMNS}
        yield Report(
            id=told["id"],
            published=published,
            text=told["text"],
            title=told["title"],
            url=told["url"],
            source=told["source"],
            lang=told["lang"],
        )


def as_day(value: Any) -> date | None:  # noqa: ANN401
    """A day from text, a date or a timestamp. Raises :class:`UsageError`."""
    if value is None or value == "":
        return None
    try:
        return parse_day(str(value)[:10])
    except ValueError as error:
        raise UsageError(f"impossible day {str(value)!r} ({error}); write YYYY-MM-DD") from error
