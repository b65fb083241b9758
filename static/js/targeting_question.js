// A whole question: each change in its form is told to the server, which says what is wrong, and how it would choose.

import { asker, teller } from "./stage.js";

const ASK_AFTER_MS = 400;

/**
 * Wire up the form. onAnswer(answer, isSliding) is called with what the server says; a weight that slides is ranked at
 * once by whoever listens to it, and told to the server when it rests.
 */
export function wireQuestion(form, { address, words, onAnswer }) {
  const ask = asker(teller(document.getElementById("map-status")), words);
  let timer = 0;
  let newest = 0;

  async function tell(isSliding) {
    newest += 1;
    const mine = newest;
    const options = { method: "POST", body: new FormData(form) };
    const text = await ask(address, { waiting: words.waitingQuestion, options, again: () => tell(isSliding).catch(() => {}) });
    if (mine !== newest) return;
    const answer = JSON.parse(text);
    showErrors(form, answer);
    onAnswer(answer, isSliding);
  }
  form.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(() => tell(target.matches("[type=range]")).catch(() => {}), ASK_AFTER_MS);
  });
}

function showErrors(form, { errors, elsewhere, failed }) {
  for (const place of form.querySelectorAll("[data-error-for]")) {
    const text = errors[place.dataset.errorFor] ?? "";
    if (place.textContent !== text) place.textContent = text;
    place.hidden = !text;
    const input = form.elements[place.dataset.errorFor];
    if (text) input?.setAttribute?.("aria-invalid", "true");
    else input?.removeAttribute?.("aria-invalid");
  }
  const above = document.getElementById("question-errors");
  const lines = [failed, ...elsewhere].filter(Boolean);
  above.hidden = !lines.length;
  above.replaceChildren(
    ...lines.map((line) => {
      const p = document.createElement("p");
      p.textContent = line;
      return p;
    }),
  );
}
