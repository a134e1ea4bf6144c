"""The name of a claim: a hash of what it says, so that the same claim has it everywhere."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from operator import attrgetter
from typing import Any

from tracker.model.jsontext import dumps
from tracker.model.records import CLAIM_FIELDS, Claim

DIGITS = 12

# Coordinates are written with six decimals: a claim read back from a file keeps its name.
_DECIMALS = 6

_fields = attrgetter(*CLAIM_FIELDS)


def claim_id(claim: Claim) -> str:
    """Twelve hex digits of the SHA-256 of all fields of the claim, in the order of the format.

    Days count as ISO text, numbers rounded to six decimals. Two claims that differ anywhere have
    two names; a claim that is written to a file of any format and read back keeps its own.
    """
    whole = dumps([_plain(value) for value in _fields(claim)])
    return sha256(whole.encode()).hexdigest()[:DIGITS]


def _plain(value: Any) -> object:  # noqa: ANN401
    if isinstance(value, date):
        return value.isoformat()
    # Adding 0.0 turns -0.0 into 0.0; 37 and 37.0 are one number.
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return round(value, _DECIMALS) + 0.0 if number else value
