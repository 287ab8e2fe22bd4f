"""The columns noun, window, status and printed of a yearly file: what they may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.observations.checks import COLUMNS, KnownKeys
from atlas.observations.optional_columns import OPTIONAL_COLUMNS
from atlas.observations.reading import check_rows, read_year

COUNT = ["FR", "new_activations", "", "2025-02", "6100000", "", "", "", "egora-202601", "", ""]


@pytest.fixture(scope="module")
def keys(known_keys: KnownKeys) -> KnownKeys:
    return known_keys


def read(keys: KnownKeys, **columns: str):
    """The frame, and the problems, of one row with some of its optional columns."""
    row = [2, *COUNT, *(columns.get(column, "") for column in OPTIONAL_COLUMNS)]
    return check_rows([row], "data/2025.csv", keys)


def test_a_row_says_what_is_counted_over_which_months_and_how_it_is_printed(keys):
    frame, problems = read(
        keys, noun="profils", window="12", status="revised assumed", printed="six millions"
    )
    assert problems == [] and frame is not None
    (row,) = frame.to_dict("records")
    assert (row["noun"], row["window"], row["printed"]) == ("profils", "12", "six millions")
    assert row["assumed"] and row["revision"] == "revised"


def test_a_row_without_the_optional_columns_has_them_empty(keys):
    frame, problems = check_rows([[2, *COUNT]], "data/2025.csv", keys)
    assert problems == [] and frame is not None
    (row,) = frame.to_dict("records")
    assert [row[column] for column in OPTIONAL_COLUMNS] == [""] * 4
    assert not row["assumed"] and row["revision"] == ""


def test_a_row_with_a_window_is_compared_by_its_end_month_whatever_its_indicator(keys):
    of_year = [*COUNT[:3], "2025", *COUNT[4:]]
    frame, _ = check_rows(
        [[2, *of_year], [3, *of_year[:-2], "p. 2", "", "", "12"]], "data/2025.csv", keys
    )
    assert frame is not None and frame["reference_period"].tolist() == ["2025", "2025-12"]


WRONG = {
    "a number in the noun": ({"noun": "332 radiologues"}, "noun", "nom de ce qui est compté"),
    "a window of no length": ({"window": "0"}, "window", "n’est pas une durée glissante"),
    "a window in words": ({"window": "un an"}, "window", "n’est pas une durée glissante"),
    "a window that starts late": ({"window": "2025-08"}, "window", "après sa période"),
    "an unknown status": ({"status": "supposed"}, "status", "statut inconnu : « supposed »"),
    "two revisions": ({"status": "provisional revised"}, "status", "à la fois provisoire et"),
    "a printed number": ({"printed": "33,3 %"}, "printed", "n’est pas une forme en toutes lettres"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_cell_is_named_with_its_file_line_value_and_cure(keys, case):
    columns, where, message = WRONG[case]
    frame, (problem,) = read(keys, **columns)
    assert frame is None
    assert (problem.file, problem.line, problem.where) == ("data/2025.csv", 2, where)
    assert message in problem.message and problem.value == columns[where] and problem.cure


def test_a_printed_form_without_a_value_is_refused(keys):
    row = [2, *COUNT[:4], "", "", "34", *COUNT[7:], "", "", "", "un tiers"]
    frame, (problem,) = check_rows([row], "data/2025.csv", keys)
    assert frame is None and "n’accompagne aucune valeur" in problem.message


def file_of(folder: Path, header: tuple[str, ...], *cells: str) -> Path:
    path = folder / "2025.csv"
    path.write_text(f"{','.join(header)}\n{','.join([*COUNT, *cells])}\n", "utf-8")
    return path


def test_a_file_may_have_some_of_the_columns_in_their_order(tmp_path, keys):
    path = file_of(tmp_path, (*COLUMNS, "window", "printed"), "12", "")
    frame, problems = read_year(path, "data/2025.csv", keys)
    assert problems == [] and frame is not None
    assert frame["window"].tolist() == ["12"] and frame["noun"].tolist() == [""]


@pytest.mark.parametrize("added", [("window", "noun"), ("noun", "noun"), ("fenetre",)])
def test_a_header_in_another_order_or_with_an_unknown_column_is_refused(tmp_path, keys, added):
    path = file_of(tmp_path, (*COLUMNS, *added), *[""] * len(added))
    frame, (problem,) = read_year(path, "data/2025.csv", keys)
    assert frame is None and problem.line == 1
    assert "noun,window,status,printed" in problem.cure
