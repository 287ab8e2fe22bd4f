"""What every slide says, and that nothing overflows."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Emu
from shapely import box, unary_union
from slides_cases import DOSSIERS, EMBARGO, A, charts, every_publication, font, slide_text


@every_publication
def test_every_slide_has_a_title_of_its_own_and_no_empty_placeholder(printer, name):
    titles = [slide.shapes.title.text_frame.text for slide in printer.slides(name)]
    assert all(titles) and (len(set(titles)) == len(titles) or name == "longueurs")
    for slide in printer.slides(name):
        assert all(shape.text_frame.text for shape in slide.placeholders)


@every_publication
def test_every_slide_says_the_embargo_and_its_number(printer, name):
    for number, slide in enumerate(printer.slides(name), start=1):
        assert EMBARGO in slide_text(slide)
        fields = [field.findtext(f"{A}t") for field in slide.element.iter(f"{A}fld")]
        assert fields == ([] if number == 1 else [str(number)])


def test_nothing_is_said_of_an_embargo_when_there_is_none(printer):
    made = printer.make_slides(printer.publication("corse-2026"), embargo="")
    assert not any(
        "embargo" in slide_text(slide).lower() for slide in Presentation(io.BytesIO(made)).slides
    )


@pytest.mark.parametrize("name", [*DOSSIERS, "fictif"])
def test_what_is_fictitious_says_so_on_every_slide_and_what_is_not_nowhere(printer, name):
    for slide in printer.slides(name):
        badges = [shape for shape in slide.shapes if shape.name == "Mention"]
        assert len(badges) == (name == "fictif")
        assert ("Données fictives" in slide_text(slide)) == (name == "fictif")
        for badge in badges:
            assert badge.text_frame.text.startswith("Données fictives")
            title = slide.shapes.title
            assert title.left + title.width <= badge.left or badge.top + badge.height <= title.top


@every_publication
def test_no_shape_leaves_the_slide(printer, name):
    file = printer.file(name)
    for number, slide in enumerate(file.slides, start=1):
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0, (number, shape.name)
            assert shape.left + shape.width <= file.slide_width, (number, shape.name)
            assert shape.top + shape.height <= file.slide_height, (number, shape.name)


@every_publication
def test_no_letter_is_smaller_than_fourteen_points_but_those_of_sources(printer, name):
    with zipfile.ZipFile(io.BytesIO(printer.bytes(name))) as packed:
        for part in packed.namelist():
            if re.match(r"ppt/(slides|charts|drawings)/\w+\.xml", part):
                xml = packed.read(part).decode()
                sizes = re.findall(r'<a:(?:rPr|defRPr|endParaRPr)[^>]*\bsz="(\d+)"', xml)
                assert all(int(size) >= 1400 for size in sizes), part
    file = printer.file(name)
    for layout in file.slide_layouts:
        for shape in layout.placeholders:
            (size, *_) = shape._element.xpath(".//a:lvl1pPr/a:defRPr/@sz")
            assert int(size) >= (1200 if shape.name == "Source" else 1400), shape.name


def test_the_letters_of_a_chart_hold_fourteen_points(printer):
    for chart in charts(printer.slides("région")):
        sizes = [int(size) for size in chart._chartSpace.xpath(".//@sz")]
        assert sizes and min(sizes) >= 1400


@every_publication
def test_no_slide_is_less_than_half_full(printer, name):
    file = printer.file(name)
    area = file.slide_width.pt * file.slide_height.pt
    for number, slide in enumerate(file.slides, start=1):
        boxes = [
            box(
                shape.left.pt,
                shape.top.pt,
                shape.left.pt + shape.width.pt,
                shape.top.pt + shape.height.pt,
            )
            for shape in slide.shapes
        ]
        assert unary_union(boxes).area / area >= 0.5, (number, slide.shapes.title.text_frame.text)


# The font of a reader who has not that of the house is wider by a tenth or more.
WIDER = 1.1


def tall(paragraphs: Any, width: float, default: float = 0) -> float:
    """Points that paragraphs take, wrapped at ordinary spaces by a font wider than the house's."""
    total = 0.0
    for paragraph in paragraphs:
        runs = paragraph.runs
        size = next((run.font.size.pt for run in runs if run.font.size), default)
        lines, used = 1, 0.0
        for word in re.split("(?<= )", "".join(run.text for run in runs)):
            letters, point = font(bool(runs and runs[0].font.bold)), size * WIDER / 100
            if used and used + letters.getlength(word.rstrip(" ")) * point > width:
                lines, used = lines + 1, 0.0
            used += letters.getlength(word) * point
        before = paragraph.space_before.pt if paragraph.space_before else 0
        total += before + lines * size * 1.257
    return total


@every_publication
def test_every_text_fits_its_box(printer, name):
    for slide in printer.slides(name):
        defaults = {
            shape.placeholder_format.idx: int(shape._element.xpath(".//a:lvl1pPr/a:defRPr/@sz")[0])
            / 100
            for shape in slide.slide_layout.placeholders
        }
        for shape in (shape for shape in slide.shapes if shape.has_text_frame):
            size = defaults[shape.placeholder_format.idx] if shape.is_placeholder else 0
            inset = 0 if shape.is_placeholder else shape.text_frame.margin_left.pt
            needed = tall(shape.text_frame.paragraphs, shape.width.pt - 2 * inset, size)
            assert needed <= shape.height.pt - 2 * inset + 1, (shape.name, shape.text_frame.text)


@every_publication
def test_every_row_of_a_table_is_as_high_as_its_texts(printer, name):
    tables = [shape for slide in printer.slides(name) for shape in slide.shapes if shape.has_table]
    assert tables or name == "comparaisons"
    for frame in tables:
        widths = [column.width.pt for column in frame.table.columns]
        for row in frame.table.rows:
            for place, cell in enumerate(row.cells):
                span = cell.span_width if cell.is_merge_origin else 1
                inset = cell.margin_left.pt + cell.margin_right.pt
                room = sum(widths[place : place + span]) - inset
                assert tall(cell.text_frame.paragraphs, room) <= row.height.pt
                (size, *_) = [run.font.size.pt for run in cell.text_frame.paragraphs[0].runs] or [0]
                words = [word for word in cell.text.split(" ") if len(word) < 25]
                assert all(font(True).getlength(word) * size / 100 <= room for word in words)
        assert sum(row.height for row in frame.table.rows) <= frame.height + Emu(20)
