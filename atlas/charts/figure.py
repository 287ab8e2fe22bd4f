"""A complete figure: what goes on the screen, in the image, on the slide and to a screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Swatch:
    """One entry of a legend. count: how many marks carry it, None where it has no meaning."""

    label: str
    colour: str
    hatched: bool = False
    count: int | None = None


@dataclass(frozen=True, eq=False)
class Figure:
    """key: readable name of its files; spec: Vega-Lite; table: the values behind it, in French.

    name: what tells it from its neighbours in the same frame (« Carte »), often empty.
    steady_alt: a description that holds for every period, for a chart whose view must outlive a
    change of period (the browser draws anew, shapes included, when a description changes).

    height: pixels on screen; ratio: width over height of the drawing in an image.
    fictitious: drawn from the fictitious data set, which every output must say.
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
    legend_title: str = ""
    legend: tuple[Swatch, ...] = ()
    note: str = ""
    name: str = ""
    steady_alt: str = ""

    @property
    def caption(self) -> list[tuple[str, str]]:
        """The lines under the figure: (« Lecture », text)…, empty ones left out."""
        lines = [("Lecture", self.lecture), ("Champ", self.champ), ("Note", self.note),
                 ("Source", self.source)]
        return [(name, text) for name, text in lines if text]
