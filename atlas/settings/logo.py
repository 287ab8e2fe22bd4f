"""The logo that config.yaml names, as a text that an image can hold."""

from __future__ import annotations

import base64
import os
import xml.etree.ElementTree as ET
from pathlib import Path

from atlas.problems import Problem
from atlas.settings.strict_yaml import read_yaml

MAX_LOGO_BYTES = 1_000_000
_CONFIG = "config.yaml"
_SVG = "{http://www.w3.org/2000/svg}"
_CURE = "Donnez le chemin d’un fichier SVG ou PNG du dossier du projet, de moins de 1 Mo."


def read_logo(base: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The markup of an SVG, or the data address of a PNG; None with what is wrong."""
    path = Path(os.path.realpath(base / name))  # Path.resolve raises on a link to itself
    if not path.is_relative_to(base.resolve()) or path.suffix not in (".svg", ".png"):
        return None, [_problem(base, name, "ce logo n’est pas un SVG ou un PNG du projet")]
    try:
        content = path.read_bytes()
    except OSError:
        return None, [_problem(base, name, "le fichier du logo est introuvable ou illisible")]
    if len(content) > MAX_LOGO_BYTES:
        return None, [_problem(base, name, "le fichier du logo est trop lourd")]
    if path.suffix == ".png":
        if not _is_png(content):
            return None, [_problem(base, name, "le fichier du logo n’est pas un PNG lisible")]
        return f"data:image/png;base64,{base64.b64encode(content).decode()}", []
    return _vector(base, name, content)


def _is_png(content: bytes) -> bool:
    """Whole from its signature to its last chunk."""
    return content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(b"IEND\xaeB`\x82")


def _vector(base: Path, name: str, content: bytes) -> tuple[str | None, list[Problem]]:
    try:
        root = ET.fromstring(content)
    except (ET.ParseError, LookupError):  # LookupError: an encoding that does not exist
        return None, [_problem(base, name, "le fichier du logo n’est pas un SVG lisible")]
    if root.tag != f"{_SVG}svg":
        return None, [_problem(base, name, "le fichier du logo n’est pas un SVG")]
    if len(root.get("viewBox", "").split()) != 4 and not (
        _is_number(root.get("width")) and _is_number(root.get("height"))
    ):
        return None, [_problem(base, name, "le logo n’a pas de taille (viewBox)")]
    strange = {part.tag.rpartition("}")[2] for part in root.iter()} & {
        "script",
        "image",
        "foreignObject",
        "text",
        "style",
    }
    if strange:
        return None, [
            _problem(
                base,
                name,
                f"le logo contient « {min(strange)} » : il ne serait pas le même partout",
            )
        ]
    if any(
        word.startswith("on") or (word.endswith("href") and not text.startswith("#"))
        for part in root.iter()
        for word, text in part.attrib.items()
    ):
        return None, [_problem(base, name, "le logo contient un programme ou une adresse")]
    return ET.tostring(root, encoding="unicode"), []


def _is_number(text: str | None) -> bool:
    return bool(text) and str(text).replace(".", "", 1).isdecimal()


def _problem(base: Path, name: str, message: str) -> Problem:
    _, lines, _ = read_yaml(base / _CONFIG, _CONFIG)
    return Problem(
        _CONFIG, message, _CURE, line=lines.get(("brand", "logo")), where="brand.logo", value=name
    )
