"""What native charts share: fonts, language, place of the drawing, texts on marks."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openpyxl import load_workbook
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from atlas.export.slides.box import Box
from atlas.export.slides.typesetting import INK, Line, measure, paint, write

TEXT_POINTS, SHEET_NAME = 14.0, "Valeurs"
# Points: a line of the legend, the space around it, and the key before each name with its own.
LEGEND_ROW, LEGEND_MARGIN, LEGEND_KEY = 22.0, 8.0, 44.0
_DRAWING = 'xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing" ' + nsdecls(
    "c", "a"
)


def legend_height(names: Sequence[str], width: float) -> float:
    """What the legend takes under the drawing; nothing for one series."""
    if len(names) < 2:
        return 0
    taken = sum(measure(name, TEXT_POINTS) + LEGEND_KEY for name in names)
    return LEGEND_ROW * math.ceil(taken / (0.8 * width)) + LEGEND_MARGIN


def format_chart(chart: Any, *, legend: bool) -> None:
    """French, in the font and the ink of the theme, without a title: the slide has it."""
    space = chart._chartSpace
    space.insert(1, parse_xml(f'<c:lang {nsdecls("c")} val="fr-FR"/>'))
    space.insert(2, parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))
    chart.has_title = False
    chart.font.size = Pt(TEXT_POINTS)
    paint(chart.font.color, INK)
    chart.has_legend = legend
    if legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
    space.xpath(".//c:dispBlanksAs")[0].set("val", "span")


def name_once(chart: Any, names: Sequence[str]) -> None:
    """Leave out of the legend the parts of a line that is interrupted, but for its first."""
    position = chart.legend._element.find(qn("c:legendPos"))
    for place in reversed(range(len(names))):
        if names[place] in names[:place]:
            position.addnext(
                parse_xml(
                    f'<c:legendEntry {nsdecls("c")}><c:idx val="{place}"/><c:delete val="1"/>'
                    "</c:legendEntry>"
                )
            )


def finish_chart(chart: Any) -> None:
    """What waits for every text to be there: their language, the names in the workbook."""
    _set_workbook(chart)
    for leader in chart._chartSpace.iter(qn("c:showLeaderLines")):
        leader.set("val", "0")  # they would pass for a line that goes on
    for tag in ("a:defRPr", "a:rPr", "a:endParaRPr"):
        for found in chart._chartSpace.iter(qn(tag)):
            found.set("lang", "fr-FR")


def _set_workbook(chart: Any) -> None:
    """A French name for the sheet, room for the names, and no name that runs as a formula."""
    workbook = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    sheet = workbook.active
    sheet.title = SHEET_NAME
    sheet.column_dimensions["A"].width = 30
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    stream = io.BytesIO()
    workbook.save(stream)
    chart.part.chart_workbook.update_from_xlsx_blob(stream.getvalue())
    for reference in chart._chartSpace.iter(qn("c:f")):
        reference.text = reference.text.replace("Sheet1!", f"{SHEET_NAME}!")


def set_plot_area(chart: Any, inner: Box, outer: Box) -> None:
    """Put the drawing, without its axes, in a box of its frame (outer), both in points."""
    area = chart._chartSpace.xpath(".//c:plotArea")[0]
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    shares = (
        ("x", inner.x / outer.width),
        ("y", inner.y / outer.height),
        ("w", inner.width / outer.width),
        ("h", inner.height / outer.height),
    )
    parts = "".join(f'<c:{name} val="{share:.5f}"/>' for name, share in shares)
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{parts}</c:manualLayout></c:layout>'
        ),
    )


def add_data_label(
    point: Any,
    text: str,
    position: Any,
    *,
    colour: str = INK,
    bold: bool = False,
    shift: tuple[float, float] = (0, 0),
) -> None:
    """Write a text on a mark. shift: to the right and down from where it would stand, as shares
    of the frame."""
    write(point.data_label.text_frame, [Line(text, TEXT_POINTS, bold=bold, colour=colour)])
    point.data_label.text_frame.word_wrap = False
    point.data_label.position = position
    if any(shift):
        point.data_label._dLbl.insert(
            1,
            parse_xml(
                f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="{shift[0]:.5f}"/>'
                f'<c:y val="{shift[1]:.5f}"/></c:manualLayout></c:layout>'
            ),
        )


def add_chart_texts(chart: Any, texts: Iterable[tuple[str, Box]], outer: Box, font: str) -> None:
    """Texts inside a chart where it has no mark to write them on; they move along with it."""
    anchors = "".join(
        _anchor(number, text, box, outer, font) for number, (text, box) in enumerate(texts, start=2)
    )
    if not anchors:
        return
    package = chart.part.package
    name = package.next_partname("/ppt/drawings/drawing%d.xml")
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:userShapes {_DRAWING}>'
    part = Part(
        PackURI(name), CT.DML_CHARTSHAPES, package, f"{xml}{anchors}</c:userShapes>".encode()
    )
    relation = chart.part.relate_to(part, RT.CHART_USER_SHAPES)
    chart._chartSpace.append(parse_xml(f'<c:userShapes {nsdecls("c", "r")} r:id="{relation}"/>'))


def _anchor(number: int, text: str, box: Box, outer: Box, font: str) -> str:
    ends = "".join(
        f"<cdr:{name}><cdr:x>{x / outer.width:.5f}</cdr:x><cdr:y>{y / outer.height:.5f}</cdr:y>"
        f"</cdr:{name}>"
        for name, x, y in (("from", box.x, box.y), ("to", box.x + box.width, box.y + box.height))
    )
    left, top, width, height = box.emu
    return (
        f'<cdr:relSizeAnchor>{ends}<cdr:sp macro="" textlink=""><cdr:nvSpPr>'
        f'<cdr:cNvPr id="{number}" name="Mention {number - 1}"/><cdr:cNvSpPr txBox="1"/>'
        f'</cdr:nvSpPr><cdr:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" '
        f'cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></cdr:spPr><cdr:txBody>'
        '<a:bodyPr vertOverflow="clip" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        'anchor="ctr"/><a:lstStyle/><a:p><a:r>'
        f'<a:rPr lang="fr-FR" sz="{TEXT_POINTS * 100:.0f}" i="1"><a:solidFill><a:schemeClr '
        f'val="tx2"/></a:solidFill><a:latin typeface={quoteattr(font)}/></a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r></a:p></cdr:txBody></cdr:sp></cdr:relSizeAnchor>"
    )
