"""What is not known, said once under a figure."""

from __future__ import annotations

from collections.abc import Sequence

from atlas import french


def change_alone_note(names: Sequence[str]) -> str:
    """« Pour l’hôpital, la médecine de ville et les pharmacies, seule l’évolution est publiée. »

    names: with their articles.
    """
    return f"Pour {french.join_with_et(list(names))}, seule l’évolution est publiée."


def absence_sentence(names: str, count: int, date: str) -> str:
    """« France : valeur de décembre 2024 non publiée. » names: of the territories, in one list of
    so many; date: in French."""
    s = "s" if count > 1 else ""
    return f"{names}{french.NBSP}: valeur{s} {french.with_de(date)} non publiée{s}."


def secrecy_sentence(names: str, count: int, date: str) -> str:
    """« Vosges : valeur de décembre 2024 sous secret statistique. » Arguments as
    `absence_sentence`."""
    s = "s" if count > 1 else ""
    return f"{names}{french.NBSP}: valeur{s} {french.with_de(date)} sous {french.SECRET}."


def publication_count(count: int, total: int, one: str, many: str, what: str) -> str:
    """« 3 régions sur 18 ont publié ce taux »; « 1 région sur 18 a publié ce taux ».

    one, many: the territories; what: what they publish (« ce taux »).
    """
    if count == 0:
        none = "Aucune" if one.endswith(("ion", "caisse")) else "Aucun"
        return f"{none} {one} sur {total} n’a publié {what}"
    noun, verb = (many, "ont") if count > 1 else (one, "a")
    return f"{count} {noun} sur {total} {verb} publié {what}"


def reach_clause(lowest: tuple[str, str], highest: tuple[str, str]) -> str:
    """« entre 35,5 % (CPAM de Pau) et 39,0 % (CPAM de Bayonne) », of what lies between two values.

    lowest, highest: a value in French and where it is from, without article.
    """
    ends = [f"{value} ({place})" for value, place in (lowest, highest)]
    return f"entre {ends[0]} et {ends[1]}"
