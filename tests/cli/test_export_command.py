"""The command that writes one image: every figure, every kind and every option."""

from __future__ import annotations

import io
import resource
import signal
import sys
from xml.etree import ElementTree

import pytest
import typer
from command_cases import MAP, SVG, files_in, run
from PIL import Image
from pypdf import PdfReader

from atlas.cli import app
from atlas.export.provenance import provenance_in
from atlas.figures.registry import REQUESTS

DRAWINGS = {
    "carte": ["--territory", "REG-94", "--period", "2026-03"],
    "classement": ["--territory", "REG-75", "--period", "2025-12", "--highlighted", "DEP-64"],
    "couloirs": [
        *("--territory", "REG-93", "--period", "2024", "--indicator", "documents_deposited"),
        *("--view", "contribution"),
    ],
    "couloir": ["--corridor", "biologie", "--indicator", "documents_deposited"],
    "courbe": ["--territory", "FR+REG-94"],
    "bande": ["--territory", "DEP-40", "--period", "2025-12", "--peers", "voisins"],
    "comparateurs": ["--territory", "DEP-40+DEP-33", "--period", "2025-12"],
    "deux-dates": ["--period", "2025-12", "--compared-to", "2024-12"],
    "evolution": ["--period", "2025-12", "--compared-to", "2024-12"],
    "comparaison": ["--comparison", "taux-activation-fin-2025"],
    "chiffres-cles": ["--dossier", "corse-2026", "--section", "3"],
    "frise": [],
}


def opens(content: bytes, kind: str) -> bool:
    if kind == "png":
        return abs(Image.open(io.BytesIO(content)).width - 170 / 25.4 * 300) <= 1
    if kind == "svg":
        return ElementTree.fromstring(content).get("width") == "170mm"
    return len(PdfReader(io.BytesIO(content)).pages) == 1


# Each drawing in one kind, in turn, and one drawing in all: the tests of images draw the rest.
EXTENSIONS = ["png", "svg", "pdf"]
EXPORTS = sorted(
    {(drawing, EXTENSIONS[place % 3]) for place, drawing in enumerate(DRAWINGS)}
    | {("carte", kind) for kind in EXTENSIONS}
)


@pytest.mark.parametrize(("drawing", "kind"), EXPORTS)
def test_every_drawing_is_exported_to_a_file_of_the_kind_that_its_name_says(
    tmp_path, drawing, kind
):
    target = tmp_path / f"image.{kind}"
    result = run("export", "--figure", drawing, *DRAWINGS[drawing], "--out", str(target))
    assert result.exit_code == 0, result.output
    content = target.read_bytes()
    assert opens(content, kind) and [file.name for file in tmp_path.iterdir()] == [target.name]
    assert provenance_in(content).request["drawing"] == drawing


def test_an_svg_may_have_outlines_in_the_place_of_its_texts(tmp_path):
    target = tmp_path / "corse.svg"
    result = run(*MAP, "--kind", "svg-vectorise", "--out", str(target))
    assert result.exit_code == 0, result.output
    root = ElementTree.parse(target).getroot()
    said = [part.get("aria-label", "") for part in root.iter(f"{SVG}path")]
    assert root.find(f".//{SVG}text") is None and root.find(f".//{SVG}style") is None
    assert "Taux d’activation, Corse, mars\u00a02026" in said


@pytest.mark.parametrize(
    "name, kind, said",
    [
        ("a.pdf", "png", ["se contredisent", "a.pdf", "« png »"]),
        ("a.png", "svg-vectorise", ["se contredisent", "a.png", "« svg-vectorise »"]),
        ("a.gif", "", ["« a.gif »", ".png, .svg ou .pdf"]),
        ("a", "", ["« a »", ".png, .svg ou .pdf"]),
        ("a.svg", "eps", ["« eps »", "png, svg, svg-vectorise, pdf"]),
    ],
)
def test_a_name_that_is_of_no_kind_or_of_another_is_refused(tmp_path, name, kind, said):
    asked = ["--kind", kind] if kind else []
    result = run(*MAP, *asked, "--out", str(tmp_path / name))
    assert result.exit_code == 2 and all(words in result.output for words in said), result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name, kind", [("A.PDF", ""), ("a", "pdf")])
def test_a_kind_is_read_whatever_the_case_and_told_where_a_name_says_none(tmp_path, name, kind):
    asked = ["--kind", kind] if kind else []
    assert run(*MAP, *asked, "--out", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_an_image_under_embargo_says_it_and_so_do_its_words(tmp_path):
    target, line = tmp_path / "corse.svg", "Sous embargo jusqu’au 30\u00a0janvier\u00a02027"
    words = ["--embargo", "2027-01-30", "--no-caption", "--out", str(target)]
    result = run(*MAP, *words)
    assert result.exit_code == 0, result.output
    drawn = [part.text for part in ElementTree.parse(target).iter(f"{SVG}text")]
    assert line.replace("\u00a0", " ") in [text.replace("\u00a0", " ") for text in drawn if text]
    said = target.with_suffix(".txt").read_text("utf-8").replace("\u00a0", " ")
    assert said.startswith(line.replace("\u00a0", " "))


def test_every_option_of_a_figure_is_followed(tmp_path):
    target = tmp_path / "image.svg"
    result = run(
        "export",
        "--figure",
        "carte",
        "--territory",
        "REG-75",
        "--period",
        "2025-12",
        "--level",
        "caisses",
        "--measure",
        "gap",
        "--highlighted",
        "CPAM-641",
        "--format",
        "82mm",
        "--kind",
        "svg",
        "--out",
        str(target),
    )
    assert result.exit_code == 0, result.output
    assert ElementTree.parse(target).getroot().get("width") == "82mm"
    assert provenance_in(target.read_bytes()).request == {
        "drawing": "carte",
        "indicator": "activation_rate",
        "territory": "REG-75",
        "period": "2025-12",
        "level": "caisses",
        "measure": "gap",
        "highlighted": "CPAM-641",
    }


def test_every_word_of_a_request_is_an_option():
    command = typer.main.get_command(app).commands["export"]
    options = {option.name for option in command.params}
    fields = {name for request in REQUESTS.values() for name in request.model_fields}
    assert fields - {"drawing"} <= options


def test_the_options_of_former_versions_are_still_taken(tmp_path):
    """A press office keeps its commands in scripts and notes."""
    target = tmp_path / "image.svg"
    former = ["--scale", "quantiles", "--selected", "DEP-2A"]
    assert run(*MAP, *former, "--kind", "svg", "--out", str(target)).exit_code == 0
    texts = provenance_in(target.read_bytes()).request
    assert texts["classes"] == "quantiles" and texts["highlighted"] == "DEP-2A"
    options = {
        name for p in typer.main.get_command(app).commands["export"].params for name in p.opts
    }
    assert {"--against", "--axis", "--page"} <= options


@pytest.mark.parametrize(
    "more", [{"classes": "quantiles"}, {"title": "Les Landes en tête"}, {"source": "egora-202601"}]
)
def test_more_words_of_a_map_are_followed(tmp_path, more):
    target = tmp_path / "image.svg"
    words = [word for name, value in more.items() for word in (f"--{name}", value)]
    result = run(
        *MAP,
        "--territory",
        "REG-75",
        "--period",
        "2025-12",
        *words,
        "--kind",
        "svg",
        "--out",
        str(target),
    )
    assert result.exit_code == 0, result.output
    assert provenance_in(target.read_bytes()).request.items() >= more.items()


def test_without_its_caption_an_image_comes_with_a_text_file_of_its_words(tmp_path):
    target = tmp_path / "corse.svg"
    assert run(*MAP, "--kind", "svg", "--no-caption", "--out", str(target)).exit_code == 0
    texts = [part.itertext() for part in ElementTree.parse(target).iter(f"{SVG}text")]
    drawn = " ".join(" ".join(words) for words in texts)
    words = target.with_suffix(".txt").read_text("utf-8")
    assert words.startswith("Taux d’activation, Corse, mars\u00a02026\nPar département\n\n")
    for line in ("Lecture : ", "Champ : ", "Source : "):
        assert f"\n{line}" in words and line not in drawn
    assert "\n\nTexte de remplacement : Taux d’activation, Corse, " in words


def test_the_words_of_an_invented_image_say_first_that_it_is(tmp_path):
    target = tmp_path / "corse.svg"
    assert run(*MAP, "--demo", "--kind", "svg", "--no-caption", "--out", str(target)).exit_code == 0
    assert target.with_suffix(".txt").read_text("utf-8").startswith("Données fictives")
    assert "Données fictives" in target.read_text("utf-8")


def test_a_transparent_image_has_no_paper(tmp_path):
    corners = []
    for name, more in (("paper", []), ("none", ["--transparent"])):
        target = tmp_path / f"{name}.png"
        assert run(*MAP, *more, "--out", str(target)).exit_code == 0
        corners.append(Image.open(target).convert("RGBA").getpixel((0, 0)))
    assert corners[0] == (255, 255, 255, 255) and corners[1][3] == 0


def test_an_image_has_the_line_of_the_brand_and_its_logo_unless_told_otherwise(tmp_path):
    made = []
    for name, more in (("signed", []), ("plain", ["--no-logo"])):
        target = tmp_path / f"{name}.svg"
        assert run(*MAP, *more, "--out", str(target)).exit_code == 0
        layers = [group.get("id") for group in ElementTree.parse(target).getroot()]
        made.append({"filet", "logo"} & set(layers))
    assert made == [{"filet", "logo"}, {"filet"}]


def test_an_image_that_exists_is_left_as_it_is_without_force(tmp_path):
    target = tmp_path / "corse.svg"
    target.write_bytes(b"mine")
    result = run(*MAP, "--kind", "svg", "--out", str(target))
    assert result.exit_code == 4 and "--force" in result.output
    assert files_in(tmp_path) == {"corse.svg": b"mine"}
    assert run(*MAP, "--kind", "svg", "--force", "--out", str(target)).exit_code == 0
    assert provenance_in(target.read_bytes()).request["territory"] == "REG-94"


def test_a_text_beside_an_image_is_not_replaced_by_its_caption_without_force(tmp_path):
    (tmp_path / "corse.txt").write_bytes(b"mine")
    result = run(*MAP, "--no-caption", "--out", str(tmp_path / "corse.png"))
    assert result.exit_code == 4 and files_in(tmp_path) == {"corse.txt": b"mine"}


def test_an_export_that_finds_no_room_leaves_the_good_image(tmp_path, monkeypatch):
    """--force, in a folder that can hold no more: the command says so, the image stays."""
    # A module that finds no room for its compiled form would leave half of it to all others.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    target = tmp_path / "carte.svg"
    words = [*MAP, "--kind", "svg", "--no-caption", "--out", str(target)]
    assert run(*words).exit_code == 0
    before = files_in(tmp_path)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        result = run(*words, "--force")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.exit_code != 0 and "Impossible d’écrire" in result.output
    assert files_in(tmp_path) == before
