// A button that asks the session for a file, and hands it over when it comes: to the downloads of
// the browser, or to its clipboard.
const SECONDS = 180;
const pending = new Map(); // by the moment of the click

// A file of no named type keeps its name in every browser.
const file = ({ content, use }) => new Blob(
  [Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))],
  { type: use === "clipboard" ? "image/png" : "application/octet-stream" });

function download({ content, name }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// The browser wants to be asked during the click, and takes the image when it is ready.
const copy = (answer) => navigator.clipboard.write(
  [new ClipboardItem({ "image/png": answer.then(({ content }) => content) })]);

const USES = {
  file: { busy: "Préparation…", done: "Fichier téléchargé.", failed: "Le fichier n’a pas pu être enregistré." },
  clipboard: { busy: "Préparation de l’image…",
               done: "Image copiée : collez-la dans votre document.",
               failed: "Le navigateur a refusé la copie. Téléchargez l’image." },
};

export default function ({ data, parentElement, setStateValue }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("[role=status]");
  button.querySelector("span").textContent = data.label;
  button.querySelector("i").hidden = data.use !== "file";
  button.className = data.primary ? "primary" : "";

  const waiting = pending.get(data.asked);
  if (waiting && data.refused) waiting.reject(new Error(data.refused));
  if (waiting && data.content !== undefined) {
    waiting.resolve({ content: file(data), name: data.name });
  }

  button.onclick = () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    if (data.use === "clipboard" && !(navigator.clipboard && window.ClipboardItem)) {
      said.textContent =
        "Ce navigateur ne laisse pas copier d’image ici (il faut une adresse https). Téléchargez-la.";
      return;
    }
    const asked = Date.now();
    let refused = "";
    const answer = new Promise((resolve, reject) => {
      pending.set(asked, { resolve, reject });
      setTimeout(() => reject(new Error("Le fichier n’est pas venu à temps. Redemandez-le.")),
        SECONDS * 1000);
    });
    answer.catch((error) => { refused = error.message; });
    const { busy, done, failed } = USES[data.use];
    said.textContent = busy;
    // Not the property: a button that is disabled loses the focus, which then starts again at the
    // top of the page.
    button.setAttribute("aria-disabled", "true");
    (data.use === "file" ? answer.then(download) : copy(answer)).then(
      () => { said.textContent = done; },
      () => { said.textContent = refused || failed; },
    ).finally(() => {
      button.removeAttribute("aria-disabled");
      pending.delete(asked);
    });
    setStateValue("asked", asked);
  };
}
