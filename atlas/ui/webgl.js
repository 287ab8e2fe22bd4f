// Tells the server whether this browser draws in relief, and how wide its column is.
const STEP = 50; // pixels: a scroll bar that comes or goes changes nothing

export default function ({ data, parentElement, setStateValue }) {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext(); // browsers keep only a few
  const column = parentElement.host ?? parentElement;
  const width = Math.floor(column.clientWidth / STEP) * STEP;
  const seen = `${context ? 1 : 0} ${width}`;
  if (width > 0 && seen !== data.seen) setStateValue("seen", seen);
}
