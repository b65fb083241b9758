// Layers of too many features for a mark each: vector tiles, drawn on a canvas. The library comes when first needed.
// The canvas lets the areas below be pointed at and clicked, wherever none of its own marks lies.

import { carried } from "./format.js";

const L = window.L;
const REACH_PX = 9; // round a mark: a finger is wider than a dot
const FINEST_ZOOM = 14; // of the tiles of points; further in they are drawn larger
let asked = null;

function library() {
  asked ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = carried("map-settings").tilesLibrary;
    script.addEventListener("load", () => resolve(window.protomapsL));
    script.addEventListener("error", () => {
      asked = null;
      reject(new Error(script.src));
    });
    document.head.append(script);
  });
  return asked;
}

/**
 * The zoom of the tiles that a map of this zoom shows. They are wider than those of a picture, which have 256 pixels:
 * twice with one level of difference, four times with two.
 */
export const dataZoom = (map, levels) => Math.max(0, Math.min(Math.round(map.getZoom()) - levels, FINEST_ZOOM));

/** How many units of a tile a pixel of the screen is: between two whole zooms the browser shrinks or stretches tiles. */
export const unit = (map) => 2 ** (Math.round(map.getZoom()) - map.getZoom());

/**
 * Tiles on the map. rules(library) returns { paint, labels }; card(feature) is what a click opens, told(feature) what
 * a pointer over it is shown. Both get { layerName, props }. `levels` as above. Returns { ask(url), clear(), remove() }.
 */
export async function tiles(map, { rules, card, levels, told = () => "" }) {
  const protomaps = await library();
  const { paint, labels = [] } = rules(protomaps);
  const pane = map.getPane("tiled") ?? map.createPane("tiled");
  pane.style.zIndex = 560; // over the names of areas, under the marks of places
  const container = map.getContainer();
  const tip = L.tooltip({ direction: "top", offset: [0, -6] });
  let drawn = null;
  let frame = 0;

  /** What lies under this place of the screen; of several, that which a reader sees on top: the last. */
  function under(event) {
    if (!drawn || event.target.closest?.(".leaflet-control, .leaflet-popup, .leaflet-marker-pane")) return null;
    const { lat, lng } = map.mouseEventToLatLng(event);
    const found = drawn.queryTileFeaturesDebug(lng, lat, REACH_PX).get("") ?? [];
    const last = found.at(-1);
    return last ? { layerName: last.layerName, props: last.feature.props, at: [lat, lng], many: found.length } : null;
  }

  function onMove(event) {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const feature = under(event);
      const text = feature ? told(feature) : "";
      pane.classList.toggle("is-on-mark", Boolean(feature));
      if (text) tip.setLatLng(feature.at).setContent(text).addTo(map);
      else tip.remove();
    });
  }

  function onClick(event) {
    const feature = map.dragging?.moved() ? null : under(event);
    if (!feature) return;
    event.stopPropagation();
    tip.remove();
    L.popup({ className: "card" }).setLatLng(feature.at).setContent(card(feature)).openOn(map);
  }

  const redraw = () => drawn?.rerenderTiles();
  container.addEventListener("mousemove", onMove);
  container.addEventListener("click", onClick, true);
  map.on("zoomend", redraw);

  return {
    /** Draw the tiles of this address, in place of those before. */
    ask(url) {
      drawn?.remove();
      drawn = protomaps.leafletLayer({ url, paintRules: paint, labelRules: labels, maxDataZoom: FINEST_ZOOM, levelDiff: levels, pane: "tiled", attribution: "", noWrap: true });
      drawn.addTo(map);
    },
    /** Draw nothing. */
    clear() {
      drawn?.remove();
      drawn = null;
    },
    remove() {
      map.off("zoomend", redraw);
      container.removeEventListener("mousemove", onMove);
      container.removeEventListener("click", onClick, true);
      pane.classList.remove("is-on-mark");
      tip.remove();
      this.clear();
    },
  };
}

/** A disc in the middle of a surface or on a point, in pixels of the screen. */
export function disc(context, { x, y }, { radius, fill, line, width, opacity = 1 }) {
  context.globalAlpha = opacity;
  context.fillStyle = fill;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = line;
  context.lineWidth = width;
  context.stroke();
}
