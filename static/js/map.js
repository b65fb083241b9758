// The map page: areas in classes, layers over them, and panel, table and address that follow one another.

import * as areasOnMap from "./areas.js";
import { carried, fill, number } from "./format.js";
import { asker, fitting, isFitting, isPrinting, replaceParts, teller, wirePrint, wireStage } from "./stage.js";

const L = window.L;
const settings = carried("map-settings");
const { words } = settings;
const DEFAULTS = { level: "cercles", indicator: "violent_per_100k", period: "12m" };
const ASKED = ["source", "events_until", "known_at"]; // of the events: another answer of the server, and another page
const OVERLAYS = {
  events: ({ tiles }) => (tiles ? import("./events_tiles.js") : import("./events.js")),
  hot_spots: () => import("./hot_spots.js"),
  institutions: () => import("./institutions.js"),
  planned_works: () => import("./planned_works.js"),
  peace_mechanisms: () => import("./peace_mechanisms.js"),
  results_2020_2021: () => import("./results.js"),
  projects: () => import("./projects.js"),
  settlements: ({ tiles }) => (tiles ? import("./settlements_tiles.js") : import("./settlements.js")),
  target_cercles: () => import("./targets.js"),
};

const byId = (id) => document.getElementById(id);
const stage = document.querySelector(".stage");
const form = byId("areas-form");
const ask = asker(teller(byId("map-status")), words);
const state = readAddress();
let figures = carried("figures");
let areas = null; // what areaLayer returned
let home = ""; // the view of the whole country, as text
const narrow = window.matchMedia("(max-width: 60rem)");
let asked = null; // the address of the shapes drawn or on their way
let turn = 0; // how often figures were asked
let drawn = { level: null, names: null, borders: null };
const tip = L.tooltip({ className: "card", direction: "auto", offset: [12, 0], opacity: 1 }); // of the row that the reader is on
const shown = new Map(); // overlay name -> what its module returned
let counted = null; // figures counted here, of a month or of some types, once a reader has asked for them
let slider = null; // of the months, once opened
const isCounting = () => Boolean(state.month || state.types);
/** The figures on screen: those of the server, or those counted here. */
const current = () => (isCounting() && counted?.figures()) || figures;

// --- The address holds the view -------------------------------------------------------------------------

function readAddress() {
  const query = new URLSearchParams(window.location.search);
  const [latitude, longitude, zoom] = (query.get("at") ?? "").split(",").map(Number);
  return {
    ...settings.view,
    lang: query.get("lang"),
    sort: query.get("sort"),
    since: query.get("since"),
    until: query.get("until"),
    source: query.get("source"),
    events_until: query.get("events_until"),
    known_at: query.get("known_at"),
    month: /^\d{4}-\d\d$/.test(query.get("month")) ? query.get("month") : null,
    span: query.get("span") === "12" ? 12 : 1,
    types: query.has("types") ? new Set(query.get("types").split(",").filter(Boolean)) : null,
    layers: new Set(query.getAll("layers").join().split(",").filter((name) => name in settings.overlays)),
    at: Number.isFinite(zoom) ? { centre: [latitude, longitude], zoom } : null,
  };
}

function address() {
  const query = new URLSearchParams();
  for (const name of Object.keys(DEFAULTS)) if (state[name] !== DEFAULTS[name]) query.set(name, state[name]);
  for (const name of ["sort", "since", "until", ...ASKED, "month", "lang"]) if (state[name]) query.set(name, state[name]);
  if (state.month && state.span > 1) query.set("span", state.span);
  if (state.types) query.set("types", [...state.types].join(","));
  if (state.layers.size) query.set("layers", [...state.layers].join(","));
  if (state.at) query.set("at", [...state.at.centre, state.at.zoom].join(","));
  const text = query.toString().replaceAll("%2C", ",");
  return text ? `?${text}` : window.location.pathname;
}

function writeAddress() {
  window.history.replaceState(null, "", address());
  for (const link of document.querySelectorAll("[data-language]")) {
    const query = new URLSearchParams(window.location.search);
    query.set("lang", link.hreflang);
    link.href = `?${query.toString().replaceAll("%2C", ",")}`;
  }
}

// --- Areas ----------------------------------------------------------------------------------------------

const said = () => current().indicators[state.indicator];
const figureOf = (pcode) => current().areas.find((area) => area.pcode === pcode);
const limits = () => current().classes[state.indicator].limits;

async function drawAreas(map) {
  const wanted = { level: state.level, detail: areasOnMap.detailOf(map) };
  const address = settings.shapes[wanted.level][wanted.detail];
  if (address === asked) return;
  asked = address;
  const again = () => drawAreas(map);
  const text = await ask(address, { waiting: words.waitingAreas, again }).catch((error) => {
    asked = null;
    throw error;
  });
  if (address !== asked) return; // the reader has moved on
  const collection = JSON.parse(text);
  areas?.remove();
  drawn.names?.remove();
  drawn.borders?.remove();
  areas = areasOnMap.areaLayer(map, collection, {
    onEnter: (pcode) => pointAt(pcode),
    onLeave: () => pointAt(null),
    onOpen: (pcode, event) => open(map, pcode, event),
  });
  areas.layer.bindTooltip((path) => card(path.feature.properties.pcode), { sticky: true, className: "card", opacity: 1 });
  areas.layer.addTo(map);
  drawn = {
    level: wanted.level,
    names: areasOnMap.names(map, areas),
    borders: wanted.level === "cercles" ? areasOnMap.borders(collection, "region").addTo(map) : null,
  };
  paint();
  for (const overlay of shown.values()) overlay.onAreas?.(areas);
}

function paint() {
  areas.paint((pcode) => areasOnMap.colourOf(figureOf(pcode)?.[state.indicator], limits()));
  drawLegend();
}

/** Mark an area on the map and its row in the table. */
function pointAt(pcode) {
  areas.emphasise(pcode);
  for (const row of document.querySelectorAll("#areas-table tr[data-current]")) delete row.dataset.current;
  if (pcode) document.querySelector(`#areas-table tr[data-pcode="${pcode}"]`)?.setAttribute("data-current", "");
}

/** What a hover says: name, region, figure. */
function card(pcode, link = null) {
  const box = document.createElement("div");
  const line = (className, text) => {
    const p = document.createElement("p");
    p.className = className;
    p.textContent = text;
    box.append(p);
  };
  const area = figureOf(pcode);
  if (!area) return box;
  const { title, unit, decimals } = said();
  const value = area[state.indicator];
  line("card__name", area.name);
  if (area.region_name) line("card__parent", area.region_name);
  line("card__figure", value === null ? words.noData : `${number(value, decimals)} ${unit}`);
  line("card__what", figures.simulated && said().of_period ? `${title} (${words.simulated})` : title);
  for (const overlay of shown.values()) for (const text of overlay.about?.(pcode) ?? []) line("card__what", text);
  if (link) {
    const a = document.createElement("a");
    a.href = link;
    a.className = "button";
    a.textContent = words.openSheet;
    box.append(a);
  }
  return box;
}

const sheetOf = (pcode) => settings.sheets[state.level].replace("PCODE", pcode);

/** A click opens the sheet; a finger, which cannot hover, is shown the card with a link to it. */
function open(map, pcode, event) {
  const { pointerType, ctrlKey, metaKey } = event.originalEvent;
  if (pointerType === "touch") {
    areas.layer.closeTooltip();
    L.popup({ className: "card" }).setLatLng(event.latlng).setContent(card(pcode, sheetOf(pcode))).openOn(map);
  } else if (ctrlKey || metaKey) window.open(sheetOf(pcode));
  else window.location.href = sheetOf(pcode);
}

function drawLegend() {
  const { title, unit, when, notes, of_period: ofPeriod } = said();
  const isSimulated = figures.simulated && ofPeriod;
  const block = areasOnMap.legendBlock({
    title,
    unit,
    period: when,
    countTitle: words.countTitles[state.level],
    rows: areasOnMap.classRows(current().classes[state.indicator]),
    badge: isSimulated ? words.simulated : "",
    notes,
  });
  const others = [...shown.values()].map((overlay) => areasOnMap.legendBlock(overlay.legend()));
  byId("legend-body").replaceChildren(block, ...others);
  const folded = document.createElement("span");
  folded.textContent = [title, unit].filter(Boolean).join(" ");
  byId("legend-folded").replaceChildren(folded, areasOnMap.legendStrip(current().classes[state.indicator]));
}

// --- Figures: the server writes them, sentence, table and sources included --------------------------------

async function askFigures(map) {
  turn += 1;
  const own = turn;
  const text = await ask(address(), { waiting: words.waitingFigures, again: () => askFigures(map) });
  if (own !== turn) return; // the reader has asked something else since
  replaceParts(text);
  figures = carried("figures");
  if (isCounting()) await counted?.follow();
  sayCounted();
  sayIndicator();
  await wireTable(map);
  if (drawn.level === state.level) paint();
  else await drawAreas(map);
  for (const overlay of shown.values()) overlay.onPeriod?.();
}

function sayIndicator() {
  for (const place of document.querySelectorAll("[data-says]")) place.textContent = said()[place.dataset.says];
  for (const badge of document.querySelectorAll("[data-of-period]")) badge.hidden = !said().of_period;
  for (const cell of document.querySelectorAll("#areas-table .is-shown")) cell.classList.remove("is-shown");
  const header = document.querySelector(`#areas-table th[data-key="${state.indicator}"]`);
  if (!header) return;
  for (const row of byId("areas-table").rows) row.cells[header.cellIndex]?.classList.add("is-shown");
}

function wireForm(map) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const name of ASKED) state[name] = form.elements[name]?.value || null;
    closeMonths();
    window.location.assign(address());
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "type") chooseTypes(map);
    if (!(target.name in DEFAULTS)) return;
    state[target.name] = target.value;
    if (target.name === "period") closeMonths();
    writeAddress();
    if (target.name === "indicator") {
      sayCounted();
      sayIndicator();
      paint();
    } else askFigures(map).catch(() => {});
  });
}

/** The table is wired when it is first opened: a slow line need not carry its module before. */
async function wireTable(map) {
  const table = byId("areas-table");
  if (stage.dataset.height === "peek" || table.dataset.isWired) return;
  table.dataset.isWired = "true";
  const { arrange, sortable } = await import("./table.js");
  if (isCounting()) arrange(table);
  sortable(table, {
    onRow(row) {
      if (!areas) return;
      pointAt(row?.dataset.pcode ?? null);
      if (row && row.contains(document.activeElement)) showArea(map, row.dataset.pcode);
      else tip.remove();
    },
    onSort(order) {
      state.sort = order;
      writeAddress();
    },
  });
}

function showArea(map, pcode) {
  const path = areas.paths.get(pcode);
  if (!path) return;
  const place = areasOnMap.middle(path);
  if (!map.getBounds().contains(place)) map.panTo(place, { animate: !areasOnMap.still });
  tip.setLatLng(place).setContent(card(pcode)).addTo(map);
}

// --- Months and types: counted here, from one small answer --------------------------------------------------

/** Count anew after another month, level or choice of types, and let everything say it. */
async function count(map) {
  if (isCounting()) {
    const { counted: make } = await import("./counted.js");
    const waiting = { waiting: words.waitingFigures, again: () => count(map) };
    counted ??= make({ settings, words, state, ask: (url) => ask(url, waiting), base: () => figures });
    await counted.follow();
  }
  showCounted();
}

/** Say and draw what is counted; without any, what the server wrote. */
function showCounted() {
  sayCounted();
  sayIndicator();
  if (areas) paint();
  for (const overlay of shown.values()) overlay.onPeriod?.();
}

function sayCounted() {
  if (state.month) slider?.show();
  const table = byId("areas-table");
  byId("drawer-downloads").classList.toggle("is-of-months", isCounting());
  document.title = [state.month && said().when, words.pageTitle].filter(Boolean).join(" · ");
  if (isCounting()) counted?.write(table);
  else counted?.restore(table);
}

async function openMonths(map) {
  state.month ??= figures.period.until.slice(0, 7);
  try {
    await count(map);
    const { monthSlider } = await import("./months.js");
    slider ??= await monthSlider({
      settings,
      words,
      state,
      counted,
      moved: () => (counted.show(), showCounted()),
      rested: () => (writeAddress(), sortAgain()),
      left: () => (closeMonths(), writeAddress(), count(map)),
    });
  } catch (error) {
    closeMonths();
    throw error;
  }
  slider.open();
  byId("months-open").setAttribute("aria-expanded", "true");
  writeAddress();
}

/** The rows keep the order that the table says: other counts, other places. */
async function sortAgain() {
  const table = byId("areas-table");
  if (table.dataset.isWired) (await import("./table.js")).arrange(table);
}

function closeMonths() {
  state.month = null;
  slider?.close();
  byId("months-open")?.setAttribute("aria-expanded", "false");
}

function chooseTypes(map) {
  const boxes = [...document.querySelectorAll("input[name=type]")];
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  state.types = chosen.length === boxes.length ? null : new Set(chosen);
  sayTypes(boxes.length);
  writeAddress();
  count(map).catch(() => {});
}

function sayTypes(all) {
  byId("types-told").textContent = state.types ? fill(words.months.someTypes, { n: number(state.types.size), all: number(all) }) : words.months.allTypes;
}

function wireMonths(map) {
  if (!byId("months-open")) return Object.assign(state, { month: null, types: null }); // no month is kept of what is asked
  const boxes = document.querySelectorAll("input[name=type]");
  for (const box of boxes) box.checked = !state.types || state.types.has(box.value);
  sayTypes(boxes.length);
  byId("months-open").addEventListener("click", async () => {
    if (slider && state.month) return slider.focus();
    await openMonths(map).catch(() => {});
    // On a phone the slider lies under the map: the sheet makes room for both.
    if (narrow.matches) stage.querySelector("[data-tab-button][aria-expanded=true]")?.click();
    slider?.focus();
  });
  if (state.month) openMonths(map).catch(() => {});
  else if (state.types) count(map).catch(() => {});
}

// --- Layers ---------------------------------------------------------------------------------------------

async function showOverlay(map, name) {
  const overlay = settings.overlays[name];
  const context = {
    map,
    settings,
    overlay,
    words,
    state,
    period: () => current().period,
    areas: () => areas,
    changed: () => (state.month || writeAddress(), drawLegend()), // of the months, the slider writes it where it rests
    ask: (url) => ask(url, { waiting: fill(words.waitingLayer, { title: overlay.title }), again: () => showOverlay(map, name) }),
  };
  const { layer } = await OVERLAYS[name](overlay);
  const made = await layer(context);
  if (!state.layers.has(name) || shown.has(name)) return made.remove(); // switched off while it came
  shown.set(name, made);
  drawLegend();
}

function hideOverlay(name) {
  shown.get(name)?.remove();
  shown.delete(name);
  drawLegend();
}

function wireLayers(map) {
  for (const box of document.querySelectorAll("input[name=layers]")) {
    const more = document.querySelector(`[data-layer-more="${box.value}"]`);
    const follow = () => {
      if (more) more.hidden = !box.checked;
      if (box.checked) showOverlay(map, box.value).catch(() => {});
    };
    box.checked = state.layers.has(box.value);
    follow();
    box.addEventListener("change", () => {
      if (box.checked) state.layers.add(box.value);
      else state.layers.delete(box.value);
      follow();
      if (!box.checked) hideOverlay(box.value);
      writeAddress();
      if (settings.overlays[box.value].hasColumns) askFigures(map).catch(() => {});
    });
  }
}

// --- Panel, table and sheet -------------------------------------------------------------------------------

function wirePlaces(map) {
  wireStage(stage, { legend: byId("legend"), onChange: () => wireTable(map) });
  new ResizeObserver(() => {
    if (isPrinting()) return;
    const isHome = state.at === null;
    fitting(() => {
      map.invalidateSize({ animate: false });
      if (isHome) showCountry(map);
    });
  }).observe(map.getContainer());
  wirePrint(map, {
    legend: byId("legend"),
    isWhole: () => state.at === null,
    showWhole: () => (isPrinting() ? areasOnMap.fitCountry(map) : showCountry(map)),
    afterFit: () => drawn.names?.write(),
  });
}

function wireSearch(map) {
  let mark = null;
  window.addEventListener("maillage:place", (event) => {
    event.preventDefault();
    const { latitude, longitude, name, pcode, level } = event.detail;
    mark?.remove();
    const bounds = areas?.boundsOf(pcode);
    if (bounds) {
      map.fitBounds(bounds, { maxZoom: 9, padding: [40, 40], animate: !areasOnMap.still });
      showArea(map, pcode);
      return;
    }
    map.setView([latitude, longitude], level === "settlement" ? 10 : 8.5, { animate: !areasOnMap.still });
    mark = areasOnMap.written([latitude, longitude], name, "found-place").addTo(map);
  });
}

// --- Start ------------------------------------------------------------------------------------------------

const viewOf = (map) => ({
  centre: [Number(map.getCenter().lat.toFixed(3)), Number(map.getCenter().lng.toFixed(3))],
  zoom: Number(map.getZoom().toFixed(2)),
});

/** All of Mali, clear of the legend: the view that the address need not tell. */
function showCountry(map) {
  const legend = byId("legend");
  const isBeside = legend.open && !narrow.matches;
  areasOnMap.fitCountry(map, { right: isBeside ? legend.offsetWidth + 12 : 0, bottom: narrow.matches ? legend.offsetHeight : 0 });
  home = JSON.stringify(viewOf(map));
  state.at = null;
  writeAddress();
}

function start(map) {
  areasOnMap.prepare(map, settings);
  if (narrow.matches) byId("legend").open = false;
  if (state.at) map.setView(state.at.centre, state.at.zoom, { animate: false });
  else showCountry(map);
  wirePlaces(map);
  wireForm(map);
  wireSearch(map);
  const wire = () => (wireLayers(map), wireMonths(map));
  drawAreas(map).then(wire, wire);
  map.on("moveend", () => {
    if (isPrinting()) return;
    if (!isFitting()) {
      state.at = JSON.stringify(viewOf(map)) === home ? null : viewOf(map);
      writeAddress();
    }
    drawAreas(map).catch(() => {});
  });
}

areasOnMap.mapNamed("map").then(start);
