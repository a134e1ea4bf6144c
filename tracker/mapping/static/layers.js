// Which layers are ticked in folium's layer control, known without asking it for each change.
class LayerSwitches {
  constructor(map, { parts, groups }, model, state) {
    Object.assign(this, { map, parts, groups, of: model.changes.groupOf });
    this.read();
    // All and None tick many layers in a row: the page follows once.
    let waiting = false;
    map.on("overlayadd overlayremove layeradd layerremove", ({ layer }) => {
      if (waiting || !this.known.has(layer)) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        this.read();
        state.raise("layers");
      });
    });
  }

  read() {
    const { map, parts, groups } = this;
    this.known = new Set([...Object.values(parts), ...groups]);
    this.shown = new Set(Object.keys(parts).filter((name) => map.hasLayer(parts[name])));
    this.ticked = groups.map((layer) => map.hasLayer(layer));
  }

  // Whether a part of the map is shown: cells, front, towns...
  has(name) {
    return this.shown.has(name) || !(name in this.parts);
  }

  // The names of the parts that are not shown, and how to hide just those.
  hidden() {
    return Object.keys(this.parts).filter((name) => !this.shown.has(name));
  }

  hide(names) {
    for (const [name, layer] of Object.entries(this.parts))
      if (names.includes(name)) this.map.removeLayer(layer);
      else this.map.addLayer(layer);
  }

  // Whether a change stands in a layer that is ticked.
  counts(change) {
    return this.ticked[this.of[change]] ?? true;
  }
}

// The layer control: the layers of each side below a heading, with All and None.
function tickButtons(inputs, of = "") {
  const button = (text, on) => {
    const made = el("button", { type: "button", textContent: say(text) });
    if (of) made.setAttribute("aria-label", say(`${text} of`, { name: of }));
    // Clicks, as a reader's: the control then neither rebuilds its list nor loses the focus.
    made.addEventListener("click", () =>
      inputs()
        .filter((input) => input.checked !== on)
        .forEach((input) => input.click()),
    );
    return made;
  };
  return el("span", { className: "tracker-all" }, button("All", true), button("None", false));
}

// `groups` are the sides of `layers`, in their order.
function arrangeLayers(map, layers, groups, sides) {
  const list = map.getContainer().querySelector(".leaflet-control-layers-list");
  if (!list) return;
  const overlays = list.querySelector(".leaflet-control-layers-overlays");
  const ours = new Map(layers.map((layer, index) => [L.stamp(layer), groups[index]]));
  const inputs = (side) =>
    [...overlays.querySelectorAll("input")].filter(({ layerId }) =>
      side === undefined ? ours.has(layerId) : ours.get(layerId) === side,
    );
  list.prepend(tickButtons(() => inputs()));
  const seen = sides.all.filter(({ id }) => groups.includes(id));
  if (seen.length < 2) return;
  const sections = seen.map(({ id, name, color }) => {
    const buttons = tickButtons(() => inputs(id), name);
    const head = el("h3", {}, swatch(color, "confirmed"), name, buttons);
    const section = el("div", { className: "tracker-layers" }, head);
    section.setAttribute("role", "group");
    section.setAttribute("aria-label", name);
    return { id, head, section };
  });
  // Leaflet writes its list anew when a layer is added or removed elsewhere. Labels of layers that
  // are not ours stay as they are.
  const arrange = () => {
    const loose = [...overlays.children].filter((child) => child.matches("label"));
    if (!loose.some((label) => ours.has(label.querySelector("input").layerId))) return;
    for (const { id, head, section } of sections) {
      section.replaceChildren(head, ...inputs(id).map((input) => input.closest("label")));
      overlays.append(section);
    }
  };
  arrange();
  new MutationObserver(arrange).observe(overlays, { childList: true });
}
