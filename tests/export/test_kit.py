"""Press kits as they are made: what is in them, what they say, and that two are the same."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pptx
import pytest
import yaml
from click.testing import Result
from contexts import unlike_territories
from made_once import publication_of
from PIL import Image
from pypdf import PdfReader
from shipped import SETTINGS
from typer.testing import CliRunner

from atlas.cli import app
from atlas.export import render_pool as drawing
from atlas.export.embargo import embargo_line
from atlas.export.kit import Kit, KitChoice, KitTooLarge, build_kit
from atlas.export.kit_parts.registry import KIT_PARTS
from atlas.export.provenance import provenance_in
from atlas.export.render_pool import RenderPool
from atlas.figures.common.context import FigureContext
from atlas.figures.options import periods_of, territories_with_figures
from atlas.project import Project
from atlas.publications.draft_context import context_with_dossier
from atlas.publications.publication import (
    Publication,
    dossier_publication,
    territory_publication,
)
from atlas.rendering.image_kinds.registry import IMAGE_KINDS, USUAL_KINDS
from atlas.settings import Dossier

ROOT = Path(__file__).parents[2]
DAY, EMBARGO = dt.date(2026, 7, 1), dt.date(2027, 1, 30)
UNTIL = "Sous embargo jusqu’au 30 janvier 2027"
FICTITIOUS = "Données fictives"
# The one format in which each dossier is drawn; one of them, with few figures, is drawn in all
# (see `whole`).
BROCHURE, WHOLE = ("170mm",), "nouvelle-aquitaine-2026"
# Of another licence than ours, in its own words.
FONTS = "polices/"
ENGLISH = re.compile(
    r"\b(the|and|of|with|from|value|year|month|level|rate|missing|published|"
    r"unknown|error|none|nan|null|undefined|true|false|download|loading|select|"
    r"choose|empty|oops|traceback)\b",
    re.IGNORECASE,
)
# How many images each dossier of config.yaml has: key figures, milestones, charts and maps.
IMAGES = {
    "corse-2026": 8,
    "grand-est-2024": 4,
    "nouvelle-aquitaine-2026": 5,
    "provence-alpes-cote-d-azur-2025": 4,
    "la-reunion-2026": 7,
}
every_dossier = pytest.mark.parametrize("key", SETTINGS.dossiers)
Files = Mapping[str, bytes]


DATED = ("--date", str(DAY), "--embargo", str(EMBARGO))


def run(*words: str) -> Result:
    """The command that writes kits in this process, at a fixed date, under an embargo."""
    return CliRunner().invoke(app, ["kit", *words, *DATED])


def ran(*words: str) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own: `python -m atlas kit`."""
    return subprocess.run(
        [sys.executable, "-m", "atlas", "kit", *words, *DATED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def among(option: str, words: tuple[str, ...]) -> list[str]:
    return [part for word in words for part in (option, word)]


def tree(folder: Path) -> Files:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def unpacked(archive: Path) -> Files:
    with zipfile.ZipFile(archive) as packed:
        return {
            name.removeprefix(f"{archive.stem}/"): packed.read(name) for name in packed.namelist()
        }


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """Every dossier, its images in one format of a brochure."""
    out = tmp_path_factory.mktemp("dossiers")
    done = ran("--all", "--out", str(out), *among("--format", BROCHURE))
    assert done.returncode == 0, done.stderr
    return {folder.name: tree(folder) for folder in out.iterdir()}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One dossier with everything, in every format, as one file, three drawings at once."""
    out = tmp_path_factory.mktemp("whole")
    done = ran("--dossier", WHOLE, "--zip", "--workers", "3", "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out / f"{WHOLE}.zip"


@pytest.fixture(scope="module")
def whole(packed: Path) -> Files:
    return unpacked(packed)


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    made = RenderPool(2)
    yield made
    made.close()


def some(context: FigureContext, format: str = "82mm", **fields: object) -> KitChoice:
    """One format and one kind unless told otherwise."""
    return KitChoice(
        {format: context.settings.formats[format]}, DAY, **{"kinds": ("svg",), **fields}
    )  # type: ignore[arg-type]


PLACES = {
    "a région": "REG-94 2026-03",
    "a département": "DEP-40 2025-12",
    "a caisse": "CPAM-641 2025-12",
    "France": "FR 2026-02",
}
every_place = pytest.mark.parametrize("place", PLACES)


@pytest.fixture(scope="module")
def of_place(
    project: Project, context: FigureContext, pool: RenderPool
) -> Callable[[str], tuple[Publication, Kit]]:
    @cache
    def kit_of_place(place: str) -> tuple[Publication, Kit]:
        publication = publication_of(project, PLACES[place])
        return publication, build_kit(context, publication, some(context), pool, 2)

    return kit_of_place


@pytest.fixture(scope="module")
def invented(project: Project, fictitious: FigureContext, pool: RenderPool) -> Kit:
    """A région of the fictitious set, in each kind of file."""
    publication = publication_of(project, "fictif REG-94 2025-12")
    return build_kit(fictitious, publication, some(fictitious, kinds=tuple(IMAGE_KINDS)), pool, 2)


# --- the words of each kind of file --------------------------------------------------------------


class _Seen(HTMLParser):
    """What a reader of a web page sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += [tag] if tag in ("script", "style") else []
        self.words += [
            said
            for name, said in attrs
            if said and name in ("alt", "aria-label", "title", "placeholder")
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        self.words += [] if self._inside else [data]


def _of_html(content: bytes) -> list[str]:
    seen = _Seen()
    seen.feed(content.decode())
    return seen.words


def _of_svg(content: bytes) -> list[str]:
    parts = list(ElementTree.fromstring(content).iter())
    written = [
        part.text or ""
        for part in parts
        if part.tag.rpartition("}")[2] in ("text", "tspan", "title", "desc")
    ]
    return written + [part.get("aria-label", "") for part in parts]


def _of_docx(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    ends = [part for section in document.sections for part in (section.header, section.footer)]
    return [p.text for part in (document, *ends) for p in part.paragraphs] + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]


def _of_slide(slide) -> list[str]:
    """Shapes, tables and what a screen reader says of a picture."""
    said = []
    for shape in slide.shapes:
        said += [shape.text_frame.text] if shape.has_text_frame else []
        said += [shape._element._nvXxPr.cNvPr.get("descr", "")]
        if shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
    return said + ([slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else [])


def _of_pptx(content: bytes) -> list[str]:
    return [
        text for slide in pptx.Presentation(io.BytesIO(content)).slides for text in _of_slide(slide)
    ]


def _of_xlsx(content: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        str(cell)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ] + book.sheetnames


READERS: dict[str, Callable[[bytes], list[str]]] = {
    ".txt": lambda content: content.decode("utf-8-sig").splitlines(),
    ".svg": _of_svg,
    ".html": _of_html,
    ".docx": _of_docx,
    ".pptx": _of_pptx,
    ".xlsx": _of_xlsx,
    ".pdf": lambda content: [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages],
}


def words_of(name: str, content: bytes) -> list[str]:
    """The texts of a file, with plain spaces; of a bitmap, those that it carries."""
    reader = READERS.get(PurePosixPath(name).suffix)
    if reader is None:
        return [str(said) for said in Image.open(io.BytesIO(content)).info.values()]
    return [" ".join(text.split()) for text in reader(content)]


def ours(files: Files) -> Iterator[tuple[str, bytes]]:
    return ((name, content) for name, content in files.items() if not name.startswith(FONTS))


# --- what is in a kit ----------------------------------------------------------------------------


def expected(publication: Publication, formats: tuple[str, ...], kinds=USUAL_KINDS) -> set[str]:
    return {
        f"images/{size}/{figure.file_stem}_{size}{IMAGE_KINDS[kind].file_ending}"
        for figure in publication.images
        for size in formats
        for kind in kinds
    }


def images(files: Files) -> set[str]:
    return {name for name in files if name.startswith("images/")}


def test_every_dossier_of_config_yaml_has_its_folder(dossiers):
    assert set(dossiers) == set(SETTINGS.dossiers) and len(dossiers) == 5


@every_dossier
def test_every_figure_of_a_dossier_is_there_in_every_format_and_kind(project, dossiers, key):
    assert images(dossiers[key]) == expected(publication_of(project, key), BROCHURE)
    assert len(images(dossiers[key])) == IMAGES[key] * len(USUAL_KINDS)


@every_dossier
def test_every_part_of_a_dossier_is_there_under_its_name(dossiers, key):
    rest = set(dossiers[key]) - images(dossiers[key])
    fonts = {name for name in rest if name.startswith(FONTS)}
    assert rest - fonts == {
        "LISEZ-MOI.txt",
        f"diapositives/{key}_diaporama.pptx",
        f"dossier-de-presse/{key}_dossier-de-presse.pdf",
        f"planche-contact/{key}_planche-contact.png",
        f"donnees/{key}.xlsx",
        f"web/{key}.html",
        f"textes/{key}_communique.docx",
        f"textes/{key}_a-verifier.docx",
        f"textes/{key}_legendes.txt",
    }
    assert sum(name.endswith(".ttf") for name in fonts) == 4 and f"{FONTS}LICENSE.txt" in fonts


def test_without_a_choice_a_kit_has_every_format_and_kind(project, whole):
    publication = publication_of(project, WHOLE)
    assert images(whole) == expected(publication, tuple(SETTINGS.formats))
    assert len(images(whole)) == IMAGES[WHOLE] * len(SETTINGS.formats) * len(USUAL_KINDS)


def test_an_image_is_named_by_its_territory_period_indicator_drawing_and_format(dossiers):
    assert {name for name in images(dossiers["corse-2026"]) if name.endswith(".png")} == {
        *(f"images/170mm/chiffres-cles_corse-2026_{block}_170mm.png" for block in (1, 2, 3, 4)),
        "images/170mm/corse_2026-03_taux-activation_carte_170mm.png",
        "images/170mm/corse_2025_documents-deposes-annee_couloirs_170mm.png",
        "images/170mm/corse_2025_documents-consultes-professionnels_couloirs-croissance_170mm.png",
        "images/170mm/corse-provence-alpes-cote-d-azur_documents-deposes-annee_petits-multiples"
        "_170mm.png",
    }


@every_dossier
def test_names_are_in_small_letters_without_accents_or_spaces(dossiers, key):
    names = {name for name, _ in ours(dossiers[key])} - {"LISEZ-MOI.txt"}
    assert [name for name in names if not re.fullmatch(r"[a-z0-9/_.-]+", name)] == []


@every_dossier
def test_every_image_opens_and_knows_which_figure_it_shows(project, context, dossiers, key):
    titles = {figure.file_stem: figure.title for figure in publication_of(project, key).images}
    for name in images(dossiers[key]):
        known = provenance_in(dossiers[key][name])
        assert PurePosixPath(name).stem.startswith(f"{known.figure}_")
        assert known.title == titles[known.figure] and known.data == context.dataset.version


def test_every_bitmap_has_the_width_of_its_format(whole):
    for name in images(whole):
        if name.endswith(".png"):
            size = SETTINGS.formats[name.split("/")[1]]
            width = size.width_px or size.width_mm / 25.4 * size.dpi
            assert abs(Image.open(io.BytesIO(whole[name])).width - width) <= 1


@pytest.mark.parametrize("part", KIT_PARTS)
def test_a_part_alone_has_its_files_a_readme_and_the_fonts_that_it_needs(
    project, context, pool, part
):
    paca = publication_of(project, "provence-alpes-cote-d-azur-2025")
    made = build_kit(context, paca, some(context, parts=(part,)), pool, 2)
    folder = {"classeur": "donnees"}.get(part, part)
    fonts = {"polices"} if part in ("diapositives", "textes") else set()
    assert {name.partition("/")[0] for name in made.files} == {"LISEZ-MOI.txt", folder, *fonts}


def test_the_kinds_of_an_image_are_asked_for_one_after_the_other(
    project, context, pool, monkeypatch
):
    """A drawing process keeps the last drawing of Vega: several would each make it anew."""
    asked: dict[str, list[int]] = {}
    draw = pool.draw

    def recorded(request, on_wait=None):
        asked.setdefault(request["page"]["title"], []).append(threading.get_ident())
        return draw(request, on_wait)

    monkeypatch.setattr(pool, "draw", recorded)
    choice = some(context, kinds=("svg", "pdf"), parts=("images",))
    build_kit(context, publication_of(project, WHOLE), choice, pool, 2)
    assert [len(threads) for threads in asked.values()] == [2] * IMAGES[WHOLE]
    assert all(len(set(threads)) == 1 for threads in asked.values())


def test_a_surprise_of_a_maker_is_raised_and_not_waited_for(project, context, pool, monkeypatch):
    monkeypatch.setattr("atlas.export.workbook.figures_workbook", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build_kit(
            context,
            publication_of(project, WHOLE),
            some(context, parts=("classeur", "textes")),
            pool,
            2,
        )


@every_place
def test_a_kit_of_a_territory_holds_all_of_its_figures(of_place, place):
    publication, made = of_place(place)
    assert made.failures == [] and publication.figures
    assert images(made.files) == expected(publication, ("82mm",), ("svg",))
    assert len(set(made.files) - images(made.files)) == 9 + 5


@every_place
def test_a_kit_of_a_territory_says_its_name_in_every_file(of_place, place):
    publication, made = of_place(place)
    where = {"a caisse": "Bayonne"}.get(place, publication.place)
    for name, content in ours(made.files):
        if not name.startswith("images/"):
            assert where in " ".join(words_of(name, content)), name


def overseas(context: FigureContext) -> list[str]:
    """Territories that have the name of their region."""
    return [
        code
        for code, place in context.territories.by_code.items()
        if place.kind != "REG"
        and context.territories[context.territories.region_of(code)].name == place.name
    ]


def test_every_territory_that_has_figures_has_a_kit_whose_files_have_names_of_their_own(context):
    codes = [c for c in territories_with_figures(context) if not c.startswith("CPAM")]
    unlike = unlike_territories(context, codes)
    assert {"FR", "REG", "DEP"} <= {code[:3].rstrip("-") for code in unlike}
    for code in [*unlike, "CPAM-641", "CPAM-401"]:  # caisses have one figure each, and alike
        made = territory_publication(context, code, periods_of(context, code)[0])
        assert made.sections and len({f.file_stem for f in made.images}) == len(made.images)


def test_a_territory_that_has_the_name_of_its_region_has_a_kit_too(fictitious):
    known = set(territories_with_figures(fictitious))
    for code in ("DEP-971", "CPAM-976"):
        assert code in overseas(fictitious) and code in known
        assert territory_publication(fictitious, code, "2025-12").figures


# --- LISEZ-MOI -----------------------------------------------------------------------------------


def listed(files: Files) -> set[str]:
    """The paths that LISEZ-MOI names under its contents."""
    found, folder = set(), ""
    for line in files["LISEZ-MOI.txt"].decode("utf-8-sig").splitlines():
        if head := re.match(r"([a-z-]+)/ \(", line):
            folder = head[1]
        elif folder and line.startswith("    "):
            found.add(f"{folder}/{line.strip()}")
        else:
            folder = ""
    return found


@every_dossier
def test_the_readme_lists_exactly_the_files_of_the_kit(dossiers, key):
    assert listed(dossiers[key]) == set(dossiers[key]) - {"LISEZ-MOI.txt"}


@every_dossier
def test_the_readme_says_how_many_files_each_folder_holds(dossiers, key):
    said = dossiers[key]["LISEZ-MOI.txt"].decode("utf-8-sig")
    for folder in ("images", "diapositives", "donnees", "textes", "web", "polices"):
        count = sum(name.startswith(f"{folder}/") for name in dossiers[key])
        assert (f"{folder}/ ({count} fichier" in said) == (count > 0)


@every_dossier
def test_the_readme_gives_every_source_with_its_publisher_and_licence(project, dossiers, key):
    said = dossiers[key]["LISEZ-MOI.txt"].decode("utf-8-sig")
    sources = list(publication_of(project, key).sources.rows())
    assert sources
    for row in sources:
        assert f"- {row['title']}\n" in said
        assert f"{row['publisher']}, {row['published']}. Licence : {row['licence']}." in said


@every_dossier
def test_the_readme_says_the_title_the_date_the_version_and_the_embargo(context, dossiers, key):
    lines = words_of("LISEZ-MOI.txt", dossiers[key]["LISEZ-MOI.txt"])
    assert lines[0] == " ".join(SETTINGS.dossiers[key].title.split())
    assert lines[3] == UNTIL.upper()
    assert lines[5] == f"Kit produit le 1ᵉʳ juillet 2026, données {context.dataset.version}."


def test_the_readme_and_captions_open_with_their_accents_in_any_editor(whole):
    for name in ("LISEZ-MOI.txt", f"textes/{WHOLE}_legendes.txt"):
        assert whole[name].startswith(b"\xef\xbb\xbf") and b"\r" not in whole[name]


# --- what the files say --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "LISEZ-MOI.txt",
        "diapositives/{key}_diaporama.pptx",
        "dossier-de-presse/{key}_dossier-de-presse.pdf",
        "donnees/{key}.xlsx",
        "web/{key}.html",
        "textes/{key}_communique.docx",
        "textes/{key}_a-verifier.docx",
        "textes/{key}_legendes.txt",
    ],
)
@every_dossier
def test_every_document_says_the_embargo_and_the_title(dossiers, key, name):
    path = name.format(key=key)
    said = " ".join(words_of(path, dossiers[key][path])).casefold()
    assert UNTIL.casefold() in said
    assert " ".join(SETTINGS.dossiers[key].title.split()).casefold() in said


@every_dossier
def test_every_slide_says_the_embargo(dossiers, key):
    deck = pptx.Presentation(io.BytesIO(dossiers[key][f"diapositives/{key}_diaporama.pptx"]))
    assert len(deck.slides) > 3
    for slide in deck.slides:
        assert UNTIL in " ".join(" ".join(_of_slide(slide)).split())


def test_a_kit_without_an_embargo_does_not_speak_of_one(of_place):
    _, made = of_place("a région")
    for name, content in ours(made.files):
        assert "embargo" not in " ".join(words_of(name, content)).casefold(), name


@every_dossier
def test_no_file_says_anything_in_english(dossiers, key):
    for name, content in ours(dossiers[key]):
        if not name.endswith(".png"):
            said = [text for text in words_of(name, content) if not text.startswith("http")]
            assert said and [text for text in said if ENGLISH.search(text)] == [], name


def insides(content: bytes) -> Iterator[bytes]:
    """A file, and those inside it."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from insides(packed.read(name))


def test_no_file_names_a_folder_of_the_machine_that_made_it(whole):
    places = {str(ROOT), f"{Path.home()}/", "/tmp/", sys.prefix}
    for name, content in whole.items():
        for part in insides(content):
            assert [place for place in places if place.encode() in part] == [], name


# --- drafts --------------------------------------------------------------------------------------

DRAFT = """\
title: "La Corse, en bref"
nav: "Corse"
territory: REG-94
period: "2026-03"
source: ars-corse-2026
introduction: "Un essai."
blocks:
  - kind: key_figures
    title: "La dynamique"
    figures:
      - {indicator: activation_rate}
      - {indicator: ambassadors}
  - {kind: map}
  - {kind: corridors, period: "2025"}
"""
DRAFT_LINE = "Projet, à ne pas diffuser"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The kit of a dossier that is in a file alone, in each kind of image, without an embargo."""
    out = tmp_path_factory.mktemp("draft")
    (out / "corse-en-bref.yaml").write_text(DRAFT, "utf-8")
    kinds = among("--kind", tuple(IMAGE_KINDS))
    words = ["--draft", str(out / "corse-en-bref.yaml"), *among("--format", BROCHURE), *kinds]
    done = CliRunner().invoke(app, ["kit", *words, "--out", str(out / "kits"), "--date", str(DAY)])
    assert done.exit_code == 0, done.output
    assert [folder.name for folder in (out / "kits").iterdir()] == ["projet_corse-en-bref"]
    return tree(out / "kits/projet_corse-en-bref")


def test_every_file_of_a_draft_is_named_as_one_and_says_it(draft):
    assert len(images(draft)) == 3 * len(IMAGE_KINDS)
    for name, content in ours(draft):
        if name != "LISEZ-MOI.txt":
            assert PurePosixPath(name).name.startswith("projet_")
        if not name.endswith((".png", "_vectorise.svg")):
            assert DRAFT_LINE.casefold() in " ".join(words_of(name, content)).casefold(), name


def test_every_image_of_a_draft_says_it_and_so_do_those_inside_documents(
    context, pool, monkeypatch
):
    pages: list[dict[str, Any]] = []
    draw = pool.draw

    def recorded(request, on_wait=None):
        if request["kind"] != "logo":
            pages.append(request["page"])
            assert DRAFT_LINE in request["expected"]
        return draw(request, on_wait)

    monkeypatch.setattr(pool, "draw", recorded)
    dossier = Dossier.model_validate(yaml.safe_load(DRAFT))
    with_draft = context_with_dossier(context, "essai", dossier)
    publication = dossier_publication(with_draft, "essai", is_draft=True)
    build_kit(with_draft, publication, some(with_draft), pool, 2)
    # on their own, in the press release, in the press pack, on the contact sheet, on the web page
    assert len(pages) >= 5 * 3
    assert all(DRAFT_LINE in re.sub("<[^>]*>", "", page["head"]) for page in pages)


def test_a_draft_is_taken_for_nothing_that_is_saved(context):
    dossier = Dossier.model_validate(yaml.safe_load(DRAFT))
    first = context_with_dossier(context, "corse-2026", dossier)
    changed = dossier.model_copy(update={"title": "Autre"})
    versions = {
        context.dataset.version,
        first.dataset.version,
        context_with_dossier(context, "corse-2026", changed).dataset.version,
    }
    assert len(versions) == 3 and context.settings.dossiers["corse-2026"] != dossier
    assert dossier_publication(first, "corse-2026").title == "La Corse, en bref"
    assert not dossier_publication(first, "corse-2026").is_draft
    assert first.settings.dossiers.keys() == context.settings.dossiers.keys()


def test_what_is_not_a_draft_does_not_say_that_it_is(of_place):
    _, made = of_place("a région")
    for name, content in ours(made.files):
        assert DRAFT_LINE.casefold() not in " ".join(words_of(name, content)).casefold(), name


# --- two runs ------------------------------------------------------------------------------------


def test_two_runs_give_the_same_bytes_in_whatever_order_files_are_drawn(dossiers, whole):
    first = dossiers[WHOLE]
    assert len(first) == 1 + IMAGES[WHOLE] * len(USUAL_KINDS) + 8 + 5
    assert [name for name in first if first[name] != whole[name]] == ["LISEZ-MOI.txt"]


def test_two_archives_are_the_same_to_the_byte(tmp_path):
    """Made by two processes, which have each their order of sets."""
    parts = among("--part", ("diapositives", "classeur", "textes"))
    words = ("--dossier", "corse-2026", "--zip", *parts)
    here = run(*words, "--out", str(tmp_path / "here"))
    there = ran(*words, "--out", str(tmp_path / "there"))
    assert (here.exit_code, there.returncode) == (0, 0), here.output + there.stderr
    made = [(tmp_path / folder / "corse-2026.zip").read_bytes() for folder in ("here", "there")]
    assert made[0] == made[1]


def test_another_day_changes_the_documents_and_no_image(project, context, pool, whole):
    publication = publication_of(project, WHOLE)
    tomorrow = KitChoice(
        {"82mm": context.settings.formats["82mm"]}, dt.date(2026, 7, 2), ("png",), embargo=EMBARGO
    )
    made = build_kit(context, publication, tomorrow, pool, 2)
    same = {name for name, content in ours(made.files) if content == whole[name]}
    assert same == images(made.files) | {
        f"textes/{WHOLE}_legendes.txt",
        f"planche-contact/{WHOLE}_planche-contact.png",
    }


@pytest.mark.parametrize(
    "part", ["images", "diapositives", "textes", "dossier-de-presse", "planche-contact", "web"]
)
def test_every_image_of_a_kit_under_embargo_says_it(project, context, pool, monkeypatch, part):
    """Those inside documents too: they are copied out of them."""
    pages: list[dict[str, Any]] = []
    line, draw = embargo_line(EMBARGO), pool.draw

    def recorded(request, on_wait=None):
        if request["kind"] != "logo":
            pages.append(request["page"])
            assert line in request["expected"]
        return draw(request, on_wait)

    monkeypatch.setattr(pool, "draw", recorded)
    choice = some(context, parts=(part,), embargo=EMBARGO)
    build_kit(context, publication_of(project, WHOLE), choice, pool, 2)
    assert pages and all(line in re.sub("<[^>]*>", "", page["head"]) for page in pages)


def test_the_entries_of_an_archive_are_in_one_folder_and_carry_the_date(packed, whole):
    with zipfile.ZipFile(packed) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    assert {entry.filename.partition("/")[0] for entry in entries} == {WHOLE}
    assert {entry.date_time for entry in entries} == {(2026, 7, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}
    assert len(entries) == len(whole) == 1 + len(images(whole)) + 8 + 5


# --- invented figures ----------------------------------------------------------------------------


def test_every_file_of_the_fictitious_set_says_so(invented):
    assert invented.failures == []
    for name, content in ours(invented.files):
        if not (name.startswith("images/") and name.endswith(".png")):
            assert FICTITIOUS.casefold() in " ".join(words_of(name, content)).casefold(), name
        else:
            assert provenance_in(content).fictitious


def test_every_slide_and_every_sheet_of_the_fictitious_set_says_so(invented):
    (deck,) = [content for name, content in invented.files.items() if name.endswith(".pptx")]
    for slide in pptx.Presentation(io.BytesIO(deck)).slides:
        assert FICTITIOUS in " ".join(" ".join(_of_slide(slide)).split())
    (book,) = [content for name, content in invented.files.items() if name.endswith(".xlsx")]
    for sheet in openpyxl.load_workbook(io.BytesIO(book)):
        cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
        assert FICTITIOUS in " ".join(" ".join(cells).split()), sheet.title


def test_every_image_of_the_fictitious_set_says_so_in_its_name(invented):
    names = [PurePosixPath(name).name for name in images(invented.files)]
    assert names and [name for name in names if not name.startswith("fictif_")] == []


def test_every_document_of_the_fictitious_set_says_so_in_its_name(invented):
    names = [PurePosixPath(name).name for name, _ in ours(invented.files)]
    assert [name for name in names if not name.startswith(("fictif_", "LISEZ-MOI"))] == []


def test_a_kit_of_invented_figures_never_takes_the_place_of_a_true_one(project):
    true, false = (publication_of(project, f"{data}REG-94 2025-12").key for data in ("", "fictif "))
    assert true != false


# --- what cannot be made -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def short(
    tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Path]
) -> tuple[Files, str, int]:
    """The ends of a ranking do not fit in a low banner, which an agency has added."""
    place = copy_project(tmp_path_factory.mktemp("banner") / "project")
    settings = place / "config.yaml"
    text = settings.read_text("utf-8")
    banner = "  bandeau: {label: Bandeau, width_px: 1200, height_px: 480, dpi: 144, text: 7.5}\n"
    settings.write_text(text.replace("\nformats:\n", f"\nformats:\n{banner}", 1), "utf-8")
    out = tmp_path_factory.mktemp("short")
    done = run(
        "--project",
        str(place),
        "--territory",
        "FR",
        "--period",
        "2025-12",
        "--demo",
        "--out",
        str(out),
        "--format",
        "bandeau",
        "--kind",
        "svg",
        "--part",
        "images",
    )
    (folder,) = out.iterdir()
    return tree(folder), done.stderr, done.exit_code


RANKING = "images/bandeau/fictif_france_2025-12_taux-activation_classement_bandeau.svg"
REASON = re.compile(r"« [^«»]+ » ne tient pas dans le format « Bandeau » : ")


def is_refused(said: str) -> bool:
    """True when the ranking is named with its reason."""
    _, named, reason = " ".join(said.split()).partition(f"{RANKING} : ")
    return bool(named and REASON.match(reason))


def test_a_figure_that_does_not_fit_is_named_at_the_end_and_the_command_says_so(short):
    _, said, code = short
    assert code == 3 and "Traceback" not in said
    *_, head, last = said.strip().splitlines()
    assert head == "Figures non produites :" and is_refused(last)


def test_a_figure_that_does_not_fit_is_named_in_the_readme(short):
    files, _, _ = short
    said = files["LISEZ-MOI.txt"].decode("utf-8-sig")
    absent = said.partition("CE QUI N’A PAS PU ÊTRE PRODUIT\n")[2].partition("\n\n")[0]
    assert absent.count("\n") == 0 and is_refused(absent)
    assert RANKING not in listed(files)


def test_what_does_fit_is_there(project, short):
    files, _, _ = short
    publication = publication_of(project, "fictif FR 2025-12")
    assert images(files) == expected(publication, ("bandeau",), ("svg",)) - {RANKING}
    assert listed(files) == images(files)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The drawing processes, in the order in which they start."""
    known: list[subprocess.Popen[bytes]] = []

    class Known(subprocess.Popen):
        def __init__(self, *args, **kwargs) -> None:
            super().__init__(*args, **kwargs)
            known.append(self)

    monkeypatch.setattr(drawing.subprocess, "Popen", Known)
    return known


def test_a_drawing_process_that_is_killed_costs_one_file_at_most(project, context, started):
    publication, own = publication_of(project, WHOLE), RenderPool(1)

    def kill_the_first(done: int, total: int, name: str) -> None:
        if done == 1:
            started[0].kill()
            started[0].wait()

    made = build_kit(
        context,
        publication,
        some(context, kinds=USUAL_KINDS, parts=("images",)),
        own,
        1,
        kill_the_first,
    )
    own.close()
    assert len(started) == 2 and len(made.failures) <= 1
    assert len(images(made.files)) + len(made.failures) == IMAGES[WHOLE] * len(USUAL_KINDS)
    assert all("le moteur de dessin s’est arrêté" in failure for failure in made.failures)


def test_a_drawing_process_that_dies_at_each_request_leaves_the_rest_of_the_kit(
    project, context, monkeypatch, tmp_path
):
    """Every drawing fails; workbook and captions do not need it."""
    dying = program(tmp_path, "read line\nexit 1")
    monkeypatch.setattr(drawing.child_process.sys, "executable", dying)
    made = made_by_one(project, context, ("images", "diapositives", "classeur", "textes"))
    assert len(made.failures) == IMAGES["corse-2026"] + 3  # slides, press release, what to check
    assert {"donnees/corse-2026.xlsx", "textes/corse-2026_legendes.txt"} < set(made.files)


def test_a_drawing_process_that_dies_in_the_middle_of_its_answer_costs_its_file_alone(
    project, context, monkeypatch, tmp_path
):
    """An image is longer than what a pipe holds: a kill while it is written cuts it."""
    dying = program(tmp_path, """read line\nprintf '{"file": "PHN2'\nexit 1""")
    monkeypatch.setattr(drawing.child_process.sys, "executable", dying)
    made = made_by_one(project, context, ("images", "classeur"))
    assert len(made.failures) == IMAGES["corse-2026"] and "donnees/corse-2026.xlsx" in made.files


def test_a_kit_that_is_stopped_from_the_keyboard_draws_no_more(project, context):
    """The exception of Control-C comes where the files are waited for."""

    class Counting(RenderPool):
        drawn = 0

        def draw(self, request, on_wait=None):
            self.drawn += 1
            return super().draw(request, on_wait)

    def stop(done: int, total: int, name: str) -> None:
        raise KeyboardInterrupt

    own = Counting(1)
    with pytest.raises(KeyboardInterrupt):
        build_kit(
            context,
            publication_of(project, "corse-2026"),
            some(context, kinds=USUAL_KINDS, parts=("images",)),
            own,
            1,
            stop,
        )
    own.close()
    assert own.drawn <= 3 < 9


def test_a_kit_that_becomes_larger_than_allowed_is_refused(project, context, pool):
    with pytest.raises(KitTooLarge, match="^Ce kit dépasse 0\u00a0Mo, .* choisissez moins "):
        build_kit(
            context,
            publication_of(project, "corse-2026"),
            some(context, parts=("classeur",)),
            pool,
            1,
            max_megabytes=0,
        )


def program(folder: Path, lines: str) -> str:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def made_by_one(project: Project, context: FigureContext, parts: tuple[str, ...]) -> Kit:
    own = RenderPool(1)
    try:
        return build_kit(
            context, publication_of(project, "corse-2026"), some(context, parts=parts), own, 1
        )
    finally:
        own.close()


# --- the contact sheet ---------------------------------------------------------------------------


def test_the_contact_sheet_shows_every_image_of_the_kit(project, dossiers):
    name = f"planche-contact/{WHOLE}_planche-contact.png"
    with Image.open(io.BytesIO(dossiers[WHOLE][name])) as sheet:
        said, shown = sheet.info, sheet.convert("RGB")
    publication = publication_of(project, WHOLE)
    assert said["Images"].splitlines() == [figure.file_stem for figure in publication.images]
    rows = [shown.crop((0, top, shown.width, top + 40)) for top in range(0, shown.height - 40, 40)]
    drawn = [len(row.getcolors(1_000_000)) > 1 for row in rows]
    assert sum(drawn) > 10 * -(-len(publication.images) // 3)


def test_the_readme_says_what_to_do_with_each_part(dossiers):
    said = dossiers[WHOLE]["LISEZ-MOI.txt"].decode("utf-8-sig").replace("\u00a0", " ")
    for part in KIT_PARTS.values():
        assert f"- {part.use.replace(chr(160), ' ')}." in said
