// The colour of a class under the dots of a register: dense where it is unknown, sparse where it is partial.

import { classOf, colourOf, NO_DATA, swatch } from "./areas.js";

const NS = "http://www.w3.org/2000/svg";
const DARK_FROM = 4; // from this class on, light dots show better
const DOTS = {
  unknown: { tile: 6, radius: 0.95, at: [[1.5, 1.5], [4.5, 4.5]] },
  partial: { tile: 10, radius: 0.85, at: [[2.5, 2.5], [7.5, 7.5]] },
};

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function pattern(register, place, colour) {
  const { tile, radius, at } = DOTS[register];
  const fill = place >= DARK_FROM ? "#fbfaf7" : "#1d2126";
  const dots = at.map(([cx, cy]) => svg("circle", { cx, cy, r: radius, fill }));
  const size = { width: tile, height: tile };
  return svg("pattern", { id: `register-${register}-${place}`, ...size, patternUnits: "userSpaceOnUse" }, svg("rect", { ...size, fill: colour }), ...dots);
}

/** Make a pattern for each class and register state in `defs`; return the fill of a share, and swatches for the legend. */
export function hatches(defs, limits) {
  for (const register of Object.keys(DOTS)) {
    [0, ...limits].forEach((share, place) => defs.append(pattern(register, place, colourOf(share, limits))));
  }
  return {
    of(share, register) {
      const place = classOf(share, limits);
      if (place === null) return NO_DATA;
      return register in DOTS ? `url(#register-${register}-${place})` : colourOf(share, limits);
    },
    swatch: (register) => swatch(`url(#register-${register}-1)`),
  };
}
