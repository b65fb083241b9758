// The cercle that a reader points at, on one map or in the table, is marked on all the maps.

const page = document.querySelector("[data-scenarios]");
const said = document.querySelector("[data-scenario-said]");
const usual = said?.textContent;
let current = null;

function mark(pcode) {
  if (pcode === current) return;
  current = pcode;
  for (const each of page.querySelectorAll("[data-current]")) delete each.dataset.current;
  const found = pcode ? page.querySelectorAll(`[data-pcode="${CSS.escape(pcode)}"]`) : [];
  for (const each of found) each.dataset.current = "";
  if (said) said.textContent = pcode ? nameOf(pcode) || usual : usual;
}

/** The row of the table in one line: name, region, on how many runs agree. */
function nameOf(pcode) {
  const row = page.querySelector(`tr[data-pcode="${CSS.escape(pcode)}"]`);
  return row ? [...row.cells].slice(0, 2).map((cell) => cell.textContent.trim()).join(" · ") : "";
}

for (const kind of ["mouseover", "focusin"]) {
  page.addEventListener(kind, (event) => mark(event.target.closest("[data-pcode]")?.dataset.pcode ?? null));
}
