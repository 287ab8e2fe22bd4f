/* What is still to be waited for: each chart in sight that is not drawn, at the width of its place,
   for what it now says. Charts are drawn after the page, and stay a moment as they were. */
(selector) => {
  const charts = [...document.querySelectorAll(selector)].filter((chart) => chart.checkVisibility());
  if (!charts.length) return ['no chart'];
  return charts.flatMap((chart, place) => {
    const svg = chart.querySelector('svg.marks');
    const drawn = svg && svg.querySelector('text') ? svg.clientWidth : 0;
    if (!drawn) return [`chart ${place} has no text`];
    if (Math.abs(drawn - chart.clientWidth) > 1) {
      return [`chart ${place} has ${drawn} px of width, its place ${chart.clientWidth}`];
    }
    const before = window.drawnBefore?.get(svg) ?? chart.ariaLabel;
    return before === chart.ariaLabel ? [] : [`chart ${place} still shows « ${before} »`];
  });
}
