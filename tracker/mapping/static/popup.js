// The history of one place in a popup: it takes the focus, and gives it back when it closes.
class PlacePopup {
  constructor(map, sides) {
    Object.assign(this, { map, sides, place: null, opener: null });
    this.popup = L.popup();
    map.on("popupclose", (event) => event.popup === this.popup && this.closed());
    document.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
  }

  // `opener` is the element that gets the focus back.
  open(place, day, opener) {
    this.opener = opener;
    this.fill(place, day);
    Object.assign(this.popup.options, this.room());
    this.popup.setLatLng(place.at).openOn(this.map);
    this.content.focus({ preventScroll: true });
  }

  fill(place, day) {
    this.place = place;
    this.stage = stageOf(place, day);
    this.content = historyElement(place, day, this.sides);
    this.popup.setContent(this.content);
  }

  // On most days nothing changes in one place: its text then stays where the reader is.
  update(day) {
    if (this.place === null || stageOf(this.place, day) === this.stage) return;
    const reading = this.hasFocus();
    this.fill(this.place, day);
    if (reading) this.content.focus({ preventScroll: true });
  }

  isOpenFor(place) {
    return this.place === place;
  }

  hasFocus() {
    const { activeElement } = document;
    const box = this.popup.getElement();
    return activeElement === document.body || Boolean(box?.contains(activeElement));
  }

  closed() {
    this.place = null;
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
      maxHeight: Math.round(Math.min(360, y * 0.45)),
      autoPanPadding: [x > 480 ? 60 : 6, 12],
    };
  }
}

function stageOf(place, day) {
  return place.changes.filter((change) => change.day <= day).length;
}
