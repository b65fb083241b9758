// Rows that documents tell of a place. Those drawn at one point share one sign, and its card lists them all.

import { element } from "./areas.js";
import { day, fill, month, number } from "./format.js";

const L = window.L;
const NS = "http://www.w3.org/2000/svg";
const INK = "#1d2126";
const SIZE = 28;
const SHAPES = { diamond: "M12 2.500L21.500 12L12 21.500L2.500 12z", hexagon: "M7 3.500h10l5 8.500l-5 8.500H7L2 12z", triangle: "M12 1.500L22.500 19.500h-21z" };

/** The rows of a layer, those without a point too: { features, edition }. */
export async function rowsOf({ overlay, ask }, fields) {
  return JSON.parse(await ask(`${overlay.url}?${new URLSearchParams({ fields: fields.join(), limit: "30000" })}`));
}

/** The rows with a point, in groups of those at the same one. */
export function bySeat(features) {
  const seats = new Map();
  for (const feature of features.filter(({ geometry }) => geometry)) {
    const key = feature.geometry.coordinates.join();
    seats.set(key, [...(seats.get(key) ?? []), feature]);
  }
  return [...seats.values()];
}

/** Tell whether a row is drawn at the seat of the area it is told of. */
export const isAtSeat = ({ properties }) => properties.place_told === "seat";

/**
 * What a place is called, « Koro, au siège du cercle », and how each row tells it where the rows of one point do so
 * in several ways (of a region and of its town): { title, told: (row) => text }.
 */
export function placeOf(rows, words) {
  const toldOf = ({ level, place_told: told }) => words.placed[told === "seat" ? level : told];
  const names = [...new Set(rows.map(({ properties }) => properties.place))].join(" · ");
  const ways = [...new Set(rows.map(({ properties }) => toldOf(properties)))];
  return ways.length === 1 ? { title: [names, ways[0]].filter(Boolean).join(", "), told: () => "" } : { title: names, told: toldOf };
}

/** A sign that templates/maps/_signs.html does not have, in outline: diamond, hexagon or triangle, with a text in it if told. */
export function shape(name, className, text = "") {
  const svg = drawn("svg", { class: className, viewBox: "0 0 24 24", "aria-hidden": "true" });
  for (const [stroke, width] of [["#fbfaf7", 4.5], [INK, 1.7]]) svg.append(drawn("path", { d: SHAPES[name], fill: "#fff", stroke, "stroke-width": width }));
  if (text) svg.append(drawn("text", { x: 12, y: 16.2, "text-anchor": "middle", "font-size": 12, "font-weight": 650, fill: INK }, text));
  return svg;
}

/** An element of a drawing with its attributes and children. */
export function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The number of rows at a place, drawn in a box of its own class. */
export function countSign(count, className) {
  const face = element("span", className, number(count));
  face.setAttribute("aria-hidden", "true");
  return face;
}

/** The small ring of what is told of a whole area and drawn at its seat. */
export function ringSign() {
  const mark = element("span", "seat seat--ring seat--legend");
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

/**
 * A marker that the keyboard reaches: its name is read aloud, Enter opens its card and moves there, Escape comes back.
 * `face` is what is drawn, `shift` pixels beside the place so that layers do not hide one another; `card()` what it opens;
 * `hasRing` adds the ring of what is told of a whole area.
 */
export function markerAt(place, { face, spoken, card, hasRing = false, shift = [0, 0] }) {
  const box = element("div", `seat${hasRing ? " seat--ring" : ""}`, face, element("span", "visually-hidden", spoken));
  const icon = L.divIcon({ html: box, className: "seat-marker", iconSize: [SIZE, SIZE], iconAnchor: shift.map((px) => SIZE / 2 - px) });
  const marker = L.marker(place, { icon });
  marker.bindPopup(card, { className: "card card--rows", minWidth: 200, ...room() });
  marker.on("popupopen", ({ popup }) => enter(popup, marker));
  marker.on("popupclose", ({ popup }) => {
    const isInside = popup.getElement().contains(document.activeElement);
    if (isInside || document.activeElement === document.body) marker.getElement()?.focus();
  });
  return marker;
}

/** Where a card may lie: clear of the buttons of the map, which stand above it on a phone and beside it elsewhere. */
function room() {
  const isNarrow = window.innerWidth < 600;
  return {
    maxWidth: Math.min(300, window.innerWidth - 72),
    maxHeight: isNarrow ? 250 : 300,
    autoPanPaddingTopLeft: [12, isNarrow ? 146 : 12],
    autoPanPaddingBottomRight: [isNarrow ? 12 : 60, 12],
  };
}

function enter(popup, marker) {
  const content = popup.getElement().querySelector(".leaflet-popup-content");
  content.tabIndex = -1;
  content.focus({ preventScroll: true });
  content.onkeydown = ({ key }) => {
    if (key === "Escape") marker.closePopup();
  };
}

/** A card: what the place is called, what is there, and for each thing told of it lines of [class, ...contents]. */
export function card({ title, told, rows, more = null }) {
  return element(
    "div",
    "",
    element("p", "card__name", title),
    element("p", "card__parent", told),
    element("ul", "card__rows plain-list", ...rows.map(rowOfCard)),
    more,
  );
}

function rowOfCard(lines) {
  const told = lines.filter(([, ...contents]) => contents.some(Boolean));
  return element("li", "", ...told.map(([className, ...contents]) => element("p", className, ...contents)));
}

/** Words of a document in the language they were written in. */
export function inLanguage(language, text) {
  const words = element("span", "", text);
  words.lang = language;
  return words;
}

/** The doubt of a row, and its document and passage, as lines of a card. The tables write doubts in English. */
export function provenance({ note, source_passage: passage, ...row }, words) {
  return [
    ["card__doubt", note && `${words.doubt} `, note && inLanguage("en", note)],
    ["card__what", [documentOf(row), passage].filter(Boolean).join(", ")],
  ];
}

/** « Title (publisher, date) » of the document of a row. */
export function documentOf({ document: title, publisher, told }) {
  if (!title) return "";
  const about = [publisher, toldDate(told)].filter(Boolean).join(", ");
  return about ? `${title} (${about})` : title;
}

/** Each document of these rows once: the sources of a legend. */
export const documentsOf = (features) => [...new Set(features.map(({ properties }) => documentOf(properties)).filter(Boolean))];

/** A date as precisely as it was told: 2021, juin 2017, 31 juil. 2021. */
export function toldDate(text) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text);
  return /^\d{4}-\d{2}$/.test(text) ? month(text) : text;
}

/** The way to the sheet of the smallest cercle or region that the rows of a place are told of. */
export function sheetLink(rows, settings, words) {
  const pcodes = rows.flatMap(({ properties }) => properties.areas?.match(/ML\d+/g) ?? []);
  const [pcode] = pcodes.filter((each) => each.length <= 6).sort((a, b) => b.length - a.length);
  if (!pcode) return null;
  const link = element("a", "button", words.openSheet);
  link.href = settings.sheets[pcode.length === 6 ? "cercles" : "regions"].replace("PCODE", pcode);
  return link;
}
