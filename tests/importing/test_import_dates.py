"""Periods in every writing of tables and titles."""

from __future__ import annotations

import pytest

from atlas.importing.dates import read_period, single_period_in, without_file_dates

PERIODS = {
    "2025": "2025",
    2025.0: "2025",
    "12/2025": "2025-12",
    "31/12/2025": "2025-12-31",
    "2025-12": "2025-12",
    "décembre 2025": "2025-12",
    "Déc. 2025": "2025-12",
    "31 décembre 2025": "2025-12-31",
    "1er mars 2026": "2026-03-01",
    "Année 2025": "2025",
    "fin décembre 2025": "2025-12",
    "30 février 2025": "",
    "13/2025": "",
    "T4 2025": "",
    "161": "",
    "1975": "",
    "mars": "",
    "": "",
}


@pytest.mark.parametrize("cell", PERIODS)
def test_a_period_is_read_in_every_writing(cell):
    assert read_period(cell) == PERIODS[cell]


def test_a_title_says_its_period_only_when_it_names_one():
    assert single_period_in("Annexe 1 – taux d’activation – Année 2025 - Source CNAM") == "2025"
    assert single_period_in("Situation au 31 décembre 2025") == "2025-12-31"
    assert single_period_in("De 2024 à 2025") == single_period_in("Taux") == ""


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Part des documents de santé envoyés, 2025", "2025"),
        ("Part de la population disposant d’un profil, 2025", "2025"),
        ("Messages de prévention diffusés en 2025", "2025"),
        ("Profils créés au 31/12/2025", "2025-12-31"),
        ("Données publiées le 12/01/2026, situation au 31/12/2025", "2025-12-31"),
        ("Publié le 3 mars 2026", ""),
        ("Fichier généré le 2026-01-12", ""),
        ("Mise à jour : janvier 2026", ""),
        ("© Cnam 2026", ""),
    ],
)
def test_when_a_file_was_made_is_no_period_and_what_is_counted_keeps_its_own(title, period):
    assert single_period_in(without_file_dates(title)) == period
