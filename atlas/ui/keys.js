// Listens to the keyboard of the whole page, and tells the server what is asked for.
const WORDS = {
  ArrowLeft: "gauche", ArrowRight: "droite", ArrowUp: "haut", ArrowDown: "bas",
  PageUp: "precedent", PageDown: "suivant", " ": "suivant", Escape: "quitter",
};
const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=listbox], "
  + "[role=slider], [role=radiogroup], [role=menu]";
let listener;

export default function ({ data, parentElement, setTriggerValue }) {
  const dialog = parentElement.querySelector("dialog");
  const help = () => (dialog.open ? dialog.close() : dialog.showModal());
  const act = (key) => {
    if (key === "?") return help();
    if (key === "p" || key === "P") return setTriggerValue("pressed", data.active ? "quitter" : "projeter");
    if (key === "e" || key === "E") return setTriggerValue("pressed", "epingler");
    return setTriggerValue("pressed", WORDS[key]);
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
