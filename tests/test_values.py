"""A value stays a value until an output makes its own text of it; a digest hears no word."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from atlas import french
from atlas.export.cells import sheet_columns
from atlas.export.number_formats import number_format
from atlas.values import Column, Table, Value, concat_tables, name_column, text_column


@pytest.fixture(scope="module")
def rate(context):
    return context.settings.indicators["activation_rate"]


@pytest.fixture(scope="module")
def count(context):
    return context.settings.indicators["documents_deposited"]


def table_of(*values: Value, mark: str = "dagger", names: tuple[str, ...] = ()) -> Table:
    names = names or tuple(f"Territoire {place}" for place in range(len(values)))
    codes = [f"DEP-{place}" for place in range(len(values))]
    return Table(
        (
            name_column("territory", "Territoire", names, keys=codes),
            Column("level", "Taux", values, "value", mark=mark),  # type: ignore[arg-type]
        )
    )


def test_each_state_of_a_value_has_its_text(rate, count):
    texts = [
        (Value(33.6, indicator=rate), "33,6\u00a0%"),
        (Value(33.6, indicator=rate, status="derived"), "33,6\u00a0%\u202f†"),
        (Value(33.6, indicator=rate, status="restated", derivation="taux de"), "33,6\u00a0%"),
        (Value(None, indicator=rate, status="missing"), "non publié"),
        (Value(None, indicator=rate, status="secret"), "secret statistique"),
        (Value(None, "gap", rate, status="not_applicable"), ""),
        (Value(420e6, indicator=count, qualifier="over"), "plus de 420\u00a0millions"),
        (Value(1.9, "change", rate), "+1,9\u00a0point"),
        (Value(-2.0, "change", rate), "\u22122\u00a0points"),
        (Value(8.0, "change", count), "+8\u00a0%"),
        (Value(1, "rank"), "1ᵉʳ"),
        (Value(429_000, "count"), "429\u202f000"),
    ]
    for value, text in texts:
        assert french.value_text(value, marked=True) == text


def test_a_change_says_since_when_and_what_rounding_may_explain(rate):
    column = Column("change", "Évolution", (), "value", mark="word", says_base=True)
    known = Value(2.4, "change", rate, status="derived", compared_to="2024-12")
    assert french.cell_text(known, column) == "+2,4\u00a0points depuis décembre\u00a02024 (calculé)"
    still = Value(0.1, "change", rate, within_rounding=True)
    plain = replace(column, mark="", says_base=False)
    assert french.cell_text(still, plain) == "+0,1\u00a0point (non distinguable de zéro)"
    assert french.cell_text(Value(None, "change", rate, status="missing"), column) == "non publié"
    assert (
        french.cell_text(
            Value(None, "change", rate, status="secret"), replace(column, says_absence=False)
        )
        == ""
    )


def test_a_workbook_has_the_number_and_its_words_beside_it(rate):
    change = Value(2.4, "change", rate, compared_to="2024")
    table = Table(
        (
            text_column("territory", "Territoire", ["=1+1", "Corse"]),
            Column(
                "change",
                "Évolution",
                (change, Value(None, "change", rate, status="missing")),
                "value",
                says_base=True,
            ),
        )
    )
    name, numbers, beside = sheet_columns(table)
    assert [cell.value for cell in name.cells] == ["'=1+1", "Corse"]
    assert [cell.value for cell in numbers.cells] == [2.4, "non publié"]
    assert beside.name == "Évolution (précision)"
    assert [cell.value for cell in beside.cells] == ["depuis fin\u00a02024", None]


def test_the_format_of_a_computed_value_writes_its_mark(rate, count):
    computed = Value(37.25, indicator=rate, status="derived")
    assert number_format(computed, marked=True) == '#,##0.0"\u00a0%""\u202f†"'
    assert number_format(computed) == '#,##0.0"\u00a0%"'
    about = Value(8.0, "change", count, qualifier="about", status="derived")
    assert number_format(about, marked=True).split(";") == [
        '"environ +"#,##0"\u00a0%""\u202f†"',
        '"environ \u2212"#,##0"\u00a0%""\u202f†"',
        '"environ "#,##0"\u00a0%""\u202f†"',
    ]


def test_a_digest_tells_amounts_states_and_territories_apart_and_hears_no_word(rate):
    table = table_of(Value(33.6, indicator=rate), Value(40.0, indicator=rate))
    renamed = table_of(
        Value(33.6, indicator=rate), Value(40.0, indicator=rate), names=("Landes", "Gers")
    )
    headed = Table(tuple(replace(column, heading="Autre titre") for column in table.columns))
    assert renamed.digest == table.digest == headed.digest
    others = [
        table_of(Value(33.7, indicator=rate), Value(40.0, indicator=rate)),
        table_of(Value(33.6, indicator=rate, qualifier="about"), Value(40.0, indicator=rate)),
        table_of(Value(33.6, indicator=rate, status="derived"), Value(40.0, indicator=rate)),
        table_of(Value(None, indicator=rate, status="secret"), Value(40.0, indicator=rate)),
        table.select_rows([1, 0]),
    ]
    assert len({table.digest, *(other.digest for other in others)}) == 6


def test_rows_are_chosen_added_and_joined_with_their_keys(rate):
    table = table_of(Value(33.6, indicator=rate), Value(None, indicator=rate, status="missing"))
    longer = table.with_rows([{"territory": "Objectif", "level": Value(50.0, indicator=rate)}])
    assert longer["territory"].cells[-1] == "Objectif" and len(longer) == 3
    assert math.isnan(longer["level"].numbers[1]) and longer["level"].numbers[2] == 50.0
    assert concat_tables([table, table])["territory"].cell_keys == ("DEP-0", "DEP-1") * 2
    assert table.without("level").keys == ["territory"] and "level" not in table.without("level")


def test_columns_of_different_lengths_and_two_of_one_key_are_refused(rate):
    names = name_column("territory", "Territoire", ["Landes"])
    with pytest.raises(ValueError, match="lengths"):
        Table((names, Column("level", "Taux", (), "value")))
    with pytest.raises(ValueError, match="one key"):
        Table((names, names))
