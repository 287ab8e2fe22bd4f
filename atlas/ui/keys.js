// Listens to the keyboard of the whole page, and tells the server what is asked for.
// Keys pressed while the server works wait here until it says that it has obeyed them.
const WORDS = {
  ArrowLeft: "gauche", ArrowRight: "droite", ArrowUp: "haut", ArrowDown: "bas",
  PageUp: "precedent", PageDown: "suivant", " ": "suivant", Escape: "quitter",
};
const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], "
  + "[role=slider], [role=radiogroup], [role=menu]";
// A key that is a letter is left to what has the focus: a button, a link, a field.
const ON_SOMETHING = "a, button, summary, [role=button], [role=radio], [role=switch], [role=tab], "
  + "[role=option], [role=link], [tabindex]:not([data-testid=stMain]):not(.projection)";
const PLACE = "mon-espace-sante-touches";
let listener;
let waiting = [];
let count = Date.now(); // later than any key of a page loaded before

// Whoever speaks to the machine, or strikes keys by mistake, switches the letters off.
function lettersAct() {
  try {
    return localStorage.getItem(PLACE) !== "non";
  } catch (error) {
    return true; // closed to this page
  }
}

function keepLetters(act) {
  try {
    localStorage.setItem(PLACE, act ? "oui" : "non");
  } catch (error) {
    // Storage that is closed to this page.
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const dialog = parentElement.querySelector("dialog");
  const letters = parentElement.querySelector("[name=lettres]");
  letters.checked = lettersAct();
  letters.onchange = () => keepLetters(letters.checked);
  const help = () => (dialog.open ? dialog.close() : dialog.showModal());
  waiting = waiting.filter(([number]) => number > data.done);
  const ask = (word) => {
    count += 1;
    waiting.push([count, word]);
    setStateValue("pressed", [...waiting]);
  };
  const act = (key) => {
    if (key === "?") return help();
    if (key === "p" || key === "P") return ask(data.active ? "quitter" : "projeter");
    if (key === "e" || key === "E") return ask("epingler");
    return ask(WORDS[key]);
  };
  document.removeEventListener("keydown", listener, true);
  listener = (event) => {
    const target = event.composedPath()[0];
    const typing = !data.active && target.closest?.(TYPING);
    const letter = "pPeE?".includes(event.key);
    const known = (letter && lettersAct() && !target.closest?.(ON_SOMETHING))
      || (data.active && event.key in WORDS);
    if (event.ctrlKey || event.metaKey || event.altKey || typing || !known) return;
    if (dialog.open && event.key === "Escape") return; // closes the list, and that alone
    event.preventDefault();
    event.stopPropagation();
    act(event.key);
  };
  document.addEventListener("keydown", listener, true);
  for (const button of parentElement.querySelectorAll("[data-touche]")) {
    button.onclick = () =>
      button.dataset.touche === "fermer" ? dialog.close() : act(button.dataset.touche);
  }
}
