// How far institutions reach, to be drawn. Figures are measured on the ellipsoid by the server; what is drawn here is on
// the mean sphere, 0.5 % from it at most: less than a pixel at any zoom of these maps.

const EARTH_KM = 6371.0088;
const STEPS = 96;
const HALVINGS = 8;

const radians = (degrees) => (degrees * Math.PI) / 180;
const degrees = (angle) => (angle * 180) / Math.PI;
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function vector([latitude, longitude]) {
  const [phi, lambda] = [radians(latitude), radians(longitude)];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** Kilometres between two [latitude, longitude]. */
export function distanceKm(one, other) {
  const [a, b] = [vector(one), vector(other)];
  return EARTH_KM * 2 * Math.asin(Math.min(1, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / 2));
}

/** The place at this bearing (0 to 1, a whole turn) and distance of a place. */
function placeAt([latitude, longitude], turn, km) {
  const [phi, bearing, arc] = [radians(latitude), turn * 2 * Math.PI, km / EARTH_KM];
  const there = Math.asin(Math.sin(phi) * Math.cos(arc) + Math.cos(phi) * Math.sin(arc) * Math.cos(bearing));
  const east = Math.atan2(Math.sin(bearing) * Math.sin(arc) * Math.cos(phi), Math.cos(arc) - Math.sin(phi) * Math.sin(there));
  return [degrees(there), longitude + degrees(east)];
}

/** The lines round all that lies within `km` of one of the places ([latitude, longitude]): circles, merged. */
export function outlineOfReach(places, km) {
  const centres = [...new Map(places.map((place) => [place.join(), place])).values()];
  const vectors = centres.map(vector);
  const within = Math.cos(km / EARTH_KM);
  const meeting = Math.cos(Math.min(Math.PI, (2 * km) / EARTH_KM));
  return centres.flatMap((centre, index) => {
    const others = vectors.filter((other, at) => at !== index && dot(other, vectors[index]) > meeting);
    const isOuter = (turn) => {
      const point = vector(placeAt(centre, turn, km));
      return others.every((other) => dot(other, point) <= within);
    };
    return arcs(isOuter).map((arc) => arc.map((turn) => placeAt(centre, turn, km)));
  });
}

/** The stretches of a whole turn where `isOuter` holds, as lists of turns; their ends found by halving. */
function arcs(isOuter) {
  const turns = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  const found = [];
  let current = null;
  turns.forEach((turn, step) => {
    const isHere = isOuter(turn);
    if (isHere && !current) found.push((current = step ? [edge(isOuter, turn, turns[step - 1])] : []));
    if (isHere) current.push(turn);
    else if (current) {
      current.push(edge(isOuter, turns[step - 1], turn));
      current = null;
    }
  });
  return found;
}

/** Where it ends to hold between a turn where it does and one where it does not. */
function edge(isOuter, holds, fails) {
  let [inside, outside] = [holds, fails];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (inside + outside) / 2;
    if (isOuter(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
