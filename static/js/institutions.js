// Police, courts and prisons: the shape tells the kind, the fill tells the status. Absence means unknown.

import { element, sign } from "./areas.js";
import { clusters } from "./clusters.js";
import { day, plural } from "./format.js";

const L = window.L;
const NS = "http://www.w3.org/2000/svg";
const INK = "#1d2126";
const PAPER = "#fff";
const SIGNS = {
  brigade: "sign-square",
  tgi: "sign-scales", ti: "sign-scales", jpce: "sign-scales", court_not_told: "sign-scales",
  military_court: "sign-scales", pjs: "sign-scales", pef: "sign-scales",
  epes: "sign-bars", prison_not_told: "sign-bars",
  one_stop_centre: "sign-plus",
};
const FILLS = { functional: INK, periodic: "url(#half)", relocated: "url(#half)", under_construction: "url(#works)", closed: PAPER, destroyed: PAPER, unknown: "url(#dots)" };
const CROSSED = new Set(["closed", "destroyed"]);

const signOf = (kind) => SIGNS[kind] ?? "sign-shield";

/** The sign of a kind and a status, as on the map and in legends; a ring where a town's point is drawn. */
export function institutionSign(kind, status, className, placeTold = "exact") {
  const svg = sign(signOf(kind), className, FILLS[status] ?? FILLS.unknown);
  if (CROSSED.has(status)) svg.append(use("#sign-cross"));
  if (placeTold !== "exact") svg.append(use("#sign-told"));
  return svg;
}

/** The outline of a kind: planned, not there yet. */
export const plannedSign = (kind, className) => sign(signOf(kind), className, PAPER);

function use(href) {
  const element = document.createElementNS(NS, "use");
  element.setAttribute("href", href);
  return element;
}

export async function layer({ map, overlay, words, ask }) {
  const group = await clusters({ className: "cluster--institutions", labels: words.institutions.clusterLabel, radius: 26, untilZoom: 13 });
  const query = new URLSearchParams({ fields: "name,kind,status,status_as_of,place_told,register", limit: "30000" });
  const { features } = JSON.parse(await ask(`${overlay.url}?${query}`));
  group.addLayers(features.filter(({ geometry }) => geometry).map((feature) => marker(feature, words, () => pageLink(feature.id, words))));
  group.addTo(map);
  const kinds = features.map(({ properties }) => signOf(properties.kind));
  const statuses = [...new Set(features.map(({ properties }) => properties.status))];
  const told = features.filter(({ properties }) => properties.place_told !== "exact").length;
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
        ...(told
          ? [{ mark: institutionSign("brigade", "functional", "legend__sign", "seat"), label: words.institutions.told, count: told }]
          : []),
      ],
      notes: [words.institutions.incomplete, overlay.publisher],
    }),
  };
}

/** The way to the page of an institution, with its statuses over time. */
export function pageLink(id, words) {
  const link = element("a", "", words.institutions.page);
  link.href = words.institutions.pages.replace("/0/", `/${id}/`);
  return link;
}

/** An institution (a feature with name, kind, status, register) as a marker with its sheet; `more()` adds to it. */
export function marker({ geometry, properties }, words, more = () => "") {
  const [longitude, latitude] = geometry.coordinates;
  const kind = words.kinds[properties.kind] ?? properties.kind;
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.textContent = [kind, properties.name, words.statuses[properties.status]].filter(Boolean).join(", ");
  const box = document.createElement("div");
  box.append(institutionSign(properties.kind, properties.status, "institution__sign", properties.place_told), spoken);
  const icon = L.divIcon({ html: box, className: "institution", iconSize: [26, 26] });
  return L.marker([latitude, longitude], { icon }).bindPopup(() => element("div", "", sheet(properties, kind, words), more()), { className: "card" });
}

function sheet({ name, status, status_as_of: asOf, place_told: placeTold, register }, kind, words) {
  const box = document.createElement("div");
  const lines = [
    ["card__name", name || words.institutions.unnamed],
    ["card__parent", kind],
    ["card__figure", `${words.institutions.status}\u00a0: ${words.statuses[status]}`],
    ["card__what", asOf ? `${words.institutions.asOf}\u00a0: ${day(asOf)}` : ""],
    ["card__what", words.institutions.placesTold?.[placeTold] ?? ""],
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
