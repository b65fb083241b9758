// Towns and villages where there are thousands: the seats from afar, every village from near. From vector tiles.

import { INK, sign } from "./areas.js";
import { dataZoom, disc, tiles, unit } from "./tiles.js";

const RADII = { 1: 5, 2: 4.5, 3: 4, 4: 3, 5: 2 };
const FROM_ZOOM = { communes: 5, villages: 7 }; // of the tiles, as the server draws them
const NAMED_FROM = { 1: 9, 2: 9, 3: 9, 4: 10, 5: 11 }; // the names of areas come first
const LEVELS = 1;
const rankOf = (props) => props.settlement_class ?? 5;

export async function layer({ map, overlay, words, changed }) {
  const drawing = await tiles(map, {
    levels: LEVELS,
    rules: (protomaps) => ({
      paint: [{ dataLayer: "settlements", symbolizer: { draw: (...drawn) => drawDot(unit(map), ...drawn) } }],
      labels: [
        {
          dataLayer: "settlements",
          minzoom: NAMED_FROM[1],
          filter: (zoom, { props }) => zoom >= NAMED_FROM[rankOf(props)],
          symbolizer: new protomaps.OffsetTextSymbolizer({
            labelProps: ["name"],
            offsetX: 6,
            offsetY: 6,
            font: "500 12px system-ui, sans-serif",
            fill: INK,
            stroke: "#fbfaf7",
            width: 3,
          }),
          sort: (one, other) => rankOf(one) - rankOf(other),
        },
      ],
    }),
    card: ({ props }) => inWords(props),
    told: ({ props }) => inWords(props),
  });

  const inWords = ({ name, settlement_class: rank }) => [name, words.settlementClasses[rank]].filter(Boolean).join(", ");

  function note() {
    const zoom = dataZoom(map, LEVELS);
    if (zoom >= FROM_ZOOM.villages) return "";
    return zoom >= FROM_ZOOM.communes ? words.settlementTiles.villages : words.settlementTiles.communes;
  }

  drawing.ask(overlay.tiles);
  map.on("zoomend", changed);
  return {
    remove() {
      map.off("zoomend", changed);
      drawing.remove();
    },
    legend: () => ({
      title: words.settlements.title,
      rows: [{ mark: sign("sign-dot", "legend__sign"), label: words.settlements.dot }],
      notes: [note()],
    }),
  };
}

function drawDot(pixel, context, [[point]], zoom, { props }) {
  disc(context, point, { radius: RADII[rankOf(props)] * pixel, fill: "#fff", line: INK, width: 1.2 * pixel });
}
