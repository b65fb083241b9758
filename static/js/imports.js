// Asks how far an import is, and opens its page again when the work has come to its next stop.

const PAUSE = 1000;
const LONGEST_PAUSE = 8000;

const shown = document.querySelector("[data-import-state]");
const bar = shown.querySelector("progress");
const said = shown.querySelector("[data-progress-said]");
const numbers = new Intl.NumberFormat(document.documentElement.lang);

function tell({ done, total }) {
  if (total) {
    bar.max = total;
    bar.value = Math.min(done, total);
  }
  if (done) said.textContent = `${numbers.format(done)} ${said.dataset.words}`;
}

async function ask(pause) {
  let next = pause;
  try {
    const answer = await fetch(shown.dataset.importState, { headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 403) return;
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
