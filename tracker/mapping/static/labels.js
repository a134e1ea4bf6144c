// Names on the map: of the places that changed, then of larger towns where there is room.
const LETTER = 6.4;
const LINE = 14;
const ROOM = 22;
const DOT = 5;
const RING = 12;
const CELL = 64;

// Rectangles [left, top, right, bottom], found by the cells of a grid that they lie in.
class Boxes {
  constructor() {
    this.cells = new Map();
  }

  static *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield `${x},${y}`;
  }

  add(box) {
    for (const key of Boxes.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  hits(box) {
    for (const key of Boxes.keys(box))
      if (this.cells.get(key)?.some((other) => touches(box, other))) return true;
    return false;
  }
}

function touches(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function within(inner, outer) {
  return (
    inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3]
  );
}

function around({ x, y }, half) {
  return [x - half, y - half, x + half, y + half];
}

function padded([left, top, right, bottom], by) {
  return [left - by, top - by, right + by, bottom + by];
}

// Where a name can stand beside its point, the best place first.
function sidesOf(name, { x, y }, gap) {
  const width = name.length * LETTER;
  const half = LINE / 2;
  return {
    right: [x + gap, y - half, x + gap + width, y + half],
    left: [x - gap - width, y - half, x - gap, y + half],
    above: [x - width / 2, y - gap - LINE, x + width / 2, y - gap],
    below: [x - width / 2, y + gap, x + width / 2, y + gap + LINE],
  };
}

class Labels {
  constructor(map, towns) {
    Object.assign(this, { map, towns, spots: [], places: [] });
    this.drawn = new Map();
    // Above the markers, which must not hide the name of their own town; below tooltips.
    map.createPane("tracker-labels").style.zIndex = 450;
    map.on("moveend", () => this.draw());
  }

  // `spots` are the points under markers; `places` those to be named before any town.
  show(spots, places) {
    this.spots = spots;
    this.places = places;
    this.draw();
  }

  draw() {
    this.names = new Boxes();
    this.marks = new Boxes();
    const { min, max } = this.map.getPixelBounds();
    this.window = [min.x, min.y, max.x, max.y];
    for (const at of this.spots) this.marks.add(around(this.map.project(at), 6));
    const wanted = new Map();
    for (const place of this.places) this.write(wanted, place.name, place.at, true);
    for (const [name, lat, lon] of this.towns)
      if (!this.isNamed(name, [lat, lon])) this.write(wanted, name, [lat, lon], false);
    for (const [key, layer] of this.drawn) if (!wanted.has(key)) layer.remove();
    for (const [key, [name, at, classes, gap]] of wanted) {
      if (!this.drawn.has(key)) wanted.set(key, label(name, at, classes, gap).addTo(this.map));
      else wanted.set(key, this.drawn.get(key));
    }
    this.drawn = wanted;
  }

  // Whether a town is one of the places that have their names already.
  isNamed(name, at) {
    const here = (place) => this.map.project(place.at).distanceTo(this.map.project(at)) < RING;
    return this.places.some((place) => place.name === name && here(place));
  }

  // A name that finds no room is left out; that of a place that changed may lie over markers.
  write(wanted, name, at, changed) {
    const point = this.map.project(at);
    const marked = this.marks.hits(around(point, 3));
    const gap = changed || marked ? RING : DOT;
    const free = Object.entries(sidesOf(name, point, gap)).filter(
      ([, box]) => !this.names.hits(changed ? box : padded(box, ROOM)),
    );
    // What changed is named even where the only room is over markers or at the map's edge.
    const inside = changed ? free.filter(([, box]) => within(box, this.window)) : [];
    const choices = [...inside, ...free];
    const clear = choices.find(([, box]) => !this.marks.hits(box));
    const [side, box] = (clear ?? (changed && choices[0])) || [];
    if (!side) return;
    this.names.add(box);
    const classes = [
      changed ? "tracker-place-label" : "tracker-label",
      `tracker-${side}`,
      marked ? "tracker-marked" : "",
    ];
    const text = classes.filter(Boolean).join(" ");
    wanted.set(JSON.stringify([name, at, text]), [name, at, text, gap]);
  }
}

function label(name, at, className, gap) {
  const html = el("span", { textContent: name });
  html.style.setProperty("--gap", `${gap}px`);
  const icon = L.divIcon({ className, html, iconSize: null });
  return L.marker(at, { icon, pane: "tracker-labels", interactive: false, keyboard: false });
}
