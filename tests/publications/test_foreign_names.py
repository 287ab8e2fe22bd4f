"""Texts of a dossier that was copied from another territory."""

from __future__ import annotations

import pytest

from atlas.figures.common.context import FigureContext
from atlas.publications.foreign_names import ForeignName, foreign_names
from atlas.settings import Dossier

NEW_AQUITAINE = "nouvelle-aquitaine-2026"


def copied(context: FigureContext, key: str, **changes: object) -> Dossier:
    written = context.settings.dossiers[key].model_dump() | changes
    return Dossier.model_validate(written)


def names(found: list[ForeignName]) -> set[tuple[tuple[str | int, ...], str]]:
    return {(one.place, one.name) for one in found}


def plain_dossier(context: FigureContext, **changes: object) -> Dossier:
    """Of Bretagne, with one paragraph."""
    written = {
        "title": "Chiffres clés",
        "nav": "Bretagne",
        "territory": "REG-53",
        "period": "2025",
        "source": "la-reunion-2026",
        "introduction": "En Bretagne.",
        "blocks": [{"kind": "text", "text": "Un paragraphe."}],
    }
    return Dossier.model_validate(written | changes)


@pytest.mark.parametrize("key", ["corse-2026", "grand-est-2024", NEW_AQUITAINE, "la-reunion-2026"])
def test_a_shipped_dossier_names_no_other_territory(context: FigureContext, key: str) -> None:
    assert foreign_names(context, context.settings.dossiers[key]) == []


def test_a_copied_dossier_says_each_text_and_figure_of_the_other_territory(context) -> None:
    found = names(foreign_names(context, copied(context, NEW_AQUITAINE, territory="REG-53")))
    assert {
        (("nav",), "Nouvelle-Aquitaine"),
        (("title",), "Nouvelle-Aquitaine"),
        (("lead",), "Nouvelle-Aquitaine"),
        (("blocks", 4, "title"), "Landes"),
        (("blocks", 4, "title"), "Gironde"),
        (("blocks", 1, "figures", 2, "territory"), "Landes"),
        (("blocks", 5, "territories"), "Angoulême"),
    } <= found


@pytest.mark.parametrize(
    "text, name",
    [
        ("Les Landes progressent", "Landes"),
        ("à La Réunion", "La Réunion"),
        ("dans le Grand Est", "Grand Est"),
        ("la caisse de Pau", "Pau"),
        ("des assurés corses", "corses"),
        ("les Réunionnaises et Réunionnais", "Réunionnaises"),
        ("une région francilienne", "francilienne"),
        ("Provence Alpes Côte d'Azur", "Provence Alpes Côte d'Azur"),
        ("la région PACA", "PACA"),
        ("dans l’Ille-et-Vilaine et la Manche", "Manche"),
    ],
)
@pytest.mark.parametrize("key", ["title", "introduction", "headline", "lead", "about"])
def test_a_name_its_adjective_and_its_people_are_found(context, key, text, name) -> None:
    (found,) = foreign_names(context, plain_dossier(context, **{key: text}))
    assert (found.place, found.name) == ((key,), name)


@pytest.mark.parametrize(
    "text",
    [
        "En Bretagne, dans le Finistère et en France",
        "Les bretonnes et les Bretons de la CPAM de Rennes",
        "Les landes et la manche, au nord de la marne",
        "Le Tour de France de l’inclusion numérique",
        "Christelle Boucher-Dubos",
        "Le pays de l’Orne-aux-Loups",
    ],
)
def test_what_is_of_here_or_is_no_territory_is_not(context, text) -> None:
    assert foreign_names(context, plain_dossier(context, lead=text)) == []


def test_what_a_block_compares_may_be_named(context) -> None:
    compared = {
        "kind": "comparison",
        "territories": ["REG-53", "REG-28"],
        "indicator": "activation_rate",
        "layout": "curve",
    }
    text = {"kind": "text", "text": "La Bretagne et la Normandie."}
    assert foreign_names(context, plain_dossier(context, blocks=[compared, text])) == []
    found = foreign_names(context, plain_dossier(context, blocks=[text]))
    assert names(found) == {(("blocks", 0, "text"), "Normandie")}


def test_a_departement_may_name_those_of_the_map_that_it_is_drawn_on(context) -> None:
    drawn = {"kind": "map", "title": "Les Landes et la Gironde en tête de la région"}
    written = {"territory": "DEP-33", "introduction": ""}
    assert (
        foreign_names(context, plain_dossier(context, nav="Gironde", **written, blocks=[drawn]))
        == []
    )
    text = {"kind": "text", "text": "Les Landes."}
    found = foreign_names(context, plain_dossier(context, nav="Gironde", **written, blocks=[text]))
    assert names(found) == {(("blocks", 0, "text"), "Landes")}


def test_quotations_are_only_looked_at_when_nothing_else_is_foreign(context) -> None:
    quote = {"text": "La Corse avance.", "author": "Une personne", "role": "ARS de Corse"}
    (first, second) = foreign_names(context, plain_dossier(context, quotes=[quote]))
    assert first.is_quotation and first.place == ("quotes", 0, "text")
    assert second.place == ("quotes", 0, "role")
    found = foreign_names(context, plain_dossier(context, quotes=[quote], lead="En Normandie."))
    assert names(found) == {(("lead",), "Normandie")}
