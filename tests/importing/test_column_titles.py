"""A column is what its title and its neighbours say; what no indicator has stays unassigned."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_column, judged_csv, three
from proposed_figures import Expected, Figure, Propose, figures, levels

# Something is said of it, and no figure comes.
NOTHING = Expected(mentions=(".",))


def rates(values: str = "42 43.7 35.1", period: str = "2026") -> frozenset[Figure]:
    return three("activation_rate", period, values)


RATE_TEXTS = "42,0 43,7 35,1"
# Titles that restrict, negate, aim at or derive what an indicator counts: no indicator has them.
OTHER_RATES = (
    "Taux d’activation 2026 des 18-24 ans",
    "Taux d’activation 2026 des 75 ans et plus",
    "Taux d’activation 2026 des moins de 25 ans",
    "Taux d’activation 2026 (60-74 ans)",
    "Taux d’activation 2026 des 65 ans et plus",
    "Taux d’activation 2026 des femmes",
    "Taux d’activation 2026 - hommes",
    "Taux d’activation 2026 des bénéficiaires de la C2S",
    "Taux d’activation 2026 hors mineurs",
    "Taux d’activation 2026 en zone rurale",
    "Taux de non-activation 2026",
    "Objectif de taux d’activation 2026",
    "Taux d’activation cible 2026",
    "Taux d’activation 2026 (prévision)",
    "Écart 2026 à la moyenne nationale du taux d’activation",
    "Part du territoire dans les profils activés de France 2026",
    "Taux d’activation 2026 pour 1 000 habitants",
    "Taux d’activation 2026 (‰)",
    "Taux d’activation maximal 2026",
    "Intervalle de confiance du taux d’activation 2026",
    "Médiane du taux d’activation 2026",
)
FILES: dict[str, JudgedFile] = {
    f"« {title} »": judged_column(title, RATE_TEXTS, NOTHING) for title in OTHER_RATES
}
FILES |= {
    f"« {title} » is the rate": judged_column(
        title, RATE_TEXTS, Expected(rates(), or_mentioned=True)
    )
    for title in (
        "Profils activés 2026 (%)",
        "Part de profils activés 2026",
        "% de profils activés 2026",
        "Profils activés 2026 en %",
        "Pourcentage de profils activés en 2026",
    )
}
FILES |= {
    f"« {title} » is known": judged_column(title, RATE_TEXTS, Expected(rates()))
    for title in (
        "Taux d’activation 2026",
        "TAUX D'ACTIVATION 2026 (EN %)",
        "tx_activation_2026",
        "Taux d'activation de Mon espace santé - 2026",
        "Taux d’activation des profils en 2026",
    )
}
FILES |= {
    "ages that an indicator has, 60 and over": judged_column(
        "Taux d’activation 2026 des 60 ans et plus",
        RATE_TEXTS,
        Expected(three("activation_rate_60_plus", "2026", "42 43.7 35.1")),
    ),
    "ages that an indicator has, 25 to 69": judged_column(
        "Taux d’activation 2026 des 25-69 ans",
        RATE_TEXTS,
        Expected(three("activation_rate_25_69", "2026", "42 43.7 35.1")),
    ),
    "all ages beside some": judged_csv(
        """
        Département;Ensemble;60 ans et plus;18-24 ans
        Gironde;42,0;31,0;50,1
        Landes;43,7;32,0;51,2
        Dordogne;35,1;33,0;52,3
        """,
        Expected(
            allowed=rates() | three("activation_rate_60_plus", "2026", "31 32 33"), mentions=(".",)
        ),
        period="2026",
    ),
    "a count that has decimals": judged_column("Profils activés 2026", RATE_TEXTS, NOTHING),
    "a count of ambassadors that has decimals": judged_column(
        "Ambassadeurs 2026", "12,5 8,3 5,1", NOTHING
    ),
    "a rank that has decimals": judged_column(
        "Rang du taux d’activation 2026", RATE_TEXTS, NOTHING
    ),
    "a rank": judged_column(
        "Rang du taux d’activation 2026",
        "1 2 3",
        Expected(three("activation_rank", "2026", "1 2 3"), or_mentioned=True),
    ),
    "a share and its count": judged_csv(
        """
        Département;Profils activés 2026;% de profils activés 2026
        Gironde;680000;42,0
        Landes;170000;43,7
        Dordogne;140000;35,1
        """,
        Expected(three("activated_profiles", "2026", "680000 170000 140000"), allowed=rates()),
    ),
    "a target beside its indicator": judged_csv(
        """
        Département;Profils activés 2025;Objectif 2026
        Gironde;680000;700000
        Landes;170000;180000
        Dordogne;140000;150000
        """,
        Expected(
            three("activated_profiles", "2025", "680000 170000 140000"),
            allowed=three("activated_profiles_target", "2026", "700000 180000 150000"),
        ),
    ),
    "a target of activated profiles": judged_column(
        "Objectif de profils activés 2027",
        "700000 180000 150000",
        Expected(three("activated_profiles_target", "2027", "700000 180000 150000")),
    ),
    "each growth with the column at its left": judged_csv(
        """
        Département;Profils activés 2025;Évol. 2024-2025 (%);Profils créés 2025;Évol. 2024-2025 (%)
        Gironde;680000;5,0;1500000;1,0
        Landes;170000;6,0;400000;2,0
        Dordogne;140000;4,0;390000;3,0
        """,
        Expected(
            figures(
                """DEP-33 activated_profiles 2025 680000 +5/2024
                DEP-40 activated_profiles 2025 170000 +6/2024
                DEP-24 activated_profiles 2025 140000 +4/2024
                DEP-33 profiles_created 2025 1500000 +1/2024
                DEP-40 profiles_created 2025 400000 +2/2024
                DEP-24 profiles_created 2025 390000 +3/2024"""
            )
        ),
    ),
    "points after a rate, percent after a count": judged_csv(
        """
        Dép.;Taux d’activation 2025;Évol. 2024-2025 (pts);Profils activés 2025;Évol. 2024-2025 (%)
        Gironde;40,0;2,4;680000;5,0
        Landes;41,7;3,0;170000;6,0
        Dordogne;33,1;2,5;140000;4,0
        """,
        Expected(
            figures(
                """DEP-33 activation_rate 2025 40 +2.4/2024
                DEP-40 activation_rate 2025 41.7 +3/2024
                DEP-24 activation_rate 2025 33.1 +2.5/2024
                DEP-33 activated_profiles 2025 680000 +5/2024
                DEP-40 activated_profiles 2025 170000 +6/2024
                DEP-24 activated_profiles 2025 140000 +4/2024"""
            )
        ),
    ),
    "a growth in percent of a rate": judged_csv(
        """
        Département;Taux d’activation 2025;Évolution 2024-2025 (%)
        Gironde;40,0;6,4 %
        Landes;41,7;7,8 %
        Dordogne;33,1;8,2 %
        """,
        Expected(rates("40 41.7 33.1", "2025"), or_mentioned=True),
    ),
    "a difference that is no growth": judged_csv(
        """
        Département;Taux d’activation 2025;Écart à la France (points)
        Gironde;40,0;6,4
        Landes;41,7;8,1
        Dordogne;33,1;-0,5
        """,
        Expected(rates("40 41.7 33.1", "2025"), mentions=("C1|[ÉEée]cart",)),
    ),
    "« dans l’année » is a word of the title": judged_csv(
        """
        Situation au 31/12/2025;
        Département;Documents déposés dans l’année
        Gironde;4800000
        Landes;1100000
        Dordogne;900000
        """,
        Expected(
            or_mentioned=True,
            allowed=three("documents_deposited", "2025-12-31", "4800000 1100000 900000")
            | three("documents_deposited", "2025", "4800000 1100000 900000"),
        ),
    ),
    "a population beside": judged_csv(
        """
        Département;Population 2025;Taux d’activation 2025
        Gironde;1700000;40,0
        Landes;430000;41,7
        Dordogne;415000;33,1
        """,
        Expected(rates("40 41.7 33.1", "2025")),
    ),
    "a name of a person in charge": judged_csv(
        """
        Département;Nom du référent;Nombre d’ambassadeurs 2025
        Gironde;Mme Landes;12
        Landes;M. Paris;8
        Dordogne;M. Martin;5
        """,
        Expected(three("ambassadors", "2025", "12 8 5")),
    ),
    "a number of caisses": judged_csv(
        """
        Département;Nombre de caisses;Nombre d’ambassadeurs 2025
        Nord;4;12
        Pas-de-Calais;2;8
        Gironde;1;5
        """,
        Expected(levels("ambassadors", "2025", "59:12 62:8 33:5")),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_column_is_what_its_title_says(propose: Propose, name: str):
    FILES[name].judge(propose)
