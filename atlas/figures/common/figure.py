"""A complete figure: what goes on the screen, in the image, on the slide and to a screen reader."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

# How the names of the files of invented figures begin.
INVENTED = "fictif_"


@dataclass(frozen=True)
class LegendEntry:
    """One entry of a legend. count: how many marks carry it, None where it has no meaning."""

    label: str
    colour: str
    hatched: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Series:
    """Values of a plot, one per category, None where there is none.

    labels: what is written on each mark, as the drawing writes it. colours: of each bar, where
    they are not all of the one colour.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    labels: tuple[str, ...]
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class NativeChart:
    """The same values for an office suite, which draws them itself and lets them be edited.

    kind: bars (categories from the top to the bottom) or curve (categories are ISO dates).
    number_format: how a spreadsheet writes a value.
    """

    kind: Literal["bars", "curve"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str


@dataclass(frozen=True)
class Numbers:
    """The numbers behind one column of a table of texts, NaN where there is none.

    formats: how a spreadsheet writes each of them, qualifier included (« "plus de "#,##0 »).
    """

    values: tuple[float, ...]
    formats: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Figure:
    """key: readable name of its files; spec: Vega-Lite; table: the values behind it, in French.

    numbers: by column of the table, the numbers that its texts write. plot: None for a map, which
    keeps its proportions where bars and curves take the height they are given.
    sources: keys of the sources behind it. recipe: the request that makes it again, as plain
    texts.

    name: what tells it from its neighbours in the same frame (« Carte »), often empty.
    steady_alt: a description that holds for every period, for a chart whose view must outlive a
    change of period (the browser draws anew, shapes included, when a description changes).

    height: pixels on screen; ratio: width over height of the drawing in an image that is 640 px
    wide. panels: how many drawings of that ratio it holds, which stand side by side where that
    lets them be larger, else one above the other.
    fictitious: drawn from the fictitious data set, which every output must say.
    as_table: read as its table on the screen and on slides; its drawing is for images.
    """

    key: str
    title: str
    subtitle: str
    spec: dict[str, Any]
    alt: str
    lecture: str
    champ: str
    source: str
    table: pd.DataFrame
    fictitious: bool
    height: int
    ratio: float = 1.6
    panels: int = 1
    legend_title: str = ""
    legend: tuple[LegendEntry, ...] = ()
    note: str = ""
    name: str = ""
    steady_alt: str = ""
    numbers: Mapping[str, Numbers] = field(default_factory=dict)
    plot: NativeChart | None = None
    sources: tuple[str, ...] = ()
    recipe: Mapping[str, str] = field(default_factory=dict)
    as_table: bool = False

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
    def file_stem(self) -> str:
        """The name of its files, without extension."""
        return f"{INVENTED}{self.key}" if self.fictitious else self.key

    @property
    def digest(self) -> str:
        """A hash of the values shown: the same as long as the figures are the same."""
        text = self.table.to_csv(index=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]
