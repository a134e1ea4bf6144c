"""Whose a place is, who took it and who says so, in Russian as the press has it."""

from datetime import date

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.resources import load_war


@pytest.fixture(scope="module")
def read():
    reader = Reader(load_gazetteer(), load_war())

    def run(text, published, lang="ru"):
        return reader.read(Report("r", date.fromisoformat(published), text, "", "", "", lang))

    return run


@pytest.mark.parametrize(
    ("published", "text", "claims"),
    [
        (
            "2024-11-20",
            "Селидово, о взятии которого в понедельник объявило российское ведомство, в руинах.",
            {"Selydove:RU:RU"},
        ),
        (
            "2024-11-20",
            "Селидово — так оно зовётся и на наших картах — взято, доложило Минобороны РФ.",
            {"Selydove:RU:RU"},
        ),
        (
            "2024-11-20",
            "Минобороны РФ внесло в перечень взятых Вишнёвое и Селидово.",
            {"Vyshneve:RU:RU", "Selydove:RU:RU"},
        ),
        ("2024-11-20", "В Москве приписали «Центру» ещё и Селидово.", {"Selydove:RU:RU"}),
        ("2024-11-20", "Селидово записано на счёт «Центра».", {"Selydove:RU:RU"}),
        (
            "2024-11-20",
            "Селидово в московских сводках числится «освобождённым» со вторника.",
            {"Selydove:RU:RU"},
        ),
        ("2024-11-20", "Селидово за нами, хвалится российский военкор.", {"Selydove:RU:RU"}),
        (
            "2022-03-04",
            "Херсон стал первым крупным городом, доставшимся российской армии.",
            {"Kherson:RU:other"},
        ),
        ("2024-11-20", "О взятии Селидово Белоусов отчитался в среду.", {"Selydove:RU:RU"}),
        (
            "2024-11-20",
            "Москва рапортовала о занятии Селидово и обратного хода не признаёт.",
            {"Selydove:RU:RU"},
        ),
        (
            "2024-11-20",
            "Селидово, с октября находящееся в руках россиян, почти безлюдно.",
            {"Selydove:RU:other"},
        ),
        (
            "2024-11-20",
            "Вишнёвое под Покровском, Горняк у границы района и Селидово взяты, сообщило "
            "Минобороны РФ.",
            {"Vyshneve:RU:RU", "Hirnyk:RU:RU", "Selydove:RU:RU"},
        ),
        (
            "2024-11-20",
            "Селидово и Горняк пали. Оба они, по данным DeepState, заняты российской армией.",
            {"Selydove:RU:UA", "Hirnyk:RU:UA"},
        ),
        (
            "2024-11-20",
            "Минобороны РФ сообщило о взятии Селидово. За ним последовал Горняк.",
            {"Selydove:RU:RU", "Hirnyk:RU:RU"},
        ),
    ],
)
def test_whose_a_place_is_is_said_in_many_ways(read, published, text, claims):
    found = {f"{c.place}:{c.holder}:{c.claimed_by}" for c in read(text, published)}
    assert found == claims


@pytest.mark.parametrize(
    ("published", "text", "claims"),
    [
        (
            "2024-11-20",
            "Офицер ЛНР Андрей Марочко уверяет, что кольцо вокруг украинцев замкнулось: Селидово, "
            "по его версии, заняли ночью.",
            {"Selydove:RU:RU"},
        ),
        (
            "2022-09-12",
            "Изюм украинцы отбили в воскресенье, а вот из Великого Бурлука колонна ушла сама.",
            {"Izium:UA:other", "Velykyi Burluk:UA:other"},
        ),
        (
            "2024-11-20",
            "Селидово пришлось отдать. Держать его было нечем, объяснил представитель «Хортицы» "
            "Виктор Трегубов.",
            {"Selydove:RU:UA"},
        ),
        ("2022-09-12", "«Купянск мы сдали», — сокрушается военкор.", {"Kupiansk:UA:RU"}),
    ],
)
def test_who_acts_may_be_named_far_from_the_verb(read, published, text, claims):
    found = {f"{c.place}:{c.holder}:{c.claimed_by}" for c in read(text, published)}
    assert found == claims


@pytest.mark.parametrize(
    ("lang", "text", "voice"),
    [
        ("ru", "Селидово захвачено россиянами. Об этом пишет Генштаб.", "UA"),
        ("ru", "Минобороны РФ отчиталось за неделю. Российские войска взяли Селидово.", "RU"),
        ("ru", "Минобороны РФ отчиталось за неделю. Селидово россияне взяли 3 ноября.", "other"),
        ("en", "Selydove was seized over the weekend, according to the ministry.", "RU"),
        ("en", "Russian forces captured Selydove.", "other"),
        ("uk", "Селидове росіяни взяли 3 листопада.", "other"),
    ],
)
def test_a_source_nearby_tells_the_news_and_the_text_itself_what_is_past(read, lang, text, voice):
    assert [c.claimed_by for c in read(text, "2024-11-20", lang)] == [voice]


@pytest.mark.parametrize(
    "text",
    [
        "Слухи о выходе бригады из Торецка в Генштабе назвали вбросом.",
        "Говорить об освобождении Селидово рано.",
        "В Москве всё громче говорят о взятии Покровска.",
        "Торецк, добавил он, остаётся за нами.",
        "Генштаб отрапортовал, что атака отбита, а Купянск полностью под контролем.",
    ],
)
def test_talk_of_a_place_takes_none(read, text):
    assert not [c for c in read(text, "2024-11-20") if c.status == "asserted"]
