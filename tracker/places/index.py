"""All written forms of all names, ready to be looked up word by word.

A name is a chain of words. Cyrillic words are kept as nominatives and found in any case through
their stems; Latin words are kept in every romanization, and long names by their skeleton too.
The whole index is made of plain dictionaries, so that it can be kept on disk as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.places.context import lexicon
from tracker.places.declension import ALL_CASES, Stems
from tracker.places.romanization import outline, skeleton, skeleton_length, spellings
from tracker.places.tables import Area, Entry
from tracker.places.words import is_cyrillic, key, name_keys

OFFICIAL, DERIVED, ALIAS, ALIAS_DERIVED, SKELETON, SLIP = 5, 4, 3, 2, 1, 0
"""How well a form is known: the official name, a romanization of it, another name, ..., a slip."""

_ROMANIZED = {OFFICIAL: DERIVED, DERIVED: DERIVED, ALIAS: ALIAS_DERIVED}

SLIP_LETTERS = 8
"""The least length of a word that may be misspelt: shorter ones are too often other words."""

_UKRAINIAN_ONLY = frozenset("іїє")
_RUSSIAN_ONLY = frozenset("ыъэ")
_YO = frozenset("ёЁ")
_ROUGH = "~"
_LEVELS = 8

NEAR_MISS_LETTERS = 6
_LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяєії"

Words = tuple[str, ...]


class NameIndex:
    """The names of places, areas and persons, by their words (keys joined by spaces)."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, ...]] = {}  # number of the place * 8 + level
        self._areas: dict[str, tuple[int, ...]] = {}
        self._persons: dict[str, str] = {}
        self.units: dict[str, dict[str, int]] = {}
        """For oblasts and raions: the word before "region", "область" -> number of the area."""
        self._begun: set[str] = set()  # what longer names begin with
        self._latin: set[str] = set()
        self._stems = Stems()
        self._analysed: dict[str, tuple[tuple[str, int], ...]] = {}
        self._outlines: dict[str, list[str]] | None = None

    @classmethod
    def build(
        cls,
        entries: Sequence[Entry],
        areas: Sequence[Area],
        persons: Iterable[tuple[str, str, str]] = (),
    ) -> NameIndex:
        """The index of places and areas by position, and of persons (name, language, role)."""
        return _Builder().build(entries, areas, persons)

    def to_plain(self) -> dict[str, Any]:
        """The index as dictionaries, tuples, strings and integers."""
        return {
            "places": self._places,
            "areas": self._areas,
            "persons": self._persons,
            "units": self.units,
            "begun": self._begun,
            "latin": self._latin,
            "stems": self._stems.to_plain(),
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> NameIndex:
        """The index that :meth:`to_plain` wrote."""
        index = cls()
        index._places, index._areas = plain["places"], plain["areas"]
        index._persons, index.units = plain["persons"], plain["units"]
        index._begun, index._latin = plain["begun"], plain["latin"]
        index._stems = Stems.from_plain(plain["stems"])
        return index

    def places(self, name: str) -> dict[int, int]:
        """Places of a name: number -> level (how well the form is known)."""
        return {code // _LEVELS: code % _LEVELS for code in self._places.get(name, ())}

    def areas(self, name: str) -> tuple[int, ...]:
        """Numbers of the areas of a name."""
        return self._areas.get(name, ())

    def person(self, name: str) -> str:
        """``given`` or ``surname`` if the name is a person's, else ''."""
        return self._persons.get(name, "")

    def goes_on(self, name: str) -> bool:
        """True if some longer name begins with these words."""
        return name in self._begun

    def known(self, name: str) -> bool:
        """True if the words are a name or the beginning of one."""
        return name in self._places or name in self._begun or self.named(name)

    def named(self, name: str) -> bool:
        """True if the words are the name of an area or a person."""
        return name in self._areas or name in self._persons

    def analyse(self, word: str) -> tuple[tuple[str, int], ...]:
        """The words of names that a written word may be, each with the cases it may stand in."""
        found = self._analysed.get(word)
        if found is None:
            if len(self._analysed) > 200_000:  # a bound on memory, whatever is read
                self._analysed.clear()
            found = self._analysed[word] = self._analyse(key(word))
        return found

    def _analyse(self, word: str) -> tuple[tuple[str, int], ...]:
        if is_cyrillic(word):
            return tuple(sorted(self._stems.analyse(word).items()))
        rough = _ROUGH + skeleton(word)
        return tuple((w, ALL_CASES) for w in (word, rough) if w in self._latin)

    def slips(self, word: str) -> tuple[tuple[str, int], ...]:
        """Names of one word that an unknown long word may be a misspelling of, with its cases."""
        plain = key(word)
        if len(plain) < SLIP_LETTERS:
            return ()
        if not is_cyrillic(plain):
            return tuple((name, ALL_CASES) for name in self._outlined().get(outline(plain), ()))
        found = self._stems.analyse(plain, outline)
        return tuple(sorted((name, cases) for name, cases in found.items() if name in self._places))

    def near_misses(self, word: str) -> list[str]:
        """Names of one word that differ from a long word by one typing slip, in order."""
        plain = key(word)
        if len(plain) < NEAR_MISS_LETTERS:
            return []
        found: set[str] = set()
        for attempt in _one_slip(plain):
            if is_cyrillic(plain):
                found.update(self._stems.analyse(attempt))
            elif attempt in self._latin:
                found.add(attempt)
        return sorted(name for name in found if name in self._places)

    def _outlined(self) -> dict[str, list[str]]:
        if self._outlines is not None:
            return self._outlines
        found: dict[str, list[str]] = {}
        for name in sorted(self._places):
            if len(name) >= SLIP_LETTERS and name.isascii() and name.isalpha():
                found.setdefault(outline(name), []).append(name)
        self._outlines = found
        return found


class _Builder:
    """Fills an index; remembers what a form expands to, since namesakes share it."""

    def __init__(self) -> None:
        self._index = NameIndex()
        self._codes: dict[str, list[int]] = {}
        self._area_numbers: dict[str, list[int]] = {}
        self._expanded: dict[tuple[str, str, int, bool], list[tuple[str, int]]] = {}

    def build(
        self,
        entries: Sequence[Entry],
        areas: Sequence[Area],
        persons: Iterable[tuple[str, str, str]],
    ) -> NameIndex:
        for number, entry in enumerate(entries):
            self._add_entry(number, entry)
        for number, area in enumerate(areas):
            for lang, form in area.forms:
                for name, _ in self._names(form, lang, ALIAS, rough=False):
                    self._area_numbers.setdefault(name, []).append(number)
        index = self._index
        for form, lang, role in persons:
            for name, _ in self._names(form, lang, ALIAS, rough=False):
                index._persons[name] = role
        index._places = {name: _best(codes) for name, codes in self._codes.items()}
        index.units = _unit_words(areas)
        index._areas = {n: tuple(dict.fromkeys(a)) for n, a in self._area_numbers.items()}
        return index

    def _add_entry(self, number: int, entry: Entry) -> None:
        place = entry.place
        forms = [("en", place.name, OFFICIAL)]
        if place.name_uk:
            forms.append(("uk", place.name_uk, OFFICIAL))
        if entry.name_ru:
            forms.append(("ru", entry.name_ru, DERIVED))
        forms += [(lang, form, ALIAS) for lang, form in entry.forms]
        codes = self._codes
        for lang, form, level in forms:
            for name, quality in self._names(form, lang, level, rough=True):
                codes.setdefault(name, []).append(number * _LEVELS + quality)

    def _names(self, form: str, lang: str, level: int, rough: bool) -> list[tuple[str, int]]:
        """The names that a form is entered under, each with its level."""
        found = self._expanded.get((form, lang, level, rough))
        if found is None:
            chains = self._chains(form, lang, level, rough)
            found = [(self._entered(words), quality) for words, quality in chains.items()]
            self._expanded[form, lang, level, rough] = found
        return found

    def _entered(self, words: Words) -> str:
        for size in range(1, len(words)):
            self._index._begun.add(" ".join(words[:size]))
        return " ".join(words)

    def _chains(self, form: str, lang: str, level: int, rough: bool) -> dict[Words, int]:
        words = name_keys(form)
        if not words:
            return {}
        if not is_cyrillic(form):
            return self._latin_chains({words: level}, rough)
        found = {words: level}
        latin: dict[Words, int] = {}
        for tongue in _tongues(lang, form):
            for word in words:
                self._index._stems.add(word, tongue)
            for spelt, rare in _spelt(form, words, tongue):
                spelt_level = ALIAS_DERIVED if rare else _ROMANIZED[level]
                latin[spelt] = max(latin.get(spelt, 0), spelt_level)
        found.update(self._latin_chains(latin, rough))
        return found

    def _latin_chains(self, chains: dict[Words, int], rough: bool) -> dict[Words, int]:
        found = dict(chains)
        if rough:
            for words in chains:
                if sum(map(len, words)) >= skeleton_length():
                    found.setdefault(tuple([_ROUGH + skeleton(w) for w in words]), SKELETON)
        for words in found:
            self._index._latin.update(words)
        return found


def _spelt(form: str, words: Words, tongue: str) -> Iterator[tuple[Words, bool]]:
    """Latin spellings of a form; keys hold no ё, which the press writes "yo" (Zelyony)."""
    yield from spellings(words, tongue).items()
    if tongue == "ru" and _YO & set(form):
        with_yo = name_keys(form.replace("ё", "йо").replace("Ё", "Йо"))
        yield from spellings(with_yo, tongue).items()


def _unit_words(areas: Sequence[Area]) -> dict[str, dict[str, int]]:
    units: dict[str, dict[str, int]] = {"oblast": {}, "raion": {}}
    heads = lexicon().heads
    for number, area in enumerate(areas):
        if area.kind not in units:
            continue
        for _, form in area.forms:
            words = name_keys(form)
            if len(words) == 2 and words[1] in heads[area.kind]:
                units[area.kind].setdefault(words[0], number)
    return units


def _best(codes: list[int]) -> tuple[int, ...]:
    """One code a place: the best level at which it bears the name."""
    if len(codes) == 1:
        return (codes[0],)
    best: dict[int, int] = {}
    for code in codes:
        number = code // _LEVELS
        best[number] = max(code, best.get(number, 0))
    return tuple(best.values())


def _one_slip(word: str) -> set[str]:
    """The words that become ``word`` by leaving out, adding, changing or swapping one letter."""
    letters = _CYRILLIC_LETTERS if is_cyrillic(word) else _LATIN_LETTERS
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in cuts if b for c in letters}
    return found | {a + c + b for a, b in cuts for c in letters}


def _tongues(lang: str, form: str) -> tuple[str, ...]:
    """The languages whose endings a Cyrillic form may take."""
    if lang in ("uk", "ru"):
        return (lang,)
    letters = set(form.lower())
    if letters & _UKRAINIAN_ONLY:
        return ("uk",)
    return ("ru",) if letters & _RUSSIAN_ONLY else ("uk", "ru")
