// Remembers, for each entry of the history, where its page was scrolled to, and goes there again
// once the page is as long as it was. Keeps one entry for each page that is opened.
const PLACE = "mon-espace-sante-defilement";
const MAX_ENTRIES = 100;
const LONGEST_WAIT_MS = 15000;
const BY_HAND = ["wheel", "touchstart", "keydown", "pointerdown"];
let known = false;
let kept = new Map();
let goal = null; // where to go, while the page is not long enough
let chosen = false; // whether the visitor did anything on the page at hand
let left = ""; // the entry on which something was clicked: what scrolls then is the next page

const entry = () => window.navigation?.currentEntry?.key ?? location.href;
const scroller = () => document.querySelector("[data-testid=stMain]");

function read() {
  try {
    kept = new Map(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]"));
  } catch (error) {
    kept = new Map(); // closed to this page, or damaged: this load remembers by itself
  }
}

function save() {
  const main = scroller();
  if (!main || goal !== null || left === entry()) return;
  kept.delete(entry());
  kept.set(entry(), Math.round(main.scrollTop));
  while (kept.size > MAX_ENTRIES) kept.delete(kept.keys().next().value);
  try {
    sessionStorage.setItem(PLACE, JSON.stringify([...kept]));
  } catch (error) {
    // Storage that is closed to this page.
  }
}

function restore() {
  left = "";
  const wanted = kept.get(entry());
  goal = wanted ? { wanted, until: performance.now() + LONGEST_WAIT_MS, reached: 0 } : null;
  if (goal) requestAnimationFrame(step);
}

// The page grows while it is drawn: the place is held until nothing runs any more.
function step(now) {
  if (goal === null) return;
  const main = scroller();
  if (main) main.scrollTop = goal.wanted;
  const there = main && Math.abs(main.scrollTop - goal.wanted) < 2;
  const running = document.querySelector("[data-test-script-state=running]");
  goal.reached = there && !running ? goal.reached + 1 : 0;
  if (goal.reached > 30 || now > goal.until) {
    goal = null;
    save();
    return;
  }
  requestAnimationFrame(step);
}

// What a page writes in its address as it opens is not a step of the visitor, who would have to
// press Back once more for it.
function keepOneEntryPerPage() {
  const push = history.pushState;
  history.pushState = function (state, title, address) {
    const next = new URL(address ?? "", location.href);
    if (next.pathname === location.pathname) {
      if (!chosen) return history.replaceState(state, title, address);
      return push.call(history, state, title, address);
    }
    chosen = false;
    push.call(history, state, title, address);
    // A page begins at its top; one that is drawn at once is never short enough to go there itself.
    scroller()?.scrollTo(0, 0);
  };
}

export default function () {
  if (known) return;
  known = true;
  read();
  keepOneEntryPerPage();
  document.addEventListener("scroll", (event) => {
    if (event.target === scroller()) save();
  }, true);
  window.addEventListener("popstate", restore);
  for (const name of BY_HAND) {
    window.addEventListener(name, () => {
      goal = null;
      left = "";
      chosen = true;
    }, { capture: true, passive: true });
  }
  document.addEventListener("click", () => {
    save();
    left = entry();
  }, true);
  const [load] = performance.getEntriesByType("navigation");
  if (load?.type === "back_forward" || load?.type === "reload") restore();
}
