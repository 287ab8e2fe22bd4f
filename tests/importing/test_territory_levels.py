"""Whether the rows of a table are régions, départements or caisses: all that it says counts."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_csv, judged_rows, judged_workbook
from proposed_figures import Expected, Propose, levels
from sheet_tabs import Tab

REGIONS = ["11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]
DEPARTEMENTS = [
    *(f"{n:02}" for n in range(1, 20)),
    "2A",
    "2B",
    *(str(n) for n in range(21, 96)),
    *["971", "972", "973", "974", "976"],
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
ASKED = Expected(mentions=(".",))

FILES: dict[str, JudgedFile] = {
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
        Expected(coded(REGIONS, "REG-").rows, or_mentioned=True),
    ),
    "twelve codes that are both": judged_rows(
        [HEADER, *code_rows(REGIONS[:12])],
        Expected(allowed=coded(REGIONS[:12], "REG-").rows, mentions=("région",)),
    ),
    "five codes that are both": judged_rows(
        [HEADER, *code_rows(["11", "24", "27", "75", "93"])], ASKED
    ),
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


@pytest.mark.parametrize("name", FILES)
def test_the_level_is_the_one_that_all_columns_and_titles_agree_on(propose: Propose, name: str):
    FILES[name].judge(propose)
