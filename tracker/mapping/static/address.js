// The page's address: #date=2022-09-11&view=8/49.2/37.2&place=707292&off=towns&lang=uk.
function hashParameters() {
  return new URLSearchParams(location.hash.slice(1));
}

// Browsers refuse or ignore addresses that change many times a second, so after a burst the
// address follows a little later.
class AddressWriter {
  // `fields` are functions by the name of their parameter; '' leaves it out.
  constructor(fields) {
    this.fields = fields;
    this.credit = 20;
    this.last = performance.now();
  }

  write() {
    clearTimeout(this.timer);
    // A page inside a notebook's frame has no address of its own.
    if (location.protocol === "about:") return;
    const now = performance.now();
    this.credit = Math.min(20, this.credit + (now - this.last) / 500);
    this.last = now;
    if (this.credit < 1) {
      this.timer = setTimeout(() => this.write(), 500);
      return;
    }
    this.credit -= 1;
    const hash = hashParameters();
    for (const [name, value] of Object.entries(this.fields)) {
      const text = value();
      if (text) hash.set(name, text);
      else hash.delete(name);
    }
    // Commas and slashes are allowed there, and easier to read.
    const text = hash.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
    history.replaceState(history.state, "", `#${text}`);
  }
}

// Reads the address at the start and when it changes, and writes what the page shows into it.
class Address {
  constructor(map, model, state, layers) {
    Object.assign(this, { map, model, state, layers, moved: false, reading: true });
  }

  get fields() {
    const { map, model, state, layers } = this;
    return {
      date: () => isoDay(state.get("day")),
      compare: () => (state.get("compare") === null ? "" : isoDay(state.get("compare"))),
      view: () => (this.moved ? viewText(map) : ""),
      place: () => (state.get("selected") < 0 ? "" : model.ids[state.get("selected")]),
      off: () => (layers.hidden().join() === this.home ? "" : layers.hidden().join() || "none"),
      lang: () => (words.chosen ? words.lang : ""),
    };
  }

  // What the address says of day, map and layers; the place is opened by `open` once all is drawn.
  read(open) {
    const hash = hashParameters();
    this.reading = true;
    const { state, model, layers } = this;
    const days = { day: dayOf(hash.get("date")), compare: dayOf(hash.get("compare")) };
    if (days.day !== null) state.set({ day: days.day });
    if (days.compare !== null) state.set({ compare: days.compare });
    this.readView(hash.get("view"));
    if (hash.has("off") && this.home !== undefined) layers.hide(hash.get("off").split(","));
    const place = model.index.get(hash.get("place") ?? "");
    if (place !== undefined && place !== state.get("selected")) open(place);
    this.reading = this.home === undefined;
  }

  readView(text) {
    const [zoom, lat, lon] = (text ?? "").split("/").map(Number);
    if (![zoom, lat, lon].every(Number.isFinite) || Math.abs(lat) > 85 || Math.abs(lon) > 180) return;
    this.map.setView([lat, lon], zoom, { animate: false });
    this.moved = true;
  }

  follow(open) {
    const writer = new AddressWriter(this.fields);
    // Once the step is drawn: a browser takes its time over an address.
    const now = () => writer.write();
    const write = () => this.reading || this.state.defer(now);
    this.state.on(["day", "compare", "selected", "layers", "language"], write);
    this.map.on("dragend zoomend", () => {
      this.moved = true;
      write();
    });
    addEventListener("hashchange", () => this.read(open));
    // folium adds the layers once this script has run.
    setTimeout(() => {
      this.home = this.layers.hidden().join();
      this.read(open);
    });
  }
}

// A link with a broken date opens on the day that is shown anyway.
function dayOf(iso) {
  try {
    return iso === null ? null : parseDay(iso);
  } catch {
    return null;
  }
}

function viewText(map) {
  const { lat, lng } = map.getCenter();
  return `${Math.round(map.getZoom() * 100) / 100}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
}
