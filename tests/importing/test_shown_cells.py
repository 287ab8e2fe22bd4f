"""A cell is read as its spreadsheet shows it, in every kind of file, or it is refused."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path

import pytest
from judged_files import JudgedFile, judged_workbook
from proposed_figures import Expected, Propose, check, figures, levels
from sheet_tabs import Formula, Raised, Shown, Tab
from spreadsheet_files import WORKBOOK_KINDS, with_namespace_prefix, workbook_file

NAMES = ("Gironde", "Landes", "Dordogne", "Lot-et-Garonne")
RATE_HEADER = ["Département", "Taux d’activation 2026"]
RATES = levels("activation_rate", "2026", "33:42 40:43.7 24:35.1 47:37.4")
COUNT_HEADER = ["Département", "Profils activés 2025", "Évolution 2024-2025"]
GROWTHS = figures(
    """DEP-33 activated_profiles 2025 680000 +5/2024
    DEP-40 activated_profiles 2025 170000 +6/2024
    DEP-24 activated_profiles 2025 140000 +4/2024
    DEP-47 activated_profiles 2025 110000 -2/2024"""
)
COUNTS = (680_000, 170_000, 140_000, 110_000)


def column(values: tuple[float, ...], code: str) -> list[list[object]]:
    """Rows of départements, their number shown by a format."""
    return [[name, Shown(value, code)] for name, value in zip(NAMES, values, strict=True)]


def growths(values: tuple[float, ...], code: str) -> list[list[object]]:
    shown = (Shown(value, code) for value in values)
    return [list(row) for row in zip(NAMES, COUNTS, shown, strict=True)]


def months(code: str, *dates: datetime.date) -> list[list[object]]:
    return [
        ["Documents déposés par mois"],
        ["Département", *(Shown(date, code) for date in dates)],
        *(
            [name, *(1000 * (place + 1) + month for month in range(len(dates)))]
            for place, name in enumerate(NAMES)
        ),
    ]


def monthly(*periods: str) -> frozenset:
    return figures(
        "\n".join(
            f"DEP-{code} documents_deposited_monthly {period} {1000 * (place + 1) + month}"
            for place, code in enumerate(("33", "40", "24", "47"))
            for month, period in enumerate(periods)
        )
    )


OCTOBER, NOVEMBER = datetime.date(2025, 10, 1), datetime.date(2025, 11, 1)
# Under each name: the rows of a workbook, and what they must give in each kind of file.
SHOWN: dict[str, tuple[list[Tab] | list[list[object]], Expected]] = {
    "percentages": (
        [RATE_HEADER, *column((0.42, 0.437, 0.351, 0.374), "0.0%")],
        Expected(RATES),
    ),
    "percentages, decimals that are not shown": (
        [RATE_HEADER, *column((0.42012, 0.43678, 0.35149, 0.37351), "0.0%")],
        Expected(RATES),
    ),
    "numbers, decimals that are not shown": (
        [RATE_HEADER, *column((42.012, 43.678, 35.149, 37.351), "0.0")],
        Expected(RATES),
    ),
    "a percent sign that is a text": (
        [RATE_HEADER, *column((42.0, 43.7, 35.1, 37.4), '0.0" %"')],
        Expected(RATES),
    ),
    "low rates shown in percent": (
        [["Département", "Taux d’opposition 2026"], *column((0.009, 0.007, 0.012, 0.004), "0.0%")],
        Expected(levels("opposition_rate", "2026", "33:0.9 40:0.7 24:1.2 47:0.4")),
    ),
    "low rates with a percent sign that is a text": (
        [["Département", "Taux d’opposition 2026"], *column((0.9, 0.7, 0.5, 0.4), '0.0" %"')],
        Expected(levels("opposition_rate", "2026", "33:0.9 40:0.7 24:0.5 47:0.4")),
    ),
    "growths shown in percent": (
        [COUNT_HEADER, *growths((0.05, 0.06, 0.04, -0.02), "0%")],
        Expected(GROWTHS),
    ),
    "growths with a percent sign that is a text": (
        [COUNT_HEADER, *growths((5, 6, 4, -2), '+0" %";-0" %"')],
        Expected(GROWTHS),
    ),
    "small growths with a percent sign that is a text": (
        [COUNT_HEADER, *growths((0.5, 0.6, 0.4, -0.2), '0.0" %"')],
        Expected(
            figures(
                """DEP-33 activated_profiles 2025 680000 +0.5/2024
                DEP-40 activated_profiles 2025 170000 +0.6/2024
                DEP-24 activated_profiles 2025 140000 +0.4/2024
                DEP-47 activated_profiles 2025 110000 -0.2/2024"""
            )
        ),
    ),
    "thousands hidden by a comma, and said": (
        [
            ["Département", "Profils activés 2025 (en milliers)"],
            *column((680_000, 170_000, 140_000, 110_000), "#,##0,"),
        ],
        Expected(
            levels("activated_profiles", "2025", "33:680000 40:170000 24:140000 47:110000"),
            or_mentioned=True,
        ),
    ),
    "thousands hidden by a comma, not said": (
        [
            ["Département", "Profils activés 2025"],
            *column((680_000, 170_000, 140_000, 110_000), "#,##0,"),
        ],
        Expected(
            levels("activated_profiles", "2025", "33:680000 40:170000 24:140000 47:110000"),
            or_mentioned=True,
        ),
    ),
    "months that are dates": (
        months("mmm-yy", OCTOBER, NOVEMBER),
        Expected(monthly("2025-10", "2025-11")),
    ),
    "years that are dates": (
        [
            ["Taux d’activation par département"],
            ["Département", *(Shown(datetime.date(y, 12, 31), "yyyy") for y in (2024, 2025))],
            ["Gironde", 37.6, 40.0],
            ["Landes", 38.7, 41.7],
        ],
        Expected(
            levels("activation_rate", "2024", "33:37.6 40:38.7")
            | levels("activation_rate", "2025", "33:40 40:41.7")
        ),
    ),
    "days that are dates": (
        [
            ["Taux d’activation par département"],
            ["Département", Shown(datetime.date(2025, 12, 31), "dd/mm/yyyy")],
            ["Gironde", 40.0],
            ["Landes", 41.7],
        ],
        Expected(levels("activation_rate", "2025-12-31", "33:40 40:41.7")),
    ),
    "periods of rows that are dates": (
        [
            ["Département", "Mois", "Documents déposés par mois"],
            ["Gironde", Shown(OCTOBER, "mmm-yy"), 1000],
            ["Gironde", Shown(NOVEMBER, "mmm-yy"), 1001],
            ["Landes", Shown(OCTOBER, "mmm-yy"), 2000],
            ["Landes", Shown(NOVEMBER, "mmm-yy"), 2001],
        ],
        Expected(
            figures(
                """DEP-33 documents_deposited_monthly 2025-10 1000
                DEP-33 documents_deposited_monthly 2025-11 1001
                DEP-40 documents_deposited_monthly 2025-10 2000
                DEP-40 documents_deposited_monthly 2025-11 2001"""
            )
        ),
    ),
    "marks of notes in superscript": (
        [
            RATE_HEADER,
            ["Gironde", 42.0],
            ["Landes", Raised("43,7", "1")],
            ["Dordogne", Raised("35", "2")],
            ["Lot-et-Garonne", 37.4],
            ["1 Données provisoires."],
        ],
        Expected(
            levels("activation_rate", "2026", "33:42 40:43.7 24:35 47:37.4"),
            or_mentioned=True,
            mentions=("B3|provisoire",),
        ),
    ),
    "a mark of a note in superscript after a name": (
        [RATE_HEADER, ["Gironde", 42.0], [Raised("Landes", "1"), 43.7], ["1 Estimation."]],
        Expected(levels("activation_rate", "2026", "33:42 40:43.7")),
    ),
    "a mark of a note in superscript after a title": (
        [
            ["Département", Raised("Taux d’activation 2026", "2")],
            ["Gironde", 42.0],
            ["Landes", 43.7],
        ],
        Expected(levels("activation_rate", "2026", "33:42 40:43.7")),
    ),
    "one value merged over two rows": (
        [
            Tab(
                "T",
                [
                    RATE_HEADER,
                    ["Gironde", 42.0],
                    ["Corse-du-Sud", 34.0],
                    ["Haute-Corse", None],
                    ["Landes", 43.7],
                ],
                merged=("B3:B4",),
            )
        ],
        Expected(levels("activation_rate", "2026", "33:42 40:43.7"), mentions=("B[34]|B3:B4",)),
    ),
    "one value merged over two years": (
        [
            Tab(
                "T",
                [
                    ["Taux d’activation par département"],
                    ["Département", "2024", "2025"],
                    ["Gironde", 37.6, 40.0],
                    ["Landes", 41.7, None],
                    ["Dordogne", 30.6, 33.1],
                ],
                merged=("B4:C4",),
            )
        ],
        Expected(
            levels("activation_rate", "2024", "33:37.6 24:30.6")
            | levels("activation_rate", "2025", "33:40 24:33.1"),
            mentions=("[BC]4|B4:C4",),
        ),
    ),
    "one name merged over its rows": (
        [
            Tab(
                "T",
                [
                    ["Département", "Année", "Taux d’activation"],
                    ["Gironde", "2024", 37.6],
                    [None, "2025", 40.0],
                    ["Landes", "2024", 38.7],
                    [None, "2025", 41.7],
                ],
                merged=("A2:A3", "A4:A5"),
            )
        ],
        Expected(
            levels("activation_rate", "2024", "33:37.6 40:38.7")
            | levels("activation_rate", "2025", "33:40 40:41.7")
        ),
    ),
    "formulas that nothing calculated": (
        [
            ["Département", "Profils activés 2026", "Profils créés 2026", "Taux d’activation 2026"],
            *(
                [name, value, value * 2, Formula(f"=B{row}/C{row}", format="0.0%")]
                for row, (name, value) in enumerate(zip(NAMES, COUNTS, strict=True), 2)
            ),
        ],
        Expected(
            levels("activated_profiles", "2026", "33:680000 40:170000 24:140000 47:110000")
            | levels("profiles_created", "2026", "33:1360000 40:340000 24:280000 47:220000"),
            allowed=levels("activation_rate", "2026", "33:50 40:50 24:50 47:50"),
            mentions=("calcul",),
        ),
    ),
    "one formula that nothing calculated": (
        [RATE_HEADER, ["Gironde", 42.0], ["Landes", Formula("=B2+1.7")], ["Dordogne", 35.1]],
        Expected(
            levels("activation_rate", "2026", "33:42 24:35.1"),
            allowed=levels("activation_rate", "2026", "40:43.7"),
            mentions=("B3|calcul",),
        ),
    ),
}


def _with_prefix(tabs: list[Tab] | list[list[object]]) -> bytes:
    return with_namespace_prefix(workbook_file(tabs))


FILES: dict[str, JudgedFile] = {
    f"{name}, {kind}": judged_workbook(tabs, expected, kind=kind)
    for name, (tabs, expected) in SHOWN.items()
    for kind in WORKBOOK_KINDS
}
FILES |= {
    f"{name}, with a prefix in its XML": JudgedFile(
        partial(_with_prefix, SHOWN[name][0]), SHOWN[name][1]
    )
    for name in (
        "percentages",
        "growths with a percent sign that is a text",
        "months that are dates",
    )
}
FILES |= {
    f"months counted from 1904, {kind}": JudgedFile(
        partial(workbook_file, months("mmm-yy", OCTOBER, NOVEMBER), kind, since_1904=True),
        Expected(monthly("2025-10", "2025-11")),
    )
    for kind in ("xlsx", "xlsx-writer", "xls")
}
FILES["formulas that keep their results"] = judged_workbook(
    [
        RATE_HEADER,
        ["Gironde", Formula("=0.2*2.1", 0.42, "0.0%")],
        ["Landes", Formula("=0.437", 0.437, "0.0%")],
    ],
    Expected(levels("activation_rate", "2026", "33:42 40:43.7")),
    kind="xlsx-writer",
)
FILES["a formula whose result is zero among others"] = judged_workbook(
    [
        ["Département", "Ambassadeurs 2026"],
        ["Gironde", Formula("=6*2", 12)],
        ["Landes", Formula("=B2-12", 0)],
        ["Dordogne", Formula("=B2+3", 15)],
    ],
    Expected(
        levels("ambassadors", "2026", "33:12 24:15"), allowed=levels("ambassadors", "2026", "40:0")
    ),
    kind="xlsx-writer",
)
for mistake in ("#DIV/0!", "#REF!", "#VALUE!"):
    FILES[f"a formula that ends in {mistake}"] = judged_workbook(
        [RATE_HEADER, ["Gironde", 42.0], ["Landes", mistake], ["Dordogne", 35.1]],
        Expected(levels("activation_rate", "2026", "33:42 24:35.1"), refused=("B3",)),
    )


@pytest.mark.parametrize("name", FILES)
def test_a_cell_is_read_as_it_is_shown(propose: Propose, name: str):
    FILES[name].judge(propose)


# Saved by LibreOffice 7.4 from libreoffice.xlsx, which openpyxl wrote: two percent formats, a month
# that is a date, a superscript, a merged value, hidden rows, columns and sheets.
SAVED_BY_LIBREOFFICE = Expected(
    figures(
        """DEP-33 activated_profiles 2025 680000 +5/2024
        DEP-40 activated_profiles 2025 170000 +6/2024
        DEP-24 activated_profiles 2025 140000 -2/2024"""
    )
    | levels("activation_rate", "2025", "33:42 40:43.7 24:35.1"),
    allowed=levels("activation_rate", "2024", "33:12 40:13 24:14"),
    mentions=("[BD][56]|[BD]5:[BD]6", "masqu"),
)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_what_libreoffice_saves_is_read_as_it_shows_it(propose: Propose, kind: str):
    content = (Path(__file__).parent / "libreoffice" / f"formats.{kind}").read_bytes()
    check(propose(content, f"formats.{kind}"), SAVED_BY_LIBREOFFICE)
