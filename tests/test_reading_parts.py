"""The steps of reading, each by itself: words, sentences, phrases, dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import UsageError
from tracker.reading.dates import DateFinder
from tracker.reading.language import LANGUAGES, load_language
from tracker.reading.phrases import PhraseMatcher
from tracker.reading.tokens import sentences, tokenize


def split(text, lang="en"):
    return [text[s.start : s.end] for s in sentences(text, load_language(lang).abbreviations)]


def test_sentences_end_at_full_stops_but_not_at_abbreviations():
    assert split("Gen. Zaluzhnyi spoke. He left at 5 p.m. on Friday. Done!") == [
        "Gen. Zaluzhnyi spoke.",
        "He left at 5 p.m. on Friday.",
        "Done!",
    ]
    assert split("Звільнено с. Роботине та м. Ізюм. Далі буде.", "uk") == [
        "Звільнено с. Роботине та м. Ізюм.",
        "Далі буде.",
    ]


def test_a_missing_space_after_a_full_stop_still_ends_the_sentence():
    assert split("It lasted a few days.Russia left.") == ["It lasted a few days.", "Russia left."]


def test_a_headline_stands_by_itself():
    text = "Izium retaken\nThe army said so on Friday evening in a long statement.\n\nIt rained."
    assert split(text) == text.replace("\n\n", "\n").split("\n")


def test_a_list_belongs_to_the_line_that_announces_it():
    assert split("Taken on Monday:\n- Balakliia\n- Kupiansk\n\nIt rained.") == [
        "Taken on Monday:\n- Balakliia\n- Kupiansk",
        "It rained.",
    ]


def test_a_line_wrapped_by_hand_does_not_end_a_sentence():
    text = (
        "The General Staff of the Armed Forces said on Friday that the\nDonetsk region was quiet."
    )
    assert split(text) == [text]
    assert split("Ukrainian forces captured\nIzium on Saturday") == [
        "Ukrainian forces captured\nIzium on Saturday"
    ]


@given(st.text(max_size=400))
def test_tokens_and_sentences_never_overlap_and_never_fail(text):
    end = 0
    tokens = tokenize(text)
    for token, (first, last) in zip(tokens, tokens.spans, strict=True):
        assert first >= end
        assert text[first:last] == token.text
        end = last
    end = 0
    for sentence in sentences(text):
        assert sentence.start >= end
        end = sentence.end


def test_an_english_possessive_is_a_word_of_its_own():
    assert [t.norm for t in tokenize("Russia’s army")] == ["russia", "'s", "army"]


def phrases(written, text):
    matcher = PhraseMatcher()
    matcher.add(written, "x")
    tokens = tokenize(text)
    return [" ".join(t.text for t in tokens[m.start : m.end]) for m in matcher.find(tokens)]


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("took", "They took it", ["took"]),
        ("звільн*", "ЗСУ звільнили село", ["звільнили"]),
        (
            "took|gained ?full control of",
            "They gained control of it and took full control of that",
            ["gained control of", "took full control of"],
        ),
        ("raised ... flag", "raised the Ukrainian flag", ["raised the Ukrainian flag"]),
        ("raised ... flag", "raised, they said, the flag", []),
        ("?the last day", "in the last day", ["the last day", "last day"]),
    ],
)
def test_the_notation_of_phrases(written, text, found):
    assert phrases(written, text) == found


@pytest.mark.parametrize("written", ["", "... word", "a||b", "*"])
def test_a_phrase_that_cannot_be_read_is_refused(written):
    with pytest.raises(UsageError, match="lexicon phrase"):
        PhraseMatcher().add(written, "x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_file_loads_and_has_both_kinds_of_event(language):
    lexicon = load_language(language)
    assert lexicon.id == language
    assert len(lexicon.function_words) > 10


def when(text, published, lang="en"):
    tokens = tokenize(text, prefixes=load_language(lang).prefixes)
    matches = {}
    for match in load_language(lang).matcher.find(tokens):
        matches.setdefault(match.category, []).append(match)
    return [
        (w.date_from.isoformat(), w.date_to.isoformat())
        for w in DateFinder(tokens, matches, date.fromisoformat(published)).find()
    ]


@pytest.mark.parametrize(
    ("text", "lang", "published", "days"),
    [
        ("on Tuesday", "en", "2025-12-24", ("2025-12-23", "2025-12-23")),  # a Wednesday
        ("on Wednesday", "en", "2025-12-24", ("2025-12-24", "2025-12-24")),
        ("yesterday", "en", "2022-03-01", ("2022-02-28", "2022-02-28")),
        ("on 10 September", "en", "2022-09-12", ("2022-09-10", "2022-09-10")),
        ("on September 10, 2022", "en", "2024-01-01", ("2022-09-10", "2022-09-10")),
        ("on 20 December", "en", "2023-01-05", ("2022-12-20", "2022-12-20")),
        ("in March", "en", "2022-11-11", ("2022-03-01", "2022-03-31")),
        ("in November", "en", "2022-11-11", ("2022-11-01", "2022-11-11")),
        ("in late May 2022", "en", "2023-01-01", ("2022-05-21", "2022-05-31")),
        ("last summer", "en", "2023-03-01", ("2022-06-01", "2022-08-31")),
        ("three weeks ago", "en", "2023-09-06", ("2023-08-13", "2023-08-19")),
        ("last month", "en", "2025-12-12", ("2025-11-01", "2025-11-30")),
        ("in 2022", "en", "2025-12-12", ("2022-01-01", "2022-12-31")),
        ("on 2022-09-10", "en", "2022-09-12", ("2022-09-10", "2022-09-10")),
        ("10 вересня 2022 року", "uk", "2023-01-01", ("2022-09-10", "2022-09-10")),
        ("у вівторок", "uk", "2025-12-24", ("2025-12-23", "2025-12-23")),
        ("вчора", "uk", "2022-09-11", ("2022-09-10", "2022-09-10")),
        ("восени 2022 року", "uk", "2024-01-01", ("2022-09-01", "2022-11-30")),
        ("у березні", "uk", "2022-11-11", ("2022-03-01", "2022-03-31")),
        ("10.09.2022", "uk", "2022-09-12", ("2022-09-10", "2022-09-10")),
        ("в субботу", "ru", "2022-05-08", ("2022-05-07", "2022-05-07")),
        ("from 15 to 21 November", "en", "2022-12-05", ("2022-11-15", "2022-11-21")),
        ("November 15-21, 2022", "en", "2024-12-05", ("2022-11-15", "2022-11-21")),
        ("between around 9–11+ June 2022", "en", "2023-12-05", ("2022-06-09", "2022-06-11")),
        ("28 November – 1 December 2022", "en", "2024-03-08", ("2022-11-28", "2022-12-01")),
        ("from December 28 to January 3", "en", "2022-12-05", ("2021-12-28", "2022-01-03")),
        ("from late March to mid-April", "en", "2022-12-05", ("2022-03-21", "2022-04-21")),
        ("from Friday to Sunday", "en", "2022-12-05", ("2022-12-02", "2022-12-04")),
        ("by mid-2022", "en", "2022-12-05", ("2022-05-02", "2022-09-01")),
        ("з 15 по 21 листопада", "uk", "2022-12-05", ("2022-11-15", "2022-11-21")),
        ("між 3 і 5 березня", "uk", "2022-12-05", ("2022-03-03", "2022-03-05")),
        ("із понеділка по середу", "uk", "2022-12-05", ("2022-11-28", "2022-11-30")),
        ("с 28 декабря по 3 января", "ru", "2022-01-05", ("2021-12-28", "2022-01-03")),
        ("01.09.2022 - 10.09.2022", "ru", "2022-12-05", ("2022-09-01", "2022-09-10")),
        ("29 февраля 2024 года", "ru", "2024-03-05", ("2024-02-29", "2024-02-29")),
    ],
)
def test_phrases_of_time_become_days(text, lang, published, days):
    assert when(text, published, lang) == [days]


@pytest.mark.parametrize(
    "text",
    ["31 June", "on 30 February", "may", "the march to Kyiv", "99 September", "in 3022"],
)
def test_what_is_no_date_gives_none_or_at_least_no_wrong_day(text):
    assert when(text, "2023-05-10") == []
