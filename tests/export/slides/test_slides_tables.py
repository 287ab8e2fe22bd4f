"""Tables, milestones and texts on slides."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from pptx import Presentation
from shipped import SETTINGS
from slides_cases import (
    LONG,
    charts,
    every_publication,
    font,
    notes,
    plain,
    rates,
    sections_with,
    slide_text,
)

from atlas.figures.comparison.texts import NOT_FROM_ZERO
from atlas.french import row_texts, table_texts
from atlas.publications.publication import Section
from atlas.values import Column, Table, Value, name_column, text_column


def rows(found: list[Any]) -> list[list[str]]:
    """The rows of the tables of some slides, one after the other, without their headers."""
    tables = [shape.table for slide in found for shape in slide.shapes if shape.has_table]
    return [
        [plain(unmarked(cell)) for cell in row.cells]
        for table in tables
        for row in list(table.rows)[2 if table.cell(0, 1).is_merge_origin else 1 :]
    ]


def unmarked(cell: Any) -> str:
    """The text of a cell but for the marks of its remarks."""
    runs = [run for paragraph in cell.text_frame.paragraphs for run in paragraph.runs]
    return "".join(run.text for run in runs if not run.font._element.get("baseline"))


def rows_of_texts(table: Table) -> list[list[str]]:
    """The rows of a table as a reader meets them."""
    texts = table_texts(table).to_numpy().tolist()
    return [[plain(text).replace(" (contredit)", "") for text in row] for row in texts]


@every_publication
def test_every_row_of_every_table_is_there_in_order(printer, name):
    publication, found = printer.publication(name), printer.slides(name)
    tables = [section.table for section in sections_with(publication, "table")]
    expected = [texts for table in tables for texts in rows_of_texts(table)]
    assert rows(found)[: len(expected)] == expected


@every_publication
def test_definitions_then_sources_end_the_slides_and_their_rest_is_in_the_notes(printer, name):
    publication = printer.publication(name)
    found = [
        slide
        for slide in printer.slides(name)
        if slide.shapes.title.text_frame.text.startswith("Définitions et sources")
    ]
    told = rows(found)
    definitions = rows_of_texts(publication.definitions)
    assert [row[:2] for row in definitions] == told[: len(definitions)]
    sources = told[len(definitions) :]
    assert len(sources) == len(publication.sources)
    for row, source in zip(row_texts(publication.sources), sources, strict=True):
        assert plain(row["publisher"]) in source[0] and plain(row["title"]) in source[1]
        assert plain(row["address"]) in notes(found[0])
    assert all(plain(row[2]) in notes(found[0]) for row in definitions)


def test_a_long_table_repeats_its_header_and_shares_its_rows_evenly(printer):
    names = name_column("name", "Nom", [f"Caisse {i}" for i in range(40)])
    table = Table((names, rates("Taux", [33.6] * 40)))
    found = printer.of(Section(title="Caisses", table=table, table_source="ARS, 2026."))
    tables = [shape.table for slide in found for shape in slide.shapes if shape.has_table]
    counts = [len(table.rows) - 1 for table in tables]
    assert len(counts) > 1 and sum(counts) == 40 and max(counts) - min(counts) <= 2
    assert all([cell.text for cell in table.rows[0].cells] == ["Nom", "Taux"] for table in tables)
    assert all("Source : ARS, 2026." in slide_text(slide) for slide in found)
    assert [plain(slide.shapes.title.text_frame.text) for slide in found] == [
        f"Caisses ({place}/{len(counts)})" for place in range(1, len(counts) + 1)
    ]


def test_numbers_of_a_table_are_set_to_the_right_and_years_to_the_left(printer):
    count = Value(5_000, indicator=SETTINGS.indicators["documents_deposited"], qualifier="about")
    table = Table(
        (
            name_column("name", "Nom", ["Pau"]),
            rates("Taux", [33.6]),
            rates("Écart", [2.4], "gap"),
            text_column("published", "Publié", ["2026"]),
            Column("count", "Nombre", (count,), "value"),
        )
    )
    (slide,) = printer.of(Section(title="Caisses", table=table))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    sides = [cell.text_frame.paragraphs[0].alignment for cell in frame.table.rows[1].cells]
    assert [side is not None and side.name == "RIGHT" for side in sides] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_a_short_column_between_long_ones_keeps_its_word_whole(printer):
    longs = [text_column(str(place), f"Colonne {place}", [LONG]) for place in range(5)]
    table = Table((text_column("word", "Mot", ["intergouvernementalisation"]), *longs))
    (slide,) = printer.of(Section(title="Mots", table=table))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    cell = frame.table.cell(1, 0)
    (run,) = cell.text_frame.paragraphs[0].runs
    room = frame.table.columns[0].width.pt - cell.margin_left.pt - cell.margin_right.pt
    assert font(False).getlength(run.text) * run.font.size.pt / 100 <= room


def test_the_milestones_are_all_there_year_after_year(printer):
    (section,) = sections_with(printer.publication("la-reunion-2026"), "milestones")
    years = [
        shape
        for slide in printer.slides("la-reunion-2026")
        for shape in slide.shapes
        if shape.name.startswith("Année ")
    ]
    assert len(years) == len(section.milestones) == 7
    for milestone, shape in zip(section.milestones, years, strict=True):
        said = [plain(paragraph.text) for paragraph in shape.text_frame.paragraphs]
        assert said == [
            plain(text) for text in (str(milestone.year), milestone.title, *milestone.points)
        ]


def test_a_short_text_stands_under_the_title_and_a_long_one_on_its_own_slides(printer):
    cards = printer.publication("corse-2026").sections[0].cards
    (slide,) = printer.of(Section(title="Cartes", text="Une phrase.", cards=cards))
    assert "Une phrase." in slide_text(slide)
    found = printer.of(Section(title="Cartes", text=LONG * 2, cards=cards))
    assert [slide.slide_layout.name for slide in found] == ["Texte", "Chiffres clés"]
    assert plain(LONG * 2) in slide_text(found[0])


def test_a_text_too_long_for_a_slide_loses_no_word(printer):
    text = "\n\n".join(f"{place} {LONG}" for place in range(40))
    found = printer.of(Section(title="Texte", text=text))
    assert len(found) > 1
    bodies = " ".join(
        plain(shape.text_frame.text)
        for slide in found
        for shape in slide.shapes
        if shape.name == "Texte"
    )
    assert bodies.split() == plain(text).split()


def test_a_table_without_rows_says_so(printer):
    (slide,) = printer.of(
        Section(title="Caisses", table=Table((name_column("name", "Caisse", []),)))
    )
    assert "Rien n’est publié pour ce tableau." in slide_text(slide)


def test_what_the_data_do_not_have_is_named(printer):
    (slide,) = printer.of(Section(title="Chiffres", absent=("Ambassadeurs", "Taux d’activation")))
    assert "Absent des données : Ambassadeurs, Taux d’activation." in slide_text(slide)


def test_a_title_longer_than_a_file_may_have_is_whole_on_the_cover(printer):
    publication = replace(printer.publication("corse-2026"), title=LONG * 2, sections=())
    file = Presentation(io.BytesIO(printer.make_slides(publication)))
    assert file.core_properties.title == (LONG * 2)[:255]
    assert plain(file.slides[0].shapes.title.text_frame.text) == LONG * 2


def test_a_section_without_a_title_has_the_title_of_the_publication(printer):
    (slide,) = printer.of(Section(text=LONG), title="Mon dossier")
    assert slide.shapes.title.text_frame.text == "Mon dossier"


def test_a_chart_that_a_slide_draws_from_zero_is_not_said_to_start_elsewhere(printer):
    publication = printer.publication("provence-alpes-cote-d-azur-2025")
    figure = next(one for one in publication.figures if NOT_FROM_ZERO in one.note)
    slide = printer.of(Section(figure=figure))[0]
    assert charts([slide]) and "pas de zéro" not in slide_text(slide) + notes(slide)
