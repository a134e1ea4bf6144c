// Names on the map: of the places that changed, then of larger towns where there is room.
const LETTER = 6.4;
const LINE = 14;
const ROOM = 14;
const DOT = 6;
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

// A map of a country has room for so many names, whatever the number of its towns.
const MOST_NAMES = 90;
const TRIED_NAMES = 400;

class Labels {
  // `towns` are places, the larger first; `named` answers with the places to be named before them.
  constructor(map, model, layers, named) {
    Object.assign(this, { map, model, layers, named });
    this.towns = descending(model.people).filter((place) => model.people[place] > 0);
    this.drawn = new Map();
    map.createPane("tracker-labels").style.zIndex = 450;
    map.on("moveend", () => this.draw());
  }

  draw() {
    this.names = new Boxes();
    const { min, max } = this.map.getPixelBounds();
    this.window = [min.x, min.y, max.x, max.y];
    const wanted = new Map();
    if (this.layers.has("names")) {
      const first = this.named();
      for (const place of first) this.write(wanted, place, true);
      this.writeTowns(wanted, new Set(first));
    }
    for (const [key, layer] of this.drawn) if (!wanted.has(key)) layer.remove();
    for (const [key, make] of wanted) wanted.set(key, this.drawn.get(key) ?? make());
    this.drawn = wanted;
  }

  writeTowns(wanted, done) {
    const bounds = this.map.getBounds();
    let tried = 0;
    for (const place of this.towns) {
      if (wanted.size >= MOST_NAMES || tried > TRIED_NAMES) return;
      if (done.has(place) || !bounds.contains(this.model.at(place))) continue;
      tried += 1;
      this.write(wanted, place, false);
    }
  }

  // A name that finds no room is left out.
  write(wanted, place, changed) {
    const [name, at] = [this.model.nameOf(place), this.model.at(place)];
    const point = this.map.project(at);
    const gap = changed ? RING : DOT;
    const free = Object.entries(sidesOf(name, point, gap)).filter(
      ([, box]) => !this.names.hits(changed ? box : padded(box, ROOM)),
    );
    // What changed is named even where the only room is at the map's edge.
    const inside = free.filter(([, box]) => within(box, this.window));
    const [side, box] = inside[0] ?? (changed ? free[0] : undefined) ?? [];
    if (!side) return;
    this.names.add(box);
    const size = changed ? "tracker-place-label" : `tracker-label tracker-town-${this.rank(place)}`;
    const className = `${size} tracker-${side}`;
    wanted.set(`${place} ${className}`, () => label(name, at, className, gap).addTo(this.map));
  }

  // 1 for the largest cities, 3 for towns and villages.
  rank(place) {
    const people = this.model.people[place];
    return people >= 400000 ? 1 : people >= 60000 ? 2 : 3;
  }
}

function label(name, at, className, gap) {
  const html = el("span", { textContent: name });
  html.style.setProperty("--gap", `${gap}px`);
  const icon = L.divIcon({ className, html, iconSize: null });
  return L.marker(at, { icon, pane: "tracker-labels", interactive: false, keyboard: false });
}
