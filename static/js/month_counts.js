// Counts by area and month added up here, so that a reader moves through the months without asking again.
// Made of the answer of /api/indicators/monthly/: one source, one level, every month.

import { classOf } from "./areas.js";

const MEASURES = ["events", "violent_events", "fatalities"];
const RATES = { events_per_100k: "events", violent_per_100k: "violent_events", fatalities_per_100k: "fatalities" };
const CLASSES = 5;

/** The indicators that count events; the others do not change from month to month. */
export const COUNTED = [...MEASURES, ...Object.keys(RATES)];
/** The name of an event type in the address: battles, explosions_remote_violence. */
export const slug = (type) => type.toLowerCase().replace(/[^a-z]+/g, "_");

/**
 * The counts of some types (a Set of slugs; null: all), ready to be asked between two months: places in `months`,
 * both included.
 */
export function monthCounts(answer, wanted = null) {
  const { months, types, violent_types: violent, pcodes, placed, imprecise } = answer;
  const isWanted = types.map((type) => !wanted || wanted.has(slug(type)));
  const isViolent = types.map((type) => violent.includes(type));
  const width = months.length + 1;
  const placeOf = new Map(pcodes.map((pcode, place) => [pcode, place]));

  /** Running sums: the sum of months a to b is sums[b + 1] - sums[a]. */
  function running(columns, areas) {
    const sums = Object.fromEntries(MEASURES.map((name) => [name, new Float64Array(areas * width)]));
    columns.type.forEach((type, row) => {
      if (!isWanted[type]) return;
      const at = (columns.area?.[row] ?? 0) * width + columns.month[row] + 1;
      sums.events[at] += columns.events[row];
      sums.fatalities[at] += columns.fatalities[row];
      if (isViolent[type]) sums.violent_events[at] += columns.events[row];
    });
    for (const column of Object.values(sums)) {
      column.forEach((_, at) => at % width && (column[at] += column[at - 1]));
    }
    return sums;
  }

  const ofAreas = running(placed, pcodes.length);
  const ofNone = running(imprecise, 1);
  const between = (sums, area, since, until) => sums[area * width + until + 1] - sums[area * width + since];

  function counted(measure, area, since, until) {
    return between(ofAreas[measure], area, since, until);
  }

  /** The value of an indicator in an area with this many people; null where people are not known. */
  function value(indicator, pcode, people, since, until) {
    const area = placeOf.get(pcode);
    if (area === undefined) return null;
    if (!(indicator in RATES)) return counted(indicator, area, since, until);
    return people ? (100000 * counted(RATES[indicator], area, since, until)) / people : null;
  }

  return {
    months,
    placeOf: (month) => months.indexOf(month),
    /** The areas (of the page's figures) with their counts between two months in place of those of the period. */
    areas: (areas, since, until) =>
      areas.map(({ pcode, name, region, region_name, people }) => ({
        pcode,
        name,
        region,
        region_name,
        people,
        ...Object.fromEntries(COUNTED.map((indicator) => [indicator, value(indicator, pcode, people, since, until)])),
      })),
    /** Every value that an indicator takes while `span` months at a time are shown. */
    every(indicator, areas, span) {
      const found = [];
      for (const { pcode, people } of areas) {
        for (let until = 0; until < months.length; until += 1) {
          found.push(value(indicator, pcode, people, Math.max(0, until - span + 1), until));
        }
      }
      return found;
    },
    /** How many events are placed in no area, counted as the indicator counts. */
    imprecise: (indicator, since, until) => between(ofNone[eventsOf(indicator)], 0, since, until),
    /** How many events stand behind an indicator, in how many areas. */
    total(indicator, since, until) {
      const counts = pcodes.map((_, area) => counted(eventsOf(indicator), area, since, until));
      return { events: counts.reduce((sum, count) => sum + count, 0), areas: counts.filter(Boolean).length };
    },
    /** The events of each month in all areas, as the indicator counts them. */
    monthly: (indicator) =>
      months.map((_, month) => pcodes.reduce((sum, __, area) => sum + counted(eventsOf(indicator), area, month, month), 0)),
  };
}

/** The count of events behind an indicator: of deaths, all events. */
function eventsOf(indicator) {
  const counted = RATES[indicator] ?? indicator;
  return counted === "violent_events" ? counted : "events";
}

/** As geo/classes.py: quantiles of what is above zero, rounded to two digits, merged where equal. */
export function classLimits(values) {
  const positive = values.filter(Boolean).sort((a, b) => a - b);
  if (!positive.length) return [];
  const quantile = (_, index) => readable(positive[Math.ceil((positive.length * (index + 1)) / CLASSES) - 1]);
  const limits = [...new Set(Array.from({ length: CLASSES }, quantile))].sort((a, b) => a - b);
  const most = positive.at(-1);
  if (limits.at(-1) < most) limits[limits.length - 1] = readableAbove(most);
  return limits;
}

const readable = (value) => Number(value.toPrecision(2));

function readableAbove(value) {
  const rounded = readable(value);
  return rounded >= value ? rounded : readable(rounded + 10 ** (Math.floor(Math.log10(value)) - 1));
}

/** How many values fall in each class, zero's first, and how many are missing. */
export function classCounts(values, limits) {
  const counts = new Array(limits.length + 1).fill(0);
  let missing = 0;
  for (const value of values) {
    const place = classOf(value, limits);
    if (place === null) missing += 1;
    else counts[place] += 1;
  }
  return { limits, counts, no_data: missing };
}
