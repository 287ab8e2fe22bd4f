"""What the first page shows in HTML: cards of dossiers, the words of a cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atlas.figures.common.silhouette import Silhouette
from atlas.figures.key_figures.card import split_amount
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.ui import html


@dataclass(frozen=True)
class DossierCard:
    """address: of its page; figure: what stands for it, None where the data have none."""

    address: str
    title: str
    place: str
    silhouette: Silhouette | None
    figure: KeyFigure | None


def dossier_cards(cards: Sequence[DossierCard]) -> str:
    """A card per dossier, which leads to its page."""
    return html.render(
        "dossier_cards.html",
        cards=cards,
        split_amount=split_amount,
    )


def finding(figures: Sequence[KeyFigure]) -> str:
    """The sentence of the cover: that of the first figure, as press texts say it."""
    return figures[0].sentence if figures else ""
