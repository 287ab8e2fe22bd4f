"""Key figures in large type, six a slide at most: on a page without cards, but for the one or two
that are read first."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pptx.util import Pt

from atlas.export.slides.box import Box
from atlas.export.slides.icons import add_icon
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.remarks import SEE_NOTES, Remarks, joined_sources
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
GAP, RULE_HEIGHT, RULE_GAP, INSET = 22.0, 2.5, 8.0, 14.0
# Points: the side of an icon, in the upper right corner, and the room between it and the texts.
ICON_SIDE, ICON_GAP = 38.0, 8.0
# The part of the width for the figure that is read first, and for a number beside its words.
LEAD_SHARE, NUMBER_SHARE = 0.38, 0.46
# Before the words of a growth: of the letters, so that it moves with them.
ARROWS: dict[Direction, str] = {"": "", "up": "↑\u00a0", "down": "↓\u00a0", "level": "→\u00a0"}
SIZES = (120.0, 108.0, 96.0, 88.0, 80.0, 72.0, 66.0, 60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0)
# Two or three figures fill their slide in rows, as long as their numbers are so large.
MIN_ROW_NUMBER = 40.0
# Where each is alone on its slide and its words are many.
SMALL_SIZES = (24.0, 20.0)
# Words of a number (« plus d’un document sur 2 ») have smaller letters than digits.
WORDS_SHARE = 0.55
_QUALIFIED = re.compile(r"(plus de|près de|moins de|environ)\s(?=\d)")
_DIGITS = re.compile(r"[+−-]?\d(?:[\d,\s]*\d)?(?=\D|$)")
_Kind = Literal["lead", "cell", "row"]
_Arrangement = Callable[[Sequence[KeyFigure], Box], "list[_Cell]"]


@dataclass(frozen=True)
class _Cell:
    """A key figure and its place: on the colour of the brand (lead), under a rule (cell), or under
    a rule with its words beside the number (row)."""

    figure: KeyFigure
    box: Box
    kind: _Kind

    @property
    def inner(self) -> Box:
        """What its texts have, beside its icon."""
        icon = ICON_SIDE + ICON_GAP if self.figure.icon else 0
        if self.kind == "lead":
            across, down = self.box.width - 2 * INSET - icon, self.box.height - 2 * INSET
            return Box(self.box.x + INSET, self.box.y + INSET, across, down)
        top = RULE_HEIGHT + RULE_GAP
        return Box(self.box.x, self.box.y + top, self.box.width - icon, self.box.height - top)

    @property
    def halves(self) -> tuple[Box, Box]:
        """Of a row: the place of the number, and that of the words."""
        inner, left = self.inner, self.box.width * NUMBER_SHARE
        words = Box(inner.x + left + GAP, inner.y, inner.width - left - GAP, inner.height)
        return Box(inner.x, inner.y, left, inner.height), words


def add_key_figures(
    presentation: PresentationBuilder,
    title: str,
    figures: Sequence[KeyFigure],
    *,
    subtitle: str = "",
) -> None:
    """The key figures of a section, alike on as many slides as it takes."""
    runs, arrangement, size = _layout(presentation, figures, subtitle)
    for number, run in enumerate(runs, start=1):
        remarks = Remarks()
        for figure in run:  # in the order of the slide, before the source is written
            _parts(figure, size, "cell", remarks)
        source = slide_source(presentation, run, remarks)
        builder = presentation.add_content_slide(
            numbered_title(title, number, len(runs)),
            layout=KEY_FIGURES,
            subtitle=subtitle,
            source=source,
            notes=[
                *(text for figure in run for text in figure_notes(figure)),
                *(remarks.lines if source.endswith(SEE_NOTES) else []),
            ],
        )
        for cell in arrangement(run, builder.area):
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
) -> tuple[list[Sequence[KeyFigure]], _Arrangement, float]:
    """The key figures of each slide, how they stand there and the size of their numbers: as few
    slides as the texts allow, then numbers as large as they all fit."""
    runs: list[Sequence[KeyFigure]] = []
    for most in range(MAX_PER_SLIDE, 0, -1):
        runs = split_evenly(figures, math.ceil(len(figures) / most))
        boxes = [_area(presentation, run, subtitle) for run in runs]
        fitting = [
            (size, arrangement)
            for arrangement in _arrangements(runs)
            if (size := _size(runs, boxes, arrangement, SIZES))
        ]
        if fitting:
            in_rows = [one for one in fitting if one[1] is _rows and one[0] >= MIN_ROW_NUMBER]
            size, arrangement = (in_rows or [max(fitting, key=lambda one: one[0])])[0]
            return runs, arrangement, size
    size = _size(runs, boxes, _grid, SMALL_SIZES) or SMALL_SIZES[-1]
    return runs, _grid, size


def _size(
    runs: Sequence[Sequence[KeyFigure]],
    boxes: Sequence[Box],
    arrangement: _Arrangement,
    ladder: Sequence[float],
) -> float:
    """The largest at which every figure fits its place; 0 when there is none."""
    cells = [cell for run, box in zip(runs, boxes, strict=True) for cell in arrangement(run, box)]
    return next((size for size in ladder if all(_fits(cell, size) for cell in cells)), 0.0)


def _arrangements(runs: Sequence[Sequence[KeyFigure]]) -> list[_Arrangement]:
    """Those that suit these figures, the first where two are as large."""
    most = max(map(len, runs))
    has_first = any(figure.size == "hero" for run in runs for figure in run)
    suiting: list[_Arrangement] = [_with_lead] if has_first or most in (1, 5) else []
    return [*suiting, *([_rows] if most <= 3 and not has_first else []), _grid]


def _area(presentation: PresentationBuilder, run: Sequence[KeyFigure], subtitle: str) -> Box:
    remarks = Remarks()
    for figure in run:
        _parts(figure, SIZES[0], "cell", remarks)
    source = slide_source(presentation, run, remarks)
    return presentation.area(KEY_FIGURES, subtitle=subtitle, source=source)


def _with_lead(run: Sequence[KeyFigure], box: Box) -> list[_Cell]:
    """The one that is read first on the left, the others in rows that fill what is left."""
    first = next((figure for figure in run if figure.size == "hero"), None)
    if first is None and len(run) in (1, 5):
        first = run[0]
    if first is None:
        return _grid(run, box)
    rest = [figure for figure in run if figure is not first]
    if not rest:
        return [_Cell(first, box, "lead")]
    width = box.width * LEAD_SHARE
    right = Box(box.x + width + GAP, box.y, box.width - width - GAP, box.height)
    lead = _Cell(first, Box(box.x, box.y, width, box.height), "lead")
    placed = {
        id(cell.figure): cell for cell in [lead, *_in_rows(rest, right, 1 if len(rest) <= 3 else 2)]
    }
    return [placed[id(figure)] for figure in run]


def _rows(run: Sequence[KeyFigure], box: Box) -> list[_Cell]:
    """One under the other, each number beside its words."""
    return [replace(cell, kind="row") for cell in _in_rows(run, box, 1)]


def _grid(run: Sequence[KeyFigure], box: Box) -> list[_Cell]:
    return _in_rows(run, box, {1: 1, 2: 2, 4: 2}.get(len(run), 3))


def _in_rows(figures: Sequence[KeyFigure], box: Box, columns: int) -> list[_Cell]:
    """In rows of columns of one width; the last one may be shorter."""
    rows = [figures[start : start + columns] for start in range(0, len(figures), columns)]
    tall = (box.height - GAP * (len(rows) - 1)) / len(rows)
    width = (box.width - GAP * (columns - 1)) / columns
    made = []
    for place, row in enumerate(rows):
        for column, figure in enumerate(row):
            at = Box(box.x + column * (width + GAP), box.y + place * (tall + GAP), width, tall)
            made.append(_Cell(figure, at, "lead" if figure.size == "hero" else "cell"))
    return made


def _fits(cell: _Cell, size: float) -> bool:
    parts = _parts(cell.figure, size, cell.kind, Remarks())
    number = max(parts.number, key=lambda line: line.size)
    if cell.kind == "row":
        left, right = cell.halves
        tall = max(lines_height(parts.number, left.width), lines_height(parts.words, right.width))
        width = left.width
    else:
        width = cell.inner.width
        tall = lines_height(parts.all, width)
    words = number.words.split(" ")
    whole = all(measure(word, number.size, bold=True) <= width for word in words)
    most = 3 if _is_of_words(cell.figure) else 1
    wrapped = wrap_text(number.words, number.size, width, bold=True)
    return whole and len(wrapped) <= most and tall <= cell.inner.height


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
        amount, unit = number[: digits.end()], number[digits.end() :]
        if unit and not unit[0].isspace():  # « 2ᵉ »
            amount, unit = number, ""
        lines.append(Line(amount, size, bold=True, colour=colour, unit=unit, mark=mark))
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


@dataclass(frozen=True)
class _Parts:
    """The texts of a figure: above its number, the number, and under or beside it."""

    above: tuple[Line, ...]
    number: tuple[Line, ...]
    below: tuple[Line, ...]

    @property
    def all(self) -> tuple[Line, ...]:
        return self.above + self.number + self.below

    @property
    def words(self) -> tuple[Line, ...]:
        """All but the number."""
        return self.above + self.below


def _parts(figure: KeyFigure, size: float, kind: _Kind, remarks: Remarks) -> _Parts:
    """What is written of a figure, the number at this size and the rest in proportion."""
    is_lead = kind == "lead"
    ink, quiet, value = (PAPER, PAPER, PAPER) if is_lead else (INK, MUTED, PRIMARY)
    label, small = (
        max(MIN_POINTS, min(most, size * share * (1.4 if kind == "row" else 1)))
        for most, share in ((26.0, 0.36), (20.0, 0.3))
    )
    number = tuple(number_lines(figure, size, value, remarks, quiet=ink))
    named = Line(figure.label, label, bold=figure.is_labelled or kind == "row", colour=ink)
    where = Line(
        f"{figure.place}, {plain_period(figure)}",
        small,
        colour=quiet,
        before=2,
        mark=period_mark(figure, remarks),
    )
    said = [
        change_line(figure, small, ink, before=2),
        Line(figure.nation_line, small, colour=quiet),
    ]
    rest = (where, *(line for line in said if line.text))
    head = (Line(figure.heading, small, colour=quiet),) if figure.heading else ()
    if figure.is_labelled:
        return _Parts(head, number, (named, *rest))
    return _Parts((*head, named), number, rest)


def _draw(builder: SlideBuilder, cell: _Cell, size: float, remarks: Remarks) -> None:
    figure, box, name = cell.figure, cell.box, f"Chiffre clé : {cell.figure.label}"
    top = box.y
    if cell.kind == "lead":
        own = next((one for one in SIZES if one >= size and _fits(cell, one)), size)
        lines = _parts(figure, own, "lead", remarks).all
        shape = builder.add_text(name, box, lines, fill=PRIMARY, inset=INSET, middle=True)
        shape.text_frame.margin_right = Pt(box.width - INSET - cell.inner.width)
        top += INSET
    else:
        builder.add_rule(Box(box.x, box.y, box.width, RULE_HEIGHT), PRIMARY)
        top += RULE_HEIGHT + RULE_GAP
        parts = _parts(figure, size, cell.kind, remarks)
        if cell.kind == "row":
            left, right = cell.halves
            builder.add_text(f"Nombre : {figure.label}", left, parts.number, middle=True)
            builder.add_text(name, right, parts.words, middle=True)
        else:
            builder.add_text(name, cell.inner, parts.all)
    if figure.icon:
        inset = INSET if cell.kind == "lead" else 0
        corner = Box(box.right - inset - ICON_SIDE, top, ICON_SIDE, ICON_SIDE)
        add_icon(builder, figure.icon, corner, PAPER if cell.kind == "lead" else PRIMARY)
