// The page of coverage: the form asks, the server writes sentence, table and figures anew, the map follows.

import * as areasOnMap from "./areas.js";
import { hatches } from "./coverage_hatches.js";
import { outlineOfReach } from "./coverage_reach.js";
import { moving } from "./coverage_moving.js";
import * as say from "./coverage_said.js";
import { swiping } from "./coverage_swipe.js";
import { carried, fill, number, plural } from "./format.js";
import { asker, isPrinting, replaceParts, teller, wirePrint, wireStage } from "./stage.js";
import { pageLink } from "./institutions.js";
import { sortable } from "./table.js";

const L = window.L;
const settings = carried("map-settings");
const { words, limits } = settings;
const PAINTED = new Set(["bound"]); // changes of these need no other figures
const FILTERS = new Set(["region"]);
const NEAR_FROM_ZOOM = 7.5;

const byId = (id) => document.getElementById(id);
const stage = document.querySelector(".stage");
const form = byId("coverage-form");
const ask = asker(teller(byId("map-status")), words);
const narrow = window.matchMedia("(max-width: 60rem)");
const state = { sort: settings.sort, area: settings.area };
let shown = read();
let map = null;
let fills = null; // colour of a class under the hatch of a register
let areas = null;
let collection = null; // the shapes that are drawn
let asked = null; // the address of the shapes drawn or on their way
let newest = 0; // of several answers on their way, the last asked counts
let isHome = true; // whether the whole country is in view
let movable = null;
let swipe = null;
let otherSide = null; // what the other side of the line says, while two are compared
let drawn = { names: null, borders: null, reach: null, institutions: null };

// --- Question and address -----------------------------------------------------------------------------------

function read() {
  const figures = carried("coverage-figures");
  return { ...figures, byPcode: new Map(figures.areas.map((area) => [area.pcode, area])) };
}

const bound = () => new FormData(form).get("bound") ?? "high";

function question() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  if (query.get("bound") === "high") query.delete("bound");
  if (state.sort) query.set("sort", state.sort);
  if (state.area) query.set("area", state.area);
  return query;
}

function writeAddress() {
  const query = question();
  window.history.replaceState(null, "", `?${query}`);
  for (const link of document.querySelectorAll("[data-language]")) {
    query.set("lang", link.hreflang);
    link.href = `?${query}`;
  }
}

async function askFigures() {
  newest += 1;
  const mine = newest;
  const again = () => askFigures().catch(() => {});
  const text = await ask(`?${question()}`, { waiting: words.waitingFigures, again });
  if (mine !== newest) return;
  replaceParts(text);
  shown = read();
  wireTable();
  filterRows();
  drawPlaces();
  await drawAreas();
  paint();
  tellArea();
  writeAddress();
  movable.again();
  swipe.again("question");
}

/** What the form still lacks, said where it lacks; the server is not asked for what it must refuse. */
function isComplete() {
  const isChosen = form.querySelector("input[name=kinds]:checked") !== null;
  byId("kinds-error").hidden = isChosen;
  return isChosen && form.reportValidity();
}

function wireForm() {
  // The picker of regions belongs to the form and stands beside the table.
  stage.addEventListener("change", ({ target }) => {
    if (target.form !== form) return undefined;
    if (PAINTED.has(target.name)) paint();
    else if (FILTERS.has(target.name)) filterRows();
    else return isComplete() ? askFigures().catch(() => {}) : undefined;
    return writeAddress();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isComplete()) askFigures().catch(() => {});
  });
  for (const chip of form.querySelectorAll("[data-km]")) {
    chip.addEventListener("click", () => {
      form.elements.limit_km.value = chip.dataset.km;
      form.elements.limit_km.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

// --- Areas ----------------------------------------------------------------------------------------------------

async function drawAreas() {
  const address = settings.shapes[shown.level][areasOnMap.detailOf(map)];
  if (address === asked) return;
  asked = address;
  const text = await ask(address, { waiting: words.waitingAreas, again: () => drawAreas().catch(() => {}) }).catch((error) => {
    asked = null;
    throw error;
  });
  if (address !== asked) return; // the reader has moved on
  for (const before of [areas, drawn.names, drawn.borders]) before?.remove();
  collection = JSON.parse(text);
  areas = areasOnMap.areaLayer(map, collection, { onEnter: pointAt, onLeave: () => pointAt(null), onOpen: choose });
  areas.layer.bindTooltip((path) => say.card(words, shown, shown.byPcode.get(path.feature.properties.pcode)), { sticky: true, className: "card", opacity: 1 });
  areas.layer.addTo(map);
  drawn.names = areasOnMap.names(map, areas);
  drawn.borders = shown.level === "regions" ? null : areasOnMap.borders(collection, "region").addTo(map);
  paint();
  tellArea();
  swipe.again();
}

function shareOf(area) {
  return area?.people ? area[bound()] / area.people : (area?.people ?? null);
}

function paint() {
  areas?.paint((pcode) => fills.of(shareOf(shown.byPcode.get(pcode)), shown.byPcode.get(pcode)?.register));
  swipe?.paint();
  drawLegend();
}

function drawLegend() {
  const rows = say.classRows(words, limits, shown.areas.map(shareOf), otherSide?.right.areas.map(shareOf));
  const hatched = ["unknown", "partial"]
    .map((register) => ({ mark: fills.swatch(register), label: words.registers[register], count: shown.areas.filter((area) => area.register === register).length }))
    .filter(({ count }) => count);
  byId("legend-body").replaceChildren(
    areasOnMap.legendBlock({ title: shown.title, unit: words.bounds[bound()], countTitle: otherSide ? fill(words.swipe.counts, { areas: words.countTitles[shown.level] }) : words.countTitles[shown.level], notes: otherSide ? [fill(words.swipe.sides, { left: otherSide.told[0], right: otherSide.told[1] })] : [], rows: [...rows, ...hatched] }),
    areasOnMap.legendBlock({ title: shown.signsTitle, unit: shown.when, rows: say.signRows(words, shown), notes: shown.signNotes }),
  );
  const folded = document.createElement("span");
  folded.textContent = shown.title;
  byId("legend-folded").replaceChildren(folded, say.strip(limits));
}

// --- What counts, and how far it reaches ------------------------------------------------------------------------

async function drawPlaces() {
  const mine = newest;
  const { institutionGroup } = await import("./coverage_institutions.js");
  const group = await institutionGroup(shown, words, moveButton);
  if (mine !== newest) return;
  drawn.institutions?.remove();
  drawn.reach?.remove();
  const places = [...shown.institutions, ...shown.works].map(({ latitude, longitude }) => [latitude, longitude]);
  const lines = outlineOfReach(places, shown.limitKm);
  const style = { pane: "overlay", interactive: false, smoothFactor: 0.5, lineCap: "butt" };
  drawn.reach = L.layerGroup([
    L.polyline(lines, { ...style, color: "#fbfaf7", weight: 4, opacity: 0.8 }),
    L.polyline(lines, { ...style, color: "#1d2126", weight: 1.3 }),
  ]).addTo(map);
  drawn.institutions = group.addTo(map);
}

/** What the sheet of an institution offers: to think it elsewhere. */
function moveButton(institution) {
  const link = pageLink(institution.id, words);
  const button = areasOnMap.element("button", "link-button", words.moving.move);
  button.type = "button";
  button.addEventListener("click", () => {
    map.closePopup();
    movable.begin(institution);
  });
  return areasOnMap.element("p", "card__doors", link, " ", button);
}

// --- One area ---------------------------------------------------------------------------------------------------

function choose(pcode) {
  state.area = state.area === pcode ? null : pcode;
  tellArea();
  writeAddress();
  if (state.area && narrow.matches && stage.dataset.height === "peek") stage.querySelector('[data-tab-button="panel"]').click();
}

function tellArea() {
  const area = shown.byPcode.get(state.area);
  areas?.select(area ? [area.pcode] : []);
  for (const row of document.querySelectorAll("#coverage-table tr[data-chosen]")) delete row.dataset.chosen;
  rowOf(state.area)?.setAttribute("data-chosen", "");
  const box = byId("area-told");
  box.hidden = !area;
  if (!area) return box.replaceChildren();
  const path = areas?.paths.get(area.pcode);
  const sheet = settings.sheets[area.sheet.level].replace("PCODE", area.sheet.pcode);
  const close = () => {
    choose(area.pcode);
    form.querySelector("button").focus();
  };
  box.replaceChildren(...say.areaLines(words, shown, area, { middle: path && areasOnMap.middle(path), sheet, close }));
}

const rowOf = (pcode) => (pcode ? document.querySelector(`#coverage-table tr[data-pcode="${pcode}"]`) : null);

function pointAt(pcode) {
  areas?.emphasise(pcode);
  for (const row of document.querySelectorAll("#coverage-table tr[data-current]")) delete row.dataset.current;
  rowOf(pcode)?.setAttribute("data-current", "");
  if (!pcode) areas?.layer.closeTooltip();
}

function showOnMap(pcode) {
  const path = areas?.paths.get(pcode);
  if (!path) return;
  const place = areasOnMap.middle(path);
  if (!map.getBounds().contains(place)) map.panTo(place, { animate: !areasOnMap.still });
  path.openTooltip(place);
}

// --- Table --------------------------------------------------------------------------------------------------------

function wireTable() {
  const table = byId("coverage-table");
  if (!table) return;
  sortable(table, {
    onRow(row) {
      pointAt(row?.dataset.pcode ?? null);
      if (row?.contains(document.activeElement)) showOnMap(row.dataset.pcode);
    },
    onSort(order) {
      state.sort = order;
      writeAddress();
    },
  });
  table.tBodies[0].addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-pcode]");
    if (!row || event.target.closest("a") || event.ctrlKey || event.metaKey) return;
    choose(row.dataset.pcode);
  });
}

/** Rows of other regions are hidden, and how many are left is told. */
function filterRows() {
  const picker = byId("region");
  const table = byId("coverage-table");
  if (!picker || !table) return;
  byId("region-field").hidden = shown.level === "regions";
  const region = shown.level === "regions" ? "" : picker.value;
  const rows = [...table.tBodies[0].rows];
  for (const row of rows) row.hidden = Boolean(region) && row.dataset.region !== region;
  const left = rows.filter((row) => !row.hidden).length;
  byId("drawer-count").textContent = left < rows.length ? fill(plural(words.someAreas[shown.level], left), { total: number(rows.length) }) : plural(words.allAreas[shown.level], rows.length);
}

function wireViews() {
  const buttons = [...document.querySelectorAll("[data-view-button]")];
  const show = (view) => {
    stage.dataset.view = view;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.viewButton === view));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      show(button.dataset.viewButton);
      if (stage.dataset.height === "peek") stage.querySelector("[data-drawer-toggle]").click();
    });
  }
  show("areas");
}

// --- Start --------------------------------------------------------------------------------------------------------

/** From far, signs are small: the reach they stand in is a few pixels wide. */
function followZoom() {
  map.getContainer().classList.toggle("is-far", map.getZoom() < NEAR_FROM_ZOOM);
}

/** All of Mali, clear of the legend. */
function showCountry() {
  const legend = byId("legend");
  const isBeside = legend.open && !narrow.matches;
  areasOnMap.fitCountry(map, { right: isBeside ? legend.offsetWidth + 12 : 0, bottom: narrow.matches ? legend.offsetHeight : 0 });
  isHome = true;
}

function start(made) {
  map = made;
  if (narrow.matches) byId("legend").open = false;
  areasOnMap.prepare(map, settings);
  fills = hatches(document.querySelector(".signs defs"), limits);
  drawLegend();
  showCountry();
  wireStage(stage, { legend: byId("legend") });
  wireViews();
  wireForm();
  wireTable();
  swipe = swiping({
    map,
    ask,
    words,
    question,
    refresh: askFigures,
    more: moveButton,
    shapes: () => collection,
    paint: (drawnAreas, figures) => drawnAreas.paint((pcode) => fills.of(shareOf(figures.byPcode.get(pcode)), figures.byPcode.get(pcode)?.register)),
    legend(sides) {
      otherSide = sides;
      drawLegend();
    },
  });
  movable = moving({ map, ask, words, shown: () => shown, question });
  wirePrint(map, {
    legend: byId("legend"),
    isWhole: () => isHome,
    showWhole: () => (isPrinting() ? areasOnMap.fitCountry(map) : showCountry()),
    afterFit: () => drawn.names?.write(),
  });
  new ResizeObserver(() => {
    if (isPrinting()) return;
    const wasHome = isHome;
    map.invalidateSize({ animate: false });
    if (wasHome) showCountry();
  }).observe(map.getContainer());
  window.addEventListener("maillage:place", (event) => {
    const bounds = areas?.boundsOf(event.detail.pcode);
    if (!bounds) return;
    event.preventDefault();
    map.fitBounds(bounds, { maxZoom: 9, padding: [40, 40], animate: !areasOnMap.still });
    pointAt(event.detail.pcode);
  });
  map.on("zoomend", followZoom);
  followZoom();
  map.on("movestart", () => (isHome = false));
  map.on("moveend", () => isPrinting() || drawAreas().catch(() => {}));
  drawPlaces().catch(() => {});
  drawAreas().catch(() => {});
}

areasOnMap.mapNamed("map").then(start);
