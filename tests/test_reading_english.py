"""What the reader takes out of English retellings: classes of wording, each with its counterpart.

A line is a text and the (place, holder) pairs that it asserts; [] where it asserts none.
"""

from datetime import date

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.resources import load_war


@pytest.fixture(scope="module")
def read():
    reader = Reader(load_gazetteer(), load_war())

    def run(text, title=""):
        return reader.read(Report("r", date(2024, 3, 15), text, title, "", "", "en"))

    return run


def held(claims, status="asserted"):
    return sorted({(c.place, c.holder) for c in claims if c.status == status})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Whose a town is.
        ('"Lyman is ours," a sergeant of the Ukrainian army wrote.', [("Lyman", "UA")]),
        ("Lyman is Russia's again.", [("Lyman", "RU")]),
        ("Russian troops hold the hills. Lyman is theirs now.", [("Lyman", "RU")]),
        ("What remains of Marinka belongs to the invaders now.", []),
        ("Marinka now belongs to the Russians.", [("Marinka", "RU")]),
        ("Marinka is no longer in Ukrainian hands.", [("Marinka", "RU")]),
        ("Russian forces are back in control of Lyman and Torske.",
         [("Lyman", "RU"), ("Torske", "RU")]),
        ("Wagner's men are in full possession of Soledar, its founder said.", [("Soledar", "RU")]),
        ("The Kremlin's army ended Ukrainian control of Soledar.", [("Soledar", "RU")]),
        ("Moscow says that its marines now control Soledar.", [("Soledar", "RU")]),
        ("Russian infantry moved into Ocheretyne and hold it.", [("Ocheretyne", "RU")]),
        ("Lyman was in ruins by then. It has since been retaken.", [("Lyman", "UA")]),
        ("Fighting for Lyman is over. It is in Russian hands, a drone pilot says.",
         [("Lyman", "RU")]),
        ("Lyman was quiet. It was too early to speak of more, he said.", []),
        ("Fighting for Lyman is over. Moscow announced its capture on Friday.", [("Lyman", "RU")]),
        ("Soledar, whose capture Moscow reported on Friday, is a ruin.", [("Soledar", "RU")]),
        ("Its capture of Soledar cost Russia dearly.", [("Soledar", "RU")]),
        ("The centre of Soledar is flattened and the defenders have withdrawn from it.", []),
        # Verbs with "up" and "out", whatever the verb.
        ("Russian troops gobbled up Soledar and Sil.", [("Sil", "RU"), ("Soledar", "RU")]),
        ("Kyiv's paratroopers muscled the Russians out of Lyman.", [("Lyman", "UA")]),
        ("Kyiv's paratroopers kept the Russians out of Lyman.", []),
        ("Russian forces have for the first time taken villages in the south, DeepState wrote: "
         "Malynivka and Temyrivka.", [("Malynivka", "RU"), ("Temyrivka", "RU")]),
        ("Russian forces surrendered the towns of Bucha and Makariv in the last days of March.",
         [("Bucha", "UA"), ("Makariv", "UA")]),
        ("Ukraine pushed back: Lyman was liberated and Yampil freed.",
         [("Lyman", "UA"), ("Yampil", "UA")]),
        ("The ministry in Moscow congratulated the brigade on liberating Soledar.",
         [("Soledar", "RU")]),
        ("The mayor said that his city was now occupied.", []),
        ("Lysychansk fell silent. The mayor said that his city was now completely occupied.",
         [("Lysychansk", "RU")]),
        ("Torske and Yampil are small places. All have been won back.",
         [("Torske", "UA"), ("Yampil", "UA")]),
        ("Ukraine's infantry stormed Torske and Yampil and holds both.",
         [("Torske", "UA"), ("Yampil", "UA")]),
        ("Russian forces attacked Torske and hold Yampil.", []),
        ("It is too early to speak of the liberation of Lyman, the brigade said.", []),
        ("Kharkiv breathes again as villages to the north are won back.", []),
        ("The bridges near Lyman were blown up, which the army takes as a sign of fear.", []),
        ("Soledar is wholly in the possession of his fighters, Prigozhin said.",
         [("Soledar", "RU")]),
        ("Wagner took Soledar on Friday. Its chief said the same about Krasna Hora.",
         [("Krasna Hora", "RU"), ("Soledar", "RU")]),
        ("Soledar has seen much. A counter-attack has returned the town to Russian control.",
         [("Soledar", "RU")]),
        ("The Russians were near Lyman. Zelensky said that he had freed Torske.",
         [("Torske", "UA")]),
        # Lists and tallies.
        ("The ministry in Moscow counts Soledar and Sil among its gains.",
         [("Sil", "RU"), ("Soledar", "RU")]),
        ("Russia's army put Soledar on its list of captured places.", [("Soledar", "RU")]),
        ("Soledar has been added to the Russian gains, DeepState wrote.", [("Soledar", "RU")]),
        ("Soledar was the first town to fall this year.", [("Soledar", "RU")]),
        ("With Soledar and Sil gone, Bakhmut is open from the north.",
         [("Sil", "RU"), ("Soledar", "RU")]),
        ("Soledar is under Russian control, the ministry said on Friday, along with the "
         "villages of Sil and Pidhorodne.",
         [("Pidhorodne", "RU"), ("Sil", "RU"), ("Soledar", "RU")]),
        ("DeepState has painted Soledar red.", [("Soledar", "RU")]),
        ("On its map DeepState shows Soledar as occupied.", [("Soledar", "RU")]),
        # "Moscow claims P", but not what else it claims.
        ("Moscow also claims Soledar.", [("Soledar", "RU")]),
        ("On that front Russia claimed Soledar and Sil.", [("Sil", "RU"), ("Soledar", "RU")]),
        ("Its suburb Zalizne was lost last week.", [("Zalizne", "RU")]),
        ("The suburb of Lyman was lost last week.", []),
        ("Moscow claims Soledar has no garrison left to speak of.", []),
        # Who did it, and that it was lost without a word by whom.
        ("Soledar, the pride of the salt works, was taken by the Russians.", [("Soledar", "RU")]),
        ("Soledar, lost in January, lies in ruins.", [("Soledar", "RU")]),
        ("Having taken Soledar, Russian troops turned south.", [("Soledar", "RU")]),
        ("Having lost Soledar, Kyiv's forces dug in further west.", [("Soledar", "RU")]),
        ("It took the Russians six months to capture Soledar.", [("Soledar", "RU")]),
        ("It would take the Russians six months to capture Soledar.", []),
        ("Soledar's capture was announced by the Russian ministry.", [("Soledar", "RU")]),
        ("Pushilin said that Kyiv had surrendered Soledar without a fight.", [("Soledar", "RU")]),
        ("Strikes left Soledar without power, Kyiv said.", []),
        ("Four villages of Kherson lost, the governor said.", []),
    ],
)  # fmt: skip
def test_ways_of_having_a_town(read, text, expected):
    assert held(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("From Lyman, which they had held for months, the Russians withdrew.", [("Lyman", "UA")]),
        ("At Lyman, a rail hub, the Russians withdrew on Friday.", [("Lyman", "UA")]),
        ("In Lyman the Russians are gone, neighbours said.", [("Lyman", "UA")]),
        ("The units in Soledar have been taken back to a new line, Syrskyi said.",
         [("Soledar", "RU")]),
        ("From Lyman the last enemy vehicles disappeared at night.", [("Lyman", "UA")]),
        ("According to one Russian blogger the garrison of Lyman has retired to the east.",
         [("Lyman", "UA")]),
        ("In Lyman people told us that the Russians had already gone.", [("Lyman", "UA")]),
        ("The garrison of Soledar has withdrawn, the governor said.", [("Soledar", "RU")]),
        ("The Soledar garrison has withdrawn, the governor said.", [("Soledar", "RU")]),
        ("Ukrainian troops freed Torske. The garrison of Lyman had pulled out the day before.",
         [("Lyman", "UA"), ("Torske", "UA")]),
        ("Kyiv evacuated its garrison from Soledar.", [("Soledar", "RU")]),
        ("Lyman saw the last Russian troops depart on Friday.", [("Lyman", "UA")]),
        ("The occupiers were driven from Lyman.", [("Lyman", "UA")]),
        ("The Russians were ejected from Lyman.", [("Lyman", "UA")]),
        ("Ukrainian troops entered Lyman and drove the invaders out.", [("Lyman", "UA")]),
        ("The soldiers of Ukraine were in Soledar for a year. They withdrew on Friday.",
         [("Soledar", "RU")]),
        ("Russian soldiers looted Lyman. They left on Friday.", [("Lyman", "UA")]),
        ("A Ukrainian brigade walked into Torske at dawn. Its soldiers raised a flag on "
         "the school.", [("Torske", "UA")]),
        # People without arms, other things that are left, and troops that go elsewhere.
        ("Residents moved out of Soledar, Kyiv said.", []),
        ("Hundreds of families were driven from Soledar, Kyiv said.", []),
        ("The talks on Soledar dragged on. Russia withdrew from the grain deal.", []),
        ("Russian troops are near Soledar. They withdrew to their side of the river.", []),
        ("Russian troops captured the Soledar garrison commander.", []),
    ],
)  # fmt: skip
def test_whence_troops_leave(read, text, expected):
    assert held(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "There is no truth in reports that Soledar has been captured, the brigade said.",
        "Talk that Soledar has been surrendered is Russian propaganda, the commander said.",
        "Soledar was in danger of being captured by the Russians.",
    ],
)
def test_what_is_called_untrue_or_feared_is_not_asserted(read, text):
    assert held(read(text)) == []


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        # A medium is told, it does not say so; who did it is not who says so.
        ("Soledar has been captured by Russia, Serhii Cherevatyi told Reuters.", "UA"),
        ("Soledar was occupied by the Russian army, Zelensky said.", "UA"),
        ("Soledar was reported lost by DeepState.", "UA"),
        ("Moscow claims Soledar, Reuters wrote.", "RU"),
        ("Russia has captured Soledar, the governor conceded.", "UA"),
    ],
)
def test_who_is_told_and_who_did_it_are_not_who_says_so(read, text, voice):
    assert [c.claimed_by for c in read(text) if c.status == "asserted"] == [voice]


def test_a_part_of_one_place_does_not_make_the_others_partial(read):
    claims = read("Russian troops took Soledar, Sil and the northern part of Bakhmut.")
    assert held(claims) == [("Sil", "RU"), ("Soledar", "RU")]
    assert held(claims, "partial") == [("Bakhmut", "RU")]


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("The Kyiv suburb of Irpin has been liberated.", "asserted", [("Irpin", "UA")]),
        (
            "Kyiv's troops retook the Kharkiv suburb of Mala Rohan.",
            "asserted",
            [("Mala Rohan", "UA")],
        ),
        ("Ukrainian troops retook a suburb of Kharkiv.", "partial", [("Kharkiv", "UA")]),
        (
            "Russia seized Marinka. Lyman was attacked as well, in vain.",
            "asserted",
            [("Marinka", "RU")],
        ),
        (
            "Russia seized Marinka. Lyman was captured as well, he said.",
            "asserted",
            [("Lyman", "RU"), ("Marinka", "RU")],
        ),
        ("Ukraine's units are now being moved out of Lyman too.", "ongoing", [("Lyman", "RU")]),
        ("Kyiv's men are already withdrawing from Lyman.", "ongoing", [("Lyman", "RU")]),
    ],
)
def test_suburbs_by_name_what_else_was_only_attacked_and_what_is_under_way(
    read, text, status, expected
):
    assert held(read(text), status) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Russian ministry reported Lyman as liberated on Tuesday.", [("Lyman", "RU")]),
        (
            "Russia's army has chalked up a town, Lyman, which its ministry announced on Saturday "
            "as freed.",
            [("Lyman", "RU")],
        ),
        (
            "Moscow presented Lyman, a rail hub, as liberated, and Kyiv is silent.",
            [("Lyman", "RU")],
        ),
        (
            "In Moscow the Defence Ministry went on to declare Lyman taken, which the governor's "
            "office in Kharkiv has not commented on.",
            [("Lyman", "RU")],
        ),
        ("Torske, above Lyman, is ours again, boasts Ukraine's 63rd Brigade.", [("Torske", "UA")]),
    ],
)
def test_what_is_reported_as_freed_is_held_by_who_reports_it(read, text, expected):
    assert held(read(text)) == expected
