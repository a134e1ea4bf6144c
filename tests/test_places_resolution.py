"""Which of several places of one name a text means, on places that do not exist."""

from __future__ import annotations

import sys
import time

import pytest

from tracker.errors import UsageError
from tracker.model import Place
from tracker.places import Gazetteer, Hints
from tracker.places.evidence import Evidence
from tracker.places.tables import CONTESTED, LISTED, NEAR, Area, Entry


def village(place_id, name, name_uk, admin1, lat, lon, population=300, namesakes=0, **more):
    place = Place(place_id, name, lon, lat, admin1, name_uk=name_uk, population=population)
    return Entry(place, namesakes=namesakes, **more)


def oblast(area_id, name, name_uk, admin1):
    place = Place(area_id, name, None, None, admin1, level="area")
    return Area(place, "oblast", (("en", name), ("uk", name_uk)))


GAZETTEER = Gazetteer(
    [
        # three villages of one name; 48.5/38.0 is 5 km from Kamin, 25 km west of Hrad
        village("e", "Ivanivka", "Іванівка", "East", 48.50, 38.00, namesakes=3),
        village("n", "Ivanivka", "Іванівка", "North", 50.00, 36.00, namesakes=3),
        village("s", "Ivanivka", "Іванівка", "South", 46.50, 33.00, namesakes=3),
        village("k", "Kamin", "Камінь", "East", 48.54, 38.03, 2000, namesakes=1),
        village("h", "Hrad", "Град", "East", 48.50, 38.34, 80_000, namesakes=1),
        # a city and a hamlet; a village whose namesakes the table does not hold
        village("big", "Misto", "Місто", "North", 50.10, 36.20, 400_000, namesakes=2),
        village("hamlet", "Misto", "Місто", "South", 46.60, 33.10, 40, namesakes=2),
        village("one", "Petrivka", "Петрівка", "South", 46.70, 33.30, 300, namesakes=12),
        # a town, a village and a hamlet of one name
        village("market", "Torh", "Торг", "North", 50.20, 36.30, 12_000, namesakes=3),
        village("inn", "Torh", "Торг", "South", 46.40, 33.40, 2500, namesakes=3),
        village("mill", "Torh", "Торг", "East", 48.70, 38.20, 90, namesakes=3),
        village("capital", "Stolytsia", "Столиця", "North", 50.40, 36.60, 90_000, namesakes=2),
        village("farm", "Stolytsia", "Столиця", "South", 46.20, 33.20, 90, namesakes=2),
        # fought over, near the front, and neither, in one oblast
        village("taken", "Vysilky", "Висілки", "East", 48.20, 38.90, namesakes=3, front=CONTESTED),
        village(
            "close",
            "Vysilky",
            "Висілки",
            "East",
            47.20,
            38.90,
            namesakes=3,
            front=NEAR,
        ),
        village("quiet", "Vysilky", "Висілки", "East", 47.70, 38.10, namesakes=3),
        # two that were fought over, east and west of Hrad
        village("dawn", "Brid", "Брід", "East", 48.50, 38.61, namesakes=2, front=CONTESTED),
        village("dusk", "Brid", "Брід", "East", 48.50, 38.05, namesakes=2, front=CONTESTED),
        village("ford", "Perevoz", "Перевоз", "East", 48.52, 38.64, namesakes=1),
        # fought over, and with its community listed, in one oblast; two of the latter
        village("fought", "Lozy", "Лози", "East", 48.10, 38.10, namesakes=9, front=CONTESTED),
        village("listed", "Lozy", "Лози", "East", 47.60, 38.80, namesakes=9, front=LISTED),
        village("hill", "Horby", "Горби", "East", 48.10, 38.20, namesakes=2, front=LISTED),
        village("dale", "Horby", "Горби", "East", 47.60, 38.70, namesakes=2, front=LISTED),
        # two of a name, one 10 km north of Hrad, one 10 km south of it
        village("above", "Dvir", "Двір", "East", 48.59, 38.34),
        village("below", "Dvir", "Двір", "East", 48.41, 38.34),
    ],
    [
        oblast("O-east", "East Oblast", "Східна область", "East"),
        oblast("O-south", "South Oblast", "Південна область", "South"),
    ],
)


def located(text, name="Ivanivka", hints=None):
    mentions = GAZETTEER.mentions(text)
    found = GAZETTEER.resolve(text, mentions, hints)
    return next(loc for m, loc in zip(mentions, found, strict=True) if m.as_written == name)


def test_a_bare_common_name_is_ambiguous_and_shows_its_candidates():
    found = GAZETTEER.locate("Ivanivka")
    assert (found.status, found.place) == ("ambiguous", None)
    assert {p.place_id for p in found.candidates} == {"e", "n", "s"}
    assert found.why == "3 places have this name and the text does not say which"


@pytest.mark.parametrize(
    "text",
    [
        "Ivanivka in East Oblast was taken.",
        "In East Oblast the army took Ivanivka.",
        "Ivanivka, East Oblast",
    ],
)
def test_the_oblast_in_the_sentence_decides(text):
    found = located(text)
    assert found.place.place_id == "e"
    assert found.why == "the text names East Oblast"


def test_each_of_two_villages_follows_its_own_oblast():
    text = "They hold Ivanivka in South Oblast and lost Ivanivka in East Oblast."
    mentions = GAZETTEER.mentions(text)
    found = GAZETTEER.resolve(text, mentions)
    ids = [loc.place.place_id for m, loc in zip(mentions, found, strict=True) if m.kind != "area"]
    assert ids == ["s", "e"]


def test_a_neighbour_decides():
    assert located("Kamin and Ivanivka were shelled.").place.place_id == "e"
    assert located("Kamin and Ivanivka were shelled.").why == "near Kamin"
    assert GAZETTEER.locate("Ivanivka", near="Kamin").place.place_id == "e"


def test_a_distance_and_a_direction_decide_between_neighbours():
    assert located("Dvir, 10 km north of Hrad, fell.", "Dvir").place.place_id == "above"
    assert located("Dvir, 10 km south of Hrad, fell.", "Dvir").place.place_id == "below"


def test_an_oblast_that_has_no_such_village_makes_it_ambiguous_not_wrong():
    assert located("Petrivka in East Oblast was shelled.", "Petrivka").status == "ambiguous"


def test_a_village_whose_namesakes_the_table_lacks_is_ambiguous_alone():
    assert GAZETTEER.locate("Petrivka").status == "ambiguous"
    assert GAZETTEER.locate("Petrivka", admin1="South").place.place_id == "one"


def test_a_city_among_hamlets_is_meant_by_its_bare_name_and_says_so():
    found = GAZETTEER.locate("Misto")
    assert found.place.place_id == "big"
    assert found.confidence < 0.95
    assert found.why == "by far the largest of 2 places of this name"
    assert located("Misto in South Oblast burned.", "Misto").place.place_id == "hamlet"


def test_a_name_keeps_its_meaning_through_a_text():
    text = "Ivanivka was lost. Ivanivka lies in East Oblast."
    mentions = GAZETTEER.mentions(text)
    found = GAZETTEER.resolve(text, mentions)
    assert [loc.place.place_id for loc in found[:2]] == ["e", "e"]


def test_the_caller_may_know_more():
    held = Hints(score=lambda place: 3.0 if place.place_id == "n" else 0.0)
    assert located("Ivanivka was taken.", hints=held).place.place_id == "n"


def test_names_are_found_in_small_letters_and_other_spellings():
    assert GAZETTEER.locate("kamin").place.place_id == "k"
    assert GAZETTEER.locate("в Камені").status == "unknown"
    assert GAZETTEER.locate("Камені").place.place_id == "k"


def test_one_typing_slip_in_a_long_name_is_forgiven_and_counts_for_less():
    found = GAZETTEER.locate("Petrvika", admin1="South")
    assert found.place.place_id == "one"
    assert found.confidence < GAZETTEER.locate("Petrivka", admin1="South").confidence
    assert found.why.startswith("taken for Petrivka: ")
    assert GAZETTEER.locate("Hrat").status == "unknown"  # too short to guess
    resembling = GAZETTEER.locate("Petrvika")
    assert (resembling.status, resembling.place) == ("unknown", None)
    assert resembling.why == "no such name; resembles Petrivka"


def test_an_unknown_name_is_unknown():
    found = GAZETTEER.locate("Nowhere")
    assert (found.status, found.place, found.candidates) == ("unknown", None, ())


def test_an_unknown_neighbour_or_unit_is_an_error_that_names_it():
    with pytest.raises(UsageError, match="'Nowhere'"):
        GAZETTEER.locate("Ivanivka", near="Nowhere")
    with pytest.raises(UsageError, match="one of East, North, South"):
        GAZETTEER.locate("Ivanivka", admin1="Westland")


@pytest.mark.parametrize("words", ["the town of Torh", "the city of Torh", "місто Торг", "м. Торг"])
def test_a_town_is_not_looked_for_among_hamlets(words):
    found = located(f"They took {words} today.", words.split()[-1])
    assert found.place.place_id == "market"


def test_an_oblast_says_more_than_the_word_town():
    assert located("The town of Torh in East Oblast fell.", "Torh").place.place_id == "mill"


def test_a_village_is_no_city():
    assert located("Stolytsia fell.", "Stolytsia").place.place_id == "capital"
    assert located("The village of Stolytsia fell.", "Stolytsia").place.place_id == "farm"
    assert located("Село Столиця.", "Столиця").place.place_id == "farm"
    assert located("Селище Столиця.", "Столиця").place.place_id == "capital"


def test_within_an_oblast_what_was_fought_over_comes_before_what_is_near_the_front():
    assert located("Vysilky in East Oblast fell.", "Vysilky").place.place_id == "taken"


def test_two_places_of_the_front_are_told_apart_by_what_is_beside_them_only():
    assert located("Brid and Perevoz in East Oblast fell.", "Brid").place.place_id == "dawn"
    vague = located("Brid and Hrad in East Oblast fell.", "Brid")
    assert (vague.status, vague.place) == ("ambiguous", None)


def calls(text):
    """How many functions are called to read a text, its names met before."""
    count = 0

    def counted(frame, event, arg):
        nonlocal count
        count += 1

    found = GAZETTEER.resolve(text, GAZETTEER.mentions(text))
    sys.setprofile(counted)
    try:
        again = GAZETTEER.resolve(text, GAZETTEER.mentions(text))
    finally:
        sys.setprofile(None)
    assert found == again
    return count


@pytest.mark.parametrize(
    "words", ["Ivanivka Dvir ", "Dvir, Ivanivka and Kamin. ", "In East Oblast Ivanivka fell. "]
)
def test_ten_times_the_text_costs_ten_times_the_work(words):
    once = calls(words * 100)
    assert calls(words * 1000) < 12 * once


def test_a_name_said_many_times_is_decided_a_few_times(monkeypatch):
    decided = []
    scores = Evidence.scores
    monkeypatch.setattr(Evidence, "scores", lambda *a: decided.append(a[1]) or scores(*a))
    text = "Ivanivka fell. " * 500 + "Kamin and Ivanivka fell. " + "Ivanivka in South Oblast. "
    found = GAZETTEER.resolve(text, GAZETTEER.mentions(text))
    assert len(found) == 504
    assert found[502].place.place_id == "s"  # an oblast beside it makes it another matter
    assert len(decided) < 50


def test_a_long_run_of_dots_takes_time_in_step_with_its_length():
    def cost(dots):
        text = "Hrad ab" + "." * dots + "x"
        mentions = GAZETTEER.mentions(text)
        begun = time.process_time()
        GAZETTEER.resolve(text, mentions)
        return time.process_time() - begun

    small, large = (min(cost(n) for _ in range(3)) for n in (20_000, 100_000))
    assert large < 12 * max(small, 0.001)  # 25 times if each dot looked at all that follow


def test_of_two_in_the_oblast_named_the_one_that_was_fought_over_is_meant_and_not_for_sure():
    found = located("Lozy in East Oblast fell.", "Lozy")
    assert found.place.place_id == "fought"
    assert found.confidence <= 0.8
    assert found.why == (
        "the text names East Oblast; of 2 places of this name there it is the one of the fighting"
    )


@pytest.mark.parametrize("name", ["Brid", "Horby"])
def test_of_two_that_were_fought_over_or_listed_alike_none_is_guessed(name):
    assert located(f"{name} in East Oblast fell.", name).status == "ambiguous"


def test_a_place_of_the_fighting_is_not_meant_by_its_bare_name_among_namesakes():
    assert GAZETTEER.locate("Lozy").status == "ambiguous"


def test_the_old_name_of_another_city_does_not_hide_a_city():
    own = Entry(Place("own", "Hradets", 37.0, 48.0, "East", population=105_000))
    old = Entry(
        Place("old", "Stolne", 34.0, 47.0, "South", population=105_100), (("en", "Hradets"),)
    )
    assert Gazetteer([own, old]).locate("Hradets").place.place_id == "own"


def test_a_list_outweighs_an_oblast_that_is_named_later(gazetteer):
    text = (
        "Черкаські Тишки, Руські Тишки та Рубіжне звільнено. Ворога відкинуто. "
        "Під Харковом стало тихіше. На Луганщині найважче довкола Білогорівки."
    )
    mentions = gazetteer.mentions(text, "uk")
    found = dict(
        zip((m.as_written for m in mentions), gazetteer.resolve(text, mentions), strict=True)
    )
    assert found["Рубіжне"].place.admin1 == "Kharkiv"


def test_an_oblast_across_the_border_does_not_hold_the_place(gazetteer):
    text = (
        "Белогоровка у границы с Донецкой областью освобождена. "
        "Лисичанск и Северодонецк остаются целью."
    )
    mentions = gazetteer.mentions(text, "ru")
    assert gazetteer.resolve(text, mentions)[0].place.admin1 == "Luhansk"
