// Police, courts and prisons: the shape tells the kind, the fill tells the status. Absence means unknown.

import { sign } from "./areas.js";
import { clusters } from "./clusters.js";
import { plural } from "./format.js";

const L = window.L;
const NS = "http://www.w3.org/2000/svg";
const INK = "#1d2126";
const PAPER = "#fff";
const SIGNS = { brigade: "sign-square", tgi: "sign-scales", ti: "sign-scales", jpce: "sign-scales", court_not_told: "sign-scales", epes: "sign-bars", prison_not_told: "sign-bars" };
const FILLS = { functional: INK, periodic: "url(#half)", relocated: "url(#half)", under_construction: PAPER, closed: PAPER, destroyed: PAPER, unknown: "url(#dots)" };
const CROSSED = new Set(["closed", "destroyed"]);

const signOf = (kind) => SIGNS[kind] ?? "sign-shield";

/** The sign of a kind and a status, as it stands on the map and in legends. */
export function institutionSign(kind, status, className) {
  const svg = sign(signOf(kind), className, FILLS[status] ?? FILLS.unknown);
  if (CROSSED.has(status)) {
    const cross = document.createElementNS(NS, "use");
    cross.setAttribute("href", "#sign-cross");
    svg.append(cross);
  }
  return svg;
}

export async function layer({ map, overlay, words, ask }) {
  const group = await clusters({ className: "cluster--institutions", labels: words.institutions.clusterLabel, radius: 26, untilZoom: 13 });
  const query = new URLSearchParams({ fields: "name,kind,status,register", limit: "30000" });
  const { features } = JSON.parse(await ask(`${overlay.url}?${query}`));
  group.addLayers(features.filter(({ geometry }) => geometry).map((feature) => marker(feature, words)));
  group.addTo(map);
  const kinds = features.map(({ properties }) => signOf(properties.kind));
  const statuses = [...new Set(features.map(({ properties }) => properties.status))];
  const inSign = (id) => kinds.filter((kind) => kind === id).length;
  return {
    remove: () => group.remove(),
    legend: () => ({
      title: words.institutions.title,
      unit: words.institutions.known,
      rows: [
        ...Object.entries(words.institutions.families)
          .filter(([id]) => inSign(id))
          .map(([id, label]) => ({ mark: sign(id, "legend__sign", PAPER), label, count: inSign(id) })),
        ...statuses.map((status) => ({
          mark: institutionSign("brigade", status, "legend__sign"),
          label: `${words.institutions.status}\u00a0: ${words.statuses[status]}`,
          count: features.filter(({ properties }) => properties.status === status).length,
        })),
      ],
      notes: [words.institutions.incomplete, overlay.publisher],
    }),
  };
}

/** An institution (a feature with name, kind, status, register) as a marker with its sheet. */
export function marker({ geometry, properties }, words) {
  const [longitude, latitude] = geometry.coordinates;
  const kind = words.kinds[properties.kind] ?? properties.kind;
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.textContent = [kind, properties.name, words.statuses[properties.status]].filter(Boolean).join(", ");
  const box = document.createElement("div");
  box.append(institutionSign(properties.kind, properties.status, "institution__sign"), spoken);
  const icon = L.divIcon({ html: box, className: "institution", iconSize: [26, 26] });
  return L.marker([latitude, longitude], { icon }).bindPopup(() => sheet(properties, kind, words), { className: "card" });
}

function sheet({ name, status, register }, kind, words) {
  const box = document.createElement("div");
  const lines = [
    ["card__name", name || words.institutions.unnamed],
    ["card__parent", kind],
    ["card__figure", `${words.institutions.status}\u00a0: ${words.statuses[status]}`],
    ["card__what", register ? `${words.institutions.register}\u00a0: ${register}` : ""],
  ];
  for (const [className, text] of lines.filter(([, each]) => each)) {
    const p = document.createElement("p");
    p.className = className;
    p.textContent = text;
    box.append(p);
  }
  return box;
}
