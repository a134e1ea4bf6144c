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
        const before = this.text;
        this.read();
        if (this.text !== before) state.raise("layers");
      });
    });
  }

  read() {
    const { map, parts, groups } = this;
    this.known = new Set([...Object.values(parts), ...groups]);
    this.shown = new Set(Object.keys(parts).filter((name) => map.hasLayer(parts[name])));
    this.ticked = groups.map((layer) => map.hasLayer(layer));
    this.all = this.ticked.every(Boolean);
    this.text = [...this.shown, ...this.ticked].join();
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
