// A map that stands in a page of text, between paragraphs: the page scrolls past it, and it prints whole.

import * as areasOnMap from "./areas.js";
import { wirePrint } from "./stage.js";

const NEAR_FROM_ZOOM = 7.5;

/** Lay out the map of the page with these settings, the whole country in view, and have it drawn. */
export async function mapOfPage(settings, draw, { isWhole = () => true } = {}) {
  const map = await areasOnMap.mapNamed("map");
  const legend = document.getElementById("legend");
  if (window.matchMedia("(max-width: 60rem)").matches) legend.open = false;
  areasOnMap.prepare(map, settings);
  map.scrollWheelZoom.disable(); // the page scrolls past the map
  areasOnMap.fitCountry(map);
  wirePrint(map, { legend, isWhole, showWhole: () => areasOnMap.fitCountry(map) });
  map.on("zoomend", () => map.getContainer().classList.toggle("is-far", map.getZoom() < NEAR_FROM_ZOOM));
  map.fire("zoomend");
  await draw(map).catch(() => {}); // what failed was told where it failed
}
