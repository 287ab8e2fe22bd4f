"""Rows found by an index are those that a comparison of every row finds, in the same order."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from atlas.indicators.snapshot import snapshot
from atlas.observations.reading import empty
from atlas.observations.row_index import RowIndex

NAMES = st.sampled_from(["a", "b", "c"])
ROWS = st.text("abc", max_size=60)  # three letters a row


def frame_of(letters: str) -> pd.DataFrame:
    rows = [tuple(letters[place : place + 3]) for place in range(0, len(letters) - 2, 3)]
    frame = pd.DataFrame(rows, columns=["indicator", "reference_period", "territory"], dtype="str")
    return frame.assign(value=range(len(rows)))[1:]  # labels that are not places


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(ROWS, NAMES, st.sets(NAMES), st.sets(NAMES))
def test_it_finds_what_masks_find(rows, indicator, periods, territories):
    frame = frame_of(rows)
    index, own = RowIndex(frame), frame[frame["indicator"] == indicator]
    at = own["reference_period"].isin(periods)
    about = own["territory"].isin(territories)
    assert_frame_equal(index.of_indicator(indicator), own)
    assert_frame_equal(index.at_periods(indicator, periods), own[at])
    assert_frame_equal(index.of_territories(indicator, territories), own[about])
    assert_frame_equal(index.at_periods(indicator, periods, and_of=territories), own[at | about])


def test_a_frame_without_rows_has_none():
    found = RowIndex(empty()).at_periods("activation_rate", ["2025-12"], and_of=["FR"])
    assert_frame_equal(found, empty())


@pytest.mark.parametrize("period", ["2025-12", "2022-01", "2031-01"])
def test_the_rows_around_a_period_are_all_that_its_snapshot_reads(fictitious, period):
    dataset, codes = fictitious.dataset, ["FR", *fictitious.territories.of_kind("REG")]
    asked = {"indicator": "activation_rate", "reference_period": period}
    near = dataset.around("activation_rate", period)
    assert len(near) < len(dataset.observations) / 50
    assert_frame_equal(
        snapshot(near, fictitious.settings, codes, **asked),
        snapshot(dataset.observations, fictitious.settings, codes, **asked),
    )
