// The phrases of the choice page that follow the reader's moves. apps/maps/targeting_page.py says the same ones first.

import { fill, month, number, percent, plural } from "./format.js";
import { sharesOf } from "./targeting_zones.js";

const listed = (parts, and) => (parts.length > 1 ? parts.slice(0, -1).join(", ") + and : "") + parts.at(-1);
const sum = (rows, name) => rows.reduce((total, row) => total + (row[name] ?? 0), 0);

/** « Cercles classés par événements violents … (50 %) et population (50 %), de nov. 2019 à oct. 2020. » */
export function sentence(words, { shares, since, until }) {
  if (!shares) return words.noWeight;
  const criteria = weighed(words, shares);
  if (!since) return fill(words.sentenceWithoutEvents, { criteria });
  return fill(words.sentence, { criteria, since: month(since), until: month(until) });
}

function weighed(words, shares) {
  const parts = Object.entries(shares)
    .filter(([, share]) => share > 0)
    .map(([criterion, share]) => `${words.criteria[criterion].inSentence} (${percent(share)})`);
  return listed(parts, words.and);
}

/** By what the cercles are ranked, zone by zone; empty where nothing has weight. */
export function question(words, zones, weights) {
  const told = zones
    .map((zone) => [zone.title, sharesOf(zone, weights)])
    .filter(([, shares]) => shares)
    .map(([zone, shares]) => (zone ? fill(words.zoneSentence, { zone, criteria: weighed(words, shares) }) : weighed(words, shares)));
  const sentence = zones.length > 1 ? words.sentenceByZone : words.sentenceWithoutEvents;
  return told.length ? fill(sentence, { criteria: told.join(words.then) }) : "";
}

/** How many of the first are the programme's, and how many of the chosen; empty without a ranking. */
export function agreement(words, { ranked, figures, chosen }) {
  const programme = [...figures.values()].filter((cercle) => cercle.target);
  const ranks = ranked.filter(({ pcode, rank }) => rank && figures.get(pcode).target).map(({ rank }) => rank);
  if (!ranks.length) return "";
  const first = number(programme.length);
  const common = ranks.filter((rank) => rank <= programme.length).length;
  const told = fill(plural(words.agreement, common), { first, targets: first });
  if (!chosen.length) return told;
  const inside = chosen.filter((cercle) => cercle.target).length;
  return `${told} ${fill(plural(words.chosenAgreement, inside), { chosen: number(chosen.length) })}`;
}

export function count(words, chosen, total) {
  if (!chosen) return fill(words.noneChosen, { total: number(total) });
  return fill(plural(words.chosen, chosen), { total: number(total) });
}

/** People, communes, violent events, deaths and cost of the chosen cercles, each with what is not known. */
export function totals(words, { chosen, figures, isSimulated, communes, costs }) {
  if (!chosen.length) return "";
  const known = chosen.filter((cercle) => cercle.people !== null);
  const lines = [];
  if (known.length) {
    const share = sum(known, "people") / sum([...figures.values()], "people");
    lines.push(`${plural(words.people, sum(known, "people"))} (${fill(words.peopleShare, { share: percent(share, 1) })})`);
  }
  if (known.length < chosen.length) lines.push(plural(words.peopleUnknown, chosen.length - known.length));
  const inside = chosen.reduce((total, { pcode }) => total + (communes[pcode] ?? 0), 0);
  if (inside) lines.push(plural(words.communes, inside));
  if (chosen.every((cercle) => cercle.violent_events !== null)) {
    const [events, country] = [sum(chosen, "violent_events"), sum([...figures.values()], "violent_events")];
    const share = country ? ` (${fill(words.eventsShare, { share: percent(events / country, 1) })})` : "";
    lines.push(`${plural(words.violentEvents, events)}${share}`, plural(words.fatalities, sum(chosen, "fatalities")));
  }
  if (costs) lines.push(fill(words.cost, { cost: number(chosen.reduce((total, { pcode }) => total + costs[pcode], 0)) }));
  return lines.join(" · ") + (isSimulated ? ` (${words.simulatedEvents})` : "");
}

/** The events that no cercle counts, and which share of all they are; empty when there is none. */
export function imprecise(words, figures) {
  const events = sum([...figures.values()], "events_imprecise");
  const share = percent(events / (events + sum([...figures.values()], "events")), 1);
  return events ? fill(plural(words.imprecise, events), { share }) : "";
}

/** « Événements violents : 32,1 points ; Population : 4,0 points » */
export function points(words, contributions) {
  const told = ([criterion, part]) => fill(words.points, { what: words.criteria[criterion].title, points: number(part, 1) });
  return Object.entries(contributions).map(told).join(words.then);
}

/** Which figure a cercle without a score lacks; of a question, which criteria (`missing`). */
export function whyNoScore(words, cercle, missing = null) {
  if (missing) return fill(words.noScore, { what: listed(missing.map((criterion) => words.criteria[criterion].title), words.and) });
  const unknown = [["unknownPeople", cercle.people], ["unknownEvents", cercle.violent_events]];
  const what = unknown.filter(([, figure]) => figure === null).map(([name]) => words[name]);
  return fill(words.noScore, { what: what.join(words.and) });
}
