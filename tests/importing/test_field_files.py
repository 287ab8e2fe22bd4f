"""Small copies of files that people sent or complained about in public: what each must give."""

from __future__ import annotations

from pathlib import Path

import pytest
from proposed_figures import Expected, Propose, check, figures, levels

from atlas.importing.proposed_import import propose_import

FIELD = Path(__file__).parent / "field"
GROWTHS = figures(
    """DEP-33 activated_profiles 2025 680000 +5/2024
    DEP-40 activated_profiles 2025 170000 +6/2024
    DEP-24 activated_profiles 2025 140000 +4/2024
    DEP-47 activated_profiles 2025 110000 -2/2024"""
)
THREE_RATES = levels("activation_rate", "2026", "33:42 40:43.7 24:35.1")
NAMES = "16:32.8 19:32.7 23:32.2 24:33.1 33:40 40:41.7 86:34.5 87:34.9"
MONTHS = {"10": 0, "11": 1000, "12": 2000}
DOCUMENTS = {"33": 480000, "40": 110000, "24": 80000, "47": 30000}


EXPECTED = {
    "01-codes-de-regions.csv": Expected(
        levels(
            "activation_rate",
            "2025-12-31",
            "REG-11:31.2 REG-24:30.1 REG-27:29.4 REG-28:28.3 REG-32:27.5 REG-44:26.4 REG-52:33.3 "
            "REG-53:34.9 REG-75:36.5 REG-76:32.2 REG-84:31.7 REG-93:30.9 REG-94:30.6",
        )
    ),
    "02-apercu-d-une-feuille-lecture-d-une-autre.xlsx": Expected(
        levels("activation_rate", "2025-12-31", NAMES),
        # The other sheet is another year: read as well, it is read as that year.
        allowed=levels(
            "activation_rate",
            "2024-12-31",
            "16:30.4 19:30.2 23:29.6 24:30.6 33:37.6 40:38.7 86:32.3 87:32.6",
        ),
    ),
    "03-pourcent-litteral-croissance.xlsx": Expected(
        figures(
            """DEP-33 activated_profiles 2025 680000 +5/2024
            DEP-40 activated_profiles 2025 170000 +6/2024
            DEP-24 activated_profiles 2025 140000 +4/2024
            DEP-47 activated_profiles 2025 110000 +2/2024"""
        )
    ),
    "05-croissance-formatee-pourcent-temoin.xlsx": Expected(GROWTHS),
    "05-croissance-formatee-pourcent.xls": Expected(GROWTHS),
    "05-croissance-formatee-pourcent.ods": Expected(GROWTHS),
    "06-appel-de-note-en-exposant.xlsx": Expected(
        levels("activation_rate", "2026", "33:42 40:43.7 976:9 24:35.1"),
        or_mentioned=True,
        mentions=("B3|provisoire",),
    ),
    "07-formules-jamais-calculees.xlsx": Expected(
        levels("activated_profiles", "2026", "33:680000 40:170000 24:140000")
        | levels("profiles_created", "2026", "33:1700000 40:408000 24:423000"),
        allowed=levels("activation_rate", "2026", "33:40 40:41.7 24:33.1"),
        mentions=("calcul",),
    ),
    "08-tableaux-empiles.csv": Expected(
        THREE_RATES,
        allowed=levels("activation_rate_60_plus", "2026", "29:21 56:22 35:23"),
        mentions=("[A-B][6-9]|Tableau 2|autre tableau",),
    ),
    "10-profils-actives-en-pourcent.csv": Expected(THREE_RATES, or_mentioned=True),
    "10-tranches-d-age.csv": Expected(mentions=("[BC]1|18-24|indicateur",)),
    "11-total-d-un-champ-plus-petit.csv": Expected(
        levels(
            "activation_rate",
            "2026",
            "33:42 40:43.7 24:35.1 971:22 972:21 973:15 974:32 976:9",
        ),
        mentions=("[AB]10",),
    ),
    "13-nd-parmi-des-entiers.csv": Expected(
        levels("activation_rate", "2026", "16:33 19:32 24:31 33:40 40:42 86:34 87:35")
    ),
    "13-nombre-pris-pour-un-territoire.csv": Expected(
        levels("activation_rate", "2025", NAMES)
        | levels("ambassadors", "2025", "16:12 19:8 23:5 24:24 33:87 40:21 86:34 87:35")
    ),
    "14-mois-en-vraies-dates.xlsx": Expected(
        frozenset().union(
            *(
                levels("documents_deposited_monthly", f"2025-{month}", f"{code}:{value + more}")
                for month, more in MONTHS.items()
                for code, value in DOCUMENTS.items()
            )
        )
    ),
    "17-valeur-fusionnee-sur-deux-departements.xlsx": Expected(
        levels("activated_profiles", "2025", "33:680000 40:170000"), mentions=("B[23]|B2:B3",)
    ),
    "20-code-espace-nom.csv": Expected(
        levels("activation_rate", "2026", "01:31.1 02:29 33:42 2A:35.4 974:32")
    ),
    "20-corse-sous-son-code-et-son-nom.csv": Expected(
        levels("activation_rate", "2026", "01:31.1 02:29 2A:35.4 2B:35 33:42 974:32")
    ),
    "20-region-et-departement-insee.csv": Expected(
        levels("activation_rate", "2026", "01:31.1 02:29 03:30.2 04:30 75:35 77:33 971:22")
    ),
    "20-territoires-sous-un-titre-vide.csv": Expected(
        levels("activation_rate", "2024", "33:37.6 40:38.7 24:30.6")
        | levels("activation_rate", "2025", "33:40 40:41.7 24:33.1")
    ),
    "21-points-formates-pourcent.xlsx": Expected(
        figures(
            """DEP-33 activation_rate 2026 42 +2/
            DEP-40 activation_rate 2026 43.7 +2/
            DEP-24 activation_rate 2026 35.1 +2/
            DEP-47 activation_rate 2026 37.4 +2/"""
        )
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_field_file_gives_what_it_says(propose: Propose, name: str):
    check(propose((FIELD / name).read_bytes(), name), EXPECTED[name])


def test_a_control_character_in_a_note_is_read_as_a_space_or_refused(propose: Propose):
    """The workbook says its sources itself."""
    name = "19-tabulation-verticale-dans-une-note.xlsx"
    proposed = propose((FIELD / name).read_bytes(), name, source="")
    check(proposed, Expected(figures("DEP-19 ambassadors 2026-03 45"), or_mentioned=True))
    notes = proposed.row_notes
    assert "\x0b" not in notes and "x000B" not in notes
    assert "provisoires" not in notes or "provisoires arrêtées" in notes


def test_every_field_file_is_judged():
    named = {*EXPECTED, "19-tabulation-verticale-dans-une-note.xlsx"}
    assert named == {path.name for path in FIELD.iterdir()}


def test_figures_are_proposed_before_their_document_is_known(known_keys, published):
    content = (FIELD / "13-nd-parmi-des-entiers.csv").read_bytes()
    made = propose_import(content, "envoi.csv", known_keys, published)
    assert {row.source for row in made.rows} == {""} and len(made.rows) == 7
