// Shows what the server drew: an SVG of its own, or a sentence. What is behind is hidden by the style
// sheet of the page, and the focus comes here from it.
let known; // the element that has the focus already

export default ({ data, parentElement }) => {
  const screen = parentElement.querySelector(".projection");
  screen.innerHTML = data.body;
  screen.setAttribute("aria-label", data.description);
  const drawing = screen.querySelector(":scope > svg");
  if (drawing) {
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", data.description);
  }
  if (known === screen) return;
  known = screen;
  screen.focus();
};
