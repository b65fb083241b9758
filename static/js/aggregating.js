// From the normalised criteria of one cercle to its score and the points of each, in the browser: the same arithmetic
// in the same order as geo/aggregating.py. Aggregations are "arithmetic" and "geometric" (INFORM's scaled one).

const utility = {
  arithmetic: (z) => z,
  geometric: (z) => Math.log(10 / (10 - 9 * z)), // 10 - 9 z runs from 10 to 1
};

const scoreOf = {
  arithmetic: (sum) => 100 * sum,
  geometric: (sum) => (100 * (10 - 10 * Math.exp(-sum))) / 9,
};

/** { score, points }: a score of 0 to 100 and the points of each criterion, which sum to it. */
export function scored(normalised, shares, aggregation = "arithmetic") {
  const parts = normalised.map((z, index) => shares[index] * utility[aggregation](z));
  const sum = parts.reduce((total, part) => total + part, 0);
  const score = scoreOf[aggregation](sum);
  if (aggregation === "arithmetic") return { score, points: parts.map((part) => 100 * part) };
  return { score, points: parts.map((part) => (sum ? score * (part / sum) : 0)) };
}
