/* What is wrong with the layout of a page, in sentences: texts that cover one another or are cut,
   bars without a width, a page that scrolls sideways, letters of another family. Places are those
   of the screen, in pixels; what has scrolled out of a box that scrolls is not seen, and not cut.
   Texts that have, together, all the letters of each font are kept in window.sampledTexts. */
(family) => {
  const TOLERANCE = 1;
  // A small value beside a large one has a bar of less than a pixel on a phone, and must.
  const NO_WIDTH = 0.01;
  // Of the height of a line box of the family: what is blank above capitals, and below most letters.
  const BLANK_ABOVE = 0.26, BLANK_BELOW = 0.2;
  const ICONS = /^"?Material Symbols/, CODE = /mono/i;
  const faults = new Set(), lettersOf = new Map(), places = [];
  const width = document.documentElement.clientWidth;
  window.sampledTexts = [];
  const said = (text) => `« ${text.trim().replace(/\s+/g, ' ').slice(0, 60)} »`;
  const shared = (one, other) => ({
    left: Math.max(one.left, other.left), right: Math.min(one.right, other.right),
    top: Math.max(one.top, other.top), bottom: Math.min(one.bottom, other.bottom),
  });
  const isEmpty = ({ left, right, top, bottom }) => right - left < 2 || bottom - top < 2;
  const inkOf = ({ left, right, top, bottom }) => ({
    left, right,
    top: top + (bottom - top) * BLANK_ABOVE, bottom: bottom - (bottom - top) * BLANK_BELOW,
  });

  /* What a box does to what is in it: nothing, or its edges and whether it scrolls. */
  const known = new Map();
  const edgesOf = (box) => {
    if (!known.has(box)) {
      const style = getComputedStyle(box), rect = box.getBoundingClientRect();
      const across = style.overflowX, down = style.overflowY;
      known.set(box, style.display === 'contents' || style.display === 'inline'
        || (across === 'visible' && down === 'visible' && style.clipPath === 'none') ? null : {
          left: across === 'visible' ? -Infinity : rect.left,
          right: across === 'visible' ? Infinity : rect.right,
          top: down === 'visible' ? -Infinity : rect.top,
          bottom: down === 'visible' ? Infinity : rect.bottom,
          scrollsAcross: /auto|scroll/.test(across), scrollsDown: /auto|scroll/.test(down),
          hides: style.clipPath !== 'none' || rect.width < 3 || rect.height < 3,
        });
    }
    return known.get(box);
  };
  /* The part of a place that is seen, null when none is; how much of it is cut for good. */
  const seenOf = (place, holder) => {
    let seen = place, cut = 0;
    for (let box = holder; box && box !== document.body; box = box.parentElement) {
      const edges = edgesOf(box);
      if (edges) {
        if (edges.hides) return null;
        if (!edges.scrollsAcross) {
          cut = Math.max(cut, edges.left - seen.left, seen.right - edges.right);
        }
        if (!edges.scrollsDown) cut = Math.max(cut, edges.top - seen.top, seen.bottom - edges.bottom);
        seen = shared(seen, edges);
        if (isEmpty(seen)) return edges.scrollsAcross || edges.scrollsDown ? null : { seen: null, cut };
      }
      if (getComputedStyle(box).position === 'fixed') break;
    }
    return { seen, cut };
  };

  const sample = (holder, text, style) => {
    const font = `${style.fontFamily} ${style.fontWeight} ${style.fontStyle}`;
    const letters = lettersOf.get(font) ?? lettersOf.set(font, new Set()).get(font);
    const fresh = [...text].filter((letter) => !letters.has(letter));
    if (fresh.length && !window.sampledTexts.includes(holder)) window.sampledTexts.push(holder);
    fresh.forEach((letter) => letters.add(letter));
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement;
    if (!node.data.trim() || holder.closest('script, style, noscript, template, title, desc')) continue;
    if (!holder.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(holder);
    if (ICONS.test(style.fontFamily)) continue;
    const drawn = holder.closest('svg') !== null;
    range.selectNodeContents(node);
    let isSeen = false;
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const found = seenOf(inkOf(rect), drawn ? holder.closest('svg').parentElement : holder);
      if (!found) continue;
      isSeen = true;
      if (found.cut > TOLERANCE && !drawn) {
        faults.add(`${said(node.data)} is cut by ${found.cut.toFixed(0)} px`);
      }
      if (found.seen) places.push({ ...found.seen, node, drawn });
    }
    if (!isSeen) continue;
    if (!CODE.test(style.fontFamily)) {
      const first = style.fontFamily.split(',')[0].replaceAll('"', '').trim();
      if (first !== family) faults.add(`${said(node.data)} is written in ${first}`);
      // Signs alone, such as a dot in a cell, may come from another font.
      if (/[\p{L}\p{N}]/u.test(node.data)) sample(holder, node.data, style);
    }
  }

  /* Texts of one drawing are compared by their ink, elsewhere. */
  places.sort((one, other) => one.top - other.top);
  places.forEach((one, rank) => {
    for (let next = rank + 1; next < places.length; next += 1) {
      const other = places[next];
      if (other.top > one.bottom - TOLERANCE) break;
      if (one.node === other.node || (one.drawn && other.drawn)) continue;
      const both = shared(one, other);
      if (both.right - both.left > TOLERANCE && both.bottom - both.top > TOLERANCE) {
        faults.add(`${said(one.node.data)} and ${said(other.node.data)} share `
          + `${(both.right - both.left).toFixed(0)} × ${(both.bottom - both.top).toFixed(0)} px`);
      }
    }
  });

  /* What somebody reads in a field: its value, else what it asks for. */
  const pen = document.createElement('canvas').getContext('2d');
  for (const field of document.querySelectorAll('input:not([type]), input[type=text], textarea')) {
    const style = getComputedStyle(field), words = field.value || field.placeholder;
    if (!words || field.tagName === 'TEXTAREA' || !field.checkVisibility({ opacityProperty: true })) continue;
    pen.font = style.font;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const beyond = pen.measureText(words).width - room;
    if (room > 3 && beyond > TOLERANCE) faults.add(`${said(words)} is cut by ${beyond.toFixed(0)} px`);
  }

  /* Bars of tables are backgrounds, whose width is a share of what a cell leaves them. */
  for (const cell of document.querySelectorAll('.barres .fond')) {
    const style = getComputedStyle(cell), bar = document.createElement('div');
    const row = document.createElement('div');
    row.style = `position:absolute;visibility:hidden;width:${
      cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)}px`;
    bar.style = `width:${style.backgroundSize.replace(/\s+\S+$/, '')};height:1px`;
    row.append(bar);
    document.body.append(row);
    if (Number(cell.style.getPropertyValue('--part')) > 0 && bar.clientWidth < 1) {
      faults.add(`the bar of ${said(cell.closest('tr').textContent)} has no width`);
    }
    row.remove();
  }
  for (const bar of document.querySelectorAll('svg.marks :is([aria-roledescription="bar"], [aria-roledescription="barre"])')) {
    const box = bar.getBBox();
    if (bar.checkVisibility({ opacityProperty: true }) && Math.min(box.width, box.height) < NO_WIDTH
      && !/(^|[^\d,])0([^\d,]|$)/.test(bar.ariaLabel)) {
      faults.add(`the bar ${said(bar.ariaLabel ?? '')} has no width`);
    }
  }

  for (const box of [document.scrollingElement, ...document.querySelectorAll('[data-testid=stMain]')]) {
    if (box.scrollWidth > box.clientWidth) {
      faults.add(`the page is ${box.scrollWidth} px wide on a screen of ${width}`);
    }
  }
  return [...faults];
}
