"""One sentence, prepared for reading: its words, the lexicon's matches, and where places stand.

A :class:`Spot` is a place mention with what the grammar around it says: the preposition that
governs it, whether only a part of it is meant, and the list ("A, B and C") that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.places import Location, Mention
from tracker.reading.dates import DateFinder, may_tell_days
from tracker.reading.datewords import When
from tracker.reading.language import Language
from tracker.reading.lines import Words
from tracker.reading.phrases import Match
from tracker.reading.tokens import Tokens

NOWHERE = Location("unknown", None, (), 0.0, "not in the gazetteer")
_NONE: frozenset[str] = frozenset()
_MAYBE_GENITIVE = tuple("иыіїоу")
"""Ends of names that may be a genitive or have no cases at all, whatever else they may be."""


@dataclass(slots=True)
class Spot:
    """A place mention at ``tokens[start:end]``.

    ``location`` is decided once it is known to be wanted; a name that the gazetteer does not know
    stays nowhere. ``counted`` ones stand together at one phrase ("both villages").
    """

    start: int
    end: int
    mention: Mention
    governors: frozenset[str] = frozenset()
    head: int = 0
    partial: bool = False
    typed: bool = False
    group: int = -1
    anaphor: bool = False
    garrison: bool = False
    counted: bool = False
    other_name: Spot | None = None
    location: Location = NOWHERE

    @property
    def is_area(self) -> bool:
        """Whether it is a region rather than a settlement."""
        return self.mention.kind == "area"

    @property
    def is_place(self) -> bool:
        """Whether it can be taken or left."""
        return self.mention.kind in ("settlement", "area")

    @property
    def is_nominative(self) -> bool:
        """Whether its form cannot hang on a noun, as a genitive does: "Изюм", not "Изюма"."""
        known = bool(self.mention.candidates) and not (self.anaphor or self.typed)
        told = not self.mention.as_written.endswith(_MAYBE_GENITIVE)
        return known and told and not self.mention.oblique


@dataclass(slots=True)
class Scene:
    """A sentence with everything the readers of event, place, side, date and claimant look at."""

    words: Words
    language: Language
    tokens: Tokens
    matches: dict[str, list[Match]]
    spots: list[Spot]
    published: date
    title: bool = False
    speakers: list[Match] | None = None
    """Who speaks in it, once :func:`tracker.reading.voices.speakers` has looked."""
    implied: Spot | None = None
    """The place that a sentence without a subject is about: "Captured by Russia on 3 March"."""
    topics: Sequence[Spot] = ()
    """The places of a sentence before that holds nothing but their names: "Bakhmut. It fell"."""
    told_on: date | None = None
    """The day from which dates without a year look back, where that is not publication."""
    entry: bool = False
    """Whether the whole text is about that place: its name is the title."""
    correcting: bool = False
    """Whether the text takes back what this sentence quotes of an earlier one."""
    previous: Scene | None = None
    """The sentence before, for what counts from it; only a few are kept in this chain."""
    heading: When | None = None
    """The days of all that follows a heading: "8 September.", "The bulletin for 15-21 November"."""

    _covering: dict[str, dict[int, Match]] = field(init=False)
    _spot_at: dict[int, Spot] = field(default_factory=dict)
    _whens: list[When] | None = None
    _anchored: bool = False
    _anchor: date | None = None

    @property
    def start(self) -> int:
        """Where its first word begins in the text."""
        return self.tokens.start

    @property
    def end(self) -> int:
        """Where its last word or mark ends."""
        return self.tokens.end

    def __post_init__(self) -> None:
        self._covering = self.words.covering
        if self.spots:
            self._see_spots()

    def _see_spots(self) -> None:
        self._spot_at = {i: spot for spot in self.spots for i in range(spot.start, spot.end)}

    @property
    def whens(self) -> list[When]:
        """The phrases of time, looked for only where an event asks for them."""
        if self._whens is None:
            self._whens = self._find_whens()
        return self._whens

    def _find_whens(self) -> list[When]:
        if not may_tell_days(self.tokens, self.matches):
            return []
        return DateFinder(
            self.tokens, self.matches, self.published, lambda: self.anchor, self.told_on
        ).find()

    @property
    def anchor(self) -> date | None:
        """The day that the sentences before named last."""
        if not self._anchored:
            self._anchor, self._anchored = self._find_anchor(), True
        return self._anchor

    def _find_anchor(self) -> date | None:
        before = self.previous
        while before is not None:
            exact = [when.date_to for when in before.whens if when.exact]
            if exact:
                return exact[-1]
            before = before.previous
        return None

    def at(self, category: str, i: int) -> Match | None:
        """The match of a category that covers token ``i``; of overlapping ones the later."""
        covering = self._covering.get(category)
        if covering is None:
            if category not in self.matches:
                return None
            covering = self.words.cover(category)
        return covering.get(i)

    def any_at(self, categories: Iterable[str], i: int) -> bool:
        """Whether a match of one of the categories covers token ``i``."""
        for category in categories:
            covering = self._covering.get(category)
            if covering is None:
                if category not in self.matches:
                    continue
                covering = self.words.cover(category)
            if i in covering:
                return True
        return False

    def within(self, category: str, first: int, last: int) -> bool:
        """Whether a match of the category covers one of ``tokens[first:last]``."""
        covering = self._covering.get(category)
        if covering is None:
            if category not in self.matches:
                return False
            covering = self.words.cover(category)
        return not covering.keys().isdisjoint(range(first, last))

    def prepositions_at(self, i: int) -> frozenset[str]:
        """Classes of the preposition whose last word is token ``i``, the longest where several."""
        return self.words.prepositions.get(i, _NONE)

    def spot_at(self, i: int) -> Spot | None:
        """The place mention that covers token ``i``."""
        return self._spot_at.get(i)

    def add_spots(self, spots: Iterable[Spot]) -> None:
        """Put further spots, in groups of their own, into the sentence."""
        for spot in spots:
            spot.group = len(self.spots)
            self.spots.append(spot)
        self.spots.sort(key=lambda s: s.start)
        self._see_spots()

    def gap(self, i: int, j: int) -> int:
        """How many words, not marks, stand in ``tokens[i:j]``."""
        return sum(token.is_word for token in self.tokens[i:j])

    def drop_spots(self, spots: Sequence[Spot]) -> None:
        """Take mentions out that turn out to name no place here."""
        if not spots:
            return
        gone = {id(spot) for spot in spots}
        self.spots = [spot for spot in self.spots if id(spot) not in gone]
        self._see_spots()


def members(scene: Scene, spot: Spot) -> list[Spot]:
    """The list a place belongs to, in order, itself included."""
    return [s for s in scene.spots if s.group == spot.group]
