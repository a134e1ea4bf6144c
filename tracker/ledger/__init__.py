"""Claims kept in files: read back, checked and put in order; an edge."""

from tracker.ledger.claimrow import Box
from tracker.ledger.claimsfile import CLAIMS_READ, read_claims
from tracker.ledger.order import in_order

__all__ = ["CLAIMS_READ", "Box", "in_order", "read_claims"]
