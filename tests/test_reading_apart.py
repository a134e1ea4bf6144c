"""What stands apart from its verb or its side: pronouns in front, asides, "its army", lists."""

from datetime import date

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.resources import load_war


@pytest.fixture(scope="module")
def held():
    """Who holds what after a report, as "as_written:holder", with "!status" unless asserted."""
    reader = Reader(load_gazetteer(), load_war())

    def run(text, published="2023-09-14"):
        claims = reader.read(Report("r", date.fromisoformat(published), text, "", "", "", ""))
        return {
            f"{c.place}:{c.holder}" + ("" if c.status == "asserted" else f"!{c.status}")
            for c in claims
        }

    return run


@pytest.mark.parametrize(
    "text",
    [
        "Двадцять російських штурмів за добу відбили оборонці Вугледара.",
        "Двадцать российских атак за прошедшие сутки отбили защитники Угледара.",
        "Forty Russian attacks in a day were beaten off by the defenders of Vuhledar.",
        "Ворог обходив Вугледар і втратив на підступах до міста багато техніки.",
        "Противник обходил Угледар и потерял на подступах к городу много техники.",
        "С освобождением Токмака, полагают аналитики, украинская армия могла бы выйти к морю.",
        "Зі звільненням Токмака, вважають аналітики, українська армія могла б вийти до моря.",
        "With the capture of Tokmak, analysts say, the Ukrainian army could reach the sea.",
        "Освобождение Угледара Пушилин назвал вопросом времени.",
        "Захоплення Вугледара Пушилін назвав питанням часу.",
        "Pushilin called the capture of Vuhledar a matter of time.",
        "Российские войска заняли территорию Лисичанского нефтеперерабатывающего завода.",
        "Росіяни захопили територію Лисичанського хімічного заводу, пише DeepState.",
        "Mayors say that the neighbouring towns of Bucha and Hostomel are still occupied.",
        "Сусідні Буча та Гостомель досі окуповані, каже мер.",
        "Соседние Буча и Гостомель всё ещё оккупированы, говорит мэр.",
    ],
)
def test_attacks_losses_and_mere_thoughts_take_no_place(held, text):
    assert held(text) == set()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Вугледар ворог контролює більш ніж наполовину, кажуть у Генштабі.", "Vuhledar:RU"),
        ("Роботине, за словами Маляр, звільнено наполовину.", "Robotyne:UA"),
        ("Работино, по словам Маляр, освобождено на две трети.", "Robotyne:UA"),
        ("Robotyne is half liberated, Maliar said.", "Robotyne:UA"),
    ],
)
def test_half_a_town_is_a_part(held, text, claim):
    assert held(text) == {f"{claim}!partial"}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Міноборони РФ заявило, що Роботине перейшло до його військ.", "Robotyne:RU"),
        ("Минобороны РФ заявило, что Работино перешло под его контроль.", "Robotyne:RU"),
        ("Прозвітували й у Москві: у неділю її армія взяла Роботине.", "Robotyne:RU"),
        ("Отчитались и в Москве: в воскресенье её армия взяла Работино.", "Robotyne:RU"),
        ("Клещеевка освобождена, написала замминистра обороны Анна Маляр.", "Klishchiivka:UA"),
        ("Клещеевка освобождена, заявил министр обороны Украины.", "Klishchiivka:UA"),
        ("Клещеевка освобождена, заявил министр обороны Шойгу.", "Klishchiivka:RU"),
        ("Об успехе сообщили тероборонцы: за рекой они отбили Работино.", "Robotyne:UA"),
        ("Підрозділи НГУ зачистили й повернули під контроль Роботине.", "Robotyne:UA"),
        ("Найманці звітували про Роботине: вони оголосили, що взяли його.", "Robotyne:RU"),
        ("Українські підрозділи залишили Роботине й зайняли лінію далі.", "Robotyne:RU"),
        ("Украинские подразделения оставили Работино и заняли линию дальше.", "Robotyne:RU"),
    ],
)
def test_whose_army_and_whose_minister_it_is(held, text, claim):
    assert held(text) == {claim}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Інша річ Синьківка. Її, за даними Генштабу, росіяни окупували.", "Synkivka:RU"),
        ("Другое дело Синьковка. Её, по данным штаба, россияне оккупировали.", "Synkivka:RU"),
        ("Інша річ Синьківка. Її захисники звільнили Роботине.", "Robotyne:UA"),
        ("Бої за Роботине тривають, хоча в Міноборони РФ кажуть, що воно зайняте.", "Robotyne:RU"),
        ("Бои за Работино идут, хотя в Минобороны РФ уверяли, что оно занято.", "Robotyne:RU"),
        ("В Работине, отбитом в августе, работают сапёры.", "Robotyne:UA"),
        ("У Роботиному, відбитому в серпні, працюють сапери.", "Robotyne:UA"),
        ("Работино уже под контролем ВСУ, сообщил Генштаб.", "Robotyne:UA"),
        ("Роботине вже повністю під контролем ЗСУ, повідомив Генштаб.", "Robotyne:UA"),
    ],
)
def test_a_place_that_stands_apart_from_its_verb(held, text, claim):
    assert held(text) == {claim}


@pytest.mark.parametrize(
    "text",
    [
        "Список деоккупированных населённых пунктов Запорожской области пополнили Работино и "
        "Урожайное, сообщили в Генштабе.",
        "Перелік деокупованих населених пунктів області поповнили Роботине та Урожайне.",
        "Російських солдатів не лишилося ні в Роботиному, ні в Урожайному.",
        "Российских солдат не осталось ни в Работине, ни в Урожайном.",
        "Роботине, як і сусіднє Урожайне, підрозділи ЗСУ відбили в серпні.",
        "Работино, как и соседнее Урожайное, подразделения ВСУ отбили в августе.",
        "Генштаб повідомив, що звільнено Роботине; у тому ж переліку Урожайне.",
        "Генштаб сообщил, что освобождено Работино; в том же списке Урожайное.",
    ],
)
def test_lists_told_in_other_ways(held, text):
    assert held(text) == {"Robotyne:UA", "Urozhaine:UA"}


@pytest.mark.parametrize(
    "text",
    [
        "Клещеевка и Андреевка больше не под российской армией: её части ушли из всех этих сёл.",
        "Українські війська увійшли в Кліщіївку та Андріївку і взяли села під контроль.",
        "Украинские войска вошли в Клещеевку и Андреевку и взяли сёла под контроль.",
    ],
)
def test_the_villages_are_those_named_before(held, text):
    assert {"Klishchiivka:UA", "Andriivka:UA"} <= held(text)


@pytest.mark.parametrize(
    "text",
    [
        "Огонь вынудил военных отойти из Клещеевки. Рассказал об этом во вторник Сырский.",
        "Вогонь змусив військових відійти з Кліщіївки. Про це у вівторок розповів Сирський.",
    ],
)
def test_who_tells_of_it_may_be_said_afterwards(text):
    reader = Reader(load_gazetteer(), load_war())
    claims = reader.read(Report("r", date(2025, 11, 12), text, "", "", "", ""))
    assert [(c.place, c.holder, c.claimed_by) for c in claims] == [("Klishchiivka", "RU", "UA")]
