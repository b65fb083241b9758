// The target cercles in force, outlined; the legend says who decided them.

import { outline, sign } from "./areas.js";
import { plural } from "./format.js";

export async function layer({ map, settings, words, areas }) {
  let drawn = null;
  const draw = (shapes) => {
    drawn?.remove();
    drawn = outline(shapes, settings.targets).addTo(map);
  };
  draw(areas());
  return {
    onAreas: draw,
    remove: () => drawn.remove(),
    legend: () => ({
      title: settings.targetsTitle,
      rows: [{ mark: sign("sign-outline", "legend__sign"), label: plural(words.targets.outline, settings.targets.length) }],
      notes: [settings.targetsLine],
    }),
  };
}
