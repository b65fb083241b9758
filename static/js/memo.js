// Asks how far the files of a run are, and opens their page again when one has begun, is there or has failed.

const PAUSE = 1000;
const LONGEST_PAUSE = 8000;

const shown = document.querySelector("[data-memo-state]");
const bars = [...shown.querySelectorAll("[data-memo-file]")];

function tell(bar, { done, total }) {
  if (!total) return;
  bar.max = total;
  bar.value = done;
}

async function ask(pause) {
  let next = pause;
  try {
    const answer = await fetch(shown.dataset.memoState, { headers: { Accept: "application/json" } });
    if (answer.redirected || answer.status === 404) return;
    if (!answer.ok) throw new Error(answer.statusText);
    const told = await answer.json();
    const files = bars.map((bar) => [bar, told[bar.dataset.memoFile]]);
    if (files.some(([bar, file]) => file?.state !== bar.dataset.state)) {
      location.replace(location.pathname);
      return;
    }
    files.forEach(([bar, file]) => tell(bar, file));
    next = PAUSE;
  } catch {
    // The line is cut for a moment: the page waits longer and asks again; the link beside it still works.
    next = Math.min(2 * pause, LONGEST_PAUSE);
  }
  setTimeout(ask, next, next);
}

setTimeout(ask, PAUSE, PAUSE);
