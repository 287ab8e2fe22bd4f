"""Which values may be compared: definition, window and base agree."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from atlas.indicators.comparability import are_comparable, has_another_base
from atlas.indicators.corridors import by_corridor
from atlas.indicators.snapshot import snapshot
from atlas.observations.reading import build_frame
from atlas.values import Value

RATE = "activation_rate"


def level(noun: str = "", window: str = "", contradicted: str = "") -> pd.DataFrame:
    cells = {"noun": noun, "window": window, "source": "egora-202601", "contradicted": contradicted}
    return pd.DataFrame([cells])


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (level(), level(), True),
        (level(window="12"), level(window="12"), True),
        (level(window="12"), level(window="2"), False),
        (level(window="2025-08"), level(window="2025-08"), False),
        (level(noun="médecins libéraux"), level(noun="médecins"), False),
        (level(), level(contradicted="level"), False),
        (level(), level(contradicted="change"), True),
    ],
)
def test_two_levels_compare_when_their_definitions_and_windows_agree(
    known_keys, now, before, expected
):
    indicator = known_keys.settings.indicators[RATE]
    assert are_comparable(now, before, indicator, prefixes=("", "")).tolist() == [expected]


def test_levels_of_two_sources_do_not_compare_where_the_definition_depends_on_the_source(
    known_keys,
):
    indicator = known_keys.settings.indicators["structures_feeding"]
    other = level().assign(source="klesia-202601")
    assert are_comparable(level(), level(), indicator, prefixes=("", "")).all()
    assert not are_comparable(level(), other, indicator, prefixes=("", "")).any()


def test_no_change_is_computed_between_windows_of_two_lengths(known_keys):
    head = ("FR", "new_activations", "")
    rows = [
        [*head, f"{year}-02", value, "", "", "", "egora-202601", "", "", "", window]
        for year, value, window in (("2024", "100", "2"), ("2025", "150", "12"))
    ]
    settings = known_keys.settings
    asked = {"indicator": "new_activations", "reference_period": "2025-02"}
    apart = snapshot(build_frame(rows, settings), settings, ["FR"], **asked)
    assert math.isnan(apart["change"].iloc[0])
    same = [[*row[:-1], "12"] for row in rows]
    alike = snapshot(build_frame(same, settings), settings, ["FR"], **asked)
    assert alike["change"].iloc[0] == 50


@pytest.mark.parametrize(("window", "base"), [("12", 200.0), ("2", math.nan)])
def test_a_corridor_has_no_base_of_another_window(known_keys, window, base):
    settings, head = known_keys.settings, ("REG-94", "documents_deposited", "biologie")
    rows = [
        [*head, "2024", "200", "", "", "", "egora-202601", "", "", "", window],
        [*head, "2025", "300", "", "50", "2024", "egora-202601", "", "", "", "12"],
    ]
    table = by_corridor(
        build_frame(rows, settings),
        settings,
        "REG-94",
        indicator="documents_deposited",
        reference_period="2025-12",
    )
    assert table["value"].tolist() == [300]
    assert table["base_value"].tolist() == pytest.approx([base], nan_ok=True)


def changes(known_keys, *bases: str | None) -> list[Value]:
    indicator = known_keys.settings.indicators[RATE]
    return [
        Value(None if base is None else 2.0, "change", indicator, compared_to=base or "")
        for base in bases
    ]


def test_changes_that_do_not_start_where_most_do_are_told_apart(known_keys):
    found = has_another_base(changes(known_keys, "", "2024-12", "", None))
    assert found == [False, True, False, False]


def test_a_year_and_its_december_are_one_base_of_a_state(known_keys):
    assert not any(has_another_base(changes(known_keys, "2024", "2024-12")))


def test_of_as_many_changes_those_of_a_known_base_are_kept(known_keys):
    assert has_another_base(changes(known_keys, "", "2024-12")) == [True, False]
