// An institution thought elsewhere: dragged, moved by the arrow keys or written as coordinates. Nothing is saved.

import { element } from "./areas.js";
import { outlineOfReach } from "./coverage_reach.js";
import { carried, fill, number } from "./format.js";
import { institutionSign } from "./institutions.js";
import { replaceParts } from "./stage.js";

const L = window.L;
const KM_A_DEGREE = 111.2;
const STEP_KM = 5;
const LONG_STEP_KM = 25; // with the Shift key
const NEAR_ZOOM = 7;
const PAUSE_MS = 250; // between the last step and the question
const WAIT_MS = 200; // until the worker is asked again for the time of travel
const ARROWS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
const ACCENT = "#2f4b7c";

const byId = (id) => document.getElementById(id);
const places = ({ lat, lng }) => [lat, lng];

/**
 * Wire the form of the panel and return { begin(institution), again() }. `shown()` gives what the map answers now,
 * `question()` its parameters; `ask` speaks while the server works it out.
 */
export function moving({ map, ask, words, shown, question }) {
  const form = byId("moving-form");
  let current = null; // { institution, marker, lines, labels, timer }

  function begin(institution, start = [institution.latitude, institution.longitude]) {
    end();
    const kind = words.kinds[institution.kind] ?? institution.kind;
    const name = institution.name || kind;
    const box = element("div", "moved-marker", institutionSign(institution.kind, institution.status, "institution__sign"), element("span", "visually-hidden", fill(words.moving.marker, { name })));
    const marker = L.marker(start, { draggable: true, icon: L.divIcon({ html: box, className: "institution", iconSize: [34, 34] }), zIndexOffset: 1000 });
    current = { institution, marker, lines: L.layerGroup().addTo(map), labels: L.layerGroup().addTo(map), timer: 0 };
    marker.bindTooltip(words.moving.hint, { permanent: true, direction: "top", offset: [0, -14], className: "card moved-card" });
    marker.on("drag", draw).on("dragend", () => changed(0));
    marker.addTo(map);
    marker.getElement().addEventListener("keydown", step);
    byId("moving").open = true;
    byId("moving-undo").hidden = false;
    form.elements.institution.value = institution.id;
    draw();
    marker.getElement().focus();
    if (map.getZoom() < NEAR_ZOOM || !map.getBounds().contains(start)) map.setView(start, Math.max(NEAR_ZOOM, map.getZoom()), { animate: false });
  }

  function end() {
    if (!current) return;
    clearTimeout(current.timer);
    for (const layer of [current.marker, current.lines, current.labels]) layer.remove();
    current = null;
    byId("moving-undo").hidden = true;
    byId("moved-part").replaceChildren();
  }

  function undo() {
    if (!current) return;
    end();
    form.reset();
    form.elements.institution.focus();
  }

  function step(event) {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    L.DomEvent.stop(event); // else the map would glide as well
    const { lat, lng } = current.marker.getLatLng();
    const degrees = (event.shiftKey ? LONG_STEP_KM : STEP_KM) / KM_A_DEGREE;
    current.marker.setLatLng([lat + arrow[0] * degrees, lng + (arrow[1] * degrees) / Math.cos((lat * Math.PI) / 180)]);
    if (!map.getBounds().contains(current.marker.getLatLng())) map.panTo(current.marker.getLatLng(), { animate: false });
    draw();
    changed(PAUSE_MS);
  }

  /** The reach it has, dashed, and the one it would have; where it is thought, in the fields. */
  function draw() {
    const { institution, marker, lines } = current;
    const [here, there] = [[institution.latitude, institution.longitude], places(marker.getLatLng())];
    const style = { pane: "overlay", interactive: false, color: ACCENT, weight: 2 };
    lines.clearLayers();
    if (!form.elements.minutes?.value) {
      lines.addLayer(L.polyline(outlineOfReach([here], shown().limitKm), { ...style, dashArray: "5 5" }));
      lines.addLayer(L.polyline(outlineOfReach([there], shown().limitKm), style));
    }
    lines.addLayer(L.polyline([here, there], { ...style, weight: 1.3, dashArray: "2 4" }));
    form.elements.lat.value = there[0].toFixed(5);
    form.elements.lon.value = there[1].toFixed(5);
  }

  function changed(pause) {
    clearTimeout(current.timer);
    current.timer = setTimeout(() => askChange().catch(() => {}), pause);
  }

  async function askChange() {
    const mine = current;
    const query = question();
    for (const name of ["bound", "sort", "area", "region"]) query.delete(name);
    for (const name of ["institution", "lon", "lat"]) query.set(name, form.elements[name].value);
    if (form.elements.minutes?.value) query.set("minutes", form.elements.minutes.value);
    const place = `${form.elements.lon.value} ${form.elements.lat.value}`;
    const text = await ask(`${form.action}?${query}`, { waiting: words.moving.waiting, again: () => askChange().catch(() => {}) });
    if (mine !== current || place !== `${form.elements.lon.value} ${form.elements.lat.value}`) return;
    const chosen = form.elements.institution.value;
    replaceParts(text);
    form.elements.institution.value = chosen;
    if (document.querySelector("[data-moved-waits]")) return changed(WAIT_MS);
    const figures = carried("moved-figures");
    return figures && tell(figures);
  }

  function tell({ areas }) {
    const sum = (name) => areas.reduce((total, area) => total + area[name], 0);
    const change = (gained, lost) => fill(words.moving.change, { gained: number(gained), lost: number(lost) });
    current.marker.setTooltipContent(fill(words.moving.most, { change: change(sum("gained"), sum("lost")) }));
    current.labels.clearLayers();
    for (const { place, gained, lost } of areas.filter((area) => area.gained || area.lost)) {
      const face = element("span", "moved-label", change(gained, lost));
      face.setAttribute("aria-hidden", "true"); // the table says it
      current.labels.addLayer(L.marker(place, { interactive: false, keyboard: false, icon: L.divIcon({ html: face, className: "moved-label-place", iconSize: null }) }));
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [lat, lng] = ["lat", "lon"].map((name) => Number(form.elements[name].value.replace(",", ".")));
    const institution = shown().institutions.find(({ id }) => String(id) === form.elements.institution.value);
    if (!institution || Number.isNaN(lat + lng)) return;
    if (current?.institution.id !== institution.id) begin(institution, [lat, lng]);
    else current.marker.setLatLng([lat, lng]);
    draw();
    changed(0);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name !== "institution") return;
    const institution = shown().institutions.find(({ id }) => String(id) === target.value);
    if (institution) begin(institution);
    else undo();
  });
  byId("moving-undo").addEventListener("click", undo);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && current && !event.defaultPrevented) undo();
  });

  return {
    begin,
    /** The question changed: what the institution would change is asked anew. */
    again() {
      if (!current) return;
      form.elements.institution.value = current.institution.id;
      draw();
      changed(0);
    },
  };
}
