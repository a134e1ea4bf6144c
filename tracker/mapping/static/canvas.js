// A canvas that covers the map and follows it: moved while it is dragged, stretched while it zooms,
// drawn anew where it comes to rest.
const MOST_PIXELS = 2.6e6;

class MapCanvas {
  // `draw(canvas, view, ratio)` is called for each new view; `view` has device pixels.
  constructor(map, pane, className, draw) {
    this.map = map;
    this.draw = draw;
    this.view = null;
    this.canvas = el("canvas", { className: `${className} leaflet-zoom-animated` });
    this.canvas.setAttribute("aria-hidden", "true");
    map.getPane(pane).append(this.canvas);
    map.on("moveend viewreset resize zoomend", () => this.refresh());
    map.on("move zoom", () => this.soon());
    map.on("zoomanim", (event) => this.stretch(event));
  }

  // While the map is dragged, at most once a frame.
  soon() {
    if (this.waiting || this.map._animatingZoom) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = undefined;
      if (!this.map._animatingZoom) this.refresh();
    });
  }

  // As many pixels as the screen has, up to a number that can be drawn in a step.
  ratio({ x, y }) {
    const wanted = window.devicePixelRatio || 1;
    return Math.min(wanted, Math.max(1, Math.sqrt(MOST_PIXELS / Math.max(1, x * y))));
  }

  refresh() {
    const { map, canvas } = this;
    const size = map.getSize();
    if (size.x === 0 || size.y === 0) return;
    const ratio = this.ratio(size);
    const corner = map.containerPointToLayerPoint([0, 0]);
    const left = map.getPixelOrigin().add(corner);
    const scale = (map.options.crs.scale(map.getZoom()) / map.options.crs.scale(0)) * ratio;
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    const view = new View(width, height, scale, left.x * ratio, left.y * ratio);
    L.DomUtil.setPosition(canvas, corner);
    if (view.same(this.view)) return;
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${size.x}px`, height: `${size.y}px` });
    }
    this.view = view;
    this.origin = map.containerPointToLatLng([0, 0]);
    this.zoom = map.getZoom();
    this.draw(canvas, view, ratio);
  }

  // Draws the same view once more.
  redraw() {
    this.view = null;
    this.refresh();
  }

  stretch({ center, zoom }) {
    const { map } = this;
    if (!this.origin) return;
    const offset = map._latLngToNewLayerPoint(this.origin, zoom, center);
    L.DomUtil.setTransform(this.canvas, offset, map.getZoomScale(zoom, this.zoom));
  }
}
