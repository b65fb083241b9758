// The choice page: sliders, period, map and table follow one another; the address holds all of it.

import * as areasOnMap from "./areas.js";
import { carried, fill, month, number, percent, plural } from "./format.js";
import { rankingTable } from "./ranking_table.js";
import { weightShares } from "./scoring.js";
import { asker, isPrinting, teller, wirePrint, wireSheet } from "./stage.js";
import { sortable } from "./table.js";
import * as say from "./targeting_said.js";
import { oneZone, rankedByZones, sharesOf } from "./targeting_zones.js";

const L = window.L;
const settings = carried("targeting-settings");
const { words, criteria, bounds } = settings;
const WRITE_AFTER_MS = 250; // a browser refuses an address that changes at every move of a slider

const byId = (id) => document.getElementById(id);
const stage = document.querySelector(".stage");
const form = byId("targeting-form");
const tellMap = teller(byId("map-status"));
const tellChoice = teller(byId("choice-told"));
const table = rankingTable(byId("ranking"), words, settings.isQuestion);
const state = {
  weights: settings.weights,
  since: settings.since,
  until: settings.until,
  chosen: new Set(settings.chosen),
  programme: settings.programme,
  sort: settings.sort,
};
let figures = new Map(settings.figures.map((cercle) => [cercle.pcode, cercle]));
let zones = settings.zones ?? [oneZone(criteria)];
let ranked = [];
let ranks = new Map();
let drawn = { areas: null, detail: null, names: null, borders: null, outline: null };
let last = null; // the row clicked before, where a Shift-click begins

// --- Ranking --------------------------------------------------------------------------------------------

/** Everything that hangs on weights and figures, anew. */
function rank() {
  ranked = rankedByZones(zones, state.weights, figures);
  ranks = new Map(ranked.map((each) => [each.pcode, each]));
  table.show(ranked, figures, state.sort === "rank");
  if (settings.isQuestion) table.showColumns(new Set(zones.flatMap((zone) => zone.criteria.filter(({ id }) => state.weights[id] > 0).map(({ column }) => column))));
  paint();
  speak();
}

const chosenCercles = () => [...state.chosen].filter((pcode) => figures.has(pcode)).map((pcode) => figures.get(pcode));

function speak() {
  const chosen = chosenCercles();
  const shares = Object.assign({}, ...zones.map((zone) => sharesOf(zone, state.weights)));
  const isSimulated = settings.simulated && Boolean(state.since);
  write("sentence", settings.isQuestion ? say.question(words, zones, state.weights) || settings.noRanking : say.sentence(words, { shares: weightShares(state.weights), ...state }));
  write("agreement", settings.isQuestion ? settings.agreementTold : say.agreement(words, { ranked, figures, chosen }));
  write("count", say.count(words, chosen.length, figures.size));
  write("totals", say.totals(words, { chosen, figures, isSimulated, communes: settings.communes, costs: settings.costs }));
  write("imprecise", say.imprecise(words, figures));
  write("chosen-number", `(${number(chosen.length)})`);
  for (const id of ["clear-choice", "add-neighbours"]) byId(id).disabled = !chosen.length;
  byId("inside").hidden = !chosen.length;
  showCommunesSoon();
  for (const slider of form.querySelectorAll(".slider")) {
    const { criterion } = slider.dataset;
    slider.querySelector("output").textContent = number(state.weights[criterion]);
    slider.querySelector(".slider__share").textContent = fill(words.share, { share: percent(shares[criterion] ?? 0) });
  }
  writeAddressSoon();
}

function write(place, text) {
  for (const element of document.querySelectorAll(`[data-say="${place}"]`)) {
    if (element.textContent !== text) element.textContent = text; // what is said again is not announced again
    if (place === "imprecise") element.hidden = !text;
  }
}

function wireSliders() {
  for (const range of form.querySelectorAll(".slider__range[type=range]")) {
    const { criterion } = range.closest(".slider").dataset;
    range.value = state.weights[criterion];
    range.addEventListener("input", () => {
      state.weights = { ...state.weights, [criterion]: Number(range.value) };
      rank();
    });
  }
}

// --- A whole question ------------------------------------------------------------------------------------

async function wireWhole() {
  if (!settings.isQuestion) return;
  const { wireQuestion } = await import("./targeting_question.js");
  const { columns } = settings;
  wireQuestion(form, {
    address: settings.addresses.answer,
    words,
    onAnswer(answer, isSliding) {
      Object.assign(settings, { q: answer.q, costs: answer.costs, agreementTold: answer.agreementTold, noRanking: answer.noRanking, picked: answer.picked });
      if (!isSliding && answer.columns.some((column) => !columns.includes(column))) return window.location.assign(addressOf()); // the table lacks it
      write("picked", answer.pickedTold);
      byId("choose-picked").hidden = !answer.picked.length;
      if (!answer.zones.length) return speak(); // something is wrong, and said beside its field: the former ranking stays
      ({ zones } = answer);
      Object.assign(state, { since: answer.since, until: answer.until });
      figures = new Map(answer.figures.map((cercle) => [cercle.pcode, cercle]));
      table.writeFigures(answer.figures);
      rank();
    },
  });
  byId("choose-picked").addEventListener("click", (event) => {
    event.preventDefault();
    choose(settings.picked);
  });
  byId("run-name")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    byId("launch").querySelector("button").click();
  });
}

// --- The address, the downloads and the languages hold the question ----------------------------------------

function question() {
  const query = new URLSearchParams();
  if (settings.isQuestion) {
    query.set("q", settings.q);
    if (settings.run) query.set("run", settings.run);
    if (state.chosen.size) query.set("cercles", [...state.chosen].sort().join(","));
    return query;
  }
  if (state.since) query.set("since", state.since);
  if (state.until) query.set("until", state.until);
  for (const criterion of criteria) query.set(`w_${criterion}`, state.weights[criterion]);
  for (const [name, value] of Object.entries(settings.asked)) query.set(name, value);
  if (state.chosen.size) query.set("cercles", [...state.chosen].sort().join(","));
  return query;
}

const plain = (query) => query.toString().replaceAll("%2C", ",");
let timer = 0;

function writeAddressSoon() {
  clearTimeout(timer);
  timer = setTimeout(writeAddress, WRITE_AFTER_MS);
}

/** The address of the page as it stands, with the overlay and the order of rows. */
function addressOf() {
  const query = question();
  if (state.programme) query.set("programme", "1");
  if (state.sort !== "rank") query.set("sort", state.sort);
  return `${window.location.pathname}?${plain(query)}`;
}

function writeAddress() {
  const files = question();
  for (const link of document.querySelectorAll("[data-download]")) link.href = `${settings.addresses.choice[link.dataset.download]}?${plain(files)}`;
  for (const link of document.querySelectorAll("[data-compose]")) link.href = `?${plain(files)}&outils=criteres`;
  const downloads = document.querySelector(".choice-bar__downloads");
  downloads.hidden = settings.isQuestion || !state.since || !weightShares(state.weights);
  const address = addressOf();
  window.history.replaceState(null, "", address);
  for (const link of document.querySelectorAll("[data-language]")) link.href = `${address}&lang=${link.hreflang}`;
  for (const link of document.querySelectorAll("[data-sign-in], .bar__tools a[rel=nofollow]")) {
    const url = new URL(link.href);
    url.searchParams.set("next", address);
    link.href = url;
  }
}

// --- Period ---------------------------------------------------------------------------------------------

const ask = asker(tellMap, words);
let newest = 0; // of several answers on their way, the last asked counts

function wirePeriod() {
  const [since, until] = [byId("since"), byId("until")];
  if (!since) return;
  const follow = () => {
    const wrong = whatIsWrong(since.value, until.value);
    byId("period-error").hidden = !wrong;
    byId("period-error").textContent = wrong;
    if (!wrong && (since.value !== state.since || until.value !== state.until)) askFigures(since.value, until.value).catch(() => {});
  };
  since.addEventListener("change", follow);
  until.addEventListener("change", follow);
  for (const chip of document.querySelectorAll("[data-since]")) {
    chip.addEventListener("click", () => {
      since.value = chip.dataset.since;
      until.value = chip.dataset.until;
      follow();
    });
  }
}

function whatIsWrong(since, until) {
  const isIn = (text) => /^\d{4}-\d{2}$/.test(text) && text >= bounds[0] && text <= bounds[1];
  if (!isIn(since) || !isIn(until)) return fill(words.outOfBounds, { since: month(bounds[0]), until: month(bounds[1]) });
  return since > until ? words.wrongPeriod : "";
}

async function askFigures(since, until) {
  newest += 1;
  const mine = newest;
  const url = `${settings.addresses.figures}?${new URLSearchParams({ since, until, ...settings.asked })}`;
  const text = await ask(url, { waiting: words.waitingFigures, again: () => askFigures(since, until).catch(() => {}) });
  if (mine !== newest) return;
  const { cercles } = JSON.parse(text);
  Object.assign(state, { since, until });
  figures = new Map(cercles.map((cercle) => [cercle.pcode, cercle]));
  table.writeFigures(cercles);
  rank();
}

// --- Choosing -------------------------------------------------------------------------------------------

function choose(pcodes) {
  state.chosen = new Set(pcodes);
  table.choose(state.chosen);
  drawn.areas?.select(state.chosen);
  drawLegend();
  speak();
}

function toggle(pcode) {
  const pcodes = new Set(state.chosen);
  if (!pcodes.delete(pcode)) pcodes.add(pcode);
  tellChoice("");
  choose(pcodes);
  last = pcode;
}

/** Shift-click: everything between the row clicked before and this one. */
function chooseUpTo(pcode) {
  const inOrder = [...byId("ranking").tBodies[0].rows].map((row) => row.dataset.pcode);
  const [from, to] = [inOrder.indexOf(last), inOrder.indexOf(pcode)].sort((a, b) => a - b);
  choose([...state.chosen, ...inOrder.slice(from, to + 1)]);
}

function wireRows() {
  const body = byId("ranking").tBodies[0];
  body.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault()); // no text is marked
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-pcode]");
    if (!row || event.target.closest("a")) return;
    if (event.shiftKey && last) {
      event.preventDefault();
      chooseUpTo(row.dataset.pcode);
    } else if (!event.target.closest("label")) toggle(row.dataset.pcode);
  });
  body.addEventListener("change", ({ target }) => toggle(target.value));
  sortable(byId("ranking"), {
    onRow(row) {
      pointAt(row?.dataset.pcode ?? null);
      if (row?.contains(document.activeElement)) showOnMap(row.dataset.pcode);
    },
    onSort(order) {
      state.sort = order;
      writeAddressSoon();
    },
  });
  byId("choose-first").addEventListener("click", () => {
    const first = byId("first-number").valueAsNumber;
    choose([...state.chosen, ...ranked.filter((each) => each.rank && each.rank <= first).map(({ pcode }) => pcode)]);
  });
  byId("clear-choice").addEventListener("click", () => {
    const before = state.chosen;
    choose([]);
    const undo = { text: words.undo, act: () => (choose(before), tellChoice("")) };
    tellChoice(plural(words.cleared, before.size), undo);
  });
}

const mapTools = () => import("./targeting_map.js"); // when first asked for

function wireMapTools() {
  const button = byId("lasso");
  const made = ({ isInside, lasso }) => lasso(map, {
    onShape(ring) {
      const inside = [...drawn.areas.paths].filter(([, path]) => isInside(areasOnMap.middle(path), ring)).map(([pcode]) => pcode);
      choose([...state.chosen, ...inside]);
      tellChoice(plural(words.lassoed, inside.length));
    },
    onStop() {
      button.setAttribute("aria-pressed", "false");
      tellChoice("");
    },
  });
  let tool = null;
  button.addEventListener("click", async () => {
    tool ??= made(await mapTools());
    if (tool.isOn) return tool.stop();
    if (!drawn.areas) return;
    button.setAttribute("aria-pressed", "true");
    tellChoice(words.lassoOn);
    tool.start();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && tool?.isOn && tool.stop());
  byId("add-neighbours").addEventListener("click", async () => {
    if (!drawn.collection) return;
    const { neighbours } = await mapTools();
    const found = neighbours(drawn.collection, state.chosen);
    choose([...state.chosen, ...found]);
    tellChoice(plural(words.neighbours, found.size));
  });
}

// --- The communes inside the choice ------------------------------------------------------------------------

let communesTimer = 0;
let communesShown = "";

function showCommunesSoon() {
  clearTimeout(communesTimer);
  if (byId("inside").open) communesTimer = setTimeout(() => showCommunes().catch(() => {}), WRITE_AFTER_MS);
}

async function showCommunes() {
  const query = new URLSearchParams({ ...settings.asked, cercles: [...state.chosen].sort().join(",") });
  if (state.since) query.set("since", state.since);
  if (state.until) query.set("until", state.until);
  const url = `${settings.addresses.communes}?${plain(query)}`;
  if (url === communesShown) return;
  const text = await ask(url, { waiting: words.waitingCommunes, again: () => showCommunes().catch(() => {}) });
  communesShown = url;
  const page = new DOMParser().parseFromString(text, "text/html");
  byId("inside-list").replaceChildren(document.adoptNode(page.getElementById("communes-list")));
}

// --- Map ------------------------------------------------------------------------------------------------

let map = null;
const wantedDetail = () => areasOnMap.detailOf(map);

async function drawAreas() {
  const detail = wantedDetail();
  if (drawn.detail === detail) return;
  const text = await ask(settings.shapes[detail], { waiting: words.waitingAreas, again: () => drawAreas().catch(() => {}) });
  if (detail !== wantedDetail()) return;
  for (const before of [drawn.areas, drawn.names, drawn.borders]) before?.remove();
  const collection = JSON.parse(text);
  const areas = areasOnMap.areaLayer(map, collection, { onEnter: pointAt, onLeave: () => pointAt(null), onOpen: toggle });
  areas.layer.bindTooltip((path) => card(path.feature.properties.pcode), { sticky: true, className: "card", opacity: 1 });
  areas.layer.addTo(map);
  drawn = { ...drawn, areas, collection, detail, names: areasOnMap.names(map, areas), borders: areasOnMap.borders(collection, "region").addTo(map) };
  paint();
  areas.select(state.chosen);
  drawProgramme();
}

/** First ranks are darkest: the class of a rank counts from the last. */
function shadeOf(pcode) {
  const { rank: place = null } = ranks.get(pcode) ?? {};
  if (!place) return areasOnMap.NO_DATA;
  const { rankLimits } = settings;
  const shades = rankLimits.map((_, index) => index + 1);
  return areasOnMap.colourOf(rankLimits.length - rankLimits.findIndex((limit) => place <= limit), shades);
}

function paint() {
  drawn.areas?.paint(shadeOf);
  drawLegend();
}

function drawLegend() {
  const { rankLimits } = settings;
  const shades = rankLimits.map((_, index) => index + 1);
  const places = ranked.filter(({ rank: place }) => place).map(({ rank: place }) => place);
  const rows = rankLimits.map((high, index) => {
    const low = (rankLimits[index - 1] ?? 0) + 1;
    return {
      mark: areasOnMap.swatch(areasOnMap.colourOf(rankLimits.length - index, shades)),
      label: fill(words.rankClass, { low: number(low), high: number(high) }),
      count: places.filter((place) => place >= low && place <= high).length,
    };
  });
  if (places.length < ranked.length) rows.push({ mark: areasOnMap.swatch(areasOnMap.NO_DATA), label: words.noScoreClass, count: ranked.length - places.length });
  const signs = [{ mark: areasOnMap.sign("sign-check", "legend__sign"), label: words.chosenSign, count: chosenCercles().length }];
  const programme = [...figures.values()].filter((cercle) => cercle.target).length;
  if (state.programme) signs.push({ mark: areasOnMap.sign("sign-outline", "legend__sign"), label: plural(words.programmeSign, programme) });
  const period = state.since ? `${month(state.since)} – ${month(state.until)}` : "";
  byId("legend-body").replaceChildren(
    areasOnMap.legendBlock({ title: words.rank, period, countTitle: words.cercles, rows }),
    areasOnMap.legendBlock({ title: words.signs, rows: signs, notes: [settings.simulated && words.simulated, ...settings.notes] }),
  );
  byId("legend-folded").replaceChildren(`${words.rank} `, strip(rows), settings.simulated ? ` ${words.simulated}` : "");
}

/** The shades in a row from the first rank to the last: the legend folded. */
function strip(rows) {
  const shades = document.createElement("span");
  shades.className = "legend__strip";
  const swatches = rows.filter(({ count }) => count !== undefined).slice(0, settings.rankLimits.length);
  shades.append("1 ", ...swatches.map(({ mark }) => mark.cloneNode(true)), ` ${number(settings.rankLimits.at(-1))}`);
  return shades;
}

function drawProgramme() {
  drawn.outline?.remove();
  const targets = [...figures.values()].filter((cercle) => cercle.target).map(({ pcode }) => pcode);
  drawn.outline = state.programme && drawn.areas ? areasOnMap.outline(drawn.areas, targets).addTo(map) : null;
}

function wireProgramme() {
  const box = byId("programme");
  if (!box) return;
  box.checked = state.programme;
  box.addEventListener("change", () => {
    state.programme = box.checked;
    byId("agreement").hidden = !box.checked;
    table.showProgramme(box.checked);
    drawProgramme();
    drawLegend();
    writeAddressSoon();
  });
}

/** What a hover says: name, score, and what makes it. */
function card(pcode) {
  const box = document.createElement("div");
  const line = (className, text) => {
    const p = document.createElement("p");
    p.className = className;
    p.textContent = text;
    box.append(p);
  };
  const cercle = figures.get(pcode);
  const { score, rank: place, contributions, missing } = ranks.get(pcode) ?? {};
  if (!cercle) return box;
  line("card__name", cercle.name);
  line("card__parent", cercle.region_name);
  if (place) line("card__figure", fill(words.scoreLine, { score: number(score, 1), rank: number(place) }));
  else if (missing?.length) line("card__figure", say.whyNoScore(words, cercle, settings.isQuestion ? missing : null));
  for (const [criterion, part] of Object.entries(contributions)) line("card__what", fill(words.points, { what: words.criteria[criterion].title, points: number(part, 1) }));
  if (settings.simulated) line("card__what", words.simulated);
  if (state.programme && cercle.target) line("card__what", words.ofProgramme);
  return box;
}

function pointAt(pcode) {
  drawn.areas?.emphasise(pcode);
  table.pointAt(pcode);
  if (!pcode) drawn.areas?.layer.closeTooltip();
}

function showOnMap(pcode) {
  const path = drawn.areas?.paths.get(pcode);
  if (!path) return;
  const place = areasOnMap.middle(path);
  if (!map.getBounds().contains(place)) map.panTo(place, { animate: !areasOnMap.still });
  path.openTooltip(place);
}

// --- Saving ---------------------------------------------------------------------------------------------

function wireSave() {
  const save = byId("save-form");
  if (!save) return;
  const send = asker(tellChoice, words);
  save.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!state.chosen.size) return tellChoice(words.nothingToSave);
    const name = save.elements.name.value.trim();
    const body = { name, since: state.since, until: state.until, weights: state.weights, cercles: [...state.chosen].sort(), ...settings.asked };
    const headers = { "Content-Type": "application/json", "X-CSRFToken": save.elements.csrfmiddlewaretoken.value };
    const options = { method: "POST", headers, body: JSON.stringify(body) };
    try {
      const { url } = JSON.parse(await send(settings.addresses.selections, { waiting: words.waitingSave, options }));
      tellChoice(fill(words.saved, { name }), { text: words.openSaved, href: url });
    } catch {
      // `send` has told what failed; the choice is intact.
    }
  });
}

// --- Print and start --------------------------------------------------------------------------------------

function wirePaper() {
  wirePrint(map, {
    legend: byId("legend"),
    isWhole: () => map.getBounds().contains(drawn.areas?.layer.getBounds() ?? map.getBounds()),
    showWhole: () => areasOnMap.fitCountry(map, isPrinting() ? {} : clearOfLegend()),
    afterFit: () => drawn.names?.write(),
  });
}

/** What the legend covers of a wide map. */
function clearOfLegend() {
  const legend = byId("legend");
  return legend.open ? {} : { bottom: legend.offsetHeight };
}

function start(made) {
  map = made;
  byId("legend").open = window.matchMedia("(min-width: 100rem)").matches;
  areasOnMap.prepare(map, settings);
  areasOnMap.fitCountry(map, clearOfLegend());
  wireSheet(stage, () => map.invalidateSize({ animate: false }));
  wirePaper();
  wireMapTools();
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  window.addEventListener("maillage:place", (event) => {
    const bounds = drawn.areas?.boundsOf(event.detail.pcode);
    if (!bounds) return;
    event.preventDefault();
    map.fitBounds(bounds, { maxZoom: 8, padding: [40, 40], animate: !areasOnMap.still });
    pointAt(event.detail.pcode);
  });
  map.on("moveend", () => isPrinting() || drawAreas().catch(() => {}));
  drawAreas().catch(() => {});
}

wireSliders();
wirePeriod();
wireRows();
wireProgramme();
wireSave();
wireWhole();
byId("inside").addEventListener("toggle", showCommunesSoon);
table.choose(state.chosen);
rank();
areasOnMap.mapNamed("map").then(start);
