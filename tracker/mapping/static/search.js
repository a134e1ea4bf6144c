// Finding a town by any of its written forms: a field with a list of what fits.
const MOST_FOUND = 10;

// Spellings as they are compared: Cyrillic letters and their romanizations are alike, and so are
// Kharkiv and Harkiv, Lyman and Liman, Izyum and Izium.
const CYRILLIC = [..."абвгґдезиійклмнопрстуфхыєэжцчшщюяьъyjgw"];
const LATIN = [..."abvhhdeziiiklmnoprstufhiee", "zh", "ts", "ch", "sh", "shch", "iu", "ia"];
LATIN.push("", "", "i", "i", "h", "v");
const ALIKE = new Map(CYRILLIC.map((letter, index) => [letter, LATIN[index]]));

// The program leaves out the forms that this takes for others (tracker/mapping/payload.py).
function folded(text) {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/kh/g, "h")
    .replace(/[а-яєґіыэъyjgw]/g, (letter) => ALIKE.get(letter) ?? letter)
    .replace(/i+/g, "i")
    .replace(/ie/g, "e");
}

class PlaceIndex {
  constructor(model) {
    this.people = model.people;
    this.forms = [];
    model.names.forEach((name, place) => {
      const all = [name, ...model.archive.written(place)].filter(Boolean);
      for (const form of all) this.forms.push([folded(form), place, form]);
    });
  }

  // [place, written form] of the places that fit best: whole names, then beginnings, the larger first.
  find(text) {
    const wanted = folded(text);
    if (!wanted) return [];
    const best = new Map();
    for (const [form, place, written] of this.forms) {
      const at = form.indexOf(wanted);
      if (at < 0) continue;
      const rank = form === wanted ? 0 : at === 0 ? 1 : 2;
      if (rank < (best.get(place)?.rank ?? 3)) best.set(place, { place, rank, written });
    }
    const bySize = (a, b) =>
      a.rank - b.rank || this.people[b.place] - this.people[a.place] || a.place - b.place;
    return [...best.values()].sort(bySize).slice(0, MOST_FOUND);
  }
}

// A combobox as the ARIA practices have it: the focus stays in the field, arrows move in the list.
class Search {
  constructor(model, goTo, id) {
    Object.assign(this, { model, goTo, found: [], active: -1 });
    [this.field, this.list] = [part("search"), part("found")];
    this.list.id = `${id}_found`;
    this.field.setAttribute("aria-controls", this.list.id);
    this.field.addEventListener("input", () => this.show(this.field.value));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    // A press must not take the focus from the field before the click arrives.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  show(text) {
    this.index ??= new PlaceIndex(this.model);
    this.found = this.index.find(text);
    this.list.replaceChildren(...this.found.map((hit, row) => this.option(hit, row)));
    const none = text.trim() !== "" && this.found.length === 0;
    if (none) this.list.append(el("li", { className: "tracker-small", textContent: say("none found") }));
    this.open(this.list.children.length > 0);
    this.mark(this.found.length ? 0 : -1);
  }

  option({ place, written }, row) {
    const record = this.model.placeRecord(place);
    const other = written === record.name ? "" : ` ${written}`;
    const item = el(
      "li",
      { id: `${this.list.id}_${row}` },
      el("strong", { textContent: placeName(record) }),
      el("span", { className: "tracker-small", textContent: other }),
    );
    item.setAttribute("role", "option");
    item.addEventListener("click", () => this.choose(row));
    return item;
  }

  key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && this.found.length) {
      event.preventDefault();
      this.mark((this.active + move + this.found.length) % this.found.length);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      this.field.value = "";
      this.close();
    }
  }

  mark(row) {
    this.active = row;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", i === row));
    if (row >= 0) {
      this.field.setAttribute("aria-activedescendant", this.list.children[row].id);
      this.list.children[row].scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  choose(row) {
    const { place } = this.found[row];
    this.close();
    this.goTo(place, this.field);
  }

  open(on) {
    this.list.hidden = !on;
    this.field.setAttribute("aria-expanded", on);
  }

  close() {
    this.open(false);
    this.mark(-1);
    this.found = [];
  }
}
