"""Labels of indicators inside a sentence or a title: their article, and what « de » makes of it."""

from __future__ import annotations

from atlas.settings import Indicator

# First words of labels that are feminine; other singular ones are masculine.
_FEMININE = ("Part", "Répartition")
_VOWELS = "aeiouyàâéèêëîïôûü"


def lower_first(text: str) -> str:
    """« Taux d’activation » → « taux d’activation »; an acronym stays (« DMP complétés »)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def with_article(label: str) -> str:
    """« le taux d’activation », « la part des… », « les documents déposés », « l’objectif de… »."""
    first = label.partition(" ")[0]
    said = lower_first(label)
    if first.endswith("s"):
        return f"les {said}"
    if said[:1].lower() in _VOWELS:
        return f"l’{said}"
    return f"la {said}" if first in _FEMININE else f"le {said}"


def of_heading(label: str) -> str:
    """« du taux d’activation », « des documents déposés », « de la part des… »."""
    said = with_article(label)
    if said.startswith("le "):
        return f"du {said.removeprefix('le ')}"
    if said.startswith("les "):
        return f"des {said.removeprefix('les ')}"
    return f"de {said}"


def change_heading(label: str, period: str, compared_to: str = "") -> str:
    """« Évolution des documents déposés, de 2024 à 2025 »: the head of a column of changes.

    period, compared_to: in French; the latter empty when the source does not give the base.
    """
    if not compared_to:
        return f"Évolution {of_heading(label)}, {period}"
    return f"Évolution {of_heading(label)}, de {compared_to} à {period}"


def generic_champ(indicator: Indicator) -> str:
    """On whom a value is, of any territory: « assurés du territoire »."""
    return lower_first(
        indicator.champ.format(of_place="du territoire", insured="des assurés du territoire")
    )
