"use strict";

(() => {
  // Pixels: a taller drawing does not hold on a sheet of A4.
  const TALLEST = 900;
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

  // --- drawings ----------------------------------------------------------------------------------

  const data = (selector) => JSON.parse(document.querySelector(selector)?.textContent ?? "{}");

  // Vega asks for outlines by their address: they are in the page, and nothing else is given.
  const outlines = () => {
    const known = new Map(
      all("script.contours").map((part) => [part.dataset.adresse, part.textContent]));
    const refused = [];
    const load = async (address) => {
      if (!known.has(address)) refused.push(address);
      return known.get(address) ?? Promise.reject(new Error(address));
    };
    return { loader: { load, sanitize: load }, refused };
  };

  const height = (place) => {
    const { hauteur, rapport } = place.dataset;
    return Math.min(hauteur, rapport ? Math.max(240, place.clientWidth / rapport) : Infinity);
  };

  const draw = async (place, spec) => {
    const { loader, refused } = outlines();
    await window.vegaEmbed(place, {
      ...spec, width: "container", height: Math.round(height(place)),
      autosize: { type: "fit", contains: "padding" },
    }, {
      mode: "vega-lite", renderer: "svg", actions: false, ast: true, loader, defaultStyle: false,
      logLevel: 1, // errors alone
      tooltip: { theme: "page", disableDefaultStyle: true },
    });
    if (refused.length) throw new Error(`contours absents : ${refused.join(", ")}`);
  };

  const show = async (place, spec) => {
    const box = place.closest(".cadre");
    try {
      await draw(place, spec);
      place.dataset.etat = "dessiné";
    } catch (error) {
      console.error(error);
      place.replaceChildren();
      place.style.minHeight = "";
      place.dataset.etat = "échec";
      box.querySelector(".echec").hidden = false;
      box.querySelector("details").open = true;
    }
  };

  const showAll = async () => {
    const specs = data("#specifications");
    // Widths of texts are measured before they are drawn.
    await Promise.allSettled(["400", "600", "italic 400"].map((face) =>
      document.fonts.load(`${face} 13px "Source Sans Pro"`)));
    for (const [key, spec] of Object.entries(specs)) {
      await show(document.getElementById(key), spec);
    }
  };

  // --- print -------------------------------------------------------------------------------------

  const closed = new Set();

  const resized = () => window.dispatchEvent(new Event("resize"));

  const toPaper = () => {
    document.documentElement.classList.add("papier");
    all("details:not([open])").forEach((part) => closed.add(part) && (part.open = true));
    resized();
  };

  const toScreen = () => {
    document.documentElement.classList.remove("papier");
    closed.forEach((part) => (part.open = false));
    closed.clear();
    resized();
  };

  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);

  // --- at the start ------------------------------------------------------------------------------

  all("button[data-fichier]").forEach(offer);
  all(".dessin").forEach((place) => {
    place.style.minHeight = `${height(place)}px`;
    place.closest(".cadre").classList.toggle("haut", place.dataset.hauteur > TALLEST);
    place.closest(".cadre").querySelector("details").open = false;
  });
  window.addEventListener("DOMContentLoaded", showAll);
})();
