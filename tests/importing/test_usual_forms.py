"""Territories, periods and layouts as people write them, accepted or answered rightly."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_csv, judged_rows, judged_workbook
from proposed_figures import Expected, Propose, figures, levels
from sheet_tabs import Tab
from spreadsheet_files import WORKBOOK_KINDS

# Département → how it is written.
WRITINGS = {
    "2A": (
        "2A - Corse-du-Sud", "2A Corse-du-Sud", "Corse-du-Sud (2A)", "02A", "20A", "2a",
        "Corse du Sud",
    ),
    "2B": ("2B – Haute-Corse", "Haute Corse", "Corse (Haute)", "HAUTE-CORSE", "2B - HAUTE CORSE"),
    "01": (
        "01 Ain", "Ain (01)", "01 - Ain", "01-Ain", "Ain - 01", "D01", "DEP 01", "dép. 01", "001",
        "AIN", "l’Ain",
    ),
    "33": (
        "33_Gironde", "33 : Gironde", "D33", "DEP-33", "Gironde (33)", "33. Gironde", "Dépt 33",
        "GIRONDE", "33 Gironde (Bordeaux)",
    ),
    "67": ("Rhin (Bas)", "Bas Rhin", "BAS-RHIN", "67 - Bas-Rhin", "Rhin (Bas-)"),
    "68": ("Rhin (Haut)", "Haut Rhin"),
    "74": ("Savoie (Haute)", "Haute Savoie", "Hte-Savoie", "Savoie (Haute-)"),
    "22": ("Côtes d'Armor", "COTES D'ARMOR", "Cotes-d’Armor"),
    "93": ("Seine Saint Denis", "Seine-St-Denis", "SEINE-SAINT-DENIS", "93 - Seine-Saint-Denis"),
    "90": ("Territoire-de-Belfort", "Belfort (Territoire de)", "Terr. de Belfort"),
    "974": ("974 - Réunion", "Réunion", "La Réunion (974)", "Réunion (La)", "974 La Réunion"),
    "971": ("971 - Guadeloupe", "Guadeloupe (971)", "Guadeloupe (La)"),
    "75": ("75 - PARIS", "Paris (75)", "Ville de Paris"),
}  # fmt: skip
# Those that an answer may refuse, but never take for another territory.
MAY_BE_REFUSED = {
    "33 Gironde (Bordeaux)", "Ville de Paris", "l’Ain", "Terr. de Belfort", "Guadeloupe (La)",
}  # fmt: skip


def named(writing: str, code: str) -> JudgedFile:
    """The writing of one département between two others, written in the same manner or not."""
    refusable = writing in MAY_BE_REFUSED
    return judged_csv(
        f"Département;Taux d’activation 2026\n16 - Charente;31,1\n{writing};42,0\n40 - Landes;43,7",
        Expected(
            levels(
                "activation_rate", "2026", "16:31.1 40:43.7" + ("" if refusable else f" {code}:42")
            ),
            allowed=levels("activation_rate", "2026", f"{code}:42"),
        ),
    )


TERRITORIES: dict[str, JudgedFile] = {
    f"« {writing} »": named(writing, code)
    for code, writings in WRITINGS.items()
    for writing in writings
}
TERRITORIES |= {
    f"« {writing} » is no whole département": judged_csv(
        f"Département;Taux d’activation 2026\nGironde;42,0\n{writing};31,0\nLandes;43,7",
        Expected(
            levels("activation_rate", "2026", "33:42 40:43.7"),
            refused=("[AB]3",),
            never_mentions="Vouliez-vous dire « (?!.*(Rhône|Lyon|Corse))",
        ),
    )
    for writing in ("69M", "69D", "Métropole de Lyon", "20", "DROM", "Outre-mer", "Saint-Martin",
                    "Saint-Barthélemy", "977", "978", "987 - Polynésie française", "Atlantide")
}  # fmt: skip
TERRITORIES |= {
    "both parts of the Rhône": judged_csv(
        """
        Code;Département;Profils activés 2026
        01;Ain;200000
        69D;Rhône;150000
        69M;Métropole de Lyon;500000
        70;Haute-Saône;70000
        """,
        Expected(
            levels("activated_profiles", "2026", "01:200000 70:70000"),
            mentions=("[A-C]3", "[A-C]4"),
        ),
    ),
    "REG and DEP in the other order": judged_csv(
        """
        DEP,REG,LIBELLE,taux d'activation 2026
        01,84,Ain,31.1
        02,32,Aisne,29.0
        971,01,Guadeloupe,22.0
        """,
        Expected(levels("activation_rate", "2026", "01:31.1 02:29 971:22")),
    ),
    "REG and DEP without names": judged_csv(
        """
        reg;dep;taux d'activation 2026
        84;01;31,1
        32;02;29,0
        11;75;35,0
        """,
        Expected(levels("activation_rate", "2026", "01:31.1 02:29 75:35")),
    ),
    "names of régions and of départements": judged_csv(
        """
        Région;Dép.;Libellé;Taux d’activation 2026
        Auvergne-Rhône-Alpes;1;Ain;31,1
        Hauts-de-France;2;Aisne;29,0
        Île-de-France;75;Paris;35,0
        """,
        Expected(levels("activation_rate", "2026", "01:31.1 02:29 75:35")),
    ),
    "codes under a title that is empty": judged_csv(
        """
        ;;Taux d’activation 2026
        01;Ain;31,1
        02;Aisne;29,0
        75;Paris;35,0
        """,
        Expected(levels("activation_rate", "2026", "01:31.1 02:29 75:35")),
    ),
    "names under two empty titles and a year": judged_csv(
        """
        Taux d’activation (%);;
        ;2024;2025
        Gironde;37,6;40,0
        Landes;38,7;41,7
        """,
        Expected(
            levels("activation_rate", "2024", "33:37.6 40:38.7")
            | levels("activation_rate", "2025", "33:40 40:41.7")
        ),
    ),
}

PERIODS: dict[str, JudgedFile] = {
    f"the month « {text} »": judged_csv(
        f"Département;Mois;Documents déposés par mois\nGironde;{text};1000\nLandes;{text};2000",
        Expected(levels("documents_deposited_monthly", "2025-12", "33:1000 40:2000")),
    )
    for text in ("202512", "2025-12", "12/2025", "déc. 2025", "déc-25", "décembre 2025", "2025M12",
                 "2025/12", "Décembre-2025", "12-2025")
}  # fmt: skip
PERIODS["months as numbers in titles"] = judged_csv(
    """
    Documents déposés par mois;;
    Département;202511;202512
    Gironde;1000;1001
    Landes;2000;2001
    """,
    Expected(
        levels("documents_deposited_monthly", "2025-11", "33:1000 40:2000")
        | levels("documents_deposited_monthly", "2025-12", "33:1001 40:2001")
    ),
)
for title in ("Taux d’activation 2026-06", "Taux d’activation (2026-06)", "Taux 2026-06-30"):
    period = "2026-06-30" if title.endswith("30") else "2026-06"
    PERIODS[f"the period of « {title} »"] = judged_csv(
        f"Département;{title}\nGironde;40,0\nLandes;41,7",
        Expected(levels("activation_rate", period, "33:40 40:41.7"), or_mentioned=True),
    )
PERIODS["a year in each row"] = judged_csv(
    """
    Département;Année;Taux d’activation
    Gironde;2024;37,6
    Gironde;2025;40,0
    Landes;2024;38,7
    Landes;2025;41,7
    """,
    Expected(
        levels("activation_rate", "2024", "33:37.6 40:38.7")
        | levels("activation_rate", "2025", "33:40 40:41.7")
    ),
)
PERIODS["the day and the month are not exchanged"] = judged_csv(
    "Taux d’activation au 02/12/2025;\nDépartement;Taux d’activation\nGironde;40,0\nLandes;41,7",
    Expected(levels("activation_rate", "2025-12-02", "33:40 40:41.7")),
)

TRANSPOSED = [
    ["Taux d’activation par département (%)"],
    ["", "Gironde", "Landes", "Dordogne", "Charente"],
    ["2024", 37.6, 38.7, 30.6, 30.4],
    ["2025", 40.0, 41.7, 33.1, 32.8],
]
TWO_YEARS = levels("activation_rate", "2024", "33:37.6 40:38.7 24:30.6 16:30.4") | levels(
    "activation_rate", "2025", "33:40 40:41.7 24:33.1 16:32.8"
)
LAYOUTS: dict[str, JudgedFile] = {
    "territories in columns, years in rows": judged_rows(TRANSPOSED, Expected(TWO_YEARS)),
    "territories in columns, indicators in rows": judged_csv(
        """
        Année 2025;;;
        Indicateur;Gironde;Landes;Dordogne
        Taux d’activation (%);40,0;41,7;33,1
        Profils activés;680000;170000;140000
        """,
        Expected(
            levels("activation_rate", "2025", "33:40 40:41.7 24:33.1")
            | levels("activated_profiles", "2025", "33:680000 40:170000 24:140000")
        ),
    ),
    "codes in columns, years in rows": judged_csv(
        """
        Taux d’activation par département (%);;;
        Année;DEP-33;DEP-40;DEP-24
        2024;37,6;38,7;30,6
        2025;40,0;41,7;33,1
        """,
        Expected(
            levels("activation_rate", "2024", "33:37.6 40:38.7 24:30.6")
            | levels("activation_rate", "2025", "33:40 40:41.7 24:33.1")
        ),
    ),
    "indicators named by rows, periods in columns": judged_csv(
        """
        Département;Indicateur;2024;2025
        Gironde;Taux d’activation;37,6;40,0
        Gironde;Profils activés;600000;680000
        Landes;Taux d’activation;38,7;41,7
        Landes;Profils activés;150000;170000
        """,
        Expected(
            levels("activation_rate", "2024", "33:37.6 40:38.7")
            | levels("activation_rate", "2025", "33:40 40:41.7")
            | levels("activated_profiles", "2024", "33:600000 40:150000")
            | levels("activated_profiles", "2025", "33:680000 40:170000")
        ),
    ),
    "corridors in rows under their territory": judged_csv(
        """
        Documents déposés dans l’année 2025;;
        Région;Couloir;Documents déposés
        Bretagne;Hôpital;1200
        Bretagne;Laboratoires;2300
        Corse;Hôpital;120
        Corse;Laboratoires;230
        """,
        Expected(
            figures(
                """REG-53 documents_deposited 2025 1200 @hopital
                REG-53 documents_deposited 2025 2300 @biologie
                REG-94 documents_deposited 2025 120 @hopital
                REG-94 documents_deposited 2025 230 @biologie"""
            )
        ),
    ),
}
SHEET_PER_YEAR = [
    Tab(
        year,
        [
            ["Département", "Taux d’activation (%)"],
            *([name, values[place]] for name, values in (
                ("Gironde", (37.6, 40.0)), ("Landes", (38.7, 41.7)),
                ("Dordogne", (30.6, 33.1)), ("Charente", (30.4, 32.8)),
            )),
        ],
    )
    for place, year in enumerate(("2024", "2025"))
]  # fmt: skip
SHEET_PER_TERRITORY = [
    Tab(
        name,
        [["Année", "Taux d’activation (%)"], ["2024", values[0]], ["2025", values[1]]],
    )
    for name, values in (
        ("Gironde", (37.6, 40.0)), ("Landes", (38.7, 41.7)),
        ("Dordogne", (30.6, 33.1)), ("Charente", (30.4, 32.8)),
    )
]  # fmt: skip
for kind in WORKBOOK_KINDS:
    LAYOUTS[f"one sheet for each year, {kind}"] = judged_workbook(
        SHEET_PER_YEAR, Expected(TWO_YEARS), kind=kind
    )
    LAYOUTS[f"one sheet for each territory, {kind}"] = judged_workbook(
        SHEET_PER_TERRITORY, Expected(TWO_YEARS), kind=kind
    )
LAYOUTS["one sheet for each year, and a summary"] = judged_workbook(
    [
        Tab("Lisez-moi", [["Contact", "Statistiques"], ["Champ", "Profils ouverts"]]),
        *SHEET_PER_YEAR,
    ],
    Expected(TWO_YEARS),
)
LAYOUTS["one sheet for each year, one that contradicts its name"] = judged_workbook(
    [
        SHEET_PER_YEAR[0],
        Tab("2025", [["Taux d’activation au 31/12/2023"], *SHEET_PER_YEAR[1].rows]),
    ],
    Expected(
        allowed=TWO_YEARS - levels("activation_rate", "2025", "33:40 40:41.7 24:33.1 16:32.8")
        | levels("activation_rate", "2023-12-31", "33:40 40:41.7 24:33.1 16:32.8"),
        mentions=(".",),
    ),
)
FILES = {**TERRITORIES, **PERIODS, **LAYOUTS}


@pytest.mark.parametrize("name", FILES)
def test_a_usual_form_is_accepted(propose: Propose, name: str):
    FILES[name].judge(propose)
