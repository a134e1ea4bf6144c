// What stands below the slider: a day by its date, speed, highlight, comparison, what was known.
class TimeOptions {
  constructor(state, model, areas, sides) {
    Object.assign(this, { state, model, areas, sides });
    for (const name of ["day", "compare"])
      Object.assign(part(name), { min: isoDay(state.first), max: isoDay(state.last) });
    part("known-option").hidden = model.timelines.length < 2;
    this.listen();
    state.later(["day"], ({ day }) => this.show("day", day));
    state.on(["compare"], ({ compare }) => this.show("compare", compare));
    state.on(["recent"], ({ recent }) => (part("recent").value = recent));
    state.on(["speed"], ({ speed }) => (part("speed").value = speed));
    state.on(["timeline"], ({ timeline }) => (part("known").checked = timeline === 1));
    state.later(["day", "compare", "timeline", "language"], () => this.showGains());
    this.show("day", state.get("day"));
    this.show("compare", state.get("compare"));
    part("recent").value = state.get("recent");
    part("speed").value = state.get("speed");
    this.showGains();
  }

  listen() {
    const { state } = this;
    part("day").addEventListener("change", () => this.read("day", { playing: false }));
    part("compare").addEventListener("change", () => this.read("compare"));
    part("compare-end").addEventListener("click", () => {
      state.set({ compare: null });
      part("compare").focus();
    });
    for (const name of ["recent", "speed"])
      part(name).addEventListener("change", () => state.set({ [name]: Number(part(name).value) }));
    part("known").addEventListener("change", () =>
      state.set({ timeline: part("known").checked ? 1 : 0 }),
    );
  }

  // A date that is not whole yet changes nothing; an emptied field ends a comparison.
  read(name, also = {}) {
    const { value } = part(name);
    if (value) this.state.set({ ...also, [name]: parseDay(value) });
    else if (name === "compare") this.state.set({ compare: null });
    this.show(name, this.state.get(name));
  }

  show(name, day) {
    const iso = day === null ? "" : isoDay(day);
    if (part(name).value !== iso) part(name).value = iso;
    if (name === "compare") part("compare-end").hidden = day === null;
  }

  showGains() {
    const [day, compare] = [this.state.get("day"), this.state.get("compare")];
    part("gains").hidden = compare === null;
    if (compare === null) return;
    const [first, last] = [Math.min(day, compare), Math.max(day, compare)];
    const gains = this.areas.gained(this.state.get("timeline"), first, last);
    const gained = gains.map(({ km2, places }, holder) => {
      const side = this.sides.name(this.model.holders[holder]);
      return places ? say("gained", { side, km2: count(km2), places: count(places) }) : "";
    });
    const said = gained.filter(Boolean).join(", ") || say("no gains");
    part("gains").textContent = `${span(isoDay(first), isoDay(last))}: ${said}`;
  }
}
