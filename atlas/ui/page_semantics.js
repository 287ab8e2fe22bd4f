// Says in French, to who hears the page or goes through it by keyboard, what Streamlit says in
// English or not at all: names, the parts of the page, its title, and what has just changed.
const BY_NAME = {
  "Skip to main content": "Aller au contenu",
  "App pages": "Menu principal",
  "Link to heading": "Lien vers ce titre",
  "Navigate to home page": "Accueil",
  "Logo": "Mon espace santé",
  "Clear all": "Tout effacer",
  "Clear value": "Effacer",
  "Open": "Ouvrir la liste",
  "Close": "Fermer",
  "Close dialog": "Fermer",
  "Expand sidebar": "Ouvrir le menu",
  "Collapse sidebar": "Fermer le menu",
  "Open sidebar": "Ouvrir le menu",
  "Close sidebar": "Fermer le menu",
  "Remove file": "Retirer le fichier",
  "Show dropdown suggestions": "Ouvrir la liste",
  "Suggestions": "Propositions",
  "Pagination": "Pages du tableau",
  "Previous page": "Page précédente",
  "Next page": "Page suivante",
  "Fullscreen": "Plein écran",
  "Sidebar": "Menu",
  "Close fullscreen": "Quitter le plein écran",
  "Copy to clipboard": "Copier",
};
const BY_START = [
  ["Help for ", "Aide : "], ["Remove ", "Retirer "], ["Delete ", "Supprimer "],
  ["Show data: ", "Données : "], ["Download as PNG: ", "Image : "],
  ["Copy Vega-Lite spec: ", "Copier la spécification : "], ["Fullscreen: ", "Plein écran : "],
  ["Page ", "Page "],
];
// What Vega calls its marks.
const OF_MARKS = {
  bar: "barre", geoshape: "territoire", point: "point", circle: "point", square: "carré",
  symbol: "point", rule: "trait", line: "ligne", area: "aire", rect: "case", shape: "forme",
};
const SPOKEN = ["aria-label", "title", "alt", "placeholder"];
// Of each part: its role and its name; null leaves a name as it is.
const PARTS = [
  ["[data-testid=stTopNavLinkContainer]", "listitem", null],
  [".st-key-outils", "region", "Outils"],
  [".st-key-vues", "navigation", "Vues"],
  ["[data-testid=stFileUploaderDropzone]", "group", null],
  ["[data-testid=stSidebarNavItems]", "list", null],
];
const CONTENT = "contenu";
const FOOTER = "pied-de-page";
let data = { brand: "", name: "" };
let said = null; // the live region
let lastPath = "";
let lastSubject = "";
let lastMessages = "";
let planned = false;

const set = (element, name, value) => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

function french(text) {
  const whole = BY_NAME[text];
  if (whole) return whole;
  const start = BY_START.find(([english]) => text.startsWith(english));
  return start ? start[1] + text.slice(start[0].length) : text;
}

function nameParts() {
  for (const name of SPOKEN) {
    for (const element of document.querySelectorAll(`[${name}]:not([data-testid=stFileChipName])`)) {
      const told = element.getAttribute(name);
      const meant = french(told);
      if (meant !== told) element.setAttribute(name, meant);
    }
  }
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (skip && skip.textContent !== BY_NAME["Skip to main content"]) {
    skip.textContent = BY_NAME["Skip to main content"];
  }
}

function markRoles() {
  for (const [selector, role, label] of PARTS) {
    for (const element of document.querySelectorAll(selector)) {
      set(element, "role", role);
      if (label) set(element, "aria-label", label);
    }
  }
  // The list is one for who hears the menu alone: nothing of Streamlit stands around its entries.
  const menu = document.querySelector("[data-testid=stTopNav]");
  if (menu) {
    const entries = [...menu.querySelectorAll("[data-testid=stTopNavLinkContainer]")];
    entries.forEach((entry, place) => set(entry, "id", `menu-${place}`));
    owner(menu, "span", "list", "", entries.map((entry) => entry.id));
  }
  // So is the foot of the page, which scrolls with what is above it.
  const foot = document.querySelector(".st-key-pied");
  if (foot) {
    set(foot, "id", FOOTER);
    owner(document.body, "footer", "contentinfo", "Pied de page", [FOOTER]);
  }
  // Beyond the tools, where the page begins.
  const content = document.querySelector(".st-key-contenu");
  if (content) {
    set(content, "id", CONTENT);
    set(content, "tabindex", "-1");
  }
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (skip && content) {
    set(skip, "href", `#${CONTENT}`);
    skip.onclick = (event) => {
      event.preventDefault();
      event.stopPropagation();
      content.focus();
      content.scrollIntoView();
    };
  }
  // A figure is what its title names; a table, what the last title above it does.
  for (const title of document.querySelectorAll(".titre")) {
    const frame = title.closest("[data-testid=stVerticalBlock]");
    if (frame && !frame.matches(".st-key-contenu")) {
      set(frame, "role", "figure");
      set(frame, "aria-label", title.textContent);
    }
  }
  const titles = [...document.querySelectorAll(":is(h1, h2, h3)")];
  for (const table of document.querySelectorAll("table:not([aria-label]):not(:has(caption))")) {
    const above = titles.findLast(
      (title) => title.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (above) set(table, "aria-label", above.textContent);
  }
  const here = location.pathname.replace(/\/$/, "");
  const links = "[data-testid=stTopNavLink], [data-testid=stSidebarNavLink], .st-key-vues a";
  for (const link of document.querySelectorAll(links)) {
    const there = new URL(link.href, document.baseURI).pathname.replace(/\/$/, "");
    if (there === here) set(link, "aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// An element of our own that holds others for who hears the page, wherever they are on the screen.
function owner(place, tag, role, label, ids) {
  let found = place.querySelector(`:scope > [data-tient=${role}]`);
  if (!found) {
    found = document.createElement(tag);
    found.dataset.tient = role;
    place.append(found);
  }
  set(found, "role", role);
  if (label) set(found, "aria-label", label);
  set(found, "aria-owns", ids.join(" "));
}

// A chart keeps its view when its period changes, and with it the words that it was made with: the
// frame around it holds those of the day.
function describeCharts() {
  for (const words of document.querySelectorAll("[data-description-de]")) {
    const place = `.st-key-${CSS.escape(words.dataset.descriptionDe)} [role=graphics-document]`;
    const chart = document.querySelector(place);
    if (chart) set(chart, "aria-label", words.dataset.description);
  }
  for (const mark of document.querySelectorAll("[aria-roledescription]")) {
    const told = mark.getAttribute("aria-roledescription");
    const group = told.endsWith(" mark container");
    const kind = OF_MARKS[told.replace(/ mark( container)?$/, "")];
    if (group) mark.setAttribute("aria-roledescription", "groupe de marques");
    else if (kind && kind !== told) mark.setAttribute("aria-roledescription", kind);
  }
  for (const marks of document.querySelectorAll("g[aria-roledescription='groupe de marques']")) {
    const empty = marks.childElementCount === 0;
    if (empty && !marks.hasAttribute("aria-hidden")) marks.setAttribute("aria-hidden", "true");
    if (!empty && marks.getAttribute("aria-hidden") === "true" && marks.getAttribute("role")) {
      marks.removeAttribute("aria-hidden");
    }
  }
}

function subject() {
  const first = document.querySelector(".st-key-contenu [data-objet]");
  return first ? first.dataset.objet : "";
}

function tellTitle() {
  const heading = document.querySelector(".st-key-contenu h1");
  const name = data.name || heading?.querySelector("span")?.textContent || heading?.textContent;
  if (!name || !data.brand) return;
  const shown = subject();
  const asks = /[?!]$/.test(name);
  const whole = [name, asks ? shown.slice(0, 1).toUpperCase() + shown.slice(1) : shown]
    .filter(Boolean).join(asks ? " " : ", ");
  const title = `${whole} – ${data.brand}`;
  if (document.title !== title) document.title = title;
  if (shown === lastSubject && lastPath === location.pathname) return;
  if (lastPath === location.pathname && lastSubject && shown) announce(shown);
  lastPath = location.pathname;
  lastSubject = shown;
}

// A message of Streamlit that comes after the page: its own region comes with its text, which not every
// reader of the screen says.
function tellMessages() {
  const kinds = ["Success", "Error", "Warning"].map((kind) => `[data-testid=stAlertContent${kind}]`);
  const shown = [...document.querySelectorAll(`.st-key-contenu :is(${kinds.join()})`)]
    .map((message) => message.querySelector("[data-testid=stMarkdownContainer]")?.textContent ?? "")
    .join(" ");
  if (shown && shown !== lastMessages && lastPath === location.pathname && said) {
    said.textContent = shown;
  }
  lastMessages = shown;
}

// What is new on the page at hand: the figure with its ends, or with the value that is read under it.
function announce(shown) {
  const ends = document.querySelector(".st-key-contenu [data-description]");
  const reading = document.querySelector(".st-key-contenu .notes p");
  if (said) said.textContent = ends?.dataset.description ?? `${shown}. ${reading?.textContent ?? ""}`;
}

function look() {
  planned = false;
  nameParts();
  markRoles();
  describeCharts();
  tellMessages();
  tellTitle();
}

function plan() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(look);
}

export default function (component) {
  const first = data.brand === "";
  data = component.data;
  said = component.parentElement.querySelector("[role=status]");
  plan();
  if (!first) return;
  new MutationObserver(plan).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, characterData: true,
    attributeFilter: [...SPOKEN, "role", "aria-roledescription", "data-objet", "data-description"],
  });
}
