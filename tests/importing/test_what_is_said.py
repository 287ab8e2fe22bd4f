"""What a table leaves unread is said, and what is no period of its figures gives none."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_csv
from proposed_figures import Expected, Propose, levels

RATES = levels("activation_rate", "2026", "33:42 40:43.7 24:35.1")
ROWS = "Gironde;42,0\nLandes;43,7\nDordogne;35,1"
TABLE = f"Département;Taux d’activation 2026\n{ROWS}"
UNDATED = f"Département;Taux d’activation\n{ROWS}"
DATED = levels("activation_rate", "2025-12-31", "33:42 40:43.7 24:35.1")

# Whole fields that are no territory of the data, among départements.
PARTIAL_FIELDS = (
    "Total France métropolitaine", "France métropolitaine", "Métropole", "Total métropole",
    "France hors Mayotte", "Total hors Mayotte", "France (hors DROM)", "Total DROM", "DROM",
    "Ensemble des DROM", "Outre-mer", "Total outre-mer", "Total région", "Autres départements",
    "France hors Île-de-France", "Moyenne", "Médiane", "Minimum", "Maximum",
    "Moyenne nationale hors Corse",
    "Non ventilé", "Hors France", "Étranger", "Inconnu", "Collectivités d’outre-mer",
    "Saint-Martin", "Saint-Pierre-et-Miquelon", "Polynésie française", "France + Monaco",
)  # fmt: skip
SAID: dict[str, JudgedFile] = {
    f"« {name} »": judged_csv(
        f"{TABLE}\n{name};36,9",
        Expected(RATES, mentions=("[AB]5",), never_mentions="Vouliez-vous"),
    )
    for name in PARTIAL_FIELDS
}
SAID |= {
    f"« {name} » is France": judged_csv(
        f"{TABLE}\n{name};36,9", Expected(RATES | levels("activation_rate", "2026", "FR:36.9"))
    )
    for name in ("France", "France entière", "Total France", "Ensemble France", "FRANCE")
}
EXTRACTIONS = (
    "Données extraites le 12/01/2026",
    "Extraction du 12/01/2026",
    "Édité le 12 janvier 2026",
    "Mise à jour : janvier 2026",
    "Date de publication : 12/01/2026",
    "Fichier généré le 2026-01-12",
    "Source : Cnam, extraction du 12/01/2026",
    "© Cnam 2026",
    "Population : recensement 2022",
)
SAID |= {
    f"« {line} » is not the period": judged_csv(
        f"{line};\n{UNDATED}", Expected(mentions=("période",))
    )
    for line in EXTRACTIONS
}
SAID |= {
    f"« {line} » beside the period": judged_csv(
        f"Situation au 31/12/2025;\n{line};\n{UNDATED}", Expected(DATED)
    )
    for line in EXTRACTIONS
}
SAID |= {
    "an extraction date under the table": judged_csv(
        f"{UNDATED}\n;\nDonnées extraites le 12/01/2026;", Expected(mentions=("période",))
    ),
    "an extraction date in a column": judged_csv(
        """
        Département;Taux d’activation;Date d’extraction
        Gironde;42,0;12/01/2026
        Landes;43,7;12/01/2026
        """,
        Expected(mentions=("période",)),
    ),
    "provisional figures, said above": judged_csv(
        f"Données provisoires;\n{TABLE}", Expected(RATES, mentions=("provisoire",))
    ),
    "provisional figures, said below": judged_csv(
        f"{TABLE}\n;\nDonnées provisoires.;", Expected(RATES, mentions=("provisoire",))
    ),
    "provisional figures, said in the title of a column": judged_csv(
        TABLE.replace("2026", "2026 (p)"), Expected(RATES, mentions=("provisoire",))
    ),
    "a note under the table": judged_csv(
        f"{TABLE}\n;\n(1) Hors profils des mineurs.;", Expected(RATES, mentions=("mineurs",))
    ),
    "a field under the table": judged_csv(
        f"{TABLE}\n\nChamp : France hors Mayotte.;", Expected(RATES, mentions=("hors Mayotte",))
    ),
    "a note with a number under the table": judged_csv(
        f"{TABLE}\nNote : le taux national est de 36,9 %.;36,9",
        Expected(RATES, mentions=("[AB]5|national",)),
    ),
    "a quarter in a title": judged_csv(
        f"Département;Taux d’activation T3 2026\n{ROWS}", Expected(mentions=("trimestre|[AB]1",))
    ),
}

IGNORED: dict[str, JudgedFile] = {
    "a reminder gives no period": judged_csv(
        """
        Département;Taux d’activation;Rappel 2024
        Gironde;40,0;37,6
        Landes;41,7;38,7
        Dordogne;33,1;30,6
        """,
        Expected(
            allowed=levels("activation_rate", "2024", "33:37.6 40:38.7 24:30.6"),
            mentions=("période",),
        ),
    ),
    "a reminder beside the period that the sender adds": judged_csv(
        """
        Département;Taux d’activation;Rappel 2024
        Gironde;40,0;37,6
        Landes;41,7;38,7
        Dordogne;33,1;30,6
        """,
        Expected(
            levels("activation_rate", "2025", "33:40 40:41.7 24:33.1"),
            allowed=levels("activation_rate", "2024", "33:37.6 40:38.7 24:30.6"),
        ),
        period="2025",
    ),
    "a reminder beside a period": judged_csv(
        """
        Taux d’activation au 31/12/2025;;
        Département;Taux d’activation;Rappel 2024
        Gironde;40,0;37,6
        Landes;41,7;38,7
        """,
        Expected(
            levels("activation_rate", "2025-12-31", "33:40 40:41.7"),
            allowed=levels("activation_rate", "2024", "33:37.6 40:38.7"),
        ),
    ),
    "a population gives no period": judged_csv(
        """
        Département;Population 2022;Taux d’activation
        Gironde;1654970;40,0
        Landes;420000;41,7
        """,
        Expected(mentions=("période",)),
    ),
    "a target gives no period": judged_csv(
        """
        Département;Taux d’activation;Objectif 2027
        Gironde;40,0;50
        Landes;41,7;50
        """,
        Expected(mentions=("période",)),
    ),
    "a growth of last year gives no period": judged_csv(
        """
        Département;Profils activés;Évolution par rapport à 2024 (%)
        Gironde;680000;5,0
        Landes;170000;6,0
        """,
        Expected(mentions=("période",)),
    ),
    "a period that the sender adds to undated figures": judged_csv(
        UNDATED, Expected(RATES), period="2026"
    ),
}

CONTROLS: dict[str, JudgedFile] = {
    f"U+{ord(mark):04X} in a {place}": judged_csv(
        TABLE.replace(found, found[:3] + mark + found[3:]), Expected(RATES, or_mentioned=True)
    )
    for mark in "\x0b\x0c\x1f\x07\u200b\u00ad"
    for place, found in (("name", "Gironde"), ("title", "Taux d’activation 2026"))
}
FILES = {**SAID, **IGNORED, **CONTROLS}


@pytest.mark.parametrize("name", FILES)
def test_what_is_left_unread_is_said(propose: Propose, name: str):
    FILES[name].judge(propose)


@pytest.mark.parametrize("mark", "\x0b\x0c\x1f")
def test_no_control_character_reaches_a_row(propose: Propose, mark: str):
    content = f"Département;Taux d’activation 2026;Note\nGironde;42,0;Arrêtées{mark}au 31 mars"
    for row in propose(content.encode(), "envoi.csv").rows:
        assert mark not in "".join(row.texts())
