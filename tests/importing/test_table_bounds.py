"""Where the table that is read begins and ends, and what other tables and hidden cells become."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_csv, judged_workbook
from proposed_figures import Expected, Figure, Propose, levels
from sheet_tabs import Tab
from spreadsheet_files import WORKBOOK_KINDS


def rates(values: str, period: str = "2025") -> frozenset[Figure]:
    return levels("activation_rate", period, values)


PLAIN = rates("33:40 40:41.7 24:33.1")
PLAIN_ROWS = [["Gironde", 40.0], ["Landes", 41.7], ["Dordogne", 33.1]]
PLAIN_HEADER = ["Département", "Taux d’activation 2025"]
ENDS = {
    "stacked tables with headers": judged_csv(
        """
        Tableau 1 - Nouvelle-Aquitaine, 2025;
        Département;Taux d’activation
        Gironde;40,0
        Landes;41,7
        Dordogne;33,1
        ;
        Tableau 2 - Moins de 25 ans, Bretagne, 2025;
        Département;Taux d’activation
        Finistère;21,0
        Morbihan;22,0
        """,
        Expected(PLAIN, mentions=("[AB][789]|[AB]1[01]|Tableau 2|autre tableau",)),
    ),
    "a line of text between the titles and the figures": judged_csv(
        """
        Département;Taux d’activation 2025
        Champ : profils ouverts.
        Gironde;40,0
        Landes;41,7
        Dordogne;33,1
        """,
        Expected(PLAIN, or_mentioned=True, refused=("aucun chiffre n’est lu sous les titres",)),
    ),
    "stacked tables of two years": judged_csv(
        """
        Taux d’activation au 31/12/2025;
        Département;Taux d’activation
        Gironde;40,0
        Landes;41,7
        Dordogne;33,1
        ;
        Taux d’activation au 31/12/2024;
        Département;Taux d’activation
        Gironde;37,6
        Landes;38,7
        Dordogne;30,6
        """,
        Expected(
            rates("33:40 40:41.7 24:33.1", "2025-12-31"),
            allowed=rates("33:37.6 40:38.7 24:30.6", "2024-12-31"),
            mentions=("[AB][789]|[AB]1[01]|2024",),
        ),
    ),
    "stacked tables without an empty row": judged_csv(
        """
        Département;Taux d’activation 2025
        Gironde;40,0
        Landes;41,7
        Dordogne;33,1
        Taux d’activation 2025 des femmes;
        Gironde;45,0
        Landes;46,7
        """,
        Expected(PLAIN, or_mentioned=True, mentions=("[AB][5-7]",)),
    ),
    "a table that goes on after an empty row": judged_csv(
        """
        Département;Taux d’activation 2025
        Gironde;40,0
        Landes;41,7

        Dordogne;33,1
        """,
        Expected(PLAIN, or_mentioned=True),
    ),
    "régions as rows of sections": judged_csv(
        """
        Territoire;Taux d’activation 2025
        Bretagne;
        Finistère;34,0
        Morbihan;35,0
        La Réunion;
        La Réunion;32,0
        """,
        Expected(rates("29:34 56:35 974:32")),
    ),
    "régions as rows of sections, with their figure": judged_csv(
        """
        Territoire;Taux d’activation 2025
        BRETAGNE;34,9
        Finistère;34,0
        Morbihan;35,0
        NOUVELLE-AQUITAINE;37,2
        Gironde;40,0
        """,
        Expected(rates("29:34 56:35 33:40"), allowed=rates("REG-53:34.9 REG-75:37.2")),
    ),
    "« Tout département » under the code 999": judged_csv(
        """
        Code;Département;Taux d’activation 2025
        33;Gironde;40,0
        40;Landes;41,7
        24;Dordogne;33,1
        999;Tout département;36,9
        """,
        Expected(PLAIN, mentions=("[A-C]5",), never_mentions="Vouliez-vous"),
    ),
    "the code 999 alone": judged_csv(
        """
        Code département;Taux d’activation 2025
        33;40,0
        40;41,7
        24;33,1
        999;36,9
        """,
        Expected(PLAIN, mentions=("[AB]5",)),
    ),
    "sub-totals without a name": judged_csv(
        """
        Département;Taux d’activation 2025
        Gironde;40,0
        Landes;41,7
        Sous-total;40,4
        Finistère;34,0
        Morbihan;35,0
        Sous-total;34,4
        """,
        Expected(rates("33:40 40:41.7 29:34 56:35"), mentions=("[AB]4", "[AB]7")),
    ),
    "a total of some départements of some régions": judged_csv(
        """
        Département;Profils activés 2025
        Gironde;680000
        Finistère;310000
        Paris;900000
        Total;1890000
        """,
        Expected(
            levels("activated_profiles", "2025", "33:680000 29:310000 75:900000"),
            mentions=("[AB]5",),
        ),
    ),
    "sub-totals named after their région": judged_csv(
        """
        Département;Taux d’activation 2025
        Gironde;40,0
        Landes;41,7
        Total Nouvelle-Aquitaine;37,2
        Finistère;34,0
        Total Bretagne;34,9
        """,
        Expected(rates("33:40 40:41.7 29:34"), allowed=rates("REG-75:37.2 REG-53:34.9")),
    ),
}

HIDDEN_TAB = Tab("Ancien", [PLAIN_HEADER, ["Gironde", 12.0], ["Landes", 13.0]], hidden=True)
YEAR_TABS = [
    Tab(
        year,
        [
            [f"Taux d’activation au 31 décembre {year}"],
            ["Département", "Taux d’activation"],
            *([name, value + more] for name, value in PLAIN_ROWS),
            *([["Source : Cnam, données provisoires."]] if year == "2024" else []),
        ],
    )
    for year, more in (("2025", 0), ("2024", -10))
]
SHEETS = {
    "the latest sheet first": judged_workbook(
        YEAR_TABS,
        Expected(
            rates("33:40 40:41.7 24:33.1", "2025-12-31"),
            or_mentioned=True,
            allowed=rates("33:30 40:31.7 24:23.1", "2024-12-31"),
            mentions=("2024|2025",),
        ),
    ),
    "the latest sheet last": judged_workbook(
        YEAR_TABS[::-1],
        Expected(
            allowed=rates("33:40 40:41.7 24:33.1", "2025-12-31")
            | rates("33:30 40:31.7 24:23.1", "2024-12-31"),
            mentions=("2024|2025",),
        ),
    ),
    "two sheets that do not say their year": judged_workbook(
        [
            Tab("Page 1", [["Département", "Taux d’activation"], *PLAIN_ROWS]),
            Tab("Page 2", [["Département", "Taux d’activation"], ["Gironde", 12.0], ["Lot", 13.0]]),
        ],
        Expected(allowed=PLAIN, mentions=("Page 2",)),
        period="2025",
    ),
    "titles over two rows, merged": judged_workbook(
        [
            Tab(
                "Données",
                [
                    ["Département", "2024", None, "2025", None],
                    [
                        None,
                        "Taux d’activation",
                        "Profils activés",
                        "Taux d’activation",
                        "Profils activés",
                    ],
                    ["Gironde", 37.6, 600000, 40.0, 680000],
                    ["Landes", 38.7, 150000, 41.7, 170000],
                ],
                merged=("A1:A2", "B1:C1", "D1:E1"),
            )
        ],
        Expected(
            rates("33:37.6 40:38.7", "2024")
            | rates("33:40 40:41.7")
            | levels("activated_profiles", "2024", "33:600000 40:150000")
            | levels("activated_profiles", "2025", "33:680000 40:170000")
        ),
    ),
}
for kind in WORKBOOK_KINDS:
    SHEETS[f"a hidden sheet, {kind}"] = judged_workbook(
        [HIDDEN_TAB, Tab("Tableau", [PLAIN_HEADER, *PLAIN_ROWS])], Expected(PLAIN), kind=kind
    )
    SHEETS[f"a hidden row, {kind}"] = judged_workbook(
        [Tab("T", [PLAIN_HEADER, *PLAIN_ROWS, ["Lot", 12.0]], hidden_rows=(4,))],
        Expected(PLAIN, allowed=rates("46:12"), mentions=("masqu",)),
        kind=kind,
    )
    SHEETS[f"a hidden column, {kind}"] = judged_workbook(
        [
            Tab(
                "T",
                [
                    ["Département", "Taux d’activation 2024", "Taux d’activation 2025"],
                    *([name, value - 20, value] for name, value in PLAIN_ROWS),
                ],
                hidden_columns=(1,),
            )
        ],
        Expected(PLAIN, allowed=rates("33:20 40:21.7 24:13.1", "2024"), mentions=("masqu",)),
        kind=kind,
    )
YEARS_HEADER = ["Année", "Taux d’activation"]


def yearly(values: str) -> list[list[object]]:
    pairs = zip(("2024", "2025"), values.split(), strict=True)
    return [YEARS_HEADER, *([year, float(value)] for year, value in pairs)]


# The hidden row keeps two sheets read as one territory from contradicting each other.
SHEETS |= {
    "a sheet for each territory, one in the name of another": judged_workbook(
        [
            Tab("Gironde", yearly("30 40"), hidden_rows=(1,)),
            Tab("Seine-et-Marne", yearly("31 41")),
            Tab("Marne", yearly("32 42")),
        ],
        Expected(
            rates("33:40 77:41 51:42") | rates("77:31 51:32", "2024"),
            allowed=rates("33:30", "2024"),
            mentions=("masqu",),
        ),
    ),
    "a sheet among them that is no territory": judged_workbook(
        [
            Tab("Gironde", yearly("30 40"), hidden_rows=(1,)),
            Tab("Landes", yearly("31 41")),
            Tab("Atlantide", yearly("32 42")),
        ],
        Expected(allowed=rates("33:40 40:41") | rates("33:30 40:31", "2024"), mentions=(".",)),
    ),
    "a title in which another name is": judged_workbook(
        [["Bilan 2025 - Seine-et-Marne"], ["Indicateur", "Valeur"], ["Taux d’activation", 41.0]],
        Expected(rates("77:41"), or_mentioned=True),
    ),
}
FILES: dict[str, JudgedFile] = {**ENDS, **SHEETS}


@pytest.mark.parametrize("name", FILES)
def test_a_table_is_read_from_its_first_row_to_its_last(propose: Propose, name: str):
    FILES[name].judge(propose)


def test_what_is_hidden_everywhere_is_not_read_without_being_named(propose: Propose):
    tabs = [Tab("Accueil", [["Bonjour"]]), HIDDEN_TAB]
    hidden = judged_workbook(
        tabs,
        Expected(
            or_mentioned=True, allowed=rates("33:12 40:13"), mentions=("masqu|Ancien|tableau",)
        ),
    )
    hidden.judge(propose)
