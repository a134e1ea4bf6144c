"""Words of a text as the gazetteer compares them.

A *key* is what is left of a word when the ways of typing it are taken away: case, apostrophes of
every kind, stress marks, ё for е, ґ for г, Latin marks (š for s), a Latin i inside a Cyrillic word.
Offsets always belong to the text as it was given; keys are made one word at a time.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ`‘ʹ′´ʻ＇"
_LETTER = r"[^\W\d_]"
_MARK = "\u0300\u0301\u00ad\u0306\u0308\u200b\u2060"
WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[{_MARK}]|[{APOSTROPHES}](?={_LETTER}))*")
# Upper-case letters of the Latin and Cyrillic alphabets: a name starts with one of these.
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĠĢĤĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŜŞŠŢŤŪŮŰŲŴŶŸŹŻŽЀ-ЯҐ"
# The capital comes first and is looked behind of, so that a search goes by the capitals alone.
CAPITAL_WORD = re.compile(
    rf"[{_CAPITAL}](?<![^\W_].)(?<![^\W_][{APOSTROPHES}].)"
    rf"(?:{_LETTER}++|[{_MARK}]|[{APOSTROPHES}](?={_LETTER}))*+"
)
# What may stand between two words of one name: a space, a line break, a hyphen of any kind.
GAP = re.compile(r"[ \t\u00a0\u2009\u202f]{1,2}|[ \t]?\r?\n[ \t]?|[-‐‑‒−]")

_DROPPED = {ord(c): None for c in APOSTROPHES + _MARK}
_FOLDED = str.maketrans({"ё": "е", "ґ": "г", "ѐ": "е", "ѝ": "и", "ў": "у"})
_LOOKALIKES = str.maketrans("aceiopxyhkmtb", "асеіорхуһкмтв")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z]")


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """The word as it is compared: lower case, without marks, apostrophes and typing habits."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFC", word).translate(_DROPPED).lower()
    if not _CYRILLIC.search(plain):
        marked = unicodedata.normalize("NFKD", plain)
        return "".join(c for c in marked if not unicodedata.combining(c)).replace("ł", "l")
    if _LATIN.search(plain):
        plain = plain.translate(_LOOKALIKES)
    return plain.translate(_FOLDED)


def is_cyrillic(word: str) -> bool:
    """True if the word holds a Cyrillic letter."""
    return _CYRILLIC.search(word) is not None


def without_possessive(word: str) -> str:
    """``Kyiv's`` without its English ending; other words as they are."""
    if word[-1] in "sS" and len(word) > 3 and word[-2] in APOSTROPHES:
        return word[:-2]
    return word


def name_keys(name: str) -> tuple[str, ...]:
    """The keys of all words of a name: ``Kam'ianets-Podilskyi`` gives two."""
    return tuple(key(w) for w in WORD.findall(name))
