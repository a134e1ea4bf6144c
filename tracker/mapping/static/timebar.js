// The slider over real days and its buttons.
class TimeBar {
  constructor(state, model, sides) {
    Object.assign(this, { state, model, sides });
    // The first day is the eve of the first change.
    this.stops = [...new Set([state.first, ...model.changes.days])].filter(
      (day) => day >= state.first,
    );
    this.fill();
    this.listen();
    state.later(["day"], ({ day }) => this.show(day));
    this.show(state.get("day"));
  }

  fill() {
    const { first, last } = this.state;
    part("first").textContent = isoDay(first);
    part("last").textContent = isoDay(last);
    Object.assign(part("slider"), { min: 0, max: last - first, disabled: first === last });
    fillDensity(this.model, this.sides);
  }

  listen() {
    const input = part("slider");
    input.addEventListener("input", () => this.goTo(this.state.first + Number(input.value)));
    for (const [name, step] of [
      ["back-week", -7],
      ["back-day", -1],
      ["on-day", 1],
      ["on-week", 7],
    ])
      part(name).addEventListener("click", () => this.step(step));
    part("previous").addEventListener("click", () => this.toChange(-1));
    part("next").addEventListener("click", () => this.toChange(1));
  }

  // Whoever chooses a day stops the play.
  goTo(day) {
    this.state.set({ playing: false, day });
  }

  step(days) {
    this.goTo(this.state.get("day") + days);
  }

  toChange(direction) {
    this.goTo(this.neighbour(direction) ?? this.state.get("day"));
  }

  show(day) {
    const { first, last } = this.state;
    const slider = part("slider");
    slider.value = day - first;
    slider.setAttribute("aria-valuetext", isoDay(day));
    part("previous").disabled = this.neighbour(-1) === undefined;
    part("next").disabled = this.neighbour(1) === undefined;
    part("back-day").disabled = part("back-week").disabled = day === first;
    part("on-day").disabled = part("on-week").disabled = day === last;
  }

  // The nearest day with a change before (-1) or after (1) the one shown.
  neighbour(direction) {
    const day = this.state.get("day");
    if (direction > 0) return this.stops.find((stop) => stop > day);
    return this.stops.findLast((stop) => stop < day);
  }
}
