"""The logo that config.yaml names: what is taken, and each thing that is refused, in French."""

from __future__ import annotations

import base64
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image

from atlas.project import Project
from atlas.settings import read_logo

ROOT = Path(__file__).parents[2]
DISC = '<circle xmlns="http://www.w3.org/2000/svg" cx="5" cy="5" r="5"/>'


def vector(inside: str = DISC, more: str = "") -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"{more}>{inside}</svg>'
    ).encode()


def picture() -> bytes:
    stream = io.BytesIO()
    Image.linear_gradient("L").save(stream, "PNG")
    return stream.getvalue()


def read(folder: Path, name: str, content: bytes | None = None):
    if content is not None:
        (folder / name).write_bytes(content)
    return read_logo(folder, name)


def test_an_svg_is_taken_as_its_markup(tmp_path):
    logo, problems = read(tmp_path, "logo.svg", vector())
    assert problems == []
    root = ET.fromstring(logo)
    assert root.get("viewBox") == "0 0 10 10" and root[0].get("r") == "5"


def test_a_drawing_of_an_editor_is_taken_without_what_the_editor_keeps_in_it(tmp_path):
    inside = """
    <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>
    <sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>
    <defs><linearGradient id="g"><stop offset="0" style="stop-color:#fff;stop-opacity:1"/>
    </linearGradient><clipPath id="c"><circle r="5"/></clipPath></defs>
    <g inkscape:label="Fond" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape">
    <path class="st0" d="M1 1 l-2e-1,3.5z" fill="red" transform="rotate(-45) scale(.5)"
      style="fill:url(#g);clip-path:url('#c');-inkscape-stroke:none;font-family:Arial"/></g>"""
    logo, problems = read(tmp_path, "logo.svg", vector(inside))
    assert problems == []
    root = ET.fromstring(logo)
    names = [part.tag.rpartition("}")[2] for part in root.iter()]
    assert names == ["svg", "defs", "linearGradient", "stop", "clipPath", "circle", "g", "path"]
    assert root.find(".//{*}path").attrib == {
        "d": "M1 1 l-2e-1,3.5z",
        "fill": "url(#g)",
        "transform": "rotate(-45) scale(.5)",
        "clip-path": "url('#c')",
    }
    assert root.find(".//{*}stop").attrib == {
        "offset": "0",
        "stop-color": "#fff",
        "stop-opacity": "1",
    }
    assert root.find(".//{*}g").attrib == {}


def test_the_shipped_logo_is_not_in_a_folder_that_is_served(project):
    """Streamlit gives every file of static/ as it is, under the address of the dashboard."""
    served = ROOT / "static"
    assert not (ROOT / project.settings.brand.logo).resolve().is_relative_to(served)
    assert not [*served.rglob("*.svg"), *served.rglob("*.html")]


def test_a_png_is_taken_as_an_address_that_holds_it(tmp_path):
    logo, problems = read(tmp_path, "logo.png", picture())
    assert problems == []
    start, _, data = logo.partition(",")
    assert start == "data:image/png;base64" and base64.b64decode(data) == picture()


def test_the_logo_that_is_shipped_is_taken(project):
    assert project.problems() == []
    assert ET.fromstring(project.logo).tag == "{http://www.w3.org/2000/svg}svg"


# Name of the file, its content (None: there is none), and what is said.
REFUSED = {
    "a file that is not there": ("logo.svg", None, "introuvable"),
    "a kind that is not printed": ("logo.jpg", b"\xff\xd8", "n’est pas un SVG ou un PNG"),
    "a file without a kind": ("logo", vector(), "n’est pas un SVG ou un PNG"),
    "a file that weighs too much": ("logo.svg", vector(DISC + " " * 1_000_000), "trop lourd"),
    "a photograph under another name": ("logo.png", b"\xff\xd8" * 40, "n’est pas un PNG"),
    "a picture cut short": ("logo.png", picture()[:90], "PNG"),
    "an empty file": ("logo.svg", b"", "n’est pas un SVG lisible"),
    "markup cut short": ("logo.svg", vector()[:-8], "n’est pas un SVG lisible"),
    "an encoding that does not exist": (
        "logo.svg",
        b'<?xml version="1.0" encoding="bidon"?>' + vector(),
        "SVG lisible",
    ),
    "a page of the web": ("logo.svg", b"<html><body/></html>", "SVG"),
    "shapes of no known language": ("logo.svg", b'<svg viewBox="0 0 9 9"><path/></svg>', "SVG"),
    "a drawing without a size": (
        "logo.svg",
        vector().replace(b' viewBox="0 0 10 10"', b""),
        "logo",
    ),
    "a program": ("logo.svg", vector("<script>alert(1)</script>"), "« script »"),
    "a program in an attribute": ("logo.svg", vector(more=' onload="alert(1)"'), "logo"),
    "a picture in the drawing": ("logo.svg", vector("<image/>"), "« image »"),
    "a page in the drawing": ("logo.svg", vector("<foreignObject/>"), "« foreignObject »"),
    "letters of a font": ("logo.svg", vector("<text>MES</text>"), "« text »"),
    "a sheet of styles": ("logo.svg", vector("<style>*{fill:red}</style>"), "« style »"),
    "a style with an address": (
        "logo.svg",
        vector('<rect style="fill:url(https://exemple.fr/a.svg#b)"/>'),
        "« fill »",
    ),
    "a colour with an address": (
        "logo.svg",
        vector('<rect fill="url(//exemple.fr/a#b)"/>'),
        "« fill »",
    ),
    "an address behind an escape": (
        "logo.svg",
        vector(r'<rect style="fill:u\72l(//exemple.fr/a)"/>'),
        "« fill »",
    ),
    "a style that asks for a file": (
        "logo.svg",
        vector('<rect style="behavior:url(#a)"/>'),
        "« behavior »",
    ),
    "a picture in its own letters": (
        "logo.svg",
        vector('<use href="data:image/svg+xml,%3Csvg/%3E"/>'),
        "adresse",
    ),
    "a program as an address": ("logo.svg", vector('<use href="javascript:alert(1)"/>'), "adresse"),
    "a link": ("logo.svg", vector('<a href="#b"><path d="M0 0"/></a>'), "« a »"),
    "a drawing that moves": (
        "logo.svg",
        vector('<rect><animate attributeName="x" to="9"/></rect>'),
        "« animate »",
    ),
    "a value set later": ("logo.svg", vector('<rect><set attributeName="x"/></rect>'), "« set »"),
    "the hour at which it moves": ("logo.svg", vector('<rect begin="1s"/>'), "« begin »"),
    "a filter": ("logo.svg", vector('<filter id="f"/>'), "« filter »"),
    "a page with another prefix": (
        "logo.svg",
        vector('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'),
        "« script »",
    ),
    "a shape of another language": (
        "logo.svg",
        vector('<path xmlns="https://exemple.fr/forme" d="M0 0"/>'),
        "« path »",
    ),
    "a page among the notes": (
        "logo.svg",
        vector("<title><b xmlns='http://www.w3.org/1999/xhtml'>4 ans</b></title>"),
        "« b »",
    ),
    "a style sheet of another file": (
        "logo.svg",
        b'<?xml-stylesheet href="https://exemple.fr/a.xsl"?>' + vector(),
        "« xml-stylesheet »",
    ),
    "entities": (
        "logo.svg",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + vector("<title>&b;</title>"),
        "DOCTYPE",
    ),
    "a file of the machine": (
        "logo.svg",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + vector("<title>&a;</title>"),
        "DOCTYPE",
    ),
    "a declaration in another encoding": (
        "logo.svg",
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + vector().decode()).encode("utf-16"),
        "DOCTYPE",
    ),
    "shapes within shapes": ("logo.svg", vector("<g>" * 60 + "</g>" * 60), "50 niveaux"),
    "thousands of shapes": ("logo.svg", vector("<path/>" * 5_001), "5000 éléments"),
    "a shape that holds itself": (
        "logo.svg",
        vector('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "elle-même",
    ),
    "shapes drawn again and again": (
        "logo.svg",
        vector(
            '<path id="n0" d="M0 0"/>'
            + "".join(
                f'<g id="n{level + 1}">' + f'<use href="#n{level}"/>' * 10 + "</g>"
                for level in range(9)
            )
        ),
        "5000 éléments",
    ),
    "a picture of a thousand million points": (
        "logo.png",
        picture()[:16] + (30_000).to_bytes(4) * 2 + picture()[24:],
        "millions de pixels",
    ),
    "an address of the web": (
        "logo.svg",
        vector('<use href="https://exemple.fr/a.svg#b"/>'),
        "logo",
    ),
}


@pytest.mark.parametrize("name, content, said", REFUSED.values(), ids=REFUSED)
def test_a_logo_that_would_not_be_the_same_everywhere_is_refused(tmp_path, name, content, said):
    logo, [problem] = read(tmp_path, name, content)
    assert logo is None and said in problem.message
    assert (problem.file, problem.value) == ("config.yaml", name)
    assert problem.cure.startswith("Donnez le chemin d’un fichier SVG ou PNG")


@pytest.mark.parametrize("name", ["../logo.svg", "dossier/../../logo.svg"])
def test_a_logo_outside_the_project_is_not_opened(tmp_path, name):
    (tmp_path / "logo.svg").write_bytes(vector())
    inside = tmp_path / "projet"
    (inside / "dossier").mkdir(parents=True)
    logo, [problem] = read_logo(inside, name)
    assert logo is None and "du projet" in problem.message


def test_a_link_that_leaves_the_project_is_not_followed(tmp_path):
    (tmp_path / "logo.svg").write_bytes(vector())
    inside = tmp_path / "projet"
    inside.mkdir()
    (inside / "logo.svg").symlink_to(tmp_path / "logo.svg")
    assert read_logo(inside, "logo.svg")[0] is None


def test_a_folder_named_like_a_logo_is_refused(tmp_path):
    (tmp_path / "logo.svg").mkdir()
    logo, [problem] = read(tmp_path, "logo.svg")
    assert logo is None and "illisible" in problem.message


# --- edited while the dashboard runs -------------------------------------------------------------


def test_another_logo_is_followed_at_the_next_look(copy_of_project, edit):
    place = Project(copy_of_project)
    shipped = place.logo
    (copy_of_project / "templates/logo.svg").write_bytes(vector())
    assert place.logo != shipped and ET.fromstring(place.logo).get("viewBox") == "0 0 10 10"
    (copy_of_project / "agence.png").write_bytes(picture())
    edit("config.yaml", 'logo: "templates/logo.svg"', 'logo: "agence.png"')
    assert place.logo.startswith("data:image/png;base64,") and place.problems() == []


def test_a_bad_logo_leaves_the_last_good_one_and_clears_when_it_is_mended(copy_of_project):
    place, path = Project(copy_of_project), copy_of_project / "templates/logo.svg"
    good, shipped = path.read_bytes(), place.logo
    path.write_bytes(good[:200])
    assert place.logo == shipped
    assert [problem.where for problem in place.problems()] == ["brand.logo"]
    path.write_bytes(good)
    assert place.logo == shipped and place.problems() == []


def test_without_a_good_logo_figures_are_still_made(copy_of_project):
    (copy_of_project / "templates/logo.svg").unlink()
    place = Project(copy_of_project)
    assert place.logo == "" and place.dataset() is not None
    assert [problem.file for problem in place.problems()] == ["config.yaml"]


def test_a_picture_of_too_many_points_is_refused(tmp_path):
    """Of few bytes, and hundreds of megabytes once it is opened."""
    stream = io.BytesIO()
    Image.new("1", (5_000, 5_000)).save(stream, "PNG")
    assert len(stream.getvalue()) < 20_000
    logo, (problem,) = read(tmp_path, "logo.png", stream.getvalue())
    assert logo is None and "16 millions de pixels" in problem.message
