"use strict";

(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- tables ------------------------------------------------------------------------------------

  // What a spreadsheet would run as a formula is said otherwise, by the rule of all our files.
  const told = (cell) => cell.dataset.texte ?? cell.textContent;

  const quoted = (text) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  // Texts as they are read, then the number behind each where a column has some.
  const csv = (table, nature) => {
    const rows = all("tbody tr", table).map((row) => [...row.cells]);
    const heads = all("thead th", table).map(told);
    const counted = heads.map((_, i) => rows.some((cells) => "nombre" in cells[i].dataset));
    const spread = (cells, read, number) =>
      cells.flatMap((cell, i) => (counted[i] ? [read(cell), number(cell)] : [read(cell)]));
    const lines = [
      spread(heads, (head) => head, (head) => `${head} (nombre)`).concat(nature ? "Nature" : []),
      ...rows.map((cells) =>
        spread(cells, told, (cell) => cell.dataset.nombre ?? "")
          .concat(nature ?? [])),
    ];
    return lines.map((cells) => cells.map(quoted).join(";") + "\r\n").join("");
  };

  const offer = (button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const { fichier, nature } = button.dataset;
      const text = csv(button.parentElement.querySelector("table"), nature);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
      link.download = fichier;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  };

  // --- print -------------------------------------------------------------------------------------

  const closed = new Set();

  const toPaper = () => {
    all("details:not([open])").forEach((part) => closed.add(part) && (part.open = true));
  };

  const toScreen = () => {
    closed.forEach((part) => (part.open = false));
    closed.clear();
  };

  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);

  // --- at the start ------------------------------------------------------------------------------

  all("button[data-fichier]").forEach(offer);
})();
