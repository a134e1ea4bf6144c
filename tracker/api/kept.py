"""Claims that were kept, in a file or in a ledger, as a frame."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.api.reading import TrackerWarning
from tracker.api.world import World, default_world

if TYPE_CHECKING:
    import geopandas

    from tracker.model import Claim


def read_claims(source: str | Path, *, world: World | None = None) -> geopandas.GeoDataFrame:
    """Claims of a file or a ledger, one row a claim: a claims frame (:mod:`tracker.model.frames`).

    ``source`` is a file of claims (``.geojson``, ``.jsonl``, ``.csv``, ``.gpkg``, ``.parquet``), or
    a ledger: a ``.gpkg`` of ``tracker ledger``, or ``postgresql://...``, whose verdicts are
    followed. Columns are as of :func:`tracker.claims`; points in EPSG:4326 (lon, lat), or None
    where the place is not located. What is odd is told in a :class:`TrackerWarning` each. Raises
    :class:`tracker.errors.ClaimError` or :class:`tracker.errors.LedgerError` for what cannot be
    read, :class:`tracker.errors.UsageError` for what does not exist.
    """
    from tracker.control import clear_up
    from tracker.ledger import in_order, is_ledger
    from tracker.ledger import read_claims as read
    from tracker.model.frames import claims_frame

    world = world or default_world()
    notes: list[str] = []
    if is_ledger(source):
        claims = _from_ledger(source, world, notes)
    else:
        claims = read(
            source, world.war, gazetteer=world.gazetteer, bounds=world.bounds, notes=notes
        )
    for note in notes:
        warnings.warn(note, TrackerWarning, stacklevel=2)
    return claims_frame(clear_up(in_order(claims), world.gazetteer))


def _from_ledger(source: str | Path, world: World, notes: list[str]) -> list[Claim]:
    from tracker.ledger import judge, open_ledger

    with open_ledger(source) as ledger:
        kept = ledger.claims(world.war)
        verdicts, faults = ledger.verdicts()
    judged = judge(kept.claims.values(), verdicts, world.find)
    notes += [*kept.notes, *kept.problems, *faults, *judged.faults]
    return judged.claims
