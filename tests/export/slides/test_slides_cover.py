"""The first slide."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pptx import Presentation
from slides_cases import EMBARGO, alt, plain, slide_text


def test_the_cover_says_what_where_when_and_who(printer):
    cover, publication = printer.slides("corse-2026")[0], printer.publication("corse-2026")
    assert plain(cover.shapes.title.text_frame.text) == publication.title
    for text in (
        "Corse, mars 2026",
        publication.introduction,
        printer.brand.name,
        EMBARGO,
        "18 mars 2026",
    ):
        assert text in slide_text(cover)
    (mark,) = [shape for shape in cover.shapes if shape.name == "Logo"]
    assert plain(alt(mark)) == f"Logo : {printer.brand.name}"
    assert mark.width / mark.height == pytest.approx(3, rel=0.01)


def test_a_publication_without_a_logo_has_a_cover_all_the_same(printer):
    made = Presentation(
        io.BytesIO(printer.make_slides(printer.publication("corse-2026"), mark=None))
    )
    assert not [shape for shape in made.slides[0].shapes if shape.name == "Logo"]
    assert printer.brand.name in slide_text(made.slides[0])
    assert not made.slide_master.element.xpath(".//p:pic")


def test_the_logo_stands_on_every_other_slide(printer):
    assert printer.file("corse-2026").slide_master.element.xpath(".//p:pic/p:blipFill/a:blip")


def test_the_silhouette_of_the_territory_is_a_shape_on_the_cover(printer):
    cover = printer.slides("corse-2026")[0]
    (shape,) = [shape for shape in cover.shapes if shape.name == "Silhouette"]
    outline = printer.publication("corse-2026").silhouette
    assert shape.width / shape.height == pytest.approx(outline.width / 100, rel=0.02)
    assert shape._element.xpath(".//a:custGeom") and not shape.is_placeholder


def test_a_publication_without_outlines_has_a_cover_all_the_same(printer):
    bare = replace(printer.publication("corse-2026"), silhouette=None)
    cover = Presentation(io.BytesIO(printer.make_slides(bare))).slides[0]
    assert not [shape for shape in cover.shapes if shape.name == "Silhouette"]
