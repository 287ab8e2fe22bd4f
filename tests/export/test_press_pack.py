"""The press pack: a tagged brochure from one template, made without any network."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache

import pytest
from made_once import publication_of
from pypdf import PdfReader
from shipped import SETTINGS

from atlas.export.image import ExportError
from atlas.export.press_pack import press_pack
from atlas.figures.common.figure import Figure
from atlas.publications.publication import Publication
from atlas.settings.office_templates import OfficeTemplate, read_template, shipped_templates

DATE = dt.date(2026, 3, 18)
EMBARGO = "Sous embargo jusqu’au 18\u00a0mars\u00a02026"
every_dossier = pytest.mark.parametrize("key", SETTINGS.dossiers)
A4_POINTS = (595.28, 841.89)


def svg(figure: Figure) -> bytes:
    """In the place of the drawing: as wide and as high, with a text in the house font."""
    height = round(480 / figure.ratio)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="480" height="{height}">'
        f'<rect width="480" height="{height}" fill="#2f47b0"/>'
        '<text x="9" y="20" font-family="Source Sans Pro">Département</text></svg>'
    ).encode()


def pack_bytes(publication: Publication, **options) -> bytes:
    given = {
        "brand": SETTINGS.brand,
        "template": shipped_templates().pack,
        "drawing": svg,
        "logo": None,
        "embargo": EMBARGO,
        "date": DATE,
    }
    return press_pack(publication, **(given | options))


@pytest.fixture(scope="module")
def pack(project):
    """The pack of a dossier, opened."""
    return cache(lambda key: PdfReader(io.BytesIO(pack_bytes(publication_of(project, key)))))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def unbroken(text: str) -> str:
    """Without what may stand at the end of a line."""
    return re.sub(r"[\s-]", "", text)


@every_dossier
def test_a_pack_has_four_to_twelve_pages_of_a4(pack, key):
    pages = pack(key).pages
    assert 4 <= len(pages) <= 12
    for page in pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            A4_POINTS, abs=0.1
        )


@every_dossier
def test_a_pack_is_tagged_in_french_with_its_title_and_bookmarks(project, pack, key):
    reader, root = pack(key), pack(key).root_object
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "fr-FR"
    assert reader.metadata.title == publication_of(project, key).title.replace(" :", "\u00a0:")
    assert b"pdfuaid" in root["/Metadata"].get_data()
    names = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert {"Chiffres clés", "Méthode et sources", "À propos et contacts"} <= set(names)


@every_dossier
def test_every_font_of_a_pack_is_embedded_and_of_the_repository(pack, key):
    fonts = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in pack(key).pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    assert fonts
    for descriptor in fonts:
        assert "SourceSansPro" in descriptor["/FontName"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


@every_dossier
def test_a_pack_prints_every_figure_key_figure_and_source(project, pack, key):
    said, publication = words(pack(key)), publication_of(project, key)
    for text in [
        *(figure.title for figure in publication.figures),
        *(card.label for card in publication.cards),
        *publication.sources["publisher"].cells,
        EMBARGO,
    ]:
        assert unbroken(text) in unbroken(said), text


def test_two_packs_are_the_same_bytes(project):
    publication = publication_of(project, "corse-2026")
    assert pack_bytes(publication) == pack_bytes(publication)


def test_a_bleed_is_outside_what_is_cut(project):
    publication = publication_of(project, "grand-est-2024")
    page = PdfReader(io.BytesIO(pack_bytes(publication, bleed_mm=3))).pages[0]
    trim = page.trimbox
    assert (float(trim.width), float(trim.height)) == pytest.approx(A4_POINTS, abs=0.1)
    assert float(page.mediabox.width) == pytest.approx(A4_POINTS[0] + 2 * 3 * 72 / 25.4, abs=0.1)
    assert page.bleedbox == page.mediabox


def test_what_an_agency_draws_is_what_is_printed(project):
    own = b'#set document(title: "x")\n#let d = json("donnees.json")\n= #d.headline'
    made = pack_bytes(
        publication_of(project, "corse-2026"), template=OfficeTemplate(own, keeps_colours=True)
    )
    assert words(PdfReader(io.BytesIO(made))).startswith("33,2")


def test_a_template_that_cannot_be_set_is_refused_in_french(project):
    with pytest.raises(ExportError, match="ne peut pas être composé"):
        pack_bytes(
            publication_of(project, "corse-2026"), template=OfficeTemplate(b"#nothing-of-it")
        )


def test_an_image_without_its_alternative_text_is_refused(project):
    template = shipped_templates().pack.content.replace(b", alt: one.alt", b"")
    with pytest.raises(ExportError, match="alt"):
        pack_bytes(publication_of(project, "corse-2026"), template=OfficeTemplate(template))


@pytest.mark.parametrize(
    "content, reason",
    [
        (b'#import "@preview/cetz:0.3.0"\n#json("donnees.json")', "import"),
        (b'#eval("im" + "port")\n#json("donnees.json")', "eval"),
        ("= Sans données".encode(), "donnees.json"),
        (b"\xff", "lisible"),
    ],
)
def test_a_template_that_fetches_or_reads_nothing_is_refused(tmp_path, content, reason):
    (tmp_path / "agence.typ").write_bytes(content)
    template, (problem,) = read_template(tmp_path, "pack_template", "agence.typ")
    assert template is None and reason in problem.message and "agence.typ" in problem.message
