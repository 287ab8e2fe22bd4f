"""The page Problèmes: what is valid in the configuration and would be wrong in print."""

from __future__ import annotations

from pathlib import Path

from visits import Edit, opened, page_text

PAGE = "problemes"


def test_a_title_that_the_figures_contradict_is_on_the_page_until_it_is_mended(
    edited_site: Path, edit: Edit
) -> None:
    true, false = "La Réunion gagne 7,8 points en un an", "La Réunion gagne 9 points en un an"
    visit = opened(PAGE)
    assert "Avertissements" not in page_text(visit)
    edit("config.yaml", true, false)
    said = page_text(visit.run())
    assert f"« {false} » est contredit par les chiffres" in said and f"« {true} »" in said
    assert "dossiers.la-reunion-2026.blocks.5.title" in said
    edit("config.yaml", false, true)
    assert "Avertissements" not in page_text(visit.run())


def test_a_text_of_another_territory_is_on_the_page(edited_site: Path, edit: Edit) -> None:
    edit(
        "config.yaml", "En Corse comme en Provence-Alpes-Côte d’Azur", "En Bretagne comme en Corse"
    )
    said = page_text(opened(PAGE))
    assert "ce dossier porte sur la Corse, et ce texte nomme « Bretagne »" in said
    assert "« Bretagne », que la figure ne montre pas" in said
