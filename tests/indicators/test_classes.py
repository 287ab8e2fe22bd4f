"""Bounds of classes from values as printed, and the maps that are drawn with them."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import replace

import pytest

from atlas.export.image import image
from atlas.figures.common.class_scale import class_labels
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.common.style import class_of
from atlas.figures.map.classes import CLASS_METHODS
from atlas.figures.map.request import MapRequest
from atlas.figures.map.rows import map_rows
from atlas.figures.registry import figure_of, request_from_texts
from atlas.indicators.classes import class_bounds, equal_steps, natural_breaks, quantiles

NAN, RATE = float("nan"), "activation_rate"
SCALES = ("quantiles", "natural", "equal")
MADE = {"quantiles": quantiles, "natural": natural_breaks, "equal": equal_steps}
FRANCE = MapRequest(indicator=RATE, level="departements", period="2025-12")
every_scale = pytest.mark.parametrize("scale", SCALES)


def sizes(values: list[float], bounds: list[float]) -> list[int]:
    """How many values each class holds, from the lowest class."""
    held = Counter(class_of(value, bounds) for value in values)
    return [held[place] for place in range(len(bounds) + 1)]


def spread(values: list[float], bounds: list[float]) -> float:
    """The squared distances of the values to the mean of their class."""
    classes: dict[int, list[float]] = {}
    for value in values:
        classes.setdefault(class_of(value, bounds), []).append(value)
    return sum((value - sum(held) / len(held)) ** 2 for held in classes.values() for value in held)


# --- quantiles -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "classes", "bounds", "held"),
    [
        ([1, 2, 3, 4, 5, 6], 3, [3, 5], [2, 2, 2]),
        ([6, 1, 4, 3, 5, 2], 3, [3, 5], [2, 2, 2]),
        ([1, 2, 3, 4, 5, 6, 7], 3, [3, 6], [2, 3, 2]),
        ([1, 2, 2, 2, 5, 6], 3, [2, 5], [1, 3, 2]),
        ([1, 1, 1, 1, 5, 6], 3, [5], [4, 2]),
        ([1, 5, 6, 6, 6, 6], 3, [6], [2, 4]),
        ([33.6, NAN, 30.5, NAN], 2, [33.6], [1, 1]),
    ],
)
def test_quantiles_hold_as_many_values_each_as_ties_allow(values, classes, bounds, held):
    assert quantiles(values, classes) == bounds
    assert sizes([value for value in values if value == value], bounds) == held


def test_a_value_equal_to_a_bound_is_in_the_class_that_the_bound_opens():
    bounds = quantiles([30, 31, 33, 34], 2)
    assert bounds == [33] and class_labels(bounds) == ["moins de 33", "33 et plus"]
    assert class_of(33, bounds) == 1 and class_of(32.9, bounds) == 0


# --- natural breaks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "classes", "bounds"),
    [
        ([1, 2, 3, 10, 11, 50], 3, [10, 50]),
        ([50, 1, 11, 2, 10, 3], 3, [10, 50]),
        ([1, 2, 2, 2, 2, 9], 2, [9]),
        ([10, 10, 10, 20, 30, 30], 3, [20, 30]),
    ],
)
def test_natural_breaks_fall_where_values_are_far_apart(values, classes, bounds):
    assert natural_breaks(values, classes) == bounds


@pytest.mark.parametrize("seed", range(25))
def test_natural_breaks_are_the_best_of_all_partitions(seed):
    rng = random.Random(seed)
    values = [round(rng.uniform(20, 24), 1) for _ in range(11)]
    levels, classes = sorted(set(values)), rng.choice([2, 3, 4])
    best = min(spread(values, list(cut)) for cut in itertools.combinations(levels[1:], classes - 1))
    assert spread(values, natural_breaks(values, classes)) == pytest.approx(best)


def test_equal_values_weigh_as_many_times_as_there_are():
    """One 14 joins 10, as it is nearer to it than to 19; many of them make a class."""
    assert natural_breaks([10, 14, 19], 2) == [19]
    assert natural_breaks([10, *[14] * 20, 19], 2) == [19]
    assert natural_breaks([*[10] * 20, 14, 19], 2) == [14]


# --- equal steps ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "classes", "bounds"),
    [
        ([0, 7, 30], 3, [10, 20]),
        ([30.0, 31.0], 3, [30.3, 30.7]),
        ([30.0, 30.1, 30.2], 7, [30.1, 30.2]),
        ([5, 5, 5], 4, []),
    ],
)
def test_equal_steps_are_rounded_as_values_are_printed(values, classes, bounds):
    assert equal_steps(values, classes) == bounds


# --- every scale ---------------------------------------------------------------------------------


@every_scale
@pytest.mark.parametrize("values", [[], [NAN, NAN], [33.6], [33.6, 33.6, NAN]])
def test_without_two_distinct_values_there_is_one_class(scale, values):
    assert class_bounds(values, scale, [10, 20, 30]) == []
    assert class_labels([]) == ["toutes les valeurs"]


@pytest.mark.parametrize("scale", ["quantiles", "natural"])
def test_fewer_distinct_values_than_classes_make_fewer_classes(scale):
    bounds = class_bounds([1, 1, 2, 3, 3], scale, [10, 20, 30, 40, 50, 60])
    assert set(bounds) <= {2, 3} and 0 not in sizes([1, 1, 2, 3, 3], bounds)


@every_scale
def test_bounds_go_up_and_leave_no_value_out(fictitious: FigureContext, scale):
    values = map_rows(fictitious, FRANCE)["shown"]
    bounds = class_bounds(values, scale, [1, 2, 3, 4, 5, 6])
    assert bounds == sorted(set(bounds)) and len(bounds) == 6
    assert sum(sizes(list(values), bounds)) == 101


def test_the_fixed_scale_is_that_of_the_configuration_whatever_the_values():
    assert class_bounds([1, 2, 3], "fixed", [10, 20]) == [10, 20]


# --- on a map ------------------------------------------------------------------------------------


def request(scale: str, **more: str) -> FigureRequest:
    return request_from_texts(
        {
            "drawing": "carte",
            "indicator": RATE,
            "territory": "REG-75",
            "period": "2025-12",
            "classes": scale,
            **more,
        }
    )


@every_scale
def test_a_map_under_another_scale_names_it_in_its_note_its_legend_and_its_file(context, scale):
    figure = figure_of(context, request(scale))
    name = CLASS_METHODS[scale].lower()
    assert f"Classes : {name}" in figure.note and "12 départements" in figure.note
    assert figure.legend_title.endswith(name) and name.split()[0] in figure.key
    assert figure.request.classes == scale


def test_the_legend_of_a_map_prints_the_bounds_of_its_scale_and_counts_everyone(context):
    figure = figure_of(context, request("quantiles"))
    labels = [swatch.label.replace("\u00a0", " ") for swatch in figure.legend]
    assert labels[0] == "moins de 32,8" and "de 33,1 à 34,9" in labels
    assert sum(swatch.count or 0 for swatch in figure.legend) == 12


def test_a_map_under_the_fixed_bounds_says_nothing_of_classes(context):
    plain = figure_of(context, request("fixed"))
    assert "Classes" not in plain.note and "classes" not in plain.legend_title
    assert [entry.label for entry in plain.legend[:3]] == ["de 30 à 34", "de 34 à 38", "38 et plus"]


@every_scale
def test_a_map_under_another_scale_can_be_printed(context, scale):
    figure = figure_of(context, request(scale))
    drawn = image(figure, "svg", context.shapes, context.settings.formats["82mm"]).decode()
    assert CLASS_METHODS[scale].lower() in drawn and "Landes" in drawn


@every_scale
def test_a_map_whose_territories_all_have_one_value_has_one_class(context, scale):
    figures = context.dataset.observations.assign(value=30.0)
    flat = replace(context, dataset=replace(context.dataset, observations=figures))
    figure = figure_of(flat, request(scale))
    assert figure.legend[0].label == "toutes les valeurs" and figure.legend[0].count == 12
    assert image(figure, "svg", context.shapes, context.settings.formats["82mm"])


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"classes": "logarithmique"}, "« logarithmique » est inconnu"),
        ({"classes": ""}, "« » est"),
        ({"measure": "gap"}, "seule la carte d’un niveau"),
        ({"drawing": "classement"}, "« classes » ne s’applique pas à la figure « classement »"),
    ],
)
def test_a_scale_that_does_not_exist_or_does_not_apply_is_refused(context, texts, said):
    with pytest.raises(RequestError) as refused:
        figure_of(context, request(**{"scale": "natural", **texts}))
    assert said in str(refused.value).replace("«  »", "« »")
