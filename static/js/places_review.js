// The areas a told place may be, outlined and numbered as in its list: the place that the reader is at.

import { ACCENT, INK, mapNamed, prepare } from "./areas.js";
import { carried } from "./format.js";

const L = window.L;
const settings = carried("review-settings");
const title = document.querySelector("[data-map-title]");
const says = document.querySelector("[data-map-says]");
const shapes = new Map(); // P-code -> its feature, once fetched
const COUNTRY = [[10.1, -12.3], [25.05, 4.3]];
let shown = null; // the question on the map
let paths = new Map();
let layer = null;

const map = await mapNamed("map");
prepare(map, { countries: settings.countries });
map.fitBounds(COUNTRY, { animate: false });
drawRegions();

/** Their borders say where one is; a map without them is still the map. */
async function drawRegions() {
  const response = await fetch(settings.regions);
  if (response.ok) L.geoJSON(await response.json(), { pane: "borders", interactive: false, style: { color: "#4a443b", weight: 1, fill: false } }).addTo(map);
}

const radiosOf = (question) => [...question.querySelectorAll("[data-pcode]")];

async function fetched(pcodes) {
  const missing = pcodes.filter((pcode) => !shapes.has(pcode));
  if (!missing.length) return;
  const query = new URLSearchParams(missing.map((pcode) => ["pcode", pcode]));
  const response = await fetch(`${settings.outlines}?${query}`);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  for (const feature of (await response.json()).features) shapes.set(feature.properties.pcode, feature);
}

async function show(question) {
  if (shown === question) return emphasise(question);
  shown?.classList.remove("is-shown");
  shown = question;
  question.classList.add("is-shown");
  const radios = radiosOf(question);
  try {
    await fetched(radios.map((radio) => radio.dataset.pcode));
  } catch (error) {
    says.textContent = error.message;
    return;
  }
  if (shown === question) draw(question, radios);
}

function draw(question, radios) {
  layer?.remove();
  layer = L.featureGroup().addTo(map);
  paths = new Map();
  const drawn = radios.filter((radio) => shapes.has(radio.dataset.pcode));
  for (const radio of drawn) {
    const path = L.geoJSON(shapes.get(radio.dataset.pcode), { pane: "areas" }).addTo(layer);
    path.on("click", () => choose(radio));
    paths.set(radio.dataset.pcode, { path, number: numbered(path, radio) });
  }
  title.textContent = question.querySelector("h2").textContent.trim();
  says.textContent = drawn.map((radio) => `${radio.dataset.number} ${radio.closest("label").querySelector("strong").textContent}`).join(" · ");
  emphasise(question);
  map.fitBounds(drawn.length ? layer.getBounds().pad(0.25) : COUNTRY, { animate: false, maxZoom: 9 });
}

function numbered(path, radio) {
  const icon = L.divIcon({ html: radio.dataset.number, className: "place-number", iconSize: null });
  return L.marker(path.getBounds().getCenter(), { icon, pane: "names", interactive: false, keyboard: false }).addTo(layer);
}

function choose(radio) {
  radio.checked = true;
  radio.focus();
  emphasise(shown);
}

/** The area chosen, and the one that the reader is on, stand out by their border. */
function emphasise(question, over = null) {
  for (const radio of radiosOf(question)) {
    const drawn = paths.get(radio.dataset.pcode);
    if (!drawn) continue;
    const isOver = radio === over;
    const color = radio.checked ? ACCENT : INK;
    drawn.path.setStyle({ color, weight: radio.checked || isOver ? 4 : 1.5, fillColor: radio.checked ? ACCENT : "#ecd3a4", fillOpacity: radio.checked ? 0.25 : 0.6 });
    if (radio.checked || isOver) drawn.path.bringToFront();
    drawn.number.getElement()?.classList.toggle("is-chosen", radio.checked);
  }
}

const questions = [...document.querySelectorAll("[data-question]")];
for (const question of questions) {
  question.addEventListener("focusin", () => show(question));
  question.addEventListener("pointerenter", () => show(question));
  question.addEventListener("change", () => emphasise(question));
  for (const radio of radiosOf(question)) {
    const label = radio.closest("label");
    label.addEventListener("pointerenter", () => shown === question && emphasise(question, radio));
    label.addEventListener("pointerleave", () => shown === question && emphasise(question));
  }
}
const first = document.querySelector("[data-question]:target") ?? questions[0];
if (first) show(first);
