// What the page knows: places, who held them, what changed, and, when asked, who said so.
const DEGREE = 1e4;

class Model {
  // `head` is small and read at once; `archive` gives quotes and other names when first needed.
  constructor(head, core, archive) {
    Object.assign(this, head);
    this.openArchive = archive;
    const { places } = core;
    this.count = places.id.length;
    this.ids = places.id;
    this.names = places.name;
    this.unit = places.unit;
    this.units = core.units;
    this.areas = core.areas.map(([name, nameUk, admin1]) => ({ name, nameUk, admin1 }));
    this.people = places.people;
    this.lon = running(places.lon);
    this.lat = running(places.lat);
    this.abroad = new Set(core.abroad);
    this.bare = new Set(core.bare);
    this.index = new Map(this.ids.map((id, place) => [id, place]));
    this.changes = new Changes(core.changes, head.epoch, this.count);
    this.changes.group(head.groups);
    this.timelines = core.timelines.map((columns) => new Timeline(columns, this.changes));
    this.outline = core.outline.map(ringOf);
    this.held = core.held.map(ringOf);
    this.rivers = core.rivers.map(([name, nameUk, ...line]) => ({ name, nameUk, line: ringOf(line) }));
    this.holders = ["unknown", ...head.sides.slice(0, 2).map((side) => side.id), "contested"];
  }

  at(place) {
    return [this.lat[place], this.lon[place]];
  }

  // The number of a place; throws RangeError for an unknown id.
  placeOf(id) {
    const place = this.index.get(id);
    if (place === undefined) throw new RangeError(`no place with the id ${id}`);
    return place;
  }

  // Who holds the place with that id on an ISO date; throws RangeError for what is neither.
  holderAt(id, iso, timeline = 0) {
    return this.holders[this.timelines[timeline].codeOf(this.placeOf(id), parseDay(iso)) & 3];
  }

  // The holder of a piece of a place's cell (see raster.js) while the place has that code: what no
  // claim has touched is held as the baseline's area says, piece by piece.
  pieceHolder(place, code, side) {
    if (code >= 4 || this.held.length === 0 || this.abroad.has(place)) return code & 3;
    return 1 + side;
  }

  get archive() {
    this.opened ??= new Archive(this.openArchive(), this);
    return this.opened;
  }

  // The name in the language of the page, as far as it is known.
  nameOf(place) {
    if (words.lang !== "uk") return this.names[place];
    return this.archive.written(place)[0] || this.names[place];
  }

  // The area of a change that tells of one as a whole, as texts; null where the place is named.
  areaRecord(change) {
    const area = this.areas[this.changes.area[change] - 1];
    if (!area) return null;
    return { name: (words.lang === "uk" && area.nameUk) || area.name, admin1: area.admin1 };
  }

  placeRecord(place) {
    return {
      index: place,
      id: this.ids[place],
      name: this.nameOf(place),
      admin1: this.units[this.unit[place]],
      at: this.at(place),
    };
  }

  // One change as the texts of the page read it; its claims only when asked for.
  change(index) {
    const { changes } = this;
    return {
      index,
      place: changes.place[index],
      day: changes.day[index],
      from: changes.day[index] - changes.length[index],
      side: this.parties[changes.side[index]],
      before: this.parties[changes.before[index]],
      status: STATUSES[changes.status[index]],
      area: this.areaRecord(index),
      claims: () => this.archive.claimsOf(index),
    };
  }
}

// The claims and their quotes, column by column.
class Archive {
  constructor({ claims, texts, days, spans, of, others, names }, model) {
    Object.assign(this, { model, texts, days, lists: others, names });
    this.columns = Object.entries(claims).map(([name, steps]) => [name, sums(steps)]);
    this.of = sums(of);
    this.from = sums([0, ...spans]);
    // The day to which a claim's own days are told: that of the first change that it tells of.
    this.base = new Int32Array(days.to.length);
    this.place = new Int32Array(days.to.length).fill(-1);
    for (let change = spans.length - 1; change >= 0; change--)
      for (const claim of this.numbers(change)) {
        this.base[claim] = model.changes.day[change];
        this.place[claim] = model.changes.place[change];
      }
  }

  numbers(change) {
    return this.of.subarray(this.from[change], this.from[change + 1]);
  }

  claim(index) {
    const claim = {};
    for (const [name, column] of this.columns) claim[name] = this.texts[name][column[index]];
    const place = this.place[index];
    if (place >= 0) {
      claim.name ||= this.model.names[place];
      claim.admin1 ||= this.model.units[this.model.unit[place]];
    }
    if (claim.written === "=") claim.written = claim.name;
    const to = this.base[index] + this.days.to[index];
    claim.to = isoDay(to);
    claim.from = isoDay(to - this.days.from[index]);
    claim.published = isoDay(to + this.days.published[index]);
    return claim;
  }

  claimsOf(change) {
    return Array.from(this.numbers(change), (index) => this.claim(index));
  }

  // The Ukrainian name of a place, '' where it is not known, and its other written forms.
  written(place) {
    return this.names[place].split("|");
  }

  // The claims of one of the page's lists of claims without a change.
  others(list) {
    return this.lists[list].map((index) => this.claim(index));
  }
}

// Numbers from their differences.
function sums(steps) {
  let sum = 0;
  return Int32Array.from(steps, (step) => (sum += step));
}

// Degrees from differences of ten thousandths.
function running(steps) {
  const out = new Float64Array(steps.length);
  let sum = 0;
  for (let i = 0; i < steps.length; i++) out[i] = (sum += steps[i]) / DEGREE;
  return out;
}

// lon, lat, lon, lat... from their differences.
function ringOf(steps) {
  const out = new Float64Array(steps.length);
  for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
    out[i] = (x += steps[i]) / DEGREE;
    out[i + 1] = (y += steps[i + 1]) / DEGREE;
  }
  return out;
}

// The indices of whole numbers, the largest first; of equal ones the first.
function descending(values) {
  const keys = Float64Array.from(values, (value, index) => index - value * values.length);
  return Array.from(keys.sort(), (key) => ((key % values.length) + values.length) % values.length);
}
