"""``tracker explain``: why the map shows what it shows at one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import options
from tracker.cli.say import plain, put
from tracker.errors import UsageError, shown

if TYPE_CHECKING:
    from tracker.cli.gather import Gathered
    from tracker.cli.holding import Held
    from tracker.ledger import Verdict
    from tracker.model import Change, Claim, Place
    from tracker.places import Gazetteer


@click.command("explain")
@click.argument("place", metavar="PLACE", callback=options.text)
@click.option(
    "--on",
    callback=options.day,
    metavar="YYYY-MM-DD",
    help="Only what holds on this day; without it, the whole history.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")
@options.decides
@options.reads_claims
def command(
    call: options.Call, how: options.Deciding, place: str, on: date | None, as_json: bool
) -> int:
    """Say who held PLACE from when to when, and by which sentences, sources, rule and verdicts.

    PLACE is a name in any written form, an id of the gazetteer, or the id of a claim. INPUT is
    reports, claims or a ledger as for 'tracker claims'.

    \b
    Examples:
      tracker explain Izium reports/ --on 2022-09-12
      tracker explain Сватове reports/ --json
    """
    from tracker.cli.gather import World, gather
    from tracker.cli.holding import hold

    world = World(call.gazetteer)
    gathered = gather(call, world, set(), how.as_known_on)
    held = hold(gathered.claims, world, how)
    meant = _place(place, world.gazetteer, held)
    story = _story(meant, gathered, held, on)
    rule = how.rule
    put([_json(story, rule)] if as_json else (f"{line}\n" for line in _lines(story, rule)))
    return gathered.exit_code


@dataclass(frozen=True, slots=True)
class Span:
    """One interval: its row of the holders frame, its changes, and what each verdict said."""

    row: dict[str, Any]
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of one place: intervals, and claims that moved nothing."""

    place: Place
    baseline: str
    spans: list[Span]
    others: list[Claim] = field(default_factory=list)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


def _place(name: str, gazetteer: Gazetteer, held: Held) -> Place:
    """The place that is meant. Raises :class:`UsageError` for none or several."""
    from tracker.model import Place, claim_id

    known = gazetteer.place(name)
    if known is not None:
        return known
    for claim in held.claims:
        if name in (claim_id(claim), claim.place_id) and claim.lon is not None:
            found = gazetteer.place(claim.place_id) if claim.place_id else None
            return found or Place(claim.place_id, claim.place, claim.lon, claim.lat, claim.admin1)
    location = gazetteer.locate(name)
    if location.place is not None:
        return location.place
    told = {c.place_id for c in held.claims}
    named = [place for place in location.candidates if place.place_id in told]
    if len(named) == 1:  # of all namesakes the only one that anything is said about
        return named[0]
    if not location.candidates:
        raise UsageError(f"no place named {shown(name)}; tracker locate looks names up")
    ids = ", ".join(f"{p.place_id} ({p.admin1})" for p in (named or location.candidates)[:10])
    raise UsageError(f"{shown(name)} may be several places; give the id of one: {ids}")


def _story(place: Place, gathered: Gathered, held: Held, on: date | None) -> Story:
    from tracker.model import claim_id

    rows = held.holders[held.holders["place_id"] == place.place_id].to_dict("records")
    # One claim about an area can stand behind changes of many places.
    here = [c for c in held.changes if c.place_id in ("", place.place_id)]
    spans = []
    for row in rows:
        start, end = _day(row["valid_from"]), _day(row["valid_to"])
        if on is not None and ((start and on < start) or (end and on >= end)):
            continue
        ids = set(str(row["claims"]).split())
        changes = [c for c in here if ids & {claim_id(one) for one in c.claims}]
        spans.append(Span(row | {"valid_from": start, "valid_to": end}, changes))
    used = {c for span in spans for change in span.changes for c in change.claims}
    if on is not None:
        used |= {c for change in held.changes for c in change.claims}
    others = [
        c
        for c in (*gathered.claims, *gathered.rejected)
        if c.place_id == place.place_id and c not in used
    ]
    baseline = f"{held.baseline.day}, {held.baseline.source or 'embedded'}"
    return Story(place, baseline, spans, others, gathered.verdicts)


def _day(stamp: Any) -> date | None:  # noqa: ANN401
    return None if stamp is None or stamp != stamp else stamp.date()


def _lines(story: Story, rule: str) -> Iterator[str]:
    place = story.place
    names = f"{place.name} ({place.name_uk})" if place.name_uk else place.name
    yield plain(f"{names} · {place.admin1} · id {place.place_id}")
    if not story.spans:
        yield "  no row: it lies outside of what is decided"
    for span in story.spans:
        row = span.row
        since = row["valid_from"] or "before the first day"
        until = f"until {row['valid_to']}" if row["valid_to"] else "still in force"
        yield f"{row['holder']} from {since}, {until}: {row['status']} ({row['confidence']:g})"
        if row["status"] == "baseline":
            yield f"  by the baseline of {plain(story.baseline)}"
        for change in span.changes:
            yield f"  {change.status} change to {change.holder}, {_days(change)}; rule {rule}"
            yield from _claims(change.claims, story)
    if story.others:
        yield "said as well, and moves nothing:"
        yield from _claims(story.others, story)


def _days(change: Change) -> str:
    if change.date_from == change.date:
        return f"on {change.date}"
    return f"some day from {change.date_from} to {change.date}, takes effect on {change.date}"


def _claims(claims: Sequence[Claim], story: Story) -> Iterator[str]:
    from tracker.model import claim_id

    for claim in claims:
        said = f"{claim.claimed_by} · {claim.status} {claim.change} by {claim.by}"
        source = claim.source or f"report {claim.report_id}"
        yield f"    {plain(f'{said} · published {claim.published} · {source}')}"
        yield f"      “{plain(claim.quote)}”"
        where = f" · {plain(claim.url)}" if claim.url else ""
        yield f"      claim {claim_id(claim)} · read by {plain(claim.rule) or 'others'}{where}"
        for verdict in _verdicts(claim, story):
            note = f": {plain(verdict.note)}" if verdict.note else ""
            yield f"      verdict {verdict.verdict}{note}"


def _verdicts(claim: Claim, story: Story) -> list[Verdict]:
    """A verdict that moved the claim gave it a new name: it is known by what it was about."""
    from tracker.model import claim_id

    return [
        verdict
        for verdict in story.verdicts.values()
        if verdict.claim_id == claim_id(claim)
        or (verdict.about.report_id, verdict.about.quote, verdict.about.as_written)
        == (claim.report_id, claim.quote, claim.as_written)
    ]


def _json(story: Story, rule: str) -> str:
    from tracker.model import claim_id
    from tracker.model.jsontext import dumps

    def claim_of(claim: Claim) -> dict[str, Any]:
        given = [
            {"verdict": v.verdict, "place_id": v.place_id, "note": v.note}
            for v in _verdicts(claim, story)
        ]
        return {"id": claim_id(claim)} | _plain(asdict(claim)) | {"verdicts": given}

    def change_of(change: Change) -> dict[str, Any]:
        told = {k: v for k, v in asdict(change).items() if k != "claims"}
        return _plain(told) | {"claims": [claim_of(c) for c in change.claims]}

    spans = [
        {k: v for k, v in _plain(s.row).items() if k != "geometry"}
        | {"changes": [change_of(c) for c in s.changes]}
        for s in story.spans
    ]
    return dumps(
        {
            "place": asdict(story.place),
            "rule": rule,
            "baseline": story.baseline,
            "intervals": spans,
            "others": [claim_of(claim) for claim in story.others],
        }
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
