// The page of a pack without network: its map, search and tables, from the rows that lie in the page itself.
// It is no module: the file is opened from a phone's memory, where a module may not be loaded.
/* global L */

// What would make the page too heavy lies in it packed.
async function textOf({ dataset, textContent }) {
  if (dataset.packed === undefined) return textContent;
  const bytes = Uint8Array.from(atob(textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

(async () => {
  const told = JSON.parse(await textOf(document.getElementById("donnees")));
  const { words, language } = told;
  const PAGE = 100;
  const COLOURS = ["#2f4b7c", "#a83279", "#00796b", "#8a5a00", "#5e35b1", "#b3261e", "#37474f", "#1565c0"];
  const NAMES = ["name", "title", "place", "location_name", "event_type", "name_told", "pcode"];
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const byName = new Map(told.layers.map((layer) => [layer.name, layer]));
  const folded = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  // --- Values in words ------------------------------------------------------------------------------

  function said(field, value) {
    if (value === null || value === "") return words.no_data;
    if (typeof value === "boolean") return value ? words.yes : words.no;
    if (field.words[value]) return field.words[value];
    const isCount = field.type !== "string" && !["id", "year", "people_year", "start_year", "end_year"].includes(field.name);
    const text = typeof value === "number" && isCount ? numbers.format(value) : String(value);
    return field.unit && typeof value === "number" ? `${text} ${field.unit}` : text;
  }

  function nameOf(layer, row) {
    const at = NAMES.map((name) => layer.fields.findIndex((field) => field.name === name));
    const place = at.find((index) => index >= 0 && row[index] !== null && row[index] !== "");
    return place === undefined ? layer.title : said(layer.fields[place], row[place]);
  }

  function facts(layer, row) {
    const list = element("dl");
    layer.fields.forEach((field, place) => {
      if (row[place] === null || row[place] === "") return;
      list.append(element("dt", { textContent: field.label }), element("dd", { textContent: said(field, row[place]) }));
    });
    return list;
  }

  function popupOf(layer, row) {
    // What scrolls must be reached by keys.
    const box = element("div", { tabIndex: 0 }, element("h3", { textContent: nameOf(layer, row) }), element("p", { className: "small", textContent: layer.title }));
    layer.told.doubts.forEach((doubt) => box.append(element("p", { className: "doubt", textContent: doubt })));
    box.append(facts(layer, row));
    return box;
  }

  // --- Map --------------------------------------------------------------------------------------------

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map("plan", { preferCanvas: true, zoomAnimation: !still, fadeAnimation: !still, attributionControl: true });
  map.attributionControl.setPrefix(false);
  L.control.scale({ imperial: false }).addTo(map);
  const INK = "#1d2126";
  const around = L.geoJSON(told.around.map((each) => ({ type: "Feature", properties: {}, geometry: each.shape })), {
    interactive: false,
    style: { color: "#8a8f98", weight: 1, fillColor: "#f4f1ea", fillOpacity: 1 },
  }).addTo(map);

  // A layer whose legend has a single sign for all of the kind gets a colour, or two such would look alike.
  function signsOf({ drawn: { signs } }, colour) {
    return signs.length ? signs : [{ words: "", fill: colour, line: "#fff", width: 1, radius: 5, opacity: 0.9 }];
  }

  const styleOf = ({ fill, line, width, radius, opacity }) => ({ radius, color: line, weight: width, fillColor: fill, fillOpacity: opacity });

  function drawnAreas(layer, signs) {
    const group = L.featureGroup();
    layer.rows.forEach((row, number) => {
      if (!layer.shapes[number]) return;
      const style = styleOf(signs[layer.drawn.ofRows[number] ?? 0]);
      group.addLayer(L.geoJSON(layer.shapes[number], { style }).bindPopup(() => popupOf(layer, row), POPUP));
    });
    return group;
  }

  function drawnPoints(layer, signs) {
    const group = L.featureGroup();
    const imprecise = new Set(layer.drawn.imprecise);
    layer.rows.forEach((row, number) => {
      const place = layer.shapes[number];
      if (!place) return;
      const style = styleOf(signs[layer.drawn.ofRows[number] ?? 0]);
      // The point of a town or a seat is not that of the thing told of it.
      if (imprecise.has(number)) Object.assign(style, { color: INK, weight: 1.5, dashArray: "2 3", radius: style.radius + 1 });
      const mark = L.circleMarker([place[1], place[0]], style).bindPopup(() => popupOf(layer, row), POPUP);
      group.addLayer(mark);
    });
    return group;
  }

  // The limits of the chosen cercles stay in sight over whatever surfaces are shown.
  const limits = L.featureGroup();
  for (const shape of byName.get("cercles")?.shapes.filter(Boolean) ?? []) {
    limits.addLayer(L.geoJSON(shape, { interactive: false, style: { color: INK, weight: 2.5, fill: false } }));
  }
  limits.addTo(map);

  const SHOWN_FIRST = ["cercles", "institutions"];
  const UPWARDS = ["cercles", "communes", "target_cercles"];
  const POPUP = { maxHeight: 260, minWidth: 180, maxWidth: 260 };
  const drawn = new Map();
  const list = document.getElementById("couches");

  function swatch(layer, sign) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 20 20");
    svg.setAttribute("aria-hidden", "true");
    const isArea = layer.geometry === "area";
    const mark = document.createElementNS(svg.namespaceURI, isArea ? "rect" : "circle");
    const size = isArea ? { x: 3, y: 3, width: 14, height: 14 } : { cx: 10, cy: 10, r: sign.radius };
    const look = { ...size, fill: sign.fill, "fill-opacity": sign.opacity, stroke: sign.line, "stroke-width": sign.width };
    Object.entries(look).forEach(([name, value]) => mark.setAttribute(name, value));
    svg.append(mark);
    return svg;
  }

  // What tells the signs of a layer apart, where it has several.
  function legendOf(layer, signs) {
    if (signs.length < 2) return null;
    const lines = signs.map((sign) => element("li", {}, swatch(layer, sign), element("span", { textContent: sign.words })));
    return element("div", { className: "signs" }, element("p", { textContent: layer.drawn.title }), element("ul", {}, ...lines));
  }

  // Points lie over surfaces, and surfaces in their order, whichever was switched on last.
  function stack() {
    limits.bringToBack();
    [...UPWARDS].reverse().forEach((name) => drawn.get(name)?.bringToBack());
    around.bringToBack();
  }

  function show(layer, wanted) {
    const group = drawn.get(layer.name);
    if (wanted) group.addTo(map);
    else group.remove();
    stack();
    tellMap();
  }

  function countOf(layer) {
    if (!layer.isKnown) return words.not_loaded;
    const without = layer.shapes.filter((place) => !place).length;
    return `${numbers.format(layer.rows.length)}${without ? `, ${numbers.format(without)} ${words.no_place}` : ""}`;
  }

  function tellMap() {
    const shown = told.layers.filter((layer) => drawn.has(layer.name) && map.hasLayer(drawn.get(layer.name)));
    const lines = shown.map((layer) => [layer.title, layer.told.publisher, layer.told.as_of || layer.told.changed_at].filter(Boolean).join(", "));
    document.getElementById("sur-la-carte").textContent = `${words.source} : ${[...new Set(lines)].join(" ; ")}`;
  }

  told.layers.filter((layer) => layer.geometry !== "table").forEach((layer, number) => {
    const signs = signsOf(layer, COLOURS[number % COLOURS.length]);
    drawn.set(layer.name, layer.geometry === "area" ? drawnAreas(layer, signs) : drawnPoints(layer, signs));
    const box = element("input", { type: "checkbox", checked: SHOWN_FIRST.includes(layer.name) && layer.rows.length > 0, disabled: !layer.rows.length });
    const legend = legendOf(layer, signs);
    const mark = legend ? [] : [swatch(layer, signs[0])];
    list.append(element("label", {}, box, ...mark, element("span", {}, `${layer.title} `, element("small", { textContent: countOf(layer) }))));
    if (legend) list.append(legend);
    function turn() {
      if (legend) legend.hidden = !box.checked;
      show(layer, box.checked);
    }
    box.addEventListener("change", turn);
    turn();
  });
  const isImprecise = told.layers.some((layer) => layer.drawn?.imprecise.some((number) => layer.shapes[number]));
  if (isImprecise) list.append(element("p", { className: "small", textContent: words.imprecise }));
  const frame = drawn.get("cercles") ?? [...drawn.values()][0];
  const bounds = frame?.getBounds();
  if (bounds?.isValid()) map.fitBounds(bounds, { padding: [10, 10] });
  else map.setView([17.3, -4], 5);
  // Nothing is drawn, nor can be stacked, before the map knows what it shows.
  stack();
  tellMap();

  // --- Search -----------------------------------------------------------------------------------------

  const MOST_FOUND = 12;
  const SEARCHED = ["cercles", "communes", "settlements", "institutions", "planned_works", "peace_mechanisms"];
  const index = SEARCHED.filter((name) => byName.has(name)).flatMap((name) => {
    const layer = byName.get(name);
    return layer.rows.map((row, number) => ({ layer, row, number, name: nameOf(layer, row), text: folded(nameOf(layer, row)) }));
  });

  // The same name occurs in several cercles: each place says in which it lies.
  const cercles = new Map((byName.get("cercles")?.rows ?? []).map((row) => [row[0], row[1]]));
  function whereabouts({ layer, row }) {
    const at = layer.fields.findIndex((field) => field.name === "cercle");
    return [layer.title, at < 0 ? "" : cercles.get(row[at])].filter(Boolean).join(", ");
  }

  function placeOf({ layer, number }) {
    const place = layer.shapes[number];
    if (!place) return null;
    return layer.geometry === "area" ? L.geoJSON(place).getBounds() : L.latLng(place[1], place[0]);
  }

  function open(found, event) {
    const place = placeOf(found);
    if (!place) return;
    // Without a move under way: a popup opened during one is not brought into view.
    if (place instanceof L.LatLngBounds) map.fitBounds(place, { animate: false });
    else map.setView(place, Math.max(map.getZoom(), 10), { animate: false });
    const at = place instanceof L.LatLngBounds ? place.getCenter() : place;
    const content = popupOf(found.layer, found.row);
    L.popup(POPUP).setLatLng(at).setContent(content).openOn(map);
    document.getElementById("plan").scrollIntoView({ block: "nearest" });
    content.focus({ preventScroll: true });
    const from = event.currentTarget;
    content.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      map.closePopup();
      from.focus();
    });
  }

  document.getElementById("chercher").addEventListener("input", (event) => {
    const sought = folded(event.target.value.trim());
    const found = sought ? index.filter((each) => each.text.includes(sought)) : [];
    found.sort((one, other) => one.text.indexOf(sought) - other.text.indexOf(sought) || one.text.length - other.text.length);
    const shown = found.slice(0, MOST_FOUND).map((each) => {
      const button = element("button", { type: "button" }, `${each.name} `, element("small", { textContent: whereabouts(each) }));
      button.addEventListener("click", (event) => open(each, event));
      return element("li", {}, button);
    });
    document.getElementById("resultats").replaceChildren(...shown);
    const count = found.length ? `${numbers.format(found.length)} ${words.found}` : words.nothing;
    document.getElementById("trouve").textContent = sought ? count : "";
  });

  // --- Tables -----------------------------------------------------------------------------------------

  const chooser = document.getElementById("couche");
  const filter = document.getElementById("filtre");
  const holder = document.getElementById("tableau");
  const more = document.getElementById("suite");
  const collator = new Intl.Collator(language, { numeric: true });
  let sorted = null;
  let shownRows = PAGE;

  told.layers.forEach((layer) => chooser.append(element("option", { value: layer.name, textContent: `${layer.title} (${layer.isKnown ? numbers.format(layer.rows.length) : words.not_loaded})` })));

  function compared(one, other) {
    if (one === null || other === null) return (one === null) - (other === null);
    return typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
  }

  function wanted(layer) {
    const sought = folded(filter.value.trim());
    const rows = layer.rows.filter((row) => !sought || row.some((value, place) => value !== null && folded(said(layer.fields[place], value)).includes(sought)));
    if (!sorted) return rows;
    const { place, down } = sorted;
    return [...rows].sort((one, other) => (one[place] === null || other[place] === null ? 1 : down ? -1 : 1) * compared(one[place], other[place]));
  }

  function headOf(layer) {
    const cells = layer.fields.map((field, place) => {
      const button = element("button", { type: "button", textContent: field.label });
      button.setAttribute("aria-label", `${words.sort} ${field.label}`);
      button.addEventListener("click", () => {
        sorted = { place, down: sorted?.place === place && !sorted.down };
        draw();
        holder.querySelectorAll("th button")[place].focus();
      });
      const cell = element("th", { scope: "col" }, button);
      if (sorted?.place === place) cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      return cell;
    });
    return element("thead", {}, element("tr", {}, ...cells));
  }

  function rowOf(layer, row) {
    const cells = row.map((value, place) => {
      const kind = value === null || value === "" ? "unknown" : typeof value === "number" ? "number" : "";
      return element("td", { className: kind, textContent: said(layer.fields[place], value) });
    });
    return element("tr", {}, ...cells);
  }

  function draw() {
    const layer = byName.get(chooser.value);
    const rows = wanted(layer);
    const shown = rows.slice(0, shownRows);
    const body = element("tbody", {}, ...shown.map((row) => rowOf(layer, row)));
    const doubts = layer.told.doubts.map((doubt) => element("p", { className: "doubt", textContent: doubt }));
    holder.replaceChildren(...doubts, element("table", {}, headOf(layer), body));
    const counted = `${numbers.format(shown.length)} ${words.shown} ${words.of} ${numbers.format(rows.length)} ${words.rows}`;
    document.getElementById("compte").textContent = layer.isKnown ? counted : words.not_loaded;
    more.hidden = shown.length === rows.length;
  }

  function anew() {
    shownRows = PAGE;
    draw();
  }

  chooser.addEventListener("change", () => {
    sorted = null;
    anew();
  });
  filter.addEventListener("input", anew);
  more.addEventListener("click", () => {
    shownRows += PAGE;
    draw();
  });

  const LONG_ENOUGH_MS = 60_000;

  // A cell that begins so would be run by a spreadsheet.
  const FORMULA = /^[=+\-@\t\r]/;
  function cell(value) {
    if (value === null) return "";
    const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  document.getElementById("csv").addEventListener("click", () => {
    const layer = byName.get(chooser.value);
    const last = [layer.told.attribution || layer.told.publisher, layer.told.licence, layer.told.doubts.join(" ")];
    const head = [...layer.fields.map((field) => field.name), "longitude", "latitude", "source", "licence", "doubts"];
    const places = new Map(layer.rows.map((row, number) => [row, layer.geometry === "point" ? layer.shapes[number] : null]));
    const lines = wanted(layer).map((row) => [...row, ...(places.get(row) ?? [null, null]), ...last].map(cell).join(","));
    const file = new Blob(["\ufeff", [head.join(","), ...lines].join("\r\n"), "\r\n"], { type: "text/csv" });
    const link = element("a", { href: URL.createObjectURL(file), download: `maillage_${layer.name}.csv` });
    link.click();
    // Some browsers read it only after this has run.
    setTimeout(() => URL.revokeObjectURL(link.href), LONG_ENOUGH_MS);
  });
  draw();

  // --- Sources ----------------------------------------------------------------------------------------

  const sheets = told.layers.map((layer) => {
    const list = element("dl");
    const line = (name, value) => value && list.append(element("dt", { textContent: name }), element("dd", { textContent: value }));
    line(words.licence, layer.told.licence);
    line(words.attribution, layer.told.attribution);
    line(words.edition, layer.told.edition);
    line(words.as_of, layer.told.as_of);
    line(words.changed_at, layer.told.changed_at);
    layer.told.sources.forEach((source) => line(words.source, source));
    const doubts = layer.told.doubts.map((doubt) => element("p", { className: "doubt", textContent: doubt }));
    const title = element("h3", { textContent: layer.title });
    return element("article", {}, title, element("p", { className: "small", textContent: layer.description }), ...doubts, list);
  });
  document.getElementById("fiches").replaceChildren(...sheets);
})();
