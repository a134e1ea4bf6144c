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
  const rows = changeRows(model, today, changeToday, sides, open);
  const none = el("li", { className: "tracker-small", textContent: nothing });
  part("today").replaceChildren(...(rows.length ? rows : [none]));
}

// A row for each area that was told of as a whole, then one for each place that was named.
function changeRows(model, changes, words, sides, open) {
  const { true: whole = [], false: own = [] } = Object.groupBy(changes, ({ area }) => area !== null);
  const byPlace = Map.groupBy(own, (change) => change.place);
  const places = byName([...byPlace.keys()].map((place) => model.placeRecord(place)));
  const areas = byName(whole.map((change) => ({ ...change.area, change })));
  const byArea = Map.groupBy(areas, ({ change }) => model.changes.eventOf(change.index)).values();
  const told = (same) => same.map(({ change }) => change);
  return [
    ...Array.from(byArea, (same) => areaRow(model, told(same), words, sides, open)),
    ...places.map((place) => placeRow(place, byPlace.get(place.index), words, sides, open)),
  ];
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
  button.addEventListener("click", () => open.place(place.index, button));
  return el("li", {}, button);
}

// An area once, with the number of its places; what is said of it, and of which, is a click away.
function areaRow(model, changes, words, sides, open) {
  const [first] = changes;
  const places = changes.map(({ place }) => place);
  const told = [say("area places", { places: count(places.length) }), words(first, sides)];
  const line = el("span", { className: "tracker-small tracker-line", textContent: told.join(" · ") });
  const name = el("span", {}, el("strong", { textContent: placeName(first.area) }), line);
  const button = el("button", { type: "button" }, swatch(sides.color(first.side), first.status), name);
  button.addEventListener("click", () => open.area(places));
  const details = el("details", {}, el("summary", { textContent: say("area details") }));
  const fill = () => {
    const rows = byName(places.map((place) => model.placeRecord(place))).map((place) => {
      const one = el("button", { type: "button", textContent: place.name });
      one.addEventListener("click", () => open.place(place.index, one));
      return el("li", {}, one);
    });
    const claims = first.claims().map((claim) => claimElement(claim, sides));
    details.append(...claims, el("ul", { className: "tracker-list" }, ...rows));
  };
  details.addEventListener("toggle", fill, { once: true });
  return el("li", { className: "tracker-area" }, button, details);
}

// All places of which something was reported. Written only while the list is open: it can have
// thousands of rows. `standing` is what stands of the changes of each place, -1 for nothing.
function fillPlaces(model, standing, sides, open) {
  const { area, place } = model.changes;
  const stands = standing.flat().filter((change) => change >= 0);
  const key = (change) => (area[change] ? model.changes.eventOf(change) : `place ${place[change]}`);
  part("places-count").textContent = new Set(stands.map(key)).size;
  if (!part("places-section").open) return;
  const changes = stands.map((change) => model.change(change));
  part("places").replaceChildren(...changeRows(model, changes, changeSoFar, sides, open));
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
