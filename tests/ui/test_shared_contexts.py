"""What sessions share, and what they never do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from atlas.figures.common.style import Style
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.ui.shared_contexts import ContextInputs, SharedContexts

FRANCE = MapRequest(indicator="activation_rate", level="regions", period="2025-12")
KIND = {"demo": False, "dark": False, "shapes": True}


@pytest.fixture
def inputs(context) -> ContextInputs:
    return ContextInputs(
        context.settings,
        context.territories,
        context.dataset,
        context.shapes,
        context.milestones,
        context.logo,
        context.templates,
        context.data_revisions,
    )


def test_the_same_inputs_give_the_same_context_and_its_figures(inputs):
    shared = SharedContexts()
    first = shared.context_of(inputs, **KIND)
    again = shared.context_of(replace(inputs), **KIND)
    assert again is first and figure_of(again, FRANCE) is figure_of(first, FRANCE)


@pytest.mark.parametrize(
    "changed",
    [
        lambda one: {"dataset": replace(one.dataset)},
        lambda one: {"settings": one.settings.model_copy()},
        lambda one: {"territories": replace(one.territories)},
        lambda one: {"shapes": replace(one.shapes)},
        lambda one: {"milestones": one.milestones[1:]},
        lambda one: {"logo": "<svg/>"},
        lambda one: {"data_revisions": one.data_revisions[1:]},
    ],
    ids=["dataset", "settings", "territories", "shapes", "milestones", "logo", "revisions"],
)
def test_another_input_is_another_context_even_where_it_is_equal(inputs, changed):
    """A hash of what may be shown would not tell a source that got another title."""
    shared = SharedContexts()
    first = shared.context_of(inputs, **KIND)
    other = replace(inputs, **changed(inputs))
    made = shared.context_of(other, **KIND)
    assert made is not first and other.are_those_of(made) and not other.are_those_of(first)
    assert figure_of(made, FRANCE) is not figure_of(first, FRANCE)


def test_what_was_made_of_other_data_is_dropped_with_it(inputs):
    shared = SharedContexts()
    for dark in (False, True):
        for shapes in (False, True):
            shared.context_of(inputs, demo=False, dark=dark, shapes=shapes)
    shared.context_of(inputs, demo=True, dark=False, shapes=True)
    assert len(shared) == 5
    shared.context_of(replace(inputs, dataset=replace(inputs.dataset)), **KIND)
    assert len(shared) == 2  # that of the other data set stays


def test_each_theme_has_its_own(inputs):
    shared, brand = SharedContexts(), inputs.settings.brand
    light = shared.context_of(inputs, demo=False, dark=False, shapes=True)
    dark = shared.context_of(inputs, demo=False, dark=True, shapes=True)
    assert (light.style, dark.style) == (Style.light(brand), Style.dark(brand))
