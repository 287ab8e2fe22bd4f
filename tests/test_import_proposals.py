"""Tables as agencies lay them out, read by what is proposed for them: no figure may be wrong."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from atlas.figures import Vocabulary
from atlas.importing import Extract, extract, propose, read_sheets, recipe_of

Rows = list[list[object]]


def workbook(rows: Rows, *merged: str) -> bytes:
    """An XLSX whose first sheet says who to write to, as they often do."""
    book = Workbook()
    book.active.append(["Données arrêtées au 31/12/2025. Contact : la statistique."])
    sheet = book.create_sheet("Tableau")
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content: bytes, words: Vocabulary) -> Extract:
    """What the proposal reads when nobody corrects it."""
    sheets, problems = read_sheets(content, "envoi")
    made = propose(sheets, words)
    assert made is not None and problems == []
    recipe = recipe_of(made, [guess.column for guess in made.guesses], "Essai",
                       source="egora-202601", territory=made.territory)
    return extract(sheets, "envoi", recipe, words)


def figures(made: Extract) -> set[tuple[str, ...]]:
    return {(row.territory, row.indicator, row.corridor, row.period, row.value)
            for row in made.rows}


def test_dates_in_a_second_row_of_titles_are_the_periods_of_their_columns(words):
    made = read(workbook([
        ["Taux d'activation par département (en %)"], [],
        ["Code", "Département", "Taux d'activation", None, "Profils activés"],
        [None, None, "31/12/2024", "31/12/2025", "31/12/2025"],
        ["1", "Ain", 25.1, "31,4", "203 411"],
        ["20B", "Hte-Corse", "nd", "33,0 %", "NS"],
        [None, "Total France", 26.0, 32.8, "23 500 000"],
        ["Source : Cnam, extraction du 12/01/2026"]], "C3:D3"), words)
    assert figures(made) == {
        ("DEP-01", "activation_rate", "", "2024-12-31", "25.1"),
        ("DEP-01", "activation_rate", "", "2025-12-31", "31.4"),
        ("DEP-01", "activated_profiles", "", "2025-12-31", "203411"),
        ("DEP-2B", "activation_rate", "", "2025-12-31", "33.0"),
        ("FR", "activation_rate", "", "2024-12-31", "26"),
        ("FR", "activation_rate", "", "2025-12-31", "32.8"),
        ("FR", "activated_profiles", "", "2025-12-31", "23500000")}
    assert made.refusals == [] and len(made.blanks) == 2


def test_months_in_columns_are_read_and_a_quarter_is_not_a_year(words):
    made = read(workbook([
        ["Documents déposés en 2025, par mois, en Provence-Alpes-Côte d'Azur"],
        ["Couloir", "janv.-25", "févr.-25", "T1 2025"],
        ["Hôpital", "120 000", "130 000", "375 000"], ["LBM", 200_000, 210_000, 630_000],
        ["Pharmacie", 10, 12, 37], ["Ensemble", 320_010, 340_012, 1_005_037]]), words)
    assert {row[0] for row in figures(made)} == {"REG-93"}
    assert {row[2:] for row in figures(made)} == {
        ("hopital", "2025-01", "120000"), ("hopital", "2025-02", "130000"),
        ("biologie", "2025-01", "200000"), ("biologie", "2025-02", "210000"),
        ("officine", "2025-01", "10"), ("officine", "2025-02", "12"),
        ("", "2025-01", "320010"), ("", "2025-02", "340012")}
    assert made.refusals == []


@pytest.mark.parametrize("when", ["déc 2025", "décembre 2025", "12/2025", "déc.-25"])
def test_the_month_of_one_title_is_that_of_the_columns_without_any(words, when):
    made = read(f"Région;Taux activation {when};Rang\nNlle-Aquitaine;34,1 %;1\n"
                "Hauts-de-Fr.;30,1 %;2\nFrance entière;32,5 %;\n".encode("cp1252"), words)
    assert figures(made) == {
        ("REG-75", "activation_rate", "", "2025-12", "34.1"),
        ("REG-75", "activation_rank", "", "2025-12", "1"),
        ("REG-32", "activation_rate", "", "2025-12", "30.1"),
        ("REG-32", "activation_rank", "", "2025-12", "2"),
        ("FR", "activation_rate", "", "2025-12", "32.5")}


def test_numbers_under_a_title_of_codes_are_codes(words):
    made = read(workbook([["dep", "lib_dep", "tx_activation 2025"], [1, "AIN", 31.4],
                          [75, "PARIS", 41], [976, "MAYOTTE", 5.2]]), words)
    assert [row.territory for row in made.rows] == ["DEP-01", "DEP-75", "DEP-976"]
    assert [note.where for note in made.notes] == ["A2"]


def test_caisses_go_by_the_name_of_a_departement_that_has_no_other(words):
    made = read(workbook([["Organisme", "Assurés concernés 2025"], ["CPAM de la Charente", 350_000],
                          ["CPAM de Bayonne", 400_000], ["CPAM du Nord", 2_000_000]]), words)
    assert [(row.territory, row.value) for row in made.rows] == [
        ("CPAM-161", "350000"), ("CPAM-641", "400000")]
    assert [refused.where for refused in made.refusals] == ["A4"]
