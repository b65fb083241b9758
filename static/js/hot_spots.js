// Where violent events gather more, or less, than chance explains: hatches over the areas, and words beside them.

import { INK, swatch } from "./areas.js";
import { day, fill, number } from "./format.js";

const L = window.L;
const NS = "http://www.w3.org/2000/svg";
const LEVELS = { cercles: "cercle", regions: "region" };
/** Hot: lines, the denser the surer; cold: dots. A light edge shows them on dark shades. */
const TILES = { hot_99: 6, hot_95: 9, hot_90: 13, cold_99: 7, cold_95: 10, cold_90: 14 };

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function pattern(label) {
  const tile = TILES[label];
  const size = { width: tile, height: tile };
  const isHot = label.startsWith("hot");
  const marks = isHot
    ? [svg("rect", { width: 3.2, height: tile, fill: "#fbfaf7" }), svg("rect", { x: 0.8, width: 1.6, height: tile, fill: INK })]
    : [svg("circle", { cx: tile / 2, cy: tile / 2, r: 2.4, fill: "#fbfaf7" }), svg("circle", { cx: tile / 2, cy: tile / 2, r: 1.5, fill: INK })];
  const turned = isHot ? { patternTransform: "rotate(-45)" } : {};
  return svg("pattern", { id: label, ...size, patternUnits: "userSpaceOnUse", ...turned }, ...marks);
}

function makePatterns() {
  const defs = document.querySelector(".signs defs");
  for (const label of Object.keys(TILES)) if (!document.getElementById(label)) defs.append(pattern(label));
}

export async function layer({ map, overlay, words, state, areas, ask, changed }) {
  const said = words.hotSpots;
  let asked = null;
  let answer = null;
  let found = new Map(); // P-code -> what was measured of it
  let drawn = null;
  makePatterns();

  const isMeasured = () => Boolean(answer?.areas.length);

  async function follow() {
    const query = new URLSearchParams({ measure: "hot_spot", level: LEVELS[state.level], period: state.period });
    if (state.source) query.set("source", state.source);
    if (query.toString() === asked && document.querySelector("#areas-table th[data-hot-spot]")) return;
    if (query.toString() !== asked) {
      asked = query.toString();
      // Of the whole period nothing is measured: it is as long as the events go back.
      answer = state.period === "all" ? null : JSON.parse(await ask(`${overlay.url}?${query}`));
      if (query.toString() !== asked) return;
      found = new Map((answer?.areas ?? []).map((area) => [area.pcode, area]));
    }
    draw();
    writeColumn();
  }

  function draw() {
    drawn?.remove();
    drawn = L.layerGroup().addTo(map);
    for (const [pcode, path] of areas()?.paths ?? []) {
      const label = found.get(pcode)?.label;
      if (!(label in TILES)) continue;
      const line = { pane: "overlay", interactive: false, lineJoin: "round" };
      drawn.addLayer(L.polygon(path.getLatLngs(), { ...line, color: "#fbfaf7", weight: 4, fillColor: `url(#${label})`, fillOpacity: 1 }));
      drawn.addLayer(L.polygon(path.getLatLngs(), { ...line, color: INK, weight: 1.8, fill: false }));
    }
  }

  function inWords(pcode) {
    const area = found.get(pcode);
    if (!area?.label) return said.notComputed;
    return fill(said.figures, { label: said.labels[area.label], z: number(area.z, 1), q: number(area.q, 3) });
  }

  /** A column of the table says the same; the server's own table has none. */
  function writeColumn() {
    removeColumn();
    const table = document.getElementById("areas-table");
    const before = table.tHead.querySelector("th.number").cellIndex;
    const header = document.createElement("th");
    header.scope = "col";
    header.textContent = said.column;
    header.dataset.hotSpot = "";
    table.tHead.rows[0].cells[before].before(header);
    for (const row of table.tBodies[0].rows) {
      const cell = document.createElement("td");
      cell.textContent = inWords(row.dataset.pcode);
      cell.dataset.hotSpot = "";
      cell.style.minWidth = "10rem";
      row.cells[before].before(cell);
    }
  }

  function removeColumn() {
    for (const cell of document.querySelectorAll("#areas-table [data-hot-spot]")) cell.remove();
  }

  await follow();

  return {
    onAreas: draw,
    onPeriod: () => follow().then(changed, () => {}),
    about: (pcode) => [fill(said.about, { words: inWords(pcode) })],
    remove() {
      drawn?.remove();
      removeColumn();
    },
    legend() {
      if (!isMeasured()) return { title: said.title, unit: said.unit, notes: [answer && !answer.measured_at ? said.waiting : said.none] };
      const { labels, period, method, not_known: unknown, areas: all } = answer;
      const rows = Object.entries(labels)
        .filter(([label, count]) => count || label === "not_significant")
        .map(([label, count]) => ({ mark: swatch(label in TILES ? `url(#${label})` : "#fff"), label: said.labels[label], count }));
      if (unknown) rows.push({ mark: swatch("url(#no-data)"), label: said.notComputed, count: unknown });
      return {
        title: said.title,
        unit: said.unit,
        period: `${day(period.since)} – ${day(period.until)}`,
        countTitle: words.countTitles[state.level],
        rows,
        notes: [
          fill(said.method, { n: number(method.permutations) }),
          all.length < method.least_areas ? fill(said.few, { n: number(all.length), least: number(method.least_areas) }) : "",
        ],
      };
    },
  };
}
