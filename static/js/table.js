// A table written by the server becomes sortable in place, and its arrows move through the rows.
// Columns: <th aria-sort><a class="table__sort" href="?sort=…">. Cells that sort by number carry data-value.

const language = document.documentElement.lang || "fr";
const byWords = new Intl.Collator(language, { sensitivity: "base", numeric: true });

/** Wire up a table. onRow(row) is told the row that the reader is on; onSort(key) the order, as ?sort= says it. */
export function sortable(table, { onRow = () => {}, onSort = () => {} } = {}) {
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest(".table__sort");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onSort(sortBy(table, link.closest("th")));
  });
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target.closest("tbody tr");
    if (!step || !row) return;
    const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    const target = next?.querySelector(event.target.matches("input") ? "input" : "a, input");
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  });
  let current = null;
  const tell = (event) => {
    const row = event.target.closest("tbody tr");
    if (row !== current) onRow(row);
    current = row;
  };
  table.addEventListener("focusin", tell);
  // Rows that scroll under a resting pointer are not pointed at.
  table.addEventListener("mousemove", (event) => (event.movementX || event.movementY) && tell(event));
  table.addEventListener("mouseleave", () => {
    current = null;
    onRow(null);
  });
}

/** Sort by this column; again: the other way round. Missing figures stay last. Returns the order as ?sort= says it. */
export function sortBy(table, header) {
  const before = header.getAttribute("aria-sort");
  const isDescending = before ? before === "ascending" : header.classList.contains("number");
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
  arrange(table);
  return (isDescending ? "-" : "") + header.dataset.key;
}

/** Put the rows in the order that the table says, after its cells have changed. */
export function arrange(table) {
  const header = table.tHead.querySelector("[aria-sort]");
  if (!header) return;
  const isNumeric = header.classList.contains("number");
  const order = header.getAttribute("aria-sort") === "descending" ? -1 : 1;
  const body = table.tBodies[0];
  const keyed = [...body.rows].map((row) => [key(row.cells[header.cellIndex], isNumeric), row]);
  keyed.sort(([a], [b]) => compare(a, b, order));
  body.append(...keyed.map(([, row]) => row));
}

function key(cell, isNumeric) {
  if (!isNumeric) return cell.textContent.trim();
  return cell.dataset.value === undefined || cell.dataset.value === "" ? null : Number(cell.dataset.value);
}

function compare(a, b, order) {
  if (a === null || b === null) return (a === null) - (b === null);
  return order * (typeof a === "number" ? a - b : byWords.compare(a, b));
}
