// Where to build: what a choice makes meaningless is folded away, and places are added on a map or by hand.

import { ACCENT, mapNamed, prepare } from "./areas.js";
import { carried, fill } from "./format.js";

const L = window.L;
const DECIMALS = 5; // about a metre
const MALI = [[10.1, -12.3], [25.05, 4.3]];

const form = document.querySelector("[data-siting-form]");
const settings = carried("siting-settings");
const list = form.querySelector("[data-rows=place]");
const blank = form.querySelector("[data-blank=place]");
const said = form.querySelector("[data-places-said]");

// --- What is shown follows what is chosen -------------------------------------------------------------------

function showMeant() {
  for (const part of form.querySelectorAll("[data-when]")) {
    const [name, ...values] = part.dataset.when.split(" ");
    const chosen = form.querySelector(`[name="${name}"]:checked`)?.value;
    part.hidden = !values.includes(chosen);
  }
}

form.addEventListener("change", showMeant);
showMeant();

for (const button of form.querySelectorAll("[data-sets]")) {
  button.addEventListener("click", () => {
    form.elements[button.dataset.sets].value = button.dataset.value;
  });
}

// --- Rows that can be added and taken away ------------------------------------------------------------------

function added(rows, template) {
  const number = Number(rows.dataset.next);
  rows.dataset.next = number + 1;
  const row = template.content.firstElementChild.cloneNode(true);
  for (const input of row.querySelectorAll("[name]")) input.name = input.name.replace("#", number);
  rows.append(row);
  return row;
}

for (const button of form.querySelectorAll("[data-adds]")) {
  const rows = form.querySelector(`[data-rows="${button.dataset.adds}"]`);
  const template = form.querySelector(`[data-blank="${button.dataset.adds}"]`);
  button.addEventListener("click", () => added(rows, template).querySelector("input, select").focus());
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-removes]");
  if (!button) return;
  const row = button.closest("[data-row]");
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next?.querySelector("[data-removes]") ?? form.querySelector("[data-adds]")).focus();
  draw();
});

// --- Places on the map ----------------------------------------------------------------------------------------

const field = (row, name) => row.querySelector(`[name$=".${name}"]`);
const map = await mapNamed("map");
prepare(map, { countries: settings.countries });
map.fitBounds(MALI, { animate: false });
const marks = L.layerGroup().addTo(map);
drawBorders();

async function drawBorders() {
  const response = await fetch(settings.borders);
  if (response.ok) L.geoJSON(await response.json(), { pane: "borders", interactive: false, style: { color: "#7d7466", weight: 0.7, fill: false } }).addTo(map);
}

/** Latitude and longitude of a row, null unless both are numbers. */
function placeOf(row) {
  const [latitude, longitude] = ["latitude", "longitude"].map((name) => Number.parseFloat(field(row, name).value.replace(",", ".")));
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? [latitude, longitude] : null;
}

function draw() {
  marks.clearLayers();
  said.textContent = fill(said.dataset.words, { n: [...list.children].filter(placeOf).length });
  [...list.children].forEach((row, index) => {
    const place = placeOf(row);
    if (!place) return;
    const icon = L.divIcon({ html: String(index + 1), className: "place-number is-chosen", iconSize: null });
    L.marker(place, { icon, keyboard: false, interactive: false }).addTo(marks);
    if (settings.limitKm()) L.circle(place, { radius: settings.limitKm() * 1000, color: ACCENT, weight: 1, fillOpacity: 0.08, interactive: false }).addTo(marks);
  });
}

settings.limitKm = () => (form.querySelector("[name=measure]:checked")?.value === "km" ? Number(form.elements.limit.value) : 0);

map.on("click", ({ latlng }) => {
  const empty = [...list.children].find((row) => !placeOf(row) && !field(row, "name").value);
  const row = empty ?? added(list, blank);
  field(row, "latitude").value = latlng.lat.toFixed(DECIMALS);
  field(row, "longitude").value = latlng.lng.toFixed(DECIMALS);
  draw();
});

list.addEventListener("input", draw);
form.addEventListener("change", () => {
  map.invalidateSize();
  draw();
});
draw();
