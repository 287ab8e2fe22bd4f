"""The workbook of a publication: real numbers that keep their words, on sheets ready to print."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import zipfile
from functools import cache, partial

import pandas as pd
import pytest
from made_once import publication_of
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from shipped import SETTINGS

from atlas.export.cells import sheet_columns
from atlas.export.number_formats import number_format
from atlas.export.tables import workbook_bytes
from atlas.export.workbook import figures_workbook, sheet_name
from atlas.figures.common.figure import Figure
from atlas.french import cell_text, table_texts, value_text
from atlas.project import Project
from atlas.publications.publication import Publication, Section
from atlas.values import Column, Table, Value, name_column, text_column

DATE = dt.date(2026, 3, 18)
DOSSIERS = [
    "corse-2026",
    "grand-est-2024",
    "nouvelle-aquitaine-2026",
    "provence-alpes-cote-d-azur-2025",
    "la-reunion-2026",
]
TERRITORIES = [
    "REG-75 2025-12",
    "REG-94 2026-03",
    "DEP-40 2025-12",
    "FR 2026-02",
    "CPAM-641 2025-12",
]
FICTITIOUS = "fictif FR 2025-12"
SIGNED = '"+"#,##0.0"{unit}";"\u2212"#,##0.0"{unit}";#,##0.0"{unit}"'
every_publication = pytest.mark.parametrize("name", [*DOSSIERS, *TERRITORIES, FICTITIOUS])
some_publications = pytest.mark.parametrize("name", ["corse-2026", "REG-75 2025-12", FICTITIOUS])


class Clerk:
    """Makes each publication and its workbook once."""

    def __init__(self, project: Project) -> None:
        self.publication = partial(publication_of, project)
        self.dataset = cache(lambda name: load_workbook(io.BytesIO(self.bytes(name))))

    def bytes(self, name: str) -> bytes:
        return figures_workbook(self.publication(name), date=DATE, author="Mon espace santé")

    def figures(self, name: str) -> list[tuple[Worksheet, Figure]]:
        """Each figure beside its sheet."""
        publication, book = self.publication(name), self.dataset(name)
        return list(zip(book.worksheets[1:], publication.figures, strict=False))


@pytest.fixture(scope="module")
def clerk(project: Project) -> Clerk:
    return Clerk(project)


def header(sheet: Worksheet) -> dict[str, int]:
    """The columns of a table by name; the row of the header is the one above what is frozen."""
    row = int(sheet.freeze_panes[1:]) - 1
    return {cell.value: cell.column for cell in sheet[row] if cell.value}


def numeric_columns(figure: Figure) -> list[Column]:
    return [shown for shown in figure.table.columns if shown.is_numeric]


def column(sheet: Worksheet, name: str, rows: int) -> list:
    first = int(sheet.freeze_panes[1:])
    return [sheet.cell(row, header(sheet)[name]) for row in range(first, first + rows)]


# --- numbers -------------------------------------------------------------------------------------


@every_publication
def test_a_number_of_a_figure_is_a_number_of_its_sheet_to_the_last_digit(clerk, name):
    for sheet, figure in clerk.figures(name):
        for shown in numeric_columns(figure):
            written = [cell.value for cell in column(sheet, shown.heading, len(figure.table))]
            known = [number for number in shown.numbers if not math.isnan(number)]
            assert [value for value in written if not isinstance(value, str | None)] == known


@every_publication
def test_where_there_is_no_number_the_words_of_the_table_say_why(clerk, name):
    for sheet, figure in clerk.figures(name):
        for shown in numeric_columns(figure):
            cells = column(sheet, shown.heading, len(figure.table))
            for cell, value in zip(cells, shown.cells, strict=True):
                if not (isinstance(value, Value) and value.is_known):
                    assert (cell.value or "") == cell_text(value, shown)


@every_publication
def test_a_format_holds_the_qualifier_the_unit_and_the_mark_of_its_text(clerk, name):
    for sheet, figure in clerk.figures(name):
        for shown in numeric_columns(figure):
            cells = column(sheet, shown.heading, len(figure.table))
            for cell, value in zip(cells, shown.cells, strict=True):
                if isinstance(cell.value, float | int):
                    parts = number_format(value, decimals=shown.decimals).split(";")
                    mark = '"\u202f†"' if "†" in cell_text(value, shown) else ""
                    assert cell.number_format == ";".join(part + mark for part in parts)


def test_a_range_is_written_with_both_its_ends_and_its_mark(clerk):
    (sheet, figure), *_ = clerk.figures("nouvelle-aquitaine-2026")
    row = figure.table["territory"].cells.index("Pyrénées-Atlantiques")
    cell = column(sheet, "Taux d’activation", len(figure.table))[row]
    assert cell.value == 37.3 and cell.number_format == ('"entre 35,5 et 39,0\u00a0%""\u202f†"')


def test_what_is_said_after_a_change_stands_beside_it(clerk):
    (sheet, figure), *_ = clerk.figures("nouvelle-aquitaine-2026")
    row = figure.table["territory"].cells.index("Gironde")
    change = column(sheet, "Évolution", 12)[row]
    said = column(sheet, "Évolution (précision)", 12)[row]
    assert change.value == 2.4 and '"\u2212"#,##0.0"\u00a0points"' in change.number_format
    assert said.value == "(base non précisée)"


def test_a_qualifier_travels_with_its_number(clerk):
    sheet, figure = clerk.figures("FR 2026-02")[-1]
    formats = [cell.number_format for cell in column(sheet, "Taux d’activation", len(figure.table))]
    texts = table_texts(figure.table)["Taux d’activation"]
    for text, written in zip(texts, formats, strict=True):
        for word in ("plus de ", "près de ", "environ ", "moins de "):
            assert text.startswith(word) == written.startswith(f'"{word}"')
    assert any(written.startswith('"') for written in formats)


def test_the_table_of_a_section_is_made_of_numbers_too(clerk):
    sheet = clerk.dataset("provence-alpes-cote-d-azur-2025")["T1 Par couloir"]
    counts = column(sheet, "Documents déposés dans l’année", 7)
    feeding = "professionnels et structures alimentant le DMP"
    growths = column(sheet, f"Évolution des {feeding}, de 2023 à 2024", 7)
    assert [counts[0].value, counts[-1].value] == [5_937_688, 25_052_377]
    assert [growths[0].value, growths[1].value] == [34, -5]
    assert growths[1].number_format == ('"+"#,##0"\u00a0%";"\u2212"#,##0"\u00a0%";#,##0"\u00a0%"')


def test_the_number_of_a_caisse_stays_a_text(clerk):
    sheet = clerk.dataset("nouvelle-aquitaine-2026")["T1 Annexe 1"]
    assert [cell.value for cell in column(sheet, "Numéro", 3)] == ["161", "171", "191"]
    assert column(sheet, "Taux d’activation", 1)[0].value == 32.8


COUNT = SETTINGS.indicators["documents_deposited"]
RATE = SETTINGS.indicators["activation_rate"]


@pytest.mark.parametrize(
    "text, value, written",
    [
        (
            "plus de 420\u00a0millions",
            Value(420e6, indicator=COUNT, qualifier="over"),
            '"plus de "#,##0',
        ),
        ("1,372\u00a0million", Value(1_372_000, indicator=COUNT), "#,##0"),
        (
            "près de 5,8\u00a0%",
            Value(5.8, indicator=RATE, qualifier="nearly"),
            '"près de "#,##0.0"\u00a0%"',
        ),
        ("9\u202f072\u202f324", Value(9_072_324, indicator=COUNT), "#,##0"),
        (
            "37,3\u00a0%\u202f†",
            Value(37.3, indicator=RATE, status="derived"),
            '#,##0.0"\u00a0%""\u202f†"',
        ),
        ("40,0\u00a0%", Value(40, indicator=RATE), '#,##0.0"\u00a0%"'),
        ("+1,7\u00a0point", Value(1.7, "change", RATE), SIGNED.format(unit="\u00a0point")),
        ("\u22122,0\u00a0points", Value(-2, "gap", RATE), SIGNED.format(unit="\u00a0points")),
        ("2ᵉ", Value(2, "rank"), '0"ᵉ"'),
    ],
)
def test_a_value_is_a_number_whose_format_holds_its_words(text, value, written):
    decimals = 1 if ",0" in text else None
    shown = Column("value", "Valeur", (value,), "value", mark="dagger", decimals=decimals)
    (made,) = sheet_columns(Table((shown,)))
    assert (made.cells[0].value, made.cells[0].format) == (value.amount, written)
    assert made.cells[0].text == value_text(value, marked=True, decimals=decimals) == text


@pytest.mark.parametrize(
    "said", [["2025"], ["01", "2"], ["2A"], ["5-6"], ["12", "environ"], [""], ["3,2\u00a0% (base)"]]
)
def test_years_codes_and_sentences_are_no_numbers(said):
    (made,) = sheet_columns(Table((text_column("period", "Période", said),)))
    assert not made.numeric and [cell.value or "" for cell in made.cells] == said


def test_a_gap_between_numbers_stays_said_in_words():
    cells = (
        Value(12, indicator=RATE),
        Value(None, indicator=RATE, status="missing"),
        Value(None, indicator=RATE, status="secret"),
        Value(None, indicator=RATE, status="not_applicable"),
    )
    (made,) = sheet_columns(Table((Column("level", "Taux", cells, "value"),)))
    assert [cell.value for cell in made.cells] == [12, "non publié", "secret statistique", None]
    assert made.numeric


# --- texts that a spreadsheet would run ----------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "+1 =2"]
)
def test_a_text_that_looks_like_a_formula_is_not_one(clerk, text):
    publication = clerk.publication("corse-2026")
    table = Table((text_column("text", text, ["a", text]),))
    section = Section(title=text, table=table, table_source=text)
    spoilt = Publication(**{**vars(publication), "title": text, "sections": (section,)})
    book = load_workbook(io.BytesIO(figures_workbook(spoilt, date=DATE)))
    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.strip("'").strip() == text.strip()
    ]
    assert len(found) >= 4 and {cell.data_type for cell in found} == {"s"}
    assert all(cell.value.startswith("'") for cell in found)


def test_a_growth_in_words_has_no_apostrophe_and_stays_a_text_when_edited(clerk):
    cells = column(clerk.dataset("corse-2026")["Chiffres clés"], "En toutes lettres", 13)
    assert cells[12].value == "+34\u00a0%"
    assert cells[12].data_type == "s" and cells[12].quotePrefix


def test_the_plain_workbook_of_tables_neutralises_formulas_and_keeps_numbers():
    table = pd.DataFrame({"Nom": ["=1+1", "Corse"], "Valeur": [1.5, 2]})
    sheet = load_workbook(io.BytesIO(workbook_bytes({"Chiffres": table})))["Chiffres"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Nom", "Valeur"],
        ["'=1+1", 1.5],
        ["Corse", 2],
    ]
    assert sheet.freeze_panes == "A2" and sheet["A1"].font.bold


# --- sheets --------------------------------------------------------------------------------------


@every_publication
def test_the_names_of_sheets_are_short_unique_and_allowed(clerk, name):
    names = clerk.dataset(name).sheetnames
    assert len({sheet.casefold() for sheet in names}) == len(names)
    for sheet in names:
        assert 0 < len(sheet) <= 31 and not re.search(r"[\[\]:*?/\\']", sheet)
        assert not re.search(r"[ ,-]…|^\s|\s$", sheet)


@every_publication
def test_the_sheets_come_in_the_order_of_the_publication(clerk, name):
    publication, names = clerk.publication(name), clerk.dataset(name).sheetnames
    tables = [s for s in publication.sections if s.table is not None]
    assert names[0] == "Sommaire" and names[-2:] == ["Sources", "Définitions"]
    assert [sheet.split()[0] for sheet in names[1:-2]] == [
        *map(str, range(1, len(publication.figures) + 1)),
        "Chiffres",
        *(f"T{i}" for i in range(1, len(tables) + 1)),
    ]


def test_sections_of_one_title_have_sheets_of_their_own(clerk):
    publication = clerk.publication("nouvelle-aquitaine-2026")
    long = Section(
        title="La même annexe avec un titre interminable : suite et fin",
        table=Table((name_column("corridor", "Couloir", ["Hôpital"]),)),
    )
    many = Publication(**{**vars(publication), "sections": (long,) * 12})
    names = load_workbook(io.BytesIO(figures_workbook(many, date=DATE))).sheetnames
    assert len(set(names)) == 12 + 3 and max(map(len, names)) <= 31


@pytest.mark.parametrize(
    "text, name",
    [
        ("Annexe 1 : taux [en %] et/ou parts ?", "Annexe 1 - taux - en % - et…"),
        ("l'essor'", "l’essor"),
        ("::", "Feuille"),
        ("a" * 40, "a" * 30 + "…"),
    ],
)
def test_a_title_becomes_a_name_that_a_spreadsheet_takes(text, name):
    assert sheet_name(text) == name and len(name) <= 31


@every_publication
def test_a_table_has_its_header_frozen_bold_filtered_and_repeated_in_print(clerk, name):
    for sheet in clerk.dataset(name).worksheets[1:]:
        row = int(sheet.freeze_panes[1:]) - 1
        assert all(cell.font.bold for cell in sheet[row] if cell.value)
        assert sheet.auto_filter.ref.startswith(f"A{row}:")
        assert sheet.print_title_rows == f"${row}:${row}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth == 1 and sheet.sheet_properties.pageSetUpPr.fitToPage


@every_publication
def test_a_sheet_prints_the_titles_and_every_line_under_its_figure(clerk, name):
    for sheet, figure in clerk.figures(name):
        shown = [cell.value for cell in sheet["A"] if cell.value]
        assert shown[0] == figure.title and figure.subtitle in ["", *shown]
        assert shown[-len(figure.caption) :] == [f"{n} : {text}" for n, text in figure.caption]


@some_publications
def test_no_number_is_wider_than_its_column(clerk, name):
    for sheet, figure in clerk.figures(name):
        for made in sheet_columns(figure.table):
            letter = get_column_letter(header(sheet)[made.name])
            longest = max(len(cell.text) for cell in made.cells)
            assert not made.numeric or sheet.column_dimensions[letter].width > longest


@every_publication
def test_the_summary_leads_to_every_other_sheet(clerk, name):
    book, publication = clerk.dataset(name), clerk.publication(name)
    shown = [cell.value for row in book["Sommaire"].iter_rows() for cell in row]
    assert {
        publication.title,
        publication.place,
        publication.period,
        "18\u00a0mars\u00a02026",
        publication.version,
    } <= set(shown)
    links = {
        cell.value: cell.hyperlink.location for cell in book["Sommaire"]["A"] if cell.hyperlink
    }
    assert links == {sheet: f"'{sheet}'!A1" for sheet in book.sheetnames[1:]}


@every_publication
def test_every_key_figure_is_a_number_with_all_that_is_said_of_it(clerk, name):
    publication = clerk.publication(name)
    cards = [(s.title, card) for s in publication.sections for card in s.cards]
    sheet = clerk.dataset(name)["Chiffres clés"]
    places = header(sheet)
    for row, (title, card) in enumerate(cards, start=5 + publication.fictitious):
        said = {head: sheet.cell(row, place).value for head, place in places.items()}
        level, change = card.values
        assert (said["Section"] or "", said["Indicateur"]) == (title, card.label)
        assert (said["Territoire"], said["Période"]) == (card.place, card.period)
        assert (said["En toutes lettres"], said["Source"]) == (card.value, card.source)
        assert not level.is_known or said["Niveau"] == level.amount
        assert said["Évolution"] == change.amount
        nation = card.nation_value
        assert said["Niveau en France"] == (nation.amount if nation else None)
        assert (said["Calcul"] or "") == card.derived
        note = said["Note"] or ""
        assert card.note.removeprefix("Incertain : ") in note
        assert ("Chiffre incertain" in note) == card.uncertain
        assert all(other in said["Autres valeurs publiées"] for other in card.others)


@every_publication
def test_no_name_of_a_sheet_is_cut(clerk, name):
    assert not [sheet for sheet in clerk.dataset(name).sheetnames if sheet.endswith("…")]


def test_a_source_on_the_web_opens_when_it_is_clicked(clerk):
    (cell,) = column(clerk.dataset("nouvelle-aquitaine-2026")["Sources"], "Adresse ou fichier", 1)
    assert cell.hyperlink.target == cell.value and cell.value.startswith("https://")


@every_publication
def test_only_what_is_fictitious_says_so_and_on_every_sheet_and_printed_page(clerk, name):
    for sheet in clerk.dataset(name):
        shown = [cell.value for cell in sheet["A"][:4]]
        said = "Données fictives, sans valeur statistique." in shown
        assert said == (name == FICTITIOUS)
        assert bool(sheet.oddHeader.center.text) == (name == FICTITIOUS)


# --- the file ------------------------------------------------------------------------------------


@some_publications
def test_the_same_publication_gives_the_same_bytes(clerk, name):
    content = clerk.bytes(name)
    assert content == clerk.bytes(name)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 3, 18, 0, 0, 0)}


def test_the_file_says_its_title_its_author_its_language_and_its_date(clerk):
    properties = clerk.dataset("corse-2026").properties
    assert properties.title == clerk.publication("corse-2026").title
    assert (properties.creator, properties.language) == ("Mon espace santé", "fr-FR")
    assert properties.created == properties.modified == dt.datetime(2026, 3, 18)


@some_publications
def test_making_a_workbook_changes_no_table(clerk, name):
    before = [figure.digest for figure in clerk.publication(name).figures]
    clerk.bytes(name)
    assert [figure.digest for figure in clerk.publication(name).figures] == before
