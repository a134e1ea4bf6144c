"""The tables that ship with the program, asked as a reader would."""

from __future__ import annotations

import pytest

from tracker.places import load_gazetteer


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return load_gazetteer(own=False)


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("Izyum", "Izium"),
        ("Kupyansk", "Kupiansk"),
        ("Kup'yans'k", "Kupiansk"),
        ("Balakliya", "Balakliia"),
        ("Balaklyia", "Balakliia"),
        ("Kiev", "Kyiv"),
        ("Киева", "Kyiv"),
        ("Zaporozhye", "Zaporizhzhia"),
        ("Zaporizhzhya", "Zaporizhzhia"),
        ("Lugansk", "Luhansk"),
        ("Slavyansk", "Sloviansk"),
        ("Artyomovsk", "Bakhmut"),
        ("Артёмовском", "Bakhmut"),
        ("Дзержинск", "Toretsk"),
        ("Димитров", "Myrnohrad"),
        ("Угледара", "Vuhledar"),
        ("Красным Лиманом", "Lyman"),
        ("Часовом Яру", "Chasiv Yar"),
        ("Great Novosilka", ""),
        ("Гуляйполя", "Huliaipole"),
        ("Суджи", "Sudzha"),
    ],
)
def test_names_of_the_front_are_known_as_people_write_them(gazetteer, written, official):
    found = gazetteer.locate(written)
    assert (found.place.name if found.place else "") == official


def test_new_york_is_the_one_in_donetsk_oblast_only_if_the_text_says_so(gazetteer):
    assert gazetteer.locate("New York").status == "ambiguous"
    assert gazetteer.locate("New York", admin1="Donetsk").place.name == "Niu-York"
    text = "Russian troops entered New York, south of Toretsk."
    mentions = gazetteer.mentions(text)
    names = [loc.place.name for loc in gazetteer.resolve(text, mentions)]
    assert names == ["Niu-York", "Toretsk"]


@pytest.mark.parametrize("name", ["Ivanivka", "Андріївка", "Novoselivka", "Степное"])
def test_names_that_half_the_country_shares_are_ambiguous_alone(gazetteer, name):
    found = gazetteer.locate(name)
    assert found.status == "ambiguous"
    assert len(found.candidates) > 5


@pytest.mark.parametrize(
    ("text", "written", "official", "admin1"),
    [
        ("Бої за Андріївку та Кліщіївку.", "Андріївку", "Andriivka", "Donetsk"),
        ("У Роботиному Запорізької області.", "Роботиному", "Robotyne", "Zaporizhzhia"),
        ("Взято село Невельское в ДНР", "Невельское", "Nevelske", "Donetsk"),
        ("Kamianka in the Izium district is free.", "Kamianka", "Kamianka", "Kharkiv"),
        ("Vodiane near Avdiivka fell.", "Vodiane", "Vodiane", "Donetsk"),
        ("под Волчанском Харьковской области", "Волчанском", "Vovchansk", "Kharkiv"),
    ],
)
def test_context_finds_the_right_village(gazetteer, text, written, official, admin1):
    mentions = gazetteer.mentions(text)
    found = gazetteer.resolve(text, mentions)
    place = next(
        loc.place for m, loc in zip(mentions, found, strict=True) if m.as_written == written
    )
    assert (place.name, place.admin1) == (official, admin1)


@pytest.mark.parametrize(
    "text",
    [
        "the Kharkiv and Donetsk regions",
        "Донецької та Луганської областей",
        "на Херсонщині",
        "the Donetsk People's Republic",
        "on the Kherson front",
        "the Azov Regiment",
        "President Zelensky and General Syrskyi",
        "the Zaporizhzhia Nuclear Power Plant",
        "on the banks of the Dnipro River",
    ],
)
def test_regions_units_people_and_rivers_are_no_settlements(gazetteer, text):
    assert [m for m in gazetteer.mentions(text) if m.kind == "settlement"] == []


def test_every_place_is_found_by_its_own_official_names(gazetteer):
    lost = []
    for entry in gazetteer.entries:
        for name in (entry.place.name, entry.place.name_uk, entry.name_ru):
            if name and entry.place not in gazetteer.locate(name).candidates:
                lost.append(name)
    assert lost == []


@pytest.mark.parametrize(
    ("text", "name", "lat"),
    [
        ("город Красный Лиман освобождён", "Красный Лиман", 48.99),
        ("the city of Lyman", "Lyman", 48.99),
        ("в городе Николаевка", "Николаевка", 48.86),
    ],
)
def test_a_town_called_a_town_is_found_among_its_namesakes(gazetteer, text, name, lat):
    mentions = gazetteer.mentions(text)
    (found,) = gazetteer.resolve(text, mentions)
    assert (mentions[0].as_written, round(found.place.lat, 2)) == (name, lat)


def test_a_list_in_one_oblast_does_not_guess_between_two_villages_of_the_front(gazetteer):
    text = "Взяты Красногоровка, Галицыновка и Водяное в Донецкой области"
    mentions = gazetteer.mentions(text)
    located = gazetteer.resolve(text, mentions)
    found = {m.as_written: loc for m, loc in zip(mentions, located, strict=True)}
    assert found["Красногоровка"].place.admin2 == "Pokrovsk"
    assert found["Водяное"].status == "ambiguous"


def test_a_town_of_the_front_is_meant_though_kyiv_and_kharkiv_are_named_too(gazetteer):
    text = "Svatove was liberated. Kyiv and Kharkiv were shelled."
    mentions = gazetteer.mentions(text)
    first = gazetteer.resolve(text, mentions)[0]
    assert (first.status, first.place.admin1) == ("located", "Luhansk")


@pytest.mark.parametrize(
    ("text", "written", "place_id"),
    [
        ("На Сумщине обстреляли окраины Писаревки.", "Писаревки", "697166"),
        ("На Херсонщине войска взяли Знаменку.", "Знаменку", "9869395"),
        ("Vishnyovoe in Izium Raion was shelled.", "Vishnyovoe", "9114545"),
    ],
)
def test_oblasts_by_their_everyday_names_and_spellings_with_yo(gazetteer, text, written, place_id):
    mentions = gazetteer.mentions(text)
    found = gazetteer.resolve(text, mentions)
    place = next(f.place for m, f in zip(mentions, found, strict=True) if m.as_written == written)
    assert place.place_id == place_id


@pytest.mark.parametrize(
    "text",
    [
        "Под Андреевкой на Харьковщине идут бои.",
        "Сили оборони звільнили Лозове Донецької обл.",
        "П'ятниця минула тихо на Сумщині.",
        "Прапор підняли над селом.",
        "As of Friday, no village was taken.",
    ],
)
def test_the_first_word_of_a_sentence_is_no_village(gazetteer, text):
    first = text.split()[0]
    assert first not in [m.as_written for m in gazetteer.mentions(text) if m.kind == "settlement"]


def test_a_region_right_behind_the_name_says_more_than_one_further_on(gazetteer):
    text = "Взяты Прогресс в ДНР и Песчаное близ Табаевки в Харьковской области."
    mentions = gazetteer.mentions(text)
    assert gazetteer.resolve(text, mentions)[0].place.admin1 == "Donetsk"


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        ("Inhulets' village flooded.", "Inhulets", "Kherson"),
        ("Shelling of the Krasnopillya town centre.", "Krasnopillia", "Sumy"),
    ],
)
def test_the_word_behind_a_name_tells_a_town_from_a_village_too(gazetteer, text, name, admin1):
    (found,) = gazetteer.resolve(text, gazetteer.mentions(text))
    assert (found.place.name, found.place.admin1) == (name, admin1)


@pytest.mark.parametrize(
    "text", ["a supermarket in a small town in Donetsk", "villages in Kherson"]
)
def test_a_town_in_a_city_is_a_town_in_its_region(gazetteer, text):
    (mention,) = gazetteer.mentions(text)
    assert (mention.kind, mention.candidates[0].admin1) == ("area", text.split()[-1])


@pytest.mark.parametrize("text", ['"Voznesenska Tserkva" church', "Вознесенська церква горіла"])
def test_a_church_named_like_a_town_is_not_the_town(gazetteer, text):
    assert [m for m in gazetteer.mentions(text) if m.kind == "settlement"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Бої точаться за Покровське біля Коломійців.", "Покровське"),
        ("Мирное около Токмака под огнём.", "Мирное"),
        ("Ворог атакує Діброву поблизу Лимана.", "Діброву"),
    ],
)
def test_a_preposition_behind_an_adjective_is_not_its_noun(gazetteer, text, name):
    mentions = gazetteer.mentions(text)
    located = gazetteer.resolve(text, mentions)
    assert mentions[0].as_written == name
    assert located[0].status == "located"


def test_the_main_thing_near_a_town_is_no_village(gazetteer):
    text = "Головне під Бахмутом — втримати дорогу."
    assert [m.as_written for m in gazetteer.mentions(text)] == ["Бахмутом"]


@pytest.mark.parametrize("far", ["15 км", "п’ятнадцять кілометрів", "за пʼятнадцять кілометрів"])
def test_a_distance_in_words_or_digits_tells_namesakes_apart(gazetteer, far):
    text = f"Снігурівка на Миколаївщині вільна. Взято Киселівку, {far} від Херсона."
    mentions = gazetteer.mentions(text)
    located = gazetteer.resolve(text, mentions)
    found = {m.as_written: loc.place for m, loc in zip(mentions, located, strict=True)}
    assert found["Киселівку"].admin1 == "Kherson"


def test_the_rare_name_of_a_place_that_was_fought_over_needs_no_context(gazetteer):
    found = gazetteer.locate("Рівнопіль")
    assert (found.place.admin2, found.confidence) == ("Volnovakha", 0.6)
    assert "of 2 places of this name that was fought over" in found.why


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("у Белой Церкви", "Bila Tserkva"),
        ("под Белой Церковью", "Bila Tserkva"),
        ("бої під Затишшям Запорізької області", "Zatyshshia"),
    ],
)
def test_names_whose_stem_or_ending_is_rare_are_found_in_their_cases(gazetteer, text, name):
    mentions = gazetteer.mentions(text)
    assert gazetteer.resolve(text, mentions)[0].place.name == name


@pytest.mark.parametrize("text", ["бої за Велику Іллінівку", "В Большой Ильиновке тихо"])
def test_a_greater_or_newer_village_of_the_name_is_not_the_village(gazetteer, text):
    assert [m.kind for m in gazetteer.mentions(text)] == ["other"]
