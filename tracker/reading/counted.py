"""Places that are counted and named elsewhere: "both villages", "five villages. They are A, B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.places import Mention
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene, Spot, members

LASTS = 3
"""For how many sentences "both villages" may look back to a list."""
_BARE = (
    "conjunctions",
    "determiners",
    "place_types",
    "listing",
    "links",
    "including",
    "directions",
)
_HELD = ("event", "speech", "boundary", "date:months", "date:weekdays")
_FOLLOWING = (
    *("event", "as", "negation", "conjunctions", "boundary", "speech", "sides", "third", "still"),
    *("date:relative", "date:offsets", "date:weekdays"),
    *("now", "links", "passive", "perfect", "copulas", "still_holding", "claimants"),
)
"""What may follow "the first" where it stands for a place and is no adjective."""
_ORDER = {"first": 0, "second": 1, "third_named": 2, "last_named": -1}
REACH = 8
LONGEST_OPENING = 3
LONGEST_SOURCE = 16


@dataclass(frozen=True, slots=True)
class Naming:
    """What one sentence named, or several in a row that hold nothing but names."""

    lists: list[list[Mention]]
    apart: list[Mention]
    bare: bool = False


_NONE_NAMED = Naming([], [])


@dataclass(slots=True)
class Listed:
    """The sentences just read, for what they named together; the last one first."""

    named: tuple[Naming, ...] = ()

    def note(self, scene: Scene) -> None:
        """Remember a sentence once it has been read."""
        spots = _named(scene, len(scene.tokens))
        bare = bool(spots) and not scene.title and is_bare(scene)
        naming = Naming(_lists(spots), _apart(spots), bare) if spots else _NONE_NAMED
        if naming.bare and self.named and self.named[0].bare:  # "A. B. C. All three are free."
            whole = [*self.named[0].apart, *naming.apart]
            self.named = (Naming([whole], whole, bare=True), *self.named[1:])
        else:
            self.named = (naming, *self.named[: LASTS - 1])

    def meant(self, scene: Scene, match: Match) -> Sequence[Mention]:
        """Which places "both villages" at ``match`` stands for, () where the count fits none."""
        count = _count(scene, match)
        before = _named(scene, match.start)
        for mentions in (*reversed(_lists(before)), self.kept):
            if mentions and count in (0, len(mentions)):
                return mentions
        return next((m for m in self._together(before) if count > 1 and len(m) == count), ())

    @property
    def kept(self) -> Sequence[Mention]:
        """The list that was read last."""
        return next((naming.lists[-1] for naming in self.named if naming.lists), [])

    def _together(self, before: Sequence[Spot]) -> Iterator[list[Mention]]:
        """What this sentence and more and more of those before it named, lists before the rest."""
        yield _apart(before)
        lists = [mention for one in _lists(before) for mention in one]
        apart: list[Mention] = []
        for naming in self.named:
            lists = [*(mention for one in naming.lists for mention in one), *lists]
            apart = [*naming.apart, *apart]
            yield lists
            yield apart

    @property
    def topics(self) -> Sequence[Mention]:
        """The places of the sentence before, where that holds nothing but their names."""
        before = self.named[0] if self.named else None
        return before.apart if before is not None and before.bare else ()

    @property
    def bare(self) -> Sequence[Mention]:
        """Those of them that are a list."""
        return self.topics if len(self.topics) > 1 else ()

    def in_order(self, scene: Scene, match: Match) -> Sequence[Mention]:
        """The list that "the first" or "the latter" chooses from, the nearest one."""
        here = _lists(_named(scene, match.start))
        before = self.named[0].lists if self.named else []
        return here[-1] if here else before[-1] if before else ()


def is_bare(scene: Scene) -> bool:
    """Whether a sentence holds nothing but the names of places, and where they lie."""
    if scene.matches["event"]:
        return False
    return all(
        not token.is_word
        or scene.spot_at(i) is not None
        or scene.any_at(_BARE, i)
        or _locates(scene, i)
        for i, token in enumerate(scene.tokens)
    )


def _locates(scene: Scene, i: int) -> bool:
    """Whether a word belongs to "in the Kharkiv region": a region's spot stands right after it."""
    ahead = (scene.spot_at(k) for k in range(i + 1, min(i + 3, len(scene.tokens))))
    return bool(scene.prepositions_at(i)) and any(s is not None and s.is_area for s in ahead)


def _named(scene: Scene, end: int) -> list[Spot]:
    """Settlements named before a position."""
    return [
        spot
        for spot in scene.spots
        if spot.mention.kind == "settlement" and not spot.anaphor and spot.end <= end
    ]


def _apart(named: Sequence[Spot]) -> list[Mention]:
    """Those that are not only said to be near something, though they stand in no list."""
    return [spot.mention for spot in named if not spot.governors & {"near"}]


def _lists(named: Sequence[Spot]) -> list[list[Mention]]:
    groups: dict[int, list[Mention]] = {}
    for spot in named:
        groups.setdefault(spot.group, []).append(spot.mention)
    return [group for group in groups.values() if len(group) > 1]


def _count(scene: Scene, match: Match) -> int:
    """How many places the words speak of, 0 where they do not say."""
    for i in range(max(0, match.start - 1), match.end):
        number = scene.at("date:numbers", i)
        if number is not None and number.start == i:
            return int(number.value) + 1
        if scene.at("pairs", i):
            return 2
        if scene.tokens[i].text.isdecimal():
            return int(scene.tokens[i].text[:4])
    return 0


def counted_spots(scene: Scene, listed: Listed) -> Iterator[Spot]:
    """A spot for each place that "both villages" and the like mean, all at the same words."""
    alone = (m for m in scene.matches.get("counted_alone", ()) if _suffers(scene, m))
    for match in (*_phrases(scene), *alone):
        beside = scene.spot_at(match.end)
        if (beside is not None and not beside.is_area) or scene.at("place_types", match.end):
            continue
        yield from _at(match, listed.meant(scene, match))
    yield from _predicated(scene, listed)
    for match in (*scene.matches.get("from_there", ()), *scene.matches.get("there", ())):
        here = _lists(_named(scene, match.start)) if scene.at("from_there", match.start) else []
        yield from _at(match, here[-1] if here else listed.bare)
    for name, place in _ORDER.items():
        for match in scene.matches.get(name, ()):
            yield from _at(match, _chosen(scene, match, listed, place))


def _predicated(scene: Scene, listed: Listed) -> Iterator[Spot]:
    """The places of which "these are freed villages" is said: "A, B, C: three names. These ..."."""
    for match in scene.matches.get("listing", ()):
        event = scene.at("event", match.end) if match.start == 0 else None
        if event is None or event.start < match.end:
            continue
        if event.value.form in ("attributive", "passive"):
            yield from _at(match, listed.kept)


def _chosen(scene: Scene, match: Match, listed: Listed, place: int) -> Sequence[Mention]:
    """ "The first", "the last two" of a list, where no noun follows that they would belong to."""
    i = match.end
    number = scene.at("date:numbers", i)
    count = int(number.value) + 1 if number is not None else 1
    i += number is not None
    if scene.prepositions_at(i) & {"from"} and scene.any_at(("counted_anaphors", "them_all"), i):
        i = len(scene.tokens)  # "the first of these villages"
    if i < len(scene.tokens) and scene.tokens[i].is_word and not scene.any_at(_FOLLOWING, i):
        return ()
    places = listed.in_order(scene, match)
    if len(places) <= count:
        return ()
    if place < 0:
        return places[-count:]
    return places[place : place + count]


def _at(match: Match, meant: Sequence[Mention]) -> Iterator[Spot]:
    for mention in meant:
        yield Spot(
            match.start,
            match.end,
            mention,
            head=match.start,
            anaphor=True,
            typed=True,
            counted=True,
        )


def _phrases(scene: Scene) -> Iterator[Match]:
    """ "These villages", "all three", with nothing inside that is no adjective or number."""
    for match in scene.matches.get("counted_anaphors", ()):
        inside = range(match.start + 1, match.end - 1)
        if all(_describes(scene, i) for i in inside):
            yield match


def _describes(scene: Scene, i: int) -> bool:
    """Whether a word between "these" and "villages" is an adjective or number."""
    if scene.any_at(_HELD, i) or scene.prepositions_at(i) - {"of", "from"}:
        return False
    if scene.prepositions_at(i):
        return True  # "each of these"
    endings, word = scene.language.plural_endings, scene.tokens[i].norm
    counts = word.isdecimal() or scene.any_at(("date:numbers", "determiners", "pairs"), i)
    return not endings or counts or word.endswith(endings)


def _suffers(scene: Scene, match: Match) -> bool:
    """Whether "all" or "both" is what was taken: "All have been retaken", "took both"."""
    if scene.any_at(("perfect", "passive"), _past_speech(scene, match.end)):
        return True
    taken = scene.at("event", match.start - 1) if match.start else None
    if taken is None:
        return scene.language.free_order and _is_taken_next(scene, match)
    within = taken.end > match.end  # «взяли села під контроль»
    return within or match.end >= len(scene.tokens) or not scene.tokens[match.end].is_word


def _past_speech(scene: Scene, i: int) -> int:
    """Past an aside that says who says so: "All three, the ministry says, are free"."""
    if scene.language.free_order or i >= len(scene.tokens) or scene.tokens[i].text != ",":
        return i
    for k in range(i + 1, min(i + REACH, len(scene.tokens))):
        if scene.tokens[k].text == ",":
            return k + 1 if any(scene.at("speech", s) for s in range(i, k)) else i
    return i


def _is_taken_next(scene: Scene, match: Match) -> bool:
    """Whether "them" or "both" stands right before what took it: «їх звільнили», «обидва взято»."""
    at = match.end
    if at < len(scene.tokens) and scene.tokens[at].text == ",":
        at = _past_source(scene, at)
    between = ("now", "links", "sides", "third", "claimants", "date:relative")
    while at < len(scene.tokens) and scene.any_at(between, at):
        at += 1
    event = scene.at("event", at)
    return event is not None and event.value.event.object in ("direct", "subject")


def _past_source(scene: Scene, comma: int) -> int:
    """Where the sentence goes on after who says so: «Обидва, як повідомили в бригаді, здобуто»."""
    for i in range(comma + 1, min(comma + LONGEST_SOURCE, len(scene.tokens))):
        if scene.tokens[i].text == ",":
            said = any(scene.at("speech", k) for k in range(comma + 1, i))
            return i + 1 if said else comma
    return comma


def only_counts(scene: Scene, trigger: Match) -> bool:
    """Whether the event takes places that are only counted: "liberated five villages"."""
    event = trigger.value.event
    if event.object == "over" or (event.change != "capture" and event.object != "from"):
        return False  # a flag or nobody left: they are of a place that is named
    return scene.within("counted", trigger.start - REACH, trigger.end + REACH)


def bare_list(scene: Scene) -> list[Spot]:
    """The places of a sentence that only lists: "They are A, B and C.", "Це A, B та C", "A, B"."""
    named = [spot for spot in scene.spots if spot.is_place and not spot.anaphor]
    first = named[0] if named else None
    if first is None or first.is_area or first.governors:
        return []
    if is_bare(scene):
        return [spot for spot in named if not spot.is_area]
    opening = scene.matches.get("listing", ())
    if not opening or opening[0].start > 0:
        return []
    if scene.gap(opening[0].end, first.head) > LONGEST_OPENING:
        return []
    return [spot for spot in members(scene, first) if not spot.is_area]
