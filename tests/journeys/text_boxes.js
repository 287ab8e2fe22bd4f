/* Of each drawing: how many texts it has, which of them cover one another, which its edge cuts. A
   text and its halo are one text. A text of each style is kept in window.sampledTexts. */
(drawings) => {
  // Of the height of a line, what is above the capitals and below the base line, in letter sizes.
  const ABOVE = 0.32, BELOW = 0.27, TOLERANCE = 1;
  window.sampledTexts = [...document.querySelectorAll('h1, h2, h3, p')];
  const hidden = (text, drawing) => {
    for (let part = text; part && part !== drawing; part = part.parentElement) {
      const style = getComputedStyle(part);
      if (style.visibility === 'hidden' || +style.opacity === 0) return true;
    }
    return false;
  };
  const boxOf = (text, style) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const matrix = text.getScreenCTM();
    const size = parseFloat(style.fontSize) * Math.hypot(matrix.a, matrix.b);
    const level = Math.abs(matrix.b) < 1e-6;
    return {
      words: text.textContent.trim(),
      left: left + (level ? TOLERANCE : ABOVE * size),
      right: right - (level ? TOLERANCE : BELOW * size),
      top: top + (level ? ABOVE * size : TOLERANCE),
      bottom: bottom - (level ? BELOW * size : TOLERANCE),
    };
  };
  const isHalo = (one, other) => one.words === other.words
    && Math.abs(one.left - other.left) < 2 && Math.abs(one.top - other.top) < 2;
  return drawings.filter((drawing) => !drawing.parentElement.closest('svg')).map((drawing) => {
    const frame = drawing.getBoundingClientRect();
    const styles = new Set(), boxes = [], covered = [];
    for (const text of drawing.querySelectorAll('text')) {
      const style = getComputedStyle(text);
      if (!text.textContent.trim() || hidden(text, drawing)) continue;
      const font = style.fontFamily + style.fontWeight;
      if (!styles.has(font)) window.sampledTexts.push(text);
      styles.add(font);
      const box = boxOf(text, style);
      if (!boxes.some((other) => isHalo(box, other))) boxes.push(box);
    }
    boxes.forEach((one, place) => boxes.slice(place + 1).forEach((other) => {
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (width > 0 && height > 0) covered.push(`« ${one.words} » and « ${other.words} »`);
    }));
    const cut = boxes.filter((box) => box.left < frame.left - TOLERANCE
      || box.right > frame.right + TOLERANCE || box.top < frame.top - TOLERANCE
      || box.bottom > frame.bottom + TOLERANCE).map((box) => `« ${box.words} » is cut`);
    return { texts: boxes.length, covered, cut };
  });
}
