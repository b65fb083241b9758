// What counts, drawn: institutions by kind and status; works planned, in outline, with the ring of "at the seat of".

import { clusters } from "./clusters.js";
import { marker, plannedSign } from "./institutions.js";
import { card, markerAt } from "./seats.js";

/** A group of markers for the institutions and the works that an answer counts; `more` adds to the sheet of one. */
export async function institutionGroup({ institutions, works }, words, more, pane = "markerPane") {
  const group = await clusters({ className: "cluster--institutions", labels: words.institutions.clusterLabel, radius: 9, untilZoom: 10, pane });
  const markers = [...institutions.map((institution) => marker(asFeature(institution), words, () => more(institution))), ...works.map((work) => plannedMarker(work, words))];
  for (const each of markers) each.options.pane = pane;
  group.addLayers(markers);
  return group;
}

function asFeature({ longitude, latitude, ...properties }) {
  return { geometry: { coordinates: [longitude, latitude] }, properties };
}

function plannedMarker({ kind, title, lines, isAtSeat, longitude, latitude }, words) {
  return markerAt([latitude, longitude], {
    face: plannedSign(kind, "seat__sign"),
    spoken: `${words.planned}\u00a0: ${title}`,
    hasRing: isAtSeat,
    card: () => card({ title, told: words.planned, rows: [lines.map((line) => ["card__what", line])] }),
  });
}
