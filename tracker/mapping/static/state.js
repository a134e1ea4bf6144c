// What the page shows, in one place: everything else listens.
//
//   day       the day shown
//   compare   a day to compare with, or null
//   recent    changes of so many days are highlighted
//   selected  the place whose history is open, -1 for none
//   timeline  0: as known now; 1: as known on the day
//   playing   whether the days run by themselves
//   speed     how many of them a second
//   layers    raised by one whenever a layer is ticked or unticked
//   theme     raised by one whenever the colours change
class State {
  constructor(values, first, last) {
    this.values = { ...values };
    Object.assign(this, { first, last, listeners: [], waiting: new Map() });
  }

  get(key) {
    return this.values[key];
  }

  // Sets what is given and tells the listeners; days are brought into the map's own.
  set(values) {
    const changed = new Set();
    for (const [key, value] of Object.entries(values)) {
      const kept = this.within(key, value);
      if (Object.is(this.values[key], kept)) continue;
      this.values[key] = kept;
      changed.add(key);
    }
    if (changed.size > 0) this.tell(changed);
  }

  raise(key) {
    this.set({ [key]: this.values[key] + 1 });
  }

  within(key, value) {
    if ((key !== "day" && key !== "compare") || value === null) return value;
    return Math.min(Math.max(value, this.first), this.last);
  }

  tell(changed) {
    for (const { keys, listener, later } of this.listeners) {
      if (!keys.some((key) => changed.has(key))) continue;
      if (later) this.defer(listener);
      else listener(this.values);
    }
  }

  // Calls `listener(values)` at once when one of `keys` changes: for what a step must have drawn.
  on(keys, listener) {
    this.listeners.push({ keys, listener, later: false });
  }

  // The same, once after however many changes in a row: for texts beside the map.
  later(keys, listener) {
    this.listeners.push({ keys, listener, later: true });
  }

  defer(listener) {
    if (this.waiting.has(listener)) return;
    this.waiting.set(listener, true);
    queueMicrotask(() => {
      this.waiting.delete(listener);
      listener(this.values);
    });
  }
}
