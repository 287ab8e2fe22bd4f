"""A GeoJSON file as its owner named it → its features, or what keeps it from being read.

Only a file of the project is opened, and only as GeoJSON: a name such as ``CSV:/etc/passwd`` or
``http://…`` given straight to a geographic library would be read too.
"""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import Any, NoReturn

from atlas.problems import Problem

MAX_BYTES = 60_000_000
MAX_FEATURES = 2_000
SUFFIXES = (".geojson", ".json")

#: Names of WGS84 longitude/latitude in a ``crs`` member (OGC, EPSG, ESRI spellings), and of RGF93
#: (4171) and ETRS89 (4258), in which IGN and Eurostat export: less than a metre from it.
WGS84 = re.compile(r"(CRS:?:?84|EPSG:[\d.]*:?(4326|4171|4258)|WGS[ _]?(19)?84)$", re.IGNORECASE)
_URL_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:")


def display_name(path: Path, base: Path) -> str:
    """The path as the user knows it: from the project's folder when it lies inside."""
    full, root = _follow_links(base / path), _follow_links(base)
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else str(path)


def locate_file(path: Path, base: Path) -> tuple[Path | None, list[Problem]]:
    """The file itself, when it is a GeoJSON inside `base` (links followed) of a bearable size."""
    name, file = display_name(path, base), _follow_links(base / path)
    put_back = "Remettez dans geo/ un fichier GeoJSON des départements."
    if _URL_SCHEME.match(name) or not file.is_relative_to(_follow_links(base)):
        message = "ce n’est pas un fichier du dossier du tableau de bord"
    elif file.suffix.lower() not in SUFFIXES:
        message = "ce n’est pas un fichier .geojson ou .json"
    elif (size := _size_of_file(file)) is None:
        message = "le fichier est introuvable ou illisible"
    elif size > MAX_BYTES:
        message = f"le fichier dépasse {MAX_BYTES // 1_000_000} Mo"
        put_back = "Fournissez des contours moins détaillés : 20 Mo suffisent à l’impression."
    else:
        return file, []
    return None, [Problem(name, message, put_back, value=str(path))]


def _follow_links(path: Path) -> Path:
    """realpath: Path.resolve raises RuntimeError on a link that leads to itself."""
    return Path(os.path.realpath(path))


def _size_of_file(file: Path) -> int | None:
    """In bytes; None for what is no file, and in a folder that cannot be read."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def read_features(file: Path, name: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The features of a GeoJSON file in WGS84; none when anything is wrong with the file."""
    tree, problems = _parse(file, name)
    if problems:
        return [], problems
    if not isinstance(tree, dict) or tree.get("type") != "FeatureCollection":
        return [], [
            Problem(
                name,
                "ce n’est pas une collection GeoJSON (FeatureCollection)",
                "Exportez la couche des départements au format GeoJSON.",
            )
        ]
    features = tree.get("features")
    if not isinstance(features, list) or not features:
        return [], [
            Problem(
                name,
                "le fichier ne contient aucun contour",
                "Exportez la couche des départements avec toutes ses entités.",
            )
        ]
    if len(features) > MAX_FEATURES:
        return [], [
            Problem(
                name,
                f"le fichier contient {len(features)} entités, plus que les {MAX_FEATURES} admises",
                "Fournissez les départements, non les communes ou les cantons.",
            )
        ]
    problems = _check_crs(tree.get("crs"), name)
    return ([] if problems else [f if isinstance(f, dict) else {} for f in features]), problems


def _parse(file: Path, name: str) -> tuple[Any, list[Problem]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
        if not text.strip():
            return None, [Problem(name, "le fichier est vide", "Remettez le fichier d’origine.")]
        return json.loads(text, parse_constant=_refuse_constant), []
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "le fichier n’est pas encodé en UTF-8"
    except json.JSONDecodeError as error:
        line, message = error.lineno, "le fichier n’est pas un JSON complet"
    except RecursionError:
        line, message = None, "le fichier emboîte trop de niveaux de crochets"
    except _NotANumber:
        line, message = None, "une coordonnée n’est pas un nombre (NaN ou Infinity)"
    except OSError:
        line, message = None, "le fichier est illisible"
    return None, [Problem(name, message, "Exportez à nouveau le fichier, en UTF-8.", line=line)]


class _NotANumber(ValueError):
    """NaN or Infinity, which Python's JSON reader takes and no map can place."""


def _refuse_constant(text: str) -> NoReturn:
    raise _NotANumber(text)


def _check_crs(crs: Any, name: str) -> list[Problem]:
    """A file may say in which system it is (an old GeoJSON habit); it must then be WGS84."""
    if crs is None:
        return []
    found = crs.get("properties", {}) if isinstance(crs, dict) else {}
    said = str(found.get("name", crs) if isinstance(found, dict) else crs)
    if WGS84.search(said):
        return []
    return [
        Problem(
            name,
            f"le fichier se dit en « {said} », attendu longitude/latitude WGS84",
            "Exportez-le à nouveau en WGS84 (EPSG:4326).",
            where="crs",
            value=said,
        )
    ]
