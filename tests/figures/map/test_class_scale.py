"""The scale of colours of a map: what it holds, what it prints, and that it follows the data."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from made_once import cached_figure
from shipped import RATE

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.figures.two_dates.request import TwoMapsRequest

AQUITAINE = MapRequest(indicator=RATE, territory="REG-75", period="2025-12")
FRANCE = MapRequest(indicator=RATE, period="2025-12")


def bounds_of(figure: Figure) -> list[str]:
    return [edge for entry in figure.legend if entry.edges for edge in entry.edges]


def test_the_map_of_nouvelle_aquitaine_has_round_bounds_and_says_that_they_are_adapted(context):
    figure = cached_figure(context, AQUITAINE)
    assert figure.legend_title == "Taux d’activation (en %), classes adaptées à la carte"
    assert [(entry.edges, entry.count) for entry in figure.legend if entry.edges] == [
        (("32", "34"), 4),
        (("34", "36"), 3),
        (("36", "38"), 1),
        (("38", "40"), 1),
        (("40", "42"), 2),
    ]


def test_the_fixed_bounds_are_shown_from_the_first_class_in_use_to_the_last(context):
    figure = cached_figure(context, AQUITAINE.with_fields(classes="fixed"))
    assert bounds_of(figure) == ["30", "34", "34", "38", "38", ""]


def test_no_class_of_an_adapted_map_of_france_holds_two_fifths(fictitious):
    for period in ("2023-06", "2025-12", "2026-06"):
        figure = figure_of(fictitious, FRANCE.with_fields(period=period))
        counts = [entry.count for entry in figure.legend if entry.edges]
        assert max(counts) <= 0.4 * 101 and len([count for count in counts if count]) >= 4


def test_another_period_with_other_bounds_leaves_the_specification_as_it_is(fictitious):
    first, second = (
        figure_of(fictitious, FRANCE.with_fields(period=period))
        for period in ("2023-06", "2026-06")
    )
    assert bounds_of(first) != bounds_of(second)
    texts = [json.dumps({**one.spec, "datasets": None}) for one in (first, second)]
    assert texts[0] == texts[1] and first.spec["datasets"] != second.spec["datasets"]


def test_the_interval_form_lists_the_classes_in_use(context: FigureContext):
    display = context.settings.display.model_copy(update={"class_labels": "intervals"})
    settings = context.settings.model_copy(update={"display": display})
    figure = figure_of(replace(context, settings=settings), AQUITAINE)
    labels = [entry.label.replace("\u00a0", " ") for entry in figure.legend[:5]]
    assert labels == ["[32 ; 34[", "[34 ; 36[", "[36 ; 38[", "[38 ; 40[", "[40 ; 42["]
    assert not any(entry.edges for entry in figure.legend)


def test_pairs_of_dates_that_are_played_share_one_scale_however_few_they_show(fictitious):
    ask = TwoMapsRequest(indicator=RATE, territory="REG-75", period="", compared_to="2025-01")
    alone, played = (
        [
            figure_of(fictitious, ask.with_fields(period=period, classes_until=until))
            for period in ("2025-03", "2025-12")
        ]
        for until in ("", "2025-12")
    )
    early, late, first, last = (
        {edge for edge in bounds_of(figure) if edge} for figure in (*alone, *played)
    )
    assert not early <= late and first <= last


def test_the_two_maps_of_a_pair_colour_a_value_alike(fictitious):
    request = TwoMapsRequest(
        indicator=RATE, territory="REG-75", period="2025-12", compared_to="2025-09"
    )
    datasets = figure_of(fictitious, request).spec["datasets"].values()
    (rows,) = (rows for rows in datasets if "before" in rows[0])
    shades = sorted(
        (row[date], row[f"{date}_shade"]) for row in rows for date in ("before", "after")
    )
    found = [shade for _, shade in shades]
    assert found == sorted(found) and len(set(found)) > 2


def test_a_gap_map_whose_gaps_are_small_has_finer_classes(fictitious):
    figure = figure_of(fictitious, FRANCE.with_fields(territory="REG-75", measure="gap"))
    assert re.search("classes adaptées à la carte$", figure.legend_title)
    assert bounds_of(figure) == ["", "−2", "−2", "−1", "−1", "0", "0", "1"]
