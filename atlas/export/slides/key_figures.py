"""Key figures in large type, six a slide at most: on a page without cards, but for the one or two
that are read first."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pptx.util import Pt

from atlas.export.slides.box import Box
from atlas.export.slides.icons import add_icon
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.remarks import Remarks, joined_sources
from atlas.export.slides.slide import SlideBuilder, numbered_title, split_evenly
from atlas.export.slides.typesetting import (
    INK,
    MIN_POINTS,
    MUTED,
    PAPER,
    PRIMARY,
    Line,
    lines_height,
    measure,
    wrap_text,
)
from atlas.figures.key_figures.key_figure import (
    Direction,
    KeyFigure,
    number_and_noun,
    plain_change,
    plain_period,
)
from atlas.settings.office_templates import KEY_FIGURES, SOURCE

MAX_PER_SLIDE = 6
# Points: between two figures, of the rule above each, from the rule to its texts, around the texts
# of the one on a colour.
GAP, RULE_HEIGHT, RULE_GAP, INSET = 22.0, 2.5, 8.0, 18.0
# Points: the side of an icon, in the upper right corner, and the room between it and the texts.
ICON_SIDE, ICON_GAP = 38.0, 8.0
# The part of the width for the figure that is read first, and how much larger it is.
LEAD_SHARE, LEAD_SCALE = 0.36, 1.3
# Before the words of a growth: of the letters, so that it moves with them.
ARROWS: dict[Direction, str] = {"": "", "up": "↑\u00a0", "down": "↓\u00a0", "level": "→\u00a0"}
SIZES = (80.0, 72.0, 66.0, 60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
# Words of a number (« plus d’un document sur 2 ») have smaller letters than digits.
WORDS_SHARE = 0.55
_QUALIFIED = re.compile(r"(plus de|près de|moins de|environ)\s(?=\d)")
_DIGITS = re.compile(r"[+−-]?\d(?:[\d,\s]*\d)?(?=\D|$)")


@dataclass(frozen=True)
class _Cell:
    """A key figure and its place. is_lead: on the colour of the brand, in larger letters."""

    figure: KeyFigure
    box: Box
    is_lead: bool

    @property
    def text_width(self) -> float:
        """What its texts have, beside its icon."""
        inset = 2 * INSET if self.is_lead else 0
        return self.box.width - inset - (ICON_SIDE + ICON_GAP if self.figure.icon else 0)

    @property
    def text_height(self) -> float:
        """What its texts have."""
        around = 2 * INSET if self.is_lead else RULE_HEIGHT + RULE_GAP
        return self.box.height - around


def add_key_figures(
    presentation: PresentationBuilder,
    title: str,
    figures: Sequence[KeyFigure],
    *,
    subtitle: str = "",
) -> None:
    """The key figures of a section, alike on as many slides as it takes."""
    runs, size = _layout(presentation, figures, subtitle)
    for number, run in enumerate(runs, start=1):
        remarks = Remarks()
        for figure in run:  # in the order of the slide, before the source is written
            _lines(figure, size, False, remarks)
        source = slide_source(presentation, run, remarks)
        builder = presentation.add_content_slide(
            numbered_title(title, number, len(runs)),
            layout=KEY_FIGURES,
            subtitle=subtitle,
            source=source,
            notes=[text for figure in run for text in figure_notes(figure)],
        )
        for cell in _cells(run, builder.area):
            _draw(builder, cell, size, remarks)


def slide_source(
    presentation: PresentationBuilder, figures: Sequence[KeyFigure], remarks: Remarks
) -> str:
    """The sources of some key figures, once, and their remarks."""
    place = presentation.placeholders[KEY_FIGURES][SOURCE]
    return remarks.after(joined_sources(figure.source for figure in figures), place)


def figure_notes(figure: KeyFigure) -> list[str]:
    """The sentence of a press text, then what the slide has no room for."""
    others, note = " ; ".join(figure.others), figure.note_after_sentence
    return [
        figure.sentence,
        f"Source\u00a0: {figure.source}.",
        *([f"Note\u00a0: {note}"] if note else []),
        *([f"Calculé\u00a0: {figure.derived}"] if figure.derived else []),
        *([f"Autres valeurs publiées\u00a0: {others}."] if others else []),
        "",
    ]


def _layout(
    presentation: PresentationBuilder, figures: Sequence[KeyFigure], subtitle: str
) -> tuple[list[Sequence[KeyFigure]], float]:
    """The key figures of each slide and the size of their numbers: as few slides as the texts
    allow, the numbers as large as they all fit."""
    runs: list[Sequence[KeyFigure]] = []
    for most in range(MAX_PER_SLIDE, 0, -1):
        runs = split_evenly(figures, math.ceil(len(figures) / most))
        boxes = [_area(presentation, run, subtitle) for run in runs]
        cells = [cell for run, box in zip(runs, boxes, strict=True) for cell in _cells(run, box)]
        for size in SIZES[:-2]:
            if all(_fits(cell, size) for cell in cells):
                return runs, size
    for size in SIZES[-2:]:
        if all(_fits(cell, size) for cell in cells):
            return runs, size
    return runs, SIZES[-1]


def _area(presentation: PresentationBuilder, run: Sequence[KeyFigure], subtitle: str) -> Box:
    remarks = Remarks()
    for figure in run:
        _lines(figure, SIZES[0], False, remarks)
    source = slide_source(presentation, run, remarks)
    return presentation.area(KEY_FIGURES, subtitle=subtitle, source=source)


def _cells(run: Sequence[KeyFigure], box: Box) -> list[_Cell]:
    """The one that is read first on the left, the others in rows that fill what is left."""
    first = next((figure for figure in run if figure.size == "hero"), None)
    if first is None and len(run) in (1, 5):
        first = run[0]
    if first is None:
        return _grid(run, box, _columns(len(run)))
    if len(run) == 1:
        return [_Cell(first, box, True)]
    rest = [figure for figure in run if figure is not first]
    columns = 1 if len(rest) <= 3 else 2
    width = box.width * (LEAD_SHARE if columns == 2 else 0.44)
    right = Box(box.x + width + GAP, box.y, box.width - width - GAP, box.height)
    lead = _Cell(first, Box(box.x, box.y, width, box.height), True)
    placed = {id(cell.figure): cell for cell in [lead, *_grid(rest, right, columns)]}
    return [placed[id(figure)] for figure in run]


def _columns(count: int) -> int:
    return {2: 2, 3: 3, 4: 2}.get(count, 3)


def _grid(figures: Sequence[KeyFigure], box: Box, columns: int) -> list[_Cell]:
    """In rows; the last one fills the width as well."""
    rows = [figures[start : start + columns] for start in range(0, len(figures), columns)]
    tall = (box.height - GAP * (len(rows) - 1)) / len(rows)
    made = []
    for place, row in enumerate(rows):
        width = (box.width - GAP * (len(row) - 1)) / len(row)
        for column, figure in enumerate(row):
            at = Box(box.x + column * (width + GAP), box.y + place * (tall + GAP), width, tall)
            made.append(_Cell(figure, at, figure.size == "hero"))
    return made


def _fits(cell: _Cell, size: float) -> bool:
    lines = _lines(cell.figure, size, cell.is_lead, Remarks())
    number = lines[_place_of_number(lines)]
    words = number.words.split(" ")
    whole = all(measure(word, number.size, bold=True) <= cell.text_width for word in words)
    most = 1 if number.size >= MIN_POINTS * 2 and not _is_of_words(cell.figure) else 3
    wrapped = wrap_text(number.words, number.size, cell.text_width, bold=True)
    return (
        whole and len(wrapped) <= most and lines_height(lines, cell.text_width) <= cell.text_height
    )


def _place_of_number(lines: Sequence[Line]) -> int:
    return max(range(len(lines)), key=lambda place: lines[place].size)


def _is_of_words(figure: KeyFigure) -> bool:
    number, _ = number_and_noun(figure)
    return not _DIGITS.match(_QUALIFIED.sub("", number))


def number_lines(
    figure: KeyFigure, size: float, colour: str, remarks: Remarks, *, quiet: str
) -> list[Line]:
    """« plus de », then « 240 » and « millions » in smaller letters, then « de documents »: the
    value with the mark of what is uncertain or contradicted."""
    number, noun = number_and_noun(figure)
    mark = remarks.mark(
        figure.contradiction,
        figure.row_note if figure.uncertain else "",
        f"Calculé\u00a0: {figure.derived}" if figure.derived else "",
    )
    qualified = _QUALIFIED.match(number)
    small = max(MIN_POINTS, min(24.0, size * 0.36))
    lines = []
    if qualified:
        lines.append(Line(qualified[1], small, bold=True, colour=quiet))
        number = number[qualified.end() :]
    digits = _DIGITS.match(number)
    if digits:
        unit = number[digits.end() :]
        lines.append(Line(digits[0], size, bold=True, colour=colour, unit=unit, mark=mark))
    else:
        words = max(MIN_POINTS, size * WORDS_SHARE)
        lines.append(Line(number, words, bold=True, colour=colour, mark=mark))
    return [*lines, *([Line(noun, small, bold=True, colour=quiet)] if noun else [])]


def change_line(
    figure: KeyFigure, size: float, colour: str, *, bold: bool = True, before: float = 0
) -> Line:
    """« ↑ +204 % par rapport à 2024 », or that the level is not published."""
    is_alone = figure.large_value is figure.values[1]
    text = figure.change if is_alone else plain_change(figure)
    lead = ARROWS[figure.direction] if text and not is_alone else ""
    return Line(text, size, bold=bold, colour=colour, lead=lead, before=before)


def period_mark(figure: KeyFigure, remarks: Remarks) -> str:
    """That of a period which the source does not print."""
    said_already = figure.uncertain and figure.row_note
    return remarks.mark(
        figure.row_note if said_already and figure.assumption else figure.assumption
    )


def _lines(figure: KeyFigure, size: float, is_lead: bool, remarks: Remarks) -> list[Line]:
    """What is written of a figure, the number at this size and the rest in proportion."""
    ink, quiet, value = (PAPER, PAPER, PAPER) if is_lead else (INK, MUTED, PRIMARY)
    large = size * LEAD_SCALE if is_lead else size
    label, small = (
        max(MIN_POINTS, min(most, large * share)) for most, share in ((24.0, 0.36), (18.0, 0.3))
    )
    named = [
        number_lines(figure, large, value, remarks, quiet=ink),
        [Line(figure.label, label, bold=figure.is_labelled, colour=ink)],
    ]
    if not figure.is_labelled:
        named = named[::-1]
    said = [
        change_line(figure, small, ink, before=2),
        Line(figure.nation_line, small, colour=quiet),
    ]
    return [
        *([Line(figure.heading, small, colour=quiet)] if figure.heading else []),
        *(line for lines in named for line in lines),
        Line(
            f"{figure.place}, {plain_period(figure)}",
            small,
            colour=quiet,
            before=2,
            mark=period_mark(figure, remarks),
        ),
        *(line for line in said if line.text),
    ]


def _draw(builder: SlideBuilder, cell: _Cell, size: float, remarks: Remarks) -> None:
    lines = _lines(cell.figure, size, cell.is_lead, remarks)
    box, name = cell.box, f"Chiffre clé : {cell.figure.label}"
    if cell.is_lead:
        shape = builder.add_text(name, box, lines, fill=PRIMARY, inset=INSET, middle=True)
        corner = Box(box.right - INSET - ICON_SIDE, box.y + INSET, ICON_SIDE, ICON_SIDE)
    else:
        builder.add_rule(Box(box.x, box.y, box.width, RULE_HEIGHT), PRIMARY)
        below = RULE_HEIGHT + RULE_GAP
        under = Box(box.x, box.y + below, box.width, box.height - below)
        shape = builder.add_text(name, under, lines)
        corner = Box(box.right - ICON_SIDE, under.y, ICON_SIDE, ICON_SIDE)
    if cell.figure.icon:
        shape.text_frame.margin_right = Pt(shape.text_frame.margin_left.pt + ICON_SIDE + ICON_GAP)
        add_icon(builder, cell.figure.icon, corner, PAPER if cell.is_lead else PRIMARY)
