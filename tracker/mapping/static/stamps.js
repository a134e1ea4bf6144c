// Small round marks, drawn into the pixels with smooth rims.
//
// A stamp is the pixels of a disc with a ring around it: offsets, and how far each of both covers
// them, of 255.
class Stamp {
  constructor(radius, ring) {
    this.reach = Math.ceil(radius + ring + 1);
    const [dx, dy, disc, rim] = [[], [], [], []];
    const share = (value) => Math.round(Math.min(1, Math.max(0, value)) * 255);
    for (let y = -this.reach; y <= this.reach; y++)
      for (let x = -this.reach; x <= this.reach; x++) {
        const away = Math.hypot(x, y);
        const covered = share(radius + ring + 0.5 - away);
        if (covered === 0) continue;
        dx.push(x);
        dy.push(y);
        rim.push(covered);
        disc.push(share(radius + 0.5 - away));
      }
    this.dx = Int32Array.from(dx);
    this.dy = Int32Array.from(dy);
    this.rim = Uint8Array.from(rim);
    this.disc = Uint8Array.from(disc);
  }

  // Draws it at the whole pixel x, y; with the colour 0 it is a ring around what is there.
  put(pixels, { width, height }, x, y, color, ringColor) {
    const { dx, dy, disc, rim, reach } = this;
    const whole = x >= reach && y >= reach && x < width - reach && y < height - reach;
    for (let i = 0; i < dx.length; i++) {
      const px = x + dx[i];
      const py = y + dy[i];
      if (!whole && (px < 0 || py < 0 || px >= width || py >= height)) continue;
      const at = py * width + px;
      const inner = disc[i];
      if (color === 0) pixels[at] = blend(pixels[at], ringColor, Math.max(0, rim[i] - inner));
      else if (inner === 255) pixels[at] = color;
      else pixels[at] = blend(blend(pixels[at], ringColor, rim[i]), color, inner);
    }
  }
}
