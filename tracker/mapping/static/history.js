// The words for claims and changes: what a reader sees of the records.
const CHANGE_STATUS = {
  confirmed: "told by the side that lost the place, by both sides or by a third party",
  claimed: "told only by the side that gained the place",
  disputed: "claimed by one side, denied by the other; does not change the map",
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

function witness(claim, sides) {
  const told = claim.claimedBy === "other" ? "reported" : "claimed";
  return `${claim.status === "denied" ? "denied" : told} by ${sides.name(claim.claimedBy)}`;
}

function span(from, to) {
  return from === to ? from : `${from} to ${to}`;
}

function claimDetails(claim, sides) {
  const details = [
    `${claim.change} by ${sides.name(claim.by)}, ${span(claim.from, claim.to)}`,
    claim.status,
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
  const claims = change.claims.map((claim) => claimElement(claim, sides));
  return el("section", { className: later ? "tracker-later" : "" }, head, ...claims);
}

// A place's changes on all days, the latest first; those after `day` are marked.
function historyElement(place, day, sides) {
  const changes = place.changes.toReversed().map((change) => changeElement(change, day, sides));
  return el(
    "div",
    { className: "tracker-history", tabIndex: 0 },
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
