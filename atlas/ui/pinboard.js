// Keeps the pinned views in the browser, and gives them back to a new session.
const PLACE = "mon-espace-sante-carnet";
let looked = false;

function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch (error) {
    return []; // closed to this page, or damaged: the session keeps its own list
  }
}

export default function ({ data, setStateValue }) {
  if (data.pins === null || !looked) {
    looked = true;
    const kept = stored();
    // Nothing is said of an empty notebook: the page would be drawn twice, and a click on the menu
    // that comes meanwhile would be lost.
    if (kept.length) setStateValue("kept", kept);
    if (kept.length || data.pins === null) return;
  }
  try {
    localStorage.setItem(PLACE, JSON.stringify(data.pins));
  } catch (error) {
    // Storage that is closed to this page.
  }
}
