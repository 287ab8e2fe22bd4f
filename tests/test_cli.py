"""The commands that write: what they refuse and how, what they leave behind, what they announce."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
import typer
from click.testing import Result
from PIL import Image
from pypdf import PdfReader
from shipped import SETTINGS
from typer.testing import CliRunner

from atlas.cli import app
from atlas.export.provenance import provenance_in
from atlas.figures.requests import Drawing, FigureRequest

ROOT = Path(__file__).parents[1]
SMALL = ["--format", "82mm", "--kind", "svg", "--part", "images"]
CORSE = ["kit", "--dossier", "corse-2026", *SMALL]
STRIP = ["export", "--figure", "bande", "--territory", "DEP-40", "--period", "2025-12"]
MAP = ["export", "--figure", "carte", "--territory", "REG-94", "--period", "2026-03"]
SVG = "{http://www.w3.org/2000/svg}"
# The frames and first words of messages that are not ours.
FOREIGN = re.compile(
    r"Traceback|Error\b|Invalid value|Missing option|Usage:|Try '|does not|"
    r"is a (file|directory)|No such"
)
Edit = Callable[[str, str, str], None]


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def said(result: Result) -> str:
    """Both outputs, with plain spaces."""
    return " ".join(result.output.split())


def written(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


# --- what is refused -----------------------------------------------------------------------------

DOSSIERS, FORMATS = list(SETTINGS.dossiers), list(SETTINGS.formats)
UNKNOWN: dict[str, tuple[list[str], list[str]]] = {
    "dossier": (["kit", "--dossier", "corse"], ["« corse »", *DOSSIERS]),
    "territory": (["kit", "--territory", "REG-99", "--period", "2025-12"], ["« REG-99 »"]),
    "period": (
        ["kit", "--territory", "REG-94", "--period", "2019"],
        ["« 2019 »", "2026-03, 2025-12, 2024-12"],
    ),
    "no period": (["kit", "--territory", "REG-94"], ["2026-03, 2025-12, 2024-12"]),
    "format": ([*CORSE, "--format", "a3"], ["« a3 »", *FORMATS]),
    "kind": ([*CORSE, "--kind", "gif"], ["« gif »", "png, svg, pdf"]),
    "part": (
        [*CORSE, "--part", "video"],
        ["« video »", "images, diapositives, classeur, textes, web"],
    ),
    "nothing asked": (["kit"], ["--dossier", "--territory", "--all"]),
    "two things asked": (
        ["kit", "--all", "--dossier", "corse-2026"],
        ["--dossier", "--territory", "--all"],
    ),
    "a dossier of invented figures": ([*CORSE, "--demo"], ["données fictives"]),
    "figure": (
        ["export", "--figure", "camembert"],
        ["« camembert »", "carte, classement, couloirs, couloir, courbe, comparaison"],
    ),
    "image format": ([*MAP, "--format", "a3"], ["« a3 »", *FORMATS]),
    "image kind": ([*MAP, "--kind", "gif"], ["« gif »", "png, svg, pdf"]),
    "every figure": (["export", "--figure", "camembert"], list(get_args(Drawing))),
    "scale": ([*MAP, "--scale", "jenks"], ["« jenks »", "fixed, quantiles, natural, equal"]),
    "peers": ([*STRIP, "--peers", "amis"], ["« amis »", "voisins, population"]),
    "place of a strip": ([*STRIP, "--territory", "CPAM-641"], ["une région ou un département"]),
    "count on a strip": ([*STRIP, "--indicator", "activated_profiles"], ["n’est pas un taux"]),
    "no earlier date": ([*MAP, "--figure", "deux-dates"], ["la première des deux dates"]),
    "dates upside down": (
        [*MAP, "--figure", "evolution", "--against", "2026-06"],
        ["« 2026-06 »", "doit précéder"],
    ),
    "scale of gaps": ([*MAP, "--scale", "equal", "--measure", "gap"], ["la carte d’un niveau"]),
    "axis": (["export", "--figure", "comparaison", "--axis", "log"], ["« log »", "shared, free"]),
    "level": ([*MAP, "--level", "communes"], ["« communes »", "departements, caisses, regions"]),
    "measure": ([*MAP, "--measure", "ecart"], ["« ecart »", "value, change, gap"]),
    "period of a map": (["export", "--figure", "carte"], ["2025, 2025-12 ou 2025-12-31"]),
    "place of a map": ([*MAP, "--territory", "DEP-2A"], ["la France ou une région"]),
    "territory of a map": ([*MAP, "--territory", "REG-99"], ["« REG-99 »"]),
    "count on a map": ([*MAP, "--indicator", "documents_deposited"], ["documents_deposited"]),
    "no corridor": (["export", "--figure", "couloir"], ["le couloir"]),
    "no comparison": (["export", "--figure", "comparaison"], ["la comparaison"]),
    "indicator": ([*MAP, "--indicator", "taux"], ["« taux »", "activation_rate"]),
    "corridor": (
        ["export", "--figure", "couloir", "--corridor", "labo"],
        ["« labo »", *SETTINGS.corridors],
    ),
    "comparison": (
        ["export", "--figure", "comparaison", "--page", "tout"],
        ["« tout »", *SETTINGS.comparisons],
    ),
}


@pytest.mark.parametrize("words, expected", UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_word_is_refused_with_the_known_ones_and_nothing_is_written(
    tmp_path, words, expected
):
    result = run(*words, "--out", str(tmp_path / "out"))
    assert result.exit_code == 2 and not FOREIGN.search(result.output)
    assert [word for word in expected if word not in said(result)] == []
    assert list(tmp_path.iterdir()) == []


WITHOUT_FIGURES = {
    "a map": ["--figure", "carte", "--period", "2019"],
    "a ranking": ["--figure", "classement", "--territory", "REG-75", "--period", "2019"],
    "a strip": ["--figure", "bande", "--territory", "DEP-40", "--period", "2019"],
    "bars": ["--figure", "comparateurs", "--territory", "DEP-88+DEP-01", "--period", "2025-12"],
    "two dates": ["--figure", "deux-dates", "--period", "2019", "--against", "2018"],
    "changes": ["--figure", "evolution", "--period", "2026-03", "--against", "2025-12"],
    "corridors": [
        "--figure",
        "couloirs",
        "--territory",
        "REG-94",
        "--period",
        "2019",
        "--indicator",
        "documents_deposited",
    ],
    "one corridor": ["--figure", "couloir", "--corridor", "biologie"],
    "a curve": ["--figure", "courbe", "--territory", "REG-11"],
}


@pytest.mark.parametrize("words", WITHOUT_FIGURES.values(), ids=WITHOUT_FIGURES)
def test_a_figure_without_any_value_is_refused_and_not_drawn_empty(tmp_path, words):
    result = run("export", *words, "--out", str(tmp_path / "image.png"))
    assert result.exit_code == 2
    assert said(result) == "Aucun chiffre n’est publié pour cette demande."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "figure, codes",
    [("courbe", "FR+"), ("courbe", "+"), ("carte", "FR+REG-94"), ("couloirs", "FR+REG-94")],
)
def test_territories_joined_where_one_is_expected_are_refused(tmp_path, figure, codes):
    result = run(*MAP, "--figure", figure, "--territory", codes, "--out", str(tmp_path / "a.png"))
    assert isinstance(result.exception, SystemExit) and result.exit_code == 2
    assert said(result).startswith(("Demande refusée : ", "Aucun chiffre n’est publié"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--date", "--embargo"])
@pytest.mark.parametrize("day", ["30/01/2027", "2026-13-01"])
def test_a_date_that_is_none_is_refused_in_french(tmp_path, option, day):
    result = run(*CORSE, option, day, "--out", str(tmp_path / "out"))
    assert result.exit_code == 2 and list(tmp_path.iterdir()) == []
    assert day in result.output and not FOREIGN.search(result.output)


def test_a_figure_that_does_not_fit_is_refused_with_its_reason(tmp_path):
    result = run(
        "export",
        "--figure",
        "classement",
        "--demo",
        "--period",
        "2025-12",
        "--format",
        "lien-1200x630",
        "--out",
        str(tmp_path / "image.png"),
    )
    assert result.exit_code == 3 and list(tmp_path.iterdir()) == []
    assert "ne tient pas dans le format « Aperçu de lien (1200 × 630) »" in said(result)


@pytest.mark.parametrize("words", [CORSE, MAP], ids=["kit", "export"])
def test_a_place_that_cannot_be_written_is_named_in_french(tmp_path, words):
    (tmp_path / "file").write_text("a file is no folder", "utf-8")
    result = run(*words, "--out", str(tmp_path / "file/corse"))
    assert result.exit_code in (1, 2) and isinstance(result.exception, SystemExit)
    assert "file/corse" in result.output and not FOREIGN.search(result.output)


def test_the_folder_of_an_image_is_made_or_its_absence_said_in_french(tmp_path):
    target = tmp_path / "new/corse.png"
    result = run(*MAP, "--out", str(target))
    assert isinstance(result.exception, SystemExit | None)
    assert target.exists() if result.exit_code == 0 else not FOREIGN.search(result.output)


# --- broken files --------------------------------------------------------------------------------

BROKEN = {
    "a key": ("config.yaml", "\nbrand:", "\nbrandd:", "config.yaml:"),
    "a number": ("data/2025.csv", ",30.6,", ",3O.6,", "data/2025.csv:"),
    "an embargo of a source": ("data/sources.yaml", "  title:", "  titre:", "data/sources.yaml:"),
    "an outline": (
        "geo/departements.geojson",
        '"FeatureCollection"',
        '"Feature',
        "geo/departements.geojson",
    ),
}


@pytest.mark.parametrize("file, old, new, where", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("words", [CORSE, MAP], ids=["kit", "export"])
def test_a_broken_file_ends_the_command_with_its_line_and_nothing_is_written(
    copy_of_project: Path, edit: Edit, tmp_path, words, file, old, new, where
):
    edit(file, old, new)
    result = run(*words, "--project", str(copy_of_project), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1 and where in result.output
    assert not (tmp_path / "out").exists() and "Traceback" not in result.output


def test_a_kit_is_made_from_the_project_that_is_named(copy_of_project: Path, edit: Edit, tmp_path):
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,41.7", "DEP-40,activation_rate,,2025,42.9")
    result = run(
        "kit",
        "--dossier",
        "nouvelle-aquitaine-2026",
        "--part",
        "textes",
        "--project",
        str(copy_of_project),
        "--out",
        str(tmp_path / "out"),
    )
    assert result.exit_code == 0, result.output
    (captions,) = (tmp_path / "out").rglob("*_legendes.txt")
    text = captions.read_text("utf-8-sig").replace("\u00a0", " ")
    carte = text.partition("_carte\n")[2].partition("Fichier :")[0]  # caisses keep their own
    assert "42,9 %" in carte and "41,7 %" not in carte


# --- targets that exist --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words, target",
    [
        (CORSE, "corse-2026/a.txt"),
        ([*CORSE, "--zip"], "corse-2026.zip"),
        (["kit", "--all", *SMALL], "la-reunion-2026/a.txt"),
    ],
    ids=["folder", "zip", "all"],
)
def test_a_kit_that_exists_is_left_as_it_is_without_force(tmp_path, words, target):
    (tmp_path / target).parent.mkdir(exist_ok=True)
    (tmp_path / target).write_bytes(b"mine")
    result = run(*words, "--out", str(tmp_path))
    assert result.exit_code == 4
    assert target.partition("/")[0] in result.output and "--force" in result.output
    assert written(tmp_path) == {target: b"mine"}


def test_a_kit_that_exists_is_replaced_whole_with_force(tmp_path):
    (tmp_path / "corse-2026").mkdir()
    (tmp_path / "corse-2026/old.txt").write_bytes(b"mine")
    assert run(*CORSE, "--force", "--out", str(tmp_path)).exit_code == 0
    names = set(written(tmp_path))
    assert len(names) == 5 and {name.partition("/")[0] for name in names} == {"corse-2026"}
    assert "corse-2026/old.txt" not in names and "corse-2026/LISEZ-MOI.txt" in names


def test_an_archive_that_exists_is_replaced_with_force(tmp_path):
    (tmp_path / "corse-2026.zip").write_bytes(b"mine")
    assert run(*CORSE, "--zip", "--force", "--out", str(tmp_path)).exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["corse-2026.zip"]
    assert len(zipfile.ZipFile(tmp_path / "corse-2026.zip").namelist()) == 5


def test_an_image_that_exists_is_left_as_it_is_without_force(tmp_path):
    target = tmp_path / "corse.svg"
    target.write_bytes(b"mine")
    result = run(*MAP, "--kind", "svg", "--out", str(target))
    assert result.exit_code == 4 and "--force" in result.output
    assert written(tmp_path) == {"corse.svg": b"mine"}
    assert run(*MAP, "--kind", "svg", "--force", "--out", str(target)).exit_code == 0
    assert provenance_in(target.read_bytes()).recipe["territory"] == "REG-94"


def test_a_text_beside_an_image_is_not_replaced_by_its_caption_without_force(tmp_path):
    (tmp_path / "corse.txt").write_bytes(b"mine")
    result = run(*MAP, "--no-caption", "--out", str(tmp_path / "corse.png"))
    assert result.exit_code == 4 and written(tmp_path) == {"corse.txt": b"mine"}


# --- export --------------------------------------------------------------------------------------

DRAWINGS = {
    "carte": ["--territory", "REG-94", "--period", "2026-03"],
    "classement": ["--territory", "REG-75", "--period", "2025-12", "--selected", "DEP-64"],
    "couloirs": ["--territory", "REG-94", "--period", "2025", "--indicator", "documents_deposited"],
    "couloir": ["--corridor", "biologie", "--indicator", "documents_deposited"],
    "courbe": ["--territory", "FR+REG-94"],
    "bande": ["--territory", "DEP-40", "--period", "2025-12", "--peers", "voisins"],
    "comparateurs": ["--territory", "DEP-40+DEP-33", "--period", "2025-12"],
    "deux-dates": ["--period", "2025-12", "--against", "2024-12"],
    "evolution": ["--period", "2025-12", "--against", "2024-12"],
    "comparaison": ["--page", "taux-activation-fin-2025"],
}


def opens(content: bytes, kind: str) -> bool:
    if kind == "png":
        return abs(Image.open(io.BytesIO(content)).width - 170 / 25.4 * 300) <= 1
    if kind == "svg":
        return ElementTree.fromstring(content).get("width") == "170mm"
    return len(PdfReader(io.BytesIO(content)).pages) == 1


# Each drawing in one kind, in turn, and one drawing in all: tests/test_images.py draws the rest.
KINDS = ["png", "svg", "pdf"]
EXPORTS = sorted(
    {(drawing, KINDS[place % 3]) for place, drawing in enumerate(DRAWINGS)}
    | {("carte", kind) for kind in KINDS}
)


@pytest.mark.parametrize(("drawing", "kind"), EXPORTS)
def test_every_drawing_and_every_kind_is_exported_to_a_file_that_opens(tmp_path, drawing, kind):
    target = tmp_path / f"image.{kind}"
    result = run(
        "export", "--figure", drawing, *DRAWINGS[drawing], "--kind", kind, "--out", str(target)
    )
    assert result.exit_code == 0, result.output
    content = target.read_bytes()
    assert opens(content, kind) and [file.name for file in tmp_path.iterdir()] == [target.name]
    assert provenance_in(content).recipe["drawing"] == drawing


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
        "--selected",
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
    assert provenance_in(target.read_bytes()).recipe == {
        "drawing": "carte",
        "indicator": "activation_rate",
        "territory": "REG-75",
        "period": "2025-12",
        "level": "caisses",
        "measure": "gap",
        "selected": "CPAM-641",
    }


def test_every_word_of_a_request_is_an_option():
    command = typer.main.get_command(app).commands["export"]
    options = {option.name for option in command.params}
    assert {field.name for field in fields(FigureRequest)} - {"drawing"} <= options


@pytest.mark.parametrize(
    "more", [{"scale": "quantiles"}, {"title": "Les Landes en tête"}, {"source": "egora-202601"}]
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
    assert provenance_in(target.read_bytes()).recipe.items() >= more.items()


def test_without_its_caption_an_image_comes_with_a_text_file_of_its_words(tmp_path):
    target = tmp_path / "corse.svg"
    assert run(*MAP, "--kind", "svg", "--no-caption", "--out", str(target)).exit_code == 0
    drawn = " ".join(part.text or "" for part in ElementTree.parse(target).iter(f"{SVG}text"))
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


def test_an_image_has_the_logo_only_when_it_is_asked_for(tmp_path):
    made = []
    for name, more in (("plain", []), ("signed", ["--logo"])):
        target = tmp_path / f"{name}.svg"
        assert run(*MAP, "--kind", "svg", *more, "--out", str(target)).exit_code == 0
        made.append(ElementTree.parse(target).find(f".//{SVG}g[@id='logo']"))
    assert made[0] is None and made[1] is not None


# --- what a kit announces ------------------------------------------------------------------------


def told(lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.splitlines()]


def test_progress_is_told_in_json_file_after_file_up_to_the_total(tmp_path):
    result = run(*CORSE, "--kind", "png", "--progress", "--out", str(tmp_path))
    steps = told(result.stdout)
    assert [step["done"] for step in steps] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {(step["total"], step["kit"], step["kits"]) for step in steps} == {(8, 1, 1)}
    names = {f"corse-2026/{step['name']}" for step in steps}
    assert names | {"corse-2026/LISEZ-MOI.txt"} == set(written(tmp_path))


def test_progress_counts_the_kits_too(tmp_path):
    result = run("kit", "--all", "--part", "classeur", "--progress", "--out", str(tmp_path))
    assert [
        (step["kit"], step["kits"], step["done"], step["total"], step["name"])
        for step in told(result.stdout)
    ] == [(place, 5, 1, 1, f"donnees/{key}.xlsx") for place, key in enumerate(DOSSIERS, 1)]


def test_without_progress_the_output_is_empty_and_the_files_are_told_beside_it(tmp_path):
    result = run(*CORSE, "--out", str(tmp_path))
    assert result.exit_code == 0 and result.stdout == ""
    *files, last = result.stderr.splitlines()
    assert [line.partition(" ")[0] for line in files] == ["1/4", "2/4", "3/4", "4/4"]
    assert last == f"corse-2026 : 5 fichiers dans {tmp_path / 'corse-2026'}"


def test_a_kit_leaves_nothing_beside_it(tmp_path):
    assert run(*CORSE, "--out", str(tmp_path / "some/where")).exit_code == 0
    assert [file.name for file in (tmp_path / "some/where").iterdir()] == ["corse-2026"]


# --- a kit that is interrupted -------------------------------------------------------------------


def interrupted(out: Path, how: signal.Signals, *words: str) -> subprocess.Popen[str]:
    """A kit in a process of its own, that gets a signal once its second file is made."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "atlas",
            "kit",
            *words,
            "--progress",
            "--workers",
            "1",
            "--out",
            str(out),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    steps = [json.loads(process.stdout.readline()) for _ in range(2)]
    assert steps[-1]["done"] == 2 < steps[-1]["total"]
    process.send_signal(how)
    process.communicate()
    return process


@pytest.mark.parametrize(
    "how, more", [(signal.SIGTERM, []), (signal.SIGINT, ["--zip"])], ids=["stopped", "control-c"]
)
def test_a_kit_that_is_interrupted_leaves_nothing(tmp_path, how, more):
    done = interrupted(
        tmp_path / "out",
        how,
        "--dossier",
        "corse-2026",
        "--format",
        "82mm",
        "--part",
        "images",
        *more,
    )
    assert done.returncode != 0
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []


def test_a_kit_that_is_interrupted_leaves_the_one_that_it_would_have_replaced(tmp_path):
    assert run(*CORSE, "--out", str(tmp_path)).exit_code == 0
    before = written(tmp_path)
    interrupted(
        tmp_path,
        signal.SIGTERM,
        "--dossier",
        "corse-2026",
        "--format",
        "82mm",
        "--part",
        "images",
        "--force",
    )
    assert written(tmp_path) == before
