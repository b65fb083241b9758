// What every map draws: the land around Mali, areas in classes, their borders, names and legend.
// Needs leaflet.js on the page, and the signs of templates/maps/_signs.html for hatches and check marks.

import { carried, fill, limit, number } from "./format.js";

const L = window.L;
const NS = "http://www.w3.org/2000/svg";

/** One hue, light = little, told apart in deuteranopia and protanopia by lightness alone. Never the accent: that means "selected". */
const RAMP = ["#f5e7c8", "#e8c68d", "#d19c58", "#a86a33", "#6b3d1e"];
export const ZERO = "#fdfcf9";
export const NO_DATA = "url(#no-data)";
export const ACCENT = "#2f4b7c";
export const INK = "#1d2126";
const BORDER = { color: "#7d7466", weight: 0.7, opacity: 1, fillOpacity: 1 };
const AROUND_MALI = [[1, -36], [37, 28]];
const MALI = [[10.1, -12.3], [25.05, 4.3]];
const DETAIL_FROM_ZOOM = [["high", 8.5], ["medium", 6.75], ["low", 0]]; // a vertex is about a pixel there
const PANES = { land: 210, areas: 350, borders: 360, overlay: 370, names: 550 };

/** Whether the reader asked for stillness: then nothing glides. */
export const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
if (still) L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });

/** The map that {% leaflet_map "id" %} makes, when it is there. */
export function mapNamed(id) {
  return new Promise((resolve) => {
    window.addEventListener("map:init", ({ detail }) => detail.id === id && resolve(detail.map));
  });
}

/** How detailed the shapes of areas must be at the map's zoom. */
export function detailOf(map) {
  return DETAIL_FROM_ZOOM.find(([, zoom]) => map.getZoom() >= zoom)[0];
}

/** Lay the ground: panes, neighbours with their names, scale, north. `countries` is an address or null. */
export function prepare(map, { countries = null, hasTiles = false, language = document.documentElement.lang } = {}) {
  for (const [name, order] of Object.entries(PANES)) map.createPane(name).style.zIndex = order;
  for (const name of ["land", "borders", "names"]) map.getPane(name).style.pointerEvents = "none";
  map.getPane("names").setAttribute("aria-hidden", "true");
  map.options.renderer = L.svg({ padding: 0.5 });
  if (!hasTiles) Object.assign(map.options, { zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 120 });
  map.attributionControl?.remove();
  map.zoomControl?.setPosition("topright");
  map.setMaxBounds(AROUND_MALI);
  map.options.maxBoundsViscosity = 0.8;
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
  northArrow().addTo(map);
  if (countries && !hasTiles) drawNeighbours(map, countries, language);
}

/** Show all of Mali, clear of what covers `right` and `bottom` pixels of the map. */
export function fitCountry(map, { right = 0, bottom = 0 } = {}) {
  map.fitBounds(MALI, { animate: false, paddingTopLeft: [12, 12], paddingBottomRight: [right + 12, bottom + 12] });
}

async function drawNeighbours(map, address, language) {
  const response = await fetch(address);
  if (!response.ok) return; // a map without neighbours is still the map
  const collection = await response.json();
  const style = { pane: "land", interactive: false, color: "#cdc6b8", weight: 1, fillColor: "#f0ede5", fillOpacity: 1 };
  L.geoJSON(collection, { ...style, style }).addTo(map);
  const named = collection.features.filter(({ properties }) => properties.label);
  const places = named.map(({ properties }) => ({ text: properties[`name_${language}`], at: [properties.label[1], properties.label[0]] }));
  writeWhereRoom(map, places, { className: "country-name", letterPx: 10.5 });
}

/** A text on the map that takes no click. */
export function written([latitude, longitude], text, className) {
  const span = document.createElement("span");
  span.textContent = text;
  const icon = L.divIcon({ html: span, className, iconSize: null });
  return L.marker([latitude, longitude], { icon, pane: "names", interactive: false, keyboard: false });
}

function northArrow() {
  const control = L.control({ position: "topright" });
  control.onAdd = () => {
    const box = L.DomUtil.create("div", "north");
    box.append(sign("sign-north", "north__sign"));
    return box;
  };
  return control;
}

/** A sign of templates/maps/_signs.html as an <svg> element. */
export function sign(id, className, fill = null) {
  const svg = document.createElementNS(NS, "svg");
  const use = document.createElementNS(NS, "use");
  use.setAttribute("href", `#${id}`);
  if (fill) use.setAttribute("fill", fill);
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// --- Classes ------------------------------------------------------------------------------------------

/** As geo/classes.py: 0 for zero, then the first class whose upper limit is not below the value; null without data. */
export function classOf(value, limits) {
  if (value === null || value === undefined) return null;
  if (value === 0) return 0;
  const index = limits.findIndex((upper) => value <= upper);
  return (index < 0 ? limits.length - 1 : index) + 1;
}

export function colourOf(value, limits) {
  const place = classOf(value, limits);
  if (place === null) return NO_DATA;
  return place === 0 ? ZERO : shade(place, limits.length);
}

/** Fewer classes than shades spread over the whole ramp. */
function shade(place, classes) {
  if (classes === 1) return RAMP[2];
  return RAMP[Math.round(((place - 1) * (RAMP.length - 1)) / (classes - 1))];
}

// --- Areas --------------------------------------------------------------------------------------------

/**
 * Draw a FeatureCollection of areas (properties pcode, name). The handlers are told the P-code.
 * onOpen(pcode, event) is a click (a double click zooms, and opens nothing).
 */
export function areaLayer(map, collection, { onEnter = () => {}, onLeave = () => {}, onOpen = () => {}, pane = "areas" } = {}) {
  const paths = new Map();
  const checks = new Map();
  let colours = () => NO_DATA;
  let emphasised = null;
  let selected = new Set();

  const layer = L.geoJSON(collection, {
    pane,
    style: { ...BORDER, fillColor: NO_DATA },
    onEachFeature({ properties: { pcode } }, path) {
      paths.set(pcode, path);
      path.on("mouseover", (event) => onEnter(pcode, event));
      path.on("mouseout", (event) => onLeave(pcode, event));
      onSingleClick(path, (event) => onOpen(pcode, event));
    },
  });

  function restyle(pcode) {
    const path = paths.get(pcode);
    if (!path) return;
    const isSelected = selected.has(pcode);
    const isEmphasised = emphasised === pcode;
    path.setStyle({
      ...BORDER,
      ...(isSelected && { color: ACCENT, weight: 3 }),
      ...(isEmphasised && { color: INK, weight: isSelected ? 4 : 2.5 }),
      fillColor: colours(pcode),
    });
    if (isSelected || isEmphasised) path.bringToFront();
  }

  return {
    layer,
    paths,
    /** Colour every area: colours(pcode) is a fill. */
    paint(newColours) {
      colours = newColours;
      for (const pcode of paths.keys()) restyle(pcode);
    },
    /** Draw one area's border strongly; null for none. */
    emphasise(pcode) {
      const before = emphasised;
      emphasised = pcode;
      if (before && before !== pcode) restyle(before);
      if (pcode) restyle(pcode);
    },
    /** A 3 px accent border and a check mark on these areas. */
    select(pcodes) {
      const touched = new Set([...selected, ...pcodes]);
      selected = new Set(pcodes);
      for (const pcode of touched) {
        restyle(pcode);
        checks.get(pcode)?.remove();
        checks.delete(pcode);
        if (selected.has(pcode) && paths.has(pcode)) checks.set(pcode, checkMark(middle(paths.get(pcode))).addTo(map));
      }
    },
    boundsOf: (pcode) => paths.get(pcode)?.getBounds(),
    remove() {
      layer.remove();
      for (const mark of checks.values()) mark.remove();
    },
  };
}

function onSingleClick(path, open) {
  let timer = 0;
  path.on("click", (event) => {
    clearTimeout(timer);
    if (event.originalEvent.detail > 1) return; // the second click of a double click
    timer = setTimeout(() => open(event), 240);
  });
  path.on("dblclick", () => clearTimeout(timer));
}

function checkMark(place) {
  const icon = L.divIcon({ html: sign("sign-check", "check-mark__sign"), className: "check-mark", iconSize: [22, 22] });
  return L.marker(place, { icon, pane: "names", interactive: false, keyboard: false });
}

/** The middle of an area's largest part: where its name or mark goes. */
export function middle(path) {
  const rings = path.getLatLngs().map((part) => (Array.isArray(part[0]) ? part[0] : part));
  const [ring] = rings.map((points) => [points, Math.abs(centroid(points).area)]).sort((a, b) => b[1] - a[1])[0];
  const { lat, lng } = centroid(ring);
  return [lat, lng];
}

function centroid(points) {
  let area = 0;
  let lat = 0;
  let lng = 0;
  points.forEach((a, index) => {
    const b = points[(index + 1) % points.length];
    const cross = a.lng * b.lat - b.lng * a.lat;
    area += cross / 2;
    lng += ((a.lng + b.lng) * cross) / 6;
    lat += ((a.lat + b.lat) * cross) / 6;
  });
  return { area, lat: lat / area, lng: lng / area };
}

/**
 * The lines between areas that differ in `property`, and the outer line. Neighbours share the same
 * vertices (simplified as a coverage), so a line that appears once, or between two values, is a border.
 */
export function borders(collection, property) {
  const sides = new Map();
  for (const { geometry, properties } of collection.features) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of parts.flat()) {
      for (let i = 1; i < ring.length; i += 1) {
        const [a, b] = [ring[i - 1], ring[i]];
        const key = [a.join(), b.join()].sort().join(" ");
        const side = sides.get(key);
        if (side) side.isInner = side.value === properties[property];
        else sides.set(key, { line: [[a[1], a[0]], [b[1], b[0]]], value: properties[property], isInner: false });
      }
    }
  }
  const lines = [...sides.values()].filter(({ isInner }) => !isInner).map(({ line }) => line);
  return L.polyline(lines, { pane: "borders", interactive: false, color: "#4a443b", weight: 1.6, smoothFactor: 0 });
}

/** An outline over some areas, dark on a light casing so that it shows on every shade. */
export function outline(areas, pcodes) {
  const shapes = pcodes.filter((pcode) => areas.paths.has(pcode)).map((pcode) => areas.paths.get(pcode).getLatLngs());
  const line = { pane: "overlay", interactive: false, fill: false, lineJoin: "round" };
  return L.layerGroup([
    L.polygon(shapes, { ...line, color: "#fbfaf7", weight: 5 }),
    L.polygon(shapes, { ...line, color: INK, weight: 2, dashArray: "7 4" }),
  ]);
}

/** Write the areas' names where there is room, the largest first, again after each zoom. */
export function names(map, areas) {
  const sizeOf = (bounds) => (bounds.getEast() - bounds.getWest()) * (bounds.getNorth() - bounds.getSouth());
  const places = [...areas.paths.values()]
    .sort((a, b) => sizeOf(b.getBounds()) - sizeOf(a.getBounds()))
    .map((path) => ({ text: path.feature.properties.name, at: middle(path), within: path.getBounds() }));
  return writeWhereRoom(map, places, { className: "area-name", letterPx: 6.8 });
}

/** Write {text, at, within} unless another text is there, or the text is much wider than its bounds `within`. */
function writeWhereRoom(map, places, { className, letterPx }) {
  const group = L.layerGroup().addTo(map);

  function write() {
    const taken = [];
    group.clearLayers();
    for (const { text, at, within } of places) {
      const { x, y } = map.latLngToContainerPoint(at);
      const half = (text.length * letterPx) / 2 + 4;
      const box = [x - half, y - 9, x + half, y + 9];
      if ((within && widthPx(map, within) < half * 1.7) || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      group.addLayer(written(at, text, className));
    }
  }

  map.on("zoomend resize", write);
  write();
  return { write, remove: () => (map.off("zoomend resize", write), group.remove()) };
}

function widthPx(map, bounds) {
  return map.latLngToContainerPoint(bounds.getSouthEast()).x - map.latLngToContainerPoint(bounds.getNorthWest()).x;
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// --- Legend -------------------------------------------------------------------------------------------

/** An element with its class and children; empty ones are left out. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** A square of colour (or hatch) as it stands on the map. */
export function swatch(fill) {
  const svg = document.createElementNS(NS, "svg");
  const rect = document.createElementNS(NS, "rect");
  for (const [name, value] of Object.entries({ x: 0.5, y: 0.5, width: 21, height: 13, fill, stroke: "#7d7466" })) rect.setAttribute(name, value);
  svg.setAttribute("class", "swatch");
  svg.setAttribute("viewBox", "0 0 22 14");
  svg.setAttribute("aria-hidden", "true");
  svg.append(rect);
  return svg;
}

/** The rows of a choropleth's legend: zero when it occurs, the classes, no data when it occurs; each with how many areas. */
export function classRows({ limits, counts, no_data: noData }) {
  const words = carried("legend-words");
  const rows = limits.map((upper, index) => ({
    mark: swatch(shade(index + 1, limits.length)),
    label: index ? fill(words.between, { low: limit(limits[index - 1]), high: limit(upper) }) : fill(words.upTo, { high: limit(upper) }),
    count: counts[index + 1],
  }));
  if (counts[0]) rows.unshift({ mark: swatch(ZERO), label: words.zero, count: counts[0] });
  if (noData) rows.push({ mark: swatch(NO_DATA), label: words.noData, count: noData });
  return rows;
}

/** A block of the legend: title, unit and period, badge, rows of mark, label and count, notes. */
export function legendBlock({ title, unit = "", period = "", countTitle = "", rows = [], notes = [], badge = "" }) {
  const list = element("ul", "legend__rows");
  for (const { mark, label, count } of rows) {
    const row = element("li", "legend__row", mark, element("span", "legend__label", label));
    if (count !== undefined && count !== null) row.append(element("span", "legend__count", typeof count === "string" ? count : number(count)));
    list.append(row);
  }
  const head = countTitle ? element("p", "legend__count-title", countTitle) : null;
  return element(
    "section",
    "legend__block",
    element("h3", "legend__title", title),
    unit || period ? element("p", "legend__unit", [unit, period].filter(Boolean).join(" · ")) : null,
    badge ? element("p", "legend__badge", element("span", "badge", badge)) : null,
    head,
    list,
    ...notes.filter(Boolean).map((note) => element("p", "legend__note", note)),
  );
}

/** The colours in a row with the first and the last limit: the legend folded. */
export function legendStrip({ limits }) {
  const strip = element("span", "legend__strip");
  if (!limits.length) return strip;
  strip.append("0 ", ...limits.map((_, index) => swatch(shade(index + 1, limits.length))), ` ${limit(limits.at(-1))}`);
  return strip;
}
