// Keeps the pinned views in the browser, and gives them back to a new session.
const PLACE = "mon-espace-sante-carnet";

export default function ({ data, setStateValue }) {
  try {
    if (data.pins === null) {
      setStateValue("kept", JSON.parse(localStorage.getItem(PLACE) ?? "[]"));
    } else {
      localStorage.setItem(PLACE, JSON.stringify(data.pins));
    }
  } catch (error) {
    // Storage that is closed to this page, or damaged: the session keeps its own list.
    if (data.pins === null) setStateValue("kept", []);
  }
}
