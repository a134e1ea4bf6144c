"""What the commands that decide who holds what have in common: claims to holders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.cli.say import count, say
from tracker.model import Change, Claim

if TYPE_CHECKING:
    import geopandas

    from tracker.api.world import World
    from tracker.cli.options import Deciding
    from tracker.control import Baseline, Spread


@dataclass(frozen=True)
class Held:
    """Who holds what, by which claims, over which baseline.

    ``claims`` are those that count (published in time, dated after the baseline), ``moving`` the
    same with what is made of those about whole areas, ``holders`` is the frame of
    :mod:`tracker.model.holders`. Both ``holders`` and ``changes`` name the claims that the reports
    hold: of a town that moved with its area, the one about the area. ``origin`` leads from the ids
    of claims that were made of one about an area to the id of that one.
    """

    claims: list[Claim]
    moving: list[Claim]
    changes: list[Change]
    holders: geopandas.GeoDataFrame
    baseline: Baseline
    origin: Mapping[str, str]

    def cells(self, world: World) -> geopandas.GeoDataFrame:
        """The Thiessen cells of the places, cut by the outline and the baseline."""
        from tracker.control import cells

        named = set(self.holders.loc[self.holders["claims"] != "", "place_id"])
        return cells(world.gazetteer.places, world.outline, self.baseline, named=named)

    def as_known(self, world: World, how: Deciding) -> geopandas.GeoDataFrame:
        """The holders as they were known on each day, by what had been published until then."""
        from tracker.control import holders_as_known

        places = world.gazetteer.places
        frame = holders_as_known(
            self.moving, places, self.baseline, rule=how.rule, changes=self.changes
        )
        return _of_reports(frame, self.origin)


def hold(claims: Sequence[Claim], world: World, how: Deciding) -> Held:
    """Decide who holds each place of the gazetteer; says which claims do not count, and why.

    Raises :class:`BaselineError` for a baseline that cannot be used, :class:`UsageError` for one
    without a day.
    """
    from tracker.control import Spread, counting, decide

    baseline = world.baseline_of(how.baseline, how.baseline_date)
    counted = counting(claims, baseline, how.as_known_on)
    if len(claims) > len(counted):
        early = count(len(claims) - len(counted), "claim")
        say(f"{early} of changes up to {baseline.day}, the day of the baseline: it decides there")
    found = _spread(counted, world, baseline) if how.areas else Spread()
    moving = [*counted, *found.claims]
    changes, holders = decide(moving, world.gazetteer.places, baseline, rule=how.rule)
    changes = [_as_told(change, found.source) for change in changes] if found.source else changes
    origin = found.origin
    return Held(counted, moving, changes, _of_reports(holders, origin), baseline, origin)


def _spread(claims: list[Claim], world: World, baseline: Baseline) -> Spread:
    from tracker.control import spread
    from tracker.resources import load_extents

    found = spread(claims, world.gazetteer, load_extents(), baseline)
    if found.unknown:
        say(f"no extent known, moves nothing: {', '.join(sorted(found.unknown))}")
    return found


def _as_told(change: Change, source: Mapping[Claim, Claim]) -> Change:
    """A change with the claims of the reports; it stays what it is where there are no others."""
    told = tuple(dict.fromkeys(source.get(claim, claim) for claim in change.claims))
    return replace(change, claims=told) if told != change.claims else change


def _of_reports(
    holders: geopandas.GeoDataFrame, origin: Mapping[str, str]
) -> geopandas.GeoDataFrame:
    """The frame with the ids of claims as the reports hold them."""
    if origin:
        holders["claims"] = [
            " ".join(dict.fromkeys(origin.get(one, one) for one in ids.split()))
            for ids in holders["claims"]
        ]
    return holders
