"""The one place where values become JSON text.

JSON ends up inside HTML pages and in files that other programs show as HTML, so markup in it is
written as escapes: the values stay the same, but no parser sees a tag.
"""

from __future__ import annotations

import json
import re

# U+2028 and U+2029 end a line in JavaScript; a lone surrogate cannot be written as UTF-8.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def dumps(obj: object) -> str:
    r"""One line of JSON with ``\u003c``, ``\u003e``, ``\u0026`` for ``<``, ``>``, ``&``.

    Raises :class:`ValueError` for NaN and infinities, which are no JSON.
    """
    text = _ENCODER.encode(obj)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
