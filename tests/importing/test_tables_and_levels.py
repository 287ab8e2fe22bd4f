"""Which table is read, where it ends, and whether its rows are régions or départements."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_csv, judged_rows, judged_workbook
from proposed_figures import Expected, Propose, levels
from sheet_tabs import Tab

REGIONS = "11 24 27 28 32 44 52 53 75 76 84 93 94".split()
DEPARTEMENTS = [
    *(f"{n:02}" for n in range(1, 20)),
    "2A",
    "2B",
    *(str(n) for n in range(21, 96)),
    *"971 972 973 974 976".split(),
]


def rate_of(place: int) -> str:
    """An invented rate, another for each row."""
    return f"{20 + place * 7 % 190 / 10:.1f}"


def coded(codes: list[str], prefix: str = "DEP-", period: str = "2025") -> Expected:
    pairs = (f"{prefix}{code}:{rate_of(place)}" for place, code in enumerate(codes))
    return Expected(levels("activation_rate", period, " ".join(pairs)))


def rates(values: str, period: str = "2025") -> frozenset:
    return levels("activation_rate", period, values)


def code_rows(codes: list[str]) -> list[list[str]]:
    return [[code, rate_of(place).replace(".", ",")] for place, code in enumerate(codes)]


HEADER = ["Code", "Taux d’activation 2025"]
PLAIN = rates("33:40 40:41.7 24:33.1")
PLAIN_ROWS = [["Gironde", 40.0], ["Landes", 41.7], ["Dordogne", 33.1]]
PLAIN_HEADER = ["Département", "Taux d’activation 2025"]
ASKED = Expected(told=(".",))

LEVELS = {
    "codes of régions, said by the sheet": judged_workbook(
        [Tab("Régions", [HEADER, *code_rows(REGIONS)])], coded(REGIONS, "REG-")
    ),
    "codes of régions, said by their title": judged_rows(
        [["Code région", HEADER[1]], *code_rows(REGIONS[:5])], coded(REGIONS[:5], "REG-")
    ),
    "codes of régions, said by a line above": judged_rows(
        [["Taux par région, 2025"], [], HEADER, *code_rows(REGIONS)], coded(REGIONS, "REG-")
    ),
    "codes of départements, said by their title": judged_rows(
        [["Code département", HEADER[1]], *code_rows(REGIONS[:5])], coded(REGIONS[:5])
    ),
    "all codes of régions, alone": judged_rows(
        [HEADER, *code_rows(REGIONS)],
        Expected(coded(REGIONS, "REG-").rows, or_told=True),
    ),
    "twelve codes that are both": judged_rows(
        [HEADER, *code_rows(REGIONS[:12])],
        Expected(allowed=coded(REGIONS[:12], "REG-").rows, told=("région",)),
    ),
    "five codes that are both": judged_rows([HEADER, *code_rows(["11", "24", "27", "75", "93"])], ASKED),
    "the eighteen codes of régions, overseas as numbers": judged_rows(
        [HEADER, *code_rows(["1", "2", "3", "4", "6", *REGIONS])],
        Expected(allowed=coded(["01", "02", "03", "04", "06", *REGIONS], "REG-").rows),
    ),
    "codes of all départements, alone": judged_rows(
        [HEADER, *code_rows(DEPARTEMENTS)], coded(DEPARTEMENTS)
    ),
    "codes of départements as numbers": judged_rows(
        [["Dép.", HEADER[1]], *code_rows([code.lstrip("0") for code in DEPARTEMENTS])],
        coded(DEPARTEMENTS),
    ),
    "names of régions beside codes without a title": judged_csv(
        """
        ;;Taux d’activation 2025
        75;Nouvelle-Aquitaine;36,5
        76;Occitanie;32,2
        93;Provence-Alpes-Côte d’Azur;30,9
        """,
        Expected(rates("REG-75:36.5 REG-76:32.2 REG-93:30.9")),
    ),
    "names of départements beside codes of both": judged_csv(
        """
        Code;Nom;Taux d’activation 2025
        75;Paris;36,5
        76;Seine-Maritime;32,2
        93;Seine-Saint-Denis;30,9
        """,
        Expected(rates("75:36.5 76:32.2 93:30.9")),
    ),
    "a code and a name that disagree": judged_csv(
        """
        Code;Département;Taux d’activation 2025
        33;Gironde;40,0
        33;Landes;41,7
        24;Dordogne;33,1
        """,
        Expected(rates("33:40 24:33.1"), refused=("[A-C]3",)),
    ),
    "codes shifted by one row against the names": judged_csv(
        """
        Code;Département;Taux d’activation 2025
        16;Charente-Maritime;40,0
        17;Corrèze;41,7
        19;Creuse;33,1
        """,
        Expected(refused=("[A-C]2", "[A-C]3", "[A-C]4")),
    ),
    "a région among départements, under its own code": judged_csv(
        """
        Code;Territoire;Taux d’activation 2025
        33;Gironde;40,0
        40;Landes;41,7
        24;Dordogne;33,1
        75;Nouvelle-Aquitaine;37,2
        """,
        Expected(PLAIN, allowed=rates("REG-75:37.2")),
    ),
    "départements after the code of their région": judged_csv(
        """
        Code région;Code département;Taux d’activation 2025
        75;33;40,0
        75;40;41,7
        75;24;33,1
        """,
        Expected(PLAIN),
    ),
    "départements before the name of their région": judged_csv(
        """
        Département;Région;Taux d’activation 2025
        Gironde;Nouvelle-Aquitaine;40,0
        Landes;Nouvelle-Aquitaine;41,7
        La Réunion;La Réunion;32
        """,
        Expected(rates("33:40 40:41.7 974:32")),
    ),
    "caisses that share their numbers with départements": judged_csv(
        """
        Caisse;Taux d’activation 2025
        971;22,0
        974;32,0
        976;9,0
        """,
        Expected(rates("CPAM-971:22 CPAM-974:32 CPAM-976:9")),
    ),
    "row numbers that look like codes": judged_csv(
        """
        N°;Département;Taux d’activation 2025
        1;Charente;32,8
        2;Corrèze;32,7
        3;Creuse;32,2
        4;Dordogne;33,1
        """,
        Expected(rates("16:32.8 19:32.7 23:32.2 24:33.1")),
    ),
    "ranks that look like codes": judged_csv(
        """
        Rang;Région;Taux d’activation 2025
        1;Nouvelle-Aquitaine;36,5
        2;Bretagne;34,9
        3;Pays de la Loire;33,3
        """,
        Expected(
            rates("REG-75:36.5 REG-53:34.9 REG-52:33.3"),
            allowed=levels("activation_rank", "2025", "REG-75:1 REG-53:2 REG-52:3"),
        ),
    ),
}

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
        Expected(PLAIN, told=("[AB][789]|[AB]1[01]|Tableau 2|autre tableau",)),
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
            told=("[AB][789]|[AB]1[01]|2024",),
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
        Expected(PLAIN, or_told=True, told=("[AB][5-7]",)),
    ),
    "a table that goes on after an empty row": judged_csv(
        """
        Département;Taux d’activation 2025
        Gironde;40,0
        Landes;41,7

        Dordogne;33,1
        """,
        Expected(PLAIN, or_told=True),
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
        Expected(PLAIN, told=("[A-C]5",), never_said="Vouliez-vous"),
    ),
    "the code 999 alone": judged_csv(
        """
        Code département;Taux d’activation 2025
        33;40,0
        40;41,7
        24;33,1
        999;36,9
        """,
        Expected(PLAIN, told=("[AB]5",)),
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
        Expected(rates("33:40 40:41.7 29:34 56:35"), told=("[AB]4", "[AB]7")),
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
            levels("activated_profiles", "2025", "33:680000 29:310000 75:900000"), told=("[AB]5",)
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
            or_told=True,
            allowed=rates("33:30 40:31.7 24:23.1", "2024-12-31"),
            told=("2024|2025",),
        ),
    ),
    "the latest sheet last": judged_workbook(
        YEAR_TABS[::-1],
        Expected(
            allowed=rates("33:40 40:41.7 24:33.1", "2025-12-31")
            | rates("33:30 40:31.7 24:23.1", "2024-12-31"),
            told=("2024|2025",),
        ),
    ),
    "two sheets that do not say their year": judged_workbook(
        [
            Tab("Page 1", [["Département", "Taux d’activation"], *PLAIN_ROWS]),
            Tab("Page 2", [["Département", "Taux d’activation"], ["Gironde", 12.0], ["Lot", 13.0]]),
        ],
        Expected(allowed=PLAIN, told=("Page 2",)),
        period="2025",
    ),
    "titles over two rows, merged": judged_workbook(
        [
            Tab(
                "Données",
                [
                    ["Département", "2024", None, "2025", None],
                    [None, "Taux d’activation", "Profils activés", "Taux d’activation", "Profils activés"],
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
for kind in ("xlsx", "xlsx-writer", "xls", "ods"):
    SHEETS[f"a hidden sheet, {kind}"] = judged_workbook(
        [HIDDEN_TAB, Tab("Tableau", [PLAIN_HEADER, *PLAIN_ROWS])], Expected(PLAIN), kind=kind
    )
    SHEETS[f"a hidden row, {kind}"] = judged_workbook(
        [Tab("T", [PLAIN_HEADER, *PLAIN_ROWS, ["Lot", 12.0]], hidden_rows=(4,))],
        Expected(PLAIN, allowed=rates("46:12"), told=("masqu",)),
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
        Expected(PLAIN, allowed=rates("33:20 40:21.7 24:13.1", "2024"), told=("masqu",)),
        kind=kind,
    )
FILES: dict[str, JudgedFile] = {**LEVELS, **ENDS, **SHEETS}


@pytest.mark.parametrize("name", FILES)
def test_the_table_and_its_level_are_those_of_the_file(propose: Propose, name: str):
    FILES[name].judge(propose)


def test_what_is_hidden_everywhere_is_not_read_without_being_named(propose: Propose):
    tabs = [Tab("Accueil", [["Bonjour"]]), HIDDEN_TAB]
    hidden = judged_workbook(tabs, Expected(or_told=True, allowed=rates("33:12 40:13"), told=("masqu|Ancien|tableau",)))
    hidden.judge(propose)
