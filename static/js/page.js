// What every page does: search a place, open the menu, `/` to the search box. A page works without it, only slower.

import { carried, plural } from "./format.js";

const words = carried("page-words");
const WAIT_MS = 180; // between the last key and the question: a slow line is not asked at every letter

/** Build an element: make("span", "search__name", "Ténenkou"). */
function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** The search box becomes a combobox that proposes places while one types. */
function proposePlaces(form) {
  const box = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let results = [];
  let current = -1;
  let timer = 0;
  let asked = null;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  close();

  function close() {
    list.hidden = true;
    current = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function open(children) {
    list.replaceChildren(...children);
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  }

  function tell(text) {
    results = [];
    const item = make("li", "search__note", text);
    item.setAttribute("role", "presentation");
    open([item]);
    status.textContent = text;
  }

  function option(result, index) {
    const item = make("li", "", "");
    item.id = `search-result-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = result.label === result.name ? result.name : `${result.label} → ${result.name}`;
    const parents = [words.search.levels[result.level], result.parents].filter(Boolean).join(" · ");
    item.append(make("span", "search__name", name), " ", make("span", "search__parents", parents));
    item.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
    item.addEventListener("click", () => go(result));
    return item;
  }

  function show(found) {
    results = found;
    if (!found.length) return tell(words.search.none);
    open(found.map(option));
    status.textContent = plural(words.search.found, found.length);
    current = -1;
  }

  function mark(index) {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    current = (index + results.length) % results.length;
    const item = list.children[current];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", item.id);
  }

  /** A page with a map moves it (and prevents the default); the others open the place's own page. */
  function go(result) {
    close();
    box.value = result.name;
    const event = new CustomEvent("maillage:place", { detail: result, cancelable: true });
    if (window.dispatchEvent(event)) window.location.href = result.url ?? `${words.search.url}?q=${encodeURIComponent(result.name)}`;
  }

  async function ask() {
    const q = box.value.trim();
    asked?.abort();
    if (q.length < 2) return close();
    asked = new AbortController();
    const waiting = setTimeout(() => tell(words.search.waiting), 300);
    try {
      const response = await fetch(`/api/search/?q=${encodeURIComponent(q)}`, { signal: asked.signal });
      if (!response.ok) throw new Error(response.statusText);
      show((await response.json()).results);
    } catch (error) {
      if (error.name !== "AbortError") tell(words.search.failed);
    } finally {
      clearTimeout(waiting);
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  box.addEventListener("focus", () => results.length && open([...list.children]));
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!list.hidden) event.stopPropagation();
      close();
    } else if (results.length && !list.hidden && event.key === "ArrowDown") {
      event.preventDefault();
      mark(current + 1);
    } else if (results.length && !list.hidden && event.key === "ArrowUp") {
      event.preventDefault();
      mark(current < 0 ? -1 : current - 1);
    } else if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      go(results[current]);
    }
  });
}

function openMenu(button) {
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  const set = (isOpen) => {
    menu.classList.toggle("is-open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
  };
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".bar__menu, [data-menu-toggle]")) set(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
    set(false);
    button.focus();
  });
}

const search = document.querySelector("form.search");
if (search) proposePlaces(search);
const toggle = document.querySelector("[data-menu-toggle]");
if (toggle) openMenu(toggle);

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.getElementById("search-box")?.focus();
});
