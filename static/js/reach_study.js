// The map of a study of reach: people beyond by hexagon, bands of reach, pockets, institutions.

import * as areasOnMap from "./areas.js";
import { institutionGroup } from "./coverage_institutions.js";
import { outlineOfReach } from "./coverage_reach.js";
import { carried, fill, number } from "./format.js";
import { institutionSign, pageLink } from "./institutions.js";
import { drawn } from "./seats.js";
import { mapOfPage } from "./page_map.js";
import { asker, teller } from "./stage.js";

const L = window.L;
const settings = carried("map-settings");
const { words, classes } = settings;
const BAND_DASHES = ["", "6 4", "2 5", "1 8"]; // the nearest band is the plainest line
const INK = "#1d2126";

const dashOf = (index) => BAND_DASHES[Math.min(index, BAND_DASHES.length - 1)];
const byId = (id) => document.getElementById(id);
const ask = asker(teller(byId("map-status")), words);

/** The limits of classes, the last as large as it takes. */
const limitsFor = (hexagons) => [...classes, Math.max(classes.at(-1) * 2, ...hexagons.map(([, , , high]) => high))];

const interval = (low, high) => (low === high ? number(high) : fill(words.interval, { low: number(low), high: number(high) }));

function hexagonLayer(hexagons, limits) {
  return L.layerGroup(
    hexagons.map(([ring, people, low, high]) => {
      const shape = L.polygon(ring.map(([x, y]) => [y, x]), { pane: "areas", color: "#7d7466", weight: 0.4, fillOpacity: 1, fillColor: areasOnMap.colourOf(high, limits) });
      const told = fill(words.beyond, { beyond: interval(low, high), people: number(people) });
      return shape.bindTooltip(() => told, { sticky: true, className: "card", opacity: 1 });
    }),
  );
}

/** Round what counts, a line for each limit: of kilometres only, and not of a chain, which no single place makes. */
function bandLayer({ institutions, limits, hasBands }) {
  if (!hasBands) return L.layerGroup([]);
  const places = institutions.map(({ latitude, longitude }) => [latitude, longitude]);
  return L.layerGroup(
    limits.map((km, index) =>
      L.polyline(outlineOfReach(places, km), { pane: "overlay", interactive: false, color: INK, weight: 1.2, lineCap: "butt", dashArray: dashOf(index), smoothFactor: 0.5 }),
    ),
  );
}

function pocketLayer(pockets) {
  return L.layerGroup(
    pockets.map(({ people, latitude, longitude }) =>
      L.circleMarker([latitude, longitude], { pane: "overlay", radius: 5, color: "#fbfaf7", weight: 1.5, fillColor: areasOnMap.ACCENT, fillOpacity: 1 }).bindTooltip(fill(words.pocket, { people: number(people) }), { className: "card" }),
    ),
  );
}

function bandSign(index) {
  return drawn("svg", { class: "swatch", viewBox: "0 0 22 14", "aria-hidden": "true" }, drawn("path", { d: "M0 7H22", fill: "none", stroke: INK, "stroke-width": 1.6, "stroke-dasharray": dashOf(index) }));
}

function drawLegend({ title, hexagons, hasBands, limitsTold, institutions }, limits) {
  const places = hexagons.map(([, , , high]) => areasOnMap.classOf(high, limits));
  const count = (place) => places.filter((each) => each === place).length;
  const rows = limits.map((upper, index) => ({
    mark: areasOnMap.swatch(areasOnMap.colourOf(upper, limits)),
    label: index === limits.length - 1 ? fill(words.more, { low: number(limits[index - 1]) }) : interval(index ? limits[index - 1] : 1, upper),
    count: count(index + 1),
  }));
  rows.unshift({ mark: areasOnMap.swatch(areasOnMap.colourOf(0, limits)), label: words.nobody, count: count(0) });
  const dot = drawn("svg", { class: "legend__sign", viewBox: "0 0 24 24", "aria-hidden": "true" }, drawn("circle", { cx: 12, cy: 12, r: 6, fill: areasOnMap.ACCENT }));
  const signs = [{ mark: dot, label: words.pockets }];
  if (institutions.length) signs.push({ mark: institutionSign("brigade", "unknown", "legend__sign"), label: words.reached, count: institutions.length });
  const bands = hasBands ? limitsTold.map((told, index) => ({ mark: bandSign(index), label: fill(words.band, { limit: told }) })) : [];
  byId("legend-body").replaceChildren(
    areasOnMap.legendBlock({ title, unit: words.unit, rows }),
    areasOnMap.legendBlock({ title: words.signs, rows: [...signs, ...bands] }),
  );
  byId("legend-folded").textContent = title;
}

async function draw(map) {
  const figures = JSON.parse(await ask(settings.figures, { waiting: words.waiting, again: () => draw(map).catch(() => {}) }));
  const limits = limitsFor(figures.hexagons);
  hexagonLayer(figures.hexagons, limits).addTo(map);
  drawLegend(figures, limits);
  const shapes = JSON.parse(await ask(settings.shapes, { waiting: words.waiting }));
  areasOnMap.borders(shapes, "pcode").setStyle({ weight: 0.6, color: "#5c564c" }).addTo(map);
  areasOnMap.borders(shapes, "region").addTo(map);
  bandLayer(figures).addTo(map);
  (await institutionGroup({ institutions: figures.institutions, works: [] }, words, ({ id }) => pageLink(id, words))).addTo(map);
  pocketLayer(figures.pockets).addTo(map);
}

mapOfPage(settings, draw);
