"""The press release and the captions of a publication: every figure with its source."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from functools import cache, partial

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from made_once import publication_of
from PIL import Image, ImageDraw
from shipped import SETTINGS

from atlas.export.captions_file import captions_text
from atlas.export.press_release import press_release, to_check
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.french import keep_with_punctuation, table_texts
from atlas.project import Project
from atlas.publications.press_texts import headline, lead
from atlas.publications.publication import Publication, Section
from atlas.settings.office_templates import shipped_templates
from atlas.values import Column, Table, Value, name_column

DATE = dt.date(2026, 3, 18)
EMBARGO = "Sous embargo jusqu’au 18\u00a0mars\u00a02026"
WARNING = "Données fictives, sans valeur statistique."
DOSSIERS = [
    "corse-2026",
    "grand-est-2024",
    "nouvelle-aquitaine-2026",
    "provence-alpes-cote-d-azur-2025",
    "la-reunion-2026",
]
FICTITIOUS = "fictif FR 2025-12"
every_publication = pytest.mark.parametrize(
    "name", [*DOSSIERS, "REG-75 2025-12", "FR 2026-02", FICTITIOUS]
)
some_publications = pytest.mark.parametrize("name", ["corse-2026", FICTITIOUS])


def png(width: int, height: int) -> bytes:
    """A ranking: dark bars every 50 pixels on white."""
    image = Image.new("RGB", (width, height), "white")
    for top in range(10, height - 40, 50):
        ImageDraw.Draw(image).rectangle((10, top, width - 10, top + 30), "#2f47b0")
    stream = io.BytesIO()
    image.save(stream, "PNG", dpi=(300, 300))
    return stream.getvalue()


def draw_png(figure: Figure) -> bytes:
    """In the place of the drawing: as wide and as high as it would be."""
    return png(1000, round(1000 / figure.ratio))


class Office:
    """Makes each publication and its texts once."""

    def __init__(self, project: Project) -> None:
        self.brand = project.settings.brand
        self.publication = partial(publication_of, project)
        self.document = cache(lambda name: self.opened(self.publication(name)))

    def bytes(self, publication: Publication, embargo: str = EMBARGO) -> bytes:
        return press_release(
            publication,
            brand=self.brand,
            template=shipped_templates().text,
            picture=draw_png,
            logo=png(60, 40),
            embargo=embargo,
            date=DATE,
        )

    def opened(self, publication: Publication, embargo: str = EMBARGO) -> Document:
        return docx.Document(io.BytesIO(self.bytes(publication, embargo)))

    def to_check(self, publication: Publication) -> Document:
        """What goes beside a text, opened."""
        made = to_check(
            publication,
            brand=self.brand,
            template=shipped_templates().text,
            logo=None,
            embargo="",
            date=DATE,
        )
        return docx.Document(io.BytesIO(made))

    def of(self, *sections: Section) -> Document:
        """A text made of these sections alone."""
        return self.opened(replace(self.publication("corse-2026"), sections=sections))


@pytest.fixture(scope="module")
def office(project: Project) -> Office:
    return Office(project)


def lines(document: Document, style: str = "") -> list[str]:
    """The texts of the paragraphs, or of those of one style."""
    return [p.text for p in document.paragraphs if style in ("", p.style.name)]


def cards(publication: Publication) -> list[KeyFigure]:
    return [card for section in publication.sections for card in section.cards]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


# --- the words -----------------------------------------------------------------------------------


@every_publication
def test_a_text_opens_with_its_kind_its_title_its_day_one_headline_and_its_lead(office, name):
    publication, document = office.publication(name), office.document(name)
    (kicker,) = lines(document, "Surtitre")
    assert kicker == keep_with_punctuation(f"Communiqué de presse. {publication.title}")
    (title,) = lines(document, "Title")
    assert title == keep_with_punctuation(headline(publication))
    assert lines(document, "Chapeau") == [keep_with_punctuation(lead(publication))]
    assert any(line.endswith(", le 18\u00a0mars\u00a02026") for line in lines(document)[:5])


def test_what_the_publisher_wrote_is_there_word_for_word(office):
    said = "\n".join(lines(office.document("nouvelle-aquitaine-2026")))
    press = office.publication("nouvelle-aquitaine-2026").press
    for text in (press.lead, press.about, f"« {press.quotes[0].text} »", press.quotes[0].author):
        assert keep_with_punctuation(text) in said
    assert "Marie-Claude Savoye" in said and "citation" not in said


def test_what_nobody_wrote_is_a_field_on_yellow(office):
    document = office.document("provence-alpes-cote-d-azur-2025")
    fields = [
        run.text
        for p in document.paragraphs
        for run in p.runs
        if run.text.startswith("[À compléter") and run.font.highlight_color is not None
    ]
    assert fields == [
        "[À compléter\u00a0: lieu]",
        "[À compléter\u00a0: citation, nom et fonction]",
        "[À compléter\u00a0: nom, téléphone, courriel]",
    ]


@every_publication
def test_the_source_of_every_key_figure_is_a_note_whose_letter_is_in_the_text(office, name):
    document = office.document(name)
    entries = [line for line in lines(document, "Entrée") if re.match(r"[a-z]+\. ", line)]
    notes = {
        text.removesuffix("."): letter for letter, _, text in (e.partition(". ") for e in entries)
    }
    raised = ", ".join(
        run.text.strip() for p in document.paragraphs for run in p.runs if run.font.superscript
    ).split(", ")
    assert set(raised) == set(notes.values()) and len(notes) == len(entries)
    assert set(notes) == {keep_with_punctuation(c.source) for c in cards(office.publication(name))}


def test_a_figure_that_is_contradicted_or_uncertain_is_on_yellow(office):
    marked = [
        run.text
        for p in office.document("corse-2026").paragraphs
        for run in p.runs
        if run.font.highlight_color is not None and not run.text.startswith("[")
    ]
    assert ["25\u00a0millions" in marked[0], "240\u00a0millions" in marked[1]] == [True, True]
    assert len(marked) == 2


def test_what_must_be_known_of_figures_is_in_the_list_to_check(office):
    publication = office.publication("corse-2026")
    said = lines(office.to_check(publication))
    for card in publication.cards:
        for text in (card.contradiction, card.row_note, card.assumption, *card.others):
            assert any(keep_with_punctuation(text) in line for line in said), text
    assert "Lieu (place)" in said and "Contacts presse (contacts)" in said


def test_a_computed_figure_is_in_the_list_to_check_with_its_computation(office):
    card = replace(cards(office.publication("corse-2026"))[0], derived="moyenne de deux caisses")
    publication = replace(office.publication("corse-2026"), sections=(Section(cards=(card,)),))
    said = lines(office.to_check(publication))
    assert any("Calcul\u00a0: moyenne de deux caisses." in line for line in said)


@every_publication
def test_every_figure_has_its_title_above_and_how_to_read_it_below(office, name):
    said = lines(office.document(name))
    for figure in office.publication(name).figures:
        title, reading = map(keep_with_punctuation, (figure.title, f"Lecture : {figure.lecture}"))
        place = said.index(title, said.index("Annexes"))
        assert reading in said[place:]
        assert keep_with_punctuation(f"Source : {figure.source}") in said[place:]


@every_publication
def test_a_table_of_the_publication_is_a_table_of_the_text_with_its_source(office, name):
    document, said = office.document(name), lines(office.document(name), "Caption")
    sections = [s for s in office.publication(name).sections if s.table is not None]
    assert len(document.tables) == len(sections)
    for table, section in zip(document.tables, sections, strict=True):
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            [keep_with_punctuation(text) for text in row]
            for row in [
                [column.heading for column in section.table.columns],
                *[
                    [text.removesuffix(" (contredit)") for text in row]
                    for row in table_texts(section.table).to_numpy().tolist()
                ],
            ]
        ]
        assert keep_with_punctuation(f"Source : {section.table_source}") in said


def test_milestones_are_listed_by_year(office):
    document = office.document("la-reunion-2026")
    said = lines(document, "Heading 2")
    headings = said[said.index("Contacts presse") + 1 :]
    assert headings[:2] == ["2021\u00a0: Les débuts", "2022\u00a0: L’ouverture à tous"]
    said = lines(document)
    assert said[said.index(headings[0]) + 1] == (
        "Le service prend la suite du Dossier médical partagé."
    )


def test_a_text_keeps_its_paragraphs_its_lists_and_its_bold_words(office):
    written = "Un **mot** fort.\nSuite.\n\n- premier point\n- second point\n\nFin."
    document = office.of(Section(title="Édito", text=written))
    start = lines(document).index("Édito")
    found = document.paragraphs[start + 1 : start + 5]
    assert [(p.text, p.style.name) for p in found] == [
        ("Un mot fort. Suite.", "Normal"),
        ("premier point", "List Bullet"),
        ("second point", "List Bullet"),
        ("Fin.", "Normal"),
    ]
    assert [run.text for run in found[0].runs if run.bold] == ["mot"]


@every_publication
def test_no_line_is_left_empty_but_those_of_the_pictures(office, name):
    document = office.document(name)
    assert {p.style.name for p in document.paragraphs if not p.text.strip()} <= {"Figure"}


def test_figures_that_the_data_do_not_have_are_named_in_the_list_to_check(office):
    section = Section(title="Chiffres", absent=("Ambassadeurs", "Profils créés"))
    publication = replace(office.publication("corse-2026"), sections=(section,))
    assert {"Ambassadeurs", "Profils créés"} <= set(lines(office.to_check(publication)))


@every_publication
def test_a_text_ends_with_every_document(office, name):
    publication, said = office.publication(name), " ".join(lines(office.document(name), "Entrée"))
    for key in ("title", "publisher"):
        assert all(keep_with_punctuation(t) in said for t in publication.sources[key].cells)
    links = [text for text in publication.sources["address"].cells if text.startswith("http")]
    assert all(link in said for link in links)
    assert lines(office.document(name), "Heading 1")[-1] == "Sources"


def test_a_source_on_the_web_is_a_link(office):
    document = office.document("nouvelle-aquitaine-2026")
    (link,) = document.element.iter(qn("w:hyperlink"))
    address = document.part.rels[link.get(qn("r:id"))].target_ref
    assert address == office.publication("nouvelle-aquitaine-2026").sources["address"].cells[0]


# --- embargo, fictitious data --------------------------------------------------------------------


def test_the_embargo_is_above_the_title_and_under_every_page(office):
    document = office.document("corse-2026")
    first = lines(document)[:6]
    assert first.index(EMBARGO) < first.index(keep_with_punctuation(lines(document, "Title")[0]))
    footer = document.sections[0].footer.paragraphs[0]
    assert footer.text.startswith(f"{EMBARGO}\tPage")
    assert [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]


def test_without_an_embargo_there_is_no_word_of_it(office):
    content = office.bytes(office.publication("corse-2026"), embargo="")
    texts = re.sub(
        rb"<[^>]*>",
        b" ",
        b"".join(
            data for part, data in parts(content).items() if re.match(r"word/(doc|foot|head)", part)
        ),
    )
    assert "embargo" not in texts.decode().lower()
    assert "Pour diffusion immédiate" in texts.decode()


@every_publication
def test_only_what_is_fictitious_says_so_on_top_on_every_page_and_under_every_figure(office, name):
    document, publication = office.document(name), office.publication(name)
    fictitious = name == FICTITIOUS
    assert (WARNING in lines(document)[:2]) == fictitious
    assert (WARNING in document.sections[0].header.paragraphs[0].text) == fictitious
    assert lines(document, "Caption").count(WARNING) == fictitious * len(publication.figures)


# --- pictures ------------------------------------------------------------------------------------


def pictures(document: Document) -> list:
    return list(document.element.body.iter(qn("wp:inline")))


@every_publication
def test_every_picture_has_the_alternative_text_of_its_figure(office, name):
    figures = office.publication(name).figures
    found = [shape.docPr for shape in pictures(office.document(name))]
    said = [(p.get("name"), p.get("descr").removeprefix("Suite. ")) for p in found]
    assert list(dict.fromkeys(said)) == [(figure.file_stem, figure.alt) for figure in figures]
    assert len({docPr.get("id") for docPr in found}) == len(found)


@every_publication
def test_a_picture_is_as_wide_as_the_text_and_no_taller_than_a_page(office, name):
    for shape in pictures(office.document(name)):
        width, height = (int(size) / 36_000 for size in (shape.extent.cx, shape.extent.cy))
        assert height <= 197.5 and (width == pytest.approx(170, abs=0.1) or height > 190)


def test_a_picture_as_tall_as_a_page_is_made_smaller_with_its_proportions(office):
    figure = replace(office.publication("nouvelle-aquitaine-2026").figures[0], ratio=0.75)
    (shape,) = pictures(office.of(Section(figure=figure)))
    assert shape.extent.cy / 36_000 == pytest.approx(197, abs=0.5)
    assert shape.extent.cx / shape.extent.cy == pytest.approx(0.75, abs=0.01)


def test_a_picture_taller_than_a_page_is_cut_between_its_bars_and_loses_nothing(office):
    figure = office.publication("nouvelle-aquitaine-2026").figures[0]
    long = replace(figure, ratio=0.2)
    whole = Image.open(io.BytesIO(draw_png(long))).convert("L")
    document = office.of(Section(figure=long))
    found = [
        document.part.related_parts[blip.get(qn("r:embed"))].blob
        for blip in document.element.body.iter(qn("a:blip"))
    ]
    images = [Image.open(io.BytesIO(blob)).convert("L") for blob in found]
    assert len(images) > 3 and sum(image.height for image in images) == whole.height
    assert b"".join(image.tobytes() for image in images) == whole.tobytes()
    for image in images[1:]:
        assert set(image.crop((0, 0, image.width, 1)).tobytes()) == {255}


def test_the_logo_stands_on_every_page_with_its_name(office):
    header = office.document("corse-2026").sections[0].header
    (picture,) = header._element.iter(qn("wp:docPr"))
    assert picture.get("descr") == f"Logo {office.brand.name}"
    assert office.brand.name in header.paragraphs[0].text


def test_a_text_without_a_logo_keeps_the_name(office):
    content = press_release(
        office.publication("grand-est-2024"),
        brand=office.brand,
        template=shipped_templates().text,
        picture=draw_png,
        logo=None,
        embargo="",
        date=DATE,
    )
    header = docx.Document(io.BytesIO(content)).sections[0].header
    assert header.paragraphs[0].text == office.brand.name
    assert not list(header._element.iter(qn("wp:docPr")))


# --- the document --------------------------------------------------------------------------------


def test_the_header_of_a_table_is_repeated_and_its_numbers_stand_to_the_right(office):
    (table,) = office.document("nouvelle-aquitaine-2026").tables
    repeated = [bool(list(row._tr.iter(qn("w:tblHeader")))) for row in table.rows]
    assert repeated == [True] + [False] * 13
    assert all(list(row._tr.iter(qn("w:cantSplit"))) for row in table.rows)
    aligned = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert [str(side) for side in aligned] == ["None", "None", "RIGHT (2)", "RIGHT (2)"]
    assert table.style.name == "Tableau de chiffres"


def test_the_total_of_a_table_is_bold(office):
    (table,) = office.document("provence-alpes-cote-d-azur-2025").tables
    bold = [row.cells[1].paragraphs[0].runs[0].bold for row in table.rows[1:]]
    assert bold == [None] * 6 + [True]


def test_a_computed_value_in_a_table_is_explained_under_it(office):
    rate = Value(37.3, indicator=SETTINGS.indicators["activation_rate"], status="derived")
    table = Table(
        (
            name_column("name", "Caisse", ["Pau"]),
            Column("level", "Taux", (rate,), "value", mark="dagger"),
        )
    )
    document = office.of(Section(table=table, table_source="Cnam."))
    assert document.tables[0].cell(1, 1).text == "37,3\u00a0%\u202f†"
    said = lines(document, "Caption")
    assert said == ["Note\u00a0: † Valeur calculée.", "Source\u00a0: Cnam."]


def test_a_text_is_an_a4_page_in_french_and_in_the_house_font(office):
    document = office.document("corse-2026")
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert default.find(qn("w:lang")).get(qn("w:val")) == "fr-FR"
    assert default.find(qn("w:rFonts")).get(qn("w:ascii")) == "Source Sans Pro"
    assert not list(document.styles.element.iter(qn("w:kern")))
    others = [
        style.name
        for style in document.styles
        if style.element.find(f".//{qn('w:rFonts')}") is not None
    ]
    assert not others


def test_titles_are_those_of_word_in_the_colours_of_the_brand(office):
    document = office.document("corse-2026")
    colours = {
        name: str(document.styles[name].font.color.rgb)
        for name in ("Title", "Heading 1", "Heading 2", "Caption")
    }
    brand = office.brand
    assert colours == {
        "Title": brand.primary[1:].upper(),
        "Heading 1": brand.primary[1:].upper(),
        "Heading 2": brand.ink[1:].upper(),
        "Caption": brand.muted[1:].upper(),
    }
    assert document.styles["Titre de figure"].base_style.name == "Heading 2"


def test_the_headings_of_a_text_tell_its_sections_and_its_figures(office):
    document, publication = office.document("corse-2026"), office.publication("corse-2026")
    headings = [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style.name in ("Heading 1", "Titre de figure")
    ]
    assert headings == [
        *(("Heading 1", s.title) for s in publication.sections if s.cards),
        ("Heading 1", "Annexes"),
        *(("Titre de figure", figure.title) for figure in publication.figures),
        ("Heading 1", "Sources"),
    ]


@some_publications
def test_no_part_of_the_file_speaks_english(office, name):
    """Fields, names of pictures and of styles that Word would show as they are."""
    found = parts(office.bytes(office.publication(name)))
    everything = b"".join(data for part, data in found.items() if part.endswith(".xml"))
    assert b"en-US" not in everything and "docProps/thumbnail.jpeg" not in found
    core = found["docProps/core.xml"].decode()
    assert "python-docx" not in core and "generated" not in core
    names = re.findall(r'<wp:docPr[^>]* name="([^"]*)"', everything.decode())
    assert names and not [text for text in names if text.startswith("Picture")]
    custom = re.findall(
        rb'<w:style [^>]*w:customStyle="1"[^>]*>\s*<w:name w:val="([^"]*)"',
        found["word/styles.xml"],
    )
    ours = {text.decode() for text in custom if not text.endswith(b"Char")}
    assert ours == {
        "Chapeau",
        "Embargo",
        "Données fictives",
        "Surtitre",
        "Titre de figure",
        "Sous-titre de figure",
        "Figure",
        "Entrée",
        "Source du chiffre",
        "Réserve",
        "Éditeur",
        "Rappel d’embargo",
        "Tableau de chiffres",
        "Cellule de tableau",
    }


def test_the_file_says_its_title_its_author_its_language_and_its_date(office):
    properties = office.document("corse-2026").core_properties
    assert properties.title == headline(office.publication("corse-2026"))
    assert (properties.author, properties.language) == (office.brand.name, "fr-FR")
    assert properties.created == properties.modified == dt.datetime(2026, 3, 18, tzinfo=dt.UTC)


@some_publications
def test_the_same_publication_gives_the_same_bytes(office, name):
    content = office.bytes(office.publication(name))
    assert content == office.bytes(office.publication(name))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 3, 18, 0, 0, 0)}


# --- captions ------------------------------------------------------------------------------------


@every_publication
def test_the_captions_hold_every_line_of_every_figure_under_the_name_of_its_file(office, name):
    publication = office.publication(name)
    blocks = captions_text(publication, embargo=EMBARGO).split("\n\n")
    for figure in publication.figures:
        (block,) = [b for b in blocks if b.startswith(f"Fichier : {figure.file_stem}\n")]
        said = block.splitlines()
        assert {
            figure.title,
            f"Texte de remplacement : {figure.alt}",
            *(f"{key} : {text}" for key, text in figure.caption),
        } <= set(said)
        assert (WARNING in said) == figure.fictitious


@every_publication
def test_the_captions_hold_every_sentence_with_its_source(office, name):
    text = captions_text(office.publication(name), embargo="")
    for card in cards(office.publication(name)):
        assert f"{card.sentence}\nSource : {card.source}." in text
    assert text.count("Chiffre incertain") == sum(
        c.uncertain for c in cards(office.publication(name))
    )


def test_the_captions_open_with_the_title_the_warning_and_the_embargo(office):
    text = captions_text(office.publication(FICTITIOUS), embargo=EMBARGO)
    assert text.splitlines()[2:4] == [WARNING, EMBARGO]
    real = captions_text(office.publication("corse-2026"), embargo="")
    assert "fictives" not in real and "embargo" not in real


# --- the whole -----------------------------------------------------------------------------------


def test_a_press_release_reads_from_its_kicker_to_its_last_source(office, snapshot):
    document = office.document("corse-2026")
    said = [f"[{p.style.name}] {p.text}" for p in document.paragraphs]
    assert "\n".join(said) == snapshot
