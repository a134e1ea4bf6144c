"""A gazetteer as bytes, for a cache: what has been worked out of its tables once.

Only plain numbers, strings and tuples are written (``marshal``), so that reading runs no code;
a checksum guards against a file that was cut short.
"""

from __future__ import annotations

import gc
import hashlib
import marshal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tracker import resources
from tracker.model import Place
from tracker.places.gazetteer import Gazetteer
from tracker.places.index import NameIndex
from tracker.places.tables import Area, Entry

_MADE_BY = (
    "compiled.py", "context.py", "declension.py", "geonames.py", "index.py", "romanization.py",
    "tables.py", "words.py", "data/declension.csv", "data/romanization.toml", "data/context.toml",
    "data/geonames_admin1.csv",
)  # fmt: skip
"""What the compiled form depends on besides the tables."""


def fingerprint(tables: Iterable[bytes]) -> bytes:
    """A digest of the tables and of all that turns them into a gazetteer."""
    digest = hashlib.sha256(sys.version.encode())
    for part in _MADE_BY:
        digest.update(resources.read_text("places", *part.split("/")).encode())
    for table in tables:
        digest.update(hashlib.sha256(table).digest())
    return digest.digest()


def to_bytes(gazetteer: Gazetteer, mark: bytes) -> bytes:
    """The gazetteer behind its fingerprint and a checksum."""
    plain = (
        [
            (_row(e.place), e.forms, e.front, e.namesakes, e.katottg, e.name_ru)
            for e in gazetteer.entries
        ],
        [(_row(a.place), a.kind, a.forms) for a in gazetteer.area_entries],
        gazetteer.index.to_plain(),
    )
    body = marshal.dumps(plain)
    return mark + hashlib.sha256(body).digest() + body


def from_bytes(data: bytes, mark: bytes) -> Gazetteer | None:
    """The gazetteer, None if the bytes were made from something else or are damaged."""
    size = len(mark)
    if data[:size] != mark or data[size : size + 32] != hashlib.sha256(data[size + 32 :]).digest():
        return None
    with no_collecting():
        entries, areas, index = marshal.loads(memoryview(data)[size + 32 :])
        return Gazetteer(
            [
                Entry(Place(*row), forms, front, namesakes, katottg, name_ru)
                for row, forms, front, namesakes, katottg, name_ru in entries
            ],
            [Area(Place(*row), kind, forms) for row, kind, forms in areas],
            NameIndex.from_plain(index),
        )


@contextmanager
def no_collecting() -> Iterator[None]:
    """While a gazetteer is made nothing is garbage, and looking for it takes much of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _row(place: Place) -> tuple[object, ...]:
    return (
        place.place_id,
        place.name,
        place.lon,
        place.lat,
        place.admin1,
        place.admin2,
        place.name_uk,
        place.population,
        place.level,
    )
