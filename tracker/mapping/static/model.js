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
    this.people = places.people;
    this.lon = running(places.lon);
    this.lat = running(places.lat);
    this.abroad = new Set(core.abroad);
    this.index = new Map(this.ids.map((id, place) => [id, place]));
    this.timelines = core.timelines.map((columns) => new Timeline(columns, head.epoch));
    this.changes = new Changes(core.changes, head.epoch, this.count);
    this.outline = core.outline.map(ringOf);
    this.held = core.held.map(ringOf);
    this.rivers = core.rivers.map(([name, ...line]) => ({ name, line: ringOf(line) }));
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

  get archive() {
    this.opened ??= new Archive(this.openArchive());
    return this.opened;
  }

  placeRecord(place) {
    return {
      index: place,
      id: this.ids[place],
      name: this.names[place],
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
      group: changes.group[index],
      claims: () => this.archive.claimsOf(index),
    };
  }
}

// The claims and their quotes, column by column.
class Archive {
  constructor({ claims, texts, changes, others }) {
    Object.assign(this, { columns: claims, texts, changes, lists: others });
  }

  claim(index) {
    const claim = {};
    for (const [name, column] of Object.entries(this.columns)) {
      const texts = this.texts[name];
      claim[name] = texts ? texts[column[index]] : column[index];
    }
    return claim;
  }

  claimsOf(change) {
    return (this.changes[change] ?? []).map((index) => this.claim(index));
  }

  // The claims of one of the page's lists of claims without a change.
  others(list) {
    return this.lists[list].map((index) => this.claim(index));
  }
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
