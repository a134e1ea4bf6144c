"""On which days an event happened, and whether it is background."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from tracker.reading.datewords import When
from tracker.reading.leftward import aside_before
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
BACKGROUND_DAYS = 30
REACH = 30
CLAUSE = 8


def event_days(
    scene: Scene, trigger: Match, published: date, began: date
) -> tuple[tuple[date, date], bool]:
    """The days of the event, and whether it is background rather than the news."""
    return days_of(nearest_when(scene, trigger), scene, trigger, published, began)


def days_of(
    when: When | None, scene: Scene, trigger: Match, published: date, began: date
) -> tuple[tuple[date, date], bool]:
    """The days that a phrase of time gives an event, and whether that makes it background."""
    if when is None:
        return _undated(scene, published, began)
    first, last = when.date_from, min(_last_day(scene, trigger, when), published)
    if last < first:
        return (published - DAY, published), False
    background = last < published - BACKGROUND_DAYS * DAY
    if when.exact and not background and _said_then(scene, when, trigger):
        first -= DAY
    if first < began <= last:
        first = began
    return (first, last), background


def _undated(scene: Scene, published: date, began: date) -> tuple[tuple[date, date], bool]:
    """News without a date is of the day; a history's is of the days that were told of last."""
    if scene.told_on is None or scene.told_on == published:
        return (published - DAY, published), False
    first = scene.anchor or max(began, scene.told_on.replace(month=1, day=1))
    last = first + WEEK if scene.anchor else scene.told_on
    last = min(last, published)
    return (first, last), last < published - BACKGROUND_DAYS * DAY


def _last_day(scene: Scene, trigger: Match, when: When) -> date:
    """The last day on which it may have begun: a state "from May to October" began in May."""
    event = trigger.value.event
    state = trigger.value.form == "state" or event.lasts or event.since
    before = range(max(0, when.start - 2), when.start + 1)
    from_then = any(scene.at("date:range_from", i) for i in before)
    return when.opening if state and from_then and when.opening else when.date_to


def has_beginning(scene: Scene, trigger: Match) -> bool:
    """Whether the phrase of time beside a state says since when it lasts."""
    when = nearest_when(scene, trigger)
    if when is None:
        return False
    near = range(max(trigger.start, when.start - 3), when.start + 1)
    before = range(max(0, when.start - 3), when.start + 1)
    return any(scene.at("date:range_from", i) for i in (near if len(near) else before))


def begins(scene: Scene, trigger: Match) -> bool:
    """Whether a state that is news of one side only is said to have begun."""
    state = trigger.value.form == "state" and trigger.value.event.only_by != "nobody"
    return state and has_beginning(scene, trigger)


def heading_of(scene: Scene) -> When | None:
    """The days that a sentence sets for those after it: it is a date alone, or tells of a week."""
    dated = () if scene.title else scene.words.dated
    if not (dated and (scene.matches.get("bulletins") or _is_all_date(scene, dated))):
        return None
    for when in scene.whens:
        alone = scene.gap(0, len(scene.tokens)) == scene.gap(when.start, when.end)
        if alone or (when.kind == "range" and scene.matches.get("bulletins")):
            return when
    return None


def _is_all_date(scene: Scene, dated: Collection[int]) -> bool:
    """Whether a sentence may be nothing but a date: each word is one of time, or a number."""
    return all(
        not token.is_word or token.norm[0].isdigit() or i in dated
        for i, token in enumerate(scene.tokens)
    )


def dated_later(scene: Scene) -> When | None:
    """The day that a sentence gives to what was told before it: "It happened on Tuesday"."""
    happened = scene.matches.get("happened")
    return scene.whens[0] if happened and happened[0].start <= 3 and scene.whens else None


def nearest_when(scene: Scene, trigger: Match) -> When | None:
    """The phrase of time that belongs to the event: the nearest that no clause keeps apart."""
    far = [(_distance(scene, trigger, when), when.start, when) for when in scene.whens]
    near = min(far, key=lambda found: found[:2], default=None)
    return near[2] if near is not None and near[0] <= REACH else scene.heading


def _distance(scene: Scene, trigger: Match, when: When) -> int:
    """Words between date and event; clause ends and other events count as many words."""
    after = when.start >= trigger.end
    i, j = (trigger.end, when.start) if after else (when.end, trigger.start)
    far = sum(scene.spot_at(k) is None for k in range(i, j))
    for k in range(i, j):
        token = scene.tokens[k]
        if token.text == ";" or (after and scene.at("relative", k)):
            return REACH + 1  # another statement, or one about the place and not the event
        if not after and token.text == ",":
            opening = aside_before(scene, k)
            if opening is not None and opening < when.start:
                return REACH + 1
        joined = not after and scene.at("conjunctions", k) and scene.spot_at(k + 1) is None
        if joined or scene.at("boundary", k) or token.text == ":" or scene.at("event", k):
            far += CLAUSE
    return far


def _said_then(scene: Scene, when: When, trigger: Match) -> bool:
    """Whether the day is that of the statement: "said on Friday that ..."."""
    return (
        any(
            abs(speech.end - when.start) <= 2 or abs(when.end - speech.start) <= 1
            for speech in scene.matches.get("speech", ())
        )
        and abs(when.start - trigger.start) > 2
    )
