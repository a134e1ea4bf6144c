"""Claims kept: in files read back and put in order, and in a ledger with its verdicts; an edge."""

from tracker.ledger.claimrow import Box
from tracker.ledger.claimsfile import CLAIMS_READ, read_claims
from tracker.ledger.order import in_order
from tracker.ledger.pile import Pile
from tracker.ledger.review import REVIEW_FIELDS, Doubts, ReviewRow, read_review, review_rows
from tracker.ledger.store import Added, Info, Ledger, is_ledger, open_ledger
from tracker.ledger.tellings import Telling, content_of, told_by, told_elsewhere
from tracker.ledger.verdicts import VERDICTS, Judged, Verdict, judge, judged, parse_verdict

__all__ = [
    "CLAIMS_READ",
    "REVIEW_FIELDS",
    "VERDICTS",
    "Added",
    "Box",
    "Doubts",
    "Info",
    "Judged",
    "Ledger",
    "Pile",
    "ReviewRow",
    "Telling",
    "Verdict",
    "content_of",
    "in_order",
    "is_ledger",
    "judge",
    "judged",
    "open_ledger",
    "parse_verdict",
    "read_claims",
    "read_review",
    "review_rows",
    "told_by",
    "told_elsewhere",
]
