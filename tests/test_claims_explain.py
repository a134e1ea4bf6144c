"""tracker claims --explain: why a sentence gives a claim, and why another gives none."""

import json

import pytest

from tracker.cli import run

pytestmark = pytest.mark.usefixtures("gazetteer_loaded_once")


@pytest.fixture
def explain(here, capfd):
    """Explains one text of 23 December 2025: lines, exit code and remarks."""

    def call(text, *options, name="2025-12-23-r.txt"):
        (here / name).write_text(text, encoding="utf-8")
        code = run(["claims", name, "--explain", *options])
        out, err = capfd.readouterr()
        return out.splitlines(), code, err.splitlines()

    return call


def test_a_claim_names_its_words_place_side_voice_and_day(explain):
    lines, code, _ = explain("Ukraine said on Monday that its troops had retreated from Siversk.")
    assert code == 0
    assert lines == [
        "2025-12-23-r · 2025-12-23 · en",
        "“Ukraine said on Monday that its troops had retreated from Siversk.”",
        "  asserted: withdrawal of Siversk (Donetsk) by UA, held by RU after it, "
        "2025-12-21 .. 2025-12-22",
        "    place: “Siversk” located: the only one of this name",
        "    event: “retreated”",
        "    side: UA, the subject of the verb",
        "    on the word of: UA (“Ukraine”)",
        "    days: “Monday”",
        "    confidence 0.85, rule en.withdraw.past/subject",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "words", "because"),
    [
        (
            "Russian troops plan to capture Siversk.",
            "capture",
            ["because: it is not told as something done", "hypothetical: “plan to”"],
        ),
        (
            "Russian troops captured several villages near Siversk.",
            "captured",
            ["because: no place that was taken or left stands with it", "seen: “Siversk”"],
        ),
        ("The fall of Siversk was a blow.", "fall", ["because: nothing says which side acts"]),
    ],
)
def test_an_event_that_claims_nothing_says_why(explain, text, words, because):
    lines, _, _ = explain(text)
    assert lines[1:3] == [f"“{text}”", f"  no claim from “{words}”"]
    assert [line.strip() for line in lines[3:] if line] == because


def test_a_text_without_such_words_is_named_all_the_same(explain):
    lines, code, _ = explain("Rain poured on Kharkiv all day.", name="2025-12-23-rain.txt")
    assert (lines, code) == (
        ["2025-12-23-rain · 2025-12-23 · en", "no words of taking or leaving in it", ""],
        0,
    )


def test_a_text_in_another_language_says_so(explain):
    lines, _, _ = explain("Die Truppen haben die Stadt Isjum wieder eingenommen, sagte Berlin.")
    assert lines == ["2025-12-23-r · 2025-12-23 · language not known, not read", ""]


def test_with_an_output_the_claims_are_written_as_well(explain, here):
    lines, code, said = explain("Russia captured Siversk.", "-o", "c.geojson")
    assert (code, lines[1]) == (0, "“Russia captured Siversk.”")
    (claim,) = json.loads((here / "c.geojson").read_text("utf-8"))["features"]
    assert claim["properties"]["place"] == "Siversk"
    assert said == ["tracker: 1 report, 1 claim (1 located, 0 ambiguous, 0 unknown) -> c.geojson"]


def test_text_cannot_move_the_cursor(explain):
    lines, _, _ = explain("Russia captured \x1b[2J Siversk.")
    assert not any("\x1b" in line for line in lines)


def test_only_the_rules_can_be_explained(explain):
    lines, code, said = explain("Russia captured Siversk.", "--reader", "llm")
    assert (lines, code) == ([], 2)
    assert said == ["tracker: --explain shows the rules at work; leave --reader out"]
