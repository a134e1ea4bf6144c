"""On which days an event happened, and whether it is background."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.reading.choose import aside_before
from tracker.reading.dates import When
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene

DAY = timedelta(days=1)
BACKGROUND_DAYS = 30
REACH = 30
CLAUSE = 8


def event_days(
    scene: Scene, trigger: Match, published: date, began: date
) -> tuple[tuple[date, date], bool]:
    """The days of the event, and whether it is background rather than the news."""
    when = nearest_when(scene, trigger)
    if when is None:
        return (published - DAY, published), False
    first, last = when.date_from, min(when.date_to, published)
    if last < first:
        return (published - DAY, published), False
    background = last < published - BACKGROUND_DAYS * DAY
    if when.exact and not background and _said_then(scene, when, trigger):
        first -= DAY
    if first < began <= last:
        first = began
    return (first, last), background


def nearest_when(scene: Scene, trigger: Match) -> When | None:
    """The phrase of time that belongs to the event: the nearest that no clause keeps apart."""
    near = [when for when in scene.whens if _distance(scene, trigger, when) <= REACH]
    return min(near, key=lambda when: (_distance(scene, trigger, when), when.start), default=None)


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
