// The map as it is seen, as a PNG with its title, day and legend.
const STRIP = 64;

function picture(map, model, day) {
  const box = map.getContainer().getBoundingClientRect();
  const ratio = Math.max(1, window.devicePixelRatio);
  const sheet = el("canvas", { width: box.width * ratio, height: (box.height + STRIP) * ratio });
  const pen = sheet.getContext("2d");
  pen.scale(ratio, ratio);
  const style = getComputedStyle(document.body);
  pen.fillStyle = getComputedStyle(map.getContainer()).backgroundColor;
  pen.fillRect(0, 0, box.width, box.height);
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, box.width, box.height);
  pen.clip();
  for (const layer of map.getContainer().querySelectorAll("canvas")) {
    const { left, top, width, height } = layer.getBoundingClientRect();
    if (width && height) pen.drawImage(layer, left - box.left, top - box.top, width, height);
  }
  drawNames(pen, map.getContainer(), box);
  pen.restore();
  drawStrip(pen, model, day, box, style);
  return new Promise((done) => sheet.toBlob(done, "image/png"));
}

// The names of towns are elements above the canvas.
function drawNames(pen, container, box) {
  pen.textBaseline = "middle";
  for (const name of container.querySelectorAll(".tracker-label span")) {
    const { left, top, height } = name.getBoundingClientRect();
    const style = getComputedStyle(name);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.fillStyle = style.color;
    pen.fillText(name.textContent, left - box.left, top - box.top + height / 2);
  }
}

function drawStrip(pen, model, day, box, style) {
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(0, box.height, box.width, STRIP);
  pen.fillStyle = style.color;
  pen.textBaseline = "alphabetic";
  pen.font = `650 17px ${style.fontFamily}`;
  pen.fillText(`${model.title} · ${day}`, 16, box.height + 26);
  pen.font = `13px ${style.fontFamily}`;
  let x = 16;
  for (const side of model.sides) {
    pen.fillStyle = side.color;
    pen.fillRect(x, box.height + 38, 12, 12);
    pen.fillStyle = style.color;
    const name = sideName(side.id, side.name);
    pen.fillText(name, x + 18, box.height + 49);
    x += 34 + pen.measureText(name).width;
  }
  pen.fillText(say("reported"), x + 4, box.height + 49);
}
