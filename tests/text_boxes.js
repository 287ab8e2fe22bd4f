/* Of each drawing: how many lines of text it has, which of them cover one another, which its edge
   cuts, by the ink of their letters in pixels of the screen. A text and its halo are one text.
   Texts that have, together, all the letters of each font are kept in window.sampledTexts. */
(drawings) => {
  const TOLERANCE = 0.5;
  const pen = document.createElement('canvas').getContext('2d');
  const lettersOf = new Map();
  window.sampledTexts = [];
  const isHidden = (text, drawing) => {
    for (let part = text; part && part !== drawing; part = part.parentElement) {
      const style = getComputedStyle(part);
      if (style.visibility === 'hidden' || style.display === 'none' || +style.opacity === 0) {
        return true;
      }
    }
    return false;
  };
  const sample = (line, style) => {
    const font = `${style.fontFamily} ${style.fontWeight} ${style.fontStyle}`;
    const known = lettersOf.get(font) ?? lettersOf.set(font, new Set()).get(font);
    const letters = [...line.textContent].filter((letter) => !known.has(letter));
    if (letters.length) window.sampledTexts.push(line);
    letters.forEach((letter) => known.add(letter));
  };
  const boxOf = (line, style) => {
    const words = line.textContent.trim();
    pen.font = style.font;
    const ink = pen.measureText(words);
    const start = line.getStartPositionOfChar(0), matrix = line.getScreenCTM();
    const corners = [-ink.actualBoundingBoxLeft, ink.actualBoundingBoxRight].flatMap((x) =>
      [-ink.actualBoundingBoxAscent, ink.actualBoundingBoxDescent].map((y) =>
        new DOMPoint(start.x + x, start.y + y).matrixTransform(matrix)));
    const across = corners.map(({ x }) => x), down = corners.map(({ y }) => y);
    return {
      words,
      left: Math.min(...across), right: Math.max(...across),
      top: Math.min(...down), bottom: Math.max(...down),
    };
  };
  const isHalo = (one, other) => one.words === other.words
    && Math.abs(one.left - other.left) < 2 && Math.abs(one.top - other.top) < 2;
  return drawings.map((drawing) => {
    const edge = drawing.getBoundingClientRect();
    const boxes = [], covered = [], cut = [];
    for (const line of drawing.querySelectorAll('text, tspan')) {
      if (line.querySelector('tspan') || !line.textContent.trim() || isHidden(line, drawing)) {
        continue;
      }
      const style = getComputedStyle(line);
      sample(line, style);
      const box = boxOf(line, style);
      if (!boxes.some((other) => isHalo(box, other))) boxes.push(box);
    }
    boxes.forEach((one, place) => boxes.slice(place + 1).forEach((other) => {
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (width > TOLERANCE && height > TOLERANCE) {
        covered.push(`« ${one.words} » and « ${other.words} » share ${width.toFixed(1)} × `
          + `${height.toFixed(1)} px`);
      }
    }));
    for (const box of boxes) {
      const beyond = Math.max(edge.left - box.left, box.right - edge.right,
        edge.top - box.top, box.bottom - edge.bottom);
      if (beyond > TOLERANCE) cut.push(`« ${box.words} » is cut by ${beyond.toFixed(1)} px`);
    }
    return { texts: boxes.length, covered, cut };
  });
}
