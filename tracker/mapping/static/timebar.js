// The slider over real days, its buttons, and the histogram of changes above it.
const TICK = 120;
const PLAY_STEPS = 300;

class TimeBar {
  constructor(state, model, sides) {
    Object.assign(this, { state, model, sides });
    // The first day is the eve of the first change.
    this.stops = [...new Set([state.first, ...model.changes.days])].filter(
      (day) => day >= state.first,
    );
    this.fill();
    this.listen();
    state.on(["day"], ({ day }) => this.show(day));
    state.on(["playing"], ({ playing }) => this.showPlaying(playing));
    this.show(state.get("day"));
  }

  fill() {
    const { first, last } = this.state;
    part("first").textContent = isoDay(first);
    part("last").textContent = isoDay(last);
    const still = first === last;
    Object.assign(part("slider"), { min: 0, max: last - first, disabled: still });
    part("play").disabled = still;
    fillDensity(this.model, this.sides);
  }

  listen() {
    const { state } = this;
    const input = part("slider");
    input.addEventListener("input", () =>
      state.set({ playing: false, day: state.first + Number(input.value) }),
    );
    part("play").addEventListener("click", () => this.play(!state.get("playing")));
    for (const [name, direction] of [
      ["previous", -1],
      ["next", 1],
    ])
      part(name).addEventListener("click", () => {
        const day = this.neighbour(direction) ?? state.get("day");
        state.set({ playing: false, day });
      });
  }

  show(day) {
    const slider = part("slider");
    slider.value = day - this.state.first;
    slider.setAttribute("aria-valuetext", isoDay(day));
    part("previous").disabled = this.neighbour(-1) === undefined;
    part("next").disabled = this.neighbour(1) === undefined;
  }

  // The nearest day with a change before (-1) or after (1) the one shown.
  neighbour(direction) {
    const day = this.state.get("day");
    if (direction > 0) return this.stops.find((stop) => stop > day);
    return this.stops.findLast((stop) => stop < day);
  }

  play(on) {
    const { state } = this;
    if (on && state.get("day") === state.last) state.set({ day: state.first });
    state.set({ playing: on });
  }

  showPlaying(on) {
    clearInterval(this.timer);
    if (on) {
      const step = Math.max(1, Math.round((this.state.last - this.state.first) / PLAY_STEPS));
      this.timer = setInterval(() => this.tick(step), TICK);
    }
    const words = on ? "Pause" : "Play";
    part("play").title = words;
    part("play").setAttribute("aria-label", words);
    part("play").classList.toggle("tracker-playing", on);
  }

  tick(step) {
    const { state } = this;
    state.set({ day: state.get("day") + step });
    if (state.get("day") === state.last) state.set({ playing: false });
  }
}

// How many changes fell on each day, as bars above the slider, each above the thumb on its day.
function fillDensity({ changes, parties, first, last }, sides) {
  const chart = part("density");
  const days = Math.max(1, last - first);
  const shown = [...changes.byDay].filter(([day]) => day >= first);
  const highest = Math.max(1, ...shown.map(([, list]) => list.length));
  // Wide enough to be seen, and never so wide that one day fills the chart.
  const width = Math.min(Math.max(1, days / 240), days / 60);
  chart.setAttribute("viewBox", `0 0 ${days} ${highest}`);
  const paths = parties.map(() => []);
  for (const [day, list] of shown) {
    const heights = new Uint32Array(parties.length);
    for (const change of list) heights[changes.side[change]] += 1;
    let y = highest;
    heights.forEach((height, side) => {
      y -= height;
      if (height) paths[side].push(`M${day - first - width / 2} ${y}h${width}v${height}h${-width}z`);
    });
  }
  parties.forEach((id, side) => {
    if (paths[side].length)
      chart.append(svg("path", { d: paths[side].join(""), fill: sides.color(id) }));
  });
}
