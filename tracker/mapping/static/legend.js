// What the colours, the hatching and the marks mean; the samples are painted as the map is.
const SAMPLE = [22, 14];

function fillLegend(model, sides) {
  const palette = new Palette(canvasColors(model.sides));
  const own = sides.all.slice(0, 2).map(({ id }, index) => ({ id, holder: index + 1 }));
  const cells = (status) =>
    own.map(({ holder }) => sample(palette, 4 * STATUSES.indexOf(status) + holder));
  const rows = own.map(({ id, holder }) =>
    legendRow([sample(palette, 4 + holder)], sides.name(id), say("holds")),
  );
  for (const status of [...CHANGE_STATUSES, "baseline"])
    rows.push(legendRow(cells(status), say(status), say(`${status} means`)));
  if (model.timelines.some(({ code }) => code.some((one) => (one & 3) === 3)))
    rows.push(legendRow([sample(palette, 7)], say("contested"), say("contested means")));
  rows.push(
    legendRow([frontSample()], say("Front line"), say("front means")),
    legendRow([swatch("currentColor", "confirmed")], say("dot"), say("dot means")),
    legendRow([swatch("currentColor", "disputed")], say("ring"), say("ring means")),
  );
  const gained = [COMPARED | (2 << 2) | 1, COMPARED | (1 << 2) | 2];
  const two = gained.map((kind) => sample(palette, kind));
  rows.push(legendRow(two, say("gained land"), say("gained land means")));
  part("legend").replaceChildren(...rows);
}

function legendRow(icons, name, meaning) {
  const samples = el("span", { className: "tracker-samples", ariaHidden: "true" }, ...icons);
  return el("li", {}, samples, el("span", {}, el("strong", { textContent: name }), ` ${meaning}`));
}

// A piece of a cell of some class: see palette.js.
function sample({ table }, kind) {
  const [width, height] = SAMPLE;
  const canvas = el("canvas", { className: "tracker-sample", width, height });
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    pixels[i] = table[(kind << 6) | ((y & 7) << 3) | (x & 7)];
  }
  const bytes = new Uint8ClampedArray(pixels.buffer);
  canvas.getContext("2d").putImageData(new ImageData(bytes, width, height), 0, 0);
  return canvas;
}

function frontSample() {
  const icon = svg("svg", { class: "tracker-sample", viewBox: "0 0 22 14", "aria-hidden": "true" });
  icon.append(svg("path", { d: "M0 10L7 5L14 9L22 4", class: "tracker-front" }));
  return icon;
}
