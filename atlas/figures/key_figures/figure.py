"""The figure of key figures: those of a block of a dossier, or the first of a territory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.composition import USUAL_WIDTH_PX, Composition
from atlas.figures.common.composition_chart import composition_chart
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, SizedDrawing
from atlas.figures.common.request import RequestError
from atlas.figures.common.request_checks import check_period
from atlas.figures.common.silhouette import silhouette
from atlas.figures.common.specification import to_spec
from atlas.figures.key_figures import card as cards
from atlas.figures.key_figures.card import Card
from atlas.figures.key_figures.card_table import (
    CONTRADICTED_NOTE,
    card_table,
    table_height,
    with_table,
)
from atlas.figures.key_figures.drawing import draw_grid
from atlas.figures.key_figures.key_figure import KeyFigure, key_figure, key_figures_of_theme
from atlas.figures.key_figures.layout import CardGrid, largest_grid, natural_grid
from atlas.figures.key_figures.request import MAX_KEY_FIGURES, KeyFiguresRequest
from atlas.figures.options import periods_of
from atlas.sentences.headings import lower_first
from atlas.settings.dossiers import Dossier, FigureRef, KeyFiguresBlock
from atlas.values import Column, Table, name_column, text_column

MAX_LISTED_CHAMPS = 2


def key_figures_figure(context: FigureContext, request: KeyFiguresRequest) -> Figure | None:
    """The figure of a request; None when none of its figures is in the data.

    Raises RequestError for an indicator, for a dossier and a territory at once, and for a section,
    a part or a period that there is none of.
    """
    if request.indicator:
        raise RequestError("des chiffres clés sont de plusieurs indicateurs : n’en nommez aucun")
    if request.dossier:
        return _of_dossier(context, request)
    if request.section:
        raise RequestError("une section est celle d’un dossier : nommez le dossier")
    return _of_territory(context, request)


def key_figure_blocks(dossier: Dossier) -> list[KeyFiguresBlock]:
    """Its blocks of key figures, in order: the sections of a request."""
    return [block for block in dossier.blocks if isinstance(block, KeyFiguresBlock)]


def split_in_parts(figures: Sequence[Any]) -> list[list[Any]]:
    """As few parts as hold MAX_KEY_FIGURES each, about as many figures in each."""
    count = math.ceil(len(figures) / MAX_KEY_FIGURES)
    each = math.ceil(len(figures) / count) if count else 0
    return [list(figures[start : start + each]) for start in range(0, len(figures), each or 1)]


def _of_dossier(context: FigureContext, request: KeyFiguresRequest) -> Figure | None:
    if request.territory != "FR" or request.period or request.theme:
        raise RequestError(
            "un dossier a son territoire, sa période et ses thèmes : demandez l’un ou les autres"
        )
    dossier = context.settings.dossiers[request.dossier]
    blocks = key_figure_blocks(dossier)
    number = _number(request.section, len(blocks), "la section")
    block = blocks[number - 1]
    context = context.preferring(request.source or dossier.source)
    known = [
        made
        for ref in block.figures
        if (made := key_figure(context, ref, territory=dossier.territory, period=dossier.period))
    ]
    parts = split_in_parts(known)
    part = _number(request.part, len(parts), "la partie")
    if not known:
        return None
    title = request.title or block.title or dossier.title
    key = f"chiffres-cles_{request.dossier}_{number}" + (f"_{part}" if len(parts) > 1 else "")
    below = _corridor_figures(context, dossier, block) if part == len(parts) else []
    return _figure(context, parts[part - 1], below, key=key, title=title, more=len(known))


def _corridor_figures(
    context: FigureContext, dossier: Dossier, block: KeyFiguresBlock
) -> list[KeyFigure]:
    """Those of the table under the cards, corridor after corridor and their published total."""
    refs = [
        FigureRef(indicator=indicator, corridor=corridor)
        for corridor in [*context.settings.corridors, ""]
        for indicator in block.corridor_table
    ]
    found = (
        key_figure(context, ref, territory=dossier.territory, period=dossier.period) for ref in refs
    )
    return [made for made in found if made]


def _of_territory(context: FigureContext, request: KeyFiguresRequest) -> Figure | None:
    code = request.territory
    known_periods = periods_of(context, code)
    period = request.period or next(iter(known_periods), "")
    if not period:
        return None
    check_period(period)
    themes = [request.theme] if request.theme else list(context.settings.themes)
    known = [
        made
        for theme in themes
        for made in key_figures_of_theme(context, theme, territory=code, period=period)
    ]
    parts = split_in_parts(known)
    part = _number(request.part, len(parts), "la partie")
    if not known:
        return None
    shown = parts[part - 1]
    shown = [replace(shown[0], size="hero"), *shown[1:]] if len(shown) > 1 else shown
    place = context.territories[code]
    theme = f" ({context.settings.themes[request.theme].label.lower()})" if request.theme else ""
    title = f"{place.name} : chiffres clés{theme}"
    key = "_".join(
        text for text in ("chiffres-cles", place.slug, period, request.theme) if text
    ) + (f"_{part}" if len(parts) > 1 else "")
    date = (
        f"Derniers chiffres connus {'au' if len(period) == 10 else 'fin'} {periods.label(period)}"
    )
    return _figure(
        context,
        shown,
        [],
        key=key,
        title=request.title or title,
        subtitle=f"{title}. {date}" if request.title else date,
        more=len(known),
    )


def _number(text: str, count: int, what: str) -> int:
    """The place that a field says, from 1; raises RequestError."""
    known = [str(place) for place in range(1, count + 1)]
    if text and text not in known:
        raise RequestError(f"{what} « {text} » n’existe pas", known)
    return int(text or 1)


def _figure(
    context: FigureContext,
    figures: Sequence[KeyFigure],
    below: Sequence[KeyFigure],
    *,
    key: str,
    title: str,
    subtitle: str = "",
    more: int,
) -> Figure:
    """below: those of the table under the cards."""
    made, notes = cards.cards_of(figures)
    everyone = [*figures, *below]
    sources = pd.DataFrame(
        {
            "source": [figure.source_key for figure in everyone],
            "page": [figure.page for figure in everyone],
        }
    )
    codes = [figure.territory for figure in everyone]
    shown = [figure.large_value for figure in everyone]
    computed = captions.computed_note(context, codes, shown)
    values = [value for figure in below for value in figure.values]
    contradicted = CONTRADICTED_NOTE if any(value.contradiction for value in values) else ""
    sized = _sized(context, made, below)
    return Figure(
        key=key.replace("_-", "_"),
        title=title,
        subtitle=french.keep_with_punctuation(_subtitle(figures, subtitle, more)),
        spec={},
        alt=" ".join(figure.sentence for figure in figures),
        lecture=_lecture(figures),
        champ=_champ(context, figures),
        source=captions.source_line(context, sources),
        table=_table(everyone),
        fictitious=context.dataset.fictitious,
        height=round(sized.natural_height(USUAL_WIDTH_PX)),
        ratio=USUAL_WIDTH_PX / sized.natural_height(USUAL_WIDTH_PX),
        note=" ".join(text for text in (computed, cards.numbered(notes), contradicted) if text),
        sources=captions.source_keys(sources),
        sized=sized,
    )


def _lecture(figures: Sequence[KeyFigure]) -> str:
    """How to read the first that is known."""
    first = next((figure for figure in figures if figure.large_value.is_known), figures[0])
    return lower_first(first.reading)


def _subtitle(figures: Sequence[KeyFigure], subtitle: str, more: int) -> str:
    """Place and period where they are those of all, and how many others there are."""
    places = list(dict.fromkeys(figure.place for figure in figures))
    when = list(dict.fromkeys(figure.period for figure in figures))
    said = subtitle or ", ".join(one[0] for one in (places, when) if len(one) == 1)
    counted = f"{len(figures)} chiffres sur {more}" if more > len(figures) else ""
    return ", ".join(text for text in (said, counted) if text)


def _champ(context: FigureContext, figures: Sequence[KeyFigure]) -> str:
    """On whom: of each indicator where they are few, else of the one that the Lecture reads."""
    indicators = context.settings.indicators
    texts = list(
        dict.fromkeys(
            captions.champ_text(context, indicators[figure.indicator], [figure.territory])
            for figure in figures
        )
    )
    if len(texts) > MAX_LISTED_CHAMPS:
        texts = [texts[0], "celui des autres chiffres est dans le tableau des valeurs"]
    return french.keep_with_punctuation(" ; ".join(texts)) + "."


def _table(figures: Sequence[KeyFigure]) -> Table:
    """One row a figure: indicator, territory, level, change, period, source."""
    keys = ["|".join((figure.indicator, figure.corridor, figure.territory)) for figure in figures]
    return Table(
        (
            name_column("indicator", "Indicateur", [f.label for f in figures], keys=keys),
            text_column("territory", "Territoire", [figure.place for figure in figures]),
            Column(
                "level",
                "Valeur",
                tuple(figure.values[0] for figure in figures),
                "value",
                mark="dagger",
                says_noun=True,
            ),
            Column(
                "change",
                "Évolution",
                tuple(figure.values[1] for figure in figures),
                "value",
                says_base=True,
                says_absence=False,
            ),
            text_column("period", "Période", [figure.period for figure in figures]),
            text_column("source", "Source", [figure.source for figure in figures]),
        )
    )


def _sized(
    context: FigureContext, made: Sequence[Card], below: Sequence[KeyFigure]
) -> SizedDrawing:
    """The cards in any box, with their table under them."""
    corridors = {key: (one.short, one.colour) for key, one in context.settings.corridors.items()}
    table = card_table(below, corridors)

    @cache
    def grid_in(width: float, height: float) -> CardGrid | None:
        return largest_grid(made, width, height - table_height(table, width))

    @cache
    def natural_height(width: float) -> float:
        return math.ceil(natural_grid(made, width).height + table_height(table, width))

    def compose(width: float, height: float) -> Composition:
        drawn = draw_grid(
            grid_in(width, height) or natural_grid(made, width),
            width,
            style=context.style,
            corridors={key: colour for key, (_, colour) in corridors.items()},
            outline=lambda code: silhouette(context, code),
        )
        return with_table(drawn, table, context.style)

    def letters(width: float, height: float) -> float:
        grid = grid_in(width, height)
        return 0.0 if grid is None else grid.factor

    def spec(width: float, height: float) -> dict[str, Any]:
        return to_spec(composition_chart(compose(width, height)), context.style)

    said = [text for row in table.cells for pair in row for text in pair] if table else []
    return SizedDrawing(
        natural_height,
        letters,
        spec,
        texts=(*(card.number for card in made), *filter(None, said)),
        marks=len(made) + (len(table.names) if table else 0),
    )
