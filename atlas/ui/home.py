"""What the first page shows in HTML: figures in large, cards of dossiers, the words of a cover."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from atlas.figures.common.silhouette import SILHOUETTE_HEIGHT, Silhouette
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.ui import html

# « plus de », « 420 », « millions »: the number is written larger than the words around it.
_NUMBER = re.compile(r"^(\D*)([\d\s.,\u00a0\u202f]*\d)(.*)$", re.DOTALL)


@dataclass(frozen=True)
class DossierCard:
    """address: of its page; figure: what stands for it, None where the data have none."""

    address: str
    title: str
    place: str
    silhouette: Silhouette | None
    figure: KeyFigure | None


def national_figures(figures: Sequence[KeyFigure]) -> str:
    """The figures of the nation in large, the first one larger, their sources as footnotes."""
    letters = {
        source: "abcdef"[place]
        for place, source in enumerate(dict.fromkeys(one.source for one in figures))
    }
    return html.render(
        "national_figures.html", figures=figures, letters=letters, split_amount=split_amount
    )


def dossier_cards(cards: Sequence[DossierCard]) -> str:
    """A card per dossier, which leads to its page."""
    return html.render(
        "dossier_cards.html",
        cards=cards,
        split_amount=split_amount,
        silhouette_address=silhouette_address,
    )


def finding(figures: Sequence[KeyFigure]) -> str:
    """The sentence of the cover: that of the first figure, as press texts say it."""
    return figures[0].sentence if figures else ""


def split_amount(text: str) -> tuple[str, str, str]:
    """The words before a number, the number, the words after it, to be written in their sizes;
    the whole text as the number where there are no figures in it."""
    found = _NUMBER.match(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def silhouette_address(drawing: Silhouette) -> str:
    """A silhouette as the address of a mask, which takes the colour of the text."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width:.1f} '
        f'{SILHOUETTE_HEIGHT:g}"><path d="{drawing.path}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
