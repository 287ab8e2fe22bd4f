"""Lines of text and legends as SVG, measured with the embedded fonts."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from atlas.figures.common.figure import LegendEntry
from atlas.figures.common.style import FONT
from atlas.french import keep_with_punctuation
from atlas.rendering.text_metrics import LINE, text_width, wrap

INK, MUTED, ALERT = "#1b2033", "#4d5364", "#a3260c"


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
        for line in wrap(keep_with_punctuation(text), size, weight, self._width - less):
            self.y += size * LINE
            self._parts.append(
                _text(line, self.x, self.y - size * (LINE - 1), size, weight, colour)
            )

    def legend(self, swatches: tuple[LegendEntry, ...], size: float) -> None:
        """Swatches side by side, as many as a line holds; a long label has lines of its own."""
        x, right, box = self.x, self.x + self._width, size * 1.9
        self.y += size * 1.6
        for swatch in swatches:
            label = swatch.label + ("" if swatch.count is None else f" ({swatch.count})")
            first, *rest = wrap(keep_with_punctuation(label), size, 400, self._width - box * 1.25)
            width = box * 1.25 + text_width(first, size)
            if x > self.x and x + width > right:
                x, self.y = self.x, self.y + size * 1.55
            self._parts.append(_swatch(swatch, x, self.y - size * 0.95, box, size * 1.06))
            for place, line in enumerate([first, *rest]):
                self.y += size * LINE * (place > 0)
                self._parts.append(
                    _text(line, x + box * 1.25, self.y - size * 0.08, size, 400, INK)
                )
            x += width + size * 1.3
        self.y += size * 0.3


def _swatch(swatch: LegendEntry, x: float, y: float, width: float, height: float) -> str:
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


def _text(text: str, x: float, y: float, size: float, weight: int, colour: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family={quoteattr(FONT)} '
        f'font-size="{size:.2f}" font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
    )
