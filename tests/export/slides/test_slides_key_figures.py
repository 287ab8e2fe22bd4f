"""Key figures on slides."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from pptx.enum.dml import MSO_FILL, MSO_THEME_COLOR
from slides_cases import DOSSIERS, font, notes, plain, slide_text, without_marks

from atlas.export.slides.remarks import SEE_NOTES
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.publications.publication import Section


def cards_of(found) -> list[tuple[Any, str]]:
    """Each key figure of some slides, with the slide it is on."""
    cards = []
    for slide in found:
        numbers = {
            shape.name.removeprefix("Nombre : "): without_marks(shape)
            for shape in slide.shapes
            if shape.name.startswith("Nombre")
        }
        cards += [
            (slide, f"{numbers.get(name, '')} {without_marks(shape)}")
            for shape in slide.shapes
            if shape.name.startswith("Chiffre clé")
            for name in [shape.name.removeprefix("Chiffre clé : ")]
        ]
    return cards


@pytest.mark.parametrize("name", [*DOSSIERS, "région", "fictif"])
def test_every_key_figure_is_there_with_its_period_and_the_source_at_the_foot(printer, name):
    cards = [card for section in printer.publication(name).sections for card in section.cards]
    found = cards_of(printer.slides(name))
    assert len(found) == len(cards) > 0
    for card, (slide, text) in zip(cards, found, strict=True):
        for said in (
            card.label,
            card.value.replace(" (contredit)", ""),
            card.change.replace(" (contredit)", ""),
            card.nation,
        ):
            assert plain(said) in text
        assert plain(card.place) in text or plain(card.place) in slide_text(slide)
        (source,) = [plain(s.text_frame.text) for s in slide.shapes if s.name == "Source"]
        assert plain(card.source).split(", ")[0] in source


@pytest.mark.parametrize("name", [*DOSSIERS, "région", "fictif"])
def test_a_doubt_is_a_mark_and_its_words_are_at_the_foot_or_in_the_notes(printer, name):
    cards = [card for section in printer.publication(name).sections for card in section.cards]
    for card, (slide, text) in zip(cards, cards_of(printer.slides(name)), strict=True):
        assert "supposée" not in text and "contredit" not in text and "ncertain" not in text
        (source,) = [plain(s.text_frame.text) for s in slide.shapes if s.name == "Source"]
        doubts = [card.contradiction, card.row_note if card.uncertain else card.assumption]
        for doubt in filter(None, doubts):
            assert plain(doubt) in source or (SEE_NOTES in source and plain(doubt) in notes(slide))


def test_a_number_is_larger_than_its_unit_and_its_words_and_stands_on_one_line(printer):
    start = printer.publication("corse-2026").sections[0].cards[1]
    (slide,) = printer.of(Section(title="Cartes", cards=(start,)))
    (shape,) = [shape for shape in slide.shapes if shape.name.startswith("Nombre")]
    sizes = {
        run.text.strip(): run.font.size.pt for p in shape.text_frame.paragraphs for run in p.runs
    }
    assert sizes["25"] > 2 * sizes["environ"] and sizes["25"] > sizes["millions"]
    assert sizes["25"] == max(sizes.values()) >= 60 and sizes["de profils"] < sizes["millions"]


def test_numbers_never_break_even_in_the_widest_font_that_stands_in(printer):
    """The one of a Linux desktop is a third wider than the house font, in bold."""
    for name in DOSSIERS:
        for slide in printer.slides(name):
            for shape in slide.shapes:
                if not shape.name.startswith(("Chiffre clé", "Nombre")):
                    continue
                frame = shape.text_frame
                room = shape.width.pt - frame.margin_left.pt - frame.margin_right.pt
                for paragraph in frame.paragraphs:
                    runs = paragraph.runs
                    if not runs or runs[0].font.size.pt < 28 or not runs[0].text[-1].isdigit():
                        continue
                    taken = sum(
                        font(True).getlength(run.text) * run.font.size.pt / 100 for run in runs
                    )
                    assert taken * 1.3 <= room, (name, paragraph.text)


def test_numbers_and_the_table_of_one_printed_page_are_one_slide(printer):
    (slide,) = [
        slide
        for slide in printer.slides("provence-alpes-cote-d-azur-2025")
        if plain(slide.shapes.title.text_frame.text).startswith("Indicateurs clés par région")
    ]
    text = slide_text(slide)
    assert all(said in text for said in ("22,1", "1,372", "5 549", "+11,1 points", "25 052 377"))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    assert len(frame.table.rows) == 9 and frame.table.cell(0, 1).is_merge_origin
    assert "(contredit)" not in text and "Chiffre contredit" in text


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
        assert plain(card.contradiction) in notes(slide)
    marked = re.findall(r"\((\d)\) ", notes(slide))
    assert "(4) : voir les commentaires" in slide_text(slide) and marked == ["1", "2", "3", "4"]


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
    first, *others = [shape.fill for shape in cards]
    assert first.fore_color.theme_color == MSO_THEME_COLOR.ACCENT_1
    assert not [fill for fill in others if fill.type == MSO_FILL.SOLID]
    assert "↑" in cards[0].text_frame.text and "+204" in cards[0].text_frame.text
