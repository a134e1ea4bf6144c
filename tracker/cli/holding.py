"""What the commands that decide who holds what have in common: claims to holders."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.say import count, say
from tracker.errors import BaselineError, UsageError, at
from tracker.model import Change, Claim

if TYPE_CHECKING:
    import geopandas

    from tracker.cli.gather import World
    from tracker.cli.options import Deciding
    from tracker.control import Baseline


@dataclass(frozen=True)
class Held:
    """Who holds what, by which claims, over which baseline.

    ``claims`` are those that count (published in time, dated after the baseline), ``holders`` is
    the frame of :mod:`tracker.model.holders`.
    """

    claims: list[Claim]
    changes: list[Change]
    holders: geopandas.GeoDataFrame
    baseline: Baseline


def hold(claims: Sequence[Claim], world: World, how: Deciding) -> Held:
    """Decide who holds each place of the gazetteer; says which claims do not count, and why.

    Raises :class:`BaselineError` for a baseline that cannot be used, :class:`UsageError` for one
    without a day.
    """
    from tracker.control import changes_from_claims, control, counting

    baseline = load_baseline(how, world)
    known = known_on(claims, how.as_known_on)
    counted = counting(known, baseline)
    if len(known) > len(counted):
        early = count(len(known) - len(counted), "claim")
        say(f"{early} of changes up to {baseline.day}, the day of the baseline: it decides there")
    holders = control(counted, world.gazetteer.places, baseline, rule=how.rule)
    return Held(counted, changes_from_claims(counted), holders, baseline)


def known_on(claims: Sequence[Claim], day: date | None) -> list[Claim]:
    """The claims published by a day; says how many came later."""
    known = [claim for claim in claims if day is None or claim.published <= day]
    if len(known) < len(claims):
        say(f"{count(len(claims) - len(known), 'claim')} published after {day} left out")
    return known


def load_baseline(how: Deciding, world: World) -> Baseline:
    """The baseline of the options, else the one that comes with the program."""
    from tracker.control import baseline_from_geojson, embedded_baseline
    from tracker.reports import printable

    if how.baseline is None:
        if how.baseline_date is not None:
            raise UsageError("--baseline-date without --baseline; name the polygon's file")
        return embedded_baseline(world.war)
    name = printable(how.baseline)
    if how.baseline_date is None:
        raise UsageError(at(name, None, "no day", "say with --baseline-date which day it shows"))
    polygons = _geojson(how.baseline, name)
    return baseline_from_geojson(polygons, how.baseline_date, world.war, world.outline, source=name)


def _geojson(file: Path, name: str) -> dict[str, object]:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BaselineError(at(name, None, f"cannot be read: {error.strerror}")) from error
    except (ValueError, RecursionError) as error:
        problem = f"no JSON: {str(error).partition(':')[0]}"
        raise BaselineError(at(name, None, problem, "a baseline is GeoJSON polygons")) from error
    if not isinstance(found, dict):
        raise BaselineError(at(name, None, "no GeoJSON object", "a baseline is GeoJSON polygons"))
    return found
