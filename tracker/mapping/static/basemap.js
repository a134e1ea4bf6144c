// The map below the cells, which needs no network: land, rivers, borders of oblasts.
class Basemap {
  // `ground` is that of the drawing: cells, and the rings of the outline as world points.
  constructor(map, model, ground, layers) {
    Object.assign(this, { map, model, ground, layers });
    map.createPane("tracker-ground").style.zIndex = 250;
    this.rivers = model.rivers.map(({ line }) => worldRing(line, map.options.crs));
    this.borders = ground.home ? oblastEdges(ground.home, model.unit) : [];
    this.layer = new MapCanvas(map, "tracker-ground", "tracker-ground", (canvas, view, ratio) =>
      this.draw(canvas.getContext("2d"), view, ratio),
    );
  }

  recolor(colors) {
    this.colors = colors;
    this.layer.redraw();
  }

  draw(context, view, ratio) {
    if (!this.colors) return;
    const { land, border, water, oblast } = this.colors;
    context.clearRect(0, 0, view.width, view.height);
    const country = pathOf(this.ground.outline, view);
    if (this.model.basemap) {
      context.fillStyle = land;
      context.fill(country, "evenodd");
    }
    context.lineJoin = context.lineCap = "round";
    const stroke = (path, style, width) => {
      context.strokeStyle = style;
      context.lineWidth = width * ratio;
      context.stroke(path);
    };
    context.save();
    if (this.ground.outline.length > 0) context.clip(country, "evenodd");
    if (this.layers.has("rivers")) stroke(curvesOf(this.rivers, view), water, 2);
    if (this.layers.has("oblasts")) stroke(this.borderPath(view), oblast, 1);
    context.restore();
    stroke(country, border, 1.4);
  }

  borderPath(view) {
    const path = new Path2D();
    const { world } = this.ground.home ?? { world: [] };
    for (const [from, to] of this.borders) {
      path.moveTo(view.x(world[2 * from]), view.y(world[2 * from + 1]));
      path.lineTo(view.x(world[2 * to]), view.y(world[2 * to + 1]));
    }
    return path;
  }
}

function pathOf(lines, view) {
  const path = new Path2D();
  for (const line of lines) {
    path.moveTo(view.x(line[0]), view.y(line[1]));
    for (let i = 2; i < line.length; i += 2) path.lineTo(view.x(line[i]), view.y(line[i + 1]));
    path.closePath();
  }
  return path;
}

// Lines without corners: through the middle of each stretch, bent towards its end.
function curvesOf(lines, view) {
  const path = new Path2D();
  for (const line of lines) {
    const x = (i) => view.x(line[i]);
    const y = (i) => view.y(line[i + 1]);
    const last = line.length - 2;
    path.moveTo(x(0), y(0));
    for (let i = 2; i < last; i += 2)
      path.quadraticCurveTo(x(i), y(i), (x(i) + x(i + 2)) / 2, (y(i) + y(i + 2)) / 2);
    path.lineTo(x(last), y(last));
  }
  return path;
}

// The edges between cells of different units, as pairs of corners.
function oblastEdges({ edges, sites }, unit) {
  const found = [];
  for (let i = 0; i < edges.length; i += 4) {
    const [a, b] = [unit[sites[edges[i]]], unit[sites[edges[i + 1]]]];
    if (a !== b && a > 0 && b > 0) found.push([edges[i + 2], edges[i + 3]]);
  }
  return found;
}
