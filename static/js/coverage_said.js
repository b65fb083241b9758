// What the page of coverage says of one area, and its legend.

import { classOf, colourOf, NO_DATA, sign, swatch } from "./areas.js";
import { distanceKm } from "./coverage_reach.js";
import { fill, number, percent, plural } from "./format.js";
import { institutionSign, plannedSign } from "./institutions.js";
import { ringSign } from "./seats.js";

const NEAREST = 3;

/** « 0 à 12 », or « 12 » when both ends are one. */
function interval(words, low, high) {
  return low === high ? number(high) : fill(words.interval, { low: number(low), high: number(high) });
}

/** « 0 à 56 % », or « 56 % » when both ends are told alike. */
function shareInterval(words, low, high) {
  const [lower, upper] = [percent(low), percent(high)];
  return lower === upper ? upper : fill(words.interval, { low: lower.replace(/\u00a0?%$/, ""), high: upper });
}

/** People beyond reach of an area, in words. */
export function beyond(words, { people, low, high }) {
  if (people === null) return words.noPeople;
  if (people === 0) return words.nobodyLives;
  const share = shareInterval(words, low / people, high / people);
  return fill(plural(words.beyond, high), { people: interval(words, low, high), share });
}

function line(className, ...content) {
  const p = document.createElement("p");
  p.className = className;
  p.append(...content);
  return p;
}

/** What a hover says. */
export function card(words, shown, area) {
  const box = document.createElement("div");
  if (!area) return box;
  box.append(line("card__name", area.name));
  if (area.parent) box.append(line("card__parent", area.parent));
  box.append(line("card__figure", beyond(words, area)), line("card__what", shown.title), line("card__what", words.registers[area.register]));
  return box;
}

/** The lines of the panel on the area chosen. `middle` is [latitude, longitude]; close() lets go of it. */
export function areaLines(words, shown, area, { middle, sheet, close }) {
  const heading = document.createElement("h2");
  heading.className = "area-told__name";
  heading.textContent = area.name;
  if (area.parent) heading.append(line("area-told__parent", area.parent));
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "link-button area-told__close";
  shut.textContent = words.letGo;
  shut.addEventListener("click", close);
  const link = document.createElement("a");
  link.href = sheet;
  link.textContent = fill(words.sheetOf, { name: area.sheet.name });
  return [
    heading,
    line("area-told__figure", beyond(words, area)),
    line("", [area.people === null ? "" : plural(words.people, area.people), plural(words.settlements, area.settlements)].filter(Boolean).join(words.then)),
    line("", words.registers[area.register]),
    area.gained ? line("", area.gained) : "",
    middle ? nearest(words, shown, middle) : "",
    line("area-told__do", link, " ", shut),
  ].filter(Boolean);
}

const stateOf = (words, { status }) => fill(words.state, { status: words.statuses[status] });

/** The institutions counted that stand nearest to the middle of an area. */
function nearest(words, { institutions }, middle) {
  if (!institutions.length) return line("", words.noneCounted);
  const measured = institutions.map((each) => ({ ...each, km: distanceKm(middle, [each.latitude, each.longitude]) }));
  measured.sort((a, b) => a.km - b.km);
  const list = document.createElement("ul");
  for (const each of measured.slice(0, NEAREST)) {
    const item = document.createElement("li");
    const about = [each.name || words.kinds[each.kind], stateOf(words, each), each.place_told === "exact" ? "" : words.placesTold[each.place_told]];
    item.append(institutionSign(each.kind, each.status, "legend__sign", each.place_told), `${number(each.km)}\u00a0km\u00a0: ${about.filter(Boolean).join(", ")}`);
    list.append(item);
  }
  const box = document.createElement("div");
  box.className = "area-told__nearest";
  box.append(line("", words.nearest), list);
  return box;
}

// --- Legend ---------------------------------------------------------------------------------------------------

/**
 * A row for each class with how many areas fall in it; zero and no data when they occur. With the shares of another
 * side, how many on either side of the line.
 */
export function classRows(words, limits, shares, others = null) {
  const sides = [shares, others].filter(Boolean).map((side) => side.map((share) => classOf(share, limits)));
  const has = (place) => sides.some((places) => places.includes(place));
  const count = (place) => sides.map((places) => number(places.filter((each) => each === place).length)).join(" | ");
  const rows = limits.map((high, index) => ({
    mark: swatch(colourOf(high, limits)),
    label: shareInterval(words, limits[index - 1] ?? 0, high),
    count: count(index + 1),
  }));
  if (has(0)) rows.unshift({ mark: swatch(colourOf(0, limits)), label: words.nobodyBeyond, count: count(0) });
  if (has(null)) rows.push({ mark: swatch(NO_DATA), label: words.noData, count: count(null) });
  return rows;
}

/** The colours in a row: the legend folded. */
export function strip(limits) {
  const shades = document.createElement("span");
  shades.className = "legend__strip";
  shades.append(`${percent(0)} `, ...limits.map((limit) => swatch(colourOf(limit, limits))), ` ${percent(1)}`);
  return shades;
}

/** A row for each kind of sign and status on the map, the reach, and works planned. */
export function signRows(words, { institutions, works, reach }) {
  const pairs = new Map();
  for (const { kind, status } of institutions) {
    const key = `${kind} ${status}`;
    pairs.set(key, { kind, status, count: (pairs.get(key)?.count ?? 0) + 1 });
  }
  const rows = [...pairs.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ kind, status, count }) => ({ mark: institutionSign(kind, status, "legend__sign"), label: `${words.kinds[kind]}, ${stateOf(words, { status })}`, count }));
  if (works.length) rows.push({ mark: plannedSign(works[0].kind, "legend__sign"), label: words.planned, count: works.length });
  const atSeat = works.filter(({ isAtSeat }) => isAtSeat).length;
  if (atSeat) rows.push({ mark: ringSign(), label: words.placesTold.seat, count: atSeat });
  if (institutions.length + works.length) rows.push({ mark: sign("sign-reach", "legend__sign"), label: reach });
  else rows.push({ mark: "", label: words.noneCounted });
  return rows;
}
