// Shows what the server drew: an SVG of its own, or a sentence.
export default ({ data, parentElement }) => {
  parentElement.querySelector("main").innerHTML = data.body;
};
