// The page at work: builds everything and joins it to the state.
//
// Up to so many places are named on the map, besides the larger towns.
const FEW = 12;
const FIT_ZOOM = 8;

class Views {
  constructor(map, model, layers, state) {
    Object.assign(this, { map, model, layers, state });
    this.sides = new Sides(model.sides);
    this.popup = new PlacePopup(map, model, state, this.sides);
    this.goTo = (place, opener) => this.fly(place, opener);
  }

  // What stands on a day, for each place of which something was reported in layers that are ticked:
  // the last change that moved the map, and a dispute after it.
  standing() {
    const { changes } = this.model;
    const day = this.state.get("day");
    const found = [];
    for (const place of this.told) {
      let [held, disputed] = [-1, -1];
      for (let i = changes.from[place]; i < changes.from[place + 1] && changes.day[i] <= day; i++) {
        if (STATUSES[changes.status[i]] === "disputed") disputed = i;
        else [held, disputed] = [i, -1];
      }
      const shown = [held, disputed].filter((i) => i >= 0 && this.layers.counts(i));
      if (shown.length > 0) found.push([place, shown]);
    }
    return found;
  }

  get told() {
    const { from } = this.model.changes;
    this.toldPlaces ??= this.model.ids
      .map((_, place) => place)
      .filter((place) => from[place + 1] > from[place]);
    return this.toldPlaces;
  }

  showTexts() {
    const { model, sides, state } = this;
    const standing = this.standing();
    fillToday(model, state.get("day"), sides, this.goTo);
    fillCounts(this.counts(standing), sides);
    fillPlaces(model, standing, sides, this.goTo);
  }

  // How many places each side is reported to hold, and how many disputes there are.
  counts(standing) {
    const { changes, parties } = this.model;
    const counts = new Map();
    for (const [, shown] of standing)
      for (const change of shown) {
        const disputed = STATUSES[changes.status[change]] === "disputed";
        const key = disputed ? "disputed" : parties[changes.side[change]];
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    return counts;
  }

  // What a tooltip says of a place.
  describe(place) {
    const { model, state } = this;
    const code = model.timelines[state.get("timeline")].codeOf(place, state.get("day"));
    const holder = this.sides.name(model.holders[code & 3]);
    return `${placeName(model.placeRecord(place))}: ${holder}, ${STATUSES[code >> 2]}`;
  }

  // From a list the map goes to the place first: it may be out of sight or in a crowd.
  fly(place, opener) {
    this.map.setView(this.model.at(place), Math.max(this.map.getZoom(), FIT_ZOOM), {
      animate: false,
    });
    this.popup.open(place, opener);
  }
}

function fitView(map, { lon, lat, changes, outline }) {
  const bounds = L.latLngBounds([]);
  for (let place = 0; place < lon.length; place++)
    if (changes.from[place + 1] > changes.from[place]) bounds.extend([lat[place], lon[place]]);
  if (!bounds.isValid())
    for (const ring of outline)
      for (let i = 0; i < ring.length; i += 2) bounds.extend([ring[i + 1], ring[i]]);
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.04), { maxZoom: FIT_ZOOM, animate: false });
  else map.setView([48.5, 31.5], 6);
}

function fillHead(model, state) {
  document.title = model.title;
  part("title").textContent = model.title;
  part("rule").textContent = model.rule;
  part("read").hidden = model.read === null || model.read <= model.last;
  if (model.read !== null)
    part("read").textContent =
      `Claims from reports up to ${isoDay(model.read)}. The slider ends with the last change.`;
  const show = ({ day }) => {
    const iso = isoDay(day);
    Object.assign(part("date"), { dateTime: iso, textContent: iso });
    part("weekday").textContent = longDay(day);
  };
  state.on(["day"], show);
  show({ day: state.get("day") });
}

function readModel(id) {
  const text = (suffix) => document.getElementById(id + suffix).textContent;
  const archive = () => unpack(text("_archive"));
  return new Model(JSON.parse(text("")), unpack(text("_core")), archive);
}

// The day and the place in the page's address.
function followAddress(state) {
  const read = () => {
    const iso = hashParameters().get("date");
    if (iso === null) return;
    try {
      state.set({ day: parseDay(iso) });
    } catch {
      // A link with a broken date opens on the day that is shown anyway.
    }
  };
  read();
  const writer = new AddressWriter(() => isoDay(state.get("day")));
  let reading = false;
  state.on(["day"], () => reading || writer.write());
  addEventListener("hashchange", () => {
    reading = true;
    read();
    reading = false;
  });
}

// Fills the page and returns what `window.tracker` offers.
function start(map, id, layersOfMap) {
  const model = readModel(id);
  const initial = { day: model.last, compare: null, recent: 1, selected: -1, timeline: 0 };
  const state = new State({ ...initial, playing: false, layers: 0, theme: 0 }, model.first, model.last);
  const layers = new LayerSwitches(map, layersOfMap, model, state);
  fitView(map, model);
  followAddress(state);

  const views = new Views(map, model, layers, state);
  const drawing = new Drawing(map, model, state, layers);
  const basemap = new Basemap(map, model, drawing.ground, layers);
  followTheme(state, () => {
    drawing.recolor(canvasColors(model.sides));
    basemap.recolor(groundColors());
  });
  const named = () => [...new Set([...drawing.recent()].map((i) => model.changes.place[i]))];
  const labels = new Labels(map, model, layers, () => named().slice(0, FEW));
  new Pointer(map, drawing, (place) => views.describe(place), (place) => views.popup.open(place));
  state.on(["day", "compare", "recent", "selected", "timeline", "layers"], () => drawing.draw());
  state.on(["layers"], () => basemap.layer.redraw());
  state.later(["day", "recent", "layers", "theme"], () => labels.draw());
  new TimeBar(state, model, views.sides);
  if (part("panel")) startPanel(map, views, layersOfMap);
  return api(map, model, state);
}

function startPanel(map, views, { groups }) {
  const { model, state, sides } = views;
  fillHead(model, state);
  fitPaper(map);
  // folium's layer control is made by the lines of this script that follow.
  queueMicrotask(() => arrangeLayers(map, groups, model.groups, sides));
  fillLegend(sides);
  fillOthers(model, sides);
  part("places-section").addEventListener("toggle", () => views.showTexts());
  state.later(["day", "layers"], () => views.showTexts());
  views.showTexts();
}

function api(map, model, state) {
  return Object.freeze({
    // Shows an ISO date, or the nearest day of the map; throws RangeError for what is not a date.
    setDate(iso) {
      state.set({ day: parseDay(iso) });
    },
    get date() {
      return isoDay(state.get("day"));
    },
    // The same as setDate.
    set date(iso) {
      state.set({ day: parseDay(iso) });
    },
    // UA, RU, contested or unknown; throws RangeError for an unknown place or what is not a date.
    holderAt(place, iso) {
      return model.holderAt(place, iso, state.get("timeline"));
    },
    // Where a place stands in the window, in CSS pixels.
    pointOf(place) {
      const { left, top } = map.getContainer().getBoundingClientRect();
      const { x, y } = map.latLngToContainerPoint(model.at(model.placeOf(place)));
      return { x: left + x, y: top + y };
    },
  });
}
