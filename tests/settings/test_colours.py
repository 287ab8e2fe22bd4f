"""How far colours are from each other, by the standards."""

from __future__ import annotations

import pytest

from atlas.settings.colours import contrast, distance


def test_contrast_and_distance_are_those_of_their_standards():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.1)
    assert distance("#ff0000", "#00ff00") == pytest.approx(170.6, abs=0.5)
    assert distance("#2f47b0", "#2f47b0") == 0
