// Ranking zone by zone: the three sliders are one zone of everybody, a question may have several.

import { ranking, weightShares } from "./scoring.js";

const unranked = (pcode, isOutside) => ({ pcode, score: null, rank: null, contributions: {}, missing: [], isOutside });

/** The zone of everybody, ranked by criteria whose values the figures hold. */
export const oneZone = (criteria) => ({ title: "", members: null, aggregation: "arithmetic", criteria: criteria.map((id) => ({ id, column: id, scale: {}, values: null })) });

/** Zone by zone, best first; then those of no zone, by P-code. `figures` is a Map by P-code. */
export function rankedByZones(zones, weights, figures) {
  const inside = zones.flatMap((zone) => rankedZone(zone, weights, figures));
  const known = new Set(inside.map(({ pcode }) => pcode));
  const outside = [...figures.keys()].filter((pcode) => !known.has(pcode)).sort();
  return [...inside, ...outside.map((pcode) => unranked(pcode, zones.length > 0))];
}

function rankedZone(zone, weights, figures) {
  const pcodes = zone.members ?? [...figures.keys()];
  const value = ({ values, column }, pcode, index) => (values ? values[index] : figures.get(pcode).values[column]);
  const column = (criterion) => Object.fromEntries(pcodes.map((pcode, index) => [pcode, value(criterion, pcode, index)]));
  const by = (what) => Object.fromEntries(zone.criteria.map((criterion) => [criterion.id, what(criterion)]));
  return ranking(by(column), by(({ id }) => weights[id]), by(({ scale }) => scale), zone.aggregation) ?? [...pcodes].sort().map((pcode) => unranked(pcode, false));
}

/** The share of the weights of its zone that each criterion has; null of a zone where nothing has weight. */
export const sharesOf = (zone, weights) => weightShares(Object.fromEntries(zone.criteria.map(({ id }) => [id, weights[id]])));
