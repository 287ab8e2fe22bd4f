// A button that asks for the image and puts it on the clipboard when it comes.
const SECONDS = 60;
const pending = new Map(); // by the moment of the click

export default function ({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("[role=status]");
  const waiting = pending.get(data.asked);
  if (waiting && data.png) {
    const bytes = Uint8Array.from(atob(data.png), (letter) => letter.charCodeAt(0));
    waiting.resolve(new Blob([bytes], { type: "image/png" }));
  } else if (waiting && data.refused) {
    waiting.reject(new Error(data.refused));
  }
  if (waiting && (data.png || data.refused)) pending.delete(data.asked);

  button.onclick = () => {
    if (!navigator.clipboard || !window.ClipboardItem) {
      said.textContent =
        "Ce navigateur ne laisse pas copier d’image ici (il faut une adresse https). Téléchargez-la.";
      return;
    }
    const asked = Date.now();
    let refused = "";
    const image = new Promise((resolve, reject) => {
      pending.set(asked, { resolve, reject });
      setTimeout(() => reject(new Error("L’image n’est pas venue à temps.")), SECONDS * 1000);
    });
    image.catch((error) => { refused = error.message; });
    said.textContent = "Préparation de l’image…";
    navigator.clipboard.write([new ClipboardItem({ "image/png": image })]).then(
      () => { said.textContent = "Image copiée : collez-la dans votre document."; },
      () => { said.textContent = refused || "Le navigateur a refusé la copie. Téléchargez l’image."; },
    );
    setTriggerValue("asked", asked);
  };
}
