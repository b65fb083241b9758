// Numbers, dates and words as a reader of this page writes them. apps/maps/formats.py gives the same results.

const language = document.documentElement.lang || "fr";
// Dates of the English pages are British, as everywhere in the United Nations.
const locale = language === "en" ? "en-GB" : language;
const plurals = new Intl.PluralRules(language);
const dayParts = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };

/** The data that the page carries in <script type="application/json" id="…">. */
export function carried(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : null;
}

/** A half goes to the even neighbour, as on the server (Babel): else 12,25 would be 12,2 there and 12,3 here. */
const rounding = { roundingMode: "halfEven" };
const missing = carried("page-words")?.missing ?? { short: "–", long: "–" };

const formatters = new Map();

/** A formatter is slow to make and quick to use: a moving slider writes three hundred numbers. */
function formatter(options) {
  const key = JSON.stringify(options);
  if (!formatters.has(key)) formatters.set(key, new Intl.NumberFormat(locale, options));
  return formatters.get(key);
}

/** 1 234 567, or 12,4 with one decimal. Missing is not zero: null becomes the short word for it. */
export function number(value, decimals = 0) {
  if (value === null || value === undefined) return missing.short;
  return formatter({ minimumFractionDigits: decimals, maximumFractionDigits: decimals, ...rounding }).format(value);
}

/** A class limit: two significant digits, as geo/classes.py rounds them. */
export function limit(value) {
  return formatter({ maximumSignificantDigits: 2 }).format(value);
}

/** A share from 0 to 1 as 12,4 %. */
export function percent(share, decimals = 0) {
  if (share === null || share === undefined) return missing.short;
  const style = { style: "percent", minimumFractionDigits: decimals, maximumFractionDigits: decimals, ...rounding };
  return formatter(style).format(share);
}

/** 31 oct. 2020 from 2020-10-31, and in French 1er nov. 2020. */
export function day(iso) {
  if (!iso) return missing.short;
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  const text = new Intl.DateTimeFormat(locale, dayParts).format(date);
  return date.getUTCDate() === 1 && language === "fr" ? `1er${text.slice(1)}` : text;
}

/** oct. 2020 from 2020-10 or 2020-10-31. */
export function month(iso) {
  if (!iso) return missing.short;
  const date = new Date(`${iso.slice(0, 7)}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(locale, { month: "short", year: "numeric", timeZone: "UTC" }).format(date);
}

/** fill("{n} cercles sur {total}", {n: 21, total: 53}) */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** The form of {one, other} that `count` asks for, with {n} filled. */
export function plural(forms, count) {
  return fill(forms[plurals.select(count)] ?? forms.other, { n: number(count) });
}
