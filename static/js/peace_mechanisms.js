// Land commissions, committees and antennas that the documents tell of: facts and counts, never a register.

import { fill, number, plural } from "./format.js";
import { bySeat, card, documentsOf, inLanguage, isAtSeat, markerAt, placeOf, provenance, ringSign, rowsOf, shape, sheetLink, toldDate } from "./seats.js";

const L = window.L;
const SHIFT = 9; // px to the right of the seat: planned works stand to the left
const FIELDS = [
  "place", "level", "mechanism", "status", "count", "count_out_of", "as_of", "fact_kind", "areas", "place_told",
  "document", "publisher", "told", "source_passage", "note",
];

export async function layer(context) {
  const { map, overlay, words } = context;
  const { features, edition } = await rowsOf(context, FIELDS);
  const seats = bySeat(features);
  const group = L.layerGroup(seats.map((rows) => marker(rows, context))).addTo(map);
  const drawn = seats.flat();
  const of = (kind) => drawn.filter(({ properties }) => properties.mechanism === kind).length;
  const kinds = Object.entries(words.mechanismKinds).filter(([kind]) => of(kind));
  return {
    remove: () => group.remove(),
    legend: () => ({
      title: overlay.title,
      unit: words.mechanisms.unit,
      rows: [
        ...kinds.map(([kind, label]) => ({ mark: shape("diamond", "legend__sign"), label, count: of(kind) })),
        { mark: shape("diamond", "legend__sign", number(2)), label: words.mechanisms.many },
        { mark: ringSign(), label: words.mechanisms.atSeat, count: drawn.filter(isAtSeat).length },
      ],
      notes: [
        features.length > drawn.length ? plural(words.mechanisms.nowhere, features.length - drawn.length) : "",
        words.mechanisms.incomplete,
        ...documentsOf(features),
        fill(words.foundIn, { edition }),
      ],
    }),
  };
}

function marker(rows, { settings, words }) {
  const [longitude, latitude] = rows[0].geometry.coordinates;
  const one = rows.length === 1 ? rows[0].properties : null;
  const [place, told] = [placeOf(rows, words), plural(words.mechanisms.told, rows.length)];
  return markerAt([latitude, longitude], {
    face: shape("diamond", "seat__sign", one ? "" : number(rows.length)),
    spoken: `${place.title}, ${one ? words.mechanismKinds[one.mechanism] : told}`,
    hasRing: rows.some(isAtSeat),
    shift: [SHIFT, 0],
    card: () => card({ title: place.title, told, rows: rows.map(({ properties }) => lines(properties, place, words)), more: sheetLink(rows, settings, words) }),
  });
}

function lines(row, place, words) {
  const [state, count] = [row.status && inLanguage("fr", row.status), counted(row, words)];
  return [
    ["card__row", words.mechanismKinds[row.mechanism]],
    ["card__figure", state, state && count && "\u00a0: ", count],
    ["card__what", [place.told(row), row.as_of && fill(words.asOf, { day: toldDate(row.as_of) })].filter(Boolean).join(" · ")],
    ...provenance(row, words),
  ];
}

/** A count told, and out of how many; the one of a single facility goes without saying. */
function counted({ count, count_out_of: of, fact_kind: kind }, words) {
  if (count === null || (kind === "point" && of === null)) return "";
  return of === null ? number(count) : fill(words.mechanisms.outOf, { n: number(count), of: number(of) });
}
