// The edges between cells as pixels with a coverage, so that a front line of any length is drawn
// smoothly in a fraction of a millisecond.
//
// For edge `e` they are pixel[start[e]] .. pixel[start[e + 1]], each covered by cover[...] of 255.
class EdgePixels {
  constructor(cells, view, pieces, width) {
    this.cells = cells;
    const { edges, world } = cells;
    const count = edges.length / 4;
    this.start = new Uint32Array(count + 1);
    this.pixel = new Uint32Array(1 << 16);
    this.cover = new Uint8Array(1 << 16);
    this.filled = 0;
    for (let edge = 0; edge < count; edge++) {
      this.start[edge] = this.filled;
      const [p, q] = [edges[4 * edge + 2], edges[4 * edge + 3]];
      const [ax, ay] = [view.x(world[2 * p]), view.y(world[2 * p + 1])];
      const [bx, by] = [view.x(world[2 * q]), view.y(world[2 * q + 1])];
      if (touchesView(ax, ay, bx, by, view)) this.trace(ax, ay, bx, by, view, pieces, width / 2);
    }
    this.start[count] = this.filled;
  }

  // Row by row, or column by column where the line is flat: few pixels beside the line itself.
  trace(ax, ay, bx, by, view, pieces, half) {
    const steep = Math.abs(by - ay) > Math.abs(bx - ax);
    const [au, av, bu, bv] = steep ? [ay, ax, by, bx] : [ax, ay, bx, by];
    const [rows, columns] = steep ? [view.height, view.width] : [view.width, view.height];
    const [du, dv] = [bu - au, bv - av];
    const length = Math.hypot(du, dv);
    if (length === 0) return;
    const reach = half + 0.5;
    const slope = dv / du || 0;
    const spread = (reach * length) / Math.abs(du);
    const from = Math.max(0, Math.floor(Math.min(au, bu) - half));
    const to = Math.min(rows - 1, Math.floor(Math.max(au, bu) + half));
    for (let u = from; u <= to; u++) {
      const middle = av + (u + 0.5 - au) * slope;
      const first = Math.max(0, Math.floor(middle - spread));
      const last = Math.min(columns - 1, Math.floor(middle + spread));
      for (let v = first; v <= last; v++) {
        const [pu, pv] = [u + 0.5 - au, v + 0.5 - av];
        const t = Math.min(1, Math.max(0, (pu * du + pv * dv) / (length * length)));
        const away = Math.hypot(pu - t * du, pv - t * dv);
        const cover = Math.min(1, reach - away);
        const pixel = steep ? u * view.width + v : v * view.width + u;
        if (cover > 0 && pieces[pixel] > 0) this.push(pixel, Math.round(cover * 255));
      }
    }
  }

  push(pixel, cover) {
    if (this.filled === this.pixel.length) {
      this.pixel = grown(this.pixel);
      this.cover = grown(this.cover);
    }
    this.pixel[this.filled] = pixel;
    this.cover[this.filled++] = cover;
  }

  // Paints the edges for which `chosen` is true of the pieces on their two sides.
  paint(pixels, pieces, color, chosen) {
    const { edges, sites } = this.cells;
    const { start, pixel, cover } = this;
    for (let edge = 0; edge + 1 < start.length; edge++) {
      const [from, to] = [start[edge], start[edge + 1]];
      if (from === to) continue;
      const held = pieces[pixel[from]] & 1;
      const [a, b] = [2 * sites[edges[4 * edge]] + 2, 2 * sites[edges[4 * edge + 1]] + 2];
      if (!chosen(a | held, b | held)) continue;
      for (let i = from; i < to; i++) pixels[pixel[i]] = blend(pixels[pixel[i]], color, cover[i]);
    }
  }
}

function grown(array) {
  const larger = new array.constructor(2 * array.length);
  larger.set(array);
  return larger;
}

function touchesView(ax, ay, bx, by, { width, height }) {
  const [left, right] = ax < bx ? [ax, bx] : [bx, ax];
  const [top, bottom] = ay < by ? [ay, by] : [by, ay];
  return right > -4 && left < width + 4 && bottom > -4 && top < height + 4;
}

// `color` over `under`, each 0xAABBGGRR, covering `share` of 255: two channels at a time.
function blend(under, color, share) {
  const k = share + (share >> 7);
  const red = Math.imul(color & 0xff00ff, k) + Math.imul(under & 0xff00ff, 256 - k);
  const green =
    Math.imul((color >>> 8) & 0xff00ff, k) + Math.imul((under >>> 8) & 0xff00ff, 256 - k);
  return ((red >>> 8) & 0xff00ff) | (green & 0xff00ff00);
}
