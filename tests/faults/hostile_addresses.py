"""Addresses as somebody who means harm types them, over all pages and all that they read."""

from __future__ import annotations

from random import Random

from mutations import HOSTILE_TEXTS
from visits import COMPARISONS, DOSSIERS, HOME, opened

PAGES = (
    HOME,
    "carte",
    "relief",
    "deux-dates",
    "echelles",
    "couloirs",
    "portrait",
    *COMPARISONS,
    *DOSSIERS,
    "carnet",
    "kit",
    "verifier",
    "donnees",
    "couverture",
    "coherence",
    "importer",
    "problemes",
)
# A parameter, and texts of it that a page writes.
VALID_TEXTS = {
    "figee": ("20261122-abcdef-k0123abcd", "20261122-abcdef-0123abcd"),
    "projection": ("1",),
    "vue": ("0", "2"),
    "demo": ("0", "1"),
    "region": ("REG-75", "FR"),
    "territoire": ("REG-94", "DEP-33"),
    "territoires": ("FR+REG-75",),
    "departement": ("DEP-33",),
    "indicateur": ("activation_rate", "documents_deposited"),
    "periode": ("2025", "2025-12"),
    "depuis": ("2024", "2024-12"),
    "presentation": ("curve", "table"),
    "axe": ("free",),
    "niveau": ("departements", "caisses"),
    "couloir": ("biologie",),
    "mesure": ("value", "gap"),
}
HOSTILE_VALUES = (
    *HOSTILE_TEXTS,
    "20269999-abcdef-12345678",
    "20269999-abcdef-k12345678",
    "00000000-abcdef-k12345678",
    "20260230-abcdef-k12345678",
    "٢٠٢٦١١٢٢-abcdef-k12345678",
    "+" * 5000,
    "FR+" * 4000,
    "²",
    "-0",
    "99999999999",
)


def hostile_address(rng: Random) -> tuple[str, dict[str, str]]:
    """A page, and parameters of which one at least is not what the page writes."""
    keys = rng.sample(list(VALID_TEXTS), rng.randint(1, 4))
    parameters = {key: rng.choice(VALID_TEXTS[key]) for key in keys}
    parameters[keys[0]] = rng.choice(HOSTILE_VALUES)
    if rng.random() < 0.2:
        parameters[rng.choice(("x", "é", "a" * 2000, "__proto__"))] = rng.choice(HOSTILE_VALUES)
    return rng.choice(PAGES), parameters


def visit_address(page: str, parameters: dict[str, str]) -> list[str]:
    """The errors of a page opened at an address; none when it is drawn."""
    visit = opened(page, **parameters)
    return [f"{error.message} ({page}, {sorted(parameters)})"[:300] for error in visit.exception]
