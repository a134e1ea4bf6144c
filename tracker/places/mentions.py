"""Finding names in a text: one pass, longest name first, each classified by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.model import Place
from tracker.places import beside, context
from tracker.places.declension import DIRECT
from tracker.places.index import NameIndex
from tracker.places.records import Mention
from tracker.places.tables import Area, Entry
from tracker.places.walk import Hit, Meaning, Start, Walker
from tracker.places.words import CAPITAL_WORD, GAP, is_cyrillic, key, without_possessive

MAX_CANDIDATES = 200
MAX_WORDS = 100_000
"""A bound on memory, whatever is read."""
_UNIT_HEADS = {"oblast": "oblast", "around": "oblast", "raion": "raion"}
_BIG = 50_000


class Finder:
    """Finds mentions of the places and areas of one gazetteer."""

    def __init__(
        self, entries: Sequence[Entry], areas: Sequence[Area], index: NameIndex | None = None
    ) -> None:
        self._entries = entries
        self._areas = areas
        persons = context.lexicon().persons
        self.index = index or NameIndex.build(entries, areas, persons)
        self.walker = Walker(self.index)
        self._units = self.index.units
        self._ordinary: dict[str, bool] = {}
        self._alone = [(area.place,) for area in areas]
        self._oblasts = {a.place.admin1: (a.place,) for a in areas if a.kind == "oblast"}

    def find(self, text: str) -> list[Mention]:
        """Every known name in the text, in order; no two overlap."""
        found: list[Mention] = []
        position = 0
        start_of = self.walker.start
        for match in CAPITAL_WORD.finditer(text):
            begin = match.start()
            if begin < position:
                continue
            word = match.group()
            start = start_of(word)
            if start is None:
                continue
            if begin and text[begin - 1] in context.JOINTS and context.in_address(text, begin):
                continue
            if start.plain is None:
                start.plain = self._plain(word, start)
            if start.plain and not start.goes_on:
                mention, position = self._plainly(text, begin, start.plain)
            else:
                last = found[-1] if found else None
                mention, position = self._mention_at(text, begin, word, start, last)
            if mention is not None:
                found.append(mention)
        return self._with_uncapped(text, found)

    def _with_uncapped(self, text: str, found: list[Mention]) -> list[Mention]:
        """The mentions with the areas that are written in small letters: "покровське село"."""
        more = [m for at, word in beside.uncapped(text) if (m := self._uncapped(text, at, word))]
        if not more:
            return found
        taken = {at for m in found for at in (m.start, m.end - 1)}
        more = [m for m in more if not taken.intersection(range(m.start, m.end))]
        return sorted([*found, *more], key=lambda m: m.start)

    def _uncapped(self, text: str, begin: int, word: str) -> Mention | None:
        start = self.walker.start(word)
        hit = self.walker.walk(text, begin, word) if start else None
        if hit is not None and hit.words > 1 and hit.meaning.areas and not hit.meaning.places:
            return self._classified(text, hit)
        number = self._units["oblast"].get(beside.as_feminine(key(word)))
        if number is None:
            return None
        return Mention(begin, begin + len(word), word, "area", self._alone[number], oblique=True)

    def _mention_at(
        self, text: str, begin: int, word: str, start: Start, last: Mention | None
    ) -> tuple[Mention | None, int]:
        """The mention that begins at a word, and where to look on."""
        hit = self.walker.from_start(text, begin, word, start)
        if start.unit and (hit is None or hit.words == 1):
            unit = self._unit(text, begin, start)
            if unit is not None:
                return unit, unit.end
        if hit is None:
            return None, begin + 1
        if hit.meaning.nobodys:
            return None, hit.end
        if last is not None and begin - last.end < 60:
            between = text[last.end : begin]
            hit.listed = last.kind == "settlement" and context.lists(between)
            hit.in_area = last.kind == "area" and "." not in between
        mention = self._classified(text, hit)
        if hit.meaning.person == "given" and mention is None:
            return None, self._surname_end(text, hit)
        return mention, hit.end

    def _plain(self, word: str, start: Start) -> tuple[Any, ...]:
        """What a mention of a word holds that is the name of settlements and nothing else: neither
        an ordinary word nor an adjective, a person, an area; empty for all others."""
        meaning, bare = start.meaning, without_possessive(word)
        if meaning is None or start.unit or meaning.areas or meaning.person or not meaning.places:
            return ()
        same, cyrillic = key(bare), is_cyrillic(bare)
        if (bare.isupper() and len(bare) <= 4) or same in self._units["oblast"]:
            return ()
        if self._is_ordinary(bare, same) or context.may_be_region(same):
            return ()
        if cyrillic and context.is_adjective(same):
            return ()
        places, levels = self._candidates(meaning)
        return bare, places, levels, not meaning.cases & DIRECT, cyrillic

    def _plainly(self, text: str, begin: int, plain: tuple[Any, ...]) -> tuple[Mention | None, int]:
        """The mention of a plain name."""
        written, places, levels, oblique, cyrillic = plain
        end = begin + len(written)
        before = context.roles_before(text, begin)
        kind = "settlement"
        if "settlement" not in before and (
            ("title" in before and not cyrillic)
            or "other" in before
            or "compound" in before
            or (not cyrillic and context.role_beside(text, end))
            or context.in_quotes(text, begin, end)
        ):
            kind = "other"
        return Mention(begin, end, written, kind, places, oblique, levels), end

    def _unit(self, text: str, begin: int, start: Start) -> Mention | None:
        """``Kharkiv`` of "Kharkiv and Donetsk regions": the area, whatever town has that name."""
        end = begin + start.size
        role, head_end = context.head_after(text, end)
        unit = self._units.get(_UNIT_HEADS.get(role, ""), {})
        if not unit and beside.names_type(text, end):
            unit, head_end = self._units["oblast"], end
        numbers = [unit[lemma] for lemma in start.lemmas if lemma in unit]
        if not numbers:
            return None
        if context.is_next_word(text, end, head_end):
            end = head_end  # else one of a list: the head stands with the last
        area = self._alone[numbers[0]]
        return Mention(begin, end, text[begin:end], "area", area, not start.cases & DIRECT)

    def _classified(self, text: str, hit: Hit) -> Mention | None:
        kind = self._kind(text, hit)
        if kind == "":
            return None
        region = self._region(text, hit) if kind == "settlement" else ()
        if region:
            written = text[hit.start : hit.end]
            return Mention(hit.start, hit.end, written, "area", region, oblique=True)
        if kind not in ("area", "river"):
            return self._settlement(text, hit, kind)
        candidates = self._area_places(hit, rivers=kind == "river")
        if kind == "area" and all(self._areas[n].kind == "organisation" for n in hit.meaning.areas):
            kind = "other"
        written = text[hit.start : hit.end]
        return Mention(
            hit.start, hit.end, written, kind, candidates, not hit.meaning.cases & DIRECT
        )

    def _region(self, text: str, hit: Hit) -> tuple[Place, ...]:
        """The oblast that is meant by its city's name: ``на Запоріжжі``, "a town in Donetsk"."""
        if context.is_region(text, hit.start, hit.end):
            return self._oblasts.get(self._largest(hit).admin1, ())
        number = self._units["oblast"].get(key(text[hit.start : hit.end]))
        if number is None or not context.holds_towns(text, hit.start):
            return ()
        return self._alone[number]

    def as_settlement(self, text: str, hit: Hit) -> Mention:
        """A name taken for a settlement whatever stands around it."""
        return self._settlement(text, hit, "settlement")

    def _settlement(self, text: str, hit: Hit, kind: str) -> Mention:
        """A mention of settlements, best known form and largest first."""
        places, levels = self._candidates(hit.meaning)
        return Mention(
            hit.start,
            hit.end,
            text[hit.start : hit.end],
            kind,
            places,
            not hit.meaning.cases & DIRECT,
            levels,
        )

    def _candidates(self, meaning: Meaning) -> tuple[Any, ...]:
        """The places that a name may mean, best first, and how well each form is known."""
        found = meaning.known.get("places")
        if found is None:
            levels, entries = meaning.places, self._entries
            kept = sorted(levels, key=lambda n: (-levels[n], -entries[n].place.population, n))
            del kept[MAX_CANDIDATES:]
            found = tuple(entries[n].place for n in kept), tuple(levels[n] for n in kept)
            meaning.known["places"] = found
        return found

    def _area_places(self, hit: Hit, rivers: bool) -> tuple[Place, ...]:
        memo = "rivers" if rivers else "areas"
        known = hit.meaning.known.get(memo)
        if known is None:
            found = [self._areas[n] for n in hit.meaning.areas]
            wanted = [a for a in found if (a.kind == "river") == rivers]
            known = hit.meaning.known[memo] = tuple(a.place for a in wanted or found)
        return known

    def _kind(self, text: str, hit: Hit) -> str:
        """``settlement``, ``area``, ``river``, ``other``, or '' for what is no name of a place."""
        before = context.roles_before(text, hit.start)
        if hit.meaning.areas:
            kind = self._area_kind(hit, before)
            if kind:
                return kind
        if self._is_person(text, hit, before):
            return "other" if hit.meaning.places and hit.meaning.person != "given" else ""
        if not hit.meaning.places or self._is_common(text, hit, before):
            return ""
        if "settlement" in before:
            return "settlement"
        if "other" in before or "compound" in before or self._bears_name(text, hit):
            return "other"
        if context.in_quotes(text, hit.start, hit.end):
            return "other"
        return "settlement"

    def _area_kind(self, hit: Hit, before: frozenset[str]) -> str:
        kinds = {self._areas[n].kind for n in hit.meaning.areas}
        if not hit.meaning.places:
            return "river" if kinds == {"river"} else "area"
        if "river" in kinds and before & {"river", "the"}:
            return "river"
        if kinds == {"river"} or "settlement" in before:
            return ""
        return "area" if self._largest(hit).population < _BIG else ""

    def _largest(self, hit: Hit) -> Place:
        return max((self._entries[n].place for n in hit.meaning.places), key=lambda p: p.population)

    def _is_person(self, text: str, hit: Hit, before: frozenset[str]) -> bool:
        if "settlement" in before or (hit.listed and hit.meaning.places):
            return False
        if hit.meaning.person == "given" and self._surname_end(text, hit) > hit.end:
            return True
        written = text[hit.start : hit.end]
        if hit.meaning.person and "title" not in before:
            if hit.meaning.places and self._is_where(text, hit, before):
                return False
            return not self._area_beside(text, hit)
        if "title" not in before:
            return False
        if not is_cyrillic(written):
            return True
        return context.is_adjective(key(written)) and not self._is_town_of(text, hit)

    def _is_town_of(self, text: str, hit: Hit) -> bool:
        """True if what looks like a surname is a town's genitive: ``мер Бердянська``, and of a
        small one where the mayor's name follows."""
        if not hit.meaning.places or hit.meaning.cases & DIRECT:
            return False
        if self._largest(hit).population >= _BIG:
            return True
        return beside.is_towns_head(text, hit.start, hit.end)

    def _is_where(self, text: str, hit: Hit, before: frozenset[str]) -> bool:
        """True if a surname stands where a place does: after "near", taken, in a list of places."""
        if "place" in before or ("taken" in before and hit.meaning.cases & DIRECT):
            return True
        end = hit.end
        if beside.lies_beside(text, end) or beside.is_explained(text, end):
            return True
        word = text[hit.start : end]
        noun = is_cyrillic(word) and not context.is_adjective(key(word))
        if noun and (beside.is_described(text, hit.start) or beside.is_acted_upon(text, end)):
            return True
        return self._lists_on(text, hit)

    def _lists_on(self, text: str, hit: Hit) -> bool:
        """True if a smaller place follows in a list: ``Шевченко та Надіївка``."""
        match = beside.next_listed(text, hit.end)
        following = self.walker.walk(text, match.start(), match.group()) if match else None
        if following is None or following.meaning.person or not following.meaning.places:
            return False
        return self._largest(following).population < _BIG

    def _area_beside(self, text: str, hit: Hit) -> bool:
        """True if an oblast or raion is named beside it: ``Мирне Донецької області``."""
        if hit.in_area:
            return True
        end = hit.end
        for match in CAPITAL_WORD.finditer(text, end, end + 30):
            if "." in text[end : match.start()]:
                break
            start = self.walker.start(match.group())
            if start is None:
                continue
            if (start.meaning and start.meaning.areas) or self._names_unit(match.group()):
                return True
            if start.meaning and not context.lists(text[end : match.start()]):
                return False  # "Под Андреевкой на Харьковщине": the area is another's
        return False

    def _surname_end(self, text: str, hit: Hit) -> int:
        """Where the surname after a given name ends; the given name's own end if none follows."""
        gap = GAP.match(text, hit.end)
        match = CAPITAL_WORD.match(text, gap.end()) if gap and gap.group() == " " else None
        if match is None:
            return hit.end
        following = self.walker.walk(text, match.start(), match.group())
        if following is not None and following.meaning.areas:
            return hit.end
        of_unit = self._names_unit(match.group()) and context.head_after(text, match.end())[0]
        return hit.end if of_unit else match.end()

    def _names_unit(self, word: str) -> bool:
        """True if a word begins the name of an oblast or raion (``Херсонської``)."""
        start = self.walker.start(word)
        return start is not None and start.unit

    def _is_common(self, text: str, hit: Hit, before: frozenset[str]) -> bool:
        """True for a capital that is no sign of a name: an ordinary word, a short abbreviation."""
        if hit.words > 1 or hit.listed or "settlement" in before:
            return False
        written = text[hit.start : hit.end]
        cyrillic = is_cyrillic(written)
        if written.isupper() and len(written) <= (3 if cyrillic else 4):
            return True
        word = key(written)
        common = self._is_ordinary(written, word)
        if cyrillic and context.is_attribute(text, word, hit.end, common):
            return True
        if not common:
            return False
        if self._area_beside(text, hit):
            return False
        if not cyrillic:
            return True
        return context.starts_sentence(text, hit.start) and not self._stands_as_place(text, hit)

    def _is_ordinary(self, written: str, word: str) -> bool:
        """True if a word (and its key) is one of the lexicon's common ones in some case."""
        known = self._ordinary.get(written)
        if known is None:
            if len(self._ordinary) > MAX_WORDS:
                self._ordinary.clear()
            listed = context.lexicon().common
            known = word in listed or any(w in listed for w, _ in self.index.analyse(written))
            self._ordinary[written] = known
        return known

    def _stands_as_place(self, text: str, hit: Hit) -> bool:
        """True if what follows an ordinary word at the beginning of a sentence makes it a name.

        A word for a kind of settlement («Селище звільнено») or an attack is none, whatever follows.
        """
        written = key(text[hit.start : hit.end])
        if written in context.lexicon().before["settlement"] or written in context.lexicon().toward:
            return False
        if beside.is_acted_upon(text, hit.end) or self._lists_on(text, hit):
            return True
        neuter = context.is_neuter(written)
        if beside.is_fought_for(text, hit.end, neuter=neuter):
            return True
        if not (neuter or context.is_thing(written)):
            return False
        end = hit.end
        if beside.meets_fate(text, end) or beside.is_explained(text, end):
            return True
        return neuter and (beside.is_placed(text, end) or beside.has_clause(text, end))

    def _bears_name(self, text: str, hit: Hit) -> bool:
        """``Kherson front``, ``Бахмутський напрямок``: something named after the town."""
        written = text[hit.start : hit.end]
        if is_cyrillic(written) and (hit.words > 1 or not context.is_adjective(key(written))):
            return False
        return bool(context.role_beside(text, hit.end))
