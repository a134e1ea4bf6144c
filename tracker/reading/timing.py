"""On which days an event happened, and whether it is background."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.reading.dates import When
from tracker.reading.phrases import Match
from tracker.reading.scene import Scene

DAY = timedelta(days=1)
BACKGROUND_DAYS = 30


def event_days(
    scene: Scene, trigger: Match, published: date, began: date
) -> tuple[tuple[date, date], bool]:
    """The days of the event, and whether it is background rather than the news."""
    when = _nearest(scene, trigger)
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


def _nearest(scene: Scene, trigger: Match) -> When | None:
    """The phrase of time that belongs to the event: the nearest; clause ends count as distance."""

    def distance(when: When) -> tuple[int, int]:
        i, j = (when.end, trigger.start) if when.end <= trigger.start else (trigger.end, when.start)
        far = j - i
        far += 8 * sum(
            1
            for k in range(i, j)
            if scene.at("boundary", k) or scene.tokens[k].text in ";:" or scene.at("event", k)
        )
        return far, when.start

    near = [when for when in scene.whens if distance(when)[0] <= 30]
    return min(near, key=distance, default=None)


def _said_then(scene: Scene, when: When, trigger: Match) -> bool:
    """Whether the day is that of the statement: "said on Friday that ..."."""
    return (
        any(
            abs(speech.end - when.start) <= 2 or abs(when.end - speech.start) <= 1
            for speech in scene.matches.get("speech", ())
        )
        and abs(when.start - trigger.start) > 2
    )
