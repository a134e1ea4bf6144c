// Square kilometres, from the cells as they are built: in the plane of equal areas, cut by the
// outline. Worked out when first asked for.
// In metres: squares that tell where lines are, tiles into which they are cut.
const SQUARE = 10000;
const TILE = 40000;
// Makes one number of two of a grid.
const FACTOR = 65536;
// Degrees.
const LONGEST = 0.05;

class Areas {
  constructor(model, plane, cells) {
    Object.assign(this, { model, plane, cells });
  }

  // Of each piece of a cell (see raster.js).
  get km2() {
    this.found ??= this.measure();
    return this.found;
  }

  measure() {
    const { model } = this;
    const km2 = new Float64Array(2 * model.count + 2);
    const home = this.cells();
    if (!home) return km2;
    const outline = new Shape(model.outline, this.plane);
    const held = new Shape(model.held, this.plane);
    for (let cell = 0; cell < home.length; cell++) {
      const corners = cornersOf(home, cell);
      if (corners.length < 6) continue;
      const piece = 2 * home.sites[cell] + 2;
      // These are the cells of places within the outline.
      const whole = outline.touches(corners) ? outline.cut(corners) : area(corners);
      const [x, y] = [home.points[2 * cell], home.points[2 * cell + 1]];
      const inside = held.empty ? 0 : common(outline, held, whole, corners, x, y);
      km2[piece] = Math.max(0, whole - inside) / 1e6;
      km2[piece + 1] = inside / 1e6;
    }
    return km2;
  }

  // For each day from the map's first to its last what each holder has at least and at most:
  // `low` counts what is confirmed or given by the baseline, `high` adds what is claimed to be gained
  // and what is only claimed to be lost. Both are arrays by holder, of a value for each day.
  series(number) {
    const { model, km2 } = this;
    const days = model.last - model.first + 2;
    const table = () => model.holders.map(() => new Float64Array(days));
    const [low, high] = [table(), table()];
    const add = (sums, size, from, to) => {
      sums[from] += size;
      sums[to] -= size;
    };
    for (const { piece, from, to, holder, sure } of this.intervals(model.timelines[number])) {
      const begin = Math.min(days - 1, Math.max(0, from - model.first));
      const end = Math.min(days - 1, Math.max(0, to - model.first));
      if (begin >= end) continue;
      if (holder === sure) add(low[holder], km2[piece], begin, end);
      add(high[holder], km2[piece], begin, end);
      if (holder !== sure) add(high[sure], km2[piece], begin, end);
    }
    for (const sums of [...low, ...high])
      for (let i = 1; i < days; i++) sums[i] += sums[i - 1];
    return { low, high };
  }

  // Who has each piece from when to when, and who surely has: the last who was not merely claimed.
  *intervals(timeline) {
    const { model } = this;
    for (let place = 0; place < model.count; place++) {
      for (const side of [0, 1]) {
        let sure = 0;
        for (let span = timeline.from[place]; span < timeline.from[place + 1]; span++) {
          const code = timeline.code[span];
          const holder = model.pieceHolder(place, code, side);
          if (code >> 2 < 2) sure = holder;
          const to = span + 1 < timeline.from[place + 1] ? timeline.start[span + 1] : Infinity;
          yield { piece: 2 * place + 2 + side, from: timeline.start[span], to, holder, sure };
        }
      }
    }
  }

  // What each holder gained from one day to another: km2 and number of places, by holder.
  gained(number, first, last) {
    const { model, km2 } = this;
    const timeline = model.timelines[number];
    const gains = model.holders.map(() => ({ km2: 0, places: 0 }));
    for (let place = 0; place < model.count; place++) {
      const before = timeline.codeOf(place, first);
      const after = timeline.codeOf(place, last);
      if (before === after) continue;
      if ((before & 3) !== (after & 3)) gains[after & 3].places += 1;
      for (const side of [0, 1]) {
        const now = model.pieceHolder(place, after, side);
        if (now !== model.pieceHolder(place, before, side))
          gains[now].km2 += km2[2 * place + 2 + side];
      }
    }
    return gains;
  }
}

function cornersOf({ start, corner, corners }, cell) {
  const out = [];
  for (let i = start[cell]; i < start[cell + 1]; i++)
    out.push(corners[2 * corner[i]], corners[2 * corner[i] + 1]);
  return out;
}

// The area of a ring x, y, x, y..., below 0 when it runs clockwise.
function signedArea(ring) {
  let sum = 0;
  const last = ring.length - 2;
  for (let i = 0, j = last; i < ring.length; j = i, i += 2)
    sum += ring[j] * ring[i + 1] - ring[i] * ring[j + 1];
  return sum / 2;
}

function area(ring) {
  return Math.abs(signedArea(ring));
}

// Rings in the plane, a grid that tells which squares their lines pass through, and the same cut
// into tiles, so that a cell is held against few of their lines.
class Shape {
  constructor(rings, plane) {
    this.rings = rings.map((ring) => inPlane(ring, plane));
    this.bounds = this.rings.map(boundsOf);
    this.empty = rings.length === 0;
    this.squares = new Set();
    this.tiles = new Map();
    this.rings.forEach((ring, index) => {
      this.mark(ring);
      // A ring within another one is a hole in it.
      const others = this.rings.filter((_, number) => number !== index);
      this.tile(ring, this.bounds[index], isInside(others, ring[0], ring[1]) ? -1 : 1);
    });
  }

  mark(ring) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const left = Math.floor(Math.min(ring[i], ring[j]) / SQUARE);
      const right = Math.floor(Math.max(ring[i], ring[j]) / SQUARE);
      const low = Math.floor(Math.min(ring[i + 1], ring[j + 1]) / SQUARE);
      const high = Math.floor(Math.max(ring[i + 1], ring[j + 1]) / SQUARE);
      for (let x = left; x <= right; x++)
        for (let y = low; y <= high; y++) this.squares.add(x * FACTOR + y);
    }
  }

  tile(ring, [left, right, low, high], sign) {
    for (let x = Math.floor(left / TILE); x * TILE <= right; x++) {
      const column = between(ring, 0, x * TILE, (x + 1) * TILE);
      for (let y = Math.floor(low / TILE); y * TILE <= high; y++) {
        const part = between(column, 1, y * TILE, (y + 1) * TILE);
        if (part.length === 0) continue;
        const key = x * FACTOR + y;
        if (!this.tiles.has(key)) this.tiles.set(key, []);
        this.tiles.get(key).push({ ring: part, sign });
      }
    }
  }

  // Whether a line may pass through a cell; if none does, it is all in or all out.
  touches(corners) {
    for (const key of keysOf(corners, SQUARE)) if (this.squares.has(key)) return true;
    return false;
  }

  // How much of a convex cell around a point lies within the rings, in square metres.
  share(corners, x, y) {
    if (this.touches(corners)) return this.cut(corners);
    const near = this.rings.filter((_, index) => {
      const [left, right, low, high] = this.bounds[index];
      return x >= left && x <= right && y >= low && y <= high;
    });
    return isInside(near, x, y) ? area(corners) : 0;
  }

  cut(corners) {
    return this.pieces(corners).reduce((sum, { ring, sign }) => sum + sign * area(ring), 0);
  }

  // What a convex cell leaves of each ring, tile by tile; that of a hole counts against the others.
  pieces(corners) {
    const found = [];
    for (const key of keysOf(corners, TILE))
      for (const { ring, sign } of this.tiles.get(key) ?? []) {
        const left = cutBy(ring, corners);
        if (left.length > 4) found.push({ ring: left, sign });
      }
    return found;
  }
}

// The squares of a grid that the box around a ring touches.
function* keysOf(ring, size) {
  const [left, right, low, high] = boundsOf(ring).map((value) => Math.floor(value / size));
  for (let x = left; x <= right; x++) for (let y = low; y <= high; y++) yield x * FACTOR + y;
}

// The part of a ring between two values of x (axis 0) or y (axis 1).
function between(ring, axis, low, high) {
  const cut = (left, at, sign) =>
    axis === 0 ? halfPlane(left, at, 0, at, 1, sign) : halfPlane(left, 0, at, -1, at, sign);
  return cut(cut(ring, low, -1), high, 1);
}

// How much of a cell lies within both shapes; `whole` is how much of it the first one holds.
function common(first, second, whole, corners, x, y) {
  if (whole <= 0) return 0;
  if (first.empty || !first.touches(corners)) return second.share(corners, x, y);
  if (!second.touches(corners)) return second.share(corners, x, y) > 0 ? whole : 0;
  let sum = 0;
  for (const a of first.pieces(corners))
    for (const b of second.pieces(corners)) sum += a.sign * b.sign * overlap(a.ring, b.ring);
  return Math.min(whole, Math.max(0, sum));
}

// The area that two rings have in common: one is the sum of the triangles, counted by the way they
// turn, between its first corner and each of its edges, and a triangle can cut the other.
function overlap(ring, other) {
  const turn = Math.sign(signedArea(other));
  let sum = 0;
  for (let i = 2; i + 3 < other.length; i += 2) {
    const triangle = [other[0], other[1], ...other.slice(i, i + 4)];
    const size = signedArea(triangle);
    if (size !== 0) sum += turn * Math.sign(size) * area(cutBy(ring, triangle));
  }
  return sum;
}

// What lies of a ring within a convex one.
function cutBy(ring, corners) {
  const sign = Math.sign(signedArea(corners));
  let left = ring;
  for (let i = 0, j = corners.length - 2; i < corners.length && left.length; j = i, i += 2)
    left = halfPlane(left, corners[j], corners[j + 1], corners[i], corners[i + 1], sign);
  return left;
}

// A ring of degrees in the plane. What is straight there is not straight here: long edges are bent.
function inPlane(ring, plane) {
  const out = [];
  const last = ring.length - 2;
  for (let i = 0, j = last; i < ring.length; j = i, i += 2) {
    const [dx, dy] = [ring[i] - ring[j], ring[i + 1] - ring[j + 1]];
    const parts = Math.max(1, Math.ceil(Math.hypot(dx, dy) / LONGEST));
    for (let part = 1; part <= parts; part++) {
      const share = part / parts;
      plane.forward(ring[j] + share * dx, ring[j + 1] + share * dy, out, out.length);
    }
  }
  return Float64Array.from(out);
}

function boundsOf(ring) {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    left = Math.min(left, ring[i]);
    right = Math.max(right, ring[i]);
    low = Math.min(low, ring[i + 1]);
    high = Math.max(high, ring[i + 1]);
  }
  return [left, right, low, high];
}

function isInside(rings, x, y) {
  return rings.reduce((count, ring) => count + isWithin(ring, x, y), 0) % 2 === 1;
}

function isWithin(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const above = ring[i + 1] > y;
    if (above === ring[j + 1] > y) continue;
    const at = ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i];
    if (x < at) inside = !inside;
  }
  return inside;
}

// The part of a ring on one side of the line from a to b (Sutherland and Hodgman, 1974).
function halfPlane(ring, ax, ay, bx, by, sign) {
  const out = [];
  if (ring.length === 0) return out;
  const side = (x, y) => sign * ((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  const last = ring.length - 2;
  let [px, py] = [ring[last], ring[last + 1]];
  let before = side(px, py);
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i];
    const y = ring[i + 1];
    const here = side(x, y);
    if (here >= 0 !== before >= 0) {
      const t = before / (before - here);
      out.push(px + t * (x - px), py + t * (y - py));
    }
    if (here >= 0) out.push(x, y);
    px = x;
    py = y;
    before = here;
  }
  return out;
}
