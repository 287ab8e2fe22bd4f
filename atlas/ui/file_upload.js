// Says in French the texts of Streamlit's button of files: its names, its sizes, its refusals.
// React writes a text again only when it changes, and each writing is heard.
const UNITS = { B: "octets", KB: "Ko", MB: "Mo", GB: "Go" };
const SIZE = "(\\d+(?:\\.\\d+)?) ?(B|KB|MB|GB)";
const french = (number, unit) =>
  `${number.replace(/\.0$/, "").replace(".", ",")}\u00a0${UNITS[unit]}`;
const RULES = [
  [/^Upload$/, () => "Choisir un fichier"],
  [new RegExp(`^${SIZE} per file`), (_, n, unit) => `ou déposez-le ici, ${french(n, unit)} au plus`],
  [/^Drag and drop (a file|files) here$/, () => "Déposez le fichier ici"],
  [/^Add files$/, () => "Choisir un autre fichier"],
  [/^Remove (?=.)/, () => "Retirer "],
  [/^Cancel upload of /, () => "Arrêter l’envoi de "],
  [/^Click to retry upload$/, () => "Cliquez pour recommencer l’envoi"],
  [/^Error: $/, () => "Erreur\u00a0: "],
  [new RegExp(`File must be ${SIZE} or smaller\\.`),
    (_, n, unit) => `Le fichier dépasse ${french(n, unit)}.`],
  [/^\S* ?files are not allowed\.$/, () => "Ce genre de fichier n’est pas lu."],
  [/^.*Request failed with status code 413$/,
    () => "Le serveur n’a pas de place pour ce fichier\u00a0: retirez-en un autre, ou attendez."],
  [/File size is too small\.|Unexpected error\. Please try again\.|^Upload failed$|^.*Request failed with status code \d+$/,
    () => "L’envoi a échoué\u00a0: choisissez le fichier à nouveau."],
  [/Only one file is allowed\./, () => "Un seul fichier à la fois."],
  [new RegExp(`(^|, )${SIZE}$`), (_, before, n, unit) => before + french(n, unit)],
];
const PLACES = "[data-testid=stFileUploader], [data-testid^=stTooltip]";

const translated = (text) =>
  RULES.reduce((said, [pattern, words]) => said.replace(pattern, words), text);

function translate() {
  for (const place of document.querySelectorAll(PLACES)) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      if (node.parentElement.closest("[data-testid=stFileChipName], label")) continue;
      const said = translated(node.nodeValue);
      if (said !== node.nodeValue) node.nodeValue = said;
    }
    for (const name of ["aria-label", "title"]) {
      for (const element of place.querySelectorAll(`[${name}]`)) {
        if (element.matches("[data-testid=stFileChipName]")) continue;
        const said = translated(element.getAttribute(name));
        if (said !== element.getAttribute(name)) element.setAttribute(name, said);
      }
    }
  }
}

export default function () {
  translate();
  const observer = new MutationObserver(translate);
  observer.observe(document.body, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ["aria-label", "title"],
  });
  return () => observer.disconnect();
}
