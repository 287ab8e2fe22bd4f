"""Lines of text and legends as SVG, measured with the embedded fonts."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from atlas.figures.common.figure import LegendEntry, legend_runs
from atlas.figures.common.style import FONT
from atlas.french import keep_with_punctuation
from atlas.rendering.text_metrics import LINE, text_width, wrap

INK, MUTED, ALERT = "#1b2033", "#4d5364", "#a3260c"
MIN_SIZE_PT = 7.0


class SvgTextWriter:
    """Writes lines one under the other, from x and y, no wider than `width`."""

    def __init__(self, x: float, y: float, width: float) -> None:
        self.x, self.y, self._width, self._parts = x, y, width, list[str]()

    @property
    def svg(self) -> str:
        return "".join(self._parts)

    def write(
        self, text: str, *, size: float, weight: int = 400, colour: str = INK, less: float = 0.0
    ) -> None:
        """less: width left free at the right of the line."""
        lines = wrap(keep_with_punctuation(text), size, weight, self._width - less)
        if lines:
            self._parts.append(_text(lines, self.x, self.y + size, size, weight, colour))
            self.y += size * LINE * len(lines)

    def legend(self, entries: tuple[LegendEntry, ...], size: float) -> None:
        """Classes that follow one another as a scale, the other entries as swatches."""
        for is_scale, run in legend_runs(entries):
            (self._scale if is_scale else self._swatches)(run, size)

    def holds_scale(self, entries: tuple[LegendEntry, ...], size: float) -> bool:
        """True where the cells of a scale are as wide as what each holds and the bounds below."""
        return all(
            self._width / len(run) >= max(_cell_width(one, size) for one in run)
            for is_scale, run in legend_runs(entries)
            if is_scale
        )

    def _scale(self, classes: tuple[LegendEntry, ...], size: float) -> None:
        """Cells that touch, with what each holds, over the bounds between them."""
        count_size = max(MIN_SIZE_PT, size * 0.92)
        widest = max(text_width(one.tally, count_size) for one in classes) + size
        cell = min(max(size * 5.2, widest), self._width / len(classes))
        tall, top = size * 1.7, self.y + size * 0.5
        for place, one in enumerate(classes):
            x = self.x + place * cell
            self._parts.append(
                f'<rect x="{x:.2f}" y="{top:.2f}" width="{cell:.2f}" height="{tall:.2f}" '
                f'fill="{one.colour}" stroke="{MUTED}" stroke-width="0.4"/>'
            )
            middle = x + (cell - text_width(one.tally, count_size)) / 2
            self._parts.append(
                _text(
                    [one.tally],
                    middle,
                    top + tall / 2 + count_size * 0.35,
                    count_size,
                    400,
                    one.ink,
                )
            )
        bounds = [
            *(one.edges[0] for one in classes if one.edges),
            *(one.edges[1] for one in classes[-1:] if one.edges),
        ]
        for place, bound in enumerate(bounds):
            if bound:
                x = self.x + place * cell - text_width(bound, size) / 2
                x = max(self.x, min(x, self.x + self._width - text_width(bound, size)))
                self._parts.append(_text([bound], x, top + tall + size * 1.05, size, 400, INK))
        self.y = top + tall + size * 1.3

    def _swatches(self, swatches: tuple[LegendEntry, ...], size: float) -> None:
        """Side by side, as many as a line holds; a long label has lines of its own."""
        x, right, box = self.x, self.x + self._width, size * 1.9
        self.y += size * 1.6
        for swatch in swatches:
            first, *rest = wrap(
                keep_with_punctuation(swatch.text), size, 400, self._width - box * 1.25
            )
            width = box * 1.25 + text_width(first, size)
            if x > self.x and x + width > right:
                x, self.y = self.x, self.y + size * 1.55
            self._parts.append(_swatch(swatch, x, self.y - size * 0.95, box, size * 1.06))
            self._parts.append(
                _text([first, *rest], x + box * 1.25, self.y - size * 0.08, size, 400, INK)
            )
            self.y += size * LINE * len(rest)
            x += width + size * 1.3
        self.y += size * 0.3


def _cell_width(entry: LegendEntry, size: float) -> float:
    """The least width of a cell of a scale, with a space beside its words."""
    words = [entry.tally, *(edge for edge in entry.edges or () if edge)]
    return max(text_width(text, size) for text in words) + size * 0.3


def _swatch(swatch: LegendEntry, x: float, y: float, width: float, height: float) -> str:
    if swatch.mark != "box":
        is_ring = swatch.mark == "ring"
        return (
            f'<circle cx="{x + width / 2:.2f}" cy="{y + height / 2:.2f}" r="{height * 0.45:.2f}" '
            f'fill="{"none" if is_ring else swatch.colour}" '
            f'stroke="{swatch.colour if is_ring else MUTED}" '
            f'stroke-width="{1.2 if is_ring else 0.4}"/>'
        )
    box = (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" '
        f'fill="{swatch.colour}" stroke="{MUTED}" stroke-width="0.4"/>'
    )
    if not swatch.hatched:
        return box
    step = width / 4
    return box + "".join(
        f'<path d="M{x + i * step:.2f} {y + height:.2f}l{step:.2f} -{height:.2f}" '
        f'stroke="{MUTED}" stroke-width="0.5"/>'
        for i in range(4)
    )


def _text(lines: Sequence[str], x: float, y: float, size: float, weight: int, colour: str) -> str:
    """One object, however many lines it has: a designer moves and edits it as a whole. The space at
    the end of a line keeps its words apart for who copies them."""
    words = escape(lines[0])
    if len(lines) > 1:
        words = "".join(
            f'<tspan x="{x:.2f}" y="{y + place * size * LINE:.2f}">{escape(line)}'
            f"{' ' * (place < len(lines) - 1)}</tspan>"
            for place, line in enumerate(lines)
        )
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family={quoteattr(FONT)} '
        f'font-size="{size:.2f}" font-weight="{weight}" fill="{colour}">{words}</text>'
    )
