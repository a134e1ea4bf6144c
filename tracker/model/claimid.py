"""The name of a claim: a hash of what it says, so that the same claim has it everywhere."""

from __future__ import annotations

from hashlib import sha256
from operator import attrgetter

from tracker.model.records import CLAIM_FIELDS, Claim

DIGITS = 12

# Coordinates are written with six decimals: a claim read back from a file keeps its name.
_DECIMALS = 6

_DAYS = ("published", "date_from", "date_to")
_OTHERS = ("background", "confidence", "lon", "lat")
_texts = attrgetter(*(name for name in CLAIM_FIELDS if name not in _DAYS + _OTHERS))


def claim_id(claim: Claim) -> str:
    """Twelve hex digits of the SHA-256 of all fields of the claim.

    Days count as ISO text, numbers rounded to six decimals. Two claims that differ anywhere have
    two names; a claim that is written to a file of any format and read back keeps its own.
    """
    # No text has NUL in it (tracker.reports.clean), so what stands between two is one field.
    whole = "\0".join(
        (
            *_texts(claim),
            claim.published.isoformat(),
            claim.date_from.isoformat(),
            claim.date_to.isoformat(),
            "1" if claim.background else "0",
            _number(claim.confidence),
            _number(claim.lon),
            _number(claim.lat),
        )
    )
    return sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def _number(value: float | None) -> str:
    # Adding 0.0 turns -0.0 into 0.0.
    return "" if value is None else f"{round(value, _DECIMALS) + 0.0:.{_DECIMALS}f}"
