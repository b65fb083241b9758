// Towns and villages, only from close by and only those in view: there are thousands.

import { sign, written } from "./areas.js";
import { fill, number } from "./format.js";

const L = window.L;
const FROM_ZOOM = 8.5;
const MOST = 400;
const SIZES = { 1: 5, 2: 4.5, 3: 4, 4: 3, 5: 2 };

export async function layer({ map, overlay, words, ask, changed }) {
  const group = L.layerGroup().addTo(map);
  let note = "";

  async function draw() {
    if (map.getZoom() < FROM_ZOOM) {
      group.clearLayers();
      note = words.settlements.closer;
      return;
    }
    const query = new URLSearchParams({ bbox: map.getBounds().toBBoxString(), limit: String(MOST), fields: "name,settlement_class" });
    const { features, numberMatched } = JSON.parse(await ask(`${overlay.url}?${query}`));
    group.clearLayers();
    for (const feature of features) place(feature).forEach((mark) => group.addLayer(mark));
    note = numberMatched > features.length ? fill(words.settlements.tooMany, { n: number(features.length) }) : "";
  }

  function place({ geometry, properties: { name, settlement_class: rank } }) {
    const at = [geometry.coordinates[1], geometry.coordinates[0]];
    const style = { radius: SIZES[rank] ?? 2, color: "#1d2126", weight: 1.2, fillColor: "#fff", fillOpacity: 1 };
    const dot = L.circleMarker(at, style).bindTooltip([name, words.settlementClasses[rank]].filter(Boolean).join(", "));
    const isNamed = rank <= 3 || (rank <= 4 && map.getZoom() >= 9.5) || map.getZoom() >= 11;
    return isNamed ? [dot, written(at, name, "settlement-name")] : [dot];
  }

  const follow = () => draw().then(changed, () => {});
  await draw();
  map.on("moveend", follow);
  return {
    remove() {
      map.off("moveend", follow);
      group.remove();
    },
    legend: () => ({
      title: words.settlements.title,
      rows: [{ mark: sign("sign-dot", "legend__sign"), label: words.settlements.dot }],
      notes: [note],
    }),
  };
}
