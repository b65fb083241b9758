// Ranking cercles in the browser. The same arithmetic in the same order as geo/scoring.py, so that both give the same
// ranks, and the same scores to 1e-9: change neither alone (tests/browser/test_scoring.py compares them).
// Values are { criterion: { pcode: number | null } }, weights { criterion: number }; null is "not known", never zero.

import { scored } from "./aggregating.js";
import { normalised } from "./normalising.js";

const STEPS = 10 ** 9; // scores equal to so many parts of one are equal

/** The weights divided by their sum, in the order given; null when all are zero: there is nothing to rank by. */
export function weightShares(weights) {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return null;
  return Object.fromEntries(Object.entries(weights).map(([criterion, weight]) => [criterion, weight / total]));
}

/**
 * The cercles by falling score, equal scores by P-code, those without a score last; null when all weights are zero.
 * Each is { pcode, score, rank, contributions, missing }. Scales are { criterion: scale } as normalising.js reads
 * them; without one, a criterion is normalised by min-max.
 */
export function ranking(values, weights, scales = {}, aggregation = "arithmetic") {
  const shares = weightShares(weights);
  if (!shares) return null;
  const counted = Object.keys(shares).filter((criterion) => shares[criterion] > 0);
  const pcodes = [...new Set(Object.keys(shares).flatMap((criterion) => Object.keys(values[criterion])))].sort();
  const columns = counted.map((criterion) => normalised(pcodes.map((pcode) => values[criterion][pcode] ?? null), scales[criterion]));
  const weight = counted.map((criterion) => shares[criterion]);
  const score = (pcode, index) => scoreOf(pcode, { counted, weight, row: columns.map((column) => column[index]), aggregation });
  return withRanks(pcodes.map(score));
}

function scoreOf(pcode, { counted, weight, row, aggregation }) {
  const missing = counted.filter((_, index) => row[index] === null);
  if (missing.length) return { pcode, score: null, contributions: {}, missing };
  const { score, points } = scored(row, weight, aggregation);
  return { pcode, score, contributions: Object.fromEntries(counted.map((criterion, index) => [criterion, points[index]])), missing };
}

/** By falling score; equal scores keep their order and share a rank: 1, 2, 2, 4. */
function withRanks(cercles) {
  const step = ({ score }) => (score === null ? -Infinity : Math.floor(score * STEPS + 0.5));
  const inOrder = cercles.map((cercle) => [step(cercle), cercle]).sort(([a], [b]) => (a === b ? 0 : b - a));
  let rank = 0;
  return inOrder.map(([mine, cercle], index) => {
    if (mine !== inOrder[index - 1]?.[0]) rank = index + 1;
    return { ...cercle, rank: cercle.score === null ? null : rank };
  });
}
