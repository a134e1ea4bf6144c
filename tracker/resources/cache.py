"""What was worked out once and can be worked out again: kept in the user's cache by content.

Whatever is wrong with the cache, the work is simply done again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

APP = "frontline-tracker"
KEPT = 6
"""How many results of one kind are kept; the oldest go first."""


def cache_folder(kind: str) -> Path:
    """The folder of one kind of results; it can be deleted at any time."""
    import platformdirs

    return platformdirs.user_cache_path(APP, appauthor=False) / kind


def content_key(parts: Iterable[bytes]) -> str:
    """A name for a result by all that it is made from."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:32]


def kept(kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """The bytes kept under a key, else those that ``make`` gives, which are then kept."""
    file = cache_folder(kind) / f"{key}.bin"
    data = _read(file)
    if data is None:
        data = make()
        # A full disk or a read-only home makes the next run slower, no more.
        with contextlib.suppress(OSError):
            _keep(file, data)
    return data


def _read(file: Path) -> bytes | None:
    try:
        whole = file.read_bytes()
    except OSError:
        return None
    # A file cut short by a crash must not be taken for the result.
    return whole[32:] if hashlib.sha256(whole[32:]).digest() == whole[:32] else None


def _keep(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(data).digest() + data)
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    others = sorted(file.parent.glob("*.bin"), key=lambda f: (f.stat().st_mtime, f.name))
    for old in others[:-KEPT]:
        old.unlink(missing_ok=True)
