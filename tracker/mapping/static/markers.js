// One circle for each change, made when it is first shown, in the layer of its group.
const RADIUS = { confirmed: 6, claimed: 6, disputed: 9 };

class Markers {
  constructor(map, layers, places, sides, open) {
    Object.assign(this, { map, layers, places, sides, open });
    this.shown = new Set();
    this.circles = new Map();
    this.placeOf = new Map(
      places.flatMap((place) => place.changes.map((change) => [change, place])),
    );
  }

  // What a place shows on a day: the latest change that moves the map, and a dispute after it.
  static of(place, day) {
    let held = null;
    let disputed = null;
    for (const change of place.changes) {
      if (change.day > day) break;
      if (change.status === "disputed") disputed = change;
      else [held, disputed] = [change, null];
    }
    return [held, disputed].filter(Boolean);
  }

  show(day) {
    const wanted = new Set(this.places.flatMap((place) => Markers.of(place, day)));
    for (const change of this.shown) {
      if (!wanted.has(change)) this.layers[change.group].removeLayer(this.circles.get(change));
    }
    for (const change of wanted) {
      if (!this.shown.has(change)) this.layers[change.group].addLayer(this.circle(change));
    }
    for (const change of wanted) this.mark(change, day);
    this.shown = wanted;
  }

  // How many places each side holds in the layers that are ticked, and how many disputes show.
  counts() {
    const counts = new Map();
    for (const change of this.shown) {
      if (!this.map.hasLayer(this.layers[change.group])) continue;
      const key = change.status === "disputed" ? "disputed" : change.side;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  circle(change) {
    if (!this.circles.has(change)) this.circles.set(change, this.draw(change));
    return this.circles.get(change);
  }

  draw(change) {
    const place = this.placeOf.get(change);
    const color = this.sides.color(change.side);
    const circle = L.circleMarker(place.at, {
      className: `tracker-change tracker-change-${change.status} tracker-side-${change.side}`,
      radius: RADIUS[change.status] ?? RADIUS.claimed,
      color,
      fillColor: color,
      bubblingMouseEvents: false,
    });
    circle.bindTooltip(
      () => el("span", { textContent: `${placeName(place)}: ${this.tip(change)}` }),
      { direction: "top" },
    );
    circle.on("click", () => this.open(place));
    return circle;
  }

  tip(change) {
    return `${changeWords(change, this.sides)}, ${isoDay(change.day)}, ${change.status}`;
  }

  mark(change, day) {
    const path = this.circles.get(change).getElement();
    if (path) path.classList.toggle("tracker-today", change.day === day);
  }
}
