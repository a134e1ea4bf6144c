// A map without tiles: the outline.
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
