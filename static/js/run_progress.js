// Asks how far a run is, and opens its page again when it has come to its next state.

const PAUSE = 1000;
const LONGEST_PAUSE = 8000;

const shown = document.querySelector("[data-run-state]");
const bar = shown.querySelector("progress");
const said = shown.querySelector("[data-progress-said]");
const shares = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });

function tell({ done, total }) {
  if (!total) return;
  bar.max = total;
  bar.value = Math.min(done, total);
  said.textContent = said.dataset.words.replace("{share}", shares.format(done / total));
}

async function ask(pause) {
  let next = pause;
  try {
    const answer = await fetch(shown.dataset.runState, { headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 403 || answer.status === 404) return;
    if (!answer.ok) throw new Error(answer.statusText);
    const told = await answer.json();
    if (told.state !== shown.dataset.state) {
      location.replace(location.pathname);
      return;
    }
    tell(told);
    next = PAUSE;
  } catch {
    // The line is cut for a moment: the page waits longer and asks again; the link beside it still works.
    next = Math.min(2 * pause, LONGEST_PAUSE);
  }
  setTimeout(ask, next, next);
}

setTimeout(ask, PAUSE / 2, PAUSE);
