// A first look at a layer: its areas, or its points with what each is. Those whose place is not exact are hollow.

import * as areasOnMap from "./areas.js";
import { carried, day, fill, number, plural } from "./format.js";
import { mapOfPage } from "./page_map.js";
import { asker, teller } from "./stage.js";

const L = window.L;
const settings = carried("map-settings");
const { words } = settings;
const byId = (id) => document.getElementById(id);
const { ACCENT, element } = areasOnMap;
const PAPER = "#fbfaf7";
const AREA = "#f5e7c8"; // the lightest of the ramp: the areas are shown, not ranked
const MANY = 600; // points that a canvas draws quicker
const LEVELS = 1; // of the tiles, as for the settlements of the map

function card(properties) {
  const told = settings.labels
    .map(([name, label, choices, isDay]) => [label, isDay && properties[name] ? day(properties[name]) : (choices[properties[name]] ?? properties[name])])
    .filter(([, value]) => value !== null && value !== undefined && value !== "");
  const [title, ...lines] = told;
  return element("div", "", element("strong", "", title ? String(title[1]) : settings.title), ...lines.map(([label, value]) => element("div", "", `${label} : ${value}`)));
}

function dot(style) {
  const svg = areasOnMap.swatch(style.fillOpacity ? style.fillColor : PAPER);
  svg.querySelector("rect").setAttribute("rx", "7");
  if (!style.fillOpacity) svg.querySelector("rect").setAttribute("stroke", ACCENT);
  return svg;
}

const EXACT = { color: PAPER, weight: 1, fillColor: ACCENT, fillOpacity: 0.9 };
const HOLLOW = { color: ACCENT, weight: 1.5, fillColor: PAPER, fillOpacity: 0 };
const isExact = (properties) => !settings.precision || settings.exact.includes(String(properties[settings.precision]));

async function drawAreas(map, ask) {
  const collection = JSON.parse(await ask(settings.shapes, { waiting: words.waiting, again: () => draw(map) }));
  const areas = areasOnMap.areaLayer(map, collection, { onEnter: (pcode) => areas.emphasise(pcode), onLeave: () => areas.emphasise(null) });
  areas.layer.addTo(map);
  areas.paint(() => AREA);
  areas.layer.eachLayer((path) => path.bindTooltip(path.feature.properties.name, { sticky: true, className: "card" }));
  areasOnMap.names(map, areas);
  return { rows: [{ mark: areasOnMap.swatch(AREA), label: settings.title, count: collection.features.length }], notes: [] };
}

async function drawPoints(map, ask) {
  const { features } = JSON.parse(await ask(settings.points, { waiting: words.waiting, again: () => draw(map) }));
  const placed = features.filter(({ geometry }) => geometry);
  const renderer = placed.length > MANY ? L.canvas({ pane: "overlay", padding: 0.5 }) : undefined;
  const radius = placed.length > MANY ? 3 : 5;
  L.geoJSON(placed, {
    pointToLayer: ({ properties }, place) => L.circleMarker(place, { pane: "overlay", renderer, radius, ...(isExact(properties) ? EXACT : HOLLOW) }),
    onEachFeature: ({ properties }, mark) => mark.bindTooltip(() => card(properties), { className: "card" }),
  }).addTo(map);
  const exact = placed.filter(({ properties }) => isExact(properties)).length;
  const rows = settings.precision
    ? [{ mark: dot(EXACT), label: words.exact, count: exact }, { mark: dot(HOLLOW), label: words.lessExact, count: placed.length - exact }]
    : [{ mark: dot(EXACT), label: settings.title, count: placed.length }];
  const without = features.length - placed.length;
  const notes = [without ? plural(words.noPlace, without) : "", settings.count > features.length ? fill(words.partly, { n: number(features.length) }) : ""];
  return { rows, notes };
}

async function drawTiles(map) {
  const { tiles, disc, unit } = await import("./tiles.js");
  const draw = (context, [[point]]) => disc(context, point, { radius: 2.5 * unit(map), fill: ACCENT, line: PAPER, width: 0.75 * unit(map) });
  const drawing = await tiles(map, {
    levels: LEVELS,
    rules: () => ({ paint: [{ dataLayer: settings.layer, symbolizer: { draw } }] }),
    card: ({ props }) => card(props),
  });
  drawing.ask(settings.tiles);
  return { rows: [{ mark: dot(EXACT), label: settings.title }], notes: [words.fromAfar] };
}

async function draw(map) {
  const ask = asker(teller(byId("map-status")), words);
  if (!settings.shapes) areasOnMap.borders(JSON.parse(await ask(settings.regions, { waiting: words.waiting })), "pcode").addTo(map);
  const drawn = await (settings.shapes ? drawAreas(map, ask) : settings.tiles ? drawTiles(map) : drawPoints(map, ask));
  const badge = [settings.simulated && words.simulated, settings.approximate && words.approximate].filter(Boolean).join(" · ");
  byId("legend-body").replaceChildren(areasOnMap.legendBlock({ title: settings.title, rows: drawn.rows, notes: [...drawn.notes, ...settings.notes], badge }));
  byId("legend-folded").replaceChildren(settings.title);
}

mapOfPage(settings, draw);
