"""No figure gives a rank that what is known does not bear, nor alters a published number."""

from __future__ import annotations

import math
import re

import pytest
from made_once import cached_figure
from shipped import RATE, SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.french import table_texts
from atlas.indicators.coverage import with_states
from atlas.tables.data import figures_file, figures_table

_RANK = re.compile(r"\b\d+(er|e|ᵉ)(\s|\u00a0)(ex æquo|sur|rang)")


def ranks_of(figure: Figure) -> list[str]:
    """What a figure says of computed ranks: its rank columns, its subtitle and its alt text."""
    columns = [key for key in figure.table.keys if key == "rank" or key.endswith("_rank")]
    said = [text for text in (figure.subtitle, figure.alt, figure.lecture) if _RANK.search(text)]
    return [*columns, *said]


@pytest.mark.parametrize("name", [*SHIPPED, *VISITED])
def test_no_shipped_figure_of_france_gives_a_rank_of_its_own(
    context: FigureContext, name: str
) -> None:
    """No indicator is known for enough régions, or départements, of the whole country; the maps
    of all the départements of a région do rank them."""
    request = SHIPPED[name](context) if name in SHIPPED else VISITED[name]
    figure = cached_figure(context, request)
    assert figure is not None
    of_a_region = getattr(request, "territory", "FR").startswith("REG")
    levels = figure.table["level"].numbers if "level" in figure.table else []
    whole = of_a_region and all(level == level for level in levels)
    assert whole or ranks_of(figure) == []


@pytest.mark.parametrize("level", ["departements", "regions", "caisses"])
def test_a_ranking_that_holds_some_of_its_territories_says_so(
    context: FigureContext, fictitious: FigureContext, level: str
) -> None:
    request = ranking_of(MapRequest(indicator=RATE, level=level, period="2025-12"))
    figure = cached_figure(context, request)
    count = re.compile(r"\d+ (départements|régions|caisses) sur \d+")
    assert count.search(figure.title) and count.search(figure.champ)
    assert "rank" not in figure.table
    whole = cached_figure(fictitious, request)
    assert not count.search(whole.title) and "rank" in whole.table


def test_the_ranks_of_the_fictitious_set_agree_with_its_values(fictitious: FigureContext) -> None:
    figure = cached_figure(
        fictitious, ranking_of(MapRequest(indicator=RATE, level="regions", period="2025-12"))
    )
    levels, places = figure.table["level"].numbers, figure.table["rank"].numbers
    for level, place in zip(levels, places, strict=True):
        assert place == 1 + sum(other > level for other in levels)


def test_a_range_over_several_classes_takes_none(context: FigureContext) -> None:
    figure = cached_figure(
        context, MapRequest(indicator=RATE, territory="REG-75", period="2025-12")
    )
    counts = {entry.label: entry.count for entry in figure.legend}
    assert counts["entre plusieurs classes"] == 1
    assert sum(count or 0 for count in counts.values()) == 12
    rows = next(iter(figure.spec["datasets"].values()))
    (several,) = [row for row in rows if row.get("range")]
    assert several["range"] == "35,5 à 39,0"
    assert several["value"] is None or math.isnan(several["value"])


def test_the_same_departement_is_published_or_computed_everywhere_alike(
    context: FigureContext,
) -> None:
    figure = cached_figure(context, MapRequest(indicator=RATE, period="2025-12"))
    drawn = dict(
        zip(figure.table["territory"].cell_keys, figure.table["origin"].cells, strict=True)
    )
    rows = context.dataset.select(indicator=RATE, corridor="", periods=["2025-12"])
    states = with_states(rows).drop_duplicates("territory").set_index("territory")["state"]
    listed = dict(zip(rows["territory"], figures_table(context, rows)["origin"].cells, strict=True))
    for code, origin in drawn.items():
        if code in states.index:
            computed = states[code] == "derived"
            assert str(origin).startswith("calculé") is computed, code
            assert (listed[code] == "calculé") is computed, code
    assert "12 publiés, 1 calculé" in figure.alt


def test_published_numbers_are_printed_to_their_last_digit(context: FigureContext) -> None:
    """Labels of bars included: 957 118 is never 957 000."""
    figure = cached_figure(
        context,
        CorridorsRequest(indicator="documents_deposited", territory="REG-94", period="2025"),
    )
    (rows,) = figure.spec["datasets"].values()
    labels = {row["corridor"]: row["label"] for row in rows if row["moment"] == "now"}
    assert labels["Biologie"] == "957\u202f118"


def test_a_file_says_which_rows_are_computed_and_between_what(context: FigureContext) -> None:
    rows = context.dataset.observations
    file = figures_file(context, rows[rows["territory"] == "DEP-64"])
    assert list(file.columns)[:16][-1] == "Nature"
    assert file[["Origine", "Minimum", "Maximum"]].to_numpy().tolist() == [["calculé", 35.5, 39.0]]


def test_columns_have_one_number_of_decimals(context: FigureContext) -> None:
    figure = cached_figure(context, MapRequest(indicator=RATE, period="2025-12"))
    texts = table_texts(figure.table)["Taux d’activation"]
    numbers = [text for text in texts if text.endswith("%")]
    assert len(numbers) > 10 and all("," in text for text in numbers)
    assert "40,0\u00a0%" in numbers
