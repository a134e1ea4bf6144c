// The texts beside the map.
function fillLegend(sides) {
  const names = sides.all.map((side) =>
    legendRow(side.color, "confirmed", side.name, "holds the place, as far as was reported"),
  );
  const statuses = Object.entries(CHANGE_STATUS).map(([status, words]) =>
    legendRow("currentColor", status, status, words),
  );
  part("legend").replaceChildren(...names, ...statuses);
}

function legendRow(color, status, name, words) {
  return el(
    "li",
    {},
    swatch(color, status),
    el("span", {}, el("strong", { textContent: name }), ` ${words}`),
  );
}

function fillCounts(counts, sides) {
  const rows = sides.all.map((side) =>
    countRow(swatch(side.color, "confirmed"), side.name, counts.get(side.id) ?? 0),
  );
  rows.push(countRow(swatch("currentColor", "disputed"), "disputed", counts.get("disputed") ?? 0));
  part("counts").replaceChildren(...rows);
}

function countRow(icon, name, count) {
  return el("li", {}, icon, el("strong", { textContent: count }), ` ${name}`);
}

const alphabet = new Intl.Collator("en");

function byName(places) {
  return places.toSorted((a, b) => alphabet.compare(placeName(a), placeName(b)));
}

function fillToday(places, day, sides, open) {
  const nothing = places.length
    ? "None was reported for this day."
    : "No change of control was read from these reports.";
  const onDay = (place) => place.changes.filter((change) => change.day === day);
  const rows = byName(places.filter((place) => onDay(place).length)).map((place) =>
    placeRow(place, onDay(place), changeToday, sides, open),
  );
  const none = el("li", { className: "tracker-small", textContent: nothing });
  part("today").replaceChildren(...(rows.length ? rows : [none]));
}

function changeToday(change, sides) {
  return `${changeWords(change, sides)} · ${change.status}`;
}

function changeSoFar(change, sides) {
  if (change.status === "disputed")
    return `to ${sides.name(change.side)} on ${isoDay(change.day)} · disputed`;
  return `${sides.name(change.side)} since ${isoDay(change.day)} · ${change.status}`;
}

// A place once, with a line for each of its changes; the latest is the one that counts.
function placeRow(place, changes, words, sides, open) {
  const last = changes.at(-1);
  const lines = changes.map((change) =>
    el("span", { className: "tracker-small tracker-line", textContent: words(change, sides) }),
  );
  const name = el("span", {}, el("strong", { textContent: placeName(place) }), ...lines);
  const icon = swatch(sides.color(last.side), last.status);
  const button = el("button", { type: "button" }, icon, name);
  button.addEventListener("click", () => open(place, button));
  return el("li", {}, button);
}

// All places with a marker. Written only while the list is open: it can have thousands of rows.
function fillPlaces(places, day, sides, open) {
  part("places-count").textContent = places.length;
  if (!part("places-section").open) return;
  const rows = byName(places).map((place) =>
    placeRow(place, Markers.of(place, day), changeSoFar, sides, open),
  );
  part("places").replaceChildren(...rows);
}

function fillOthers(others, sides) {
  part("others-section").hidden = others.length === 0;
  part("others").replaceChildren(
    ...others.map(({ reason, claims }) => otherList(reason, claims, sides)),
  );
}

function otherList(reason, claims, sides) {
  const count = el("span", { className: "tracker-badge", textContent: claims.length });
  const details = el("details", {}, el("summary", {}, `${reason} `, count));
  // Thousands of quotes that nobody asked to see would slow the page's opening.
  const fill = () => details.append(...claims.map((claim) => otherClaim(claim, sides)));
  details.addEventListener("toggle", fill, { once: true });
  return details;
}

function otherClaim(claim, sides) {
  return el("div", {}, el("h3", { textContent: placeName(claim) }), claimElement(claim, sides));
}

// How many changes fell on each day, as bars above the slider, each above the thumb on its day.
function fillDensity(data, sides) {
  const chart = part("density");
  const days = Math.max(1, data.last - data.first);
  const byDay = Map.groupBy(
    data.places.flatMap((place) => place.changes).filter((change) => change.day >= data.first),
    (change) => change.day,
  );
  const highest = Math.max(1, ...[...byDay.values()].map((changes) => changes.length));
  // Wide enough to be seen, and never so wide that one day fills the chart.
  const width = Math.min(Math.max(1, days / 240), days / 60);
  chart.setAttribute("viewBox", `0 0 ${days} ${highest}`);
  for (const [day, changes] of byDay) {
    let y = highest;
    for (const { id, color } of sides.all) {
      const height = changes.filter((change) => change.side === id).length;
      y -= height;
      const x = day - data.first - width / 2;
      if (height) chart.append(svg("rect", { x, y, width, height, fill: color }));
    }
  }
}
