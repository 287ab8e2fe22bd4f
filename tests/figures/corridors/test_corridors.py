"""Bars by corridor: their values, and the table of a dossier."""

from __future__ import annotations

import pytest

from atlas.figures.common.request import RequestError
from atlas.figures.corridors.figure import corridor_figure, corridor_table, corridors_figure
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest

DOCUMENTS = "documents_deposited"


def test_a_corridor_without_a_level_keeps_its_growth(context):
    request = CorridorsRequest(indicator=DOCUMENTS, territory="REG-94", period="2025")
    table = corridors_figure(context, request).table
    (row,) = [row for row in table.rows() if row["corridor"] == "Hôpital"]
    assert (row["level"].status, row["change"].amount) == ("missing", 34)


def test_shares_of_several_territories_are_computed_from_their_totals(context):
    request = CorridorsRequest(indicator=DOCUMENTS, territory="REG-93+FR", period="2024")
    table = corridors_figure(context, request).table
    assert set(table["territory"].cell_keys) == {"REG-93", "FR"}
    known = [value for value in table["level"].cells if value.is_known]
    assert known and all(value.is_computed for value in known)
    assert {value.indicator.kind for value in known} == {"share"}


def test_a_territory_named_twice_is_drawn_once(context):
    twice = CorridorsRequest(indicator=DOCUMENTS, territory="REG-93+FR+REG-93", period="2024")
    once = twice.with_fields(territory="REG-93+FR")
    assert corridors_figure(context, twice).digest == corridors_figure(context, once).digest


def test_the_table_of_a_dossier_has_a_level_and_a_change_by_indicator(context):
    table = corridor_table(context, "REG-93", indicators=[DOCUMENTS], reference_period="2024")
    assert table.keys == ["corridor", f"level:{DOCUMENTS}", f"change:{DOCUMENTS}"]
    assert table["corridor"].cell_keys[-1] == "" and table["corridor"].cells[-1] == "TOTAL publié"
    assert table[f"level:{DOCUMENTS}"].cells[-1].amount == 25_052_377


def test_a_request_without_its_corridor_or_its_period_is_refused(context):
    with pytest.raises(RequestError, match="il manque le couloir"):
        corridor_figure(context, CorridorRequest(indicator=DOCUMENTS))
    with pytest.raises(RequestError, match="la période « » ne s’écrit pas|la période «  »"):
        corridors_figure(context, CorridorsRequest(indicator=DOCUMENTS))


def test_every_corridor_of_the_invented_set_has_a_computed_growth_after_its_first_year(fictitious):
    request = CorridorsRequest(indicator=DOCUMENTS, territory="REG-75", period="2025")
    figure = corridors_figure(fictitious, request)
    changes = figure.table["change"].cells
    assert len(changes) == 6 and all(change.is_computed for change in changes)
    assert "† Évolution calculée : rapport des deux niveaux." in figure.note
    first = corridors_figure(fictitious, request.with_fields(period="2022"))
    assert not any(change.is_known for change in first.table["change"].cells)
