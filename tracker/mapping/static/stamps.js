// Small round marks, drawn into the pixels with smooth rims.
const stamps = new Map();

// The pixels of a disc with a ring around it: offsets, and how far ring and disc cover each.
function stamp(radius, ring) {
  const key = `${radius} ${ring}`;
  if (!stamps.has(key)) stamps.set(key, makeStamp(radius, ring));
  return stamps.get(key);
}

function makeStamp(radius, ring) {
  const reach = Math.ceil(radius + ring + 1);
  const made = { dx: [], dy: [], disc: [], rim: [] };
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const away = Math.hypot(dx, dy);
      const rim = Math.min(1, Math.max(0, radius + ring + 0.5 - away));
      if (rim === 0) continue;
      made.dx.push(dx);
      made.dy.push(dy);
      made.rim.push(Math.round(rim * 255));
      made.disc.push(Math.round(Math.min(1, Math.max(0, radius + 0.5 - away)) * 255));
    }
  }
  return made;
}

// `x`, `y` are whole pixels; colours are 0xAABBGGRR; a disc of colour 0 leaves its middle as it is.
function putStamp(pixels, { width, height }, { dx, dy, disc, rim }, x, y, color, ringColor) {
  for (let i = 0; i < dx.length; i++) {
    const [px, py] = [x + dx[i], y + dy[i]];
    if (px < 0 || py < 0 || px >= width || py >= height) continue;
    const at = py * width + px;
    if (color === 0) pixels[at] = blend(pixels[at], ringColor, Math.max(0, rim[i] - disc[i]));
    else pixels[at] = blend(blend(pixels[at], ringColor, rim[i]), color, disc[i]);
  }
}
