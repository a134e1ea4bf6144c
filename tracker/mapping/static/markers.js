// One circle for each change, made when it is first shown, in the layer of its group.
const RADIUS = { confirmed: 6, claimed: 6, disputed: 9 };
const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

class Markers {
  // `open` is called with a place and the marker that was chosen.
  constructor(map, layers, places, popup, open) {
    Object.assign(this, { map, layers, places, popup, open, sides: popup.sides });
    this.shown = new Set();
    this.circles = new Map();
    this.placeOf = new Map(
      places.flatMap((place) => place.changes.map((change) => [change, place])),
    );
    this.tip = L.tooltip({ opacity: 1 });
    this.stop = null;
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
    if (!this.path(this.tipped)) this.unhover();
    if (!this.path(this.stop)) this.stopAt(this.visible()[0]);
  }

  // The changes whose markers stand in layers that are ticked.
  visible() {
    return [...this.shown].filter((change) => this.map.hasLayer(this.layers[change.group]));
  }

  // How many places each side holds, and how many disputes show.
  counts() {
    const counts = new Map();
    for (const change of this.visible()) {
      const key = change.status === "disputed" ? "disputed" : change.side;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  circle(change) {
    if (!this.circles.has(change)) this.circles.set(change, this.draw(change));
    return this.circles.get(change);
  }

  // The element of a change's marker; undefined when it is not on the map.
  path(change) {
    const path = this.circles.get(change)?.getElement();
    return path?.isConnected ? path : undefined;
  }

  draw(change) {
    const color = this.sides.color(change.side);
    const circle = L.circleMarker(this.placeOf.get(change).at, {
      className: `tracker-change tracker-change-${change.status} tracker-side-${change.side}`,
      radius: RADIUS[change.status] ?? RADIUS.claimed,
      color,
      fillColor: color,
      bubblingMouseEvents: false,
    });
    circle.on("add", () => this.dress(change, circle.getElement()));
    circle.on("click", () => this.choose(change));
    circle.on("mouseover", () => this.hover(change));
    circle.on("mouseout", () => this.unhover());
    return circle;
  }

  // A button with a name. All markers together are one tab stop: arrow keys go on from there.
  dress(change, path) {
    path.setAttribute("role", "button");
    path.setAttribute("tabindex", change === this.stop ? 0 : -1);
    path.setAttribute("aria-label", this.name(change));
    path.addEventListener("keydown", (event) => this.key(event, change));
    path.addEventListener("focus", () => this.focused(change, path));
    path.addEventListener("blur", () => this.unhover());
  }

  name(change) {
    const what = `to ${this.sides.name(change.side)} on ${isoDay(change.day)}`;
    return `${placeName(this.placeOf.get(change))}: ${what}, ${change.status}`;
  }

  key(event, change) {
    if (event.key === "Enter" || event.key === " ") this.choose(change);
    else if (event.key in NEXT) this.path(this.beside(change, NEXT[event.key]))?.focus();
    else if (event.key === "Escape") this.unhover();
    else return;
    event.preventDefault();
  }

  // From west to east, so that every marker is reached, also where two lie on one another.
  beside(change, step) {
    const at = (one) => this.placeOf.get(one).at;
    const row = this.visible().sort((a, b) => at(a)[1] - at(b)[1] || at(a)[0] - at(b)[0]);
    return row.at((row.indexOf(change) + step) % row.length);
  }

  focused(change, path) {
    this.stopAt(change);
    if (!path.matches(":focus-visible")) return;
    this.map.panInside(this.placeOf.get(change).at, { padding: [40, 40], animate: false });
    this.hover(change);
  }

  stopAt(change) {
    this.path(this.stop)?.setAttribute("tabindex", -1);
    this.stop = change;
    this.path(change)?.setAttribute("tabindex", 0);
  }

  choose(change) {
    this.unhover();
    this.open(this.placeOf.get(change), this.path(change));
  }

  // An open popup says all that the tooltip would, and would lie under it.
  hover(change) {
    const place = this.placeOf.get(change);
    if (this.popup.isOpenFor(place)) return;
    const name = el("span", { textContent: `${placeName(place)}: ${this.words(change)}` });
    this.tipped = change;
    this.tip.options.direction = this.direction(place.at);
    this.tip.setLatLng(place.at).setContent(name).addTo(this.map);
  }

  // Above the marker where there is room, else towards the middle of the map.
  direction(at) {
    const { x, y } = this.map.latLngToContainerPoint(at);
    const share = x / this.map.getSize().x;
    if (share < 0.3) return "right";
    if (share > 0.7) return "left";
    return y < 70 ? "bottom" : "top";
  }

  unhover() {
    this.tipped = undefined;
    this.tip.remove();
  }

  words(change) {
    return `${changeWords(change, this.sides)}, ${isoDay(change.day)}, ${change.status}`;
  }

  mark(change, day) {
    this.path(change)?.classList.toggle("tracker-today", change.day === day);
  }
}
