// Listens to the keyboard of the whole page, and tells the server what is asked for.
// Keys pressed while the server works wait here until it says that it has obeyed them.
const WORDS = {
  ArrowLeft: "gauche", ArrowRight: "droite", ArrowUp: "haut", ArrowDown: "bas",
  PageUp: "precedent", PageDown: "suivant", " ": "suivant", Escape: "quitter",
};
const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], "
  + "[role=slider], [role=radiogroup], [role=menu]";
let listener;
let waiting = [];
let count = Date.now(); // later than any key of a page loaded before

export default function ({ data, parentElement, setStateValue }) {
  const dialog = parentElement.querySelector("dialog");
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
    const known = "pPeE?".includes(event.key) || (data.active && event.key in WORDS);
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
