// Criteria on one scale, in the browser: the same arithmetic as geo/normalising.py, equal to 1e-9. Change neither
// alone (tests/browser/test_scoring.py compares them). Values are arrays of number | null; null is "not known".
// A scale is { normalisation, direction, bounds, band, logged }, each of which may be left out.

const Z_LIMIT = 3; // standard deviations at which a z-score ends

/** How much each value speaks for its cercle, 0 to 1; null stays null. */
export function normalised(values, scale = {}) {
  const { direction = "more", bounds = null, band = null } = scale;
  const read = values.map((value) => logged(value, scale));
  const known = read.filter((value) => value !== null);
  if (!known.length) return read;
  if (!bounds && known.every((value) => value === known[0])) return read.map((value) => (value === null ? null : 0));
  const place = placing(known, scale);
  const speaks = { more: (value) => clip(place(value)), less: (value) => 1 - clip(place(value)) };
  const found = band ? inBand(place, band.map((limit) => logged(limit, scale))) : speaks[direction];
  return read.map((value) => (value === null ? null : found(value)));
}

function logged(value, scale) {
  if (value === null || !scale.logged) return value;
  if (value < 0) throw new RangeError("a logarithm takes no negative value");
  return Math.log1p(value);
}

const clip = (share) => Math.min(Math.max(share, 0), 1);
const divided = (value, by) => (by > 0 ? value / by : 0);

/** The function that places a value among those that are known: 0 to 1 between the two ends. */
function placing(known, scale) {
  if (scale.normalisation === "percentile") return (value) => shareBelow(known, value);
  const [low, high] = ends(known, scale);
  return (value) => divided(value - low, high - low);
}

function ends(known, scale) {
  if (scale.normalisation === "z_score") return zEnds(known);
  if (scale.bounds) return scale.bounds.map((limit) => logged(limit, scale));
  return [known.reduce((a, b) => (b < a ? b : a)), known.reduce((a, b) => (b > a ? b : a))];
}

function zEnds(known) {
  const mean = sum(known) / known.length;
  const deviation = Math.sqrt(sum(known.map((value) => (value - mean) ** 2)) / known.length);
  return [mean - Z_LIMIT * deviation, mean + Z_LIMIT * deviation];
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The share of the other known values that lie below, those equal to it counted for half. */
function shareBelow(known, value) {
  let [below, equal] = [0, 0];
  for (const other of known) {
    if (other < value) below += 1;
    else if (other === value) equal += 1;
  }
  return (below + (equal - 1) / 2) / Math.max(known.length - 1, 1);
}

/** 1 within the band; below it the share of the way to it, beyond it the share of the way left. */
function inBand(place, [low, high]) {
  const [fromBelow, fromAbove] = [place(low), place(high)];
  return (value) => {
    if (value < low) return divided(clip(place(value)), fromBelow);
    return value > high ? divided(1 - clip(place(value)), 1 - fromAbove) : 1;
  };
}
