// What covers less of a pixel than this is not seen.
const FAINT = 0.08;
// How many pixels beside a border one looks for what lies there.
const BESIDE = 1.6;

// The edges between pieces of cells as pixels with a coverage, so that a front line of any length is
// drawn smoothly in a few milliseconds.
//
// Edge `e` lies between the pieces one[e] and other[e] and covers pixel[i] by cover[i] of 255 for
// i from start[e] to start[e + 1].
class EdgePixels {
  constructor(view, pieces, width) {
    Object.assign(this, { view, pieces, half: width / 2, filled: 0 });
    this.start = [0];
    this.one = [];
    this.other = [];
    this.pixel = new Uint32Array(1 << 17);
    this.cover = new Uint8Array(1 << 17);
  }

  // The edges between cells; both sides of one lie in the baseline's area, or neither.
  addCells({ edges, sites, world }) {
    const { xs, ys } = screenPoints(world, this.view);
    for (let i = 0; i < edges.length; i += 4) {
      const from = this.filled;
      const p = edges[i + 2];
      const q = edges[i + 3];
      this.trace(xs[p], ys[p], xs[q], ys[q]);
      if (from === this.filled) continue;
      const held = this.pieces[this.pixel[from]] & 1;
      this.close((2 * sites[edges[i]] + 2) | held, (2 * sites[edges[i + 1]] + 2) | held);
    }
  }

  // The border of the baseline's area, which cuts cells in two.
  addRings(rings) {
    for (const ring of rings) {
      const { xs, ys } = screenPoints(ring, this.view);
      for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
        const from = this.filled;
        this.trace(xs[j], ys[j], xs[i], ys[i]);
        if (from === this.filled) continue;
        const length = Math.hypot(xs[i] - xs[j], ys[i] - ys[j]);
        const [dx, dy] = [(ys[j] - ys[i]) / length, (xs[i] - xs[j]) / length];
        const beside = (far) =>
          this.pieceAt((xs[i] + xs[j]) / 2 + far * dx, (ys[i] + ys[j]) / 2 + far * dy);
        this.close(beside(BESIDE), beside(-BESIDE));
      }
    }
  }

  pieceAt(x, y) {
    const { width, height } = this.view;
    if (x < 0 || y < 0 || x >= width || y >= height) return 0;
    return this.pieces[Math.floor(y) * width + Math.floor(x)];
  }

  // Ends an edge; what was traced since the last one is its.
  close(one, other) {
    this.one.push(one);
    this.other.push(other);
    this.start.push(this.filled);
  }

  // Row by row, or column by column where the line is flat: few pixels beside the line itself.
  trace(ax, ay, bx, by) {
    const { view, pieces, half } = this;
    if (!touchesView(ax, ay, bx, by, view)) return;
    const steep = Math.abs(by - ay) > Math.abs(bx - ax);
    const au = steep ? ay : ax;
    const av = steep ? ax : ay;
    const du = (steep ? by : bx) - au;
    const dv = (steep ? bx : by) - av;
    if (du === 0) return;
    const slope = dv / du;
    // How far from the line a pixel's middle is, for each pixel that it lies beside it.
    const lean = 1 / Math.sqrt(1 + slope * slope);
    const reach = half + 0.5;
    const spread = reach / lean;
    // Lines meet at their ends: each goes on a little, so that no notch is left between them.
    const more = half * 0.6 * lean;
    const from = Math.max(0, Math.floor(Math.min(au, au + du) - more));
    const to = Math.min((steep ? view.height : view.width) - 1, Math.max(au, au + du) + more);
    const most = (steep ? view.width : view.height) - 1;
    for (let u = from; u <= to; u++) {
      const middle = av + (u + 0.5 - au) * slope - 0.5;
      const first = Math.max(0, Math.ceil(middle - spread));
      const last = Math.min(most, middle + spread);
      for (let v = first; v <= last; v++) {
        const pixel = steep ? u * view.width + v : v * view.width + u;
        if (pieces[pixel] === 0) continue;
        const cover = reach - Math.abs(v - middle) * lean;
        if (cover < FAINT) continue;
        if (this.filled === this.pixel.length) this.grow();
        this.pixel[this.filled] = pixel;
        this.cover[this.filled++] = cover >= 1 ? 255 : cover * 255;
      }
    }
  }

  grow() {
    this.pixel = grown(this.pixel);
    this.cover = grown(this.cover);
  }

  // Paints the edges between pieces of different holders; 0 is nobody's and has no front.
  paintFront(pixels, color, holders) {
    const { one, other } = this;
    for (let edge = 0; edge < one.length; edge++) {
      const a = holders[one[edge]];
      const b = holders[other[edge]];
      if (a !== b && a !== 0 && b !== 0) this.paint(pixels, color, edge);
    }
  }

  // Paints the rim of the cell of a place.
  paintRim(pixels, color, place) {
    const piece = 2 * place + 2;
    for (let edge = 0; edge < this.one.length; edge++)
      if ((this.one[edge] & ~1) === piece || (this.other[edge] & ~1) === piece)
        this.paint(pixels, color, edge);
  }

  // As `blend` does, with what is the same for all pixels taken out: fronts have a million of them.
  paint(pixels, color, edge) {
    const { pixel, cover, start } = this;
    const colorRed = color & 0xff00ff;
    const colorGreen = (color >>> 8) & 0xff00ff;
    const end = start[edge + 1];
    for (let i = start[edge]; i < end; i++) {
      const at = pixel[i];
      const k = cover[i];
      if (k === 255) {
        pixels[at] = color;
        continue;
      }
      const under = pixels[at];
      const red = Math.imul(colorRed, k) + Math.imul(under & 0xff00ff, 256 - k);
      const green = Math.imul(colorGreen, k) + Math.imul((under >>> 8) & 0xff00ff, 256 - k);
      pixels[at] = ((red >>> 8) & 0xff00ff) | (green & 0xff00ff00);
    }
  }
}

function grown(array) {
  const larger = new array.constructor(2 * array.length);
  larger.set(array);
  return larger;
}

function touchesView(ax, ay, bx, by, { width, height }) {
  if (ax < -4 && bx < -4) return false;
  if (ay < -4 && by < -4) return false;
  return !(ax > width + 4 && bx > width + 4) && !(ay > height + 4 && by > height + 4);
}

// `color` over `under`, each 0xAABBGGRR, covering `share` of 255: two channels at a time.
function blend(under, color, share) {
  const k = share + (share >> 7);
  const red = Math.imul(color & 0xff00ff, k) + Math.imul(under & 0xff00ff, 256 - k);
  const green =
    Math.imul((color >>> 8) & 0xff00ff, k) + Math.imul((under >>> 8) & 0xff00ff, 256 - k);
  return ((red >>> 8) & 0xff00ff) | (green & 0xff00ff00);
}
