// Where projects are said to be present: areas ruled by how many (level lines: no data is hatched aslant), localities as dots.
// Elsewhere nobody knows.

import { element, middle, sign, swatch } from "./areas.js";
import { carried, fill, number, plural } from "./format.js";
import { bySeat, card, countSign, documentOf, documentsOf, drawn, markerAt, rowsOf, sheetLink, toldDate } from "./seats.js";

const L = window.L;
const [INK, PAPER] = ["#1d2126", "#fbfaf7"];
const FROM = { cercles: [1, 2, 3], regions: [1, 5, 10] }; // projects known from which a class begins
const GAPS = [13, 8, 5]; // px between the lines of each class
const BELOW_THE_NAME = 15; // px
const FIELDS = [
  "project", "code", "title", "register", "reach", "place", "pcode", "region", "cercle", "zone", "ended", "last_confirmed", "confirmed_by",
  "document", "publisher", "told", "source_passage",
];
const LEVEL_COLUMN = { cercles: "cercle", regions: "region" };

export async function layer(context) {
  const { map, overlay, settings, state, words, areas } = context;
  const { features: every, edition } = await rowsOf(context, FIELDS);
  const features = every.filter(({ properties }) => !properties.ended);
  const dots = L.layerGroup(bySeat(features).map((rows) => dot(rows, context))).addTo(map);
  let hatches = L.layerGroup();
  let known = new Map();
  makeHatches();

  function draw(shapes) {
    hatches.remove();
    known = byArea(features, LEVEL_COLUMN[state.level]);
    const told = [...known].filter(([pcode]) => shapes.paths.has(pcode));
    hatches = L.layerGroup(told.flatMap(([pcode, rows]) => hatched(shapes.paths.get(pcode), rows, context))).addTo(map);
  }

  draw(areas());
  return {
    onAreas: draw,
    remove: () => (hatches.remove(), dots.remove()),
    legend: () => ({
      title: overlay.title,
      unit: words.projects.unit,
      countTitle: words.countTitles[state.level],
      rows: [
        ...classRows(known, FROM[state.level], words),
        { mark: sign("sign-dot", "legend__sign"), label: words.projects.dot },
      ],
      notes: [...wider(features, state.level, words), nowhere(every, overlay, words), words.projects.elsewhere, ...documentsOf(features), fill(words.foundIn, { edition })],
    }),
  };
}

const projectsOf = (rows) => new Set(rows.map(({ properties }) => properties.project)).size;
const classOf = (rows, from) => from.findLastIndex((least) => projectsOf(rows) >= least);
const hatch = (index) => `url(#projects-${index})`;

function classRows(known, from, words) {
  const classes = [...known.values()].map((rows) => classOf(rows, from));
  const { between } = carried("legend-words");
  const label = (low, next) => {
    if (next === undefined) return fill(words.projects.atLeast, { n: number(low) });
    return next === low + 1 ? number(low) : fill(between, { low: number(low), high: number(next - 1) });
  };
  return from.map((low, index) => ({
    mark: swatch(hatch(index)),
    label: label(low, from[index + 1]),
    count: classes.filter((each) => each === index).length,
  }));
}

/** P-code -> the presences told of the area or of a place in it. */
function byArea(features, column) {
  const areas = new Map();
  for (const feature of features.filter(({ properties }) => properties[column])) {
    const pcode = feature.properties[column];
    areas.set(pcode, [...(areas.get(pcode) ?? []), feature]);
  }
  return areas;
}

/** Lines over the colour of an area, and under its name the number of its projects. */
function hatched(path, rows, context) {
  const { name } = path.feature.properties;
  const line = { pane: "overlay", interactive: false, color: INK, weight: 1.2, fillColor: hatch(classOf(rows, FROM[context.state.level])), fillOpacity: 1 };
  const face = countSign(projectsOf(rows), "seat__count seat__count--projects");
  return [L.polygon(path.getLatLngs(), line), marker(middle(path), name, rows, face, context)];
}

function dot(rows, context) {
  const [longitude, latitude] = rows[0].geometry.coordinates;
  return marker([latitude, longitude], rows[0].properties.place, rows, sign("sign-dot", "seat__sign seat__sign--dot"), context, [0, 0]);
}

function marker(place, title, rows, face, { settings, words }, shift = [0, BELOW_THE_NAME]) {
  const told = plural(words.projects.known, projectsOf(rows));
  const pcodes = rows.map(({ properties: { cercle, region } }) => ({ properties: { areas: cercle ?? region } }));
  return markerAt(place, {
    face,
    spoken: `${title}, ${told}`,
    shift,
    card: () => card({ title, told, rows: rows.map(({ properties }) => lines(properties, settings, words)), more: sheetLink(pcodes, settings, words) }),
  });
}

function lines(row, settings, words) {
  const link = element("a", "", row.title);
  link.href = settings.project.replace("0", row.project);
  return [
    ["card__row", link],
    ["card__what", [words.registers[row.register], `${words.reaches[row.reach]}\u00a0: ${row.place}`].join(" · ")],
    ["card__what", row.last_confirmed ? fill(words.projects.confirmed, { day: toldDate(row.last_confirmed), by: row.confirmed_by }) : words.projects.unconfirmed],
    ["card__what", [documentOf(row), row.source_passage].filter(Boolean).join(", ")],
  ];
}

// --- What is counted and not drawn ----------------------------------------------------------------------

/** Presences told of more than an area of this level, or of a place that the edition lacks, by project. */
function wider(features, level, words) {
  const others = features.filter(({ properties }) => !properties[LEVEL_COLUMN[level]]);
  const toldOf = ({ reach, pcode }) => (pcode || reach === "zone" || reach === "country" ? reach : "lacking");
  return Object.entries(words.projects.wider)
    .map(([reach, forms]) => [forms, others.filter(({ properties }) => toldOf(properties) === reach)])
    .filter(([, rows]) => rows.length)
    .map(([forms, rows]) => plural(forms, projectsOf(rows)));
}

function nowhere(every, overlay, words) {
  const without = overlay.count - projectsOf(every);
  return without ? fill(plural(words.projects.nowhere, without), { total: number(overlay.count) }) : "";
}

// --- Hatches ----------------------------------------------------------------------------------------------

/** The closer the lines, the more projects; made when first needed. */
function makeHatches() {
  if (document.getElementById("projects-0")) return;
  const patterns = GAPS.map((gap, index) =>
    drawn(
      "pattern",
      { id: `projects-${index}`, width: gap, height: gap, patternUnits: "userSpaceOnUse" },
      drawn("rect", { width: gap, height: 2.6, fill: PAPER, "fill-opacity": 0.75 }),
      drawn("rect", { y: 0.7, width: gap, height: 1.2, fill: INK }),
    ),
  );
  document.body.append(drawn("svg", { class: "signs", width: 0, height: 0, "aria-hidden": "true", focusable: "false" }, drawn("defs", {}, ...patterns)));
}
