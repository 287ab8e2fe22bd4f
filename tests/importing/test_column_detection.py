"""Tables as agencies lay them out, read by what is proposed for them: no figure may be wrong."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from atlas.importing.column_detection import propose_table
from atlas.importing.profiles import build_profile
from atlas.importing.records import Extraction
from atlas.importing.row_extraction import extract_tables
from atlas.importing.workbook_reading import read_sheets
from atlas.observations.checks import KnownKeys

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


def read(content: bytes, known_keys: KnownKeys) -> Extraction:
    """What the proposal reads when nobody corrects it."""
    sheets, problems = read_sheets(content, "envoi")
    proposal = propose_table(sheets, known_keys)
    assert proposal is not None and problems == []
    specs = {guess.index: guess.column for guess in proposal.guesses}
    profile = build_profile(
        proposal,
        list(specs.values()),
        "Essai",
        source="egora-202601",
        territory=proposal.territory,
    )
    return extract_tables(proposal.matched_tables(specs), "envoi", profile, known_keys)


def figures(extraction: Extraction) -> set[tuple[str, ...]]:
    return {
        (row.territory, row.indicator, row.corridor, row.period, row.value)
        for row in extraction.rows
    }


def test_dates_in_a_second_row_of_titles_are_the_periods_of_their_columns(known_keys):
    extraction = read(
        workbook(
            [
                ["Taux d'activation par département (en %)"],
                [],
                ["Code", "Département", "Taux d'activation", None, "Profils activés"],
                [None, None, "31/12/2024", "31/12/2025", "31/12/2025"],
                ["1", "Ain", 25.1, "31,4", "203 411"],
                ["20B", "Hte-Corse", "nd", "33,0 %", "NS"],
                [None, "Total France", 26.0, 32.8, "23 500 000"],
                ["Source : Cnam, extraction du 12/01/2026"],
            ],
            "C3:D3",
        ),
        known_keys,
    )
    assert figures(extraction) == {
        ("DEP-01", "activation_rate", "", "2024-12-31", "25.1"),
        ("DEP-01", "activation_rate", "", "2025-12-31", "31.4"),
        ("DEP-01", "activated_profiles", "", "2025-12-31", "203411"),
        ("DEP-2B", "activation_rate", "", "2025-12-31", "33.0"),
        ("FR", "activation_rate", "", "2024-12-31", "26"),
        ("FR", "activation_rate", "", "2025-12-31", "32.8"),
        ("FR", "activated_profiles", "", "2025-12-31", "23500000"),
    }
    assert extraction.refusals == [] and len(extraction.blanks) == 2


def test_months_in_columns_are_read_and_a_quarter_is_not_a_year(known_keys):
    extraction = read(
        workbook(
            [
                ["Documents déposés en 2025, par mois, en Provence-Alpes-Côte d'Azur"],
                ["Couloir", "janv.-25", "févr.-25", "T1 2025"],
                ["Hôpital", "120 000", "130 000", "375 000"],
                ["LBM", 200_000, 210_000, 630_000],
                ["Pharmacie", 10, 12, 37],
                ["Ensemble", 320_010, 340_012, 1_005_037],
            ]
        ),
        known_keys,
    )
    assert {row[0] for row in figures(extraction)} == {"REG-93"}
    assert {row[2:] for row in figures(extraction)} == {
        ("hopital", "2025-01", "120000"),
        ("hopital", "2025-02", "130000"),
        ("biologie", "2025-01", "200000"),
        ("biologie", "2025-02", "210000"),
        ("officine", "2025-01", "10"),
        ("officine", "2025-02", "12"),
        ("", "2025-01", "320010"),
        ("", "2025-02", "340012"),
    }
    assert extraction.refusals == []


@pytest.mark.parametrize("reference_period", ["déc 2025", "décembre 2025", "12/2025", "déc.-25"])
def test_the_month_of_one_title_is_that_of_the_columns_without_any(known_keys, reference_period):
    extraction = read(
        f"Région;Taux activation {reference_period};Rang\nNlle-Aquitaine;34,1 %;1\n"
        "Hauts-de-Fr.;30,1 %;2\nFrance entière;32,5 %;\n".encode("cp1252"),
        known_keys,
    )
    assert figures(extraction) == {
        ("REG-75", "activation_rate", "", "2025-12", "34.1"),
        ("REG-75", "activation_rank", "", "2025-12", "1"),
        ("REG-32", "activation_rate", "", "2025-12", "30.1"),
        ("REG-32", "activation_rank", "", "2025-12", "2"),
        ("FR", "activation_rate", "", "2025-12", "32.5"),
    }


def test_numbers_under_a_title_of_codes_are_codes(known_keys):
    extraction = read(
        workbook(
            [
                ["dep", "lib_dep", "tx_activation 2025"],
                [1, "AIN", 31.4],
                [75, "PARIS", 41],
                [976, "MAYOTTE", 5.2],
            ]
        ),
        known_keys,
    )
    assert [row.territory for row in extraction.rows] == ["DEP-01", "DEP-75", "DEP-976"]
    assert [note.where for note in extraction.notes] == ["A2"]


def test_caisses_go_by_the_name_of_a_departement_that_has_no_other(known_keys):
    extraction = read(
        workbook(
            [
                ["Organisme", "Assurés concernés 2025"],
                ["CPAM de la Charente", 350_000],
                ["CPAM de Bayonne", 400_000],
                ["CPAM du Nord", 2_000_000],
            ]
        ),
        known_keys,
    )
    assert [(row.territory, row.value) for row in extraction.rows] == [
        ("CPAM-161", "350000"),
        ("CPAM-641", "400000"),
    ]
    assert [refused.where for refused in extraction.refusals] == ["A4"]


def test_corridors_in_the_titles_of_columns_are_those_of_their_figures(known_keys):
    extraction = read(
        workbook(
            [
                ["Documents déposés en 2025 par couloir"],
                ["Département", "Hôpital", "Laboratoires", "Total"],
                ["Gironde", "1 200", "2 300", 3500],
                ["Paris (1)", 10, "s", 30],
                ["Mayotte*", 1, 2, 3],
                ["(1) hors AP-HP"],
            ]
        ),
        known_keys,
    )
    assert figures(extraction) == {
        ("DEP-33", "documents_deposited", "hopital", "2025", "1200"),
        ("DEP-33", "documents_deposited", "biologie", "2025", "2300"),
        ("DEP-33", "documents_deposited", "", "2025", "3500"),
        ("DEP-75", "documents_deposited", "hopital", "2025", "10"),
        ("DEP-75", "documents_deposited", "", "2025", "30"),
        ("DEP-976", "documents_deposited", "hopital", "2025", "1"),
        ("DEP-976", "documents_deposited", "biologie", "2025", "2"),
        ("DEP-976", "documents_deposited", "", "2025", "3"),
    }
    assert [blank.kind for blank in extraction.blanks] == ["secret"] and extraction.refusals == []


def test_rows_that_name_their_indicator_are_read(known_keys):
    extraction = read(
        workbook(
            [
                ["Territoire", "Indicateur", "Valeur", "Date"],
                ["Gironde", "Taux d’activation", 40.0, "31/12/2025"],
                ["Gironde", "Profils activés", 600_000, "31/12/2025"],
            ]
        ),
        known_keys,
    )
    assert figures(extraction) == {
        ("DEP-33", "activation_rate", "", "2025-12-31", "40"),
        ("DEP-33", "activated_profiles", "", "2025-12-31", "600000"),
    }


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Bilan 2025", "Documents déposés (en milliers)"),
        ("Bilan 2025, en milliers de documents", "Documents déposés"),
    ],
)
def test_thousands_told_by_a_title_are_counted(known_keys, title, column):
    extraction = read(
        workbook([[title], ["Région", column], ["Bretagne", "12 345,6"], ["Corse", 987]]),
        known_keys,
    )
    assert [(row.territory, row.value) for row in extraction.rows] == [
        ("REG-53", "12345600"),
        ("REG-94", "987000"),
    ]


def test_a_growth_between_two_years_has_the_first_for_base(known_keys):
    extraction = read(
        workbook(
            [
                ["Région", "Taux d’activation fin 2025", "Évolution 2024-2025 (pts)"],
                ["Bretagne", "33,6 %", "+2,4 pts"],
                ["Corse", "≈ 33 %", "-1,2 pt"],
            ]
        ),
        known_keys,
    )
    assert [
        (row.period, row.value, row.qualifier, row.change, row.compared_to)
        for row in extraction.rows
    ] == [("2025", "33.6", "", "2.4", "2024"), ("2025", "33", "about", "-1.2", "2024")]


def test_two_columns_of_one_figure_are_refused_rather_than_one_chosen(known_keys):
    extraction = read(
        workbook(
            [["Code dép.", "Taux d’activation 2025", "Taux d’activation 2025"], ["33", 40, 40.1]]
        ),
        known_keys,
    )
    assert extraction.rows == []
    assert [(p.where, p.message) for p in extraction.refusals] == [("C2", "la cellule répète B2")]


def test_the_first_of_several_tables_is_read_and_the_others_are_named(known_keys):
    first = [["Département", "Taux d’activation 2025"], ["Gironde", 40], ["Landes", 41.7]]
    second = [["Département", "Profils activés 2025"], ["Gironde", 600_000], ["Landes", 170_000]]
    proposal = propose_table(read_sheets(workbook([*first, [], *second]), "envoi")[0], known_keys)
    assert proposal is not None and proposal.location == "« Tableau » A1"
    assert proposal.other_tables == ("« Tableau » A5",) and "« Tableau » A5" in proposal.warning
    alone = propose_table(read_sheets(workbook(first), "envoi")[0], known_keys)
    assert alone is not None and alone.warning == ""


def test_a_year_written_in_both_rows_of_titles_is_one_period(known_keys):
    extraction = read(
        workbook(
            [
                ["Région", "Taux d’activation 2025", "Profils activés 2025"],
                [None, "2025", "2025"],
                ["Bretagne", "33,6 %", "1 200 000"],
            ]
        ),
        known_keys,
    )
    assert figures(extraction) == {
        ("REG-53", "activation_rate", "", "2025", "33.6"),
        ("REG-53", "activated_profiles", "", "2025", "1200000"),
    }


def test_a_row_of_title_and_the_header_again_are_no_other_tables(known_keys):
    header = ["N°", "Code département", "Hôpital", "Biologie"]
    content = workbook(
        [
            ["Documents déposés dans l’année 2027"],
            header,
            [1, "33", 1_554_000, 1_863_000],
            [2, "40", 554_000, 863_000],
            header,
            [3, "24", 54_000, 63_000],
        ]
    )
    proposal = propose_table(read_sheets(content, "envoi")[0], known_keys)
    assert proposal is not None and proposal.location == "« Tableau » A2"
    assert proposal.other_tables == ()
    assert len(read(content, known_keys).rows) == 6


@pytest.mark.parametrize("again", [False, True])
def test_counts_that_look_like_years_are_no_periods(known_keys, again):
    """Two régions of some two million profiles, in thousands typed as texts."""
    header = ["Code région", "Région", "Profils activés (milliers)"]
    rows: Rows = [
        ["Données : 2028"],
        header,
        ["01", "Guadeloupe", "2009"],
        ["32", "Hauts-de-France", "2021"],
        *([header] if again else []),
    ]
    assert figures(read(workbook(rows), known_keys)) == {
        ("REG-01", "activated_profiles", "", "2028", "2009000"),
        ("REG-32", "activated_profiles", "", "2028", "2021000"),
    }


def test_a_header_said_again_under_a_column_that_is_not_read_begins_no_other_table(known_keys):
    """The row of « Outre-mer » has a decimal where profiles are counted: nothing is read of the
    column, and the rows above the second header are not left out without a word."""
    header = ["Code région", "Nombre de profils activés 2025"]
    rows: Rows = [
        header,
        ["04", "65000"],
        ["06", "17000"],
        ["Outre-mer", "72,4"],
        ["11", "414000"],
        header,
        ["94", "206000"],
    ]
    sheets, _ = read_sheets(workbook(rows), "envoi")
    proposal = propose_table(sheets, known_keys)
    assert proposal is not None and proposal.header.rows == (0,)


def test_a_value_merged_over_two_indicators_says_nothing_of_either(known_keys):
    """Territories in columns: the percentage of one row reaches into that of the documents."""
    rows: Rows = [
        ["Bilan 2020"],
        ["Indicateur", "Eure-et-Loir", "Loire-Atlantique", "Loiret"],
        ["Part des profils fermés", "57,7 %", "58,1 %", "23,5 %"],
        ["Documents déposés dans l’année (en millions)", "-", "2,303", ""],
    ]
    sheets, _ = read_sheets(workbook(rows, "D3:D4"), "envoi")
    proposal = propose_table(sheets, known_keys)
    assert proposal is not None
    assert [guess.column.indicator for guess in proposal.guesses[1:]] == [
        "profiles_closed_share",
        "documents_deposited",
    ]
