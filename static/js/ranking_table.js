// The table of the choice page follows the ranking. Its rows are written by the server; here their cells change, and their order.

import { number } from "./format.js";
import { points, whyNoScore } from "./targeting_said.js";

const NS = "http://www.w3.org/2000/svg";

/** Wire up the table: rows are found by P-code. */
export function rankingTable(table, words, isQuestion = false) {
  const rows = new Map([...table.tBodies[0].rows].filter((row) => row.dataset.pcode).map((row) => [row.dataset.pcode, cellsOf(row)]));

  return {
    rows,
    /** Write ranks and scores, and put the rows in the order of ranks when `isByRank`. */
    show(ranked, figures, isByRank) {
      for (const each of ranked) writeScore(rows.get(each.pcode), each, figures.get(each.pcode));
      if (isByRank) table.tBodies[0].append(...ranked.map(({ pcode }) => rows.get(pcode).row));
    },
    /** Write the figures of another period. */
    writeFigures(figures) {
      for (const { pcode, values } of figures) {
        for (const cell of rows.get(pcode).figures) {
          const { criterion } = cell.dataset;
          const isNew = cell.dataset.value !== String(values[criterion] ?? "");
          if (isNew) writeNumber(cell, values[criterion], words.criteria[criterion].decimals); // people keep their « ≈ »
        }
      }
    },
    choose(pcodes) {
      for (const [pcode, { row, box }] of rows) {
        box.checked = pcodes.has(pcode);
        row.toggleAttribute("data-chosen", box.checked);
      }
    },
    /** Show the figures of the criteria that have weight. */
    showColumns(names) {
      for (const cell of table.querySelectorAll("td[data-criterion]")) cell.hidden = !names.has(cell.dataset.criterion);
      for (const head of table.tHead.querySelectorAll("th[data-key]")) {
        if (head.dataset.key in words.criteria) head.hidden = !names.has(head.dataset.key);
      }
    },
    showProgramme(isShown) {
      for (const cell of table.querySelectorAll(".ranking__programme")) cell.hidden = !isShown;
    },
    pointAt(pcode) {
      table.querySelector("tr[data-current]")?.removeAttribute("data-current");
      if (pcode) rows.get(pcode)?.row.setAttribute("data-current", "");
    },
  };

  function writeScore({ rank, score, value, bar, told }, each, cercle) {
    writeNumber(rank, each.rank, 0);
    score.dataset.value = each.score ?? "";
    const lacks = each.missing.length ? whyNoScore(words, cercle, isQuestion ? each.missing : null) : each.isOutside ? words.noZone : "";
    value.textContent = lacks || number(each.score, 1);
    value.classList.toggle("score__none", Boolean(lacks));
    told.textContent = points(words, each.contributions);
    drawParts(bar, each.contributions, words);
  }
}

function cellsOf(row) {
  return {
    row,
    box: row.querySelector("input[type=checkbox]"),
    rank: row.querySelector(".rank"),
    score: row.querySelector(".score"),
    value: row.querySelector(".score__value"),
    bar: row.querySelector(".score__bar"),
    told: row.querySelector(".score__points"),
    figures: [...row.querySelectorAll("[data-criterion]")],
  };
}

function writeNumber(cell, value, decimals) {
  cell.dataset.value = value ?? "";
  cell.textContent = number(value, decimals);
}

/** The parts of a score side by side. */
function drawParts(bar, contributions, words) {
  const parts = Object.entries(contributions);
  while (bar.children.length > parts.length) bar.lastChild.remove();
  let start = 0;
  parts.forEach(([criterion, width], index) => {
    const rect = bar.children[index] ?? bar.appendChild(document.createElementNS(NS, "rect"));
    const attributes = { class: `part--${words.criteria[criterion].mark}`, x: start.toFixed(2), y: 0, width: width.toFixed(2), height: 6 };
    for (const [name, value] of Object.entries(attributes)) rect.setAttribute(name, value);
    start += width;
  });
}
