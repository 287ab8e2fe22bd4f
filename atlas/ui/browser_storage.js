// Keeps what a session makes in the browser, under a name, and gives it back to a new session.
const looked = new Set();

function stored(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch (error) {
    return null; // closed to this page, or damaged: the session keeps its own
  }
}

export default function ({ data, setStateValue }) {
  const { place, value } = data;
  if (value === null || !looked.has(place)) {
    looked.add(place);
    const kept = stored(place);
    // Nothing is said of what is empty: the page would be drawn twice, and a click on the menu that
    // comes meanwhile would be lost.
    if (kept?.length) setStateValue("kept", kept);
    if (kept?.length || value === null) return;
  }
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch (error) {
    // Storage that is closed to this page, or full.
  }
}
