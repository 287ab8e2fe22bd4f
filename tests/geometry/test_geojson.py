"""A file that cannot be read is refused with its line; only a GeoJSON of the project is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from geo_cases import NAMES, read

from atlas.geometry import read_departements

ONE = '{"type": "FeatureCollection", "features": [%s]}'
UNREADABLE = {
    "empty": ("", "le fichier est vide", None),
    "cut short": ('{"type":\n"FeatureCollection",\n"features": [', "JSON complet", 3),
    "not a collection": ('{"type": "Topology"}', "FeatureCollection", None),
    "a list": ("[1]", "FeatureCollection", None),
    "no feature": (ONE % "", "ne contient aucun contour", None),
    "no code": (ONE % '{"properties": {"nom": "Ain", "x": 1}}', "trouvées : nom, x", None),
    "no properties": (ONE % "null", "trouvées : aucune", None),
    "communes": (ONE % ",".join(["{}"] * 2001), "2001 entités", None),
    "latin-1": ('{\n"nom": "Isère"}'.encode("latin-1"), "UTF-8", 2),
    "not a number": (ONE % '{"geometry": {"coordinates": [NaN]}}', "NaN", None),
    "a well of brackets": ("[" * 200_000, "trop de niveaux", None),
    "Lambert-93": (
        '{"type": "FeatureCollection", "features": [1], "crs": {"type": "name", '
        '"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}}',
        "« urn:ogc:def:crs:EPSG::2154 », attendu longitude/latitude WGS84",
        None,
    ),
}


@pytest.mark.parametrize(("text", "sentence", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_file_is_refused_with_its_line(
    tmp_path: Path, text: str | bytes, sentence: str, line: int | None
) -> None:
    departements, problems = read(tmp_path, text)
    assert departements is None
    assert [sentence in problem.message for problem in problems] == [True]
    assert problems[0].line == line


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("../secret.geojson", "ce n’est pas un fichier du dossier"),
        ("/etc/passwd", "ce n’est pas un fichier du dossier"),
        ("http://example.org/d.geojson", "ce n’est pas un fichier du dossier"),
        ("CSV:d.geojson", "ce n’est pas un fichier du dossier"),
        ("link.geojson", "ce n’est pas un fichier du dossier"),
        ("d.shp", "ce n’est pas un fichier .geojson ou .json"),
        ("absent.geojson", "le fichier est introuvable ou illisible"),
    ],
)
def test_only_a_geojson_of_the_project_is_opened(tmp_path: Path, path: str, sentence: str) -> None:
    base = tmp_path / "project"
    base.mkdir()
    for file in (tmp_path / "secret.geojson", base / "d.shp", base / "CSV:d.geojson"):
        file.write_text(ONE % "{}")
    (base / "link.geojson").symlink_to(tmp_path / "secret.geojson")
    for written in (Path(path), base / path):
        _, problems = read_departements(written, base=base, expected=NAMES)
        assert [problem.message for problem in problems] == [
            sentence + " du tableau de bord" * ("dossier" in sentence)
        ]


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "d.geojson").open("wb") as stream:
        stream.truncate(60_000_001)
    _, problems = read_departements(Path("d.geojson"), base=tmp_path, expected=NAMES)
    assert problems[0].message == "le fichier dépasse 60 Mo"
