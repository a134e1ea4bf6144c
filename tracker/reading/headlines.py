"""What the names of a headline stand for: "Kursk" may be the region that the text speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.model import Place
from tracker.places import Gazetteer, Mention


def without_regions(
    gazetteer: Gazetteer, text: str, mentions: list[Mention], title_end: int
) -> Sequence[Mention]:
    """A headline's "Kursk" is the region where the text speaks of that, not of the city."""
    doubtful = any(
        m.start < title_end and m.kind == "settlement" and any(map(_is_capital, m.candidates))
        for m in mentions
    )
    if not doubtful:
        return mentions
    placed = list(zip(mentions, gazetteer.resolve(text, mentions), strict=True))
    body = [(m, at.place) for m, at in placed if m.start >= title_end and at.place is not None]
    regions = {place.admin1 for m, place in body if m.kind == "area"}
    cities = {place.place_id for m, place in body if m.kind == "settlement"}
    return [
        m
        for m, at in placed
        if not (
            m.start < title_end
            and m.kind == "settlement"
            and at.place is not None
            and _is_capital(at.place)
            and at.place.admin1 in regions
            and at.place.place_id not in cities
        )
    ]


def _is_capital(place: Place) -> bool:
    """Whether a town bears the name of its region."""
    return place.name == place.admin1
