"""How well claims agree with hand-labelled reports: pure measures, no files.

What is scored is a *group*: all asserted claims of one report on one settlement with one holder.
Groups of labels and of claims are paired one to one: same name first, then the nearest, never
further apart than :data:`NEAR_KM`. Names whose place or status the text does not settle are left
out on both sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Protocol, TypeVar

from tracker.model import Claim
from tracker.reading.labels import Label, Labelled

NEAR_KM = 5.0
"""A place is found when it is not further off than this."""
SLACK = timedelta(days=1)
"""How far two ranges of days may lie apart and still meet."""
LONGEST = timedelta(days=7)
"""A range longer than twice the labelled one and this much more says nothing of the day."""

_KM_PER_DEGREE_LON, _KM_PER_DEGREE_LAT = 111.320, 110.574


@dataclass(slots=True)
class Score:
    """Counts over reports, and the measures made of them (None where nothing was counted)."""

    reports: int = 0
    gold: int = 0
    found: int = 0
    hit: int = 0
    gold_strict: int = 0
    found_strict: int = 0
    hit_strict: int = 0
    named: int = 0
    near: int = 0
    when_hit: int = 0
    who_hit: int = 0
    silent: int = 0
    quiet_hit: int = 0

    @property
    def precision(self) -> float | None:
        """Of the found (report, place, holder), the share that is labelled so."""
        return _ratio(self.hit, self.found)

    @property
    def recall(self) -> float | None:
        """Of the labelled (report, place, holder), the share that was found."""
        return _ratio(self.hit, self.gold)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _ratio(2 * self.hit, self.gold + self.found)

    @property
    def strict_f1(self) -> float | None:
        """The same when the kind of change and the acting side must be right too."""
        return _ratio(2 * self.hit_strict, self.gold_strict + self.found_strict)

    @property
    def where(self) -> float | None:
        """Of the labelled places that some claim names, the share located within 5 km."""
        return _ratio(self.near, self.named)

    @property
    def when(self) -> float | None:
        """Of the matches, the share whose range of days meets the labelled one."""
        return _ratio(self.when_hit, self.hit)

    @property
    def who(self) -> float | None:
        """Of the matches, the share with a labelled claimant."""
        return _ratio(self.who_hit, self.hit)

    @property
    def quiet(self) -> float | None:
        """Of the reports without an asserted label, the share that yields no asserted claim."""
        return _ratio(self.quiet_hit, self.silent)

    def add(self, other: Score) -> None:
        """Count another's reports as well."""
        for count in fields(self):
            setattr(self, count.name, getattr(self, count.name) + getattr(other, count.name))


MEASURES = ("precision", "recall", "f1", "strict_f1", "where", "when", "who", "quiet")
"""Names of the measures of a :class:`Score`, in the order of its table."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A group that found no partner: ``kind`` is ``missed`` (a label) or ``wrong`` (a claim)."""

    report_id: str
    kind: str
    place: str
    holder: str
    quote: str


@dataclass(slots=True)
class Scores:
    """Scores of each language (by name) and of all reports, and what did not agree."""

    languages: dict[str, Score] = field(default_factory=dict)
    all: Score = field(default_factory=Score)
    misses: list[Miss] = field(default_factory=list)


def score(reports: Iterable[Labelled], claims: Iterable[Claim]) -> Scores:
    """Hold claims against labelled reports; claims of other reports are left out of account."""
    by_report: dict[str, list[Claim]] = {}
    for claim in claims:
        by_report.setdefault(claim.report_id, []).append(claim)
    scores = Scores()
    for report in reports:
        counts, misses = score_report(report, by_report.get(report.report_id, []))
        scores.languages.setdefault(report.lang, Score()).add(counts)
        scores.all.add(counts)
        scores.misses += misses
    scores.languages = dict(sorted(scores.languages.items()))
    return scores


def score_report(report: Labelled, claims: Sequence[Claim]) -> tuple[Score, list[Miss]]:
    """The counts of one report, and its groups without a partner."""
    labels = [x for x in report.labels if _counts(x) and x.place not in report.undecided]
    taken = [c for c in claims if _counts(c) and not {c.place, c.as_written} & report.undecided]
    gold, found = _groups(labels, _holder, _label_place), _groups(taken, _holder, _claim_place)
    hits = _pairs(gold, found, _holder)
    gold_strict = _groups(labels, _strict, _label_place)
    found_strict = _groups(taken, _strict, _claim_place)
    places = {_label_place(label): label for label in labels}.values()
    namings = [near for near in (_namings(label, claims) for label in places) if near]
    silent = not any(label.status == "asserted" for label in report.labels)
    counts = Score(
        reports=1,
        gold=len(gold),
        found=len(found),
        hit=len(hits),
        gold_strict=len(gold_strict),
        found_strict=len(found_strict),
        hit_strict=len(_pairs(gold_strict, found_strict, _strict)),
        named=len(namings),
        near=sum(map(any, namings)),
        when_hit=sum(_any_pair(gold[i], found[j], _days_meet) for i, j in hits),
        who_hit=sum(_any_pair(gold[i], found[j], _claimant_fits) for i, j in hits),
        silent=silent,
        quiet_hit=silent and not taken,
    )
    return counts, _misses(report.report_id, gold, found, hits)


# What labels and claims share, so that one function can compare either.
class _Told(Protocol):
    @property
    def place(self) -> str: ...
    @property
    def as_written(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def change(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def holder(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def lat(self) -> float | None: ...


Told = TypeVar("Told", bound=_Told)
Key = Callable[[_Told], Hashable]


def _counts(told: _Told) -> bool:
    """Whether it is an asserted claim on a settlement with a point: only those are scored."""
    placed = told.lon is not None and told.lat is not None
    return told.status == "asserted" and told.level == "settlement" and placed


def _holder(told: _Told) -> Hashable:
    return told.holder


def _strict(told: _Told) -> Hashable:
    return told.change, told.by, told.holder


def _label_place(label: Label) -> Hashable:
    assert label.lon is not None
    assert label.lat is not None
    return label.place, round(label.lat, 2), round(label.lon, 2)


def _claim_place(claim: Claim) -> Hashable:
    if claim.place_id:
        return claim.place_id
    assert claim.lon is not None
    assert claim.lat is not None
    return claim.place, round(claim.lat, 3), round(claim.lon, 3)


def _groups(told: Iterable[Told], key: Key, place: Callable[[Told], Hashable]) -> list[list[Told]]:
    """Those of one place and key together, in the order of their first mention."""
    groups: dict[tuple[Hashable, Hashable], list[Told]] = {}
    for item in told:
        groups.setdefault((place(item), key(item)), []).append(item)
    return list(groups.values())


def _pairs(
    gold: Sequence[Sequence[Label]], found: Sequence[Sequence[Claim]], key: Key
) -> list[tuple[int, int]]:
    """Numbers of groups that belong together, each used once."""
    possible = []
    for i, labels in enumerate(gold):
        for j, claims in enumerate(found):
            far = _distance_km(labels[0], claims[0])
            if key(labels[0]) == key(claims[0]) and far <= NEAR_KM:
                possible.append((not _same_name(labels[0], claims[0]), far, i, j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(possible):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


def _distance_km(a: _Told, b: _Told) -> float:
    """Kilometres between two points, as on a plane: right within metres at these distances."""
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return math.inf
    shrink = math.cos(math.radians((a.lat + b.lat) / 2))
    east = (b.lon - a.lon) * _KM_PER_DEGREE_LON * shrink
    return math.hypot(east, (b.lat - a.lat) * _KM_PER_DEGREE_LAT)


def _same_name(a: _Told, b: _Told) -> bool:
    return bool(_names(a) & _names(b))


def _names(told: _Told) -> set[str]:
    return {told.place.casefold(), told.as_written.casefold()} - {""}


def _namings(label: Label, claims: Iterable[Claim]) -> list[bool]:
    """For each claim of whatever kind that names the label's place: whether it lies there."""
    return [_distance_km(label, c) <= NEAR_KM for c in claims if _same_name(label, c)]


def _any_pair(
    labels: Iterable[Label], claims: Sequence[Claim], fits: Callable[[Label, Claim], bool]
) -> bool:
    return any(fits(label, claim) for label in labels for claim in claims)


def _days_meet(label: Label, claim: Claim) -> bool:
    if label.date_from is None or label.date_to is None:
        return False
    if claim.date_to - claim.date_from > 2 * (label.date_to - label.date_from) + LONGEST:
        return False
    return claim.date_from - SLACK <= label.date_to and label.date_from - SLACK <= claim.date_to


def _claimant_fits(label: Label, claim: Claim) -> bool:
    return label.claimed_by in (claim.claimed_by, "both")


def _misses(
    report_id: str,
    gold: Sequence[Sequence[Label]],
    found: Sequence[Sequence[Claim]],
    hits: Sequence[tuple[int, int]],
) -> list[Miss]:
    seen = {i for i, _ in hits}, {j for _, j in hits}
    alone: list[tuple[str, _Told]] = []
    alone += [("missed", group[0]) for i, group in enumerate(gold) if i not in seen[0]]
    alone += [("wrong", group[0]) for j, group in enumerate(found) if j not in seen[1]]
    return [Miss(report_id, kind, x.place, x.holder, x.quote) for kind, x in alone]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
