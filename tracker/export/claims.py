"""Claims written to files: GeoJSON, JSON Lines, CSV, GeoPackage, GeoParquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tracker.export.layer import WRITTEN, Layer
from tracker.export.target import Writer
from tracker.model import Claim
from tracker.model.frames import COLUMNS, claims_frame

CLAIMS_WRITTEN = WRITTEN
"""Endings that claims are written to; the ending decides the format."""

_LAYER = Layer("claims", COLUMNS, claims_frame)


def write_claims(claims: Sequence[Claim], target: Path, *, overwrite: bool = False) -> None:
    """Write claims in the format of the target's ending (:data:`CLAIMS_WRITTEN`), in their order.

    The same claims give the same bytes. Raises :class:`UsageError` and its kinds for a target
    that cannot be, :class:`OSError` when writing fails; the target is then as before.
    """
    _LAYER.write(claims, target, overwrite=overwrite)


def claims_writer(claims: Iterable[Claim], path: Path) -> Writer:
    """What writes the claims, once, in the format that the ending of ``path`` stands for.

    The text formats are written while the claims pass: an iterator need not fit in memory.
    """
    return _LAYER.writer(claims, path)


def claims_geojson(claims: Iterable[Claim]) -> Iterator[str]:
    """A FeatureCollection, one line a claim; the geometry is null where no place was located."""
    return _LAYER.pieces(claims, ".geojson")


def claims_jsonl(claims: Iterable[Claim]) -> Iterator[str]:
    """One JSON object a line, with ``lon`` and ``lat`` (null where no place was located)."""
    return _LAYER.pieces(claims, ".jsonl")


def claims_csv(claims: Iterable[Claim]) -> Iterator[str]:
    """A table with a header line; see :func:`tracker.export.text.table`."""
    return _LAYER.pieces(claims, ".csv")
