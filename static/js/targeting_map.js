// Choosing on the map: a lasso around cercles, and the neighbours of those that are chosen. Needs leaflet.js.

import { ACCENT } from "./areas.js";

const L = window.L;

/** Draw with mouse, pen or finger over the map; onShape(ring) is told the points, as Leaflet has them. */
export function lasso(map, { onShape, onStop }) {
  const sheet = document.createElement("div");
  sheet.className = "lasso-sheet";
  L.DomEvent.disableClickPropagation(sheet);
  let shape = null;

  function stop() {
    shape?.remove();
    shape = null;
    sheet.remove();
    onStop();
  }
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    sheet.setPointerCapture(event.pointerId);
    shape = L.polygon([map.mouseEventToLatLng(event)], { pane: "overlay", interactive: false, color: ACCENT, weight: 2, fillOpacity: 0.15 }).addTo(map);
  });
  sheet.addEventListener("pointermove", (event) => shape?.addLatLng(map.mouseEventToLatLng(event)));
  sheet.addEventListener("pointerup", () => {
    const [ring] = shape?.getLatLngs() ?? [[]];
    stop();
    if (ring.length > 2) onShape(ring);
  });
  sheet.addEventListener("pointercancel", stop);
  return {
    start: () => map.getContainer().append(sheet),
    stop,
    get isOn() {
      return sheet.isConnected;
    },
  };
}

/** Whether a point [lat, lng] lies inside a ring of { lat, lng }: a ray to the east crosses it an odd number of times. */
export function isInside([lat, lng], ring) {
  return ring.reduce((inside, a, index) => {
    const b = ring[(index + 1) % ring.length];
    const crosses = a.lat > lat !== b.lat > lat && lng < a.lng + ((lat - a.lat) / (b.lat - a.lat)) * (b.lng - a.lng);
    return crosses ? !inside : inside;
  }, false);
}

/** The P-codes of the areas of a collection that share a side with one of these: simplified together, neighbours keep common sides. */
export function neighbours(collection, pcodes) {
  const owners = new Map();
  for (const { geometry, properties } of collection.features) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of parts.flat()) {
      for (let i = 1; i < ring.length; i += 1) {
        const key = [ring[i - 1].join(), ring[i].join()].sort().join(" ");
        owners.set(key, [...(owners.get(key) ?? []), properties.pcode]);
      }
    }
  }
  const shared = [...owners.values()].filter((sides) => sides.some((pcode) => pcodes.has(pcode)));
  return new Set(shared.flat().filter((pcode) => !pcodes.has(pcode)));
}
