// What the programme plans to build: in outline, at the seat of the cercle or the region that its document tells.

import { sign } from "./areas.js";
import { fill, number, plural } from "./format.js";
import { bySeat, card, countSign, documentsOf, isAtSeat, markerAt, placeOf, provenance, ringSign, rowsOf, shape, sheetLink } from "./seats.js";

const L = window.L;
const PAPER = "#fff";
const SHIFT = 9; // px to the left of the seat: mechanisms stand to the right
const YEARS = [2021, 2022, 2023, 2024, 2025];
const FIELDS = [
  "infra_id", "place", "level", "kind", "action", "status", "activity_id", "alignment_confidence", "areas", "place_told",
  ...YEARS.map((year) => `usd_${year}`), "usd_total", "document", "publisher", "told", "source_passage", "note",
];
const FAMILIES = {
  commissariat: "sign-shield",
  police_or_brigade: "sign-shield",
  jpce_to_ti: "sign-scales",
  ti_works: "sign-scales",
  court_not_told: "sign-scales",
  pef: "sign-scales",
  epes: "sign-bars",
  one_stop_centre: "sign-plus",
  cndh_antenna: "sign-plus",
};
const OTHER = "other";

const familyOf = (kind) => FAMILIES[kind] ?? OTHER;
const faceOf = (family, className) => (family === OTHER ? shape("hexagon", className) : sign(family, className, PAPER));

export async function layer(context) {
  const { map, overlay, words } = context;
  const { features, edition } = await rowsOf(context, FIELDS);
  const seats = bySeat(features);
  const group = L.layerGroup(seats.map((rows) => marker(rows, context))).addTo(map);
  const drawn = seats.flat();
  const count = (family) => drawn.filter(({ properties }) => familyOf(properties.kind) === family).length;
  const families = Object.entries(words.works.families).filter(([family]) => count(family));
  return {
    remove: () => group.remove(),
    legend: () => ({
      title: overlay.title,
      unit: words.works.unit,
      rows: [
        ...families.map(([family, label]) => ({ mark: faceOf(family, "legend__sign"), label, count: count(family) })),
        { mark: countSign(2, "seat__count seat__count--legend"), label: words.works.many },
        { mark: ringSign(), label: words.works.atSeat, count: drawn.filter(isAtSeat).length },
      ],
      notes: [
        features.length > drawn.length ? plural(words.works.nowhere, features.length - drawn.length) : "",
        words.works.confidence,
        ...documentsOf(features),
        fill(words.foundIn, { edition }),
      ],
    }),
  };
}

function marker(rows, { settings, words }) {
  const [longitude, latitude] = rows[0].geometry.coordinates;
  const one = rows.length === 1 ? rows[0].properties : null;
  const [place, told] = [placeOf(rows, words), plural(words.works.told, rows.length)];
  return markerAt([latitude, longitude], {
    face: one ? faceOf(familyOf(one.kind), "seat__sign") : countSign(rows.length, "seat__count"),
    spoken: `${place.title}, ${one ? words.worksKinds[one.kind] : told}`,
    hasRing: rows.some(isAtSeat),
    shift: [-SHIFT, 0],
    card: () => card({ title: place.title, told, rows: rows.map(({ properties }) => lines(properties, place, words)), more: sheetLink(rows, settings, words) }),
  });
}

function lines(row, place, words) {
  const actions = row.action.split("; ").map((action) => words.worksActions[action] ?? action);
  return [
    ["card__row", `${words.worksKinds[row.kind]}\u00a0: ${actions.join(", ")}`],
    ["card__figure", amounts(row, words)],
    ["card__what", [place.told(row), words.worksStates[row.status], words.worksConfidences[row.alignment_confidence]].filter(Boolean).join(" · ")],
    ...provenance(row, words),
  ];
}

/** The dollars of each year, and in all where there are several; a 0 is how the document prints none. */
function amounts(row, words) {
  const years = YEARS.map((year) => [year, row[`usd_${year}`]]).filter(([, usd]) => usd);
  if (!row.usd_total) return words.works.noAmount;
  const told = years.map(([year, usd]) => fill(words.works.ofYear, { year, usd: number(usd) }));
  const total = fill(words.works.inAll, { usd: number(row.usd_total) });
  return [...told, ...(years.length === 1 ? [] : [total])].join("\u202f; ");
}
