// What surrounds a map: asking the server and telling the reader how it goes; on a phone, the sheet of three heights.
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
