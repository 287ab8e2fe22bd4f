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


def test_an_icon_is_a_shape_in_the_colours_of_the_theme_that_a_suite_draws(printer):
    section = printer.publication("corse-2026").sections[1]
    (slide,) = printer.of(section)
    icons = [shape for shape in slide.shapes if shape.name.startswith("Pictogramme")]
    assert len(icons) == len(section.cards) == 6
    for shape in icons:
        paths = shape._element.xpath(".//a:custGeom/a:pathLst/a:path")
        assert len(paths) == 1 and len(paths[0]) > 4
        assert shape._element.xpath(".//*[local-name()='decorative']")


def test_a_hero_is_written_on_the_colour_of_the_brand_with_an_arrow_before_its_growth(printer):
    section = printer.publication("corse-2026").sections[2]
    (slide,) = printer.of(section)
    cards = [shape for shape in slide.shapes if shape.name.startswith("Chiffre clé")]
    fills = [str(shape.fill.fore_color.theme_color) for shape in cards]
    assert "ACCENT_1" in fills[0] and not any("ACCENT_1" in fill for fill in fills[1:])
    assert "↑" in cards[0].text_frame.text and "+204" in cards[0].text_frame.text
