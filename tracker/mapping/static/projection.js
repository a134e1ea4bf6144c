// The Lambert azimuthal equal-area projection of WGS 84 (Snyder 1987, pages 187 to 190), in metres.
// Cells are built in it, as in tracker.control, so that a cell's area is its area on the ground.
const MAJOR = 6378137;
const E2 = 0.0066943799901413165;
const E = Math.sqrt(E2);

function authalic(sine) {
  const es = E * sine;
  return (1 - E2) * (sine / (1 - es * es) - Math.log((1 - es) / (1 + es)) / (2 * E));
}

const POLE = authalic(1);
const RADIUS = MAJOR * Math.sqrt(POLE / 2);
const RADIANS = Math.PI / 180;

class EqualArea {
  constructor(lon, lat) {
    const sine = Math.sin(lat * RADIANS);
    this.lon = lon * RADIANS;
    this.sin = authalic(sine) / POLE;
    this.cos = Math.sqrt(1 - this.sin ** 2);
    const across = (MAJOR * Math.cos(lat * RADIANS)) / Math.sqrt(1 - E2 * sine ** 2);
    this.stretch = across / (RADIUS * this.cos);
  }

  // Writes x, y to out[at], out[at + 1].
  forward(lon, lat, out, at) {
    const sine = authalic(Math.sin(lat * RADIANS)) / POLE;
    const cosine = Math.sqrt(1 - sine * sine);
    const turn = lon * RADIANS - this.lon;
    const along = cosine * Math.cos(turn);
    const scale = RADIUS * Math.sqrt(2 / (1 + this.sin * sine + this.cos * along));
    out[at] = scale * this.stretch * cosine * Math.sin(turn);
    out[at + 1] = (scale / this.stretch) * (this.cos * sine - this.sin * along);
  }

  // Writes lon, lat to out[at], out[at + 1].
  inverse(x, y, out, at) {
    const [east, north] = [x / this.stretch, y * this.stretch];
    const far = Math.hypot(east, north);
    if (far < 1e-9) return this.center(out, at);
    const arc = 2 * Math.asin(Math.min(1, far / (2 * RADIUS)));
    const [sin, cos] = [Math.sin(arc), Math.cos(arc)];
    const beta = Math.asin(cos * this.sin + (north * sin * this.cos) / far);
    const turn = Math.atan2(east * sin, far * this.cos * cos - north * this.sin * sin);
    out[at] = (this.lon + turn) / RADIANS;
    out[at + 1] = latitude(beta) / RADIANS;
  }

  center(out, at) {
    out[at] = this.lon / RADIANS;
    out[at + 1] = latitude(Math.asin(this.sin)) / RADIANS;
  }
}

// From authalic latitude to the latitude on maps.
function latitude(beta) {
  return (
    beta +
    (E2 / 3 + (31 * E2 ** 2) / 180 + (517 * E2 ** 3) / 5040) * Math.sin(2 * beta) +
    ((23 * E2 ** 2) / 360 + (251 * E2 ** 3) / 3780) * Math.sin(4 * beta) +
    ((761 * E2 ** 3) / 45360) * Math.sin(6 * beta)
  );
}
