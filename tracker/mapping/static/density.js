// How many changes fell on each day, as bars above the slider, each above the thumb on its day; an
// area that was told of as a whole is one.
function fillDensity({ changes, parties, first, last }, sides) {
  const chart = part("density");
  const days = Math.max(1, last - first);
  const events = (list) => [...new Map(list.map((i) => [changes.eventOf(i), i])).values()];
  const inTime = [...changes.byDay].filter(([day]) => day >= first);
  const shown = inTime.map(([day, list]) => [day, events(list)]);
  const highest = Math.max(1, ...shown.map(([, list]) => list.length));
  // Wide enough to be seen, and never so wide that one day fills the chart.
  const width = Math.min(Math.max(1, days / 240), days / 60);
  chart.setAttribute("viewBox", `0 0 ${days} ${highest}`);
  const paths = parties.map(() => []);
  for (const [day, list] of shown) {
    const heights = new Uint32Array(parties.length);
    for (const change of list) heights[changes.side[change]] += 1;
    let y = highest;
    heights.forEach((height, side) => {
      y -= height;
      if (height) paths[side].push(`M${day - first - width / 2} ${y}h${width}v${height}h${-width}z`);
    });
  }
  parties.forEach((id, side) => {
    if (paths[side].length)
      chart.append(svg("path", { d: paths[side].join(""), fill: sides.color(id) }));
  });
}
