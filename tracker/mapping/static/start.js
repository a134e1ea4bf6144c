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
    this.open = { place: this.goTo, area: (places) => this.flyOver(places) };
  }

  // What stands of a place's changes on the day shown, in layers that are ticked: the last that moved
  // the map, and a dispute after it; -1 where there is none.
  standing(place) {
    const { from, day, status } = this.model.changes;
    const shown = this.state.get("day");
    let held = -1;
    let disputed = -1;
    for (let i = from[place]; i < from[place + 1] && day[i] <= shown; i++) {
      if (status[i] === DISPUTED) disputed = i;
      else {
        held = i;
        disputed = -1;
      }
    }
    return [
      held >= 0 && this.layers.counts(held) ? held : -1,
      disputed >= 0 && this.layers.counts(disputed) ? disputed : -1,
    ];
  }

  get told() {
    const { from } = this.model.changes;
    this.toldPlaces ??= [...this.model.ids.keys()].filter((place) => from[place + 1] > from[place]);
    return this.toldPlaces;
  }

  showTexts() {
    const { model, sides, state } = this;
    const standing = this.told.map((place) => this.standing(place));
    fillToday(model, state.get("day"), sides, this.open);
    fillCounts(this.counts(standing), sides);
    fillPlaces(model, standing, sides, this.open);
  }

  // How many places each side is reported to hold, and how many disputes there are; an area that was
  // told of as a whole counts once.
  counts(standing) {
    const { changes, parties } = this.model;
    const counts = new Map(parties.map((side) => [side, 0]));
    const once = (list) => new Map(list.filter((i) => i >= 0).map((i) => [changes.eventOf(i), i]));
    for (const change of once(standing.map(([held]) => held)).values()) {
      const side = parties[changes.side[change]];
      counts.set(side, counts.get(side) + 1);
    }
    return counts.set("disputed", once(standing.map(([, disputed]) => disputed)).size);
  }

  // What a tooltip says of a place.
  describe(place) {
    const { model, state } = this;
    const code = model.timelines[state.get("timeline")].codeOf(place, state.get("day"));
    const holder = this.sides.name(model.holders[code & 3]);
    return `${placeName(model.placeRecord(place))}: ${holder}, ${say(STATUSES[code >> 2])}`;
  }

  // From a list the map goes to the place first: it may be out of sight or in a crowd.
  fly(place, opener) {
    this.map.setView(this.model.at(place), Math.max(this.map.getZoom(), FIT_ZOOM), {
      animate: false,
    });
    this.popup.open(place, opener);
  }

  // Shows the land of many places.
  flyOver(places) {
    const bounds = L.latLngBounds(places.map((place) => this.model.at(place)));
    this.map.fitBounds(bounds.pad(0.3), { maxZoom: FIT_ZOOM + 1, animate: false });
  }
}

function fitView(map, { lon, lat, changes, outline }) {
  const told = [...lon.keys()].filter((place) => changes.from[place + 1] > changes.from[place]);
  const bounds = L.latLngBounds([]);
  // Of thousands of places Leaflet is given the outermost values only.
  if (told.length)
    for (const end of [Math.min, Math.max])
      bounds.extend([lat, lon].map((values) => told.map((place) => values[place]).reduce((a, b) => end(a, b))));
  if (!bounds.isValid())
    for (const ring of outline)
      for (let i = 0; i < ring.length; i += 2) bounds.extend([ring[i + 1], ring[i]]);
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.04), { maxZoom: FIT_ZOOM, animate: false });
  else map.setView([48.5, 31.5], 6);
}

function fillHead(model, state) {
  const title = wordOf(words.lang, model.title) ?? model.title;
  document.title = title;
  part("title").textContent = title;
  part("rule").textContent = say(`rule ${model.rule}`);
  part("read").hidden = model.read === null || model.read <= model.last;
  if (model.read !== null) part("read").textContent = say("newest", { day: isoDay(model.read) });
  showDay(state.get("day"));
  showWeekday(state.get("day"));
}

// What the page was made from.
function fillInputs({ inputs, read, areas }) {
  part("area-count").hidden = areas.length === 0;
  const { claims, reports } = inputs;
  part("inputs").hidden = claims === 0;
  const told = { claims: count(claims), reports: count(reports), day: read === null ? "" : isoDay(read) };
  part("inputs").textContent = say("inputs", told);
}

function showDay(day) {
  const iso = isoDay(day);
  Object.assign(part("date"), { dateTime: iso, textContent: iso });
}

function showWeekday(day) {
  part("weekday").textContent = longDay(day, words.lang);
}

function readModel(id) {
  const text = (suffix) => document.getElementById(id + suffix).textContent;
  const archive = () => unpack(text("_archive"));
  return new Model(JSON.parse(text("")), unpack(text("_core")), archive);
}

// Fills the page and returns what `window.tracker` offers.
function start(map, id, layersOfMap) {
  const model = readModel(id);
  startLanguage(model.words);
  sayAll();
  const time = { day: model.last, compare: null, recent: 1, timeline: 0, playing: false, speed: 30 };
  const initial = { ...time, selected: -1, layers: 0, theme: 0, language: words.lang };
  const state = new State(initial, model.first, model.last);
  state.on(["language"], sayAll);
  const layers = new LayerSwitches(map, layersOfMap, model, state);
  const address = new Address(map, model, state, layers);
  const views = new Views(map, model, layers, state);
  const drawing = new Drawing(map, model, state, layers);

  placeBar(map);
  state.on(["day"], ({ day }) => showDay(day));
  state.later(["day"], ({ day }) => showWeekday(day));
  showDay(state.get("day"));
  showWeekday(state.get("day"));
  listenToKeys(new TimeBar(state, model, views.sides), new Player(state));
  new TimeOptions(state, model, drawing.areas, views.sides);
  if (part("panel")) startPanel(map, views, layersOfMap, id);
  if (part("chart")) new AreaChart(state, model, drawing.areas, views.sides);
  // Only now does the map have the size that the texts around it leave.
  followSize(map);
  if (model.basemap) fitView(map, model);
  startMap(map, views, drawing);
  const open = (place) => views.popup.open(place);
  address.read(open);
  address.follow(open);
  return api(map, model, state);
}

function startMap(map, views, drawing) {
  const { model, layers, state } = views;
  const basemap = new Basemap(map, model, drawing.ground, layers);
  followTheme(state, () => {
    drawing.recolor(canvasColors(model.sides));
    basemap.recolor(groundColors());
  });
  const named = () => [...new Set([...drawing.recent()].map((i) => model.changes.place[i]))];
  const labels = new Labels(map, model, layers, () => named().slice(0, FEW));
  labels.draw();
  new Pointer(map, drawing, (place) => views.describe(place), (place) => views.popup.open(place));
  state.on(["day", "compare", "recent", "selected", "timeline", "layers"], () => drawing.draw());
  state.on(["layers"], () => basemap.layer.redraw());
  state.later(["day", "recent", "layers", "language"], () => labels.draw());
}

// Leaflet follows the window; the map also changes with the texts around it.
function followSize(map) {
  const fit = () => map.invalidateSize({ animate: false, pan: false });
  fit();
  new ResizeObserver(fit).observe(map.getContainer());
}

// In a page of its own the bar has its place; on any other map it is one of the map's controls.
function placeBar(map) {
  const bar = part("bar");
  if (part("date")) return;
  const date = el("time");
  const weekday = el("span");
  date.dataset.tracker = "date";
  weekday.dataset.tracker = "weekday";
  bar.prepend(el("p", { className: "tracker-shown" }, date, " ", weekday));
  const Control = L.Control.extend({
    onAdd() {
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.disableScrollPropagation(bar);
      return bar;
    },
  });
  new Control({ position: "bottomleft" }).addTo(map);
}

function startPanel(map, views, layersOfMap, id) {
  const { model, state, sides } = views;
  const { classList } = document.body;
  // A page inside another page shows the map and the slider; the rest is a click away.
  if (new URLSearchParams(location.search).has("embed")) classList.add("tracker-embed");
  const fill = () => {
    fillHead(model, state);
    fillLegend(model, sides);
    fillInputs(model);
    fillOthers(model, sides);
    views.showTexts();
  };
  fitPaper(map);
  // folium's layer control is made by the lines of this script that follow.
  const of = model.groups.map(([, side]) => model.parties[side]);
  queueMicrotask(() => new LayerControl(map, layersOfMap, of, sides, state));
  new Search(model, views.goTo, id);
  startDownloads(map, model, state);
  part("language").addEventListener("click", () => speak(say("language code"), state));
  part("places-section").addEventListener("toggle", () => views.showTexts());
  state.later(["day", "layers"], () => views.showTexts());
  state.on(["language"], fill);
  state.later(["theme"], () => fillLegend(model, sides));
  fill();
}

function startLanguage(tables) {
  words.tables = tables;
  const asked = hashParameters().get("lang");
  words.lang = preferredLanguage(asked);
  words.chosen = asked === words.lang;
}

function speak(lang, state) {
  Object.assign(words, { lang, chosen: true });
  state.set({ language: lang });
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
