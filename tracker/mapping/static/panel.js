// The texts beside the map.
function fillCounts(counts, sides) {
  const rows = sides.all.map((side) =>
    countRow(swatch(side.color, "confirmed"), sides.name(side.id), counts.get(side.id) ?? 0),
  );
  rows.push(countRow(swatch("currentColor", "disputed"), say("disputed"), counts.get("disputed") ?? 0));
  part("counts").replaceChildren(...rows);
}

function countRow(icon, name, count) {
  return el("li", {}, icon, el("strong", { textContent: count }), ` ${name}`);
}

function byName(places) {
  const alphabet = new Intl.Collator(words.lang);
  return places.toSorted((a, b) => alphabet.compare(placeName(a), placeName(b)));
}

function fillToday(model, day, sides, open) {
  const nothing = say(model.changes.count ? "none today" : "none at all");
  const today = (model.changes.byDay.get(day) ?? []).map((index) => model.change(index));
  const byPlace = Map.groupBy(today, (change) => change.place);
  const places = byName([...byPlace.keys()].map((place) => model.placeRecord(place)));
  const rows = places.map((place) =>
    placeRow(place, byPlace.get(place.index), changeToday, sides, open),
  );
  const none = el("li", { className: "tracker-small", textContent: nothing });
  part("today").replaceChildren(...(rows.length ? rows : [none]));
}

function changeToday(change, sides) {
  return `${changeWords(change, sides)} · ${say(change.status)}`;
}

function changeSoFar(change, sides) {
  const told = { side: sides.name(change.side), day: isoDay(change.day) };
  if (change.status === "disputed") return say("disputed gain", told);
  return say("since", { ...told, status: say(change.status) });
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
  button.addEventListener("click", () => open(place.index, button));
  return el("li", {}, button);
}

// All places of which something was reported. Written only while the list is open: it can have
// thousands of rows. `standing(place)` is what stands of its changes, -1 for nothing.
function fillPlaces(model, places, standing, sides, open) {
  part("places-count").textContent = places.length;
  if (!part("places-section").open) return;
  const rows = byName(places.map((place) => model.placeRecord(place))).map((place) => {
    const shown = standing(place.index).filter((change) => change >= 0);
    const changes = shown.map((change) => model.change(change));
    return placeRow(place, changes, changeSoFar, sides, open);
  });
  part("places").replaceChildren(...rows);
}

// The lists of claims without a change are made when somebody opens the page's section of them.
function fillOthers(model, sides) {
  part("others-section").hidden = model.others.length === 0;
  part("others").replaceChildren(
    ...model.others.map(({ reason, count }, index) => otherList(model, reason, count, index, sides)),
  );
}

function otherList(model, reason, count, index, sides) {
  const badge = el("span", { className: "tracker-badge", textContent: count });
  const details = el("details", {}, el("summary", {}, `${say(`off ${reason}`)} `, badge));
  const claims = () => model.archive.others(index).map((claim) => otherClaim(claim, sides));
  details.addEventListener("toggle", () => details.append(...claims()), { once: true });
  return details;
}

function otherClaim(claim, sides) {
  return el("div", {}, el("h3", { textContent: placeName(claim) }), claimElement(claim, sides));
}
