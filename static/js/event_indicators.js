// The table of indicators is sorted in place while it has one page; with several the server sorts them all.

import { sortable } from "./table.js";

const table = document.getElementById("indicators-table");
if (table && !document.querySelector(".pager")) {
  sortable(table, {
    onSort(order) {
      const address = new URL(location.href);
      address.searchParams.set("sort", order);
      history.replaceState(null, "", address);
    },
  });
}
