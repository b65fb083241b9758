// The slider of months: a range, its keys, and the bars of how many events each month had.

import { still } from "./areas.js";
import { monthInFull } from "./counted.js";
import { plural } from "./format.js";

const STEP_MS = 800; // of the play: long enough to read the month
const TELL_MS = 700; // a reader of the screen is told where the slider comes to rest, not each month on the way
const PAGE = 12;

const byId = (id) => document.getElementById(id);

function styles(address) {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    for (const end of ["load", "error"]) link.addEventListener(end, resolve);
    document.head.append(link);
  });
}

/**
 * Open the slider. `counted` has the months; moved() is called at each month, rested() when the reader stops,
 * left() when the reader returns to the period.
 */
export async function monthSlider({ settings, words, state, counted, moved, rested, left }) {
  await styles(settings.monthsStyles);
  const bar = byId("months");
  const range = byId("months-range");
  const play = bar.querySelector("[data-months=play]");
  const count = () => counted.months().length;
  const place = () => counted.months().indexOf(state.month);
  let playing = 0;
  let resting = 0;

  function go(to) {
    const month = counted.months()[Math.max(0, Math.min(count() - 1, to))];
    if (month === state.month) return;
    state.month = month;
    show();
    moved();
    clearTimeout(resting);
    resting = setTimeout(rest, TELL_MS);
  }

  function rest() {
    byId("months-told").textContent = `${monthInFull(state.month)}, ${inWords()}`;
    rested();
  }

  function inWords() {
    const { events } = counted.total(state.indicator);
    const kind = state.indicator.startsWith("violent") ? "violent" : "events";
    return plural(words.months[kind], events);
  }

  function show() {
    range.max = count() - 1;
    range.value = place();
    range.setAttribute("aria-valuetext", monthInFull(state.month));
    byId("months-now").textContent = monthInFull(state.month);
    byId("months-count").textContent = inWords();
    bar.querySelector("[data-months=previous]").disabled = place() === 0;
    bar.querySelector("[data-months=next]").disabled = place() === count() - 1;
    for (const radio of bar.querySelectorAll("input[name=span]")) radio.checked = Number(radio.value) === state.span;
    drawBars();
  }

  /** A bar a month; those that the map counts are dark. */
  function drawBars() {
    const counts = counted.monthly(state.indicator);
    const most = Math.max(1, ...counts);
    const [first, last] = [Math.max(0, place() - state.span + 1), place()];
    const drawn = (from, to) =>
      counts.slice(from, to).map((each, index) => `M${from + index} 0v-${(each / most).toFixed(3)}h1v${(each / most).toFixed(3)}z`).join("");
    const svg = byId("months-bars");
    svg.setAttribute("viewBox", `0 -1 ${count()} 1`);
    const [path] = svg.children;
    path.setAttribute("d", drawn(0, first) + drawn(last + 1));
    const dark = svg.children[1] ?? svg.appendChild(path.cloneNode());
    dark.setAttribute("class", "months__shown");
    dark.setAttribute("d", drawn(first, last + 1));
  }

  /** A year under its January, every so many years that they stand apart. */
  function drawYears() {
    const years = byId("months-years");
    const months = counted.months();
    const every = Math.ceil(months.length / 12 / 6);
    const januaries = months.map((month, index) => [month, index]).filter(([month]) => month.endsWith("-01") && Number(month.slice(0, 4)) % every === 0);
    years.replaceChildren(
      ...januaries.map(([month, index]) => {
        const span = document.createElement("span");
        span.textContent = month.slice(0, 4);
        span.style.left = `${((index + 0.5) / months.length) * 100}%`;
        return span;
      }),
    );
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    play.setAttribute("aria-pressed", "false");
  }

  function start() {
    if (place() === count() - 1) go(0);
    play.setAttribute("aria-pressed", "true");
    playing = setInterval(() => (place() < count() - 1 ? go(place() + 1) : stop()), STEP_MS);
  }

  const acts = {
    previous: () => go(place() - 1),
    next: () => go(place() + 1),
    leave: left,
  };

  bar.addEventListener("click", ({ target }) => {
    const act = target.closest("button")?.dataset.months;
    if (!act) return;
    const wasPlaying = playing;
    stop();
    if (act !== "play") acts[act]();
    else if (!wasPlaying) start();
  });
  range.addEventListener("input", () => {
    stop();
    go(Number(range.value));
  });
  range.addEventListener("keydown", (event) => {
    const step = { PageUp: PAGE, PageDown: -PAGE }[event.key];
    if (!step) return;
    event.preventDefault();
    stop();
    go(place() + step);
  });
  bar.addEventListener("change", ({ target }) => {
    if (target.name !== "span") return;
    state.span = Number(target.value);
    show();
    moved();
    rest();
  });
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  play.hidden = still; // nothing moves by itself for those who asked for stillness

  return {
    open() {
      bar.hidden = false;
      drawYears();
      show();
    },
    show,
    close() {
      stop();
      clearTimeout(resting);
      bar.hidden = true;
    },
    focus: () => range.focus(),
  };
}
