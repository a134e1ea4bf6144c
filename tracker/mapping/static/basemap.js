// A map without tiles: the outline, and the names of larger towns where there is room for them.
const LETTER = 6.4;
const LINE = 14;
const GAP = 22;

function drawOutline(map, geometries) {
  map.createPane("tracker-outline").style.zIndex = 250;
  const features = geometries.map((geometry) => ({ type: "Feature", properties: {}, geometry }));
  const renderer = L.svg({ pane: "tracker-outline", padding: 0.5 });
  const options = {
    pane: "tracker-outline",
    renderer,
    interactive: false,
    className: "tracker-outline",
  };
  return L.geoJSON({ type: "FeatureCollection", features }, { ...options, style: options }).addTo(
    map,
  );
}

class Labels {
  constructor(map, labels) {
    this.map = map;
    this.labels = labels;
    map.createPane("tracker-labels").style.zIndex = 350;
    this.layer = L.layerGroup().addTo(map);
    map.on("zoomend", () => this.draw());
  }

  // Larger towns come first; a name that would touch one already written is left out.
  draw() {
    const boxes = [];
    this.layer.clearLayers();
    for (const [name, lat, lon] of this.labels) {
      const point = this.map.project([lat, lon]);
      const box = [
        point.x - GAP,
        point.y - GAP,
        point.x + name.length * LETTER + GAP,
        point.y + LINE + GAP,
      ];
      if (boxes.some((other) => touches(box, other))) continue;
      boxes.push(box);
      this.layer.addLayer(label(name, [lat, lon]));
    }
  }
}

function touches(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function label(name, at) {
  const html = el("span", { textContent: name });
  const icon = L.divIcon({ className: "tracker-label", html, iconSize: null });
  return L.marker(at, { icon, pane: "tracker-labels", interactive: false, keyboard: false });
}
