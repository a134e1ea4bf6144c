// Who holds each place on each day. Days are whole numbers since 1970-01-01.
const STATUSES = ["baseline", "confirmed", "claimed", "disputed"];
const DISPUTED = STATUSES.indexOf("disputed");
const SINCE_EVER = -2147483648;

// A place's code is 4 * status + holder; `holders` are its names: unknown, the sides, contested.
class Timeline {
  // `changes` give the days to which those of spans are told.
  constructor({ spans, day, code, sure }, changes) {
    const places = spans.length;
    this.from = new Uint32Array(places + 1);
    this.start = new Int32Array(code.length);
    this.code = Uint8Array.from(code);
    this.sure = Uint8Array.from(sure);
    let next = 0;
    for (let place = 0, filled = 0; place < places; place++) {
      this.start[filled] = SINCE_EVER;
      for (let i = 1; i < spans[place]; i++)
        this.start[filled + i] = changes.dayOf(place, i - 1) + day[next++];
      filled += spans[place];
      this.from[place + 1] = filled;
    }
  }

  // The span of a place that holds on a day.
  span(place, day) {
    let span = this.from[place + 1] - 1;
    while (this.start[span] > day) span -= 1;
    return span;
  }

  codeOf(place, day) {
    return this.code[this.span(place, day)];
  }

  // Writes each place's code to `codes`.
  codes(day, codes) {
    const { from, start, code } = this;
    for (let place = 0; place < codes.length; place++) {
      let span = from[place + 1] - 1;
      while (start[span] > day) span -= 1;
      codes[place] = code[span];
    }
  }

  // Writes 1 to `fresh` for each place whose span of that day began after `since`.
  fresh(day, since, fresh) {
    const { from, start } = this;
    for (let place = 0; place < fresh.length; place++) {
      let span = from[place + 1] - 1;
      while (start[span] > day) span -= 1;
      fresh[place] = start[span] > since ? 1 : 0;
    }
  }
}

// The changes, by place and day; of one day the decisive one last.
class Changes {
  constructor(columns, epoch, places) {
    const { spans, day, length, side, before, status, area } = columns;
    this.count = day.length;
    this.from = new Uint32Array(places + 1);
    this.place = new Uint32Array(this.count);
    this.day = new Int32Array(this.count);
    Object.assign(this, { length, side, before, status, area });
    // Whether a place was named itself, not only told of with its area.
    this.named = new Uint8Array(places);
    for (let place = 0, filled = 0; place < places; place++) {
      let at = epoch;
      for (const end = filled + spans[place]; filled < end; filled++) {
        this.place[filled] = place;
        if (area[filled] === 0) this.named[place] = 1;
        this.day[filled] = at += day[filled];
      }
      this.from[place + 1] = filled;
    }
    this.byDay = Map.groupBy(this.day.keys(), (change) => this.day[change]);
    this.days = [...this.byDay.keys()].sort((a, b) => a - b);
  }

  // The day of a place's change, of its last one for higher numbers, 0 without any.
  dayOf(place, number) {
    const change = Math.min(this.from[place] + number, this.from[place + 1] - 1);
    return change < this.from[place] ? 0 : this.day[change];
  }

  // Joins each change to the last group of its side that had begun by then: [first day, side].
  group(groups) {
    const bySide = Map.groupBy(groups.keys(), (group) => groups[group][1]);
    this.groupOf = this.day.map((day, change) =>
      (bySide.get(this.side[change]) ?? []).findLast((group) => groups[group][0] <= day),
    );
  }

  // Whether a place has a change of its own up to a day; with `counts`, one for which that is true.
  isTold(place, day, counts = null) {
    const end = this.from[place + 1];
    for (let change = this.from[place]; change < end && this.day[change] <= day; change++)
      if (this.area[change] === 0 && (counts === null || counts(change))) return true;
    return false;
  }

  // A name for what a reader counts as one change: that of a place that was named, or of an area
  // that was told of as a whole.
  eventOf(change) {
    const { area, day, side, status } = this;
    if (area[change] === 0) return `${change}`;
    return `area ${[area[change], day[change], side[change], status[change]].join()}`;
  }

  // The changes of the days after `since` up to `day`.
  *between(since, day) {
    for (const at of this.days) if (at > since && at <= day) yield* this.byDay.get(at);
  }
}
