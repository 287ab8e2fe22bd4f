"""Titles that say a finding, and captions of three lines: true, certain, and no longer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from made_once import cached_figure, shipped_figure
from shipped import AQUITAINE, INVENTED, RATE, SHIPPED, VISITED

from atlas.figures.common.brief_caption import MAX_CAPTION_LINES, paragraph_text
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.findings import (
    fits_a_title,
    is_stated,
    is_stated_level,
    rank_endings,
    with_finding,
    without_finding,
)
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.french import keep_with_punctuation, table_texts
from atlas.indicators.ranking import Rank
from atlas.rendering.text_metrics import wrap
from atlas.values import Value

LEADER = MapRequest(indicator=RATE, territory="REG-84", period="2025-12")
every_figure = pytest.mark.parametrize("name", [*SHIPPED, *VISITED, *INVENTED])


@pytest.fixture
def figure(name: str, context: FigureContext, fictitious: FigureContext) -> Figure:
    return shipped_figure(name, context, fictitious)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d\u202f,]*\d|\d", text))


@every_figure
def test_a_finding_fits_and_holds_no_number_that_its_figure_does_not_show(figure: Figure) -> None:
    if not figure.plain_titles:
        return
    assert fits_a_title(figure.title) and figure.subtitle.startswith(figure.plain_titles[0])
    assert figure.alt.startswith(figure.title)
    table = table_texts(figure.table)
    labels = [
        label for one in (figure.native.series if figure.native else ()) for label in one.labels
    ]
    shown = [figure.lecture, figure.champ, *figure.plain_titles, *labels, str(len(figure.table))]
    shown += [str(cell) for column in table for cell in table[column]]
    assert numbers(figure.title) <= set().union(*map(numbers, shown))


@every_figure
def test_an_image_of_170_mm_has_three_lines_of_caption(figure: Figure) -> None:
    if figure.sized:
        return
    texts = [keep_with_punctuation(paragraph_text(one)) for one in figure.printed_caption]
    assert not any(".." in text for text in texts)
    assert sum(len(wrap(text, 7.5, 400, 454)) for text in texts) <= MAX_CAPTION_LINES
    printed = [name for paragraph in figure.printed_caption for name, _ in paragraph]
    assert printed == ["Lecture", "Champ", "Source"]
    whole = {line for paragraph in figure.printed_caption for line in paragraph}
    assert {*figure.caption} <= whole | {*figure.caption_behind}


def test_a_title_of_ones_own_wins_and_plain_titles_are_a_choice(
    fictitious: FigureContext,
) -> None:
    found = cached_figure(fictitious, LEADER)
    assert found is not None and "le taux le plus élevé" in found.title
    assert found.subtitle.startswith("Taux d’activation, Auvergne-Rhône-Alpes, décembre\u00a02025")
    own = figure_of(fictitious, LEADER.with_fields(title="Un constat"))
    assert own is not None and own.title == "Un constat" and not own.plain_titles
    display = fictitious.settings.display.model_copy(update={"titles": "plain"})
    settings = fictitious.settings.model_copy(update={"display": display})
    plain = figure_of(replace(fictitious, settings=settings), LEADER)
    assert plain is not None and plain.title.startswith("Taux d’activation, Auvergne")
    assert (plain.title, plain.subtitle, plain.alt) == found.plain_titles
    assert plain.file_stem == found.file_stem == own.file_stem
    assert without_finding(found).title == plain.title


def test_a_finding_that_is_too_long_gives_way_to_the_next_one(fictitious: FigureContext) -> None:
    figure = cached_figure(fictitious, LEADER)
    assert figure is not None
    bare = replace(without_finding(figure), findings=("mot " * 60, "Un constat plus court"))
    assert with_finding(fictitious, bare).title == "Un constat plus court"
    assert with_finding(fictitious, replace(bare, findings=("mot " * 60,))).title == bare.title


LEVEL = Value(41.7, decimals=1, period="2025-12")


@pytest.mark.parametrize(
    "doubt",
    [
        {"amount": None, "status": "missing"},
        {"qualifier": "about"},
        {"qualifier": "over"},
        {"contradiction": "les lignes du même tableau disent 40 %"},
        {"is_period_assumed": True},
        {"revision": "provisional"},
        {"reach": (35.5, 39.0)},
        {"status": "uncertain"},
        {"within_rounding": True},
    ],
    ids=str,
)
def test_a_doubtful_value_is_no_finding(doubt: dict[str, object]) -> None:
    assert is_stated(LEVEL)
    assert not is_stated(replace(LEVEL, **doubt))  # type: ignore[arg-type]


def test_a_computed_level_is_no_finding_where_a_computed_change_may_be_one() -> None:
    computed = replace(LEVEL, status="derived", derivation="moyenne")
    assert is_stated(computed) and not is_stated_level(computed)


def test_a_rank_is_a_finding_when_nothing_leaves_it_open(context: FigureContext) -> None:
    indicator, place = context.settings.indicators[RATE], context.territories["REG-75"]
    rank = Rank(place=1, shared=0, among=12, best=1, worst=1, total=12)

    def endings(rank: Rank | None, *values: Value) -> tuple[str, ...]:
        return rank_endings(rank, values, indicator, "DEP", place)

    assert endings(rank, LEVEL)[0] == (
        ", le taux le plus élevé des 12 départements de Nouvelle-Aquitaine"
    )
    last = replace(rank, place=12, best=12, worst=12)
    assert endings(last, LEVEL)[1] == ", le taux le plus bas de Nouvelle-Aquitaine"
    third = replace(rank, place=3, best=3, worst=3)
    assert endings(third, LEVEL)[1] == ", au 3ᵉ rang de Nouvelle-Aquitaine"
    for open_rank in (None, replace(rank, worst=2), replace(rank, shared=1)):
        assert endings(open_rank, LEVEL) == ()
    assert endings(rank, LEVEL, replace(LEVEL, qualifier="about")) == ()
    assert endings(rank, LEVEL, replace(LEVEL, contradiction="autre")) == ()


def test_a_map_whose_territories_are_not_all_known_has_no_extreme(context: FigureContext) -> None:
    whole = AQUITAINE.with_fields(highlighted="", territory="FR")
    figure = cached_figure(context, whole)
    assert figure is not None and figure.findings == ()
