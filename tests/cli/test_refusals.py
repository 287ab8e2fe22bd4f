"""What the commands that write refuse and how: in French, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_cases import CORSE, FOREIGN, MAP, STRIP, Edit, plain_output, run
from shipped import SETTINGS

from atlas.figures.registry import REQUESTS

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
    "kind": ([*CORSE, "--kind", "gif"], ["« gif »", "png, svg, svg-vectorise, pdf"]),
    "part": (
        [*CORSE, "--part", "video"],
        [
            "« video »",
            "textes, dossier-de-presse, diapositives, images, planche-contact, classeur, web",
        ],
    ),
    "neither a dossier nor a territory": (["kit"], ["--dossier", "--territory", "--all"]),
    "all the dossiers and one": (
        ["kit", "--all", "--dossier", "corse-2026"],
        ["--dossier", "--territory", "--all"],
    ),
    "a dossier of invented figures": ([*CORSE, "--demo"], ["données fictives"]),
    "figure": (
        ["export", "--figure", "camembert"],
        ["« camembert »", "carte, classement, couloirs, couloir, courbe, comparaison"],
    ),
    "image format": ([*MAP, "--format", "a3"], ["« a3 »", *FORMATS]),
    "image kind": ([*MAP, "--kind", "gif"], ["« gif »", "png, svg, svg-vectorise, pdf"]),
    "every figure": (["export", "--figure", "camembert"], list(REQUESTS)),
    "classes": (
        [*MAP, "--classes", "jenks"],
        ["« jenks »", "auto, fixed, quantiles, natural, equal"],
    ),
    "peers": ([*STRIP, "--peers", "amis"], ["« amis »", "voisins, population"]),
    "place of a strip": ([*STRIP, "--territory", "CPAM-641"], ["une région ou un département"]),
    "count on a strip": ([*STRIP, "--indicator", "activated_profiles"], ["n’est pas un taux"]),
    "no earlier date": ([*MAP, "--figure", "deux-dates"], ["la première des deux dates"]),
    "dates upside down": (
        [*MAP, "--figure", "evolution", "--compared-to", "2026-06"],
        ["« 2026-06 »", "doit précéder"],
    ),
    "classes of gaps": ([*MAP, "--classes", "equal", "--measure", "gap"], ["la carte d’un niveau"]),
    "scales": (
        ["export", "--figure", "comparaison", "--scales", "log"],
        ["« log »", "shared, free"],
    ),
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
        ["export", "--figure", "comparaison", "--comparison", "tout"],
        ["« tout »", *SETTINGS.comparisons],
    ),
}


@pytest.mark.parametrize("arguments, expected", UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_word_is_refused_with_the_known_ones_and_nothing_is_written(
    tmp_path, arguments, expected
):
    name = "out" if arguments[0] == "kit" else "out.png"
    result = run(*arguments, "--out", str(tmp_path / name))
    assert result.exit_code == 2 and not FOREIGN.search(result.output)
    assert [word for word in expected if word not in plain_output(result)] == []
    assert list(tmp_path.iterdir()) == []


WITHOUT_FIGURES = {
    "a map": ["--figure", "carte", "--period", "2019"],
    "a ranking": ["--figure", "classement", "--territory", "REG-75", "--period", "2019"],
    "a strip": ["--figure", "bande", "--territory", "DEP-40", "--period", "2019"],
    "bars": ["--figure", "comparateurs", "--territory", "DEP-88+DEP-01", "--period", "2025-12"],
    "two dates": ["--figure", "deux-dates", "--period", "2019", "--compared-to", "2018"],
    "changes": ["--figure", "evolution", "--period", "2026-03", "--compared-to", "2025-12"],
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


@pytest.mark.parametrize("arguments", WITHOUT_FIGURES.values(), ids=WITHOUT_FIGURES)
def test_a_figure_without_any_value_is_refused_and_not_drawn_empty(tmp_path, arguments):
    result = run("export", *arguments, "--out", str(tmp_path / "image.png"))
    assert result.exit_code == 2
    assert plain_output(result) == "Aucun chiffre n’est publié pour cette demande."
    assert list(tmp_path.iterdir()) == []


JOINED = {
    "a curve": (["--figure", "courbe", "--territory", "FR+"], "le territoire"),
    "a curve of nothing": (["--figure", "courbe", "--territory", "+"], "le territoire"),
    "a map": (
        ["--figure", "carte", "--territory", "FR+REG-94", "--period", "2026-03"],
        "FR+REG-94",
    ),
    "corridors": (
        ["--figure", "couloirs", "--territory", "FR+REG-94", "--period", "2026-03"],
        "Aucun chiffre n’est publié",
    ),
}


@pytest.mark.parametrize("arguments, expected", JOINED.values(), ids=JOINED)
def test_territories_joined_where_one_is_expected_are_refused(tmp_path, arguments, expected):
    result = run("export", *arguments, "--out", str(tmp_path / "a.png"))
    assert isinstance(result.exception, SystemExit) and result.exit_code == 2
    assert plain_output(result).startswith(("Demande refusée : ", "Aucun chiffre n’est publié"))
    assert expected in plain_output(result)
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
        "--extent",
        "all",
        "--out",
        str(tmp_path / "image.png"),
    )
    assert result.exit_code == 3 and list(tmp_path.iterdir()) == []
    assert "ne tient pas dans le format « Aperçu de lien (1200 × 630) »" in plain_output(result)


@pytest.mark.parametrize("arguments", [CORSE, MAP], ids=["kit", "export"])
def test_a_place_that_cannot_be_written_is_named_in_french(tmp_path, arguments):
    (tmp_path / "file").write_text("a file is no folder", "utf-8")
    result = run(*arguments, "--out", str(tmp_path / "file/corse.png"))
    assert result.exit_code in (1, 2) and isinstance(result.exception, SystemExit)
    assert "file/corse.png" in result.output and not FOREIGN.search(result.output)


def test_the_folder_of_an_image_is_made_or_its_absence_said_in_french(tmp_path):
    target = tmp_path / "new/corse.png"
    result = run(*MAP, "--out", str(target))
    assert isinstance(result.exception, SystemExit | None)
    assert target.exists() if result.exit_code == 0 else not FOREIGN.search(result.output)


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
@pytest.mark.parametrize("arguments", [CORSE, MAP], ids=["kit", "export"])
def test_a_broken_file_ends_the_command_with_its_line_and_nothing_is_written(
    copy_of_project: Path, edit: Edit, tmp_path, arguments, file, old, new, where
):
    edit(file, old, new)
    result = run(*arguments, "--project", str(copy_of_project), "--out", str(tmp_path / "out"))
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
