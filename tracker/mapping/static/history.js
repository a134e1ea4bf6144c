// The words for claims and changes: what a reader sees of the records.
const CHANGE_STATUS = {
  confirmed: "told by the side that lost the place, by both sides or by a third party",
  claimed: "told only by the side that gained the place",
  disputed: "claimed by one side, denied by the other; does not change the map",
};

const CLAIM_STATUS = {
  asserted: "said to have happened",
  denied: "denied",
  partial: "only a part of the place",
  ongoing: "announced or under way",
};

class Sides {
  constructor(sides) {
    this.all = sides;
    this.byId = new Map(sides.map((side) => [side.id, side]));
  }

  name(id) {
    if (id === "both") return "both sides";
    if (id === "other") return "a third party";
    return this.byId.get(id)?.name ?? id;
  }

  color(id) {
    return this.byId.get(id)?.color ?? "#6b7280";
  }
}

// A side that tells of its own loss admits it, and is a stronger witness than one that claims.
function witness(claim, sides) {
  return `${witnessVerb(claim, sides)} by ${sides.name(claim.claimedBy)}`;
}

function witnessVerb({ status, claimedBy, holder }, sides) {
  if (status === "denied") return "denied";
  if (!sides.byId.has(claimedBy)) return "reported";
  const ownLoss = status === "asserted" && sides.byId.has(holder) && holder !== claimedBy;
  return ownLoss ? "admitted" : "claimed";
}

function span(from, to) {
  return from === to ? from : `${from} to ${to}`;
}

function claimDetails(claim, sides) {
  const details = [
    `${claim.change} by ${sides.name(claim.by)}, ${span(claim.from, claim.to)}`,
    CLAIM_STATUS[claim.status] ?? claim.status,
    claim.background ? "told as background" : "",
    claim.written ? `written “${claim.written}”` : "",
    claim.rule ? `rule ${claim.rule}` : "",
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
    el("p", {}, who, " · ", link(claim.url, claim.source), " · published ", published),
    el("p", { className: "tracker-small", textContent: claimDetails(claim, sides) }),
  );
}

function placeName(place) {
  return place.admin1 ? `${place.name}, ${place.admin1}` : place.name;
}

function changeWords(change, sides) {
  const from = change.before ? `from ${sides.name(change.before)} ` : "";
  return `${from}to ${sides.name(change.side)}`;
}

// The days between which it happened, where the claims leave more than one.
function happened(change) {
  if (change.from >= change.day) return "";
  const [from, to] = [change.from, change.day].map(dayElement);
  const words = ["Happened between ", from, " and ", to, "; shown from the later day."];
  return el("p", { className: "tracker-small" }, ...words);
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
    el("span", { textContent: `${isoDay(change.day)} to ${sides.name(change.side)}` }),
    el("span", {
      className: "tracker-badge",
      textContent: later ? `${change.status}, later` : change.status,
    }),
  );
  const claims = change.claims().map((claim) => claimElement(claim, sides));
  const className = later ? "tracker-later" : "";
  return el("section", { className }, head, happened(change), ...claims);
}

// A place's changes on all days, the latest first; those after `day` are marked.
function historyElement(place, day, sides) {
  const changes = place.changes.toReversed().map((change) => changeElement(change, day, sides));
  return el(
    "div",
    { className: "tracker-history", tabIndex: -1 },
    el("h3", { textContent: placeName(place) }),
    ...changes,
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
