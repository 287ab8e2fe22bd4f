"""Texts of slides: measured with the house fonts, as python-pptx measures nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from atlas.french import keep_with_punctuation
from atlas.rendering.text_metrics import text_width

INK, MUTED, PAPER, NEUTRAL = "tx1", "tx2", "bg1", "bg2"
PRIMARY, ACCENT = "accent1", "accent2"
_THEME = {
    INK: MSO_THEME_COLOR.TEXT_1,
    MUTED: MSO_THEME_COLOR.TEXT_2,
    PAPER: MSO_THEME_COLOR.BACKGROUND_1,
    NEUTRAL: MSO_THEME_COLOR.BACKGROUND_2,
    PRIMARY: MSO_THEME_COLOR.ACCENT_1,
    ACCENT: MSO_THEME_COLOR.ACCENT_2,
}
ALERT = "A3260C"
# Ascent and descent of the house font.
LEADING = 1.26
# How much wider are the letters of DejaVu Sans, the widest of the fonts that stand in where the
# house font is not installed, by weight, and its digits and signs: a number breaks in its place on
# no machine.
STAND_IN = {400: 1.23, 700: 1.32}
DIGITS_STAND_IN = 1.42
# The letters of a unit after a number in large type, as a share of its own.
UNIT_SHARE = 0.5
# The smallest letters that are read from the back of a room; only sources are smaller.
MIN_POINTS = 14.0
# How far above its line the mark of a remark stands, in thousandths of a percent of its letters.
MARK_BASELINE = "30000"
BULLET_INDENT = 11.0


@dataclass(frozen=True)
class Line:
    """A paragraph. lead: bold words before the text, in lead_colour where it is another; unit:
    after it, in smaller letters; mark: of a remark, above the line, last; before: points above it;
    colour: of the theme, or six hexadecimal digits; empty, or None for bold, to keep those of the
    layout."""

    text: str
    size: float
    bold: bool | None = None
    colour: str = ""
    lead: str = ""
    lead_colour: str = ""
    unit: str = ""
    mark: str = ""
    before: float = 0
    bullet: bool = False
    right: bool = False

    @property
    def width(self) -> float:
        """Points that it takes on one line."""
        return measure(self.words, self.size, bold=bool(self.bold or self.lead))

    @property
    def words(self) -> str:
        """All that it writes, as if in letters of one size but for the unit: « 33,6 » then so many
        letters as its unit takes of that size."""
        short = self.unit[: math.ceil(len(self.unit) * UNIT_SHARE)]
        return f"{self.lead}{self.text}{keep_together(short)}{self.mark}"


def join_paragraph(text: str) -> str:
    """One paragraph, whose French punctuation keeps to its word: no line breaks before « : »."""
    return keep_with_punctuation(" ".join(text.splitlines()))


def keep_together(text: str) -> str:
    """A text that stays on one line: « millions » does not part with its number."""
    return text.replace(" ", "\u00a0")


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """The width in points of a text on one line, wherever it is opened."""
    weight = 700 if bold else 400
    is_number = sum(map(str.isdigit, text)) > sum(map(str.isalpha, text))
    wider = DIGITS_STAND_IN if is_number else STAND_IN[weight]
    return text_width(join_paragraph(text), size, weight) * wider


def wrap_text(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Lines that fit the width; a word longer than it (an address) is cut."""
    lines = [""]
    for word in join_paragraph(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if measure(joined, size, bold=bold) <= width:
            lines[-1] = joined
            continue
        if not lines[-1]:
            lines.pop()
        lines += _cut_word(word, size, width, bold)
    return lines


def _cut_word(word: str, size: float, width: float, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and measure(parts[-1] + letter, size, bold=bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def lines_height(lines: Iterable[Line], width: float) -> float:
    """Points that the paragraphs take at this width."""
    return sum(
        line.before
        + LEADING
        * line.size
        * len(
            wrap_text(
                line.words,
                line.size,
                width - BULLET_INDENT * line.bullet,
                bold=bool(line.bold or line.lead),
            )
        )
        for line in lines
    )


def sizes(largest: float, least: float, step: float = 1.0) -> list[float]:
    """Sizes to try, from the largest down to the least."""
    count = max(0, math.ceil((largest - least) / step))
    return [*(largest - step * place for place in range(count)), min(largest, least)]


def fit_lines(
    make: Callable[[float], Sequence[Line]], tried: Sequence[float], width: float, room: float
) -> Sequence[Line] | None:
    """The paragraphs at the first size at which they fit; None when they fit at none."""
    return next((lines for lines in map(make, tried) if lines_height(lines, width) <= room), None)


def prepare_frame(frame: Any, *, inset: float = 0, middle: bool = False) -> Any:
    """A text frame that keeps its size, with this margin on its four sides."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(inset)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    return frame


def write(frame: Any, lines: Sequence[Line], *, default: float = 0) -> None:
    """Fill a text frame, without a size where it is the one of the layout (`default`)."""
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        _shape(paragraph, line)
        sized = replace(line, size=0) if line.size == default else line
        if line.lead:
            _run(
                paragraph,
                replace(sized, text=line.lead, bold=True, colour=line.lead_colour or line.colour),
            )
        if line.text:
            _run(paragraph, sized)
        if line.unit:
            small = max(MIN_POINTS, line.size * UNIT_SHARE)
            _run(paragraph, replace(line, text=keep_together(line.unit), size=small))
        if line.mark:
            _run(paragraph, replace(line, text=line.mark, size=max(MIN_POINTS, line.size * 0.4)))
            paragraph.runs[-1].font._element.set("baseline", MARK_BASELINE)


def _shape(paragraph: Any, line: Line) -> None:
    if line.before:
        paragraph.space_before = Pt(line.before)
    if line.right:
        paragraph.alignment = PP_ALIGN.RIGHT
    if line.bullet:
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", str(Pt(BULLET_INDENT)))
        properties.set("indent", str(-Pt(BULLET_INDENT)))
        properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))


def _run(paragraph: Any, line: Line) -> None:
    run = paragraph.add_run()
    run.text = join_paragraph(line.text)
    run.font.language_id = MSO_LANGUAGE_ID.FRENCH
    if line.size:
        run.font.size = Pt(line.size)
    if line.bold is not None:
        run.font.bold = line.bold
    if line.colour:
        paint(run.font.color, line.colour)


def paint(colour: Any, name: str) -> None:
    """Set a colour of python-pptx: one of the theme by its name, else six hexadecimal digits."""
    if name in _THEME:
        colour.theme_color = _THEME[name]
    else:
        colour.rgb = RGBColor.from_string(name.lstrip("#").upper())
