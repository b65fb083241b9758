// Figures counted here from the months: of one month, of twelve, of some types of events.
// They stand in place of the page's figures, in the same form, and are written into its table.

import { fill, number, plural } from "./format.js";
import { classCounts, classLimits, COUNTED, monthCounts, slug } from "./month_counts.js";

const language = document.documentElement.lang || "fr";
const locale = language === "en" ? "en-GB" : language;
const longMonth = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });

/** mars 2020 from 2020-03. */
export const monthInFull = (month) => longMonth.format(new Date(`${month}-01T00:00:00Z`));

const lastDay = (month) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

/** `base()` are the figures that the server wrote; `ask` fetches. `state`: level, month, span, types. */
export function counted({ settings, words, state, ask, base }) {
  let asked = null; // the address of the answer held
  let answer = null;
  let counts = null;
  let shown = null;
  const limits = new Map(); // "indicator span" -> the class limits of every month

  /** Follow level and types; the network is asked for a level only once. */
  async function follow() {
    const address = fill(settings.monthly, { level: state.level, source: state.source ?? "" });
    if (address !== asked) {
      answer = JSON.parse(await ask(address));
      asked = address;
    }
    counts = monthCounts(answer, state.types);
    limits.clear();
    show();
  }

  /** The places of the first and the last month shown. */
  function span() {
    const { months } = counts;
    if (!state.month) {
      const { since, until } = base().period;
      const [first, last] = [since, until].map((day) => counts.placeOf(day.slice(0, 7)));
      return [Math.max(0, first), last < 0 ? months.length - 1 : last];
    }
    if (counts.placeOf(state.month) < 0) state.month = months.at(-1);
    const until = counts.placeOf(state.month);
    return [Math.max(0, until - state.span + 1), until];
  }

  function limitsOf(indicator, areas) {
    const key = `${indicator} ${state.month ? state.span : "period"}`;
    if (!limits.has(key)) {
      const values = state.month ? counts.every(indicator, base().areas, state.span) : areas.map((area) => area[indicator]);
      limits.set(key, classLimits(values));
    }
    return limits.get(key);
  }

  /** Count anew what the month shows. */
  function show() {
    const { areas: known, classes, indicators, period } = base();
    const [since, until] = span();
    const areas = counts.areas(known, since, until);
    const isCounted = (indicator) => COUNTED.includes(indicator);
    const values = (indicator) => areas.map((area) => area[indicator]);
    shown = {
      ...base(),
      period: state.month ? { ...period, since: `${counts.months[since]}-01`, until: lastDay(counts.months[until]) } : period,
      areas,
      classes: mapped(classes, (own, key) => (isCounted(key) ? classCounts(values(key), limitsOf(key, areas)) : own)),
      indicators: mapped(indicators, (own, key) => (isCounted(key) ? said(own, key, since, until) : own)),
    };
  }

  function said(own, indicator, since, until) {
    const when = state.month ? inWords(since, until) : own.when;
    const vague = counts.imprecise(indicator, since, until);
    return {
      ...own,
      when: state.types ? `${when} · ${fill(words.months.types, { types: typesInWords(state.types, words) })}` : when,
      notes: [
        vague ? plural(words.months.imprecise[state.level], vague) : "",
        state.month ? fill(words.months.oneScale, { n: number(counts.months.length) }) : "",
        indicator.startsWith("violent") && isNoneViolent() ? words.months.noneViolent : "",
        ...(own.notes ?? []),
      ].filter(Boolean),
    };
  }

  function inWords(since, until) {
    const [first, last] = [counts.months[since], counts.months[until]].map(monthInFull);
    return since === until && state.span === 1 ? last : fill(plural(words.months.several, until - since + 1), { since: first, until: last });
  }

  const isNoneViolent = () => state.types && !counts.monthly("violent_events").some(Boolean);

  return {
    follow,
    show,
    figures: () => shown,
    months: () => counts.months,
    monthly: (indicator) => counts.monthly(COUNTED.includes(indicator) ? indicator : "events"),
    total: (indicator) => counts.total(COUNTED.includes(indicator) ? indicator : "events", ...span()),
    write(table) {
      const { when, notes } = shown.indicators.events_per_100k;
      writeTable(table, shown, { caption: fill(words.months.captions[state.level], { when }), note: notes[0] ?? "" });
    },
    restore: restoreTable,
  };
}

/** The chosen types (slugs) in words. */
export const typesInWords = (types, words) =>
  Object.keys(words.eventTypes)
    .filter((type) => types.has(slug(type)))
    .map((type) => words.eventTypes[type])
    .join(", ") || words.months.noType;

const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

// --- The table says what the map shows ---------------------------------------------------------------------

const written = new WeakMap(); // a cell -> what the server wrote in it

/** Write the counts into the table that the server wrote; `caption` and `note` say of what. */
function writeTable(table, { areas, indicators }, { caption, note }) {
  const rows = new Map(areas.map((area) => [area.pcode, area]));
  for (const header of table.querySelectorAll("th[data-key]")) {
    const { key } = header.dataset;
    if (!COUNTED.includes(key)) continue;
    const decimals = indicators[key]?.decimals ?? (key.endsWith("per_100k") ? 1 : 0);
    for (const row of table.tBodies[0].rows) writeCell(row.cells[header.cellIndex], rows.get(row.dataset.pcode)?.[key] ?? null, decimals);
  }
  keep(table.caption);
  table.caption.textContent = caption;
  for (const each of table.parentElement.querySelectorAll("[data-note-of-period]")) each.hidden = true;
  let own = table.parentElement.querySelector("[data-note-of-months]");
  if (!own) {
    own = document.createElement("p");
    own.className = "soft small drawer__note";
    own.dataset.noteOfMonths = "";
    table.after(own);
  }
  own.textContent = note;
}

function writeCell(cell, value, decimals) {
  keep(cell);
  cell.dataset.value = value ?? "";
  cell.textContent = number(value, decimals);
}

function keep(element) {
  if (!written.has(element)) written.set(element, { value: element.dataset.value, nodes: [...element.childNodes] });
}

/** Put back what the server wrote. */
function restoreTable(table) {
  for (const element of [table.caption, ...table.querySelectorAll("tbody td")]) {
    const before = written.get(element);
    if (!before) continue;
    if (before.value !== undefined) element.dataset.value = before.value;
    element.replaceChildren(...before.nodes);
  }
  table.parentElement.querySelector("[data-note-of-months]")?.remove();
  for (const each of table.parentElement.querySelectorAll("[data-note-of-period]")) each.hidden = false;
}
