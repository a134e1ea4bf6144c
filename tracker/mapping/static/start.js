// The page at work: one day, and everything that shows it.
const TICK = 120;
const PLAY_STEPS = 300;

class TimeSlider {
  constructor(map, layers, data) {
    this.map = map;
    this.data = data;
    this.day = data.last;
    this.sides = new Sides(data.sides);
    this.opened = null;
    this.popup = L.popup();
    this.markers = new Markers(map, layers, data.places, this.sides, (place, focus) =>
      this.open(place, focus),
    );
    this.changeDays = [
      ...new Set(data.places.flatMap((place) => place.changes.map((change) => change.day))),
    ]
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
    this.markers.show(day);
    fillCounts(this.markers.counts(), this.sides);
    fillToday(this.data.places, day, this.sides, (place, focus) => this.open(place, focus));
    part("previous").disabled = this.neighbour(-1) === undefined;
    part("next").disabled = this.neighbour(1) === undefined;
    if (this.opened && this.popup.isOpen())
      this.popup.setContent(historyElement(this.opened, day, this.sides));
  }

  // The nearest day with a change before (-1) or after (1) the one shown.
  neighbour(direction) {
    if (direction > 0) return this.changeDays.find((day) => day > this.day);
    return this.changeDays.findLast((day) => day < this.day);
  }

  // From the list (`focus`) the map goes to the place first: it may be out of sight or in a crowd.
  open(place, focus = false) {
    if (focus) this.map.setView(place.at, Math.max(this.map.getZoom(), 8), { animate: false });
    this.opened = place;
    const content = historyElement(place, this.day, this.sides);
    Object.assign(this.popup.options, this.room());
    this.popup.setLatLng(place.at).setContent(content).openOn(this.map);
    if (!focus) return;
    const before = document.activeElement;
    content.focus();
    this.map.once("popupclose", () => before.focus());
  }

  // Popups keep clear of the map's buttons where the map is wide enough.
  room() {
    const { x, y } = this.map.getSize();
    const maxWidth = Math.min(340, x - 56);
    return {
      maxWidth,
      minWidth: Math.min(240, maxWidth),
      maxHeight: Math.min(360, y - 90),
      autoPanPadding: [x > 480 ? 60 : 6, 12],
    };
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
  slider.map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape") slider.map.closePopup();
  });
  addEventListener("hashchange", () => slider.readHash());
  slider.map.on("overlayadd overlayremove", () => slider.show(slider.day));
}

function addAllAndNone(map, layers) {
  const button = (text, action) =>
    el("button", { type: "button", textContent: text, onclick: () => layers.forEach(action) });
  const all = button("All", (layer) => map.addLayer(layer));
  const none = button("None", (layer) => map.removeLayer(layer));
  const list = map.getContainer().querySelector(".leaflet-control-layers-list");
  list?.prepend(el("div", { className: "tracker-all" }, all, none));
}

function fitView(map, outline, places) {
  const bounds = L.latLngBounds(places.map((place) => place.at));
  if (!bounds.isValid()) bounds.extend(outline.getBounds());
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.08), { maxZoom: 9, animate: false });
  else map.setView([48.5, 31.5], 6);
}

// Fills the page and returns what `window.tracker` offers.
function start(map, layers, data) {
  document.title = data.title;
  part("title").textContent = data.title;
  part("rule").textContent = data.rule;
  part("first").textContent = isoDay(data.first);
  part("last").textContent = isoDay(data.last);
  Object.assign(part("slider"), { min: 0, max: data.last - data.first });

  fitView(map, drawOutline(map, data.outline), data.places);
  new Labels(map, data.labels).draw();
  addAllAndNone(map, layers);

  const slider = new TimeSlider(map, layers, data);
  fillLegend(slider.sides);
  fillOthers(data.others, slider.sides);
  fillDensity(data, slider.sides);
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
  });
}
