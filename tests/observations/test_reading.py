"""data/<year>.csv: a file is read whole, or refused whole with every reason."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from atlas.observations.checks import COLUMNS, KnownKeys
from atlas.observations.reading import empty, read_year
from atlas.problems import Problem

HEADER = ",".join(COLUMNS)
RATE = "REG-94,activation_rate,,2025,30.6,,,,ars-corse-2026,p. 3,"
FIRST = "FR,app_downloads,,2025-06,5000000,,,,egora-202601,,"
COUNT = "FR,activated_profiles,,2025,24000000,about,,,egora-202601,,"


def read(
    folder: Path, words: KnownKeys, *rows: str, header: str = HEADER, encoding: str = "utf-8"
) -> tuple[pd.DataFrame | None, list[Problem]]:
    """What becomes of 2025.csv when these are its rows."""
    path = folder / "2025.csv"
    path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
    return read_year(path, "data/2025.csv", words)


# --- a file that is read -------------------------------------------------------------------------


def test_a_row_becomes_numbers_a_period_to_compare_and_texts(tmp_path, words):
    frame, problems = read(tmp_path, words, RATE.replace(",,,,ars", ",over,2.4,2024,ars"), COUNT)
    assert problems == [] and frame is not None
    rate, count = frame.to_dict("records")
    assert (rate["value"], rate["change"], rate["qualifier"]) == (30.6, 2.4, "over")
    assert (rate["period"], rate["reference_period"], rate["compared_to"]) == (
        "2025",
        "2025-12",
        "2024",
    )
    assert (rate["corridor"], rate["page"], rate["derived"]) == ("", "p. 3", "")
    assert count["value"] == 24_000_000 and pd.isna(count["change"])


def test_a_growth_alone_is_a_figure_and_its_level_is_missing_not_zero(tmp_path, words):
    row = "REG-94,documents_deposited,hopital,2025,,,34,2024,ars-corse-2026,,"
    frame, problems = read(tmp_path, words, row)
    assert problems == [] and frame is not None
    assert frame["change"].tolist() == [34] and frame["value"].isna().all()


def test_a_note_that_opens_with_incertain_marks_the_row_uncertain(tmp_path, words):
    frame, _ = read(
        tmp_path,
        words,
        RATE + "Incertain : date non imprimée.",
        RATE.replace("p. 3", "p. 4") + "Rien d’incertain.",
    )
    assert frame is not None and frame["uncertain"].tolist() == [True, False]


@pytest.mark.parametrize("value", ["0", "100", "97", "33.6", "1"])
def test_any_percentage_is_accepted_and_an_exact_zero_is_a_figure(tmp_path, words, value):
    frame, problems = read(tmp_path, words, RATE.replace("30.6", value))
    assert problems == [] and frame is not None and frame["value"].tolist() == [float(value)]


def test_a_rate_that_is_low_by_nature_is_not_taken_for_a_fraction(tmp_path, words):
    row = "FR,opposition_rate,,2025,0.7,,,,senat-202307,,"
    frame, problems = read(tmp_path, words, row)
    assert problems == [] and frame is not None and frame["value"].tolist() == [0.7]


@pytest.mark.parametrize(("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n")])
def test_line_ends_and_a_byte_order_mark_are_of_no_matter(tmp_path, words, encoding, end):
    path = tmp_path / "2025.csv"
    path.write_bytes(end.join([HEADER, RATE + "Été", COUNT, ""]).encode(encoding))
    frame, problems = read_year(path, "data/2025.csv", words)
    assert problems == [] and frame is not None
    assert frame["note"].tolist() == ["Été", ""]


def test_empty_lines_that_a_spreadsheet_leaves_are_no_figures(tmp_path, words):
    frame, problems = read(tmp_path, words, "", RATE, "," * 10, " , ,", COUNT, "," * 10)
    assert problems == [] and frame is not None and len(frame) == 2


def test_a_comma_a_quote_and_a_line_break_are_kept_in_a_quoted_note(tmp_path, words):
    frame, problems = read(tmp_path, words, RATE + '"« a », dit ""b""\nfin"', COUNT)
    assert problems == [] and frame is not None
    assert frame["note"].tolist() == ['« a », dit "b"\nfin', ""]


def test_a_file_with_a_header_alone_has_no_figures_and_no_problem(tmp_path, words):
    frame, problems = read(tmp_path, words)
    assert problems == [] and frame is not None and frame.empty
    assert frame.dtypes.to_dict() == {
        **frame.dtypes,
        "value": float,
        "change": float,
        "uncertain": bool,
    }


def test_no_figures_have_the_columns_and_types_of_figures(tmp_path, words):
    frame, _ = read(tmp_path, words, RATE)
    assert frame is not None and list(empty().columns) == list(frame.columns)
    assert all(empty()[c].dtype == frame[c].dtype for c in ("value", "change", "uncertain"))


def test_the_same_thing_may_be_published_by_two_sources_or_on_two_pages(tmp_path, words):
    frame, problems = read(
        tmp_path,
        words,
        COUNT,
        COUNT.replace("egora-202601", "klesia-202601"),
        COUNT.replace("egora-202601,", "egora-202601,p. 2"),
    )
    assert problems == [] and frame is not None and len(frame) == 3


# --- a row that refuses its file -----------------------------------------------------------------

# The row, the column and the value that are named, then what the message and the cure contain.
REFUSED = {
    "unknown territory": (
        RATE.replace("REG-94", "REG-95"),
        "territory",
        "REG-95",
        "territoire inconnu : « REG-95 »",
        "Vouliez-vous dire « REG-94 » ?",
    ),
    "code without its prefix": (
        RATE.replace("REG-94", "94"),
        "territory",
        "94",
        "territoire inconnu",
        "écrivez FR, REG-75, DEP-2A ou CPAM-641",
    ),
    "unknown indicator": (
        RATE.replace("_rate", "_rat"),
        "indicator",
        "activation_rat",
        "indicateur inconnu",
        "« activation_rate »",
    ),
    "indicator like no other": (
        RATE.replace("activation_rate", "xyz"),
        "indicator",
        "xyz",
        "indicateur inconnu : « xyz »",
        "config/indicators.yaml",
    ),
    "unknown corridor": (
        RATE.replace("rate,,", "rate,hospital,"),
        "corridor",
        "hospital",
        "couloir inconnu",
        "« hopital »",
    ),
    "unknown source": (
        RATE.replace("-2026", "-2025"),
        "source",
        "ars-corse-2025",
        "source inconnue",
        "« ars-corse-2026 »",
    ),
    "source like no other": (
        RATE.replace("ars-corse-2026", "xyz"),
        "source",
        "xyz",
        "source inconnue",
        "data/sources.yaml",
    ),
    "no source": (
        RATE.replace("ars-corse-2026", ""),
        "source",
        "",
        "la source manque",
        "un chiffre sans source n’est pas chargé",
    ),
    "unknown qualifier": (
        RATE.replace("30.6,", "30.6,environ"),
        "qualifier",
        "environ",
        "qualificatif inconnu",
        "Écrivez about, over, nearly ou under",
    ),
    "another year": (
        RATE.replace(",2025,", ",2024-12,"),
        "period",
        "2024-12",
        "hors de l’année 2025",
        "Déplacez cette ligne dans 2024.csv",
    ),
    "a month that does not exist": (
        RATE.replace(",2025,", ",2025-13,"),
        "period",
        "2025-13",
        "n’est pas une période",
        "2025-12",
    ),
    "a day that does not exist": (
        RATE.replace(",2025,", ",2025-02-30,"),
        "period",
        "2025-02-30",
        "n’est pas une période",
        "2025-12-31",
    ),
    "a French date": (
        RATE.replace(",2025,", ",31/12/2025,"),
        "period",
        "31/12/2025",
        "n’est pas une période",
        "2025-12-31",
    ),
    "no period": (RATE.replace(",2025,", ",,"), "period", "", "n’est pas une période", "2025"),
    "an impossible base": (
        RATE.replace(",,,ars", ",2.4,fin 2024,ars"),
        "compared_to",
        "fin 2024",
        "« fin 2024 » n’est pas une période",
        "2025-12",
    ),
    "a text for a number": (
        RATE.replace("30.6", "nd"),
        "value",
        "nd",
        "« nd » n’est pas un nombre",
        "point décimal",
    ),
    "a decimal comma": (
        RATE.replace("30.6", '"30,6"'),
        "value",
        "30,6",
        "n’est pas un nombre",
        "point décimal : 33.6",
    ),
    "a percent sign": (
        RATE.replace("30.6", "30.6 %"),
        "value",
        "30.6 %",
        "n’est pas un nombre",
        "nombre seul",
    ),
    "spaced thousands": (
        COUNT.replace("24000000", "24 000 000"),
        "value",
        "24 000 000",
        "n’est pas un nombre",
        "nombre seul",
    ),
    "a change in words": (
        RATE.replace(",,,ars", ",+2 pts,,ars"),
        "change",
        "+2 pts",
        "n’est pas un nombre",
        "nombre seul",
    ),
    "a fraction": (
        RATE.replace("30.6", "0.306"),
        "value",
        "0.306",
        "ressemble à une fraction",
        "Écrivez 30.6 pour 0.306",
    ),
    "a rate over a hundred": (
        RATE.replace("30.6", "306"),
        "value",
        "306",
        "valeurs possibles",
        "de 0 à 100",
    ),
    "a negative count": (
        COUNT.replace("24000000", "-5"),
        "value",
        "-5",
        "valeurs possibles",
        "n’est pas négatif",
    ),
    "percent where points belong": (
        RATE.replace(",,,ars", ",108,2024,ars"),
        "change",
        "108",
        "évolution impossible",
        "Un taux évolue en points",
    ),
    "more points than the rate has": (
        RATE.replace(",,,ars", ",31,2024,ars"),
        "change",
        "31",
        "évolution impossible",
        "Un taux évolue en points",
    ),
    "a loss of more than all": (
        COUNT.replace(",,,egora", ",-101,2024,egora"),
        "change",
        "-101",
        "évolution impossible",
        "pas plus de 100 %",
    ),
    "neither value nor change": (
        RATE.replace("30.6", ""),
        "value",
        "",
        "ni valeur ni évolution",
        "Indiquez value, ou change",
    ),
    "the same row twice": (
        FIRST,
        "territory",
        "FR",
        "la ligne répète la ligne 2",
        "Gardez une seule des deux",
    ),
    "a cell too many": (
        RATE.replace("30.6", "30,6"),
        "",
        "",
        "la ligne a 12 colonnes, 11 attendues",
        "guillemets",
    ),
    "cells that lack": ("REG-94,activation_rate", "", "", "la ligne a 2 colonnes", "guillemets"),
}


@pytest.mark.parametrize(
    ("row", "where", "value", "message", "cure"), REFUSED.values(), ids=REFUSED
)
def test_one_wrong_row_refuses_the_file_and_is_named_with_its_value_and_a_cure(
    tmp_path, words, row, where, value, message, cure
):
    frame, problems = read(tmp_path, words, FIRST, row)
    assert frame is None
    [problem] = problems
    assert (problem.file, problem.line, problem.where) == ("data/2025.csv", 3, where)
    assert problem.value == value
    assert message in problem.message and cure in problem.cure


def test_every_wrong_cell_of_a_file_is_said_in_the_order_of_its_lines(tmp_path, words):
    frame, problems = read(
        tmp_path,
        words,
        RATE.replace("REG-94", "REG-95"),
        COUNT,
        COUNT,
        RATE.replace("30.6", '"30,6"').replace("ars-corse-2026", ""),
        COUNT.replace("2025", "2023"),
    )
    assert frame is None
    assert [(problem.line, problem.where) for problem in problems] == [
        (2, "territory"),
        (4, "territory"),
        (5, "source"),
        (5, "value"),
        (6, "period"),
    ]


def test_a_row_after_a_note_of_several_lines_keeps_its_own_line(tmp_path, words):
    _, problems = read(tmp_path, words, RATE + '"un\ndeux\ntrois"', COUNT.replace("FR", "FX"))
    assert [problem.line for problem in problems] == [5]


def test_each_of_two_rows_with_a_wrong_number_of_cells_is_named(tmp_path, words):
    _, problems = read(tmp_path, words, "a,b", RATE, RATE + ",x,y")
    assert [(problem.line, problem.message[:20]) for problem in problems] == [
        (2, "la ligne a 2 colonne"),
        (4, "la ligne a 13 colonn"),
    ]


ODD = [
    "",
    " ",
    "٣٣",
    "9" * 400,
    "1e5",
    "nan",
    "inf",
    "-0",
    "=1+1",
    "\0",
    "«",
    "-",
    "+5",
    ".5",
    "5.",
    "0x10",
    "1_000",
    "２０２５",
    "REG-94",
    "2025-02-30",
    "x" * 200_000,
]


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=COLUMNS)
def test_whatever_a_cell_holds_the_file_is_read_or_refused_at_that_line(tmp_path, words, column):
    for cell in ODD:
        cells = COUNT.split(",")
        cells[column] = cell
        frame, problems = read(tmp_path, words, ",".join(cells))
        assert (frame is None) == bool(problems)
        assert all(problem.line == 2 and problem.message and problem.cure for problem in problems)
        if frame is not None:
            assert frame["value"].abs().max() < 1e16
            assert frame["reference_period"].str.fullmatch(r"2025(-[0-9]{2}){0,2}").all()


# --- a file that is not one ----------------------------------------------------------------------

ACCENT = RATE + "Été 2025"
STRUCTURE = {
    "cp1252": ((HEADER, COUNT, ACCENT), "cp1252", 3, "n’est pas encodé en UTF-8", "CSV UTF-8"),
    "UTF-16": ((HEADER, COUNT), "utf-16", 1, "n’est pas encodé en UTF-8", "CSV UTF-8"),
    "semicolons": (
        (HEADER.replace(",", ";"), COUNT.replace(",", ";")),
        "utf-8",
        1,
        "le séparateur n’est pas la virgule",
        "virgule comme séparateur",
    ),
    "tabs": (
        (HEADER.replace(",", "\t"), COUNT.replace(",", "\t")),
        "utf-8",
        1,
        "le séparateur n’est pas la virgule",
        "virgule comme séparateur",
    ),
    "a missing column": (
        (HEADER.replace(",qualifier", ""),),
        "utf-8",
        1,
        "colonnes absentes : qualifier",
        HEADER,
    ),
    "an unknown column": (
        (HEADER + ",comment",),
        "utf-8",
        1,
        "colonnes inconnues : comment",
        HEADER,
    ),
    "a misspelt column": (
        (HEADER.replace("source", "sources"),),
        "utf-8",
        1,
        "colonnes absentes : source ; colonnes inconnues : sources",
        HEADER,
    ),
    "reordered columns": (
        (HEADER.replace("value,qualifier", "qualifier,value"),),
        "utf-8",
        1,
        "les colonnes ne sont pas dans l’ordre attendu",
        HEADER,
    ),
    "a title above the header": (
        ("Chiffres 2025", HEADER),
        "utf-8",
        1,
        "colonnes absentes",
        HEADER,
    ),
    "nothing": (("",), "utf-8", 1, "colonnes absentes : territory, indicator", HEADER),
    "an open quote": (
        (HEADER, FIRST, RATE + '"Note', COUNT, COUNT),
        "utf-8",
        3,
        "n’est pas un CSV lisible",
        "guillemet",
    ),
    "a quote too many": (
        (HEADER, COUNT, RATE + '"a"b"'),
        "utf-8",
        3,
        "n’est pas un CSV lisible",
        "guillemet",
    ),
}


@pytest.mark.parametrize(
    ("lines", "encoding", "line", "message", "cure"), STRUCTURE.values(), ids=STRUCTURE
)
def test_a_file_of_another_form_is_refused_with_one_reason(
    tmp_path, words, lines, encoding, line, message, cure
):
    frame, problems = read(tmp_path, words, *lines[1:], header=lines[0], encoding=encoding)
    assert frame is None
    [problem] = problems
    assert (problem.file, problem.line) == ("data/2025.csv", line)
    assert message in problem.message and cure in problem.cure


def test_a_file_that_is_not_there_or_is_a_folder_is_said_to_be_unreadable(tmp_path, words):
    (tmp_path / "2024.csv").mkdir()
    for year in ("2024", "2025"):
        frame, [problem] = read_year(tmp_path / f"{year}.csv", f"data/{year}.csv", words)
        assert frame is None and problem.file == f"data/{year}.csv"
        assert "introuvable ou illisible" in problem.message and problem.cure


def test_a_file_larger_than_any_year_is_not_opened(tmp_path, words):
    path = tmp_path / "2025.csv"
    with path.open("wb") as stream:
        stream.truncate(50_000_001)
    frame, [problem] = read_year(path, "data/2025.csv", words)
    assert frame is None and "dépasse 50 Mo" in problem.message


# --- characters that no file can be made of ---------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (f'{RATE}"Lu sur\x0bun graphique"', "note", "Lu sur un graphique"),
        (f"{RATE}fin\x1c", "note", "fin "),
        (RATE.replace("p. 3", "p.\x003"), "page", "p.3"),
        (RATE.replace("activation_rate", "activation\x1b_rate"), "indicator", "activation_rate"),
        (RATE.replace("REG-94", "REG-94\x0b"), "territory", "REG-94 "),
        (f"{RATE}d\x92autres", "note", "dautres"),
    ],
)
def test_a_control_character_is_refused_with_its_place(tmp_path, words, row, column, value):
    frame, (problem,) = read(tmp_path, words, COUNT, row)
    assert frame is None
    assert (problem.file, problem.line, problem.where) == ("data/2025.csv", 3, column)
    assert problem.value == value and "caractère de contrôle (U+00" in problem.message
    assert "Effacez" in problem.cure


@pytest.mark.parametrize("column", ["note", "page"])
@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\ufeff", "\U000e0041", "\uf0b7"])
def test_what_hides_or_turns_a_text_is_refused_with_its_place(tmp_path, words, column, character):
    hidden = f"p{character}. 3" if column == "page" else f"Lu{character} en ligne"
    row = RATE.replace("p. 3", hidden) if column == "page" else f"{RATE}{hidden}"
    frame, (problem,) = read(tmp_path, words, COUNT, row)
    assert frame is None
    assert (problem.file, problem.line, problem.where) == ("data/2025.csv", 3, column)
    assert f"(U+{ord(character):04X})" in problem.message
    assert problem.value == hidden.replace(character, "")


@pytest.mark.parametrize("column, length", [("note", 2_001), ("page", 201)])
def test_a_text_longer_than_a_page_has_room_for_is_refused(tmp_path, words, column, length):
    text = "é" * length
    row = RATE.replace("p. 3", text) if column == "page" else f"{RATE}{text}"
    frame, (problem,) = read(tmp_path, words, COUNT, row)
    assert frame is None and (problem.line, problem.where) == (3, column)
    assert f"{length} caractères, {length - 1} au plus" in problem.message
    assert len(problem.value) < 100


def test_a_note_over_two_lines_and_a_tab_are_not_control_characters(tmp_path, words):
    frame, problems = read(tmp_path, words, f'{RATE}"Deux\nlignes\tet plus"')
    assert problems == [] and frame is not None
    assert frame["note"][0] == "Deux\nlignes\tet plus"
