// folium's layer control: the layers of each side below a heading, with All and None, in the words of
// the page.
const ONLINE = "Online map";

class LayerControl {
  // `of` are the sides of `groups`, in their order.
  constructor(map, { parts, groups }, of, sides, state) {
    this.list = map.getContainer().querySelector(".leaflet-control-layers-list");
    nameButtons(map);
    if (!this.list) return;
    this.overlays = this.list.querySelector(".leaflet-control-layers-overlays");
    this.parts = new Set(Object.values(parts).map((layer) => L.stamp(layer)));
    this.ours = new Map(groups.map((layer, index) => [L.stamp(layer), of[index]]));
    this.sides = sides;
    this.all = el("div");
    this.list.prepend(this.all);
    const seen = sides.all.filter(({ id }) => of.includes(id));
    this.sections = seen.length < 2 ? [] : seen.map(({ id }) => ({ id, box: sectionBox() }));
    this.write();
    // Leaflet writes its list anew when a layer is added or removed elsewhere.
    new MutationObserver(() => this.write()).observe(this.overlays, { childList: true });
    state.on(["language"], () => this.write(true));
  }

  inputs(side) {
    return [...this.overlays.querySelectorAll("input")].filter(({ layerId }) =>
      side === undefined ? this.ours.has(layerId) : this.ours.get(layerId) === side,
    );
  }

  write(again = false) {
    this.name();
    const loose = [...this.overlays.children].filter((child) => child.matches("label"));
    const isOurs = (label) => this.ours.has(label.querySelector("input").layerId);
    if (!again && !loose.some(isOurs)) return;
    this.all.replaceChildren(tickButtons(() => this.inputs()));
    for (const { id, box } of this.sections) this.fill(id, box);
  }

  fill(id, box) {
    const name = this.sides.name(id);
    const buttons = tickButtons(() => this.inputs(id), name);
    const head = el("h3", {}, swatch(this.sides.color(id), "confirmed"), name, buttons);
    box.replaceChildren(head, ...this.inputs(id).map((input) => input.closest("label")));
    box.setAttribute("aria-label", name);
    if (box.parentNode !== this.overlays) this.overlays.append(box);
  }

  // Labels of layers that are not ours stay as they are.
  name() {
    for (const label of this.overlays.querySelectorAll("label")) {
      const text = label.querySelector("input + span");
      const { layerId } = label.querySelector("input");
      const name = (text.dataset.name ??= text.textContent.trim());
      if (this.parts.has(layerId)) text.textContent = ` ${say(name)}`;
      else if (name === ONLINE) text.textContent = ` ${say(name)}`;
      else if (this.ours.has(layerId)) text.textContent = ` ${this.period(name, this.ours.get(layerId))}`;
    }
  }

  // "2022-W36 (from 2022-09-05) · Ukraine (3)"
  period(name, side) {
    const english = this.sides.byId.get(side)?.name ?? side;
    return name
      .replace(` (from `, ` (${say("from")} `)
      .replace(` · ${english} (`, () => ` · ${this.sides.name(side)} (`);
  }
}

// Leaflet's own buttons, in the words of the page.
function nameButtons(map) {
  for (const [name, words] of [
    ["zoom-in", "Zoom in"],
    ["zoom-out", "Zoom out"],
    ["layers-toggle", "Layers"],
  ]) {
    const button = map.getContainer().querySelector(`.leaflet-control-${name}`);
    if (!button) continue;
    button.dataset.wordsLabel = words;
    sayLabel(button);
  }
}

function sectionBox() {
  const box = el("div", { className: "tracker-layers" });
  box.setAttribute("role", "group");
  return box;
}

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
