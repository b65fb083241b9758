// Buttons that copy a line. Without this module the line is selected by hand.

const BACK_AFTER_MS = 2000;
const status = document.querySelector("[data-copied]");

/** Copy the text that the button names; where the browser refuses, select it. */
async function copy(button) {
  const line = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(line.textContent);
    tell(button);
  } catch {
    getSelection().selectAllChildren(line);
  }
}

function tell(button) {
  const word = button.firstChild;
  const before = button.dataset.word ?? word.textContent;
  button.dataset.word = before;
  word.textContent = button.dataset.done;
  status.textContent = button.dataset.done;
  setTimeout(() => {
    word.textContent = before;
    status.textContent = "";
  }, BACK_AFTER_MS);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
