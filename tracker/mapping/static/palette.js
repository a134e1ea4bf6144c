// The colours of the map. A colour of the canvas is a number 0xAABBGGRR.
//
// Hatching is a table of 8 by 8 pixels for each class of cell, so it costs a step nothing.
const PATTERN = 8;
const CLASSES = 64;
const FRESH = 16;
const COMPARED = 32;

function canvasColor(hex, alpha) {
  const value = parseInt(hex.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  return ((Math.round(alpha * 255) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

// How far a stripe covers pixel x, y: lines that rise to the right, or fall.
function stripe(x, y, falling) {
  const at = ((falling ? x - y : x + y) & 7) - 3.5;
  return Math.min(1, Math.max(0, 2.5 - Math.abs(at)));
}

// [solid, hatch]: how strongly the holder's colour stands on plain ground and in stripes.
const STRENGTH = {
  baseline: { own: [0.07, 0.07], other: [0.34, 0.34] },
  confirmed: { own: [0.3, 0.3], other: [0.5, 0.5] },
  claimed: { own: [0.12, 0.46], other: [0.16, 0.6] },
  disputed: { own: [0.07, 0.4], other: [0.1, 0.55] },
};

class Palette {
  // `sides` are the two sides' colours; `contested` and `mark` are CSS colours as #rrggbb.
  constructor({ sides, contested, ink, paper }) {
    this.sides = sides;
    this.colors = ["#808080", ...sides, contested];
    this.ink = canvasColor(ink, 1);
    this.paper = canvasColor(paper, 1);
    this.solid = this.colors.map((color) => canvasColor(color, 1));
    this.table = new Uint32Array(CLASSES * PATTERN * PATTERN);
    for (let code = 0; code < 16; code++) {
      this.paint(code, this.look(code & 3, STATUSES[code >> 2]));
      this.paint(code | FRESH, this.freshLook(code & 3, STATUSES[code >> 2]));
    }
    for (let before = 0; before < 4; before++)
      for (let after = 0; after < 4; after++)
        this.paint(COMPARED | (before << 2) | after, this.comparedLook(before, after));
  }

  // What one class looks like: colour, strength between stripes and on them, their direction.
  look(holder, status) {
    const color = this.colors[holder];
    if (holder === 0) return { color, plain: 0, hatch: 0 };
    if (holder === 3) return { color, plain: 0.18, hatch: 0.55, falling: true };
    const [plain, hatch] = STRENGTH[status][holder === 1 ? "own" : "other"];
    return { color, plain, hatch, falling: status === "disputed" };
  }

  freshLook(holder, status) {
    const look = this.look(holder, status);
    if (holder === 0) return look;
    const more = (strength) => Math.min(0.92, strength + 0.34);
    return { ...look, plain: more(look.plain), hatch: more(look.hatch) };
  }

  comparedLook(before, after) {
    if (before !== after) return { color: this.colors[after], plain: 0.78, hatch: 0.78 };
    const strength = after === 2 ? 0.16 : after === 3 ? 0.12 : 0;
    return { color: this.colors[after], plain: strength, hatch: strength };
  }

  paint(kind, { color, plain, hatch, falling = false }) {
    for (let y = 0; y < PATTERN; y++)
      for (let x = 0; x < PATTERN; x++) {
        const share = stripe(x, y, falling);
        const alpha = plain + (hatch - plain) * share;
        this.table[(kind * PATTERN + y) * PATTERN + x] = canvasColor(color, alpha);
      }
  }
}
