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

function fillToday(places, day, sides, open) {
  const nothing = places.length
    ? "None was reported for this day."
    : "No change of control was read from these reports.";
  const rows = places.flatMap((place) =>
    place.changes
      .filter((change) => change.day === day)
      .map((change) => todayRow(place, change, sides, open)),
  );
  const none = el("li", { className: "tracker-small", textContent: nothing });
  part("today").replaceChildren(...(rows.length ? rows : [none]));
}

function todayRow(place, change, sides, open) {
  const words = el("span", {
    className: "tracker-small",
    textContent: `${changeWords(change, sides)} · ${change.status}`,
  });
  const name = el("span", {}, el("strong", { textContent: placeName(place) }), el("br"), words);
  const button = el(
    "button",
    { type: "button" },
    swatch(sides.color(change.side), change.status),
    name,
  );
  button.addEventListener("click", () => open(place, true));
  return el("li", {}, button);
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

// How many changes fell on each day, as bars above the slider.
function fillDensity(data, sides) {
  const chart = part("density");
  const days = data.last - data.first + 1;
  const byDay = new Map();
  for (const change of data.places.flatMap((place) => place.changes)) {
    if (change.day < data.first) continue;
    byDay.set(change.day, [...(byDay.get(change.day) ?? []), change.side]);
  }
  const highest = Math.max(1, ...[...byDay.values()].map((seen) => seen.length));
  const width = Math.max(1, days / 240);
  chart.setAttribute("viewBox", `0 0 ${days} ${highest}`);
  for (const [day, seen] of byDay) {
    let top = highest;
    for (const side of sides.all) {
      const height = seen.filter((id) => id === side.id).length;
      top -= height;
      if (height)
        chart.append(
          svg("rect", {
            x: day - data.first + 0.5 - width / 2,
            y: top,
            width,
            height,
            fill: side.color,
          }),
        );
    }
  }
}
