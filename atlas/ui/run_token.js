// Takes the token of `make run` out of the address and keeps it for a reload of this tab.
const NAME = "jeton";
const PLACE = "mon-espace-sante-jeton";

export default function ({ data, setStateValue }) {
  const url = new URL(location.href);
  const given = url.searchParams.get(NAME);
  try {
    if (given !== null && data.known) sessionStorage.setItem(PLACE, given);
    if (data.refused) sessionStorage.removeItem(PLACE);
    const kept = sessionStorage.getItem(PLACE);
    if (given === null && kept !== null && !data.known) setStateValue("kept", kept);
  } catch (error) {
    // Storage that is closed to this page: a reload asks for the address again.
  }
  if (given !== null) {
    // In the place of the entry of the history, which the Back button would show again.
    url.searchParams.delete(NAME);
    history.replaceState(history.state, "", url);
    setStateValue("cleared", true);
  }
}
