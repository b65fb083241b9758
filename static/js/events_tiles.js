// Events too many for a mark each: from afar counted by cell, from near one by one. From vector tiles.

import { INK, sign } from "./areas.js";
import { typesInWords } from "./counted.js";
import { eventDates } from "./event_dates.js";
import { radius, sheet } from "./events.js";
import { day, fill, number, plural } from "./format.js";
import { slug } from "./month_counts.js";
import { dataZoom, disc, tiles, unit } from "./tiles.js";

const PAPER = "#fbfaf7";
const CELLS_A_TILE = 16;
const EARTH_KM = 40075;
const MALI_LATITUDE = 15; // where a kilometre of the projection is told
const PAUSE_MS = 250; // tiles are asked where the slider rests
const LARGEST = 10000; // events of a cell that fills its place

const LEVELS = 2; // of tiles four times as wide as those of a picture: a cell has room for its number
const CELL_PX = 64;
const TEXT_PX = 11;

/** The disc grows with the events, up to the width of its cell, and holds its number of at most four signs. */
const discRadius = (events) => 11 + 1.5 * Math.log10(events) + 8 * Math.sqrt(Math.min(events, LARGEST) / LARGEST);

const compact = new Intl.NumberFormat(document.documentElement.lang || "fr", { notation: "compact", maximumFractionDigits: 0 });

export async function layer({ map, overlay, words, state, period, ask, changed }) {
  const dates = eventDates({ words, state, period });
  const said = words.eventTiles;
  let counts = { events_drawn: 0, events_not_drawn: 0 };
  let latest = 0;

  const drawing = await tiles(map, {
    levels: LEVELS,
    rules: () => ({
      paint: [
        { dataLayer: `${overlay.layer}_cells`, symbolizer: { draw: (...drawn) => drawCell(unit(map), ...drawn) } },
        { dataLayer: overlay.layer, symbolizer: { draw: (...drawn) => drawRing(unit(map), ...drawn) } },
      ],
    }),
    card,
    told: ({ layerName, props }) => (layerName.endsWith("_cells") ? plural(said.cell, props.events) : (words.eventTypes[props.event_type] ?? props.event_type)),
  });

  /** What is asked of the tiles; null where a choice leaves no type. */
  function query() {
    const parameters = new URLSearchParams(dates.asked());
    if (!state.types) return parameters;
    const chosen = Object.keys(words.eventTypes).filter((type) => state.types.has(slug(type)));
    if (!chosen.length) return null;
    parameters.set("event_type", chosen.join());
    return parameters;
  }

  async function draw() {
    latest += 1;
    const turn = latest;
    if (!dates.show(dates.asked())) return;
    if (state.month) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (turn !== latest) return; // the dates have changed since
    const parameters = query();
    counts = parameters ? JSON.parse(await ask(`${overlay.tilejson}?${parameters}`)).maillage : { events_drawn: 0, events_not_drawn: 0 };
    if (turn !== latest) return;
    if (parameters) drawing.ask(`${overlay.tiles}?${parameters}`);
    else drawing.clear();
    dates.say(counts.events_drawn, counts.events_not_drawn);
    changed();
  }

  function card({ layerName, props, at }) {
    if (!layerName.endsWith("_cells")) return sheet(props, overlay, words);
    const box = document.createElement("div");
    const line = (className, text) => {
      const p = document.createElement("p");
      p.className = className;
      p.textContent = text;
      box.append(p);
    };
    if (overlay.simulated) line("card__badge", words.simulated);
    line("card__name", plural(said.cell, props.events));
    line("card__parent", `${day(dates.asked().since)} – ${day(dates.asked().until)}`);
    if (props.events_near) line("card__what", plural(said.near, props.events_near));
    if (props.events_imprecise) line("card__what", plural(said.imprecise, props.events_imprecise));
    line("card__figure", props.fatalities ? plural(words.events.deaths, props.fatalities) : words.events.noDeaths);
    const closer = document.createElement("button");
    closer.type = "button";
    closer.className = "link-button";
    closer.textContent = said.closer;
    closer.addEventListener("click", () => {
      map.closePopup();
      map.setView(at, map.getZoom() + 2);
    });
    box.append(closer);
    return box;
  }

  const leave = dates.follow(draw);
  map.on("zoomend", changed); // a cell is another one at another zoom
  await draw();

  return {
    onPeriod: () => draw().catch(() => {}),
    remove() {
      latest += 1;
      drawing.remove();
      map.off("zoomend", changed);
      leave();
    },
    legend: () => ({
      title: words.events.title,
      badge: overlay.simulated ? words.simulated : "",
      period: `${day(dates.asked().since)} – ${day(dates.asked().until)}`,
      rows: [
        { mark: sign("sign-many", "legend__sign"), label: fill(said.legend, { km: number(cellKm(map)) }), count: counts.events_drawn },
        { mark: sign("sign-ring", "legend__sign"), label: said.one },
      ],
      notes: [
        words.events.ring,
        counts.events_not_drawn ? plural(words.events.imprecise, counts.events_not_drawn) : "",
        state.types ? fill(words.months.types, { types: typesInWords(state.types, words) }) : "",
      ],
    }),
  };
}

/** How wide a cell is in Mali at this zoom, to the readable number next to it. */
function cellKm(map) {
  const km = (EARTH_KM * Math.cos((MALI_LATITUDE * Math.PI) / 180)) / 2 ** dataZoom(map, LEVELS) / CELLS_A_TILE;
  const step = 10 ** Math.floor(Math.log10(km));
  return km < 1 ? 1 : Math.round(km / step) * step;
}

function drawCell(pixel, context, geometry, zoom, { props }) {
  const xs = geometry[0].map((point) => point.x);
  const ys = geometry[0].map((point) => point.y);
  const middle = { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
  disc(context, middle, { radius: Math.min(discRadius(props.events) * pixel, CELL_PX / 2 - 1), fill: PAPER, line: INK, width: 1.2 * pixel, opacity: 0.92 });
  context.fillStyle = INK;
  context.font = `600 ${TEXT_PX * pixel}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(compact.format(props.events), middle.x, middle.y + 0.5);
}

function drawRing(pixel, context, [[point]], zoom, { props }) {
  disc(context, point, { radius: radius(props.fatalities) * pixel, fill: PAPER, line: INK, width: 1.5 * pixel, opacity: 0.65 });
}
