// Small round marks, drawn into the pixels with smooth rims.
//
// A stamp is the pixels of a disc with a ring around it, in one colour each; without a disc's colour
// it is a ring around what is there. It knows what each pixel gets and how far it covers what is
// below, so that only the outermost pixels of a mark need to be mixed.
class Stamp {
  constructor(radius, ring, color, ringColor) {
    this.reach = Math.ceil(radius + ring + 1);
    const pixels = [];
    const share = (value) => Math.round(Math.min(1, Math.max(0, value)) * 255);
    for (let y = -this.reach; y <= this.reach; y++)
      for (let x = -this.reach; x <= this.reach; x++) {
        const away = Math.hypot(x, y);
        const rim = share(radius + ring + 0.5 - away);
        const disc = share(radius + 0.5 - away);
        const cover = color === null ? Math.max(0, rim - disc) : rim;
        const ink = color === null || disc === 0 ? ringColor : blend(ringColor, color, disc);
        if (cover > 0) pixels.push({ x, y, cover, ink });
      }
    this.dx = Int32Array.from(pixels, ({ x }) => x);
    this.dy = Int32Array.from(pixels, ({ y }) => y);
    this.cover = Uint8Array.from(pixels, ({ cover }) => cover);
    this.ink = Uint32Array.from(pixels, ({ ink }) => ink);
  }

  // Draws it at the whole pixel x, y.
  put(pixels, { width, height }, x, y) {
    const { dx, dy, cover, ink, reach } = this;
    const whole = x >= reach && y >= reach && x < width - reach && y < height - reach;
    for (let i = 0; i < dx.length; i++) {
      const px = x + dx[i];
      const py = y + dy[i];
      if (!whole && (px < 0 || py < 0 || px >= width || py >= height)) continue;
      const at = py * width + px;
      pixels[at] = cover[i] === 255 ? ink[i] : blend(pixels[at], ink[i], cover[i]);
    }
  }
}
