"""Key figures on slides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from slides_cases import DOSSIERS, notes, plain, slide_text

from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.publications.publication import Section


@pytest.mark.parametrize("name", [*DOSSIERS, "région", "fictif"])
def test_every_key_figure_is_a_card_with_its_period_and_its_source(printer, name):
    cards = [card for section in printer.publication(name).sections for card in section.cards]
    found = [
        plain(shape.text_frame.text)
        for slide in printer.slides(name)
        for shape in slide.shapes
        if shape.name.startswith("Chiffre clé")
    ]
    assert len(found) == len(cards) > 0
    for card, text in zip(cards, found, strict=True):
        for said in (
            card.label,
            card.value,
            f"{card.place}, {card.period}",
            card.change,
            card.nation,
            f"Source : {card.source}",
        ):
            assert plain(said) in text
        assert ("Chiffre incertain" in text) == card.uncertain


@pytest.mark.parametrize("name", [*DOSSIERS, "région", "fictif", "longueurs"])
def test_a_slide_has_six_cards_at_most_and_none_covers_another(printer, name):
    for slide in printer.slides(name):
        cards = [shape for shape in slide.shapes if shape.name.startswith("Chiffre clé")]
        assert len(cards) <= 6
        for one in cards:
            for other in cards:
                apart = (
                    one.left + one.width <= other.left
                    or other.left + other.width <= one.left
                    or one.top + one.height <= other.top
                    or other.top + other.height <= one.top
                )
                assert apart or one is other


def test_the_notes_of_a_card_have_its_sentence_and_what_the_card_has_no_room_for(printer):
    (section,) = [s for s in printer.publication("corse-2026").sections if s.title == "Au national"]
    (slide,) = [
        s for s in printer.slides("corse-2026") if s.shapes.title.text_frame.text == "Au national"
    ]
    for card in section.cards:
        assert plain(card.sentence) in notes(slide)
        assert plain(card.note_after_sentence) in notes(slide)
        assert not card.contradiction or notes(slide).count(plain(card.contradiction)) == 1


def test_other_published_values_and_computations_are_told(printer):
    start: KeyFigure = printer.publication("corse-2026").sections[0].cards[0]
    card = replace(start, derived="moyenne des deux caisses", others=("98 % (Cnam)",))
    (slide,) = printer.of(Section(title="Cartes", cards=(card,)))
    assert "Calculé : moyenne des deux caisses" in slide_text(slide)
    assert "Autres valeurs publiées : 98 % (Cnam)." in notes(slide)
