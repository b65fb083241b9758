// Two answers to one question on one map, a line between them: the left pane and the right one, each cut at the line.

import * as areasOnMap from "./areas.js";
import { institutionGroup } from "./coverage_institutions.js";
import { card } from "./coverage_said.js";
import { outlineOfReach } from "./coverage_reach.js";
import { carried, fill, percent } from "./format.js";
import { replaceParts } from "./stage.js";

const L = window.L;
const FAR = 100_000; // pixels: beyond any map
const HALF_HANDLE = 22; // of the handle of reach.css
const RIGHT = { areas: 355, "swipe-reach": 375, "swipe-signs": 601 };

const byId = (id) => document.getElementById(id);

/** Cut what is drawn in a pane at a line: `from` and `to` are abscissas in the pane's own pixels. */
function cut(pane, from, to) {
  pane.style.clipPath = `polygon(${from}px ${-FAR}px, ${to}px ${-FAR}px, ${to}px ${FAR}px, ${from}px ${FAR}px)`;
}

/**
 * Wire the form of the panel; return { again() }. `paint(areas, figures)` colours shapes by an answer, `shapes()` gives
 * the collection drawn now, `legend(sides)` writes the legend of both, none when the comparison ends.
 */
export function swiping({ map, ask, words, question, refresh, shapes, paint, legend, more }) {
  const [form, box, handle] = [byId("comparing-form"), byId("swipe"), byId("swipe-handle")];
  let current = null; // { areas, right, layers }
  for (const [name, order] of Object.entries(RIGHT)) map.createPane(`right-${name}`).style.zIndex = order;
  map.getPane("right-swipe-reach").style.pointerEvents = "none";

  const panes = (side) => (side === "left" ? ["areas", "overlay", "markerPane"] : Object.keys(RIGHT).map((name) => `right-${name}`)).map((name) => map.getPane(name));

  /** The line goes where the handle is; each side keeps its part of the map. */
  function follow() {
    const share = Number(handle.value) / 100;
    const across = HALF_HANDLE + share * (map.getSize().x - 2 * HALF_HANDLE);
    byId("swipe-line").style.left = `${across}px`;
    handle.setAttribute("aria-valuetext", fill(words.swipe.at, { left: percent(share), right: percent(1 - share) }));
    const line = map.containerPointToLayerPoint([across, 0]).x;
    for (const pane of panes("left")) cut(pane, -FAR, line);
    for (const pane of panes("right")) cut(pane, line, FAR);
  }

  async function draw() {
    clear();
    const compared = carried("compared-figures");
    const areas = areasOnMap.areaLayer(map, shapes(), { pane: "right-areas" });
    const right = { ...compared.figures, byPcode: new Map(compared.figures.areas.map((area) => [area.pcode, area])) };
    current = { areas, right, layers: [areas.layer] };
    paint(areas, right);
    areas.layer.bindTooltip((path) => card(words, right, right.byPcode.get(path.feature.properties.pcode)), { sticky: true, className: "card", opacity: 1 });
    areas.layer.addTo(map);
    const reach = outlineOfReach([...right.institutions, ...right.works].map(({ latitude, longitude }) => [latitude, longitude]), right.limitKm);
    current.layers.push(L.polyline(reach, { pane: "right-swipe-reach", interactive: false, smoothFactor: 0.5, color: "#1d2126", weight: 1.3 }).addTo(map));
    const mine = current;
    const signs = await institutionGroup(right, words, more, "right-swipe-signs");
    if (mine === current) current.layers.push(signs.addTo(map));
    [byId("swipe-left").textContent, byId("swipe-right").textContent] = compared.told;
    box.hidden = false;
    byId("comparing-stop").hidden = false;
    map.on("move zoom viewreset resize", follow);
    follow();
    legend({ right, told: compared.told });
  }

  function clear() {
    if (!current) return;
    for (const layer of current.layers) layer.remove();
    current = null;
    map.off("move zoom viewreset resize", follow);
    for (const pane of panes("left")) pane.style.clipPath = "";
    box.hidden = true;
  }

  function stop() {
    clear();
    byId("comparing-stop").hidden = true;
    byId("compared-part").replaceChildren();
    legend(null);
  }

  /** The left side has no works where the right one has them. */
  async function begin() {
    const works = byId("coverage-form").elements.works;
    if (form.elements.other.value === "works" && works.checked) {
      works.checked = false;
      await refresh();
    }
    await compare();
    handle.focus({ preventScroll: true });
  }

  async function compare() {
    const query = question();
    for (const name of ["bound", "sort", "area", "region"]) query.delete(name);
    const asked = new FormData(form);
    for (const name of ["other", "other_day"]) query.set(name, asked.get(name));
    const text = await ask(`${form.action}?${query}`, { waiting: words.waitingFigures, again: () => compare().catch(() => {}) });
    replaceParts(text);
    await draw();
  }

  handle.addEventListener("input", follow);
  form.addEventListener("change", ({ target }) => {
    form.elements.other_day.required = form.elements.other.value === "day";
    if (target.name === "other_day") form.elements.other.value = "day";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.reportValidity()) begin().catch(() => {});
  });
  byId("comparing-stop").addEventListener("click", stop);
  handle.addEventListener("keydown", ({ key }) => key === "Escape" && stop());

  return {
    /** The question or the shapes changed: the other side follows. */
    again: (isQuestion) => (isQuestion ? current && compare().catch(() => {}) : current && draw().catch(() => {})),
    /** Only the colours changed. */
    paint: () => current && paint(current.areas, current.right),
  };
}
