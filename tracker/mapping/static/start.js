// The page at work: one day, and everything that shows it.
const TICK = 120;
const PLAY_STEPS = 300;
// Up to so many places are named on the map, besides the larger towns.
const FEW = 12;

class TimeSlider {
  constructor(map, layers, data) {
    this.map = map;
    this.data = data;
    this.day = data.last;
    this.sides = new Sides(data.sides);
    this.popup = new PlacePopup(map, this.sides);
    this.markers = new Markers(map, layers, data.places, this.popup, (place, marker) =>
      this.popup.open(place, this.day, marker),
    );
    this.labels = new Labels(map, data.labels);
    this.goTo = (place, opener) => this.fly(place, opener);
    const changes = data.places.flatMap((place) => place.changes.map((change) => change.day));
    // The first day is the eve of the first change.
    this.stops = [...new Set([data.first, ...changes])]
      .filter((day) => day >= data.first)
      .sort((a, b) => a - b);
    this.hash = new AddressWriter(() => isoDay(this.day));
  }

  setDay(day) {
    this.show(Math.min(Math.max(day, this.data.first), this.data.last));
    this.hash.write();
  }

  show(day) {
    this.day = day;
    const slider = part("slider");
    const iso = isoDay(day);
    slider.value = day - this.data.first;
    slider.setAttribute("aria-valuetext", iso);
    Object.assign(part("date"), { dateTime: iso, textContent: iso });
    part("weekday").textContent = longDay(day);
    this.refresh();
    fillToday(this.data.places, day, this.sides, this.goTo);
    part("previous").disabled = this.neighbour(-1) === undefined;
    part("next").disabled = this.neighbour(1) === undefined;
    this.popup.update(day);
  }

  // What depends on which layers are ticked, besides the day.
  refresh() {
    this.markers.show(this.day);
    const changes = this.markers.visible();
    const today = changes.filter((change) => change.day === this.day);
    const places = this.placesOf(changes);
    fillCounts(this.markers.counts(), this.sides);
    fillPlaces(places, this.day, this.sides, this.goTo);
    const named = places.length > FEW ? this.placesOf(today) : places;
    this.labels.show(
      places.map((place) => place.at),
      named.slice(0, FEW),
    );
  }

  placesOf(changes) {
    return [...new Set(changes.map((change) => this.markers.placeOf.get(change)))];
  }

  // The nearest day with a change before (-1) or after (1) the one shown.
  neighbour(direction) {
    if (direction > 0) return this.stops.find((day) => day > this.day);
    return this.stops.findLast((day) => day < this.day);
  }

  // From a list the map goes to the place first: it may be out of sight or in a crowd.
  fly(place, opener) {
    this.map.setView(place.at, Math.max(this.map.getZoom(), 8), { animate: false });
    this.popup.open(place, this.day, opener);
  }

  readHash() {
    const iso = hashParameters().get("date");
    if (iso === null) return;
    try {
      this.show(Math.min(Math.max(parseDay(iso), this.data.first), this.data.last));
    } catch {
      // A link with a broken date opens on the day that is shown anyway.
    }
  }

  get playing() {
    return this.timer !== undefined;
  }

  play(on) {
    clearInterval(this.timer);
    this.timer = undefined;
    if (on) {
      if (this.day === this.data.last) this.setDay(this.data.first);
      const step = Math.max(1, Math.round((this.data.last - this.data.first) / PLAY_STEPS));
      this.timer = setInterval(() => this.tick(step), TICK);
    }
    const words = on ? "Pause" : "Play";
    part("play").title = words;
    part("play").setAttribute("aria-label", words);
    part("play").classList.toggle("tracker-playing", on);
  }

  tick(step) {
    this.setDay(this.day + step);
    if (this.day === this.data.last) this.play(false);
  }
}

function listen(slider, data) {
  const input = part("slider");
  input.addEventListener("input", () => {
    slider.play(false);
    slider.setDay(data.first + Number(input.value));
  });
  part("play").addEventListener("click", () => slider.play(!slider.playing));
  for (const [name, direction] of [
    ["previous", -1],
    ["next", 1],
  ]) {
    part(name).addEventListener("click", () => {
      slider.play(false);
      const day = slider.neighbour(direction);
      if (day !== undefined) slider.setDay(day);
    });
  }
  addEventListener("hashchange", () => slider.readHash());
  listenToLayers(slider);
}

// All and None tick many layers in a row: the page follows once.
function listenToLayers(slider) {
  let waiting = false;
  slider.map.on("overlayadd overlayremove", () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      slider.refresh();
    });
  });
}

function fitView(map, outline, places) {
  const bounds = L.latLngBounds(places.map((place) => place.at));
  if (!bounds.isValid()) bounds.extend(outline.getBounds());
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.08), { maxZoom: 8, animate: false });
  else map.setView([48.5, 31.5], 6);
}

function fillHead(data) {
  document.title = data.title;
  part("title").textContent = data.title;
  part("rule").textContent = data.rule;
  part("first").textContent = isoDay(data.first);
  part("last").textContent = isoDay(data.last);
  const still = data.first === data.last;
  Object.assign(part("slider"), { min: 0, max: data.last - data.first, disabled: still });
  part("play").disabled = still;
  part("read").hidden = data.read === null || data.read <= data.last;
  if (data.read !== null)
    part("read").textContent =
      `Claims from reports up to ${isoDay(data.read)}. The slider ends with the last change.`;
}

// Fills the page and returns what `window.tracker` offers.
function start(map, layers, data) {
  fillHead(data);
  fitView(map, drawOutline(map, data.outline), data.places);
  fitPaper(map);

  const slider = new TimeSlider(map, layers, data);
  arrangeLayers(map, layers, data.groups, slider.sides);
  fillLegend(slider.sides);
  fillOthers(data.others, slider.sides);
  fillDensity(data, slider.sides);
  part("places-section").addEventListener("toggle", () => slider.refresh());
  slider.show(data.last);
  slider.readHash();
  listen(slider, data);
  return Object.freeze({
    // Shows an ISO date, or the nearest day of the map; throws RangeError for what is not a date.
    setDate(iso) {
      slider.setDay(parseDay(iso));
    },
    get date() {
      return isoDay(slider.day);
    },
    // The same as setDate.
    set date(iso) {
      slider.setDay(parseDay(iso));
    },
  });
}
