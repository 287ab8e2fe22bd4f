"""Files as an agency would send them: the annex of caisses and the table of corridors."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl import Workbook

ODS_MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SHEET_PATH = "xl/worksheets/sheet1.xml"
ODS_MANIFEST = (
    "<manifest:manifest "
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_MIME_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
ODS_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
ODS_CONTENT = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMESPACES}>'
    '<office:body><office:spreadsheet><table:table table:name="Feuille1">ROWS'
    "</table:table></office:spreadsheet></office:body></office:document-content>"
)
ANNEX_TITLE = (
    "Annexe 1 – Le taux d’activation des comptes Mon espace santé par département en "
    "Nouvelle-Aquitaine – Année 2025 - Source CNAM"
)
ANNEX_HEADER = [
    "Numéro de caisse",
    "Caisse",
    "Taux profils Mon espace santé activés",
    "Progression en points",
]
ANNEX = [
    line.split(";")
    for line in """161;ANGOULEME;32,8%;2,4
171;LA ROCHELLE;38,8%;3,2
191;TULLE;32,7%;2,5
231;GUERET;32,2%;2,6
241;PERIGUEUX;33,1%;2,5
331;BORDEAUX;40,0%;2,4
401;MONT-DE-MARSAN;41,7%;3,0
471;AGEN;35,4%;2,4
641;BAYONNE;39,0%;2,5
642;PAU;35,5%;2,3
791;NIORT;36,2%;2,5
861;POITIERS;34,5%;2,2
871;LIMOGES;34,9%;2,3""".splitlines()
]
STRUCTURES_HEADER, DOCUMENTS_HEADER = (
    "Nombre de PS/ES ayant alimenté le DMP",
    "Nombre de documents alimentés par les PS",
)
CHANGE_HEADER = "Evolution par rapport à 2023"
PACA_HEADER = [
    ["Par couloir", STRUCTURES_HEADER, "", DOCUMENTS_HEADER, ""],
    ["", "2024", CHANGE_HEADER, "2024", CHANGE_HEADER],
]
PACA = [
    line.split(";")
    for line in """Hôpital;338;+34%;5 937 688;+55%
Biologie;17;-5%;8 262 046;+61%
Médecine de ville;7 094;+33%;9 072 324;+150%
Officine;1 577;+192%;357 292;+159%
Radiologie libérale;901;-1%;1 033 155;+55%
ESMS;539;+305%;389 872;+173%
TOTAL;10 466;+93%;25 052 377;+108%""".splitlines()
]


def annex(rows: list[list[str]] = ANNEX) -> list[list[str]]:
    """The grid of the annex: titles, an empty row, the header, the rows, a note."""
    return [[ANNEX_TITLE], [], ANNEX_HEADER, *rows, [], ["Champ : profils ouverts."]]


def csv_bytes(grid: list[list[str]], mark: str = ";", encoding: str = "cp1252") -> bytes:
    """As a French Excel saves a CSV."""
    return "\r\n".join(mark.join(row) for row in grid).encode(encoding)


def workbook(
    grid: list[list[str | float]],
    merged: tuple[str, ...] = (),
    sheet: str = "Données",
    percent: str = "",
) -> bytes:
    """An XLSX; percent: a column whose numbers are shown as percentages."""
    book = Workbook()
    book.active.title = sheet
    for row in grid:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    for cell in book.active[percent] if percent else ():
        cell.number_format = "0.0%"
    return _bytes(book)


def paca_workbook() -> bytes:
    """The table of corridors, its header over two rows with merged cells, under a title."""
    return workbook(
        [["Provence-Alpes-Côte d’Azur"], *PACA_HEADER, *PACA], ("A1:E1", "A2:A3", "B2:C2", "D2:E2")
    )


def open_document(grid: list[list[str]]) -> bytes:
    """An ODS of texts, as short as it gets."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p>'
            "</table:table-cell>"
            for text in row
        )
        + "</table:table-row>"
        for row in grid
    )
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("mimetype", ODS_MIME_TYPE)
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS_CONTENT.replace("ROWS", rows))
    return content.getvalue()


def sheet_xml(content: bytes) -> bytes:
    """The XML of the sheet of a workbook."""
    return ZipFile(io.BytesIO(content)).read(SHEET_PATH)


def replace_sheet_xml(content: bytes, xml: bytes) -> bytes:
    """The workbook with another XML as its sheet, in an archive that is whole."""
    replaced = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(replaced, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, xml if name == SHEET_PATH else old.read(name))
    return replaced.getvalue()


def decompression_bomb() -> bytes:
    """A workbook of some kilobytes that unpacks to half a gigabyte."""
    content = io.BytesIO(workbook([["a", "b"]]))
    with ZipFile(content, "a", compression=8) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(500_000_000))
    return content.getvalue()


def workbook_of_two_far_cells() -> bytes:
    """A workbook with a cell in its first corner and one in its last."""
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    return _bytes(book)


def _bytes(book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
