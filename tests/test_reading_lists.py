"""Lists of places: before and after what happened to them, with asides, counted, added to."""

from datetime import date

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.resources import load_war

THREE = {"Davydiv Brid:UA", "Velyka Oleksandrivka:UA", "Dudchany:UA"}
TWO = {"Uspenivka:RU", "Rivnopillia:RU"}
SINCE = {"Bohorodychne:UA", "Bohorodychne:RU"}


@pytest.fixture(scope="module")
def held():
    """Who holds what after a report, as "place:holder"; only what is asserted."""
    reader = Reader(load_gazetteer(), load_war())

    def run(text, published):
        claims = reader.read(Report("r", date.fromisoformat(published), text, "", "", "", ""))
        return {f"{c.place}:{c.holder}" for c in claims if c.status == "asserted"}

    return run


@pytest.mark.parametrize(
    "text",
    [
        "Сили оборони відбили три населені пункти, а саме Давидів Брід, Велику Олександрівку"
        " й Дудчани.",
        "Давидів Брід, Велика Олександрівка, Дудчани. Усі три за добу звільнили морпіхи.",
        "Давидів Брід. Велика Олександрівка. Дудчани. Над усіма цими селами вже український"
        " прапор.",
        "На півдні за добу відвоювали три села. Назви такі: Давидів Брід, Велика Олександрівка,"
        " Дудчани.",
        "Росіяни пішли одразу з трьох сіл: з Давидового Броду, з Великої Олександрівки та"
        " з Дудчан.",
        "Звільнено Давидів Брід на Інгульці, а гуртом із ним і Велику Олександрівку та Дудчани.",
        "Українськими знову стали Давидів Брід, що на Інгульці, Велика Олександрівка й,"
        " за останніми даними, Дудчани.",
        "Давидів Брід, Велика Олександрівка, Дудчани: за два дні противника вибито звідусіль.",
        "Звільнено Давидів Брід і Велику Олександрівку. До них додалися й Дудчани.",
        "Звільнено Давидів Брід і Велику Олександрівку. Така сама доля в Дудчан.",
        "Президент перелічив Давидів Брід, Велику Олександрівку, Дудчани. Кожне з цих сіл"
        " звільнено.",
        "Давидів Брід, Велика Олександрівка, Дудчани. Звідти росіяни вчора пішли.",
        "Силы обороны отбили три населённых пункта, а именно Давыдов Брод, Великую Александровку"
        " и Дудчаны.",
        "Давыдов Брод, Великая Александровка, Дудчаны. Все три за сутки освободили украинские"
        " морпехи.",
        "Давыдов Брод. Великая Александровка. Дудчаны. Все эти херсонские сёла ВСУ отбили"
        " за сутки.",
        "Российские войска ушли сразу из трёх сёл: из Давыдова Брода, из Великой Александровки"
        " и из Дудчан.",
        "ВСУ освободили Давыдов Брод, который стоит на Ингульце, Великую Александровку и,"
        " по данным штаба, Дудчаны.",
        "Давыдов Брод, Великая Александровка, Дудчаны. Оттуда российские части вчера ушли.",
        "Davydiv Brid, Velyka Oleksandrivka, Dudchany. All three were liberated within a day by"
        " Ukrainian marines.",
        "In the south Ukrainian forces recaptured three villages. The names: Davydiv Brid,"
        " Velyka Oleksandrivka and Dudchany.",
        "Russian troops have pulled out of three villages: from Davydiv Brid, from Velyka"
        " Oleksandrivka and from Dudchany.",
        "Ukraine has retaken Davydiv Brid, which lies on the Inhulets, Velyka Oleksandrivka and,"
        " according to the General Staff, Dudchany.",
        "Davydiv Brid, Velyka Oleksandrivka, Dudchany. The Russians withdrew from there on"
        " Tuesday.",
    ],
)
def test_all_places_of_a_list_are_taken_wherever_it_stands(held, text):
    assert held(text, "2022-10-06") == THREE


@pytest.mark.parametrize(
    "text",
    [
        "Військові відійшли з двох населених пунктів, а саме з Успенівки й Рівнопілля.",
        "Успенівка, Рівнопілля. Обидва села, підтвердив Волошин, довелося залишити.",
        "Російське міноборони поставило собі в актив Успенівку, а слідом і Рівнопілля.",
        "Окупованими на мапі тепер позначено Успенівку та Рівнопілля.",
        "Українські підрозділи вчора відійшли з двох сіл. Це Успенівка та Рівнопілля.",
    ],
)
def test_what_is_given_up_may_be_listed_too(held, text):
    assert held(text, "2025-11-12") == TWO


def test_lists_of_two_sentences_are_meant_together(held):
    text = (
        "Давидів Брід і Мала Олександрівка стоять на Інгульці. Нижче за течією лежать Дудчани"
        " та Золота Балка. Усі чотири вже деокуповано."
    )
    assert held(text, "2022-10-06") == {
        "Davydiv Brid:UA", "Mala Oleksandrivka:UA", "Dudchany:UA", "Zolota Balka:UA",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Давидів Брід, Велика Олександрівка, Дудчани. По всіх цих селах била артилерія.",
        "Давидів Брід, Велика Олександрівка, Дудчани. Люди чекають звільнення, але фронт стоїть.",
        "Давыдов Брод, Великая Александровка, Дудчаны. По всем этим сёлам била артиллерия.",
        "Davydiv Brid, Velyka Oleksandrivka, Dudchany. All three villages were shelled overnight.",
    ],
)
def test_a_list_to_which_nothing_happened_claims_nothing(held, text):
    assert held(text, "2022-10-06") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Богородичне, де росіяни господарювали з серпня, звільнено.",
        "Богородичне звільнено. Росіяни хазяйнували в селі з серпня.",
        "Звільнено Богородичне, де з серпня господарював ворог.",
        "Звільнено Богородичне. Загарбники контролювали його з 17 серпня.",
        "Звільнено Богородичне. Російський гарнізон стояв у селі з серпня.",
    ],
)
def test_who_was_master_of_a_place_since_when_has_taken_it_then(held, text):
    assert held(text, "2022-09-12") == SINCE


def test_those_who_only_stood_in_a_place_have_not_taken_it_that_day(held):
    assert held("Звільнено Богородичне. Росіяни сиділи тут, наче вдома.", "2022-09-12") == {
        "Bohorodychne:UA"
    }
    assert held("Росіяни з березня стоять під Богородичним.", "2022-09-12") == set()


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Із двох сіл, Дудчан і Милового, наші поки взяли тільки перше.", {"Dudchany:UA"}),
        ("Дудчани й Милове: з останнього росіяни вчора пішли.", {"Mylove:UA"}),
        ("Дудчани й Милове обстрілювали щодня. Перше вчора звільнено.", {"Dudchany:UA"}),
        (
            "Звільнено три села з чотирьох, Дудчани, Милове, Качкарівку, останнє з них учора.",
            {"Dudchany:UA", "Mylove:UA", "Kachkarivka:UA"},
        ),
    ],
)
def test_the_first_and_the_last_of_a_list(held, text, claims):
    assert held(text, "2022-11-10") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Курахове. Міноборони РФ звітує про «повне звільнення».", {"Kurakhove:RU"}),
        ("Дворічна. Зайшли з Тополів, і місто вже під контролем росіян.", {"Dvorichna:RU"}),
        ("Ірпінь під обстрілами, але його визволено.", {"Irpin:UA"}),
        ("«Місто зайняте росіянами», сказав мер Сєвєродонецька.", {"Siverskodonetsk:RU"}),
        (
            "Нескучне, яке зачистила 68-ма бригада, і Макарівка тепер у тилу.",
            {"Neskuchne:UA"},
        ),
        ("До Бородянки повернулися українські війська.", {"Borodianka:UA"}),
        ("Бійці вибили тих, хто засів у Роботиному й Вербовому.", {"Robotyne:UA", "Verbove:UA"}),
        ("Підрозділи відійшли на нові рубежі на захід від Бердичів.", {"Berdychi:RU"}),
        ("У бік Вербового, яке окупованим не було, ідуть колони.", set()),
        ("План передбачає вихід росіян з Енергодара.", set()),
    ],
)
def test_places_named_apart_from_what_happened_to_them(held, text, claims):
    assert held(text, "2024-04-28") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Вовче, Прогрес, Лозуватське: три втрати за два тижні.", 3),
        ("Вовче, Прогрес – три назви зі зведення. Це захоплені за тиждень села.", 2),
        ("Вовче, Прогрес і Лозуватське відтепер без українського гарнізону.", 0),
        ("Вовче, Прогрес і Лозуватське, три села на межі районів, що їх захопив ворог.", 3),
    ],
)
def test_lists_with_what_they_are_said_to_be(held, text, claims):
    assert len(held(text, "2024-07-29")) == claims
    assert all(claim.endswith(":RU") for claim in held(text, "2024-07-29"))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Орлівку здали, пишуть військові оглядачі.", {"Orlivka:RU"}),
        ("Росіянам дісталася й Орлівка.", {"Orlivka:RU"}),
        ("Орлівка росіянам так і не дісталася.", set()),
        ("За Орлівку вже не б'ються: її, за даними DeepState, зайняли росіяни.", {"Orlivka:RU"}),
        ("Орлівку втримати не вдалося.", {"Orlivka:RU"}),
        ("Росіянам не вдалося втримати Орлівку.", {"Orlivka:UA"}),
        ("Над Орлівкою вивісили триколор.", {"Orlivka:RU"}),
        ("Над сільрадою Орлівки висить червоне полотнище.", {"Orlivka:RU"}),
        ("Орлівка після року окупації знову українська.", {"Orlivka:UA"}),
        ("Орлівка знову по наш бік фронту.", {"Orlivka:UA"}),
        ("Нарешті Орлівка дочекалася визволення.", {"Orlivka:UA"}),
        ("Орлівка тримається, хоча росіяни оголосили її своєю метою.", set()),
        ("Відхід з Орлівки наразі не розглядають, каже речник.", set()),
    ],
)
def test_who_took_or_lost_one_place_in_words_of_the_press(held, text, claims):
    assert held(text, "2024-03-20") == claims
