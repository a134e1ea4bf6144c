"""Places that stand far from their event: past an aside, in a list, meant by a word before.

A line is a text and the (place, holder) pairs that it asserts; [] where it asserts none.
"""

from datetime import date

import pytest

from tracker.model import Report
from tracker.places import load_gazetteer
from tracker.reading import Reader
from tracker.resources import load_war


@pytest.fixture(scope="module")
def reader():
    return Reader(load_gazetteer(), load_war())


FAR = [
    # relative / aside between place and predicate
    (
        "Bakhmut, on the small river of the same name, which is now wholly under the "
        "occupiers' control, lies in ruins.",
        [("Bakhmut", "RU")],
    ),
    (
        "Bakhmut, once home to 70,000, was after ten months of fighting taken by Wagner.",
        [("Bakhmut", "RU")],
    ),
    (
        "Vuhledar, a mining town whose towers gave the defenders a view over the plain, "
        "has fallen.",
        [("Vuhledar", "RU")],
    ),
    (
        "Vuhledar, according to two soldiers of the 72nd brigade, is lost.",
        [("Vuhledar", "RU")],
    ),
    (
        "Krasnohorivka - a town that the army had held since 2014 - has been captured by Russia.",
        [("Krasnohorivka", "RU")],
    ),
    (
        "Krasnohorivka (population 15,000 before the war) was seized by the Russians on Friday.",
        [("Krasnohorivka", "RU")],
    ),
    (
        "Robotyne, which gave its name to the whole battle, the Ukrainians retook on Monday.",
        [("Robotyne", "UA")],
    ),
    (
        "Robotyne, where the fighting had lasted two months, is back in Ukrainian hands.",
        [("Robotyne", "UA")],
    ),
    (
        "Lyman, from which the Russian garrison slipped away at night, was entered by "
        "Ukrainian soldiers.",
        [("Lyman", "UA")],
    ),
    (
        "Selydove, as DeepState had been warning for a week, fell to the Russians on Tuesday.",
        [("Selydove", "RU")],
    ),
    (
        "Selydove, Ukrainian officers concede, is in enemy hands.",
        [("Selydove", "RU")],
    ),
    (
        "What is left of Marinka was taken by Russian troops.",
        [("Marinka", "RU")],
    ),
    (
        "The Russians, who had stood before Selydove for three weeks, took it on Tuesday.",
        [("Selydove", "RU")],
    ),
    (
        "It was on Tuesday that the Russians took Selydove.",
        [("Selydove", "RU")],
    ),
    (
        "It was Selydove that the Russians took on Tuesday.",
        [("Selydove", "RU")],
    ),
    (
        "The town of Selydove, captured by the Russians last week, has no water.",
        [("Selydove", "RU")],
    ),
    (
        "In Selydove, captured by the Russians last week, nobody is left.",
        [("Selydove", "RU")],
    ),
    (
        "Captured by the Russians last week, Selydove has no water.",
        [("Selydove", "RU")],
    ),
    (
        "Now held by the Russians, Selydove has no water.",
        [],
    ),
    (
        "With Selydove in Russian hands since Tuesday, the road is cut.",
        [("Selydove", "RU")],
    ),
    (
        "Russian forces pushed on from Selydove, a town they had seized on Tuesday.",
        [("Selydove", "RU")],
    ),
    (
        "Russian forces pushed on from Selydove, seized on Tuesday.",
        [("Selydove", "RU")],
    ),
    (
        "Russian forces pushed on from the town of Selydove, which had fallen on Tuesday.",
        [("Selydove", "RU")],
    ),
    # so, too, also, same
    (
        "Bilohorivka is free, the governor said, and so are Terny and Zarichne.",
        [("Bilohorivka", "UA"), ("Terny", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Bilohorivka has been liberated, and so have Terny and Zarichne.",
        [("Bilohorivka", "UA"), ("Terny", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Bilohorivka fell on Monday; so did Terny.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Bilohorivka fell to the Russians on Monday, as did Terny.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Bilohorivka was captured by Russia, as was Terny.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Bilohorivka was captured by Russia. So was Terny.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Russia captured Bilohorivka. The same is true of Terny.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Russia captured Bilohorivka. The same goes for Terny and Zarichne.",
        [("Bilohorivka", "RU"), ("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "Russia captured Bilohorivka. Terny too is lost.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Russia captured Bilohorivka. Terny was taken as well.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Russia captured Bilohorivka and, a day later, Terny.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Ukraine recaptured Bilohorivka. Terny, too.",
        [("Bilohorivka", "UA"), ("Terny", "UA")],
    ),
    (
        "Bilohorivka was not the only place to be lost: Terny is in Russian hands too.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
    ),
    (
        "Ukrainian troops left Bilohorivka on Monday, Terny on Tuesday and Zarichne on Wednesday.",
        [("Bilohorivka", "RU"), ("Terny", "RU"), ("Zarichne", "RU")],
    ),
    # lists before/after
    (
        "The army liberated five settlements, namely, from north to south, Terny, Zarichne "
        "and Torske.",
        [("Terny", "UA"), ("Torske", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Among the places recovered she named Terny and Zarichne.",
        [("Terny", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Of the places recovered in the past two weeks she mentioned two by name, Terny "
        "and Zarichne.",
        [("Terny", "UA"), ("Zarichne", "UA")],
    ),
    (
        "The villages that Ukraine recovered are Terny, Zarichne and Torske.",
        [("Terny", "UA"), ("Torske", "UA"), ("Zarichne", "UA")],
    ),
    (
        "The list of liberated villages includes Terny, Zarichne and Torske.",
        [("Terny", "UA"), ("Torske", "UA"), ("Zarichne", "UA")],
    ),
    (
        "The list of villages Russia has captured since Friday now includes Terny and Zarichne.",
        [("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "The villages captured by Russia since the start of the incursion include Terny, "
        "Zarichne and Torske.",
        [("Terny", "RU"), ("Torske", "RU"), ("Zarichne", "RU")],
    ),
    (
        "Its conquests since Friday include Terny, Zarichne and Torske, the Russian ministry says.",
        [("Terny", "RU"), ("Torske", "RU"), ("Zarichne", "RU")],
    ),
    (
        "Terny, Zarichne, Torske: all three were won back by Ukrainian troops this week.",
        [("Terny", "UA"), ("Torske", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Three names were on the map for months - Terny, Zarichne and Torske. All three "
        "have now been liberated by Ukraine.",
        [("Terny", "UA"), ("Torske", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Terny, Zarichne and Torske - these are the villages that Ukraine has liberated.",
        [("Terny", "UA"), ("Torske", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Terny, Zarichne and Torske are the latest to be freed by Ukraine.",
        [("Terny", "UA"), ("Torske", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Ukraine announced three gains: Terny, Zarichne and Torske.",
        [("Terny", "UA"), ("Torske", "UA"), ("Zarichne", "UA")],
    ),
    (
        "Fighting is over in Terny and Zarichne. Both were taken by the Russians.",
        [("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "Fighting is over in Terny and Zarichne. The Russians hold both now.",
        [("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "For weeks shells fell on Terny and Zarichne. On Sunday both villages were taken "
        "by Russian troops.",
        [("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "Terny was shelled and Zarichne burned. On Sunday both were captured by the Russians.",
        [("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "Two villages fell to the Russians: first Terny, then Zarichne.",
        [("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "The ministry in Moscow reported two captures, those of Terny and Zarichne.",
        [("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "Russian troops captured Terny in the north and, further south, Zarichne.",
        [("Terny", "RU"), ("Zarichne", "RU")],
    ),
    (
        "Russian troops captured two villages in the Luhansk region, one of them Terny.",
        [("Terny", "RU")],
    ),
    (
        "Russian troops captured three villages, the largest of which is Terny.",
        [("Terny", "RU")],
    ),
    (
        "Russian troops took Terny, Zarichne and, after a long fight, Torske.",
        [("Terny", "RU"), ("Torske", "RU"), ("Zarichne", "RU")],
    ),
    # pronouns
    (
        "Russian troops surrounded Lysychansk on Friday. Two days later it was theirs.",
        [("Lysychansk", "RU")],
    ),
    (
        "Lysychansk held out until Sunday. That day the Russians took it.",
        [("Lysychansk", "RU")],
    ),
    (
        "Lysychansk held out until Sunday. Then the Russians marched in and hoisted their flag.",
        [("Lysychansk", "RU")],
    ),
    (
        '"The orcs control it now," the governor said of Kreminna.',
        [("Kreminna", "RU")],
    ),
    (
        'Few places have been fought over for so long as Pisky. It is "entirely '
        'liberated", the Russian Defence Ministry reported.',
        [("Pisky", "RU")],
    ),
    (
        "Few places have been fought over for so long as Pisky. The Russian Defence "
        "Ministry says it is liberated.",
        [("Pisky", "RU")],
    ),
    (
        "Pisky faces the airport. The settlement has been lost to the Russians, the "
        "governor acknowledged.",
        [("Pisky", "RU")],
    ),
    (
        "Pisky faces the airport. The settlement next to Donetsk has indeed been lost to "
        "the Russians.",
        [("Pisky", "RU")],
    ),
    (
        "Street fighting in Pisky is over. The Russians have it.",
        [("Pisky", "RU")],
    ),
    (
        "Russian soldiers broke into Slavutych on Saturday and seized the hospital. Two "
        "days afterwards they left the town again.",
        [("Slavutych", "UA")],
    ),
    (
        "The Russians held Lukashivka for three weeks. On Thursday the 1st Tank Brigade "
        "won it back.",
        [("Lukashivka", "UA")],
    ),
    (
        "The church at Lukashivka served as a store. Russian troops had taken the village "
        "on 9 March.",
        [("Lukashivka", "RU")],
    ),
    (
        "The Russians entered Piatykhatky at dawn; by noon our side had thrown them out of "
        "the village again, a Ukrainian officer said.",
        [("Piatykhatky", "UA")],
    ),
    (
        "The Russians never got to Borova. Izium, by contrast, they captured in April.",
        [("Izium", "RU")],
    ),
    # claim verbs
    (
        "Lozuvatske, which the Russian ministry had claimed on Saturday, lies on the railway.",
        [("Lozuvatske", "RU")],
    ),
    (
        "Topoli, right at the border, Moscow had claimed a week before.",
        [("Topoli", "RU")],
    ),
    (
        "On Tuesday Moscow's Defence Ministry claimed Bilovody as well.",
        [("Bilovody", "RU")],
    ),
    (
        "Moscow claimed Bilovody on Tuesday and Yablunivka on Wednesday.",
        [("Bilovody", "RU"), ("Yablunivka", "RU")],
    ),
    (
        "Russia has claimed the village of Bilovody.",
        [("Bilovody", "RU")],
    ),
    (
        "Russia also claimed Bilovody, a village at the border.",
        [("Bilovody", "RU")],
    ),
    (
        "The ministry in Moscow counts Shevchenkove as seized.",
        [("Shevchenkove", "RU")],
    ),
    (
        "The map of DeepState marks Vovche as captured by the Russians.",
        [("Vovche", "RU")],
    ),
    (
        "Russia lists Vovche among the places it has liberated.",
        [("Vovche", "RU")],
    ),
    (
        "Vovche figures in Moscow's list of captured villages.",
        [("Vovche", "RU")],
    ),
    (
        "Vovche appears on the Russian list of gains for the week.",
        [("Vovche", "RU")],
    ),
    (
        "Both maps give Vovche to the Russians.",
        [("Vovche", "RU")],
    ),
    (
        "DeepState has added Vovche to the territory under Russian control.",
        [("Vovche", "RU")],
    ),
    (
        "DeepState now paints Vovche in red.",
        [("Vovche", "RU")],
    ),
    (
        "Since Friday Volnovakha counts as captured by the DPR.",
        [("Volnovakha", "RU")],
    ),
    (
        "Volnovakha is considered lost.",
        [("Volnovakha", "RU")],
    ),
    (
        "Moscow declared it liberated. Dvorichna is a village.",
        [],
    ),
    (
        "Dvorichna was quiet. Last Tuesday the ministry in Moscow declared it liberated.",
        [("Dvorichna", "RU")],
    ),
    (
        "Russia's claim to have captured Vovche is true, Ukrainian soldiers say.",
        [("Vovche", "RU")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FAR)
def test_a_place_far_from_its_event(reader, text, expected):
    report = Report("r", date(2024, 3, 15), text, "", "", "", "en")
    asserted = [c for c in reader.read(report) if c.status == "asserted"]
    assert sorted({(c.place, c.holder) for c in asserted}) == expected
