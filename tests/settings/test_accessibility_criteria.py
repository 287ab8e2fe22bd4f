"""The data of the declaration of accessibility."""

from __future__ import annotations

import pytest

from atlas.settings.accessibility import (
    CRITERIA_COUNT,
    AccessibilityStatement,
    Criterion,
    Result,
    accessibility_statement,
)

STATEMENT = accessibility_statement()
# Of each theme of the RGAA 4.1, how many criteria it has.
THEMES = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)


def with_results(*results: Result) -> AccessibilityStatement:
    criteria = tuple(
        Criterion(number=f"1.{place}", subject="…", result=result)
        for place, result in enumerate(results, 1)
    )
    return STATEMENT.model_copy(update={"criteria": criteria})


def test_every_criterion_of_the_rgaa_has_a_result_in_its_order() -> None:
    expected = [f"{t}.{n}" for t, size in enumerate(THEMES, 1) for n in range(1, size + 1)]
    assert [one.number for one in STATEMENT.criteria] == expected
    assert len(expected) == CRITERIA_COUNT


def test_what_is_not_met_says_why() -> None:
    missed = STATEMENT.with_result("non conforme")
    assert missed and all(one.remark for one in missed)


def test_the_rate_leaves_out_what_does_not_apply() -> None:
    some = with_results("conforme", "conforme", "conforme", "non conforme", "non applicable")
    assert some.rate == 75


@pytest.mark.parametrize(
    ("results", "named"),
    [
        (["conforme", "conforme"], "partiellement conforme"),
        (["conforme", "non conforme"], "partiellement conforme"),
        (["conforme", "non conforme", "non conforme"], "non conforme"),
    ],
)
def test_no_evaluation_of_ones_own_says_that_all_is_met(results: list[Result], named: str) -> None:
    assert with_results(*results).conformity == named
