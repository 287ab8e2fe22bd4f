"""What python-docx has no method for: links, tables that repeat their header, alternative texts,
pictures cut to the page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import Image

from atlas.export.press_release.template import PageSize, page_size
from atlas.french import keep_with_punctuation, table_texts
from atlas.settings.office_templates import TABLE, TABLE_CELL
from atlas.values import Table, Value

# Height that a picture leaves to its title and its caption on a page, and the least that one cut
# into pieces leaves.
CAPTION_MM, PIECE_MARGIN_MM = 51, 8
# The smallest share of the width for a column; texts longer than so many letters are wrapped.
MIN_COLUMN_SHARE, MAX_COLUMN_LETTERS = 0.08, 40


def add_link(paragraph: Paragraph, address: str) -> None:
    """An address that opens when it is clicked."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RT.HYPERLINK, is_external=True))
    run = paragraph.add_run(address)
    run.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def describe(run: Run, text: str, name: str, number: int) -> None:
    """Gives the picture of a run its alternative text and a number of its own."""
    properties = run._r.find(f".//{qn('wp:docPr')}")
    for key, value in (("id", str(number)), ("name", name), ("descr", text)):
        properties.set(key, value)
    run._r.find(f".//{qn('pic:cNvPr')}").set("name", name)


def fit_picture(picture: bytes, page: PageSize) -> list[tuple[bytes, Length]]:
    """The picture with the width at which it fits a page with its title and caption.

    One that is taller than a page, a ranking of all départements, is cut between its marks.
    """
    tallest = page.height_mm - CAPTION_MM
    with Image.open(io.BytesIO(picture)) as image:
        height = page.width_mm * image.height / image.width
        if height <= page.height_mm - PIECE_MARGIN_MM:
            return [(picture, Mm(page.width_mm * min(1, tallest / height)))]
        image.load()
    return [(piece, Mm(page.width_mm)) for piece in _cut_picture(image, tallest / page.width_mm)]


def _cut_picture(image: Image.Image, ratio: float) -> list[bytes]:
    """Pieces at most so high over their width, cut at the whitest line of their last tenth."""
    tallest = int(image.width * ratio)
    light = list(image.convert("L").resize((1, image.height), Image.Resampling.BOX).tobytes())
    tops = [0]
    while image.height - tops[-1] > tallest:
        last = range(tops[-1] + tallest, tops[-1] + tallest * 9 // 10, -1)
        tops.append(max(last, key=light.__getitem__))
    found = []
    for top, bottom in zip(tops, [*tops[1:], image.height], strict=True):
        stream = io.BytesIO()
        image.crop((0, top, image.width, bottom)).save(stream, "PNG", dpi=image.info.get("dpi"))
        found.append(stream.getvalue())
    return found


def add_table(document: Document, values: Table, title: str) -> None:
    """A table whose header is repeated on each page, its numbers to the right; those that another
    figure contradicts are on yellow and say nothing of it."""
    frame = table_texts(_without_contradictions(values))
    doubts = [
        [isinstance(cell, Value) and bool(cell.contradiction) for cell in row.values()]
        for row in values.rows()
    ]
    table = document.add_table(rows=1 + len(frame), cols=len(frame.columns))
    table.style = TABLE
    look = table._tbl.tblPr
    look.find(qn("w:tblW")).set(qn("w:type"), "pct")
    look.find(qn("w:tblW")).set(qn("w:w"), "5000")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    look.append(caption)
    widths = _widths(frame, page_size(document).width_mm)
    numeric = [column.is_numeric and not column.says_base for column in values.columns]
    rows = [list(frame.columns), *frame.to_numpy().tolist()]
    nowhere = [False] * len(frame.columns)
    for row, texts, doubtful in zip(table.rows, rows, [nowhere, *doubts], strict=True):
        kept = row._tr.get_or_add_trPr()
        kept.append(OxmlElement("w:cantSplit"))
        if texts is rows[0]:
            kept.append(OxmlElement("w:tblHeader"))
        for place, cell in enumerate(row.cells):
            cell.width = widths[place]
            run = _write(cell, texts[place], numeric[place])
            run.bold = texts[0].startswith("TOTAL") or None
            if doubtful[place]:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _without_contradictions(values: Table) -> Table:
    return Table(
        tuple(
            replace(
                column,
                cells=tuple(
                    replace(cell, contradiction="") if isinstance(cell, Value) else cell
                    for cell in column.cells
                ),
            )
            for column in values.columns
        )
    )


def _write(cell: _Cell, text: str, right: bool) -> Run:
    paragraph = cell.paragraphs[0]
    paragraph.style = TABLE_CELL
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else None
    run: Run = paragraph.add_run(keep_with_punctuation(text))
    return run


def _widths(frame: pd.DataFrame, width_mm: float) -> Sequence[Length]:
    """Shares of the width of the page, after the longest text and the longest word above it."""
    needs = [
        max(max(map(len, frame[name].astype(str)), default=0), max(map(len, name.split(" "))))
        for name in frame.columns
    ]
    shares = [
        max(
            MIN_COLUMN_SHARE,
            min(need, MAX_COLUMN_LETTERS) / sum(min(n, MAX_COLUMN_LETTERS) for n in needs),
        )
        for need in needs
    ]
    return [Mm(width_mm * share / sum(shares)) for share in shares]
