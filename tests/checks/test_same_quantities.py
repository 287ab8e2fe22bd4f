"""Two amounts of one thing in a document, one of them over a length of time that is not printed."""

from __future__ import annotations

import pytest
from observation_rows import DOCUMENTS, Row, Run, plain, row

CUMULATIVE = "documents_deposited_cumulative"
YEAR = row(DOCUMENTS, 5.8e6, qualifier="nearly")
SILENT: dict[str, list[Row]] = {
    "two printed lengths of time": [row(CUMULATIVE, 11.4e6), YEAR],
    "two documents": [row(CUMULATIVE, 11.4e6, uncertain=True, source="b"), YEAR],
    "two territories": [row(CUMULATIVE, 11.4e6, uncertain=True, territory="REG-04"), YEAR],
    "the same amount": [row(CUMULATIVE, 5.8e6, uncertain=True), YEAR],
    "two years": [row(CUMULATIVE, 11.4e6, uncertain=True, period="2024"), YEAR],
}


def test_an_amount_without_its_length_of_time_is_found_beside_another(run: Run) -> None:
    (found,) = run(row(CUMULATIVE, 11.4e6, uncertain=True, period="2025-12"), YEAR)
    assert (found.check, found.severity) == ("durees-differentes", "à vérifier")
    assert "Citez près de 5,8 millions pour 2025" in plain(found.sentence)


@pytest.mark.parametrize("name", SILENT)
def test_two_amounts_that_nobody_takes_for_each_other_are_no_finding(run: Run, name: str) -> None:
    assert run(*SILENT[name]) == []
