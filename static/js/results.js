// Results of 2020 and 2021 where the documents place them: a value told of several places is told as theirs together.

import { fill, number, plural } from "./format.js";
import { bySeat, card, documentsOf, inLanguage, isAtSeat, markerAt, placeOf, provenance, ringSign, rowsOf, shape, sheetLink } from "./seats.js";

const L = window.L;
const SHIFT = 18; // px above the seat: works stand to the left of it, mechanisms to the right
const FIELDS = [
  "place", "level", "theme", "description_en", "value", "unit", "value_scope", "n_places", "year", "disaggregation", "areas",
  "place_told", "document", "publisher", "told", "source_passage", "note",
];

export async function layer(context) {
  const { map, overlay, words } = context;
  const { features, edition } = await rowsOf(context, FIELDS);
  const seats = bySeat(features);
  const group = L.layerGroup(seats.map((rows) => marker(rows, context))).addTo(map);
  const drawn = seats.flat();
  return {
    remove: () => group.remove(),
    legend: () => ({
      title: overlay.title,
      unit: words.results.unit,
      rows: [
        { mark: shape("triangle", "legend__sign"), label: plural(words.results.told, drawn.length), count: drawn.length },
        { mark: shape("triangle", "legend__sign", number(2)), label: words.results.many },
        { mark: ringSign(), label: words.results.atSeat, count: drawn.filter(isAtSeat).length },
      ],
      notes: [
        features.length > drawn.length ? plural(words.results.nowhere, features.length - drawn.length) : "",
        words.results.neverSummed,
        ...documentsOf(features),
        fill(words.foundIn, { edition }),
      ],
    }),
  };
}

function marker(rows, { settings, words }) {
  const [longitude, latitude] = rows[0].geometry.coordinates;
  const [place, told] = [placeOf(rows, words), plural(words.results.told, rows.length)];
  return markerAt([latitude, longitude], {
    face: shape("triangle", "seat__sign", rows.length === 1 ? "" : number(rows.length)),
    spoken: `${place.title}, ${told}`,
    hasRing: rows.some(isAtSeat),
    shift: [0, -SHIFT],
    card: () => card({ title: place.title, told, rows: rows.map(({ properties }) => lines(properties, place, words)), more: sheetLink(rows, settings, words) }),
  });
}

function lines(row, place, words) {
  const value = row.value === null ? "" : number(row.value);
  const common = row.value_scope === "joint" ? fill(words.results.common, { n: number(row.n_places) }) : "";
  return [
    ["card__row", inLanguage("en", row.description_en)],
    ["card__figure", value, value && row.unit && " ", row.unit && inLanguage("en", row.unit), common && `, ${common}`],
    ["card__what", [place.told(row), row.year].filter(Boolean).join(" · ")],
    ...provenance(row, words),
  ];
}
