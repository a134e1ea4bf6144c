"""What was worked out once is kept in the user's cache, and made again when it is no good."""

import pytest

from tracker.resources import cache


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Asks for the result of a key, and how often it was made so far."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    calls = []

    def ask(key):
        found = cache.kept("things", key, lambda: calls.append(key) or key.encode())
        return found, len(calls)

    return ask


def test_a_result_is_made_once(made):
    assert made("a") == (b"a", 1)
    assert made("a") == (b"a", 1)
    assert made("b") == (b"b", 2)


def test_a_damaged_or_cut_file_is_made_again(made):
    made("a")
    [file] = cache.cache_folder("things").glob("*.bin")
    file.write_bytes(file.read_bytes()[:-1])
    assert made("a") == (b"a", 2)
    assert made("a") == (b"a", 2)


def test_only_the_latest_are_kept(made):
    for number in range(cache.KEPT + 3):
        made(str(number))
    assert len(list(cache.cache_folder("things").iterdir())) == cache.KEPT


def test_without_a_cache_the_work_is_done_each_time(made, tmp_path):
    (tmp_path / "frontline-tracker").write_text("in the way", encoding="utf-8")
    assert made("a") == (b"a", 1)
    assert made("a") == (b"a", 2)


def test_a_key_tells_where_one_part_ends_and_the_next_begins():
    assert cache.content_key([b"ab", b"c"]) != cache.content_key([b"a", b"bc"])
