"""Bars by corridor: their values, and the table of a dossier."""

from __future__ import annotations

import pytest
from svg_reader import inks, page_of

from atlas.export.image import image
from atlas.figures.common.request import RequestError
from atlas.figures.corridors.figure import corridor_figure, corridor_table, corridors_figure
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.figures.corridors.texts import change_labels, level_labels
from atlas.values import Value

DOCUMENTS = "documents_deposited"


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


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
    with pytest.raises(RequestError, match="il manque la période"):
        corridors_figure(context, CorridorsRequest(indicator=DOCUMENTS))


def test_every_corridor_of_the_invented_set_has_a_computed_growth_after_its_first_year(fictitious):
    request = CorridorsRequest(indicator=DOCUMENTS, territory="REG-75", period="2025")
    figure = corridors_figure(fictitious, request)
    changes = figure.table["change"].cells
    assert len(changes) == 6 and all(change.is_computed for change in changes)
    assert "† Évolution calculée : rapport des deux niveaux." in figure.note
    first = corridors_figure(fictitious, request.with_fields(period="2022"))
    assert "change" not in first.table and "base" not in first.table


def bars_of(figure, **criteria):
    """The rows of the drawing that meet criteria."""
    rows = [row for rows in figure.spec["datasets"].values() for row in rows]
    return [row for row in rows if all(row.get(key) == cell for key, cell in criteria.items())]


def test_the_base_year_is_a_paler_bar_of_the_same_corridor(context):
    request = CorridorsRequest(indicator=DOCUMENTS, territory="REG-93", period="2024")
    figure = corridors_figure(context, request)
    now, base = bars_of(figure, corridor="ESMS")
    assert (now["value"], base["value"]) == (389_872, 143_000)
    assert now["colour"] == now["edge"] == base["edge"] != base["colour"]
    assert [entry.label for entry in figure.legend] == ["2024", "2023"]
    assert [series.name for series in figure.native.series] == ["2024", "2023"]


def test_the_highest_bar_comes_first_unless_the_order_of_the_configuration_is_asked_for(context):
    request = CorridorsRequest(indicator=DOCUMENTS, territory="REG-94", period="2025")
    by_value = corridors_figure(context, request).table["corridor"].cell_keys
    assert by_value[:3] == ("biologie", "radiologie", "esms")
    configured = request.with_fields(order="configuration")
    keys = corridors_figure(context, configured).table["corridor"].cell_keys
    assert keys == tuple(context.settings.corridors)


def test_growths_are_bars_around_zero_the_highest_first(context):
    request = CorridorsRequest(
        indicator="structures_feeding", territory="REG-93", period="2024", view="croissance"
    )
    figure = corridors_figure(context, request)
    amounts = [change.amount for change in figure.table["change"].cells]
    assert amounts == [305, 192, 34, 33, -1, -5]
    assert figure.native.series[0].values == figure.table["change"].cells
    assert "évolution de 2023 à 2024" in plain(figure.title)


def test_there_is_no_view_of_growths_where_none_is_known(fictitious):
    request = CorridorsRequest(
        indicator=DOCUMENTS, territory="REG-75", period="2022", view="croissance"
    )
    assert corridors_figure(fictitious, request) is None


def test_growths_of_several_territories_stand_side_by_side(fictitious):
    request = CorridorsRequest(
        indicator=DOCUMENTS, territory="REG-75+FR", period="2025", view="croissance"
    )
    figure = corridors_figure(fictitious, request)
    assert len(figure.native.series) == 2 and len(figure.table) == 12
    assert figure.table.has_marked_values and figure.note


def test_one_corridor_is_compared_across_territories_at_one_date(fictitious):
    request = CorridorRequest(
        indicator=DOCUMENTS,
        corridor="biologie",
        period="2025",
        view="croissance",
        highlighted="REG-75",
    )
    figure = corridor_figure(fictitious, request)
    amounts = [change.amount for change in figure.table["change"].cells if change.is_known]
    assert len(amounts) > 10 and amounts == sorted(amounts, reverse=True)
    (nation,), (own,) = (
        bars_of(figure, corridor=name) for name in ("France", "Nouvelle-Aquitaine")
    )
    assert (nation["colour"], own["colour"]) == (fictitious.style.ink, fictitious.style.accent)


def test_levels_of_one_column_have_one_unit_and_growths_one_number_of_decimals(fictitious):
    indicator = fictitious.settings.indicators[DOCUMENTS]
    levels = [Value(117e6, indicator=indicator), Value(957_118, indicator=indicator)]
    assert [plain(label) for label in level_labels(levels)] == ["117 000 000", "957 118"]
    changes = [Value(amount, "change", indicator) for amount in (34.0, 21.5)]
    assert [plain(label) for label in change_labels(changes)] == ["+34 %", "+22 %"]


def test_what_is_said_of_a_corridor_without_a_level_is_on_the_line_of_its_name(context):
    """Beside the others, which have two bars each."""
    request = CorridorsRequest(indicator="documents_deposited", territory="REG-94", period="2025")
    figure = corridors_figure(context, request)
    root, _, _ = page_of(image(figure, "svg", context.shapes, context.settings.formats["170mm"]))
    middles = [(ink.text, (ink.top + ink.bottom) / 2) for ink in inks(root)]
    names = [y for text, y in middles if text in ("Officine", "Hôpital", "Médecine de ville")]
    said = [y for text, y in middles if text == "niveau non publié"]
    growths = [y for text, y in middles if text in ("+153\u00a0%", "+34\u00a0%", "+13\u00a0%")]
    assert len(names) == 3
    for found in (said, growths):
        assert found == pytest.approx(names, abs=2)
