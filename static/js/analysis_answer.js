// The answer to a spatial question: on the map in classes or as points, what it relates to shown lightly; the table sorts in place.

import * as areasOnMap from "./areas.js";
import { carried, plural } from "./format.js";
import { mapOfPage } from "./page_map.js";
import { asker, teller } from "./stage.js";
import { sortable } from "./table.js";

const settings = carried("map-settings");
const byId = (id) => document.getElementById(id);
const table = document.querySelector("[data-answer-table]");
const MANY = 600; // points that a canvas draws quicker
const { ACCENT, INK } = areasOnMap;
const OUTSIDE = "#fbfaf7"; // areas that the answer does not tell of
const LIGHT = { color: "#6f6759", weight: 1, fillColor: "#6f6759", fillOpacity: 0.25, opacity: 0.6 };

const rowOf = (id) => table?.querySelector(`[data-id="${CSS.escape(id)}"]`);

function card(title, lines) {
  return areasOnMap.element("div", "", areasOnMap.element("strong", "", title), ...lines.map((line) => areasOnMap.element("div", "", line)));
}

// --- Areas in classes ----------------------------------------------------------------------------------------

async function drawAreas(map, ask) {
  const collection = JSON.parse(await ask(settings.shapes, { waiting: settings.words.waiting }));
  const { values, cards, limits } = settings;
  const areas = areasOnMap.areaLayer(map, collection, {
    onEnter: (pcode) => areas.emphasise(pcode),
    onLeave: () => areas.emphasise(null),
    onOpen: (pcode) => rowOf(pcode)?.scrollIntoView({ block: "center" }),
  });
  const shade = (pcode) => {
    if (!(pcode in values)) return OUTSIDE;
    return limits.length ? areasOnMap.colourOf(values[pcode], limits) : areasOnMap.colourOf(1, [1]);
  };
  areas.layer.addTo(map);
  areas.paint(shade);
  if (settings.level !== "region") areasOnMap.borders(JSON.parse(await ask(settings.regions, { waiting: settings.words.waiting })), "pcode").addTo(map);
  areas.layer.eachLayer((path) => {
    const { pcode, name } = path.feature.properties;
    path.bindTooltip(() => card(name, cards[pcode] ? [cards[pcode]] : [pcode in values ? settings.words.inAnswer : settings.words.notInAnswer]), { sticky: true, className: "card" });
  });
  areasOnMap.names(map, areas);
  const outside = collection.features.length - Object.keys(values).length;
  const rows = limits.length
    ? areasOnMap.classRows({ limits, counts: settings.counts, no_data: settings.noData - settings.few })
    : [{ mark: areasOnMap.swatch(areasOnMap.colourOf(1, [1])), label: settings.words.inAnswer, count: Object.keys(values).length }];
  if (outside) rows.push({ mark: areasOnMap.swatch(OUTSIDE), label: settings.words.notInAnswer, count: outside });
  if (settings.few) rows.push({ mark: areasOnMap.swatch(areasOnMap.NO_DATA), label: settings.words.few, count: settings.few });
  return { rows, emphasise: (id) => areas.emphasise(id in values ? id : null), limits };
}

// --- Points ----------------------------------------------------------------------------------------------------

function told(feature) {
  const [title, ...lines] = settings.labels.map(([name, label]) => [label, feature.properties[name]]).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return card(title ? String(title[1]) : "", lines.map(([label, value]) => `${label} : ${value}`));
}

async function drawPoints(map, ask) {
  const { features } = JSON.parse(await ask(settings.points, { waiting: settings.words.waiting }));
  const placed = features.filter(({ geometry }) => geometry);
  const renderer = placed.length > MANY ? window.L.canvas({ pane: "overlay", padding: 0.5 }) : undefined;
  const style = { pane: "overlay", renderer, radius: placed.length > MANY ? 3 : 5, color: "#fbfaf7", weight: 1, fillColor: ACCENT, fillOpacity: 0.9 };
  const marks = new Map();
  const layer = window.L.geoJSON(placed, {
    pointToLayer: (feature, place) => window.L.circleMarker(place, style),
    onEachFeature: (feature, mark) => {
      marks.set(String(feature.id), mark);
      mark.bindTooltip(() => told(feature), { className: "card" });
      mark.on("click", () => rowOf(String(feature.id))?.scrollIntoView({ block: "center" }));
    },
  }).addTo(map);
  if (placed.length) map.fitBounds(layer.getBounds().pad(0.15), { animate: false, maxZoom: 9 });
  const without = features.length - placed.length;
  let shown = null;
  return {
    rows: [{ mark: dot(ACCENT), label: settings.title, count: placed.length }],
    notes: without ? [plural(settings.words.noPlace, without)] : [],
    emphasise: (id) => {
      shown?.setStyle?.({ color: "#fbfaf7", weight: 1 });
      shown = marks.get(id) ?? null;
      shown?.setStyle?.({ color: INK, weight: 3 });
    },
    isFitted: placed.length > 0,
  };
}

function dot(fill) {
  const svg = areasOnMap.swatch(fill);
  svg.querySelector("rect").setAttribute("rx", "7");
  return svg;
}

// --- What the answer relates to, shown lightly ---------------------------------------------------------------

async function drawAround(map, ask) {
  const { around } = settings;
  if (!around) return [];
  const row = { mark: dot("#bdb6a8"), label: around.title };
  try {
    if (around.shape) window.L.geoJSON(around.shape, { pane: "borders", interactive: false, style: { ...LIGHT, dashArray: "5 4" }, pointToLayer: (feature, place) => window.L.circleMarker(place, { ...LIGHT, pane: "borders", radius: 4 }) }).addTo(map);
    if (around.points) {
      const { features } = JSON.parse(await ask(around.points, { waiting: settings.words.waiting }));
      window.L.geoJSON(features.filter(({ geometry }) => geometry), { pointToLayer: (feature, place) => window.L.circleMarker(place, { ...LIGHT, pane: "borders", radius: 3.5, interactive: false }) }).addTo(map);
    }
    for (const shapes of around.shapes ?? []) {
      const collection = JSON.parse(await ask(shapes, { waiting: settings.words.waiting }));
      window.L.geoJSON(collection.features.filter(({ properties }) => around.areas.includes(properties.pcode)), { pane: "borders", interactive: false, style: { color: INK, weight: 2, fill: false, dashArray: "7 4" } }).addTo(map);
    }
    return [row];
  } catch {
    return []; // the answer itself is drawn
  }
}

// --- Together ----------------------------------------------------------------------------------------------------

let emphasise = () => {};

async function draw(map) {
  const ask = asker(teller(byId("map-status")), settings.words);
  const drawn = await (settings.shapes ? drawAreas(map, ask) : drawPoints(map, ask));
  emphasise = drawn.emphasise;
  const around = await drawAround(map, ask);
  const badge = [settings.simulated && settings.words.simulated, settings.approximate && settings.words.approximate].filter(Boolean).join(" · ");
  byId("legend-body").replaceChildren(areasOnMap.legendBlock({ title: settings.title, unit: settings.unit, rows: [...drawn.rows, ...around], notes: [...(drawn.notes ?? []), ...settings.notes], badge }));
  byId("legend-folded").replaceChildren(settings.title, drawn.limits?.length ? areasOnMap.legendStrip(drawn) : "");
  if (!settings.shapes) {
    const regions = JSON.parse(await ask(settings.regions, { waiting: settings.words.waiting }));
    areasOnMap.borders(regions, "pcode").addTo(map);
  }
}

if (table?.matches("[data-sortable]")) sortable(table, { onRow: (row) => emphasise(row?.dataset.id ?? null), onSort: (sort) => history.replaceState(null, "", withSort(sort)) });

function withSort(sort) {
  const address = new URL(location.href);
  address.searchParams.set("sort", sort);
  return address;
}

if (settings) mapOfPage(settings, draw, { isWhole: () => Boolean(settings.shapes) });
