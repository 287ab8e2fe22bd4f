"""No table shows a published number altered, nor a rank that too few known values bear: every
shipped figure, those that visitors make most, and those of the invented data."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from made_once import cached_figure, context_of
from shipped import INVENTED, SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.french import cell_text
from atlas.values import Value

MULTIPLES = {"million": 1e6, "milliard": 1e9}
NUMBER = re.compile(r"\d[\d\u00a0\u202f ]*(?:,\d+)?")
# Régions may lack two, other levels a tenth.
MAX_MISSING_REGIONS, MIN_KNOWN_SHARE = 2, 0.9


@pytest.fixture(scope="module")
def figures(project) -> list[tuple[FigureContext, Figure]]:
    published, invented = context_of(project), context_of(project, demo=True)
    asked = [(published, ask(published)) for ask in SHIPPED.values()]
    asked += [(published, request) for request in VISITED.values()]
    asked += [(invented, request) for request in INVENTED.values()]
    made = [(context, cached_figure(context, request)) for context, request in asked]
    return [(context, figure) for context, figure in made if figure is not None]


def number_read(text: str) -> float:
    """The number of « plus de 25,5 millions », of « −5 % » without its sign."""
    written = NUMBER.search(text)
    assert written, text
    number = float(re.sub(r"\s", "", written[0]).replace(",", "."))
    return number * next((times for word, times in MULTIPLES.items() if word in text), 1)


def is_published_number(cell: object) -> bool:
    """True for a level or a change that a document prints in digits."""
    if not isinstance(cell, Value) or cell.status != "published" or cell.printed:
        return False
    return cell.quantity in ("level", "change")


def test_every_published_number_of_a_table_is_printed_to_its_last_digit(figures):
    seen = 0
    for _, figure in figures:
        for column in figure.table.columns:
            for cell in column.cells:
                if is_published_number(cell):
                    text = cell_text(cell, column)
                    assert number_read(text) == pytest.approx(abs(cell.number), rel=1e-12), (
                        text,
                        cell,
                    )
                    seen += 1
    assert seen > 400


def ranks_of(figure: Figure, context: FigureContext) -> Iterator[tuple[str, Value]]:
    """The code of each territory that a table ranks, and its rank."""
    names = next(column for column in figure.table.columns if column.role == "name")
    codes = {place.name: place.code for place in context.territories.by_code.values()}
    codes |= {place.label: place.code for place in context.territories.by_code.values()}
    for column in figure.table.columns:
        for name, cell in zip(names.cells, column.cells, strict=True):
            if isinstance(cell, Value) and cell.quantity == "rank" and cell.is_known:
                yield codes[str(name)], cell


def test_a_rank_stands_only_where_nearly_all_of_the_ranked_have_a_value(figures):
    """Of the level of the figure's request, in its territory, at its period."""
    seen = 0
    for context, figure in figures:
        request = figure.request
        if getattr(request, "measure", "value") != "value" or not hasattr(request, "level"):
            continue
        ranked = list(ranks_of(figure, context))
        if not ranked:
            continue
        kind = ranked[0][0].partition("-")[0]
        every = context.territories.of_kind(kind, request.territory)
        rows = context.dataset.observations
        known = rows[
            (rows["indicator"] == request.indicator)
            & (rows["reference_period"] == request.period)
            & rows["territory"].isin(every)
            & rows["value"].notna()
            & ~rows["uncertain"].astype(bool)
        ]["territory"].nunique()
        if kind == "REG":
            assert len(every) - known <= MAX_MISSING_REGIONS
        else:
            assert known >= MIN_KNOWN_SHARE * len(every)
        seen += 1
    assert seen >= 3
