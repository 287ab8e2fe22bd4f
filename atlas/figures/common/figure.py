"""A complete figure: what goes on the screen, in the image, on the slide and to a screen reader."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from atlas import french
from atlas.figures.common.request import FigureRequest
from atlas.figures.common.style import readable_on
from atlas.values import Table, Value

# How the names of the files of invented figures begin.
INVENTED = "fictif_"


@dataclass(frozen=True)
class LegendEntry:
    """One entry of a legend. count: how many marks carry it, None where it has no meaning.

    counts: how many at each of several dates, instead. edges: the two bounds of a class, as they
    are printed, the open one empty: classes that follow one another are drawn as one scale, with
    bounds for labels. mark: the shape of what carries it.
    """

    label: str
    colour: str
    hatched: bool = False
    count: int | None = None
    counts: tuple[int, ...] = ()
    edges: tuple[str, str] | None = None
    mark: Literal["box", "circle", "ring"] = "box"

    @property
    def is_used(self) -> bool:
        """True where some mark carries it."""
        return bool(self.count) or any(self.counts)

    @property
    def tally(self) -> str:
        """« 4 », « 4 → 3 » in a narrow class; empty where nothing is counted."""
        return self._joined_counts(" → ")

    @property
    def text(self) -> str:
        """The label with what is counted: « non publié (88) »."""
        return f"{self.label} ({self._joined_counts(' puis ')})" if self.tally else self.label

    def _joined_counts(self, separator: str) -> str:
        if self.counts:
            return separator.join(map(str, self.counts))
        return "" if self.count is None else str(self.count)

    @property
    def ink(self) -> str:
        """The colour of a text written on it."""
        return readable_on(self.colour)

    @property
    def printed_words(self) -> list[str]:
        """The words of it that are on a page: a label, or the bounds of a class."""
        return [edge for edge in self.edges if edge] if self.edges else [self.label]


def legend_runs(
    legend: Sequence[LegendEntry],
) -> list[tuple[bool, tuple[LegendEntry, ...]]]:
    """A legend as it is drawn: runs of classes, which make a scale (True), and of other entries."""
    runs = itertools.groupby(legend, key=lambda entry: entry.edges is not None)
    return [(is_scale, tuple(entries)) for is_scale, entries in runs]


@dataclass(frozen=True)
class Series:
    """Values of a native chart, one per category, with or without an amount.

    labels: what is written on each mark, as the drawing writes it. colours: of each bar, where
    they are not all of the one colour. is_target: a level to reach, a line without marks;
    is_hidden: what only holds up the bars that are stacked on it.
    """

    name: str
    values: tuple[Value, ...]
    colour: str
    labels: tuple[str, ...]
    colours: tuple[str, ...] = ()
    is_target: bool = False
    is_hidden: bool = False

    @property
    def amounts(self) -> tuple[float | None, ...]:
        """What is drawn, None where there is nothing to draw."""
        return tuple(value.amount for value in self.values)


@dataclass(frozen=True)
class NativeChart:
    """The values of a table for an office suite, which draws them itself and lets them be edited.

    kind: bars (categories from the top to the bottom), stacked (bars whose series follow each
    other), lines (categories are words, in order) or curve (categories are ISO dates).
    is_logarithmic: the axis of values of lines.
    """

    kind: Literal["bars", "stacked", "lines", "curve"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_logarithmic: bool = False

    @property
    def has_lines(self) -> bool:
        """True for lines over an axis of words or of dates."""
        return self.kind in ("lines", "curve")


def native_bars(
    table: Table, names: str, series: Sequence[tuple[str, str, str]], colours: Sequence[str] = ()
) -> NativeChart:
    """The rows of a table that have a value in one of the columns, as bars.

    names: key of the column of categories; series: key of a column, name, colour; colours: one a
    row of the table, where its first series has more than one.
    """
    columns = [table[key] for key, _, _ in series]
    kept = [
        place
        for place in range(len(table))
        if any(not math.isnan(column.numbers[place]) for column in columns)
    ]
    shown = table.select_rows(kept)
    return NativeChart(
        "bars",
        tuple(str(cell) for cell in shown[names].cells),
        tuple(
            Series(
                name,
                values := tuple(cell for cell in shown[key].cells if isinstance(cell, Value)),
                colour,
                tuple(
                    french.value_text(value, marked=True) if value.is_known else ""
                    for value in values
                ),
                tuple(colours[place] for place in kept) if colours and not number else (),
            )
            for number, (key, name, colour) in enumerate(series)
        ),
    )


@dataclass(frozen=True)
class SizedDrawing:
    """A drawing that is composed anew for each box, where charts and maps are stretched to it.

    Pixels in, pixels out. natural_height: what suits a width; letters: how large its letters are
    in a box (compared between boxes), 0 when it does not fit; spec: the Vega-Lite specification
    for a box in which it fits. texts: what must be read on it; marks: how many of its marks a
    screen reader names.
    """

    natural_height: Callable[[float], float]
    letters: Callable[[float, float], float]
    spec: Callable[[float, float], dict[str, Any]]
    texts: tuple[str, ...]
    marks: int


@dataclass(frozen=True, eq=False)
class Figure:
    """key: readable name of its files; spec: Vega-Lite; table: the values behind it.

    native: None for a map, which keeps its proportions where bars and curves take the height they
    are given. sources: keys of the sources behind it. request: what makes it again, None for a
    drawing that no request makes.

    name: what tells it from its neighbours in the same frame (« Carte »), often empty.
    steady_alt: a description that holds for every period, for a chart whose view must outlive a
    change of period (the browser draws anew, shapes included, when a description changes).

    height: pixels on screen; ratio: width over height of the drawing in an image that is 640 px
    wide. panels: how many drawings of that ratio it holds, which stand side by side where that
    lets them be larger, else one above the other.
    fictitious: drawn from the fictitious data set, which every output must say.
    as_table: read as its table on the screen and on slides; its drawing is for images.
    sized: how it is composed for its box, on the screen and in an image; its `spec` is empty.
    says_assumed_periods: its note says by itself which dates are assumed.
    must_say: of its note, what changes the meaning of the picture, and briefly where
    that is too long; brief_caption: the paragraphs
    under its images, as (« Lecture », text)…, its whole caption without any.
    findings: what its title may state, the most telling first, none under a title of one's own;
    plain_titles: title, subtitle and description that say what is drawn, under a finding alone.
    """

    key: str
    title: str
    subtitle: str
    spec: dict[str, Any]
    alt: str
    lecture: str
    champ: str
    source: str
    table: Table
    fictitious: bool
    height: int
    ratio: float = 1.6
    panels: int = 1
    legend_title: str = ""
    legend: tuple[LegendEntry, ...] = ()
    note: str = ""
    name: str = ""
    steady_alt: str = ""
    native: NativeChart | None = None
    sources: tuple[str, ...] = ()
    request: FigureRequest | None = None
    as_table: bool = False
    says_assumed_periods: bool = False
    sized: SizedDrawing | None = None
    must_say: str = ""
    must_say_briefly: str = ""
    brief_caption: tuple[tuple[tuple[str, str], ...], ...] = ()
    findings: tuple[str, ...] = ()
    plain_titles: tuple[str, ...] = ()

    @property
    def legend_runs(self) -> list[tuple[bool, tuple[LegendEntry, ...]]]:
        """Its legend as `legend_runs` says."""
        return legend_runs(self.legend)

    @property
    def caption(self) -> list[tuple[str, str]]:
        """The lines under the figure: (« Lecture », text)…, empty ones left out."""
        lines = [
            ("Lecture", self.lecture),
            ("Champ", self.champ),
            ("Note", self.note),
            ("Source", self.source),
        ]
        return [(name, text) for name, text in lines if text]

    @property
    def printed_caption(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The paragraphs under its images."""
        return self.brief_caption or tuple((line,) for line in self.caption)

    @property
    def caption_behind(self) -> list[tuple[str, str]]:
        """The lines of the whole caption that its images do not have word for word."""
        printed = {line for paragraph in self.printed_caption for line in paragraph}
        return [line for line in self.caption if line not in printed]

    @property
    def file_stem(self) -> str:
        """The name of its files, without extension."""
        return f"{INVENTED}{self.key}" if self.fictitious else self.key

    @cached_property
    def digest(self) -> str:
        """A hash of the values shown: the same as long as the figures are the same."""
        return self.table.digest
