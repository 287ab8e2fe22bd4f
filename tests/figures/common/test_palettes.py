"""Every palette in the eyes of the colour-blind and without colour, on both screens."""

from __future__ import annotations

import itertools

import pytest
from colour_vision import ALL_VISIONS, GREY, VISIONS, nearest_neighbours, nearest_pair
from shipped import SETTINGS

from atlas.figures.common.series_colours import COLOURS
from atlas.figures.common.style import Style, palette
from atlas.figures.curve.chart import SHAPES
from atlas.settings.colours import contrast, luminance

SCREENS = {"light": Style.light(SETTINGS.brand), "dark": Style.dark(SETTINGS.brand)}
every_screen = pytest.mark.parametrize("screen", SCREENS)


@every_screen
@pytest.mark.parametrize("vision", ALL_VISIONS)
@pytest.mark.parametrize("size", [5, 6, 7])
def test_classes_that_follow_each_other_are_told_apart(screen: str, vision: str, size: int) -> None:
    assert nearest_neighbours(palette(SCREENS[screen].sequential, size), vision) >= 7


@every_screen
@pytest.mark.parametrize("vision", ALL_VISIONS)
def test_classes_of_one_side_of_zero_are_told_apart(screen: str, vision: str) -> None:
    colours = palette(SCREENS[screen].diverging, 7)
    for side in (colours[:4], colours[3:]):
        assert nearest_neighbours(side, vision) >= 7


@every_screen
@pytest.mark.parametrize("vision", VISIONS)
def test_the_two_sides_of_zero_are_told_apart_by_every_eye(screen: str, vision: str) -> None:
    colours = SCREENS[screen].diverging
    assert nearest_pair([colours[0], colours[-1]], vision) >= 20


@every_screen
def test_more_is_never_lighter_on_one_map_and_darker_on_the_next(screen: str) -> None:
    style = SCREENS[screen]
    levels = [luminance(colour) for colour in palette(style.sequential, 6)]
    above = [luminance(colour) for colour in palette(style.diverging, 7)[3:]]
    below = [luminance(colour) for colour in palette(style.diverging, 7)[3::-1]]
    rises = screen == "dark"
    for scale in (levels, above, below):
        steps = [after > before for before, after in itertools.pairwise(scale)]
        assert steps == [rises] * len(steps)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(
    "colours",
    [[one.colour for one in SETTINGS.corridors.values()], COLOURS],
    ids=["corridors", "series"],
)
def test_series_are_told_apart_by_every_eye(colours: list[str], vision: str) -> None:
    """Without colour at all they are told apart by their shapes, their names and their values."""
    assert nearest_pair(colours, vision) >= 6


def test_series_that_look_the_same_in_grey_have_other_shapes() -> None:
    assert nearest_pair(COLOURS, GREY) < 6
    assert len(set(SHAPES)) >= len(COLOURS)


@every_screen
def test_what_is_hatched_is_told_from_what_is_not(screen: str) -> None:
    style = SCREENS[screen]
    assert contrast(style.muted, style.neutral) >= 3
    assert contrast(style.muted, style.paper) >= 3
