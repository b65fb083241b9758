// Ranking cercles in the browser. The same arithmetic in the same order as geo/scoring.py, so that both
// give the same number to the last bit: change neither alone (tests/browser/test_scoring.py compares them).
// Values are { criterion: { pcode: number | null } }, weights { criterion: number }; null is "not known", never zero.

/** Each value placed between the lowest known one (0) and the highest (1); null stays null, equal values are 0. */
export function minMax(values) {
  const known = Object.values(values).filter((value) => value !== null);
  if (!known.length) return Object.fromEntries(Object.keys(values).map((pcode) => [pcode, null]));
  const lowest = known.reduce((a, b) => (b < a ? b : a));
  const width = known.reduce((a, b) => (b > a ? b : a)) - lowest;
  const place = (value) => (value === null ? null : width ? (value - lowest) / width : 0);
  return Object.fromEntries(Object.entries(values).map(([pcode, value]) => [pcode, place(value)]));
}

/** The weights divided by their sum, in the order given; null when all are zero: there is nothing to rank by. */
export function weightShares(weights) {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return null;
  return Object.fromEntries(Object.entries(weights).map(([criterion, weight]) => [criterion, weight / total]));
}

/**
 * The cercles by falling score, equal scores by P-code, those without a score last; null when all weights are zero.
 * Each is { pcode, score, rank, contributions, missing }.
 */
export function ranking(values, weights) {
  const shares = weightShares(weights);
  if (!shares) return null;
  const criteria = Object.keys(shares);
  const normalised = Object.fromEntries(criteria.map((criterion) => [criterion, minMax(values[criterion])]));
  const pcodes = new Set(criteria.flatMap((criterion) => Object.keys(values[criterion])));
  const counted = criteria.filter((criterion) => shares[criterion] > 0);
  const scored = [...pcodes].map((pcode) => score(pcode, { counted, normalised, shares }));
  scored.sort((a, b) => (a.score === null) - (b.score === null) || b.score - a.score || (a.pcode < b.pcode ? -1 : 1));
  return withRanks(scored);
}

function score(pcode, { counted, normalised, shares }) {
  const missing = counted.filter((criterion) => (normalised[criterion][pcode] ?? null) === null);
  if (missing.length) return { pcode, score: null, contributions: {}, missing };
  const contributions = {};
  let total = 0;
  for (const criterion of counted) {
    const part = shares[criterion] * normalised[criterion][pcode];
    total += part;
    contributions[criterion] = 100 * part;
  }
  return { pcode, score: 100 * total, contributions, missing };
}

/** Equal scores share a rank: 1, 2, 2, 4. */
function withRanks(scored) {
  let rank = null;
  let before = null;
  return scored.map((cercle, index) => {
    if (cercle.score !== before) rank = index + 1;
    before = cercle.score;
    return { ...cercle, rank: cercle.score === null ? null : rank };
  });
}
