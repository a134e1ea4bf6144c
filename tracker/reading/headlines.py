"""What the names of a headline stand for: "Kursk" may be the region that the text speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.model import Place
from tracker.places import Gazetteer, Mention


def without_regions(
    gazetteer: Gazetteer, text: str, mentions: list[Mention], title_end: int
) -> Sequence[Mention]:
    """A headline's "Kursk" is the region where the text speaks of that, not of the city."""
    regions = {
        m.candidates[0].admin1
        for m in mentions
        if m.kind == "area" and len(m.candidates) == 1 and m.start >= title_end
    }
    capitals = [
        number
        for number, m in enumerate(mentions)
        if m.kind == "settlement" and any(_is_capital(p) for p in m.candidates)
    ]
    if not any(
        p.admin1 in regions and _is_capital(p)
        for number in capitals
        if mentions[number].start < title_end
        for p in mentions[number].candidates
    ):
        return mentions
    found = gazetteer.resolve(text, mentions, wanted=capitals)
    placed = [(mentions[n], at.place) for n, at in zip(capitals, found, strict=True) if at.place]
    cities = {place.place_id for m, place in placed if m.start >= title_end}
    dropped = {
        m.start
        for m, place in placed
        if m.start < title_end
        and _is_capital(place)
        and place.admin1 in regions
        and place.place_id not in cities
    }
    return [m for m in mentions if m.start not in dropped]


def _is_capital(place: Place) -> bool:
    """Whether a town bears the name of its region."""
    return place.name == place.admin1
