// The choice of cercles: found by name, accents left aside, and counted. Without this, the list is whole.

const form = document.querySelector("[data-my-area]");
const search = form.querySelector("[data-find]");
const count = form.querySelector("[data-count]");
const regions = [...form.querySelectorAll(".my-area__region")];
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function narrow() {
  const sought = folded(search.querySelector("input").value.trim());
  for (const region of regions) {
    const isRegion = folded(region.querySelector("legend").textContent).includes(sought);
    const cercles = [...region.querySelectorAll("label")];
    for (const cercle of cercles) cercle.hidden = !isRegion && !folded(cercle.textContent).includes(sought);
    region.hidden = cercles.every((cercle) => cercle.hidden);
  }
}

function tell() {
  count.textContent = `${count.dataset.told} ${form.querySelectorAll("[name=cercle]:checked").length}`;
}

// Of a search, those found: "Mopti" and one touch take a whole region.
function choose(isChosen) {
  const boxes = isChosen ? form.querySelectorAll(".my-area__region:not([hidden]) label:not([hidden]) [name=cercle]") : form.querySelectorAll("[name=cercle]");
  for (const box of boxes) box.checked = isChosen;
  tell();
}

search.hidden = false;
form.querySelector("[data-all]").hidden = false;
for (const button of form.querySelectorAll("[data-check]")) button.addEventListener("click", () => choose(button.dataset.check === "checked"));
search.addEventListener("input", narrow);
form.addEventListener("change", tell);
tell();
