"""What python-docx has no words for: fields, tables that repeat their header, alternative texts."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from PIL import Image

from atlas.export.cells import is_numeric
from atlas.export.word_styles import CELL, TABLE, WIDTH_MM
from atlas.french import keep_with_punctuation

# The tallest picture beside its title and caption, and the height from which one is cut.
TALLEST_MM, CUT_MM = 197, 240
# The smallest share of the width for a column.
SLIM = 0.08


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word computes: PAGE, NUMPAGES."""
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        )
    )


def add_link(paragraph: Paragraph, address: str) -> None:
    """An address that opens when it is clicked."""
    key = paragraph.part.relate_to(
        address,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"/>')
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


def pieces(picture: bytes) -> list[tuple[bytes, Length]]:
    """The picture with the width at which it fits a page with its title and caption.

    One that is taller than a page, a ranking of all départements, is cut between its marks.
    """
    with Image.open(io.BytesIO(picture)) as image:
        height = WIDTH_MM * image.height / image.width
        if height <= CUT_MM:
            return [(picture, Mm(WIDTH_MM * min(1, TALLEST_MM / height)))]
        image.load()
    return [(piece, Mm(WIDTH_MM)) for piece in _cut(image)]


def _cut(image: Image.Image) -> list[bytes]:
    """Pieces at most TALLEST_MM high, cut at the whitest line of their last tenth."""
    tallest = int(image.width * TALLEST_MM / WIDTH_MM)
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


def add_table(document: Document, frame: pd.DataFrame, title: str) -> None:
    """A table whose header is repeated on each page, its numbers to the right."""
    table = document.add_table(rows=1 + len(frame), cols=len(frame.columns))
    table.style = TABLE
    look = table._tbl.tblPr
    look.find(qn("w:tblW")).set(qn("w:type"), "pct")
    look.find(qn("w:tblW")).set(qn("w:w"), "5000")
    caption = parse_xml(f"<w:tblCaption {nsdecls('w')}/>")
    caption.set(qn("w:val"), title)
    look.append(caption)
    widths = _widths(frame)
    numeric = [is_numeric(name, frame[name].astype(str)) for name in frame.columns]
    rows = [list(frame.columns), *frame.astype(str).to_numpy().tolist()]
    for row, texts in zip(table.rows, rows, strict=True):
        kept = row._tr.get_or_add_trPr()
        kept.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if texts is rows[0]:
            kept.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for cell, text, right, width in zip(row.cells, texts, numeric, widths, strict=True):
            cell.width = width
            _write(cell, text, right, bold=texts[0].startswith("TOTAL"))


def _write(cell: _Cell, text: str, right: bool, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else None
    paragraph.add_run(keep_with_punctuation(text)).bold = bold or None


def _widths(frame: pd.DataFrame) -> Sequence[Length]:
    """Shares of the width of the page, after the longest text and the longest word above it."""
    needs = [
        max(max(map(len, frame[name].astype(str)), default=0), max(map(len, name.split(" "))))
        for name in frame.columns
    ]
    shares = [max(SLIM, min(need, 40) / sum(min(n, 40) for n in needs)) for need in needs]
    return [Mm(WIDTH_MM * share / sum(shares)) for share in shares]
