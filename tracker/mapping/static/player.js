// Lets the days run by themselves: as many a second as asked for, drawn as often as the screen can.
class Player {
  constructor(state) {
    this.state = state;
    part("play").disabled = state.first === state.last;
    part("play").addEventListener("click", () => this.toggle());
    state.on(["playing"], ({ playing }) => this.show(playing));
    state.on(["speed"], () => this.begin());
  }

  toggle() {
    const { state } = this;
    if (part("play").disabled) return;
    const on = !state.get("playing");
    if (on && state.get("day") === state.last) state.set({ day: state.first });
    state.set({ playing: on });
  }

  show(on) {
    part("play").dataset.wordsLabel = on ? "Pause" : "Play";
    sayLabel(part("play"));
    part("play").classList.toggle("tracker-playing", on);
    this.begin();
    if (on) requestAnimationFrame((now) => this.tick(now));
  }

  // Days are counted from here on.
  begin() {
    this.from = this.state.get("day");
    this.since = performance.now();
  }

  tick(now) {
    const { state } = this;
    if (!state.get("playing")) return;
    const days = Math.floor((Math.max(0, now - this.since) / 1000) * state.get("speed"));
    state.set({ day: this.from + days });
    if (state.get("day") === state.last) state.set({ playing: false });
    else requestAnimationFrame((later) => this.tick(later));
  }
}
