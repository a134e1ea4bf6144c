// The Thiessen cells of points: all that is nearer to a point than to any other.
//
// A few far points around them close the cells at the rim, which the outline cuts anyway.
const FAR = 3e6;
const FAR_POINTS = 12;

class Tessellation {
  // `sites` are indices of places; `lon` and `lat` hold all places; `crs` is Leaflet's.
  constructor(sites, lon, lat, plane, crs) {
    this.sites = sites;
    const points = new Float64Array(2 * (sites.length + FAR_POINTS));
    sites.forEach((site, i) => plane.forward(lon[site], lat[site], points, 2 * i));
    for (let i = 0; i < FAR_POINTS; i++) {
      const angle = (2 * Math.PI * (i + 0.5)) / FAR_POINTS;
      points[2 * (sites.length + i)] = FAR * Math.cos(angle);
      points[2 * (sites.length + i) + 1] = FAR * Math.sin(angle);
    }
    this.points = points;
    const delaunay = new d3.Delaunay(points);
    this.corners = delaunay.voronoi().circumcenters;
    this.world = worldPoints(this.corners, plane, crs);
    this.ring(delaunay);
    this.join(delaunay);
  }

  // The corners of each cell in order: ring[start[i]] .. ring[start[i + 1]], indices of corners.
  ring({ triangles, halfedges, inedges }) {
    const ring = new Uint32Array(triangles.length);
    this.start = new Uint32Array(this.sites.length + 1);
    let filled = 0;
    for (let i = 0; i < this.sites.length; i++) {
      this.start[i] = filled;
      const first = inedges[i];
      // A point that lies on another one has no cell of its own.
      if (first === -1) continue;
      let edge = first;
      do {
        ring[filled++] = Math.floor(edge / 3);
        edge = edge % 3 === 2 ? edge - 2 : edge + 1;
        if (triangles[edge] !== i) break;
        edge = halfedges[edge];
      } while (edge !== first && edge !== -1);
    }
    this.start[this.sites.length] = filled;
    this.corner = ring.subarray(0, filled);
  }

  // The edges between cells: [cell, cell, corner, corner] each.
  join({ triangles, halfedges }) {
    const edges = new Uint32Array(2 * halfedges.length);
    let filled = 0;
    for (let edge = 0; edge < halfedges.length; edge++) {
      const twin = halfedges[edge];
      const [a, b] = [triangles[edge], triangles[edge % 3 === 2 ? edge - 2 : edge + 1]];
      if (twin < edge || a >= this.sites.length || b >= this.sites.length) continue;
      edges[filled++] = a;
      edges[filled++] = b;
      edges[filled++] = Math.floor(edge / 3);
      edges[filled++] = Math.floor(twin / 3);
    }
    this.edges = edges.subarray(0, filled);
  }

  get length() {
    return this.sites.length;
  }
}

// Points of the plane as pixels of the world at zoom 0.
function worldPoints(corners, plane, crs) {
  const world = new Float64Array(corners.length);
  const place = [0, 0];
  for (let i = 0; i < corners.length; i += 2) {
    plane.inverse(corners[i], corners[i + 1], place, 0);
    const { x, y } = crs.latLngToPoint({ lat: place[1], lng: place[0] }, 0);
    world[i] = x;
    world[i + 1] = y;
  }
  return world;
}
