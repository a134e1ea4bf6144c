"""What the commands that decide who holds what have in common: claims to holders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.cli.say import count, say
from tracker.model import Change, Claim

if TYPE_CHECKING:
    import geopandas

    from tracker.api.world import World
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

    def cells(self, world: World) -> geopandas.GeoDataFrame:
        """The Thiessen cells of the places, cut by the outline and the baseline."""
        from tracker.control import cells

        named = set(self.holders.loc[self.holders["claims"] != "", "place_id"])
        return cells(world.gazetteer.places, world.outline, self.baseline, named=named)


def hold(claims: Sequence[Claim], world: World, how: Deciding) -> Held:
    """Decide who holds each place of the gazetteer; says which claims do not count, and why.

    Raises :class:`BaselineError` for a baseline that cannot be used, :class:`UsageError` for one
    without a day.
    """
    from tracker.control import changes_from_claims, control, counting

    baseline = world.baseline_of(how.baseline, how.baseline_date)
    counted = counting(claims, baseline, how.as_known_on)
    if len(claims) > len(counted):
        early = count(len(claims) - len(counted), "claim")
        say(f"{early} of changes up to {baseline.day}, the day of the baseline: it decides there")
    holders = control(counted, world.gazetteer.places, baseline, rule=how.rule)
    return Held(counted, changes_from_claims(counted), holders, baseline)
