// The mouse and the finger on the map: what lies under them.
const NEAR = 14;

class Pointer {
  // `open(place)` is called when a town or a cell is chosen.
  constructor(map, drawing, describe, open) {
    Object.assign(this, { map, drawing });
    this.tip = L.tooltip({ opacity: 1, className: "tracker-tip" });
    map.on("click", ({ containerPoint }) => {
      const place = this.placeAt(containerPoint);
      if (place >= 0) open(place);
    });
    map.on("mousemove", (event) => this.hover(event, describe));
    map.on("mouseout movestart zoomstart", () => this.tip.remove());
  }

  // A dot close by, else the place whose cell it is.
  placeAt(point) {
    const { spots, ratio, view } = this.drawing;
    if (!view) return -1;
    let [best, least] = [-1, NEAR * ratio];
    for (const { place, x, y } of spots) {
      const away = Math.hypot(x - point.x * ratio, y - point.y * ratio);
      if (away < least && this.drawing.isTold(place)) [best, least] = [place, away];
    }
    return best >= 0 ? best : this.drawing.placeAt(point);
  }

  hover({ containerPoint, originalEvent }, describe) {
    if (originalEvent.target.closest?.(".leaflet-control, .leaflet-popup")) return this.tip.remove();
    const place = this.placeAt(containerPoint);
    this.map.getContainer().classList.toggle("tracker-over", place >= 0);
    if (place < 0) return this.tip.remove();
    const at = this.map.containerPointToLatLng(containerPoint);
    const share = containerPoint.x / this.map.getSize().x;
    this.tip.options.direction = share > 0.6 ? "left" : "right";
    this.tip.options.offset = share > 0.6 ? [-12, 0] : [12, 0];
    this.tip.setLatLng(at).setContent(el("span", { textContent: describe(place) })).addTo(this.map);
  }
}
