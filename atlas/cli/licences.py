"""Licences of what is installed with the dashboard, and of what is shipped with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from atlas import french

PROGRAM = Path(__file__).parents[2]
LOCK = PROGRAM / "requirements.txt"
# The files of a package that hold its licence and what its licence asks to be told.
LICENCE_FILE = re.compile(r"(licen[cs]es?|copying|notice|authors)\b", re.IGNORECASE)
NOT_SAID = "non précisée"


class ShippedPart(NamedTuple):
    """What is in the repository and is not its code. Paths are from the root; a folder ends in
    a slash."""

    name: str
    path: str
    licence: str
    licence_file: str


SHIPPED_PARTS = (
    ShippedPart(
        "Police Source Sans Pro (Adobe)",
        "static/fonts/",
        "SIL Open Font License 1.1",
        "static/fonts/LICENSE.txt",
    ),
    ShippedPart(
        "Contours des départements (IGN, Admin Express)",
        "geo/",
        "Licence Ouverte 2.0",
        "geo/README.md",
    ),
    ShippedPart(
        "Pictogrammes Health Icons (Resolve to Save Lives)",
        "templates/icons/",
        "MIT",
        "templates/icons/LICENSE.txt",
    ),
    ShippedPart("Icône", "static/icon.png", "MIT", "LICENSE"),
    ShippedPart("Logo", "templates/logo.svg", "MIT", "LICENSE"),
    ShippedPart("Modèles de diaporama et de communiqué", "templates/", "MIT", "LICENSE"),
    ShippedPart("Chiffres publiés", "data/", "celle de chaque document cité", "data/sources.yaml"),
)


def licences(
    texts: Annotated[
        bool,
        typer.Option("--texts", help="Avec le texte de chacune, à joindre à une copie."),
    ] = False,
) -> None:
    """Liste les licences des paquets installés et de ce qui est livré avec le programme.

    Les paquets sont ceux de requirements.txt, tels qu’ils sont installés ici.
    """
    for package in locked_packages():
        _tell(f"{package.metadata['Name']} {package.version} : {licence_of(package)}")
        for text in _licence_texts(package) if texts else ():
            typer.echo(f"\n{text}\n")
    for part in SHIPPED_PARTS:
        _tell(f"{part.name} ({part.path}) : {part.licence}")
        if texts:
            typer.echo(f"\n{(PROGRAM / part.licence_file).read_text('utf-8').strip()}\n")


def locked_packages() -> list[Distribution]:
    """What requirements.txt names, by name; what another system needs is not installed here."""
    names = re.findall(r"^([\w.-]+)==", LOCK.read_text("utf-8"), re.M)
    return [found for name in names if (found := _installed(name))]


def licence_of(package: Distribution) -> str:
    """As the package says it: an SPDX expression, else its classifiers, of which one may choose,
    else the first line of what it says in its own words."""
    said = package.metadata
    prefix = "License :: "
    classifiers = [
        text.removeprefix(prefix).removeprefix("OSI Approved :: ")
        for text in said.get_all("Classifier") or []
        if text.startswith(prefix)
    ]
    own_words = [text.splitlines()[0] for text in said.get_all("License") or [] if text.strip()]
    return " OR ".join(said.get_all("License-Expression") or classifiers or own_words or [NOT_SAID])


def _tell(line: str) -> None:
    typer.echo(french.keep_with_punctuation(line))


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence_texts(package: Distribution) -> Iterator[str]:
    """Streamlit and a few others have no such file: what they say of themselves is all there is."""
    for file in package.files or []:
        if LICENCE_FILE.match(file.name) and file.suffix not in (".py", ".pyc", ".js"):
            yield Path(str(file.locate())).read_text("utf-8", errors="replace").strip()
