// On paper the map has another size: it shows the same part of the country there.
function fitPaper(map) {
  let before = null;
  matchMedia("print").addEventListener("change", ({ matches }) => {
    if (matches) {
      before = { center: map.getCenter(), zoom: map.getZoom(), bounds: map.getBounds() };
      map.invalidateSize({ animate: false });
      map.fitBounds(before.bounds, { animate: false });
      return;
    }
    map.invalidateSize({ animate: false });
    if (before) map.setView(before.center, before.zoom, { animate: false });
  });
}
