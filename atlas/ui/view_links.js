// Puts the address of the view on the clipboard, with the mark of its figures when it is frozen.
const pending = new Map(); // by the moment of the click

export default function ({ data, parentElement, setTriggerValue }) {
  const said = parentElement.querySelector("[role=status]");
  const address = (frozen) => {
    const url = new URL(location.href);
    url.searchParams.delete(data.name);
    url.searchParams.delete("projection");
    url.searchParams.delete("jeton");
    if (frozen) url.searchParams.set(data.name, frozen);
    return url.href;
  };
  const waiting = pending.get(data.asked);
  if (waiting) {
    pending.delete(data.asked);
    waiting(new Blob([address(data.frozen)], { type: "text/plain" }));
  }
  const copy = (text, words) => {
    if (!navigator.clipboard || !window.ClipboardItem) {
      said.textContent = "Copiez l’adresse dans la barre du navigateur.";
      return;
    }
    navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]).then(
      () => { said.textContent = words; },
      () => { said.textContent = "Le navigateur a refusé la copie."; },
    );
  };
  parentElement.querySelector("[data-lien=vivant]").onclick = () =>
    copy(Promise.resolve(new Blob([address("")], { type: "text/plain" })), "Lien copié.");
  parentElement.querySelector("[data-lien=fige]").onclick = () => {
    const asked = Date.now();
    copy(new Promise((resolve) => pending.set(asked, resolve)),
      "Lien figé copié : il dira si les chiffres changent.");
    setTriggerValue("asked", asked);
  };
}
