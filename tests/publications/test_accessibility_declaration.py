"""The declaration of accessibility as it is read."""

from __future__ import annotations

from shipped import SETTINGS

from atlas.publications.accessibility import accessibility_sections
from atlas.settings.accessibility import accessibility_statement

STATEMENT = accessibility_statement()


def text_of(contact: str = "") -> str:
    settings = SETTINGS.model_copy(
        update={"brand": SETTINGS.brand.model_copy(update={"contact": contact})}
    )
    sections = accessibility_sections(settings, STATEMENT)
    return "\n".join("\n".join((one.title, one.summary, *one.paragraphs)) for one in sections)


def test_it_says_the_state_the_rate_and_the_date() -> None:
    said = text_of()
    assert "« 4 ans de Mon espace santé » est partiellement conforme" in said
    assert f"{STATEMENT.rate:.0f}\u00a0% des critères" in said
    assert "28\u00a0novembre\u00a02026" in said


def test_it_names_who_evaluated_and_that_nobody_else_did() -> None:
    assert "sans audit d’un tiers" in text_of()


def test_it_gives_the_contact_of_the_brand() -> None:
    assert "écrivez à service@agence.example pour" in text_of("service@agence.example")
    assert "écrivez à l’équipe qui publie ces chiffres" in text_of()


def test_each_criterion_is_a_row_with_its_theme() -> None:
    (table,) = next(one.tables for one in accessibility_sections(SETTINGS, STATEMENT) if one.tables)
    assert len(table) == 106
    assert table["theme"].cells[0] == "Images" and table["theme"].cells[-1] == "Consultation"
