"""What is asked of a figure of key figures."""

from __future__ import annotations

from typing import ClassVar, Literal

from atlas.figures.common.request import FigureRequest

#: More key figures than these make several images.
MAX_KEY_FIGURES = 8


class KeyFiguresRequest(FigureRequest):
    """One to eight figures in large: those of a block of a dossier, or the first of a territory.

    dossier: its key, and section, which of its blocks of key figures, from 1 (the first when it is
    empty); or territory, period (the latest when it is empty) and theme, a heading of the page
    Chiffres clés (all of them when it is empty). part: which eight, from 1, of those that are more.
    indicator: refused, these are of several.
    """

    needs_indicator: ClassVar[bool] = False

    drawing: Literal["chiffres-cles"] = "chiffres-cles"
    indicator: str = ""
    territory: str = "FR"
    period: str = ""
    theme: str = ""
    dossier: str = ""
    section: str = ""
    part: str = ""
