"""Who speaks: copies of one text, and all that one source says, are one voice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from tracker.model import Claim

_WORD = re.compile(r"\w+")
MIN_WORDS = 4
"""Quotes shorter than this are alike by chance: they make no voices one."""


def voices(claims: Iterable[Claim]) -> list[tuple[Claim, ...]]:
    """Claims by voice: the same text, or the same source, of the same side and status.

    Voices come in the order of their first claims, and the claims of each in the order given.
    """
    claims = list(claims)
    voice = list(range(len(claims)))
    first: dict[tuple[str, ...], int] = {}
    for i, claim in enumerate(claims):
        for key in _marks(claim):
            at = first.setdefault((claim.claimed_by, claim.status, *key), i)
            one, other = sorted((_root(voice, at), _root(voice, i)))
            voice[other] = one
    found: dict[int, list[Claim]] = {}
    for i, claim in enumerate(claims):
        found.setdefault(_root(voice, i), []).append(claim)
    return [tuple(group) for group in found.values()]


def _root(voice: list[int], i: int) -> int:
    while voice[i] != i:
        i = voice[i]
    return i


def _marks(claim: Claim) -> Iterable[tuple[str, str]]:
    """What gives a voice away: the report, the source, the words."""
    yield "report", claim.report_id
    if claim.source.strip():
        yield "source", " ".join(claim.source.casefold().split())
    words = _WORD.findall(normalize("NFKC", claim.quote).casefold())
    if len(words) >= MIN_WORDS:
        yield "text", " ".join(words)
