(() => {
  const table = document.getElementById("mappings");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const search = document.getElementById("search");
  const relation = document.getElementById("relation");
  const count = document.getElementById("count");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = texts.get(row);
      const fits = words.every((word) => text.includes(word)) && (!relation.value || row.dataset.relation === relation.value);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count.textContent = shown + (shown === 1 ? " row" : " rows");
  };
  document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
  search.addEventListener("input", show);
  relation.addEventListener("change", show);
  for (const button of table.querySelectorAll("thead button")) {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const at = Number(button.dataset.column);
      const order = new Intl.Collator("en", { numeric: true });
      rows.sort((a, b) => (down ? -1 : 1) * order.compare(a.cells[at].textContent, b.cells[at].textContent));
      body.append(...rows);
    });
  }
  const target = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("#mappings tr");
    if (!row || !row.hidden) return;
    search.value = relation.value = "";
    show();
    row.scrollIntoView();
  };
  addEventListener("hashchange", target);
  target();
})();
