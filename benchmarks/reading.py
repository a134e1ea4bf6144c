"""How many reports of 1.2 kB are read in a second on one core, and what memory many of them take.

    python benchmarks/reading.py
    python benchmarks/reading.py --lines 1000000 --texts 3000

The reports are made of the texts of ``tests/labelled``, put together at random until each has 1,200
bytes (UTF-8), no two alike unless ``--texts`` says how many differ; half of them only of texts that
hold no claim. Their sentences come again, as in agency copy, and the reader remembers those: in the
last row each sentence has an aside of three random words of its own, so that none comes twice.
``tracker claims FILE.jsonl -o OUT.jsonl`` reads them in a process of its own: text
to located claims, end to end. With few texts the speed is that of copies; memory is the point then.
Times are CPU seconds, so that a busy machine counts less; the start of the program is measured
apart, on one report, and taken off the speed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BYTES = 1200
SEED = 20220224
LANGUAGES = ("en", "uk", "ru")
_WORD = re.compile(r"\b[^\W\d_]{4,}\b")
_END = re.compile(r"(?<=\w)(?=[.!?](?:\s|$))")


def texts() -> dict[tuple[str, bool], list[str]]:
    """The labelled texts by language and whether they hold a claim."""
    found: dict[tuple[str, bool], list[str]] = {}
    for file in sorted((ROOT / "tests" / "labelled").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row.get("text"):
                found.setdefault((row["lang"], bool(row["claims"])), []).append(row["text"])
    return found


def reports(
    number: int, differ: int, kinds: tuple[bool, ...], *, new: bool = False
) -> Iterator[str]:
    """Lines of JSON, a report each; ``kinds`` are taken in turn: with claims or without."""
    made: list[dict[str, str]] = []
    for row in distinct(min(number, differ), kinds, new=new):
        yield json.dumps(row, ensure_ascii=False) + "\n"
        if differ < number:
            made.append(row)
    for n in range(differ, number):
        yield json.dumps({**made[n % differ], "id": f"r{n}"}, ensure_ascii=False) + "\n"


def distinct(
    number: int, kinds: tuple[bool, ...], *, new: bool = False
) -> Iterator[dict[str, str]]:
    """Reports, no two alike; if ``new``, no two of their sentences either."""
    known, dice = texts(), random.Random(SEED)
    words = {
        lang: [w for (of, _), found in known.items() if of == lang for w in _words(found)]
        for lang in LANGUAGES
    }
    for n in range(number):
        lang, kind = LANGUAGES[n % 3], kinds[n // 3 % len(kinds)]
        text = f"No. {n}."
        while len(text.encode()) < BYTES:
            chosen = dice.choice(known[lang, kind])
            text += "\n" + (_renewed(chosen, words[lang], dice) if new else chosen)
        text = text.encode()[:BYTES].decode("utf-8", "ignore")
        day = f"202{2 + n % 3}-{1 + n % 12:02}-{1 + n % 28:02}"
        yield {"id": f"r{n}", "published": day, "lang": lang, "text": text}


def _renewed(text: str, words: list[str], dice: random.Random) -> str:
    """The text with an aside at the end of each sentence that no other has."""
    return _END.sub(lambda _: f" ({' '.join(dice.choices(words, k=3))})", text)


def _words(found: Iterable[str]) -> list[str]:
    """Words in small letters, which name no place."""
    return [word for text in found for word in _WORD.findall(text) if word.islower()]


def run(
    number: int, differ: int, kinds: tuple[bool, ...], *, new: bool = False
) -> tuple[float, float, int]:
    """CPU seconds, peak memory in MB and number of claims of one run over so many reports."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "reports.jsonl"), Path(folder, "claims.jsonl")
        with source.open("w", encoding="utf-8") as stream:
            stream.writelines(reports(number, differ, kinds, new=new))
        words = [sys.executable, "-m", "tracker", "claims", str(source), "-o", str(target)]
        with Path(os.devnull).open("w") as silent:
            action = [(os.POSIX_SPAWN_DUP2, silent.fileno(), 2)]
            child = os.posix_spawn(sys.executable, words, os.environ, file_actions=action)
            _, status, used = os.wait4(child, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit("tracker claims failed")
        with target.open("rb") as stream:
            claims = sum(1 for _ in stream)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return used.ru_utime + used.ru_stime, used.ru_maxrss / unit, claims


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lines", type=int, default=3000, help="how many reports (3000)")
    parser.add_argument("--texts", type=int, help="how many different texts (all)")
    words = parser.parse_args()
    lines: int = words.lines
    differ: int = words.texts or lines
    start, least, _ = run(1, 1, (False,))
    print(
        f"{'reports of 1.2 kB':24}{'number':>10}{'claims':>10}{'CPU s':>9}{'a second':>10}{'MB':>7}"
    )
    print(f"{'start of the program':24}{1:10,}{'':>10}{start:9.1f}{'':>10}{least:7.0f}")
    kinds = {"half of them quiet": ((True, False), False)}
    if lines <= 100_000:
        kinds |= {"all with claims": ((True,), False), "all quiet": ((False,), False)}
        kinds |= {"half, new sentences": ((True, False), True)}
    for name, (kind, new) in kinds.items():
        seconds, memory, claims = run(lines, differ, kind, new=new)
        speed = lines / max(seconds - start, 0.01)
        print(f"{name:24}{lines:10,}{claims:10,}{seconds:9.1f}{speed:10,.0f}{memory:7.0f}")


if __name__ == "__main__":
    main()
