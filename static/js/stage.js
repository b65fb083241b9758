// What surrounds a map: asking the server and telling the reader how it goes; panel, table and paper.
// A long wait is said, a longer one can be stopped, a failure says what to do.

import { fill } from "./format.js";

const WAIT_MS = 300; // a wait that lasts longer is told
const STOP_MS = 2000; // and from here on can be stopped

/** A place that speaks: tell(text), tell(text, { text, act }) with something to press, tell("") to be silent. */
export function teller(place) {
  return (text, action = null) => {
    place.hidden = !text;
    place.replaceChildren(text);
    if (!action) return;
    const isLink = Boolean(action.href);
    const element = document.createElement(isLink ? "a" : "button");
    element.textContent = action.text;
    if (isLink) element.href = action.href;
    else {
      element.type = "button";
      element.className = "link-button";
      element.addEventListener("click", action.act);
    }
    place.append(" ", element);
  };
}

/**
 * A fetch that speaks through `tell`. ask(url, { waiting, again, options }) returns the response's text;
 * it throws after telling what failed and offering `again`. `words`: cancel, cancelled, retry, failed.
 */
export function asker(tell, words) {
  return async (url, { waiting, again, options = {} }) => {
    const control = new AbortController();
    const slow = setTimeout(() => tell(waiting), WAIT_MS);
    const slower = setTimeout(() => tell(waiting, { text: words.cancel, act: () => control.abort() }), STOP_MS);
    try {
      const response = await fetch(url, { ...options, signal: control.signal });
      if (!response.ok) throw new Error(await reason(response));
      const text = await response.text();
      tell("");
      return text;
    } catch (error) {
      const what = error.name === "AbortError" ? fill(words.cancelled, { what: waiting }) : fill(words.failed, { what: error.message });
      tell(what, again && { text: words.retry, act: again });
      throw error;
    } finally {
      clearTimeout(slow);
      clearTimeout(slower);
    }
  };
}

/** What the API says is wrong, else the status. */
async function reason(response) {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  return isProblem ? (await response.json()).detail : `HTTP ${response.status}`;
}

/** Put the parts of a page that the server wrote anew in place of those on screen: elements with data-part and an id. */
export function replaceParts(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
  }
}

// --- On a phone, panel and table share one sheet (peek, half, full), a tab for each ---------------------------
// The stage carries data-height and data-tab; the style sheet does the rest.

const NEXT_HEIGHT = { peek: "half", half: "full", full: "peek" };

/** Wire up the tabs and the grip of a stage. onChange() is called after each change of size. */
export function wireSheet(stage, onChange = () => {}) {
  const tabs = [...stage.querySelectorAll("[data-tab-button]")];

  function set(changes) {
    Object.assign(stage.dataset, changes);
    const { height, tab } = stage.dataset;
    for (const button of tabs) button.setAttribute("aria-expanded", String(height !== "peek" && tab === button.dataset.tabButton));
    onChange();
  }

  stage.querySelector("[data-sheet-grip]").addEventListener("click", () => set({ height: NEXT_HEIGHT[stage.dataset.height] }));
  for (const button of tabs) {
    button.addEventListener("click", () => {
      const { height, tab } = stage.dataset;
      const isOpen = height !== "peek" && tab === button.dataset.tabButton;
      set({ tab: button.dataset.tabButton, height: isOpen ? "peek" : height === "full" ? "full" : "half" });
    });
  }
  document.addEventListener("keydown", (event) => {
    const open = tabs.find((button) => button.getAttribute("aria-expanded") === "true");
    if (event.key !== "Escape" || !open?.offsetParent || !event.target.closest(".sheet")) return;
    set({ height: "peek" });
    open.focus();
  });
}

// --- On a wide screen the panel closes and the table rises from below ------------------------------------------

/** Wire up panel, table and, on a phone, the sheet that holds both. onChange() is called after each change of size. */
export function wireStage(stage, { legend, onChange = () => {} }) {
  const toggle = stage.querySelector("[data-drawer-toggle]");
  const enlarge = stage.querySelector("[data-drawer-enlarge]");
  const panel = stage.querySelector("[data-panel-toggle]");

  function say() {
    const { height, panel: panelState } = stage.dataset;
    toggle.setAttribute("aria-expanded", String(height !== "peek"));
    enlarge.setAttribute("aria-pressed", String(height === "full"));
    panel.setAttribute("aria-expanded", String(panelState === "open"));
    onChange();
  }
  const set = (changes) => {
    if (changes.height) legend.open = changes.height === "peek"; // a map half as high has no room for it
    Object.assign(stage.dataset, changes);
    say();
  };

  toggle.addEventListener("click", () => set({ height: stage.dataset.height === "peek" ? "half" : "peek", tab: "table" }));
  enlarge.addEventListener("click", () => set({ height: stage.dataset.height === "full" ? "half" : "full", tab: "table" }));
  panel.addEventListener("click", () => set({ panel: stage.dataset.panel === "open" ? "closed" : "open" }));
  stage.querySelector(".drawer").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !toggle.offsetParent || stage.dataset.height === "peek") return;
    set({ height: "peek" });
    toggle.focus();
  });
  wireSheet(stage, say);
}

// --- Paper has its own size: the same view is fitted to it, and the legend is unfolded --------------------------

export const isPrinting = () => document.body.classList.contains("is-printing");

let fits = 0;
export const isFitting = () => fits > 0;

/** Move the map without its reader: half way there it shows a view that nobody chose, and no address may tell it. */
export function fitting(move) {
  fits += 1;
  try {
    move();
  } finally {
    fits -= 1;
  }
}

/** isWhole() tells whether all of Mali is in view, showWhole() shows it; afterFit() is called after each fitting. */
export function wirePrint(map, { legend, isWhole, showWhole, afterFit = () => {} }) {
  let before = null;
  const fit = () =>
    fitting(() => {
      map.invalidateSize({ animate: false });
      if (before.isWhole) showWhole();
      else map.fitBounds(before.bounds, { animate: false });
      afterFit();
    });
  window.addEventListener("beforeprint", () => {
    if (before) return;
    before = { bounds: map.getBounds(), isOpen: legend.open, isWhole: isWhole() };
    legend.open = true;
    document.body.classList.add("is-printing");
    fit();
  });
  window.addEventListener("afterprint", () => {
    if (!before) return;
    document.body.classList.remove("is-printing");
    legend.open = before.isOpen;
    fit();
    before = null;
  });
}
