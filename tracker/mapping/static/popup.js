// The history of one place in a popup: it takes the focus, and gives it back when it closes.
class PlacePopup {
  constructor(map, model, state, sides) {
    Object.assign(this, { map, model, state, sides, opener: null, place: -1 });
    this.popup = L.popup({ className: "tracker-popup" });
    map.on("popupclose", (event) => event.popup === this.popup && this.closed());
    document.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
    state.later(["selected", "day", "timeline"], () => this.update());
    state.later(["language"], () => this.place >= 0 && this.refill());
  }

  // `opener` is the element that gets the focus back.
  open(place, opener) {
    this.opener = opener;
    this.fill(place);
    Object.assign(this.popup.options, this.room());
    this.popup.setLatLng(this.model.at(place)).openOn(this.map);
    const close = this.popup.getElement().querySelector(".leaflet-popup-close-button");
    close.dataset.wordsLabel = "Close popup";
    sayLabel(close);
    this.state.set({ selected: place });
    this.content.focus({ preventScroll: true });
  }

  fill(place) {
    this.place = place;
    this.stage = stageOf(this.model, place, this.state.get("day"));
    const changes = changesOf(this.model, place);
    const now = { now: this.now(place), why: this.why(place) };
    const record = { ...this.model.placeRecord(place), changes, ...now };
    this.content = historyElement(record, this.state.get("day"), this.sides);
    this.popup.setContent(this.content);
  }

  // Who holds the place on the day shown, and how that is known.
  now(place) {
    const { model, state, sides } = this;
    const code = model.timelines[state.get("timeline")].codeOf(place, state.get("day"));
    const holder = sides.name(model.holders[code & 3]);
    const status = say(STATUSES[code >> 2]);
    return say("now", { day: isoDay(state.get("day")), holder, status });
  }

  // Why the map shows it so: since when, on whose word, by which rule.
  why(place) {
    const { model, state } = this;
    const timeline = model.timelines[state.get("timeline")];
    const span = timeline.span(place, state.get("day"));
    const [start, status] = [timeline.start[span], STATUSES[timeline.code[span] >> 2]];
    const known = model.holders[timeline.code[span] & 3] !== "unknown";
    const parts = [
      status === "baseline"
        ? say(known ? "why baseline" : "why unknown")
        : start > SINCE_EVER
          ? say("why since", { since: isoDay(start), why: say(`${status} means`) })
          : say("why", { why: say(`${status} means`) }),
      say(`rule ${model.rule}`),
      state.get("timeline") === 1 ? say("why known") : "",
    ];
    return parts.filter(Boolean).join(" ");
  }

  // On most days nothing changes in one place: its text then stays where the reader is.
  update() {
    const place = this.state.get("selected");
    if (place < 0 && this.map.hasLayer(this.popup)) this.map.closePopup(this.popup);
    if (place < 0 || place !== this.place) return;
    if (stageOf(this.model, place, this.state.get("day")) === this.stage) {
      this.content.querySelector(".tracker-now").textContent = this.now(place);
      this.content.querySelector(".tracker-why").textContent = this.why(place);
      return;
    }
    this.refill();
  }

  refill() {
    const reading = this.hasFocus();
    this.fill(this.place);
    if (reading) this.content.focus({ preventScroll: true });
  }

  hasFocus() {
    const { activeElement } = document;
    const box = this.popup.getElement();
    return activeElement === document.body || Boolean(box?.contains(activeElement));
  }

  closed() {
    this.place = -1;
    this.state.set({ selected: -1 });
    if (!this.hasFocus()) return;
    const back = this.opener?.isConnected ? this.opener : this.map.getContainer();
    back.focus({ preventScroll: true });
  }

  // A popup leaves a good part of the map free, and keeps clear of its buttons where it can.
  room() {
    const { x, y } = this.map.getSize();
    const maxWidth = Math.round(Math.min(340, x * 0.72));
    return {
      maxWidth,
      minWidth: Math.min(240, maxWidth),
      maxHeight: Math.round(Math.min(360, y * 0.55)),
      autoPanPadding: [x > 480 ? 60 : 6, 12],
    };
  }
}

// The changes of a place on all days, in order of time.
function changesOf(model, place) {
  const { from } = model.changes;
  const count = from[place + 1] - from[place];
  return Array.from({ length: count }, (_, i) => model.change(from[place] + i));
}

function stageOf({ changes }, place, day) {
  let count = 0;
  for (let i = changes.from[place]; i < changes.from[place + 1]; i++)
    if (changes.day[i] <= day) count += 1;
  return count;
}
