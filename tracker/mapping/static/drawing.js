// The map of a day: cells, front line, towns and changes on one canvas.
// Pixels of the front line on the map of a country, and of a district.
const FRONT_WIDTHS = [1.7, 2.6];
// So many places that were told of make small dots, and more of them smaller ones.
const CROWD = 700;
const SPOT_ROOM = 9;
const VILLAGE_ROOM = 26;
const VILLAGE_ZOOM = 8;
// How far the cell of a place beyond the outline reaches, in metres.
const ABROAD_REACH = 12000;

class Drawing {
  constructor(map, model, state, layers) {
    Object.assign(this, { map, model, state, layers });
    this.codes = new Uint8Array(model.count);
    this.fresh = new Uint8Array(model.count);
    this.compared = new Uint8Array(model.count);
    this.kinds = new Uint8Array(2 * model.count + 2);
    this.holders = new Uint8Array(2 * model.count + 2);
    const plane = new EqualArea(...model.plane);
    this.areas = new Areas(model, plane, () => this.ground.home);
    const { crs } = map.options;
    const sites = [...model.ids.keys()];
    const cellsOf = (chosen) =>
      chosen.length > 0 ? new Tessellation(chosen, model.lon, model.lat, plane, crs) : null;
    const world = (ring) => worldRing(ring, crs);
    this.ground = {
      home: cellsOf(sites.filter((place) => !model.abroad.has(place) && !model.bare.has(place))),
      abroad: cellsOf(sites.filter((place) => model.abroad.has(place))),
      outline: model.outline.map(world),
      held: model.held.map(world),
    };
    this.points = worldRing(interleaved(model.lon, model.lat), crs);
    Object.assign(this.ground, {
      count: model.count,
      points: this.points,
      reach: model.lat.map((lat) => reachOf(lat, crs)),
      drawn: (place) => model.changes.from[place + 1] > model.changes.from[place],
    });
    this.split = this.ground.held.length > 0;
    this.own = Uint8Array.from(sites, (place) => (model.abroad.has(place) ? 0 : 1));
    this.order = descending(model.people);
    this.layer = new MapCanvas(map, "overlayPane", "tracker-canvas", (canvas, view, ratio) =>
      this.prepare(canvas, view, ratio),
    );
    this.layer.canvas.dataset.tracker = "canvas";
  }

  recolor(colors) {
    this.palette = new Palette(colors);
    this.layer.redraw();
  }

  // What a view needs and no day changes.
  prepare(canvas, view, ratio) {
    if (!this.palette) return;
    this.view = view;
    this.ratio = ratio;
    this.context ??= canvas.getContext("2d", { willReadFrequently: true });
    this.image = this.context.createImageData(view.width, view.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.pieces = pieceOfPixels(view, this.ground);
    this.rows = rowsOf(this.pieces, view);
    const { home, abroad, held } = this.ground;
    this.edges = new EdgePixels(view, this.pieces, this.frontWidth() * ratio);
    for (const cells of [home, abroad].filter(Boolean)) this.edges.addCells(cells);
    this.edges.addRings(held);
    this.spots = this.findSpots(view, ratio);
    this.stamps = this.makeStamps(ratio);
    this.draw();
  }

  // One stamp for each size and holder.
  makeStamps(ratio) {
    const { solid, paper, ink } = this.palette;
    const told = this.spots.reduce((sum, { place }) => sum + this.isTold(place), 0);
    const dot = told > 3 * CROWD ? 1.6 : told > CROWD ? 2 : 3.4;
    const each = (radius, ring) => solid.map((color) => new Stamp(radius, ring, color, paper));
    return {
      small: each(1.4 * ratio, 0.7 * ratio),
      large: each(dot * ratio, (dot / 3) * ratio),
      ring: new Stamp((dot + 2) * ratio, 1.8 * ratio, null, ink),
    };
  }

  frontWidth() {
    const [thin, thick] = FRONT_WIDTHS;
    const near = Math.min(1, Math.max(0, (this.map.getZoom() - 6) / 3));
    return thin + (thick - thin) * near;
  }

  // The places that get a dot: those of which something was told, and others when one looks closer.
  findSpots(view, ratio) {
    const told = this.order.filter((place) => this.isTold(place));
    const spots = spotsOf(told, this.points, view, SPOT_ROOM * ratio);
    if (this.map.getZoom() < VILLAGE_ZOOM) return spots;
    const others = this.order.filter((place) => !this.isTold(place) && this.own[place]);
    return [...spots, ...spotsOf(others, this.points, view, VILLAGE_ROOM * ratio)];
  }

  draw() {
    if (!this.view) return;
    this.findKinds();
    this.fillCells();
    if (this.layers.has("front")) this.drawFront();
    if (this.layers.has("towns")) this.drawTowns();
    if (this.layers.has("changes")) this.drawChanges();
    if (this.state.get("selected") >= 0) this.drawSelected();
    this.context.putImageData(this.image, 0, 0);
  }

  get timeline() {
    return this.model.timelines[this.state.get("timeline")];
  }

  // The first day whose changes count as recent, less one.
  get since() {
    return this.state.get("day") - this.state.get("recent");
  }

  // The class of each piece of a cell, an index into the palette's table.
  findKinds() {
    const { codes, fresh, kinds, timeline } = this;
    const [day, compare] = [this.state.get("day"), this.state.get("compare")];
    timeline.codes(day, codes);
    if (compare !== null) return this.findCompared(compare);
    timeline.fresh(day, this.since, fresh);
    const shown = this.layers.has("cells");
    const baseline = this.layers.has("baseline");
    for (let place = 0; place < codes.length; place++) {
      const code = codes[place];
      const untouched = code < 4;
      const hidden = !shown || (untouched && !(baseline && this.own[place]));
      const kind = hidden ? 0 : fresh[place] ? code | FRESH : code;
      kinds[2 * place + 2] = kind;
      // What no claim has touched is held as the baseline polygon says, piece by piece.
      const split = this.split && kind > 0 && untouched;
      kinds[2 * place + 2] = split ? 1 : kind;
      kinds[2 * place + 3] = split ? 2 : kind;
    }
  }

  findCompared(compare) {
    const { codes, compared, kinds, timeline } = this;
    timeline.codes(compare, compared);
    const [first, last] = compare <= this.state.get("day") ? [compared, codes] : [codes, compared];
    for (let place = 0; place < codes.length; place++)
      for (const side of [0, 1]) {
        const before = this.model.pieceHolder(place, first[place], side);
        const after = this.model.pieceHolder(place, last[place], side);
        kinds[2 * place + 2 + side] = COMPARED | (before << 2) | after;
      }
  }

  // One pass over the pixels, however many cells there are; only where there are any.
  fillCells() {
    const { pixels, pieces, kinds } = this;
    const { from, to } = this.rows;
    const { table } = this.palette;
    const { width, height } = this.view;
    for (let y = 0; y < height; y++) {
      const row = (y & 7) << 3;
      const end = to[y];
      for (let x = from[y], at = y * width + x; x < end; x++, at++)
        pixels[at] = table[(kinds[pieces[at]] << 6) | row | (x & 7)];
    }
  }

  drawFront() {
    const { kinds, codes, holders, palette } = this;
    // The holder that a kind shows; cells that are not filled have their places' own.
    for (let piece = 2; piece < kinds.length; piece++)
      holders[piece] = (kinds[piece] > 0 ? kinds[piece] : codes[(piece >> 1) - 1]) & 3;
    this.edges.paintFront(this.pixels, palette.ink, holders);
  }

  drawTowns() {
    const { view, pixels, codes, model, layers } = this;
    const { small, large } = this.stamps;
    const day = this.state.get("day");
    const counts = layers.all ? null : (change) => layers.counts(change);
    for (const { place, x, y } of this.spots) {
      const size = model.changes.isTold(place, day, counts) ? large : small;
      size[codes[place] & 3].put(pixels, view, x, y);
    }
  }

  // A ring around each place that changed in the last days.
  drawChanges() {
    const { model, view, pixels } = this;
    const { ring, large } = this.stamps;
    for (const change of this.recent()) {
      const place = model.changes.place[change];
      const x = Math.floor(view.x(this.points[2 * place]));
      const y = Math.floor(view.y(this.points[2 * place + 1]));
      ring.put(pixels, view, x, y);
      if (STATUSES[model.changes.status[change]] !== "disputed")
        (large[model.changes.side[change]] ?? large[0]).put(pixels, view, x, y);
    }
  }

  // The changes of the last days in layers that are ticked, of places that were named: of an area
  // that was told of as a whole the land itself stands out.
  *recent() {
    const { area } = this.model.changes;
    for (const change of this.model.changes.between(this.since, this.state.get("day")))
      if (area[change] === 0 && this.layers.counts(change)) yield change;
  }

  drawSelected() {
    this.edges.paintRim(this.pixels, this.palette.ink, this.state.get("selected"));
  }

  // Whether something was reported of a place that was named itself.
  isTold(place) {
    return this.model.changes.named[place] === 1;
  }

  // The place whose cell lies under a point of the map's container, -1 for none.
  placeAt({ x, y }) {
    if (!this.view) return -1;
    const [px, py] = [Math.floor(x * this.ratio), Math.floor(y * this.ratio)];
    if (px < 0 || py < 0 || px >= this.view.width || py >= this.view.height) return -1;
    return (this.pieces[py * this.view.width + px] >> 1) - 1;
  }
}

function worldRing(ring, crs) {
  const out = new Float64Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) {
    const { x, y } = crs.latLngToPoint({ lng: ring[i], lat: ring[i + 1] }, 0);
    out[i] = x;
    out[i + 1] = y;
  }
  return out;
}

function interleaved(lon, lat) {
  const out = new Float64Array(2 * lon.length);
  lon.forEach((value, i) => {
    out[2 * i] = value;
    out[2 * i + 1] = lat[i];
  });
  return out;
}

// How far the cell of a place beyond the outline reaches, in pixels of the world at zoom 0.
function reachOf(lat, crs) {
  const [a, b] = [0, 1].map((lng) => crs.latLngToPoint({ lat, lng }, 0));
  return (ABROAD_REACH * Math.abs(b.x - a.x)) / (111320 * Math.cos(lat * RADIANS));
}

// No two of them closer than about `room` pixels.
function spotsOf(places, points, view, room) {
  const columns = Math.floor(view.width / room) + 1;
  const taken = new Uint8Array(columns * (Math.floor(view.height / room) + 1));
  const spots = [];
  for (const place of places) {
    const x = Math.floor(view.x(points[2 * place]));
    const y = Math.floor(view.y(points[2 * place + 1]));
    if (x < 0 || y < 0 || x >= view.width || y >= view.height) continue;
    const cell = Math.floor(y / room) * columns + Math.floor(x / room);
    if (taken[cell]) continue;
    taken[cell] = 1;
    spots.push({ place, x, y });
  }
  return spots;
}
