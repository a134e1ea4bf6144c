// The words for claims and changes: what a reader sees of the records.
const CHANGE_STATUSES = ["confirmed", "claimed", "disputed"];

class Sides {
  constructor(sides) {
    this.all = sides;
    this.byId = new Map(sides.map((side) => [side.id, side]));
  }

  name(id) {
    const side = this.byId.get(id);
    return side ? sideName(id, side.name) : say(id);
  }

  color(id) {
    return this.byId.get(id)?.color ?? "#6b7280";
  }
}

// A war names its sides in English; the words of a language may have names of their own for them.
function sideName(id, name) {
  return wordOf(words.lang, id) ?? name;
}

// A side that tells of its own loss admits it, and is a stronger witness than one that claims.
function witness(claim, sides) {
  return say(`${witnessVerb(claim, sides)} by`, { side: sides.name(claim.claimedBy) });
}

function witnessVerb({ status, claimedBy, holder }, sides) {
  if (status === "denied") return "denied";
  if (!sides.byId.has(claimedBy)) return "reported";
  const ownLoss = status === "asserted" && sides.byId.has(holder) && holder !== claimedBy;
  return ownLoss ? "admitted" : "claimed";
}

function span(from, to) {
  return from === to ? from : say("span", { from, to });
}

function claimDetails(claim, sides) {
  const details = [
    say(`${claim.change} by`, { side: sides.name(claim.by), days: span(claim.from, claim.to) }),
    say(claim.status),
    claim.background ? say("background") : "",
    claim.written ? say("written", { name: claim.written }) : "",
    claim.rule ? say("rule", { rule: claim.rule }) : "",
  ];
  return details.filter(Boolean).join(" · ");
}

function claimElement(claim, sides) {
  const who = el("strong", { textContent: witness(claim, sides) });
  const published = el("time", { dateTime: claim.published, textContent: claim.published });
  return el(
    "article",
    { className: "tracker-claim" },
    el("blockquote", { dir: "auto", lang: claim.lang, textContent: claim.quote }),
    el("p", {}, who, " · ", link(claim.url, claim.source), ` · ${say("published")} `, published),
    el("p", { className: "tracker-small", textContent: claimDetails(claim, sides) }),
  );
}

function placeName(place) {
  const unit = place.admin1 && (wordOf(words.lang, place.admin1) ?? place.admin1);
  return unit ? `${place.name}, ${unit}` : place.name;
}

function changeWords(change, sides) {
  const [side, before] = [sides.name(change.side), sides.name(change.before)];
  return change.before ? say("gains from", { side, before }) : say("gains", { side });
}

// The days between which it happened, where the claims leave more than one.
function happened(change) {
  if (change.from >= change.day) return "";
  const days = { from: dayElement(change.from), to: dayElement(change.day) };
  // The days stand in the sentence as elements: a gap that is not filled keeps its braces.
  const parts = say("happened").split(/(\{\w+\})/);
  return el("p", { className: "tracker-small" }, ...parts.map((p) => days[p.slice(1, -1)] ?? p));
}

function dayElement(day) {
  return el("time", { dateTime: isoDay(day), textContent: isoDay(day) });
}

function changeElement(change, day, sides) {
  const later = change.day > day;
  const head = el(
    "h4",
    {},
    swatch(sides.color(change.side), change.status),
    el("span", {
      textContent: say("change head", { day: isoDay(change.day), side: sides.name(change.side) }),
    }),
    el("span", {
      className: "tracker-badge",
      textContent: later ? say("later", { status: say(change.status) }) : say(change.status),
    }),
  );
  const claims = change.claims().map((claim) => claimElement(claim, sides));
  const className = later ? "tracker-later" : "";
  return el("section", { className }, head, ...ofArea(change), happened(change), ...claims);
}

// That not the place itself was named, but the area around it.
function ofArea({ area }) {
  if (area === null) return [];
  const textContent = say("told of area", { area: area.name });
  return [el("p", { className: "tracker-small", textContent })];
}

// A place's changes on all days, the latest first; those after `day` are marked.
function historyElement(place, day, sides) {
  const changes = place.changes.toReversed().map((change) => changeElement(change, day, sides));
  return el(
    "div",
    { className: "tracker-history", tabIndex: -1 },
    el("h3", { textContent: placeName(place) }),
    el("p", { className: "tracker-now", textContent: place.now }),
    el("p", { className: "tracker-small tracker-why", textContent: place.why }),
    ...(changes.length ? changes : [el("p", { className: "tracker-small", textContent: say("nothing told") })]),
  );
}

function swatch(color, status) {
  const icon = svg("svg", {
    class: "tracker-swatch",
    viewBox: "-9 -9 18 18",
    "aria-hidden": "true",
  });
  const circle = svg("circle", {
    r: status === "disputed" ? 7 : 6,
    class: `tracker-change-${status}`,
    fill: color,
    stroke: color,
  });
  icon.append(circle);
  return icon;
}
