"""The words of the project as small typed records: reports, claims, places, changes, sides."""

from tracker.model.claimid import claim_id
from tracker.model.records import (
    CHANGES,
    CLAIM_FIELDS,
    LEVELS,
    LOCATIONS,
    STATUSES,
    Change,
    Claim,
    Place,
    Report,
    safe_url,
)
from tracker.model.sides import Side, War

__all__ = [
    "CHANGES",
    "CLAIM_FIELDS",
    "LEVELS",
    "LOCATIONS",
    "STATUSES",
    "Change",
    "Claim",
    "Place",
    "Report",
    "Side",
    "War",
    "claim_id",
    "safe_url",
]
