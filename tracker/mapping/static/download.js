// Files of what the page knows: the shown day as GeoJSON, all changes as CSV.
const CHANGE_COLUMNS = [
  "date_from", "date", "place_id", "place", "admin1", "lon", "lat", "from_holder", "holder",
  "status", "area", "claimed_by", "claim_status", "published", "source", "url", "quote",
];

function dayGeoJson(model, day, timeline) {
  const spans = model.timelines[timeline];
  const features = [];
  for (let place = 0; place < model.count; place++) {
    const code = spans.codeOf(place, day);
    const holder = model.holders[code & 3];
    if (holder === "unknown") continue;
    const { id, name, admin1, at } = model.placeRecord(place);
    features.push({
      type: "Feature",
      geometry: { type: "Point", coordinates: [at[1], at[0]].map((x) => Math.round(x * 1e5) / 1e5) },
      properties: {
        place_id: id,
        place: name,
        admin1,
        date: isoDay(day),
        holder,
        status: STATUSES[code >> 2],
      },
    });
  }
  return JSON.stringify({ type: "FeatureCollection", features });
}

// A row for each voice of each change. Spreadsheets take a cell that begins with = for a formula.
function changesCsv(model) {
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = /^['=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = [CHANGE_COLUMNS];
  for (let index = 0; index < model.changes.count; index++) {
    const change = model.change(index);
    const { id, name, admin1, at } = model.placeRecord(change.place);
    const event = [
      isoDay(change.from), isoDay(change.day), id, name, admin1, at[1], at[0], change.before,
      change.side, change.status, change.area?.name,
    ];
    const claims = change.claims();
    for (const claim of claims.length ? claims : [{}])
      rows.push([
        ...event, claim.claimedBy, claim.status, claim.published, claim.source, claim.url, claim.quote,
      ]);
  }
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

function saveAs(name, blob) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  // The browser reads the address a little later.
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

function startDownloads(map, model, state) {
  const day = () => isoDay(state.get("day"));
  const click = (name, act) => part(name).addEventListener("click", act);
  click("save-day", () => {
    const text = dayGeoJson(model, state.get("day"), state.get("timeline"));
    saveAs(`control-${day()}.geojson`, new Blob([text], { type: "application/geo+json" }));
  });
  click("save-changes", () =>
    saveAs("changes.csv", new Blob(["\ufeff", changesCsv(model)], { type: "text/csv" })),
  );
  click("save-picture", async () => saveAs(`map-${day()}.png`, await picture(map, model, day())));
  click("print", () => print());
}
