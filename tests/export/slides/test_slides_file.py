"""The file of slides: its format, its language, its theme, its layouts."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from slides_cases import DATE, drawing, every_publication

from atlas.export.slides import slides
from atlas.settings.office_templates import LAYOUTS, shipped_templates


@every_publication
def test_slides_are_16_by_9(printer, name):
    file = printer.file(name)
    assert (file.slide_width.inches, file.slide_height.inches) == (
        pytest.approx(13.333, abs=0.001),
        7.5,
    )


@every_publication
def test_the_same_publication_gives_the_same_bytes(printer, name):
    assert printer.make_slides(printer.publication(name)) == printer.bytes(name)


def test_the_file_says_its_title_its_author_its_language_and_the_date_of_the_edition(printer):
    kept = printer.file("corse-2026").core_properties
    assert kept.title == printer.publication("corse-2026").title
    assert kept.author == kept.last_modified_by == printer.brand.name
    assert kept.language == "fr-FR" and kept.created == kept.modified == dt.datetime(2026, 3, 18)
    assert printer.publication("corse-2026").version in kept.comments


@every_publication
def test_no_part_of_the_file_speaks_english(printer, name):
    with zipfile.ZipFile(io.BytesIO(printer.bytes(name))) as packed:
        parts = {
            part: packed.read(part).decode() for part in packed.namelist() if part.endswith(".xml")
        }
    for part, xml in parts.items():
        assert "en-US" not in xml, part
        assert not re.search(r"Click to edit|Second level|Office Theme|Sheet1!", xml), part
        if not part.startswith(("ppt/theme", "docProps")):
            runs = re.findall(r"<a:rPr[^>]*>", xml)
            assert all('lang="fr-FR"' in run for run in runs), part


def test_the_theme_has_the_font_and_the_colours_of_the_brand(printer):
    file, brand = printer.file("corse-2026"), printer.brand
    for master in (file.slide_master, file.notes_master):
        xml = master.part.part_related_by(RT.THEME).blob.decode()
        fonts = re.findall(r'<a:latin typeface="([^"]*)"', xml)
        assert fonts == ["Source Sans Pro"] * 2
        colours = dict(re.findall(r'<a:(\w+)>\s*<a:srgbClr val="(\w{6})"', xml))
        assert {
            name: f"#{colours[name].lower()}" for name in ("dk1", "lt1", "accent1", "accent2")
        } == {"dk1": brand.ink, "lt1": "#ffffff", "accent1": brand.primary, "accent2": brand.accent}
        assert brand.sequential[-1][1:].upper() in colours.values()


def test_another_brand_changes_the_theme(printer):
    brand = printer.brand.model_copy(update={"primary": "#0b7a5b", "name": "GRADeS"})
    made = slides(
        printer.publication("corse-2026"),
        brand,
        template=shipped_templates().slides,
        drawing=drawing,
        logo=None,
        embargo="",
        date=DATE,
    )
    theme = Presentation(io.BytesIO(made)).slide_master.part.part_related_by(RT.THEME)
    assert b'<a:accent1><a:srgbClr val="0B7A5B"/>' in theme.blob and b'"GRADeS"' in theme.blob


def test_the_layouts_are_french_and_used_and_keep_inside_the_slide(printer):
    file = printer.file("longueurs")
    assert [layout.name for layout in file.slide_layouts] == list(LAYOUTS)
    assert {slide.slide_layout.name for slide in file.slides} == {
        layout.name for layout in file.slide_layouts
    }
    assert file.slide_layouts[0].element.get("showMasterSp") == "0"
    for layout in [file.slide_master, *file.slide_layouts]:
        assert layout.placeholders
        for shape in layout.placeholders:
            assert shape.left >= 0 and shape.left + shape.width <= file.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= file.slide_height
