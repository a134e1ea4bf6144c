// Square kilometres by day: a small chart for each side, in step with the slider. The band goes from
// what is confirmed to what is claimed besides. Drawn once; a step moves the line of the day.
const CHART_HEIGHT = 100;

class AreaChart {
  constructor(state, model, areas, sides) {
    Object.assign(this, { state, model, areas, sides });
    this.section = part("chart-section");
    this.section.hidden = model.count === 0 || state.first === state.last;
    if (this.section.hidden) return;
    this.section.addEventListener("toggle", () => this.show());
    state.later(["timeline", "language", "theme"], () => this.show());
    state.later(["day"], () => this.move());
    // Working out all areas takes a moment, which the page takes once it is drawn.
    const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 200));
    idle(() => this.show());
  }

  // Only while somebody can see it; asked without making the browser lay out the page.
  get open() {
    return this.section.open && !document.body.classList.contains("tracker-embed");
  }

  // Holders that ever hold some of it, the sides first.
  get rows() {
    const { high } = this.series;
    const order = [...this.sides.all.map(({ id }) => id), "contested"];
    return order
      .map((id) => ({ id, holder: this.model.holders.indexOf(id) }))
      .filter(({ holder }) => holder >= 0 && Math.max(...high[holder]) >= 0.5);
  }

  show() {
    if (!this.open) return;
    const timeline = this.state.get("timeline");
    if (timeline !== this.timeline) this.series = this.areas.series(timeline);
    this.timeline = timeline;
    this.charts = this.rows.map((row) => this.chart(row));
    part("chart").replaceChildren(...this.charts.map(({ box }) => box));
    this.move();
  }

  chart({ id, holder }) {
    const [low, high] = [this.series.low[holder], this.series.high[holder]];
    const days = this.state.last - this.state.first;
    const range = chartRange(low, high, days);
    const color = this.sides.color(id);
    const drawing = svg("svg", {
      viewBox: `0 0 ${days} ${CHART_HEIGHT}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    const line = svg("line", { y1: 0, y2: CHART_HEIGHT, class: "tracker-chart-day" });
    const edges = [low, high].map((values) => stairs(values, days, range));
    drawing.append(
      svg("path", { d: bandPath(edges, days), fill: color, class: "tracker-chart-band" }),
      ...edges.map((steps, edge) =>
        svg("path", { d: stepsPath(steps, days), stroke: color, class: `tracker-chart-${edge ? "high" : "low"}` }),
      ),
      line,
    );
    drawing.addEventListener("pointerdown", (event) => this.press(event, drawing));
    const value = el("output");
    const head = el("div", { className: "tracker-chart-head" }, this.nameOf(id, color), value);
    const scale = el(
      "div",
      { className: "tracker-chart-scale", ariaHidden: "true" },
      el("span", { textContent: count(range.top) }),
      el("span", { textContent: count(range.bottom) }),
    );
    const box = el("div", {}, head, el("div", { className: "tracker-chart-field" }, drawing, scale));
    return { box, line, value, low, high };
  }

  nameOf(id, color) {
    return el("strong", {}, swatch(color, "confirmed"), ` ${this.sides.name(id)}`);
  }

  // The line and the numbers of the day.
  move() {
    if (!this.open || !this.charts) return;
    const at = this.state.get("day") - this.state.first;
    for (const { line, value, low, high } of this.charts) {
      line.setAttribute("x1", at);
      line.setAttribute("x2", at);
      value.textContent = kilometres(low[at], high[at]);
    }
  }

  // A press on a chart goes to the day below it.
  press(event, drawing) {
    const { left, width } = drawing.getBoundingClientRect();
    const { first, last } = this.state;
    const day = first + Math.round(((event.clientX - left) / width) * (last - first));
    this.state.set({ playing: false, day });
  }
}

// "5,120 km²" or, where less is confirmed than claimed, "5,080 – 5,120 km²".
function kilometres(low, high) {
  const [from, to] = [count(low), count(high)];
  return say("km2", { km2: from === to ? to : `${from} – ${to}` });
}

// What a chart shows from bottom to top: its own numbers with some air, never from zero.
function chartRange(low, high, days) {
  let [bottom, top] = [Infinity, -Infinity];
  for (let day = 0; day <= days; day++) {
    bottom = Math.min(bottom, low[day]);
    top = Math.max(top, high[day]);
  }
  const air = Math.max((top - bottom) * 0.06, 1);
  return { bottom: Math.max(0, bottom - air), top: top + air };
}

// [day, y] of each day on which a number is another one than the day before.
function stairs(values, days, { bottom, top }) {
  const steps = [];
  for (let day = 0; day <= days; day++) {
    if (day && values[day] === values[day - 1]) continue;
    const share = (values[day] - bottom) / (top - bottom);
    steps.push([day, Math.round((1 - share) * CHART_HEIGHT * 100) / 100]);
  }
  return steps;
}

function stepsPath(steps, days) {
  const [[, begin], ...rest] = steps;
  return `M0 ${begin}${rest.map(([day, y]) => `H${day}V${y}`).join("")}H${days}`;
}

// Along the upper edge and back along the lower one.
function bandPath([low, high], days) {
  const back = low.map(([, y], i) => `V${y}H${low[i][0]}`).toReversed().join("");
  return `${stepsPath(high, days)}${back}Z`;
}
