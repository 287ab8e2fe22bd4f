"""A share is the sum of the shares that make it, in one document."""

from __future__ import annotations

import pytest
from observation_rows import RATE, Row, Run, plain, row

OPEN = row("profiles_open_share", 73.7)
SHARE = "profiles_created_share"
SILENT: dict[str, list[Row]] = {
    "the sum": [row(SHARE, 98.4), OPEN, row(RATE, 24.7)],
    "the sum, rounded": [row(SHARE, 98), OPEN, row(RATE, 24.7)],
    "« près de » the sum": [row(SHARE, 99, qualifier="nearly"), OPEN, row(RATE, 24.7)],
    "one part alone": [row(SHARE, 97, qualifier="over"), OPEN],
    "two documents": [row(SHARE, 97, qualifier="over", source="b"), OPEN, row(RATE, 24.7)],
    "two dates": [row(SHARE, 97, period="2024"), OPEN, row(RATE, 24.7)],
}


def test_a_share_below_the_sum_of_its_parts_is_found(run: Run) -> None:
    (found,) = run(row(SHARE, 97, qualifier="over"), OPEN, row(RATE, 24.7))
    assert (found.check, found.severity) == ("somme-de-parts", "à vérifier")
    assert plain(found.arithmetic) == "73,7 % + 24,7 % = 98,4 % ; publié plus de 97 %"


@pytest.mark.parametrize("name", SILENT)
def test_a_share_that_its_parts_may_make_is_no_finding(run: Run, name: str) -> None:
    assert run(*SILENT[name]) == []
