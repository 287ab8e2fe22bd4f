"""The templates of slides and press releases: the agency's own, and those that are refused."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from made_once import publication_of
from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Pt

from atlas.export.image import ExportError
from atlas.export.press_release import press_release
from atlas.export.slides import slides
from atlas.project import Project
from atlas.settings.office_documents import (
    PAGE_MARKS,
    STYLES,
    layouts_by_name,
    placeholders_by_name,
)
from atlas.settings.office_templates import (
    LAYOUTS,
    OfficeTemplate,
    read_template,
    shipped_templates,
)

DATE = dt.date(2026, 3, 18)
# Names of built-in styles on a French screen.
FRENCH_NAMES = {
    "Title": "Titre",
    "Subtitle": "Sous-titre",
    "Heading 1": "Titre 1",
    "Heading 2": "Titre 2",
    "List Bullet": "Liste à puces",
    "Caption": "Légende",
}
KEYS = {"slides_template": "agence.pptx", "text_template": "agence.docx"}


SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 50"><g id="dessin">
<path d="M10,10L60,12L30,40Z" fill="#2f47b0"/></g></svg>"""


def picture(width: int = 900, height: int = 500) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#2f47b0").save(stream, "PNG")
    return stream.getvalue()


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def shipped_slides() -> Any:
    return Presentation(io.BytesIO(shipped_templates().slides.content))


def shipped_text() -> Any:
    return docx.Document(io.BytesIO(shipped_templates().text.content))


def made_slides(project: Project, template: OfficeTemplate, logo: bytes | None = None) -> Any:
    content = slides(
        publication_of(project, "corse-2026"),
        project.settings.brand,
        template=template,
        drawing=lambda figure, size: SVG,
        logo=logo,
        embargo="Sous embargo",
        date=DATE,
    )
    return Presentation(io.BytesIO(content))


def made_text(project: Project, template: OfficeTemplate, logo: bytes | None = None) -> bytes:
    return press_release(
        publication_of(project, "corse-2026"),
        brand=project.settings.brand,
        template=template,
        picture=lambda figure: picture(),
        logo=logo,
        embargo="Sous embargo",
        date=DATE,
    )


def missing(folder: Path, key: Any, content: bytes) -> list[str]:
    """What is said of a file that an agency names."""
    (folder / KEYS[key]).write_bytes(content)
    template, problems = read_template(folder, key, KEYS[key])
    assert (template is None) == bool(problems)
    return [problem.message for problem in problems]


# --- the agency's own ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own_slides() -> OfficeTemplate:
    """Another place for the title and the drawing, another red, no logo, a slide of example."""
    file = shipped_slides()
    for layout in file.slide_layouts:
        title = placeholders_by_name(layout)["Titre"]
        title.left, title.top, title.width, title.height = Pt(100), Pt(40), Pt(500), Pt(60)
    drawing = placeholders_by_name(layouts_by_name(file)["Figure et texte"])["Contenu"]
    drawing.left, drawing.top, drawing.width, drawing.height = Pt(100), Pt(130), Pt(560), Pt(300)
    theme = file.slide_master.part.part_related_by(RT.THEME)
    accent = f'<a:srgbClr val="{"2F47B0"}"/>'.encode()
    theme.blob = theme.blob.replace(accent, b'<a:srgbClr val="AA0011"/>')
    for shape in [s for s in file.slide_master.shapes if s.name == "Logo"]:
        shape.name = "Logo de l’agence"
    file.slides.add_slide(file.slide_layouts[0]).shapes.title.text = "Exemple à retirer"
    return OfficeTemplate(saved(file), keeps_colours=True)


def test_slides_stand_where_the_agency_drew_them_in_its_colours(project, own_slides):
    file = made_slides(project, own_slides)
    titles = [slide.shapes.title for slide in file.slides]
    assert {(title.left, title.top, title.width) for title in titles} == {
        (Pt(100), Pt(40), Pt(500))
    }
    assert b'"AA0011"' in file.slide_master.part.part_related_by(RT.THEME).blob
    charts = [shape for slide in file.slides for shape in slide.shapes if shape.has_chart]
    assert charts
    assert {chart.left for chart in charts} == {Pt(100)}
    assert all(chart.left + chart.width <= Pt(661) for chart in charts)
    assert not [title for title in titles if "Exemple" in title.text_frame.text]


def test_a_logo_under_another_name_is_the_agencys_own(project, own_slides):
    file = made_slides(project, own_slides, picture(300, 100))
    (mark,) = [shape for shape in file.slide_master.shapes if shape.name.startswith("Logo")]
    assert mark.name == "Logo de l’agence" and mark.width / mark.height < 2


def test_the_logo_of_the_brand_takes_the_place_of_the_shipped_one(project):
    file = made_slides(project, shipped_templates().slides, picture(300, 100))
    (mark,) = [shape for shape in file.slide_master.shapes if shape.name == "Logo"]
    assert mark.width / mark.height == pytest.approx(3, rel=0.01)
    assert mark.image.blob == picture(300, 100)


def test_a_template_may_have_neither_logo_nor_publisher(project):
    file = shipped_slides()
    cover = layouts_by_name(file)["Couverture"]
    for name in ("Logo", "Éditeur", "Silhouette"):
        element = placeholders_by_name(cover)[name]._element
        element.getparent().remove(element)
    made = made_slides(project, OfficeTemplate(saved(file), keeps_colours=True), picture())
    assert not [
        shape for shape in made.slides[0].shapes if shape.name in ("Logo", "Éditeur", "Silhouette")
    ]


@pytest.fixture(scope="module")
def own_text() -> OfficeTemplate:
    """A narrow page, green titles, and the header's texts cut in two as Word does."""
    document = shipped_text()
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(40)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x0B, 0x7A, 0x5B)
    head = section.header.paragraphs[0]
    (publisher,) = [run for run in head.runs if run.style.name == "Éditeur"]
    publisher.text = "Notre "
    head.add_run("agence", "Éditeur")
    return OfficeTemplate(saved(document), keeps_colours=True)


def test_a_press_release_has_the_pages_and_the_styles_of_the_agency(project, own_text):
    document = docx.Document(io.BytesIO(made_text(project, own_text, picture(300, 100))))
    assert str(document.styles["Heading 1"].font.color.rgb) == "0B7A5B"
    assert round(document.sections[0].left_margin.mm) == 40
    assert {round(shape.width.mm) for shape in document.inline_shapes} == {130}
    head = document.sections[0].header
    assert head.paragraphs[0].text.strip() == project.settings.brand.name
    (extent,) = head._element.iter(qn("wp:extent"))
    assert int(extent.get("cx")) / int(extent.get("cy")) == pytest.approx(3, rel=0.01)
    assert "Titre du communiqué" not in [p.text for p in document.paragraphs]


def test_the_shipped_text_takes_the_colours_of_the_brand_as_colours_of_its_theme(project):
    brand = project.settings.brand.model_copy(update={"primary": "#0b7a5b"})
    content = press_release(
        publication_of(project, "corse-2026"),
        brand=brand,
        template=shipped_templates().text,
        picture=lambda figure: picture(),
        logo=None,
        embargo="",
        date=DATE,
    )
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b'<a:accent1><a:srgbClr val="0B7A5B"/>' in packed.read("word/theme/theme1.xml")
        styles = packed.read("word/styles.xml")
    assert b'w:val="0B7A5B" w:themeColor="accent1"' in styles and b"2F47B0" not in styles


def test_a_template_of_ones_own_gives_the_same_bytes_twice(project, own_text):
    assert made_text(project, own_text) == made_text(project, own_text)


# --- what a file lacks ---------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_the_shipped_templates_lack_nothing(key, tmp_path):
    template, problems = read_template(tmp_path, key, "")
    assert template and problems == [] and not template.keeps_colours


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_that_is_missing_is_named(tmp_path, name):
    file = shipped_slides()
    file.slide_layouts.remove(layouts_by_name(file)[name])
    said = f"il manque au modèle « agence.pptx » la disposition « {name} »"
    assert missing(tmp_path, "slides_template", saved(file)) == [said]


@pytest.mark.parametrize(
    "layout, name", [(layout, name) for layout, names in LAYOUTS.items() for name in names]
)
def test_a_placeholder_that_is_missing_is_named_with_its_layout(tmp_path, layout, name):
    file = shipped_slides()
    element = placeholders_by_name(layouts_by_name(file)[layout])[name]._element
    element.getparent().remove(element)
    (said,) = missing(tmp_path, "slides_template", saved(file))
    assert said.endswith(f"l’espace réservé « {name} » de la disposition « {layout} »")


@pytest.mark.parametrize(
    "kind, name", [(kind, name) for kind, names in STYLES.items() for name in names]
)
def test_a_style_that_is_missing_is_named(tmp_path, kind, name):
    document = shipped_text()
    style = document.styles[name]
    style.element.getparent().remove(style.element)
    said = missing(tmp_path, "text_template", saved(document))
    shown = FRENCH_NAMES.get(name, name)
    assert said[0].startswith("il manque au modèle « agence.docx » le style de ")
    assert said[0].endswith(f"« {shown} »")


def test_a_style_of_another_type_is_not_the_one_that_is_wanted(tmp_path):
    document = shipped_text()
    style = document.styles["Chapeau"]
    style.element.getparent().remove(style.element)
    document.styles.add_style("Chapeau", WD_STYLE_TYPE.CHARACTER)
    (said,) = missing(tmp_path, "text_template", saved(document))
    assert said.endswith("le style de paragraphe « Chapeau »")


@pytest.mark.parametrize("name", PAGE_MARKS)
def test_what_every_page_must_say_needs_its_place(tmp_path, name):
    document = shipped_text()
    section = document.sections[0]
    for part in (section.header, section.footer):
        for run in part.paragraphs[0].runs:
            if run.style.name == name:
                run._r.getparent().remove(run._r)
    (said,) = missing(tmp_path, "text_template", saved(document))
    assert said.endswith(f"un texte de style « {name} » dans l’en-tête ou le pied de page")


def damaged(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


PARTS = {"slides_template": "ppt/presentation.xml", "text_template": "word/styles.xml"}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("how", ["empty", "text", "cut", "other", "markup", "template"])
def test_a_file_that_no_program_opens_is_refused(tmp_path, key, how):
    templates = shipped_templates()
    pair = [templates.slides.content, templates.text.content]
    good, other = pair if key == "slides_template" else pair[::-1]
    macro = b"presentation.main" if key == "slides_template" else b"document.main"
    content = {
        "empty": lambda: b"",
        "text": lambda: b"un texte",
        "cut": lambda: good[: len(good) // 2],
        "other": lambda: other,
        "markup": lambda: damaged(good, PARTS[key], lambda part: part[:300]),
        "template": lambda: damaged(
            good, "[Content_Types].xml", lambda part: part.replace(macro, b"template.main")
        ),
    }[how]()
    (said,) = missing(tmp_path, key, content)
    assert said.endswith("lisible") and f"« {KEYS[key]} »" in said


@pytest.mark.parametrize("name", ["../agence.pptx", "agence.potx", "agence.docx", "absent.pptx"])
def test_a_template_is_a_file_of_its_kind_inside_the_project(tmp_path, name):
    (tmp_path / "agence.pptx").write_bytes(shipped_templates().slides.content)
    inside = tmp_path / "projet"
    inside.mkdir()
    template, (problem,) = read_template(inside, "slides_template", name)
    assert template is None and f"« {name} »" in problem.message


# --- edited while the dashboard runs -------------------------------------------------------------


def test_a_bad_template_keeps_the_last_good_one_and_is_told_with_its_line(copy_of_project, edit):
    place, path = Project(copy_of_project), copy_of_project / "agence.pptx"
    path.write_bytes(shipped_templates().slides.content)
    line = '  logo: "templates/logo.svg"'
    edit("config.yaml", line, f'{line}\n  slides_template: "agence.pptx"')
    assert place.problems() == [] and place.templates.slides.keeps_colours
    good = place.templates.slides
    file = shipped_slides()
    file.slide_layouts.remove(layouts_by_name(file)["Texte"])
    path.write_bytes(saved(file))
    (problem,) = place.problems()
    config = (copy_of_project / "config.yaml").read_text().splitlines()
    assert problem.file == "config.yaml" and "slides_template" in config[problem.line - 1]
    assert problem.where == "brand.slides_template" and problem.value == "agence.pptx"
    assert place.templates.slides == good and place.dataset() is not None
    path.write_bytes(good.content)
    assert place.problems() == []


def test_a_template_that_was_never_good_is_refused_at_export_and_the_rest_is_made(
    copy_of_project, edit, project
):
    line = '  logo: "templates/logo.svg"'
    edit("config.yaml", line, f'{line}\n  text_template: "absent.docx"')
    place = Project(copy_of_project)
    assert place.dataset() is not None and not place.templates.slides.refusal
    said = "Le modèle « absent.docx » est introuvable ou illisible."
    assert place.templates.text.refusal == said
    with pytest.raises(ExportError, match="absent.docx"):
        made_text(project, place.templates.text)
    refused = OfficeTemplate(b"", refusal=said)
    with pytest.raises(ExportError, match="introuvable"):
        made_slides(project, refused)
