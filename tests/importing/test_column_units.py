"""What a title says of a unit wins over what the values look like; where nothing says it, ask."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_column, judged_csv, judged_workbook, three
from proposed_figures import Expected, Figure, Propose, figures
from sheet_tabs import Shown

# Something is said of it, and no figure comes.
NOTHING = Expected(mentions=(".",))


def rates(values: str = "42 43.7 35.1", period: str = "2026") -> frozenset[Figure]:
    return three("activation_rate", period, values)


FILES: dict[str, JudgedFile] = {
    "rates under 1 in percent": judged_column(
        "Taux d’opposition 2026 (%)",
        "0,9 0,7 0,4",
        Expected(three("opposition_rate", "2026", "0.9 0.7 0.4")),
    ),
    "rates under 1 in percent, said above": judged_csv(
        """
        Taux d’opposition par département en 2026, en %;
        Département;Taux d’opposition
        Gironde;0,9
        Landes;0,7
        Dordogne;0,4
        """,
        Expected(three("opposition_rate", "2026", "0.9 0.7 0.4")),
    ),
    "rates under 1 that do not say their unit": judged_column(
        "Taux d’opposition 2026", "0,9 0,7 0,4", NOTHING
    ),
    "rates around 1": judged_column(
        "Taux d’opposition 2026",
        "0,9 0,7 1,4",
        Expected(three("opposition_rate", "2026", "0.9 0.7 1.4"), or_mentioned=True),
    ),
    "fractions with a percentage typed among them": judged_column(
        "Taux d’opposition 2026", "0,018 0,024 50", NOTHING
    ),
    "fractions": judged_column(
        "Taux d’activation 2026", "0,42 0,437 0,351", Expected(rates(), or_mentioned=True)
    ),
    "fractions under a title in percent": judged_column(
        "Taux d’activation 2026 (%)",
        "0,42 0,437 0,351",
        Expected(rates("0.42 0.437 0.351"), or_mentioned=True),
    ),
    "percent written in each cell": judged_column(
        "Taux d’activation 2026", "42,0% 43,7% 35,1%", Expected(rates())
    ),
    "percent under 1 written in each cell": judged_column(
        "Taux d’opposition 2026",
        "0,9% 0,7% 0,4%",
        Expected(three("opposition_rate", "2026", "0.9 0.7 0.4")),
    ),
    "growths in fractions that do not say it": judged_csv(
        """
        Département;Profils activés 2025;Évolution 2024-2025
        Gironde;680000;0,05
        Landes;170000;0,06
        Dordogne;140000;0,04
        """,
        Expected(
            three("activated_profiles", "2025", "680000 170000 140000"),
            or_mentioned=True,
            mentions=("C[1-4]|[ÉE]volution",),
        ),
    ),
    "small growths in percent": judged_csv(
        """
        Département;Profils activés 2025;Évolution 2024-2025 (en %)
        Gironde;680000;0,5
        Landes;170000;-0,6
        Dordogne;140000;0,4
        """,
        Expected(
            figures(
                """DEP-33 activated_profiles 2025 680000 +0.5/2024
                DEP-40 activated_profiles 2025 170000 -0.6/2024
                DEP-24 activated_profiles 2025 140000 +0.4/2024"""
            )
        ),
    ),
    "growths shown in percent, rates shown in percent": judged_workbook(
        [
            ["Département", "Taux d’activation 2025", "Progression en points"],
            ["Gironde", Shown(0.40, "0.0%"), 2.4],
            ["Landes", Shown(0.417, "0.0%"), 3.0],
        ],
        Expected(
            figures(
                """DEP-33 activation_rate 2025 40 +2.4/
                DEP-40 activation_rate 2025 41.7 +3/"""
            )
        ),
    ),
    "a growth of a count shown in percent": judged_workbook(
        [
            ["Département", "Documents déposés 2025", "Évolution par rapport à 2024"],
            ["Gironde", 4800000, Shown(0.405, "0.0%")],
            ["Landes", 1100000, Shown(1.5, "0.0%")],
        ],
        Expected(
            figures(
                """DEP-33 documents_deposited 2025 4800000 +40.5/2024
                DEP-40 documents_deposited 2025 1100000 +150/2024"""
            )
        ),
    ),
    "units in a row of their own": judged_csv(
        """
        Département;Profils activés 2025;Taux d’activation 2025
        ;(en milliers);(en %)
        Gironde;680;40,0
        Landes;170;41,7
        Dordogne;140;33,1
        """,
        Expected(
            three("activated_profiles", "2025", "680000 170000 140000")
            | rates("40 41.7 33.1", "2025")
        ),
    ),
    "thousands in a parenthesis, with decimals": judged_column(
        "Profils activés 2025 (milliers)",
        "680,5 170,2 140,1",
        Expected(three("activated_profiles", "2025", "680500 170200 140100")),
    ),
    "millions": judged_column(
        "Documents déposés en 2025, en millions",
        "4,8 1,1 0,9",
        Expected(three("documents_deposited", "2025", "4800000 1100000 900000")),
    ),
    "thousands said above, beside a rate": judged_csv(
        """
        Profils en milliers, taux en %, année 2025;;
        Département;Profils activés;Taux d’activation
        Gironde;680;40,0
        Landes;170;41,7
        Dordogne;140;33,1
        """,
        Expected(
            three("activated_profiles", "2025", "680000 170000 140000")
            | rates("40 41.7 33.1", "2025"),
            or_mentioned=True,
        ),
    ),
    "« k » in the title": judged_column(
        "Profils activés 2025 (k)",
        "680 170 140",
        Expected(three("activated_profiles", "2025", "680000 170000 140000"), or_mentioned=True),
    ),
    "« k€ » is another unit": judged_column("Profils activés 2025 (k€)", "680 170 140", NOTHING),
    "for 100 inhabitants": judged_column(
        "Profils activés 2025 pour 100 habitants", "40 41 33", NOTHING
    ),
    "for 1 000 inhabitants": judged_column(
        "Profils activés 2025 pour 1 000 habitants", "400 417 331", NOTHING
    ),
    "percent in a count": judged_column(
        "Profils activés 2025",
        "40% 41% 33%",
        Expected(rates("40 41 33", "2025"), or_mentioned=True),
    ),
    "counts with empty decimals": judged_column(
        "Profils activés 2025",
        "680000,0 170000,0 140000,0",
        Expected(three("activated_profiles", "2025", "680000 170000 140000"), or_mentioned=True),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_column_has_the_unit_that_the_file_says(propose: Propose, name: str):
    FILES[name].judge(propose)
