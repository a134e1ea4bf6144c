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
    (
        "Like Bilohorivka before it, Terny has been captured by the Russians.",
        [("Bilohorivka", "RU"), ("Terny", "RU")],
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
    # second probe: retold style, unlike the first
    (
        "Ukrainian officials stopped short of confirming it, but Andriivka is back in "
        "their hands, a brigade spokesman told reporters.",
        [("Andriivka", "UA")],
    ),
    (
        "The flag over Verbove is Ukrainian now.",
        [("Verbove", "UA")],
    ),
    (
        "For the first time since 2022 no Russian soldier stands in Stelmakhivka, the "
        "brigade says.",
        [("Stelmakhivka", "UA")],
    ),
    (
        "The road through Ocheretyne, which the Russians have held since April, is under fire.",
        [("Ocheretyne", "RU")],
    ),
    (
        "Ocheretyne's last defenders were pulled out on Sunday night.",
        [("Ocheretyne", "RU")],
    ),
    (
        "The last Ukrainian soldiers are out of Ocheretyne.",
        [("Ocheretyne", "RU")],
    ),
    (
        "There are no Ukrainian soldiers in Ocheretyne any more.",
        [("Ocheretyne", "RU")],
    ),
    (
        "Ocheretyne has had to be given up, the general conceded.",
        [("Ocheretyne", "RU")],
    ),
    (
        "After losing Ocheretyne, Ukraine's army dug in along the river.",
        [("Ocheretyne", "RU")],
    ),
    (
        "Having lost Ocheretyne and Berdychi, the brigade dug in along the river, a "
        "Ukrainian officer said.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "By Sunday evening the whole of Ocheretyne was Russian.",
        [("Ocheretyne", "RU")],
    ),
    (
        "Ocheretyne and its railway station have passed into the hands of the Russian 30th "
        "brigade.",
        [("Ocheretyne", "RU")],
    ),
    (
        "On DeepState's map Ocheretyne is red.",
        [("Ocheretyne", "RU")],
    ),
    (
        "DeepState gives Ocheretyne as lost and Berdychi as contested.",
        [("Ocheretyne", "RU")],
    ),
    (
        "The Russian conquest of Ocheretyne took eleven days.",
        [("Ocheretyne", "RU")],
    ),
    (
        "It took the Russians eleven days to capture Ocheretyne.",
        [("Ocheretyne", "RU")],
    ),
    (
        "Eleven days after the first assault, Ocheretyne was theirs, Russian bloggers wrote.",
        [("Ocheretyne", "RU")],
    ),
    (
        "The Russian ministry's tally for the week runs to three villages: Ocheretyne, "
        "Berdychi and Semenivka.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU"), ("Semenivka", "RU")],
    ),
    (
        "Three villages, Ocheretyne, Berdychi and Semenivka, have been lost in a week, "
        "Kyiv's general said.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU"), ("Semenivka", "RU")],
    ),
    (
        "Ocheretyne, then Berdychi, then Semenivka: the Russians have taken a village a day.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU"), ("Semenivka", "RU")],
    ),
    (
        "First Ocheretyne fell, then Berdychi.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "After Ocheretyne, Berdychi too has fallen.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "The Russians took not only Ocheretyne but also Berdychi.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "The Russians have both Ocheretyne and Berdychi.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "In addition to Ocheretyne, the Russians captured Berdychi.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "Besides Ocheretyne, the ministry in Moscow named Berdychi as captured.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "The capture of Ocheretyne was followed by that of Berdychi, the Russian ministry said.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "The ministry announced the capture of the village of Ocheretyne, and Moscow's "
        "bloggers that of Berdychi.",
        [("Berdychi", "RU"), ("Ocheretyne", "RU")],
    ),
    (
        "The villages in question are Ocheretyne and Berdychi.",
        [],
    ),
    (
        "Ukrainian marines have planted their flag in Urozhaine.",
        [("Urozhaine", "UA")],
    ),
    (
        "A video shows Ukrainian marines with a flag on the roof of the school in Urozhaine.",
        [("Urozhaine", "UA")],
    ),
    (
        "The Russians fled Urozhaine under fire.",
        [("Urozhaine", "UA")],
    ),
    (
        "The Russian company that had held Urozhaine withdrew to Zavitne Bazhannia.",
        [("Urozhaine", "UA")],
    ),
    (
        "Russian soldiers abandoned Urozhaine, leaving their wounded behind.",
        [("Urozhaine", "UA")],
    ),
    (
        "Urozhaine was liberated a year ago and lost again on Sunday.",
        [("Urozhaine", "RU"), ("Urozhaine", "UA")],
    ),
    (
        "Urozhaine changed hands again on Sunday: the Russians are back.",
        [("Urozhaine", "RU")],
    ),
    (
        "On Sunday the Russians returned to Urozhaine and raised their flag.",
        [("Urozhaine", "RU")],
    ),
    (
        "Ukraine lost Urozhaine, which it had won back in August.",
        [("Urozhaine", "RU"), ("Urozhaine", "UA")],
    ),
    (
        "Urozhaine is where Ukraine's counteroffensive had its last success; since Sunday "
        "it is Russian again.",
        [("Urozhaine", "RU")],
    ),
    (
        "Russia retook Urozhaine on Sunday.",
        [("Urozhaine", "RU")],
    ),
    (
        "Russia regained control over Urozhaine, its Defence Ministry announced.",
        [("Urozhaine", "RU")],
    ),
    (
        'The Russian Defence Ministry said its forces had "completed the liberation" of Urozhaine.',
        [("Urozhaine", "RU")],
    ),
    (
        "The Defence Ministry in Moscow: Urozhaine is liberated.",
        [("Urozhaine", "RU")],
    ),
    (
        "Moscow: Urozhaine liberated.",
        [("Urozhaine", "RU")],
    ),
    (
        "Moscow reports Urozhaine and Staromaiorske as liberated.",
        [("Staromaiorske", "RU"), ("Urozhaine", "RU")],
    ),
    (
        'According to Moscow, Urozhaine has been "liberated".',
        [("Urozhaine", "RU")],
    ),
    (
        "If Moscow is to be believed, Urozhaine has been liberated.",
        [("Urozhaine", "RU")],
    ),
    (
        "Russia's claim on Sunday that it had taken Urozhaine was confirmed by DeepState "
        "on Monday.",
        [("Urozhaine", "RU")],
    ),
    (
        "Urozhaine has fallen: DeepState confirmed on Monday what Moscow had announced on Sunday.",
        [("Urozhaine", "RU")],
    ),
    (
        "Both sides agree that Urozhaine is now Russian.",
        [("Urozhaine", "RU")],
    ),
    (
        "Nobody disputes that Urozhaine has been taken by the Russians.",
        [("Urozhaine", "RU")],
    ),
    (
        "It was Ukraine's 35th brigade that freed Urozhaine.",
        [("Urozhaine", "UA")],
    ),
    (
        "Credit for the liberation of Urozhaine goes to the 35th brigade, Kyiv said.",
        [("Urozhaine", "UA")],
    ),
    (
        "Among those thanked was the 35th brigade, which liberated Urozhaine.",
        [("Urozhaine", "UA")],
    ),
    (
        "The brigade that took Urozhaine has been sent to rest, the Ukrainian command said.",
        [("Urozhaine", "UA")],
    ),
    # no claims
    (
        "The Russians want Urozhaine at any price.",
        [],
    ),
    (
        "The Russians are a mile from Urozhaine, which they have tried to take since May.",
        [],
    ),
    (
        "The Russians have failed to take Urozhaine, and so have failed at Staromaiorske.",
        [],
    ),
    (
        "Urozhaine holds, and so does Staromaiorske.",
        [],
    ),
    (
        "Nobody believes that Urozhaine could be held if Staromaiorske fell.",
        [],
    ),
    (
        "Urozhaine, the Russians' next target after Staromaiorske, is being shelled.",
        [],
    ),
    (
        "The battle for Urozhaine, a village of 900 people, goes on.",
        [],
    ),
    (
        "The mayor of Urozhaine left the town in 2022.",
        [],
    ),
    (
        "Soldiers in Urozhaine left their positions for the night.",
        [],
    ),
    (
        "He took a photograph of Urozhaine.",
        [],
    ),
    (
        "People leave Urozhaine by bus; the last left on Sunday.",
        [],
    ),
    (
        "Ukraine's army has not left Urozhaine, it said on Sunday.",
        [],
    ),
    (
        "Moscow's announcement that Urozhaine was captured is a lie, the brigade says.",
        [("Urozhaine", "RU")],
    ),
    (
        "Were Urozhaine to fall, the road would be open.",
        [],
    ),
    (
        "Should Russia capture Urozhaine, the road would be open.",
        [],
    ),
    (
        "Russia hopes to capture both Urozhaine and Staromaiorske by May.",
        [],
    ),
    (
        "The general listed the villages under attack: Urozhaine, Staromaiorske and Makarivka.",
        [],
    ),
    (
        "The hottest spots, he said, include Urozhaine and Makarivka.",
        [],
    ),
    (
        "Urozhaine and Makarivka, two of the villages the Russians want to capture, are in ruins.",
        [],
    ),
    (
        "The Russians captured a Ukrainian soldier near Urozhaine.",
        [],
    ),
    (
        "Three soldiers were captured at Urozhaine.",
        [],
    ),
    (
        "The Russians took the heights north of Urozhaine.",
        [],
    ),
    # third probe: dev/h-like retold sentences
    (
        "What Moscow had announced three times came true on Friday: Toretsk is in Russian "
        "hands, DeepState conceded.",
        [("Toretsk", "RU")],
    ),
    (
        "The map-makers of DeepState have drawn Toretsk into the red zone.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk, or rather its ruins, now belongs to the Russians, an officer of the 28th "
        "brigade admitted.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk was surrendered on Friday.",
        [("Toretsk", "RU")],
    ),
    (
        "The Ukrainian command has pulled the last units out of Toretsk.",
        [("Toretsk", "RU")],
    ),
    (
        "Of the two towns only Toretsk has fallen.",
        [("Toretsk", "RU")],
    ),
    (
        "Only Toretsk has been taken; Niu-York still holds.",
        [("Toretsk", "RU")],
    ),
    (
        "Russian troops control the whole of Toretsk, the mayor says.",
        [("Toretsk", "RU")],
    ),
    (
        "The Russians are in full control of Toretsk since Friday.",
        [("Toretsk", "RU")],
    ),
    (
        "The Russians, said the head of the town's administration, now control all of Toretsk.",
        [("Toretsk", "RU")],
    ),
    (
        "Russian units broke through at Niu-York and seized it within two days.",
        [("Niu-York", "RU")],
    ),
    (
        "They went on to Niu-York, which fell two days later.",
        [("Niu-York", "RU")],
    ),
    (
        "The advance began with the capture of Zalizne, continued with that of Pivnichne "
        "and ended in Toretsk.",
        [("Pivnichne", "RU"), ("Zalizne", "RU")],
    ),
    (
        "In a single week the Russian army has captured Zalizne and Pivnichne, reached "
        "Toretsk and shelled Druzhkivka.",
        [("Pivnichne", "RU"), ("Zalizne", "RU")],
    ),
    (
        "Zalizne and Pivnichne, both south of Toretsk, were seized.",
        [("Pivnichne", "RU"), ("Zalizne", "RU")],
    ),
    (
        "Zalizne has already been lost and Pivnichne will be next, a Ukrainian soldier fears.",
        [("Zalizne", "RU")],
    ),
    (
        "The Ukrainian flag flies over Zalizne again.",
        [("Zalizne", "UA")],
    ),
    (
        "Within three days Ukraine took back Balakliia, Kupiansk and, on Saturday, Izium.",
        [("Balakliia", "UA"), ("Izium", "UA"), ("Kupiansk", "UA")],
    ),
    (
        "Within three days Balakliia, Kupiansk and Izium had been wrested from the Russians.",
        [("Balakliia", "UA"), ("Izium", "UA"), ("Kupiansk", "UA")],
    ),
    (
        "Three towns in three days: Balakliia, Kupiansk, Izium. All are Ukrainian again.",
        [("Balakliia", "UA"), ("Izium", "UA"), ("Kupiansk", "UA")],
    ),
    (
        "The Russians have abandoned Izium, their stronghold since April, and left their "
        "ammunition behind.",
        [("Izium", "UA")],
    ),
    (
        "The Russian Defence Ministry called it a regrouping: its troops left Balakliia and Izium.",
        [("Balakliia", "UA"), ("Izium", "UA")],
    ),
    (
        '"A regrouping" is what Moscow calls the withdrawal from Balakliia and Izium.',
        [("Balakliia", "UA"), ("Izium", "UA")],
    ),
    (
        "Moscow confirmed that it had withdrawn its forces from Balakliia and Izium.",
        [("Balakliia", "UA"), ("Izium", "UA")],
    ),
    (
        "Moscow had to give up Izium.",
        [("Izium", "UA")],
    ),
    (
        "In Izium the occupation ended on Saturday.",
        [("Izium", "UA")],
    ),
    (
        "For Izium the occupation ended on Saturday.",
        [("Izium", "UA")],
    ),
    (
        "The occupation of Izium lasted five months.",
        [("Izium", "RU")],
    ),
    (
        "After five months of occupation Izium is free.",
        [("Izium", "UA")],
    ),
    (
        "After five months of occupation, Ukrainian soldiers entered Izium and the Russians fled.",
        [("Izium", "UA")],
    ),
    (
        "On Saturday Ukrainian paratroopers took Izium, and on Sunday their comrades freed "
        "Sviatohirsk.",
        [("Izium", "UA"), ("Sviatohirsk", "UA")],
    ),
    (
        "The soldiers who freed Izium on Saturday had marched through Balakliia, which was "
        "liberated two days before.",
        [("Balakliia", "UA"), ("Izium", "UA")],
    ),
    (
        "The president visited Izium four days after its liberation.",
        [("Izium", "UA")],
    ),
    (
        "The president visited Izium, liberated four days earlier.",
        [("Izium", "UA")],
    ),
    (
        "The president visited the liberated town of Izium.",
        [],
    ),
    (
        '"Izium is Ukraine," the president wrote under a photograph of soldiers raising '
        "the flag there.",
        [("Izium", "UA")],
    ),
    (
        "Ukraine's blue and yellow is back over Izium.",
        [("Izium", "UA")],
    ),
    (
        "The commander did not name the villages, but residents speak of Velyka "
        "Komyshuvakha and Sulyhivka as freed.",
        [("Sulyhivka", "UA"), ("Velyka Komyshuvakha", "UA")],
    ),
    (
        "Kyiv says it has regained ground around Bakhmut; Moscow confirms the loss of Andriivka.",
        [("Andriivka", "UA")],
    ),
    (
        "Andriivka is ours, Zelensky said.",
        [("Andriivka", "UA")],
    ),
    (
        "Zelensky: Andriivka is ours.",
        [("Andriivka", "UA")],
    ),
    (
        "Ukraine's claim to have liberated Andriivka was premature, the brigade said: "
        "fighting goes on.",
        [("Andriivka", "UA")],
    ),
    (
        "The army corrected itself: Andriivka has not been liberated.",
        [],
    ),
    (
        "Reports that Andriivka has been liberated are not true, the 3rd brigade said.",
        [],
    ),
    (
        "Andriivka would have fallen, had the reserves not come.",
        [],
    ),
    (
        "Andriivka was all but taken when the counter-attack came.",
        [],
    ),
    (
        "Half of Andriivka has been taken by the Russians.",
        [],
    ),
    # fourth probe: two sentences, who and it
    (
        "Vovchansk is on everybody's lips again. Russian infantry has taken its northern "
        "half, and the town hall with it.",
        [],
    ),
    (
        "Fighters of the 25th brigade reached Toretsk at dawn. By noon they had pushed the "
        "Russians out of it.",
        [("Toretsk", "UA")],
    ),
    (
        "Toretsk has been a battlefield since June. It fell on Friday.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. On Friday it fell.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. The Russians announced its capture on Friday.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. Its fall was announced in Moscow on Friday.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. On Friday the last of its defenders withdrew.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. The mining town is now in Russian hands.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. The town of 30,000 is now in Russian hands.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. The place was given up by its garrison "
        "on Friday.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. There are no Ukrainian soldiers there "
        "any more.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. Ukrainian forces left there on Friday.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. The defenders are gone.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. The defenders have left it to the Russians.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. Moscow now says it controls the town.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. Moscow claimed it on Friday.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. Since Friday it has been Russian.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. Since Friday it belongs to the Russians.",
        [("Toretsk", "RU")],
    ),
    (
        "Toretsk has been a battlefield since June. Since Friday the Russian flag has been "
        "flying there.",
        [("Toretsk", "RU")],
    ),
    (
        "The Russians have been before Toretsk since June. On Friday they captured it.",
        [("Toretsk", "RU")],
    ),
    (
        "The Russians have been before Toretsk and Niu-York since June. On Friday they "
        "captured the latter.",
        [("Niu-York", "RU")],
    ),
    (
        "The Russians have been before Toretsk and Niu-York since June. On Friday the "
        "second of these fell.",
        [("Niu-York", "RU")],
    ),
    (
        "The Russians have been before Toretsk and Niu-York since June. They have now taken both.",
        [("Niu-York", "RU"), ("Toretsk", "RU")],
    ),
    (
        "The Russians have been before Toretsk and Niu-York since June. Both are theirs now.",
        [("Niu-York", "RU"), ("Toretsk", "RU")],
    ),
    (
        "Moscow lists Toretsk, Niu-York and Zalizne. All three, the ministry says, are "
        '"liberated".',
        [("Niu-York", "RU"), ("Toretsk", "RU"), ("Zalizne", "RU")],
    ),
    (
        "Moscow has made three claims this week: Toretsk, Niu-York and Zalizne. DeepState "
        "confirms only the first.",
        [("Niu-York", "RU"), ("Toretsk", "RU"), ("Zalizne", "RU")],
    ),
    (
        "Kyiv has confirmed that its troops are no longer in Toretsk.",
        [("Toretsk", "RU")],
    ),
    (
        "Kyiv has not confirmed that its troops left Toretsk.",
        [],
    ),
    (
        "The army left Toretsk on Friday, a Ukrainian officer said; it also abandoned Niu-York.",
        [("Niu-York", "RU"), ("Toretsk", "RU")],
    ),
    (
        "Toretsk and, according to some reports, Niu-York have been captured by the Russians.",
        [("Niu-York", "RU"), ("Toretsk", "RU")],
    ),
    (
        "The Russians captured Toretsk, which they call Dzerzhinsk.",
        [("Toretsk", "RU")],
    ),
    (
        "Dzerzhinsk, as the Russians call Toretsk, has been captured, Moscow says.",
        [("Toretsk", "RU")],
    ),
    (
        "The village of Pivnichne near Toretsk was captured by the Russians.",
        [("Pivnichne", "RU")],
    ),
    (
        "Pivnichne, five kilometres from Toretsk, was captured by the Russians.",
        [("Pivnichne", "RU")],
    ),
    (
        "Pivnichne, a suburb of Toretsk, was captured by the Russians.",
        [("Pivnichne", "RU")],
    ),
    (
        "Near Toretsk the village of Pivnichne was captured by the Russians.",
        [("Pivnichne", "RU")],
    ),
    (
        "The Russians captured Pivnichne on their way to Toretsk.",
        [("Pivnichne", "RU")],
    ),
    (
        "Having captured Pivnichne, the Russians now threaten Toretsk.",
        [("Pivnichne", "RU")],
    ),
    (
        "From Pivnichne, captured on Friday, the Russians now shell Toretsk.",
        [("Pivnichne", "RU")],
    ),
    (
        "Russian troops advanced from Pivnichne toward Toretsk.",
        [],
    ),
    (
        "The Ukrainians withdrew from Pivnichne to Toretsk.",
        [("Pivnichne", "RU")],
    ),
    (
        "The Ukrainians withdrew to Toretsk from Pivnichne.",
        [("Pivnichne", "RU")],
    ),
    (
        "The Ukrainians fell back to Toretsk, leaving Pivnichne to the enemy.",
        [("Pivnichne", "RU")],
    ),
    (
        "The Ukrainians fell back to Toretsk.",
        [],
    ),
    (
        "Pivnichne was retaken only to be lost again the next day.",
        [("Pivnichne", "RU"), ("Pivnichne", "UA")],
    ),
    (
        "Pivnichne remains Ukrainian, the staff insists.",
        [],
    ),
    (
        "Pivnichne stays in Ukrainian hands.",
        [],
    ),
    (
        "The defenders of Pivnichne repelled three attacks.",
        [],
    ),
    # fifth probe
    (
        "Two villages on the Oskil, Dvorichna and Zapadne, are no longer Ukrainian, the "
        "governor said.",
        [("Dvorichna", "RU"), ("Zapadne", "RU")],
    ),
    (
        "Dvorichna, which changed hands in September 2022, is Russian again since Friday.",
        [("Dvorichna", "RU")],
    ),
    (
        "On Friday the last soldier of the 10th brigade crossed back over the Oskil; "
        "Dvorichna is lost.",
        [("Dvorichna", "RU")],
    ),
    (
        "The brigade spokesman confirmed that Dvorichna had to be left.",
        [("Dvorichna", "RU")],
    ),
    (
        "The Russians are now in Dvorichna, the brigade spokesman confirmed, and the "
        "Ukrainians on the other bank.",
        [],
    ),
    (
        "The Russians took Dvorichna but not Zapadne.",
        [("Dvorichna", "RU")],
    ),
    (
        "The Russians claim Dvorichna, but the brigade says it is still there.",
        [("Dvorichna", "RU")],
    ),
    (
        "Russia says Dvorichna is its own; Ukraine says nothing.",
        [("Dvorichna", "RU")],
    ),
    (
        "Ukraine has lost control of Dvorichna.",
        [("Dvorichna", "RU")],
    ),
    (
        "Ukraine no longer controls Dvorichna.",
        [("Dvorichna", "RU")],
    ),
    (
        "Ukraine's hold on Dvorichna ended on Friday.",
        [("Dvorichna", "RU")],
    ),
    (
        "On Friday night, under heavy fire, the battalion abandoned Dvorichna.",
        [("Dvorichna", "RU")],
    ),
    (
        "The battalion was ordered out of Dvorichna on Friday and is now resting.",
        [("Dvorichna", "RU")],
    ),
    (
        "The battalion, which had been ordered to hold Dvorichna, left it on Friday.",
        [("Dvorichna", "RU")],
    ),
    (
        "Dvorichna fell without a fight.",
        [("Dvorichna", "RU")],
    ),
    (
        "Dvorichna fell silent on Friday.",
        [],
    ),
    (
        "Shells fell on Dvorichna on Friday.",
        [],
    ),
    (
        "Night fell on Dvorichna.",
        [],
    ),
    (
        "Snow fell in Dvorichna, and the defenders withdrew to the cellars.",
        [],
    ),
    (
        "Since Friday there have been Russian soldiers in the school of Dvorichna.",
        [],
    ),
    (
        "Russian soldiers have reached the school of Dvorichna.",
        [],
    ),
    (
        "Russian troops took up positions in Dvorichna.",
        [],
    ),
    (
        "Russian troops took the school of Dvorichna.",
        [],
    ),
    (
        "Russian troops left Dvorichna's school in ruins.",
        [],
    ),
    (
        "The Russians left a field of rubble where Dvorichna once stood.",
        [],
    ),
    (
        "Russia took 40 prisoners at Dvorichna.",
        [],
    ),
    (
        "It took Russia a year to reach Dvorichna.",
        [],
    ),
    (
        "Dvorichna took in the refugees from Kupiansk.",
        [],
    ),
    (
        "The road to Dvorichna was taken under fire.",
        [],
    ),
    (
        "The heights above Dvorichna are in Russian hands.",
        [],
    ),
    (
        "Moscow's troops, after taking Dvorichna on Monday, moved on to Zapadne.",
        [("Dvorichna", "RU")],
    ),
    (
        "In the past week Russian forces have occupied, in this order, Dvorichna, Zapadne "
        "and Lyman Pershyi.",
        [("Dvorichna", "RU"), ("Lyman Pershyi", "RU"), ("Zapadne", "RU")],
    ),
    (
        "Among the week's Russian gains: Dvorichna and Zapadne.",
        [("Dvorichna", "RU"), ("Zapadne", "RU")],
    ),
    (
        "The villages of Dvorichna (on Monday) and Zapadne (on Friday) were captured by "
        "the Russians.",
        [("Dvorichna", "RU"), ("Zapadne", "RU")],
    ),
    (
        "Dvorichna was captured on Monday, Zapadne on Friday, the Russian ministry said.",
        [("Dvorichna", "RU"), ("Zapadne", "RU")],
    ),
    (
        "The Russians captured Dvorichna on Monday and on Friday Zapadne.",
        [("Dvorichna", "RU"), ("Zapadne", "RU")],
    ),
    (
        "The staff's map shows both Dvorichna and Zapadne under Russian control.",
        [("Dvorichna", "RU"), ("Zapadne", "RU")],
    ),
    (
        'Dvorichna, he said, was taken "after heavy fighting" by the Russians.',
        [("Dvorichna", "RU")],
    ),
    (
        'Dvorichna has, according to the ministry in Moscow, been "completely liberated".',
        [("Dvorichna", "RU")],
    ),
    (
        '"Dvorichna has been liberated," the Russian ministry said.',
        [("Dvorichna", "RU")],
    ),
    (
        '"We have left Dvorichna," said the commander of a Ukrainian battalion.',
        [("Dvorichna", "RU")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FAR)
def test_a_place_far_from_its_event(reader, text, expected):
    report = Report("r", date(2024, 3, 15), text, "", "", "", "en")
    asserted = [c for c in reader.read(report) if c.status == "asserted"]
    assert sorted({(c.place, c.holder) for c in asserted}) == expected
