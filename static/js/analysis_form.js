// The form of a spatial question: what can be chosen next follows what is chosen, places are picked or drawn on a map.
// The server writes the form anew after each choice that changes it; without scripts a button asks for the same.

import { carried, plural } from "./format.js";
import { asker, replaceParts, teller } from "./stage.js";

const settings = carried("analysis-settings");
const { words } = settings;
const form = document.querySelector("[data-analysis-form]");
const byId = (id) => document.getElementById(id);
const ask = asker(teller(byId("form-status")), words);
let asked = 0;

// --- The form follows what is chosen ---------------------------------------------------------------------------

async function refresh(act, focused) {
  const number = (asked += 1);
  const body = new FormData(form);
  body.set("do", act);
  const text = await ask(settings.form, { waiting: words.waiting, again: () => refresh(act, focused).catch(() => {}), options: { method: "POST", body } });
  if (number !== asked) return; // a later choice is on its way
  const open = new Set([...form.querySelectorAll("details[open]")].map(placeOf));
  replaceParts(text);
  for (const each of form.querySelectorAll("details")) if (open.has(placeOf(each))) each.open = true;
  const again = focused && form.querySelector(`[name="${CSS.escape(focused)}"]:not([type=hidden])`);
  again?.focus();
}

const placeOf = (details) => details.closest("[data-side]")?.dataset.side ?? "end";

form.addEventListener("change", ({ target }) => {
  if (target.matches("[data-refreshes]")) refresh(target.type === "file" ? "file" : "refresh", target.name).catch(() => {});
  if (target.matches(".areas input")) tellPicked(target.closest(".areas"));
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.matches("[data-refreshes]")) {
    event.preventDefault();
    refresh(button.value, null).catch(() => {});
  }
  if (button?.dataset.picks) open(pick, button.dataset.picks);
  if (button?.dataset.draws) open(draw, button.dataset.draws);
});

function tellPicked(details) {
  const n = details.querySelectorAll("input:checked").length;
  details.querySelector("[data-picked-told]").textContent = n ? plural(words.picked, n) : words.everywhere;
}

// --- The map, made when first asked for --------------------------------------------------------------------------

const panel = byId("asking-map");
const said = byId("asking-map-said");
let made = null;
let leave = () => {};
let opener = null;

async function makeMap() {
  const areas = await import("./areas.js");
  const map = window.L.map(byId("asking-canvas"), { zoomControl: true });
  areas.prepare(map, settings);
  areas.fitCountry(map);
  const collection = JSON.parse(await ask(settings.cercles, { waiting: words.waiting }));
  const borders = areas.borders(collection, "region");
  return { areas, map, collection, borders };
}

async function open(act, argument) {
  opener = document.activeElement;
  leave();
  panel.hidden = false;
  made ??= makeMap().catch((error) => {
    made = null;
    throw error;
  });
  const { map, ...rest } = await made;
  map.invalidateSize();
  leave = await act(argument, { map, ...rest });
  panel.scrollIntoView({ block: "nearest" });
}

panel.querySelector("[data-map-done]").addEventListener("click", () => {
  leave();
  leave = () => {};
  panel.hidden = true;
  opener?.focus();
});

/** Cercles chosen by touch: each is a box of the list. */
async function pick(name, { areas, map, collection, borders }) {
  const boxes = () => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const shown = areas.areaLayer(map, collection, { onOpen: (pcode) => toggle(pcode) });
  shown.layer.addTo(map);
  borders.addTo(map);
  shown.paint(() => "#fbfaf7");
  said.textContent = words.picking;
  const show = () => shown.select(boxes().filter((box) => box.checked).map((box) => box.value));
  const toggle = (pcode) => {
    const box = boxes().find(({ value }) => value === pcode);
    if (!box) return;
    box.checked = !box.checked;
    tellPicked(box.closest(".areas"));
    show();
  };
  shown.layer.eachLayer((path) => path.bindTooltip(path.feature.properties.name, { sticky: true }));
  show();
  return () => {
    shown.remove();
    borders.remove();
  };
}

// --- A shape is drawn --------------------------------------------------------------------------------------------

let library = null;

function drawLibrary() {
  library ??= new Promise((resolve, reject) => {
    const style = document.createElement("link");
    Object.assign(style, { rel: "stylesheet", href: settings.drawStyle });
    const script = document.createElement("script");
    script.src = settings.drawLibrary;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => {
      library = null;
      reject(new Error(script.src));
    });
    document.head.append(style, script);
  });
  return library;
}

const rounded = (geometry) => JSON.parse(JSON.stringify(geometry, (key, value) => (typeof value === "number" ? Math.round(value * 1e5) / 1e5 : value)));

/** Shapes drawn, changed, taken away; they are written in the hidden field as one GeoJSON geometry. */
async function draw(prefix, { areas, map, collection }) {
  await drawLibrary();
  const L = window.L;
  if (!map.pm) L.PM.reInitLayer(map); // the map was made before the library came
  const field = () => form.querySelector(`[name="${CSS.escape(prefix)}.shape"]`);
  const ground = L.geoJSON(collection, { pane: "borders", interactive: false, style: { color: "#7d7466", weight: 0.7, fill: false } }).addTo(map);
  const drawn = L.featureGroup().addTo(map);
  const style = { color: areas.ACCENT, weight: 2, fillOpacity: 0.12 };
  map.pm.setLang(document.documentElement.lang);
  map.pm.setGlobalOptions({ pathOptions: style, layerGroup: drawn });
  const write = () => {
    const shapes = drawn.getLayers().map((layer) => rounded(layer.toGeoJSON().geometry));
    const geometry = shapes.length > 1 ? { type: "MultiPolygon", coordinates: shapes.flatMap(({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates)) } : shapes[0];
    field().value = geometry ? JSON.stringify(geometry) : "";
    said.textContent = geometry ? words.drawn : words.drawing;
    field().closest(".shape").querySelector(".shape__told").textContent = said.textContent;
  };
  const onCreate = ({ layer }) => {
    drawn.addLayer(layer.on("pm:edit", write));
    write();
  };
  const acts = {
    polygon: () => map.pm.enableDraw("Polygon"),
    rectangle: () => map.pm.enableDraw("Rectangle"),
    edit: () => map.pm.toggleGlobalEditMode(),
    clear: () => {
      drawn.clearLayers();
      write();
    },
  };
  const onClick = ({ target }) => acts[target.closest("button").dataset.act]?.();
  const tools = panel.querySelector("[data-tools]");
  tools.hidden = false;
  tools.addEventListener("click", onClick);
  if (field().value) L.geoJSON(JSON.parse(field().value), { style }).eachLayer((layer) => layer.on("pm:edit", write).addTo(drawn));
  map.on("pm:create", onCreate);
  said.textContent = words.drawing;
  if (!drawn.getLayers().length) acts.polygon();
  return () => {
    map.pm.disableDraw();
    map.pm.disableGlobalEditMode();
    map.off("pm:create", onCreate);
    tools.removeEventListener("click", onClick);
    tools.hidden = true;
    ground.remove();
    drawn.remove();
  };
}
