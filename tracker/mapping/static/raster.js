// Which place each pixel of the view belongs to: built once a view, so that a step of the slider
// is one pass over the pixels, however many places there are.
//
// A pixel belongs to the polygon in which its middle lies: neighbours neither overlap nor gape.

// The part of the world that is drawn: `scale` pixels for one of the world at zoom 0.
class View {
  constructor(width, height, scale, left, top) {
    Object.assign(this, { width, height, scale, left, top });
  }

  x(world) {
    return world * this.scale - this.left;
  }

  y(world) {
    return world * this.scale - this.top;
  }

  same(other) {
    return (
      other !== null &&
      this.width === other.width &&
      this.height === other.height &&
      this.scale === other.scale &&
      this.left === other.left &&
      this.top === other.top
    );
  }
}

// Points of the world as pixels of a view.
function screenPoints(world, view) {
  const count = world.length / 2;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    xs[i] = view.x(world[2 * i]);
    ys[i] = view.y(world[2 * i + 1]);
  }
  return { xs, ys };
}

// The middle of row `row` meets the line from (ax, ay) to (bx, by) at this x, the same from both
// of its sides.
function crossing(ax, ay, bx, by, row) {
  if (ay > by) return crossing(bx, by, ax, ay, row);
  return ax + ((row + 0.5 - ay) / (by - ay)) * (bx - ax);
}

// Fills convex cells: `put(from, to, cell)` gets each run of pixels.
class CellFiller {
  constructor(view) {
    this.view = view;
    this.lefts = new Float64Array(view.height);
    this.rights = new Float64Array(view.height);
  }

  // Only the cells for which `wanted(cell)` is true, where it is given.
  fill(cells, put, wanted = () => true) {
    const { view } = this;
    const { start, corner, world } = cells;
    const { xs, ys } = screenPoints(world, view);
    for (let cell = 0; cell < cells.length; cell++) {
      const from = start[cell];
      const to = start[cell + 1];
      if (to - from > 2 && wanted(cell)) this.cell(cell, corner, from, to, xs, ys, put);
    }
  }

  cell(cell, corner, from, to, xs, ys, put) {
    const { width, height } = this.view;
    let left = Infinity;
    let right = -Infinity;
    let top = Infinity;
    let bottom = -Infinity;
    for (let i = from; i < to; i++) {
      const x = xs[corner[i]];
      const y = ys[corner[i]];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    const first = Math.max(0, Math.ceil(top - 0.5));
    const last = Math.min(height - 1, Math.ceil(bottom - 0.5) - 1);
    if (first > last || right < 0 || left > width) return;
    const { lefts, rights } = this;
    for (let row = first; row <= last; row++) {
      lefts[row] = Infinity;
      rights[row] = -Infinity;
    }
    for (let i = from, before = corner[to - 1]; i < to; before = corner[i++])
      this.side(xs[before], ys[before], xs[corner[i]], ys[corner[i]], first, last);
    for (let row = first; row <= last; row++) {
      const begin = Math.max(0, Math.ceil(lefts[row] - 0.5));
      const end = Math.min(width, Math.ceil(rights[row] - 0.5));
      if (begin < end) put(row * width + begin, row * width + end, cell);
    }
  }

  side(ax, ay, bx, by, first, last) {
    const from = Math.max(first, Math.ceil(Math.min(ay, by) - 0.5));
    const to = Math.min(last, Math.ceil(Math.max(ay, by) - 0.5) - 1);
    for (let row = from; row <= to; row++) {
      const x = crossing(ax, ay, bx, by, row);
      if (x < this.lefts[row]) this.lefts[row] = x;
      if (x > this.rights[row]) this.rights[row] = x;
    }
  }
}

// Calls `put(from, to)` for each run of pixels that lies within rings (of world points).
function runsWithin(rings, view, put) {
  const rows = Array.from({ length: view.height }, () => []);
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [ax, ay] = [view.x(ring[j]), view.y(ring[j + 1])];
      const [bx, by] = [view.x(ring[i]), view.y(ring[i + 1])];
      const from = Math.max(0, Math.ceil(Math.min(ay, by) - 0.5));
      const to = Math.min(view.height - 1, Math.ceil(Math.max(ay, by) - 0.5) - 1);
      for (let row = from; row <= to; row++) rows[row].push(crossing(ax, ay, bx, by, row));
    }
  }
  const pixel = (x) => Math.min(view.width, Math.max(0, Math.ceil(x - 0.5)));
  rows.forEach((crossings, row) => {
    crossings.sort((a, b) => a - b);
    const base = row * view.width;
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from, to] = [pixel(crossings[i]), pixel(crossings[i + 1])];
      if (from < to) put(base + from, base + to);
    }
  });
}

// For each pixel the piece of a cell that it lies in, 0 where there is none.
//
// The pieces of place `p` are 2 * p + 2 and, where the baseline polygon `held` covers the cell,
// 2 * p + 3. `home` are the cells of places within the outline, cut by it.
function pieceOfPixels(view, ground) {
  const { home, outline, held } = ground;
  // Half the memory where the numbers fit in it: a step reads all of these.
  const Numbers = 2 * ground.count + 4 < 1 << 16 ? Uint16Array : Uint32Array;
  const pieces = new Numbers(view.width * view.height);
  const cut = outline.length > 0 ? new Numbers(pieces.length) : pieces;
  if (home)
    new CellFiller(view).fill(home, (from, to, cell) =>
      cut.fill(2 * home.sites[cell] + 2, from, to),
    );
  if (cut !== pieces)
    runsWithin(outline, view, (from, to) => pieces.set(cut.subarray(from, to), from));
  runsWithin(held, view, (from, to) => {
    for (let i = from; i < to; i++) if (pieces[i] > 0) pieces[i] |= 1;
  });
  if (ground.abroad) fillAbroad(view, ground, pieces);
  return pieces;
}

// Pixels around the cells that a mark on their rim may cover.
const RIM = 24;

// For each row the pixels with a piece, from from[y] to to[y], and some more for marks on their rim.
function rowsOf(pieces, { width, height }) {
  const first = new Int32Array(height).fill(width);
  const last = new Int32Array(height).fill(0);
  for (let y = 0; y < height; y++) {
    const row = pieces.subarray(y * width, (y + 1) * width);
    let begin = 0;
    while (begin < width && row[begin] === 0) begin++;
    let end = width;
    while (end > begin && row[end - 1] === 0) end--;
    if (begin === end) continue;
    for (let near = Math.max(0, y - RIM); near <= Math.min(height - 1, y + RIM); near++) {
      first[near] = Math.min(first[near], Math.max(0, begin - RIM));
      last[near] = Math.max(last[near], Math.min(width, end + RIM));
    }
  }
  return { from: first, to: last };
}

// The cells of places beyond the outline that were fought over: they end at the outline, and some
// way off their place, since nothing is known of the country behind it.
function fillAbroad(view, { abroad, points, reach, drawn }, pieces) {
  const { sites } = abroad;
  const put = (from, to, cell) => {
    const place = sites[cell];
    const [x, y] = [view.x(points[2 * place]), view.y(points[2 * place + 1])];
    const base = Math.floor(from / view.width) * view.width;
    const off = base / view.width + 0.5 - y;
    const half = Math.sqrt((reach[place] * view.scale) ** 2 - off ** 2);
    if (Number.isNaN(half)) return;
    const begin = Math.max(from, base + Math.ceil(x - half - 0.5));
    const end = Math.min(to, base + Math.ceil(x + half - 0.5));
    for (let i = begin; i < end; i++) if (pieces[i] === 0) pieces[i] = 2 * place + 2;
  };
  new CellFiller(view).fill(abroad, put, (cell) => drawn(sites[cell]));
}
