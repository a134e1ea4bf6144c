"""The gazetteer: every written form of a name -> a place, or "ambiguous", or "unknown"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from tracker.errors import UsageError, shown
from tracker.model import Place
from tracker.places.index import NameIndex
from tracker.places.mentions import Finder
from tracker.places.records import Hints, Location, Mention
from tracker.places.resolve import Resolver, anchors_of
from tracker.places.tables import Area, Entry
from tracker.places.walk import Hit
from tracker.places.words import CAPITAL_WORD, WORD


class Gazetteer:
    """Names and places of one country or war.

    Made by :func:`tracker.places.load_gazetteer`; of made-up places in tests directly from entries
    and areas.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        areas: Sequence[Area] = (),
        index: NameIndex | None = None,
    ) -> None:
        self._entries = tuple(entries)
        self._areas = tuple(areas)
        self._finder = Finder(self._entries, self._areas, index)
        self._resolver = Resolver(self._entries, anchors_of(self._areas, self._entries))
        self._by_id = {e.place.place_id: e.place for e in self._entries}
        self._by_id.update({a.place.place_id: a.place for a in self._areas})

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All settlements with what is known of their names."""
        return self._entries

    @property
    def area_entries(self) -> tuple[Area, ...]:
        """All areas with their kinds and written forms."""
        return self._areas

    @property
    def index(self) -> NameIndex:
        """The written forms of all names."""
        return self._finder.index

    @property
    def places(self) -> tuple[Place, ...]:
        """All settlements, ordered by first-level unit, name and id."""
        return tuple(e.place for e in self._entries)

    @property
    def written_forms(self) -> dict[str, tuple[str, ...]]:
        """The other names of each settlement by its id: Russian, earlier ones, press spellings."""
        return {
            e.place.place_id: tuple(filter(None, (e.name_ru, *(form for _, form in e.forms))))
            for e in self._entries
        }

    @property
    def areas(self) -> tuple[Place, ...]:
        """All areas, rivers and organisations; they have no coordinates."""
        return tuple(a.place for a in self._areas)

    def place(self, place_id: str) -> Place | None:
        """The place or area of that id, None if there is none."""
        return self._by_id.get(place_id)

    def mentions(self, text: str, lang: str = "") -> list[Mention]:
        """Every known name in the text: longest first from the left, in order, without overlap.

        Names need a capital; offsets are characters of ``text``. ``lang`` is not needed: the
        forms of all languages are looked for, since texts mix them.
        """
        return self._finder.find(text)

    def resolve(
        self,
        text: str,
        mentions: Sequence[Mention],
        hints: Hints | None = None,
        *,
        wanted: Sequence[int] | None = None,
    ) -> list[Location]:
        """One location for each mention, decided together with what else the text names.

        ``wanted`` are numbers of mentions: only their locations are given, in that order.
        """
        return self._resolver.resolve(text, mentions, hints, wanted)

    def locate(self, name: str, *, near: str = "", admin1: str = "") -> Location:
        """A bare name in any written form.

        ``near`` is another name that lies close by, ``admin1`` a first-level unit in any written
        form. Raises :class:`tracker.errors.UsageError` if ``near`` is not known or ambiguous, or
        ``admin1`` is not known.
        """
        mention = self._whole(name)
        if mention is None:
            return Location("unknown", None, (), 0.0, "no place of this name in the gazetteer")
        hints = Hints(self._near(near), self._unit(admin1))
        return self.resolve(name, [mention], hints)[0]

    def _whole(self, name: str) -> Mention | None:
        """The mention that is all of ``name``, best a settlement; small letters are forgiven."""
        text = " ".join(name.split())
        area = None
        for form in (text, WORD.sub(lambda m: m.group()[:1].upper() + m.group()[1:], text)):
            start = CAPITAL_WORD.match(form)
            hit = self._finder.walker.walk(form, 0, start.group()) if start else None
            if hit is not None and hit.end == len(form) and hit.meaning.places:
                return self._finder.as_settlement(form, hit)
            found = [m for m in self.mentions(form) if (m.start, m.end) == (0, len(form))]
            area = area or (found[0] if found else None)
        return area or self._misspelt(text)

    def _misspelt(self, word: str) -> Mention | None:
        """The mention if a long single word is a name with one typing slip."""
        if " " in word:
            return None
        meaning = self._finder.walker.near_miss(word)
        return self._finder.as_settlement(word, Hit(0, len(word), 1, meaning)) if meaning else None

    def _near(self, near: str) -> tuple[Place, ...]:
        if not near:
            return ()
        found = self.locate(near)
        if not found.candidates:
            raise UsageError(f"--near: no place named {shown(near)} in the gazetteer")
        return (found.place,) if found.place is not None else found.candidates

    @cached_property
    def _units(self) -> dict[str, str]:
        """First-level units by their bare names in small letters."""
        return {p.admin1.casefold(): p.admin1 for p in self.places}

    def _unit(self, admin1: str) -> frozenset[str]:
        if not admin1:
            return frozenset()
        bare = self._units.get(admin1.strip().casefold())
        if bare is not None:
            return frozenset((bare,))
        for text in (admin1, f"{admin1} region"):
            named = [m for m in self.mentions(text) if m.kind == "area" and m.candidates[0].admin1]
            if named:
                return frozenset((named[0].candidates[0].admin1,))
        units = ", ".join(sorted(u for u in self._units.values() if u))
        raise UsageError(f"no first-level unit named {shown(admin1)}; one of {units}")
