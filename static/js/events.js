// Events one by one, as small neutral rings between two dates, clustered as numbers.

import { sign } from "./areas.js";
import { clusters } from "./clusters.js";
import { typesInWords } from "./counted.js";
import { eventDates } from "./event_dates.js";
import { day, fill, plural } from "./format.js";
import { slug } from "./month_counts.js";

const L = window.L;
const FIELDS = "occurred_on,time_precision,event_type,sub_event_type,fatalities,geo_precision,location_name";
const MOST_ROWS = 30000; // of one answer
const PAUSE_MS = 250; // events too many to be held are asked where the slider rests
/** AREA, REGION and COUNTRY: the point says nothing of the cercle. */
const NOT_PLACED = [3, 5, 6];

/** The ring's area grows with the deaths: its radius with their root, up to a size that hides nothing. */
export const radius = (deaths) => Math.min(15, 4 + 1.1 * Math.sqrt(deaths));

export async function layer({ map, overlay, words, state, period, ask, changed }) {
  const group = await clusters({ className: "cluster--events", labels: words.events.clusterLabel });
  const dates = eventDates({ words, state, period });
  let counts = { shown: 0, imprecise: 0 };
  let latest = 0;
  let whole = null; // every event, asked once by a reader who moves through the months

  const query = (asked) => new URLSearchParams({ ...asked, fields: FIELDS, limit: MOST_ROWS });
  const fetched = async (asked) => JSON.parse(await ask(`${overlay.url}?${query(asked)}`)).features;

  async function between(asked) {
    if (!state.month) return fetched(asked);
    if (overlay.count > MOST_ROWS) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      return fetched(asked);
    }
    whole ??= await fetched({});
    return whole.filter(({ properties: { occurred_on: on } }) => on >= asked.since && on <= asked.until);
  }

  async function draw() {
    latest += 1;
    const turn = latest;
    const asked = dates.asked();
    if (!dates.show(asked)) return;
    const found = await between(asked);
    if (turn !== latest) return; // the dates have changed since: a slow answer must not undo a newer one
    const features = found.filter(({ properties }) => !state.types || state.types.has(slug(properties.event_type)));
    const placed = features.filter(({ geometry, properties }) => geometry && !NOT_PLACED.includes(properties.geo_precision));
    counts = { shown: placed.length, imprecise: features.length - placed.length };
    group.clearLayers();
    group.addLayers(placed.map((feature) => ring(feature, overlay, words)));
    dates.say(counts.shown, counts.imprecise);
    changed();
  }

  const leave = dates.follow(draw);
  await draw();
  group.addTo(map);

  return {
    onPeriod: () => draw().catch(() => {}),
    remove() {
      group.remove();
      leave();
    },
    legend: () => ({
      title: words.events.title,
      badge: overlay.simulated ? words.simulated : "",
      period: `${day(dates.asked().since)} – ${day(dates.asked().until)}`,
      rows: [
        { mark: sign("sign-ring", "legend__sign"), label: words.events.one, count: counts.shown },
        { mark: sign("sign-many", "legend__sign"), label: words.events.many },
      ],
      notes: [
        words.events.ring,
        counts.imprecise ? plural(words.events.imprecise, counts.imprecise) : "",
        state.types ? fill(words.months.types, { types: typesInWords(state.types, words) }) : "",
      ],
    }),
  };
}

function ring({ geometry, properties }, overlay, words) {
  const [longitude, latitude] = geometry.coordinates;
  const style = { radius: radius(properties.fatalities), color: "#1d2126", weight: 1.5, fillColor: "#fbfaf7", fillOpacity: 0.65 };
  return L.circleMarker([latitude, longitude], style).bindPopup(() => sheet(properties, overlay, words), { className: "card" });
}

/** What is told of one event. */
export function sheet(event, overlay, words) {
  const box = document.createElement("div");
  const line = (className, text) => {
    if (!text) return;
    const p = document.createElement("p");
    p.className = className;
    p.textContent = text;
    box.append(p);
  };
  if (overlay.simulated) line("card__badge", words.events.simulatedOne);
  line("card__name", words.eventTypes[event.event_type] ?? event.event_type);
  line("card__parent", day(event.occurred_on));
  line("card__figure", event.fatalities ? plural(words.events.deaths, event.fatalities) : words.events.noDeaths);
  line("card__what", [event.location_name, words.placePrecisions[event.geo_precision]].filter(Boolean).join(" · "));
  return box;
}
