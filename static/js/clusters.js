// Points that lie too close to be told apart are drawn as their number. The library comes when first needed.

import { carried, number, plural } from "./format.js";

const L = window.L;
let asked = null;

function library() {
  asked ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = carried("map-settings").clusterLibrary;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => {
      asked = null;
      reject(new Error(script.src));
    });
    document.head.append(script);
  });
  return asked;
}

/** A group that clusters its markers. `labels` are the plural forms read aloud; `className` draws the number. */
export async function clusters({ className, labels, radius = 46, untilZoom = 12, pane = "markerPane" }) {
  await library();
  return L.markerClusterGroup({
    animate: false,
    clusterPane: pane,
    showCoverageOnHover: false,
    spiderfyOnMaxZoom: true,
    maxClusterRadius: radius,
    disableClusteringAtZoom: untilZoom,
    iconCreateFunction(cluster) {
      const count = cluster.getChildCount();
      const size = 26 + Math.min(22, Math.round(5 * Math.log10(count) ** 1.6));
      const face = document.createElement("span");
      face.setAttribute("aria-hidden", "true");
      face.textContent = number(count);
      const spoken = document.createElement("span");
      spoken.className = "visually-hidden";
      spoken.textContent = plural(labels, count);
      const box = document.createElement("div");
      box.append(face, spoken);
      return L.divIcon({ html: box, className: `cluster ${className}`, iconSize: [size, size] });
    },
  });
}
