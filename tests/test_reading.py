"""What the reader takes out of a report: one hard kind of sentence a test."""

from datetime import date

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.resources import load_war


@pytest.fixture(scope="module")
def reader():
    return Reader(load_gazetteer(), load_war())


@pytest.fixture(scope="module")
def read(reader):
    def run(text, published="2022-09-12", title="", source="", lang=""):
        report = Report("r", date.fromisoformat(published), text, title, "", source, lang)
        return reader.read(report)

    return run


def said(claims, status="asserted"):
    """Who took or left what, as short words."""
    return {(c.as_written, c.change, c.by, c.holder) for c in claims if c.status == status}


def test_a_capture_names_place_side_holder_and_claimant(read):
    [claim] = read(
        "Ukrainian forces have recaptured the town of Balakliia, the General Staff said."
    )
    assert (claim.place, claim.admin1) == ("Balakliia", "Kharkiv")
    assert (claim.change, claim.by, claim.holder, claim.claimed_by) == ("capture", "UA", "UA", "UA")
    assert (claim.date_from, claim.date_to) == (date(2022, 9, 11), date(2022, 9, 12))
    assert claim.rule.startswith("en.recapture.past")
    assert claim.lon == pytest.approx(36.85, abs=0.05)
    assert claim.lat == pytest.approx(49.46, abs=0.05)


def test_after_a_withdrawal_the_other_side_holds(read):
    [claim] = read(
        "Ukraine announced on Tuesday that its troops had withdrawn from Siversk.", "2025-12-24"
    )
    assert (claim.change, claim.by, claim.holder, claim.claimed_by) == (
        "withdrawal",
        "UA",
        "RU",
        "UA",
    )
    assert claim.date_to == date(2025, 12, 23)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Ukrainian troops liberated Balakliia, Kupiansk and Izium.",
            {"Balakliia", "Kupiansk", "Izium"},
        ),
        (
            "Звільнено Балаклію, Куп'янськ та Ізюм, повідомив Генштаб ЗСУ.",
            {"Балаклію", "Куп'янськ", "Ізюм"},
        ),
        ("ВСУ освободили Балаклею, Купянск и Изюм.", {"Балаклею", "Купянск", "Изюм"}),
        (
            "Three towns are free again, the General Staff said: Balakliia, Kupiansk and Izium.",
            {"Balakliia", "Kupiansk", "Izium"},
        ),
    ],
)
def test_every_town_of_a_list_is_taken(read, text, names):
    assert said(read(text)) == {(name, "capture", "UA", "UA") for name in names}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Russian forces withdrew from Balakliia to Svatove.",
            {("Balakliia", "withdrawal", "RU", "UA")},
        ),
        (
            "Russian forces captured the village of Bilohorivka near Lysychansk.",
            {("Bilohorivka", "capture", "RU", "RU")},
        ),
        ("Ukrainian troops advanced from Izium toward Lyman.", set()),
        (
            "Російські війська відійшли з Балаклії до Сватового.",
            {("Балаклії", "withdrawal", "RU", "UA")},
        ),
        (
            "Российские войска отошли из Балаклеи к Сватову.",
            {("Балаклеи", "withdrawal", "RU", "UA")},
        ),
        (
            "Ворог окупував Соледар, просунувся поблизу Бахмута та у Часовому Яру.",
            {("Соледар", "capture", "RU", "RU")},
        ),
    ],
)
def test_only_the_place_that_the_verb_governs_counts(read, text, expected):
    assert said(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The capture of Soledar by Wagner fighters was announced in Moscow.", ("Soledar", "RU")),
        ("Soledar was captured by Russian troops.", ("Soledar", "RU")),
        ("Soledar fell to Russian forces.", ("Soledar", "RU")),
        ("Взяття Соледара російськими військами підтвердили обидві сторони.", ("Соледара", "RU")),
        ("Соледар перешёл под контроль российских войск.", ("Соледар", "RU")),
        ("Херсон перейшов під контроль ЗСУ.", ("Херсон", "UA")),
        ("The Ukrainian flag was raised over Kherson.", ("Kherson", "UA")),
        ("Над Херсоном підняли український прапор.", ("Херсоном", "UA")),
        ("Под контроль взят Соледар, сообщило Минобороны РФ.", ("Соледар", "RU")),
    ],
)
def test_passive_and_nominal_forms_say_the_same(read, text, expected):
    place, side = expected
    assert (place, "capture", side, side) in said(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Russia plans to capture Pokrovsk before the winter.",
        "Russian forces are closing in on Pokrovsk and Myrnohrad.",
        "The loss of Siversk could open the road to Sloviansk.",
        "Russia demands the cession of Sloviansk and Kramatorsk.",
        "Has Pokrovsk fallen?",
        "Russian forces could seize Kostiantynivka by spring, analysts said.",
        "Russian troops tried to take Chasiv Yar.",
        "Russian artillery shelled Nikopol and Kherson overnight.",
        "Putin gave up on encircling and capturing Kyiv.",
        "Russian troops captured forty soldiers near Bakhmut.",
        "Ukrainian forces hold Bakhmut.",
        "Росіяни намагаються захопити Покровськ.",
        "Ворог обстріляв Нікополь і Херсон.",
        "Россияне пытаются взять Покровск.",
        "Ukraine recaptured twenty villages.",
        "The commander of the Kherson front spoke in occupied Melitopol.",
    ],
)
def test_plans_threats_and_fighting_are_no_claims(read, text):
    assert said(read(text, "2025-12-24")) == set()


def test_a_denial_is_kept_as_a_denial(read):
    claims = read(
        "Russia claimed the capture of Kupiansk. Ukraine denied that Kupiansk had been captured.",
        "2025-11-21",
    )
    assert ("Kupiansk", "capture", "RU", "RU") in said(claims)
    assert ("Kupiansk", "capture", "RU", "RU") in said(claims, "denied")


def test_a_negated_event_is_not_asserted(read):
    claims = read("Russian troops have not taken Chasiv Yar, the brigade said.", "2025-01-10")
    assert said(claims) == set()
    assert said(claims, "denied") == {("Chasiv Yar", "capture", "RU", "RU")}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ukrainian forces withdrew from the southern part of Velyka Novosilka.", "partial"),
        ("Russian forces entered Toretsk.", "partial"),
        ("Shoigu ordered the withdrawal of Russian troops from Kherson.", "ongoing"),
        ("Окупанти захопили околиці Торецька.", "partial"),
    ],
)
def test_parts_and_orders_are_not_asserted(read, text, status):
    claims = read(text, "2022-11-10")
    assert claims
    assert {c.status for c in claims} == {status}


def test_background_has_its_own_date(read):
    claims = read(
        "Russia left Kherson on Friday. The city had been taken as soon as Russia took "
        "Kherson in March.",
        "2022-11-11",
    )
    [old] = [c for c in claims if c.background]
    assert (old.by, old.date_from, old.date_to) == ("RU", date(2022, 3, 1), date(2022, 3, 31))


def test_a_ministry_that_liberates_takes_for_its_own_side(read):
    [claim] = read(
        "The Russian Defence Ministry said the village of Pisky had been liberated.", "2022-08-25"
    )
    assert (claim.by, claim.holder, claim.claimed_by) == ("RU", "RU", "RU")


def test_a_side_is_carried_over_by_a_pronoun(read):
    claims = read(
        "Russia's army went on with its offensive. It captured Soledar on Wednesday.", "2023-01-13"
    )
    assert said(claims) == {("Soledar", "capture", "RU", "RU")}
    assert claims[0].date_to == date(2023, 1, 11)


def test_the_city_means_the_town_named_before(read):
    claims = read(
        "There was hard fighting in Lysychansk. Russian troops seized the city on Sunday.",
        "2022-07-04",
    )
    assert {(c.place, c.by) for c in claims if c.status == "asserted"} == {("Lysychansk", "RU")}


def test_the_same_event_told_twice_is_one_claim(read):
    claims = read(
        "Ukraine has retaken Lyman. Lyman was liberated on Saturday, the army said.", "2022-10-02"
    )
    assert len([c for c in claims if c.place == "Lyman"]) == 1


def test_a_place_that_the_gazetteer_does_not_know_is_kept(read):
    [claim] = read("Ukrainian troops liberated the village of Nonexistivka.")
    assert (claim.place, claim.location, claim.lon, claim.place_id) == (
        "Nonexistivka",
        "unknown",
        None,
        "",
    )


def test_a_region_is_an_area_and_no_town(read):
    claims = read("Russia confirmed the removal of its forces from the Kharkiv region.")
    assert {(c.place, c.level) for c in claims} == {("Kharkiv Oblast", "area")}


def test_a_soviet_era_name_is_the_town_of_today(read):
    [claim] = read("Минобороны РФ сообщило, что Артемовск взят.", "2023-05-21")
    assert claim.place == "Bakhmut"


def test_the_source_speaks_for_a_text_that_names_nobody(read):
    [claim] = read(
        "Освобождён населённый пункт Соледар.", "2023-01-13", source="Министерство обороны России"
    )
    assert (claim.by, claim.claimed_by) == ("RU", "RU")


def test_every_quote_is_in_the_text_and_every_claim_names_its_rule(read):
    text = "Kyiv's army has taken Kupiansk. Izium, a rail hub, was recaptured too."
    for claim in read(text):
        assert claim.quote in text
        assert claim.rule
        assert 0 < claim.confidence <= 1


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Українські війська звільнили Балаклію.", "uk"),
        ("Украинские войска освободили Балаклею, сообщили вчера.", "ru"),
        ("Ukrainian troops have liberated Balakliia in the east.", "en"),
        (
            "Les forces ukrainiennes ont repris la ville d'Izioum dans l'est du pays, dit-on.",
            "",
        ),
        ("", ""),
        ("1234 5678 ---- %%%%", ""),
    ],
)
def test_the_language_is_known_or_not_guessed_at(reader, text, lang):
    assert reader.language_of(Report("r", date(2022, 9, 12), text)) == lang


def test_a_text_in_another_language_is_not_read(read):
    assert (
        read("Les forces ukrainiennes ont repris Izium et la ville de Lyman dans la région.") == []
    )


@pytest.mark.parametrize(
    "text", ["", "\n\n", "(" * 5000, "Izium " * 20000, "\u202e\u200f\x00" * 50, "a" * 200_000]
)
def test_odd_text_does_no_harm(read, text):
    assert isinstance(read(text, lang="en"), list)


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Russia's defence ministry said its troops had taken Soledar.", "RU"),
        ("The Ukrainian army has left Soledar, its spokesman said.", "UA"),
        ("Units of the Vostok group of forces have liberated Pisky, the ministry said.", "RU"),
        ("Ukrainian forces have retaken Lyman, Reuters reported.", "other"),
        ("Звільнено Лиман, повідомив речник.", "UA"),
        ("Ворог окупував Соледар.", "UA"),
        ("Освобождён Соледар, говорится в сводке.", "RU"),
    ],
)
def test_who_says_so(read, text, claimant):
    assert {c.claimed_by for c in read(text, "2023-01-13")} == {claimant}


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Soledar was lost, the Russian commander wrote.", "UA"),
        ("Соледар втрачено, визнали в Генштабі ЗСУ.", "RU"),
        ("Ukrainian officials announced the capture of Blahodatne in the Donetsk region.", "UA"),
        ("Ukraine acknowledged the capture of Soledar.", "RU"),
        ("Ukraine confirmed the loss of Soledar on Tuesday.", "RU"),
        ("The fall of Soledar was confirmed by Ukraine.", "RU"),
    ],
)
def test_a_loss_and_an_admission_give_the_place_to_the_other_side(read, text, holder):
    assert {c.holder for c in read(text, "2023-01-13")} == {holder}


def test_an_aside_does_not_hide_the_subject(read):
    claims = read(
        "Kupiansk, which Russia had seized in February 2022, was recaptured by Ukrainian troops."
    )
    assert ("Kupiansk", "capture", "UA", "UA") in said(claims)


def test_a_list_goes_on_after_along_with(read):
    claims = read(
        "The ministry announced the capture of Selydove, a mining town, along with Hirnyk and "
        "Kurakhivka.",
        "2024-10-29",
        source="Ministry of Defence of Russia",
    )
    assert {c.as_written for c in claims} == {"Selydove", "Hirnyk", "Kurakhivka"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siversk has been abandoned by Ukrainian forces.", ("Siversk", "RU")),
        ("Ukraine lost Avdiivka on Saturday, the army said.", ("Avdiivka", "RU")),
        ("Ukraine's withdrawal from Avdiivka was completed on Saturday.", ("Avdiivka", "RU")),
        ("Russian forces had fled Kupiansk.", ("Kupiansk", "UA")),
        ("Russia claimed control of Toretsk.", ("Toretsk", "RU")),
        ("Control of Toretsk passed to Russia.", ("Toretsk", "RU")),
        ("Toretsk is now in Russian hands.", ("Toretsk", "RU")),
        ("Kyiv pulls troops from Siversk", ("Siversk", "RU")),
        ("Ukraine no longer holds Siversk, officials said.", ("Siversk", "RU")),
        ("<b>Breaking</b> Ukrainian forces captured Izium", ("Izium", "UA")),
        ("Villages liberated by Ukraine:\n- Lyptsi\n- Kozacha Lopan", ("Kozacha Lopan", "UA")),
        (
            "Минобороны: освобожден населённый пункт Северск Донецкой Народной Республики.",
            ("Siversk", "RU"),
        ),
    ],
)
def test_everyday_wordings_are_read(read, text, expected):
    assert expected in {
        (c.place, c.holder) for c in read(text, "2025-12-24") if c.status == "asserted"
    }


def test_a_district_of_a_town_is_not_the_town(read):
    claims = read("Russian troops captured Chasiv Yar's Kanal district.", "2024-07-04")
    assert {c.status for c in claims} <= {"partial"}


def test_a_date_in_an_aside_is_not_the_date_of_the_event(read):
    [claim] = [
        c
        for c in read(
            "Sudzha, which Ukraine had held since August, was recaptured by Russian troops.",
            "2025-03-13",
        )
        if c.by == "RU"
    ]
    assert claim.date_to == date(2025, 3, 13)


def test_an_attempt_given_up_is_no_claim_at_all(read):
    assert read("Putin gave up on encircling and capturing Kyiv.", "2022-11-11") == []


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Russia said its forces captured Siversk, but Ukraine denied this.", "UA"),
        ("Russia said its forces captured Siversk; the General Staff denied it.", "UA"),
        (
            "Moscow said its troops took Siversk. That is not so, a Ukrainian spokesman said.",
            "UA",
        ),
        ("Росія заявила, що її війська захопили Сіверськ, Генштаб це спростував.", "UA"),
        ("Минобороны РФ сообщило о взятии Северска, в Киеве это опровергли.", "UA"),
    ],
)
def test_what_one_side_claims_and_the_other_denies_is_told_twice(read, text, voice):
    claims = read(text, "2025-12-12")
    assert {(c.place, c.status, c.claimed_by) for c in claims} == {
        ("Siversk", "asserted", "RU"),
        ("Siversk", "denied", voice),
    }


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Zelensky said Russian forces had captured Siversk.", "UA"),
        ("Moscow said Ukrainian forces had recaptured Kupiansk.", "RU"),
        ("Russia's General Staff reported the capture of Siversk.", "RU"),
        ("The 35th Motor Rifle Brigade took Siversk, Russia's defence ministry said.", "RU"),
        ("Russian forces captured Siversk, the Institute for the Study of War said.", "other"),
        ("Russian forces captured Siversk.", "other"),
    ],
)
def test_the_force_that_acts_is_not_the_one_that_speaks(read, text, voice):
    assert [c.claimed_by for c in read(text, "2025-12-12")] == [voice]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Russian forces captured Siversk and Kramatorsk was shelled.", {"Siversk"}),
        ("Ukraine took Fastiv and Brovary may follow.", {"Fastiv"}),
        ("Russian forces nearly captured Siversk.", set()),
        ("Russian troops captured the Siversk garrison commander.", set()),
        ("Russian forces left Siversk residents with no food.", set()),
        ("Had Russian forces captured Siversk, Sloviansk would be next.", set()),
        ("In mid-March 2022 Russian forces captured Izium.", {"Izium"}),
    ],
)
def test_only_what_was_taken_is_taken(read, text, places):
    assert {c.place for c in read(text, "2025-12-12") if c.status == "asserted"} == places


def test_a_text_of_a_thousand_sentences_takes_no_more_than_its_share(read):
    text = (
        "Ukrainian forces recaptured Balakliia on 8 September 2022. Shelling went on near Izium. "
    )
    assert len(read(text * 500, "2022-09-12")) == 1


def test_a_sentence_without_a_subject_is_about_the_town_in_the_title(read):
    claims = read(
        "Captured by Russia 28 February 2022. Recaptured by Ukraine 8 September 2022.",
        "2022-09-20",
        title="Balakliia",
    )
    assert [(c.place, c.as_written, c.holder, c.date_to.isoformat()) for c in claims] == [
        ("Balakliia", "Balakliia", "RU", "2022-02-28"),
        ("Balakliia", "Balakliia", "UA", "2022-09-08"),
    ]


@pytest.mark.parametrize(
    ("title", "text", "holder", "days"),
    [
        ("Vesele", "Claimed by Russia on 18 January 2024", "RU", "2024-01-18"),
        ("Vesele", "Control claimed by Ukraine on 1 April 2022", "UA", "2022-04-01"),
        ("Vesele", "Capture by Russia claimed on 6 May 2022", "RU", "2022-05-06"),
        ("Studenok", "Russian forces withdrew on Sep 15, 2022", "UA", "2022-09-15"),
        ("Studenok", "Ukraine claims Russia has withdrawn on 9 May 2022", "UA", "2022-05-09"),
        ("Izium", "Recaptured in the Kharkiv offensive on 10 September 2022", "UA", "2022-09-10"),
        ("Izium", "Reportedly recaptured by Ukraine on 10 September 2022", "UA", "2022-09-10"),
        ("Bila Nora (village)", "Captured by Russia 3 March 2022", "RU", "2022-03-03"),
        ("Ізюм", "Звільнено 10 вересня 2022 року.", "UA", "2022-09-10"),
    ],
)
def test_an_entry_under_the_name_of_a_town_is_about_that_town(read, title, text, holder, days):
    claims = read(text, "2024-02-10", title=title, lang="uk" if title == "Ізюм" else "en")
    assert [(c.holder, str(c.date_to), c.as_written) for c in claims] == [
        (holder, days, title.removesuffix(" (village)"))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Contested by Russia between 3 March and 5 April 2022.",
        "The bridge was captured by Russia on 3 March 2022.",
        "Possibly captured by Russia as of 3 March 2022.",
    ],
)
def test_an_entry_says_nothing_of_what_is_no_event_at_its_town(read, text):
    assert read(text, "2022-05-10", title="Vesele") == []


def test_one_town_taken_on_days_far_apart_was_taken_more_than_once(read):
    claims = read(
        "Captured by Russia on 8 March 2022. Recaptured by Ukraine on 3 April 2022. "
        "Captured by Russia on 20 April 2022.",
        "2022-05-10",
        title="Rubizhne",
    )
    assert [str(c.date_to) for c in claims] == ["2022-03-08", "2022-04-03", "2022-04-20"]


def test_two_reports_of_the_day_give_both_days(read):
    claims = read(
        "Izium was captured by Ukraine on 8 September 2022. Izium was captured by Ukraine on 10 "
        "September 2022, said Moscow.",
        "2022-09-12",
    )
    assert {(str(c.date_from), str(c.date_to)) for c in claims} == {("2022-09-08", "2022-09-10")}


def test_what_one_clause_says_of_one_side_is_not_carried_into_the_next(read):
    claims = read(
        "Снігурівка: місто, захоплене росіянами в березні, звільнено 10 листопада.", "2022-11-11"
    )
    assert {(c.place, c.holder, c.date_to.isoformat()) for c in claims} == {
        ("Snihurivka", "RU", "2022-03-31"),
        ("Snihurivka", "UA", "2022-11-10"),
    }


def test_the_oblast_after_an_unknown_village_is_not_what_was_taken(read):
    claims = read("ЗСУ звільнили Вигаданівку Донецької області.", "2023-06-12")
    assert [c.place for c in claims if c.level == "area"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Moscow insists that Kyiv give up Kherson and Zaporizhzhia.",
        "Moscow demands that Ukraine quit Sloviansk and Kramatorsk.",
        "Donetsk and Luhansk must be ceded, Moscow says.",
        "Putin demanded that Ukrainian troops leave Kramatorsk.",
        "The Kremlin's condition is that Ukraine leave Kramatorsk.",
        "Russia's demand: Ukraine withdraws from Kramatorsk.",
        "Russian strikes on a power plant left Sumy and Dnipro in the dark.",
        "Russian missiles left Kharkiv in ruins.",
        "Russian attacks left Kharkiv and Dnipro reeling.",
        "Zelensky left Kyiv for Bali on Monday.",
        "Ukrainian troops could be forced to withdraw from Siversk.",
        "Зеленский покинул Киев.",
        "Зеленський залишив Київ і вирушив на Балі.",
    ],
)
def test_demands_blackouts_and_travellers_leave_nothing_behind(read, text):
    assert read(text, "2025-12-10", lang="") == []


def test_leaving_a_town_in_a_region_or_in_a_month_is_leaving_it(read):
    for text in (
        "Russian troops left Svatove in the Luhansk region.",
        "Russian troops left Kherson in November.",
    ):
        assert len(said(read(text, "2022-11-20"))) == 1


def test_a_fall_that_no_side_speaks_of_is_no_claim(read):
    assert read("The fall of Siversk raises the pressure on the front line.", "2025-12-24") == []


@pytest.mark.parametrize(
    "text",
    [
        "After weeks of strikes Ukrainian troops left Siversk.",
        "Under constant attack, Ukrainian forces abandoned Siversk.",
        "Russian attacks forced Ukrainian troops to withdraw from Siversk.",
        "Ukrainian troops under attack left Siversk.",
        "Moscow repeated its demand for talks after Ukrainian troops left Siversk.",
        "Asked by reporters, the General Staff confirmed the withdrawal from Siversk.",
    ],
)
def test_troops_that_leave_under_fire_or_amid_demands_have_left(read, text):
    assert {(c.place, c.holder, c.status) for c in read(text, "2025-12-24")} == {
        ("Siversk", "RU", "asserted")
    }


@pytest.mark.parametrize(
    ("text", "lang", "places"),
    [
        (
            "Russian forces took Kreminna, the ministry in Moscow said. It also named Rubizhne.",
            "en",
            {"Kreminna", "Rubizhne"},
        ),
        (
            "Ukraine's army pulled out of Soledar on 24 June, and nine days later out of Bakhmut.",
            "en",
            {"Soledar", "Bakhmut"},
        ),
        (
            "Шойгу доложил о взятии Лисичанска. В сообщении перечислены Новодружеск и Золотое.",
            "ru",
            {"Лисичанска", "Новодружеск", "Золотое"},
        ),
        (
            "Росіяни захопили Попасну. Окремо в міноборони росії назвали Рубіжне.",
            "uk",
            {"Попасну", "Рубіжне"},
        ),
    ],
)
def test_a_verb_told_once_serves_for_the_places_named_after(read, text, lang, places):
    assert {c.as_written for c in read(text, "2022-07-05", lang=lang)} == places


def test_a_day_counts_from_the_day_named_before(read):
    claims = read(
        "Второго октября украинцы вернули Золотую Балку, третьего — Дудчаны.", "2022-10-05"
    )
    assert {(c.as_written, str(c.date_from), str(c.date_to)) for c in claims} == {
        ("Золотую Балку", "2022-10-02", "2022-10-02"),
        ("Дудчаны", "2022-10-03", "2022-10-03"),
    }
    claims = read(
        "On 10 September Ukraine took Izium. A day earlier it had taken Kupiansk.", "2022-09-15"
    )
    assert {(c.place, str(c.date_to)) for c in claims} == {
        ("Izium", "2022-09-10"),
        ("Kupiansk", "2022-09-09"),
    }


def test_the_days_of_a_bulletin_and_of_a_heading_hold_for_what_follows(read):
    claims = read(
        "The bulletin sums up the days from 15 to 21 November. Russian forces took Stavky.",
        "2025-11-22",
    )
    assert [(str(c.date_from), str(c.date_to)) for c in claims] == [("2025-11-15", "2025-11-21")]
    [claim] = read("8 вересня. Вербівку звільнили українські війська.", "2022-09-13")
    assert str(claim.date_from) == str(claim.date_to) == "2022-09-08"
    [claim] = read("Впала Успенівка. Сталося це 31 січня, пише DeepState.", "2025-02-11")
    assert str(claim.date_from) == str(claim.date_to) == "2025-01-31"


def test_what_only_says_where_a_place_lies_is_no_part_of_a_list(read):
    claims = read(
        "Andriivka, on the border in the Sumy region, and Novomarkove in the Donetsk region were "
        "occupied by Russian troops.",
        "2026-01-08",
    )
    assert {c.as_written for c in claims} == {"Andriivka", "Novomarkove"}
    claims = read("Russian forces took Riznykivka, west of Siversk, and Drobysheve.", "2026-01-08")
    assert {c.as_written for c in claims} == {"Riznykivka", "Drobysheve"}


def test_a_denied_claim_of_the_other_side_is_its_claim_all_the_same(read):
    claims = read(
        "Ukraine rejected Russian claims that its troops had captured the city of Pokrovsk.",
        "2025-12-02",
    )
    assert {(c.status, c.claimed_by) for c in claims} >= {("asserted", "RU")}
    assert {c.holder for c in claims} == {"RU"}


@pytest.mark.parametrize(
    "text",
    [
        "Угледар взят не был.",
        "Suppose the Russians take Pokrovsk this spring.",
        "Россия ожидает от Киева вывода войск из Херсона.",
        "Представим на минуту: русские захватили Купянск.",
    ],
)
def test_what_was_not_done_or_is_only_imagined_is_not_asserted(read, text):
    assert said(read(text, "2025-02-03")) == set()


def test_a_history_gives_its_own_year_to_days_without_one(read):
    claims = read(
        "On 16 March Ukrainian forces pulled out of Izium. On 1 April Ukraine recaptured Bucha.",
        "2024-12-31",
        title="Northern campaign, 2022",
    )
    assert {(c.place, str(c.date_to)) for c in claims} == {
        ("Izium", "2022-03-16"),
        ("Bucha", "2022-04-01"),
    }


def test_of_that_year_and_of_last_year(read):
    [claim] = read("У листопаді минулого року росіяни захопили Угледар.", "2025-03-01")
    assert (str(claim.date_from), str(claim.date_to)) == ("2024-11-01", "2024-11-30")
    claims = read(
        "25 лютого 2022 року росіяни захопили Великий Бурлук. 11 вересня того ж року українські "
        "війська звільнили селище.",
        "2024-01-30",
    )
    assert [str(c.date_to) for c in claims] == ["2022-02-25", "2022-09-11"]


def test_a_flag_in_the_text_is_a_side(read):
    [claim] = read("Izium recaptured by \U0001f1fa\U0001f1e6 10 September 2022.", "2022-09-12")
    assert claim.holder == "UA"


def test_a_local_official_says_so_but_takes_nothing(read):
    [claim] = read("Russian troops captured Balakliia on Thursday, the mayor said.", "2022-03-04")
    assert (claim.by, claim.claimed_by) == ("RU", "UA")


def test_who_leaves_is_the_one_that_held_the_place(read):
    claims = read(
        "Russian troops have taken Siversk. The last platoon withdrew from Siversk on Friday.",
        "2025-12-14",
    )
    assert {(c.change, c.by, c.holder) for c in claims} == {
        ("capture", "RU", "RU"),
        ("withdrawal", "UA", "RU"),
    }


def test_a_correction_takes_back_what_it_quotes(read):
    claims = read(
        "An article of 8 May stated that Russian troops had captured Kotlyne. They have not.",
        "2025-05-12",
        title="Correction",
    )
    assert {c.status for c in claims} == {"denied"}


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Lyman slipped out of Moscow's grip on Friday.", "UA"),
        ("Ukrainian paratroopers walked back into Lyman on Friday.", "UA"),
        ("The Russians bolted from Lyman on Friday.", "UA"),
        ("The Russians are gone from Lyman.", "UA"),
        ("The occupation of Lyman ended on 1 October.", "UA"),
        ("Ukraine relinquished Lyman on Friday.", "RU"),
        ("Control over Lyman has passed to Russia.", "RU"),
        ("The Russian army says it controls all of Lyman.", "RU"),
        ("Lyman went over to the Russians on Friday.", "RU"),
        ("DeepState has painted Lyman as occupied.", "RU"),
        ("Ukraine has lost control of Lyman.", "RU"),
        ("Ukraine's army has lost its grip on Lyman.", "RU"),
        ("Moscow's ministry credited its troops with the liberation of Lyman.", "RU"),
        ("Лимана в нас більше немає, визнав комбат.", "RU"),
        ("Росіяни підкорили Лиман.", "RU"),
        ("Ми втратили Лиман.", "RU"),
        ("Нам довелося залишити Лиман.", "RU"),
        ("Лиман дістався росіянам.", "RU"),
        ("Лиман тепер під росіянами.", "RU"),
        ("Лиман вже не наш, сказав командир.", "RU"),
        ("Ворога викинуто з Лимана.", "UA"),
        ("Окупація Лимана скінчилася 1 жовтня.", "UA"),
        ("Киев лишился Лимана.", "RU"),
        ("Украина уступила Лиман.", "RU"),
        ("Москва приписала себе Лиман.", "RU"),
        ("Лиман за россиянами.", "RU"),
        ("Россияне бросили Лиман.", "UA"),
        ("Россияне вошли в Лиман и подняли там флаг.", "RU"),
    ],
)
def test_many_ways_of_saying_that_a_town_changed_hands_are_known(read, text, holder):
    told = {(c.place, c.holder) for c in read(text, "2022-10-04") if c.status == "asserted"}
    assert told == {("Lyman", holder)}


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Противник захватил Лиман, сообщил Генштаб ВСУ.", "RU"),
        ("Противник оставил Лиман, сообщило Минобороны России.", "UA"),
    ],
)
def test_the_enemy_is_the_opponent_of_who_speaks(read, text, by):
    [claim] = read(text)
    assert claim.by == by


@pytest.mark.parametrize(
    ("text", "area"),
    [
        (
            "Russian forces took full control of the whole territory of the Kherson region.",
            "Kherson Oblast",
        ),
        ("Russian troops captured all of Luhansk oblast on Sunday.", "Luhansk Oblast"),
    ],
)
def test_all_of_a_region_is_the_region(read, text, area):
    [claim] = read(text)
    assert (claim.place, claim.level, claim.holder) == (area, "area", "RU")


def test_entering_the_outskirts_is_partial(read):
    [claim] = read("Russian troops entered the outskirts of Izium.")
    assert (claim.place, claim.status) == ("Izium", "partial")


def test_without_a_fight_denies_nothing(read):
    [claim] = read("Российские войска без боя заняли Берислав.")
    assert (claim.place, claim.status, claim.holder) == ("Beryslav", "asserted", "RU")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        # Whose enemy "the enemy" is, the subject says: Ukrainians write Russian too.
        ("Украинские военные выбили противника из Лимана.", [("Lyman", "UA")]),
        ("Российские войска выбили противника из Лимана.", [("Lyman", "RU")]),
        ("Украинские десантники вернули Лиман.", [("Lyman", "UA")]),
        # Troops that are no longer there.
        ("Росіян уже немає в Ізюмі та Лимані.", [("Izium", "UA"), ("Lyman", "UA")]),
        ("Українських військ більше немає в Авдіївці.", [("Avdiivka", "RU")]),
        ("Украинских войск больше нет в Авдеевке.", [("Avdiivka", "RU")]),
        ("Not a single Russian soldier remains in Izium, Kyiv said.", [("Izium", "UA")]),
        ("Kyiv said its men were gone from Siversk.", [("Siversk", "RU")]),
        # Maps that turn red, lists that grow.
        ("DeepState обозначил оккупированным Торецк.", [("Toretsk", "RU")]),
        ("Сіверськ уже не наш, пише DeepState.", [("Siversk", "RU")]),
        ("Сіверськ ще не наш, сказав боєць.", []),
        ("Минобороны РФ записало на свой счёт Северск.", [("Siversk", "RU")]),
        ("Изюм вернулся под украинский флаг.", [("Izium", "UA")]),
        ("The Russian ministry reported taking Toretsk on the same day.", [("Toretsk", "RU")]),
        ("Toretsk was reported lost by DeepState last week.", [("Toretsk", "RU")]),
    ],
)  # fmt: skip
def test_ways_of_saying_that_a_place_has_changed_hands(read, text, held):
    found = {(c.place, c.holder) for c in read(text, "2025-11-12") if c.status == "asserted"}
    assert sorted(found) == held


def test_a_headline_without_a_side_is_read_by_the_text_below_it(read):
    claims = read("Дудчаны заняты украинцами, сказал Сальдо.", "2022-10-04", title="Дудчаны взяты")
    assert {(c.place, c.holder) for c in claims} == {("Dudchany", "UA")}
    [claim] = read("Бои идут дальше.", "2022-10-04", title="Дудчаны взяты")
    assert claim.place == "Dudchany"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Captured by Russia 2022.", "2022-02-24", "2022-12-31"),
        ("Captured by Russia before the 2023.", "2022-02-24", "2022-12-31"),
        ("Captured by Russia early in the war.", "2022-02-24", "2022-04-30"),
        ("Captured by Russia 30 February 2022.", "2022-02-24", "2022-02-28"),
    ],
)
def test_vague_and_impossible_days_of_an_entry_become_ranges_of_the_past(read, text, first, last):
    [claim] = read(text, "2025-02-01", "Bilohorivka")
    assert (claim.date_from.isoformat(), claim.date_to.isoformat()) == (first, last)
    assert claim.background


def test_a_neuter_ordinal_before_an_adjective_is_no_day(read):
    [claim] = read("Бійці повернулися додому.", "2022-10-01", "Білогорівка, перше повернуте село")
    assert claim.date_to.isoformat() == "2022-10-01"
    assert claim.date_from.isoformat() == "2022-09-30"


def test_the_governor_named_after_a_city_takes_no_city(read):
    claims = read("Russian forces have captured Sievierodonetsk, the Luhansk governor said.")
    assert [(c.place, c.claimed_by) for c in claims] == [("Siverskodonetsk", "UA")]


def test_not_yet_ours_is_no_loss(read):
    assert read("Лиман ще не наш.", "2023-07-10") == []


@pytest.mark.parametrize(
    "text",
    [
        "Окупантів вибили з Лимана.",
        "Росіян вигнали з Лимана.",
        "Оккупантов выбили из Лимана, сообщил Генштаб ВСУ.",
    ],
)
def test_an_enemy_that_is_driven_out_is_not_its_own_enemy(read, text):
    assert said(read(text)) == {(text.split()[3].rstrip(".,"), "capture", "UA", "UA")}


def test_a_sentence_that_comes_again_is_read_the_same_wherever_it_stands(reader):
    again = "Ukrainian forces captured the village of Bohorodychne on Friday, the army said."
    for number, before in enumerate(["", "It rained. ", "  \n", "Nobody came. Then it snowed. "]):
        text = before + again
        (claim,) = reader.read(Report(f"r{number}", date(2022, 9, 12), text, "", "", "", "en"))
        assert (claim.as_written, claim.quote) == ("Bohorodychne", again)
        (reason,) = reader.explain(Report("r", date(2022, 9, 12), text, "", "", "", "en"))
        assert (reason.start, reason.sentence) == (text.index("captured"), again)
